"""
Evaluates calls against policies with the IAM evaluator of MiniStack (MIT licence), which follows
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html

Input: a JSON list of roles, each with its policy documents and the calls made under it. Output: for each role the calls that
its policies refuse, and the grants that allow none of its calls. A grant is one action on one resource pattern.
"""

import json
import sys

from ministack.core.iam_evaluator import EvalContext, evaluate, parse_policy_document


def listed(value):
    return value if isinstance(value, list) else [value]


def context(role, call):
    account = role["arn"].split(":")[4]
    return EvalContext(
        principal_arn=role["arn"],
        principal_type="AssumedRole",
        principal_account=account,
        action=call["action"],
        resource_arn=call["resource"],
        region=role["region"],
        source_ip="127.0.0.1",
        secure_transport=True,
    )


def is_allowed(role, call, documents):
    policies = [parse_policy_document(document) for document in documents]
    return evaluate(context(role, call), policies).decision == "Allow"


def grants(documents):
    for document in documents:
        for statement in listed(document["Statement"]):
            if statement["Effect"] == "Allow":
                for action in listed(statement["Action"]):
                    for resource in listed(statement["Resource"]):
                        yield {**statement, "Action": action, "Resource": resource}


def judged(role):
    calls, documents = role["calls"], role["policies"]
    unused = [
        {"action": grant["Action"], "resource": grant["Resource"]}
        for grant in grants(documents)
        if not any(is_allowed(role, call, [{"Version": "2012-10-17", "Statement": [grant]}]) for call in calls)
    ]
    refused = [call for call in calls if not is_allowed(role, call, documents)]
    return {"name": role["name"], "refused": refused, "unused": unused}


json.dump([judged(role) for role in json.load(sys.stdin)], sys.stdout)

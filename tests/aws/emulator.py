"""
The emulator, with two resource types that its CloudFormation lacks, one corrected answer of Glue, archives of functions that
are unpacked once, and a log of the calls that it authorises. The services behind them are the emulator's own.
"""

import contextvars
import json
import os
import runpy
import shutil
import tempfile
import threading
import types
import zipfile

from hypercorn.config import Config
from ministack.core import iam_evaluator, lambda_runtime
from ministack.services import athena, glue, scheduler
from ministack.services.cloudformation import provisioners

# Its server has one thread. While that is busy, the kernel keeps new connections in a queue and drops those beyond the queue's
# length; a client then sees "Connect timed out". A query of Trino opens more at once than the usual 100.
Config.backlog = 4096

# It fires schedules while tests run, and takes their hours of New York for UTC: a run of its own then writes into the lake of a test.
scheduler.start_scheduler = lambda: None


def create_named_query(logical_id, props, stack_name):
    athena._create_named_query(props)
    return props["Name"], {"NamedQueryId": props["Name"]}


def create_budget(logical_id, props, stack_name):
    return props["Budget"]["BudgetName"], {}


def delete(physical_id, props):
    pass


provisioners._RESOURCE_HANDLERS["AWS::Athena::NamedQuery"] = {"create": create_named_query, "delete": delete}
provisioners._RESOURCE_HANDLERS["AWS::Budgets::Budget"] = {"create": create_budget, "delete": delete}

plain_response = glue.json_response


def without_empty(table):
    """Glue leaves a description out that nobody gave; an empty one hides a view from Trino."""
    return {name: value for name, value in table.items() if name != "Description" or value}


def response(answer, *more, **named):
    if isinstance(answer, dict):
        if "Table" in answer:
            answer = {**answer, "Table": without_empty(answer["Table"])}
        if "TableList" in answer:
            answer = {**answer, "TableList": [without_empty(table) for table in answer["TableList"]]}
    return plain_response(answer, *more, **named)


glue.json_response = response

# The log has one JSON line per authorised or refused call: who made it, the IAM action and the resource.
plain_enforce = iam_evaluator.enforce
plain_pin = iam_evaluator.pin_signed_request
plain_origin = iam_evaluator.pin_request_origin
client = contextvars.ContextVar("client", default="")
call_log = open(os.environ["TEST_CALL_LOG"], "a", buffering=1)


def pin_signed_request(method, raw_path, query_params, raw_headers, *more, **named):
    agents = [value for name, value in raw_headers if name.lower() == b"user-agent"]
    client.set(agents[0].decode("latin-1") if agents else "")
    return plain_pin(method, raw_path, query_params, raw_headers, *more, **named)


def pin_request_origin(source_ip, secure_transport):
    # The bucket takes requests over TLS only. Here nothing leaves the machine, and requests come as they are.
    return plain_origin(source_ip, True)


def enforce(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
    caller = (iam_evaluator.resolve_caller_identity(access_key_id) or {}).get("userArn", "")
    if ":assumed-role/cdk-" in caller:
        # The roles of `cdk bootstrap` are AWS's own, and not what is tested here.
        return None
    refused = plain_enforce(access_key_id, iam_action, service, region, resource_arn, service_context)
    call = {
        "key": access_key_id,
        "caller": caller,
        "client": client.get(),
        "action": iam_action,
        "resource": resource_arn,
        "refused": bool(refused),
    }
    call_log.write(json.dumps(call) + "\n")
    return refused


# Each cold start unpacks the code of the function and its layer. The engine alone has 70 MB.
unpacking = threading.Lock()
unpacked = {}


class Archive(zipfile.ZipFile):
    """Unpacks the same contents once. Further folders get links to the files."""

    def extractall(self, path=None, members=None, pwd=None):
        contents = tuple((each.filename, each.CRC, each.file_size) for each in self.infolist())
        with unpacking:
            if contents not in unpacked:
                folder = tempfile.mkdtemp(prefix="unpacked-")
                super().extractall(folder)
                unpacked[contents] = folder
        shutil.copytree(unpacked[contents], path, copy_function=os.link, dirs_exist_ok=True)


lambda_runtime.zipfile = types.SimpleNamespace(**{**vars(zipfile), "ZipFile": Archive})

iam_evaluator.enforce = enforce
iam_evaluator.pin_signed_request = pin_signed_request
iam_evaluator.pin_request_origin = pin_request_origin

runpy.run_module("ministack", run_name="__main__")

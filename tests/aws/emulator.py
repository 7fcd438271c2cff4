"""
The emulator, with two resource types given that its CloudFormation lacks, and one answer of Glue put right; the services
behind them are there.
"""

import runpy

from ministack.services import athena, glue
from ministack.services.cloudformation import provisioners


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

runpy.run_module("ministack", run_name="__main__")

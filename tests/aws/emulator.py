"""The emulator, with two resource types given that its CloudFormation lacks; the services behind them are there."""

import runpy

from ministack.services import athena
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

runpy.run_module("ministack", run_name="__main__")

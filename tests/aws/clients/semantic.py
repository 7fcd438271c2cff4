"""
Reads the semantic model strictly, by its schema, and asks DuckDB for each metric, and for one by a dimension. Prints a
JSON object. Usage: semantic.py MODEL DATABASE_FILE
"""

import json
import sys

from sidemantic import SemanticLayer
from sidemantic.adapters.ossie import OssieAdapter, OssieImportError

model, database = sys.argv[1:]
try:
    graph = OssieAdapter().parse(model)
except OssieImportError as error:
    sys.exit("\n".join(f"{each.json_pointer}: {each.message}" for each in error.diagnostics))
layer = SemanticLayer(connection=f"duckdb:///{database}")
layer.graph = graph
answers = {name: layer.query(metrics=[name]).fetchone()[0] for name in graph.metrics}
by_group = layer.query(metrics=["lit_count"], dimensions=["precursor_signals.signal_group"]).fetchall()
print(json.dumps({"metrics": answers, "lit_by_group": dict(by_group)}, default=str))

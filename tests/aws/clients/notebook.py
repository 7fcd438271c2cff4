"""Runs a notebook in its own folder and prints the outputs of its cells as JSON. Usage: notebook.py FILE"""

import json
import pathlib
import sys

import nbformat
from nbclient import NotebookClient

path = pathlib.Path(sys.argv[1])
notebook = nbformat.read(path, as_version=4)
NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": path.parent}}).execute()
texts = [
    "".join(output.get("text", "") or output.get("data", {}).get("text/plain", "") for output in cell.outputs)
    for cell in notebook.cells
    if cell.cell_type == "code"
]
print(json.dumps(texts))

"""Runs every notebook of a folder with the kernel sde, as `jupyter nbconvert --execute` does.

Prints for each notebook its name and the MIME types of its outputs. An error of a cell ends the script with the error.
"""

import pathlib
import sys

import nbclient
import nbformat

for path in sorted(pathlib.Path(sys.argv[1]).glob("*.ipynb")):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="sde", resources={"metadata": {"path": sys.argv[2]}}).execute()
    kinds = {kind for cell in notebook.cells for output in cell.get("outputs", []) for kind in output.get("data", {})}
    print(path.name, *sorted(kinds))

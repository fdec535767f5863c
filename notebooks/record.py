"""Run every notebook and record the .ipynb that nbval replays: ``make notebooks``.

The Markdown is the source. The record keeps text outputs, which nbval compares, and leaves out pictures,
which it does not: they would make every commit megabytes heavier, and the built book has them.
"""

import sys
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parent


class PlainClient(NotebookClient):
    """A client without widgets, as nbval is: what a widget would show is an output like any other."""

    def handle_comm_msg(self, outs, msg, cell_index):
        return None


def record(path: Path) -> None:
    """Run the notebook in ``path`` (Markdown) and write its record beside it."""
    notebook = jupytext.read(path)
    PlainClient(notebook, timeout=600, resources={"metadata": {"path": FOLDER}}).execute()
    for index, cell in enumerate(notebook.cells):
        cell.id = f"cell-{index}"
        cell.metadata.pop("execution", None)  # when, which no reader asks and every run changes
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            for mime in [mime for mime in data if mime.startswith(("image/", "application/vnd.jupyter"))]:
                del data[mime]
    notebook.metadata.pop("language_info", None)
    nbformat.write(notebook, path.with_suffix(".ipynb"))


if __name__ == "__main__":
    for path in [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.md")):
        print(path.name, flush=True)
        record(path)

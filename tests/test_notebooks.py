"""Every notebook is a pair, Markdown and recorded run, in the book. `make replay` replays the records."""

import ast

import jupytext
import nbformat
import pytest
from tree import NOTEBOOKS, ROOT, chapters

LONGEST_FUNCTION = 10  # lines; a longer one belongs in the package

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def test_the_book_has_every_notebook_and_no_other():
    assert sorted(chapters()) == [f"notebooks/{path.stem}" for path in NOTEBOOKS]
    records = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
    assert records == [path.stem for path in NOTEBOOKS], "a pair lacks one half"


@each_notebook
def test_the_record_is_of_this_very_notebook(path):
    written = jupytext.read(path).cells
    recorded = nbformat.read(path.with_suffix(".ipynb"), as_version=4).cells
    for ours, theirs in zip(written, recorded, strict=True):
        for key in ("cell_type", "source"):
            assert theirs[key] == ours[key], "the notebook changed: run `make notebooks`"
        assert theirs.metadata.get("tags", []) == ours.metadata.get("tags", [])


@each_notebook
def test_the_record_is_of_a_whole_run_without_errors(path):
    cells = [
        cell
        for cell in nbformat.read(path.with_suffix(".ipynb"), as_version=4).cells
        if cell.cell_type == "code"
    ]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert outputs, "nothing for nbval to compare"
    for output in outputs:
        assert output.output_type != "error", output.get("evalue")
        assert output.get("name") != "stderr", output.get("text")


@each_notebook
def test_a_notebook_calls_the_library_and_does_not_rewrite_it(path):
    for cell in jupytext.read(path).cells:
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.FunctionDef):
                    length = node.end_lineno - node.lineno + 1
                    assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"

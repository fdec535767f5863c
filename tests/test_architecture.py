"""The house rules of book/architecture.md, held by the machine."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tree import ROOT

import crustlib

GROUND_FLOOR = {"constants", "errors", "validation"}  # for the package's own use
MODULES = sorted((ROOT / "crustlib").rglob("*.py"))


def lint_imports(folder: Path) -> subprocess.CompletedProcess:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--config", "pyproject.toml"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_import_contracts_hold():
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("matter/electrons.py", "from crustlib import crusts", "Imports run"),
        ("crusts/accreted.py", "from crustlib.crusts import ground_state", "do not know each other"),
        ("constants.py", "import matplotlib.pyplot", "Nothing below figures"),
        ("attic.py", "", "Imports run"),
    ],
)
def test_import_contracts_catch_what_they_forbid(tmp_path, module, line, contract):
    shutil.copytree(ROOT / "crustlib", tmp_path / "crustlib", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "crustlib" / module).open("a") as file:
        file.write(f"\n{line}\n")
    result = lint_imports(tmp_path)
    assert result.returncode != 0
    broken = [row for row in (result.stdout + result.stderr).splitlines() if contract in row]
    assert broken, result.stdout + result.stderr


def test_importing_the_package_costs_nothing_until_a_room_is_entered():
    heavy = {"numba", "numpy", "scipy", "xarray", "matplotlib", "pandas"}
    assert not heavy & loaded_by("import crustlib")
    assert "matplotlib" not in loaded_by("from crustlib import nuclides, crusts, balance")


def loaded_by(statement: str) -> set[str]:
    code = f"{statement}; import sys; print(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(result.stdout.split())


def test_rooms_are_found_by_name():
    assert {"balance", "crusts", "matter", "nuclides"} <= set(dir(crustlib))
    assert crustlib.matter.__name__ == "crustlib.matter"
    with pytest.raises(AttributeError, match=r"'cellar'.*balance"):
        _ = crustlib.cellar


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_fits_a_few_screens(path):
    assert len(path.read_text().splitlines()) <= 400, "wants to be two modules"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_public_functions_say_what_they_take_and_show_an_example(path):
    tree = ast.parse(path.read_text())
    offered = {name for statement in tree.body for name in all_of(statement)}
    if path.stem in GROUND_FLOOR:
        return
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and function.name in offered:
            doc = ast.get_docstring(function) or ""
            takes = bool(function.args.args or function.args.kwonlyargs)
            gives = function.returns and ast.unparse(function.returns) not in ("None", "Iterator[None]")
            sections = ["Examples\n---", ">>>"]
            sections += ["Parameters\n---"] * takes + ["Returns\n---"] * bool(gives)
            missing = [section.split("\n")[0] for section in sections if section not in doc]
            assert not missing, f"{function.name}: no {', '.join(missing)} in its docstring"


def all_of(statement: ast.stmt) -> list[str]:
    """Return the names in a module's ``__all__ = [...]``, if this statement is that."""
    if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__all__":
        return ast.literal_eval(statement.value)
    return []

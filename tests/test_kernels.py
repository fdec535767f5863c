"""Compiled kernels that are older than a source are thrown away, others are kept; they compile fast."""

import ast
import os

from tree import ROOT

from crustlib._kernels import ROOMS, forget_stale_kernels


def _package(folder):
    for room in ROOMS[1:]:
        (folder / room / "__pycache__").mkdir(parents=True)
        (folder / room / "kernel.py").write_text("")
        (folder / room / "__pycache__" / "kernel.nbi").write_text("")
    (folder / ROOMS[0]).write_text("")
    return sorted(folder.rglob("*.nbi"))


def test_a_change_in_one_file_forgets_what_was_compiled_before(tmp_path):
    indices = _package(tmp_path)
    newest = max(path.stat().st_mtime for path in tmp_path.rglob("*"))
    for path in indices[1:]:
        os.utime(path, (newest - 10, newest - 10))  # compiled before the change
    os.utime(indices[0], (newest + 10, newest + 10))  # compiled after it
    assert forget_stale_kernels(tmp_path) == len(indices) - 1
    assert sorted(tmp_path.rglob("*.nbi")) == indices[:1]


def test_nothing_is_forgotten_where_nothing_changed(tmp_path):
    indices = _package(tmp_path)
    newest = max(path.stat().st_mtime for path in tmp_path.rglob("*"))
    for path in indices:
        os.utime(path, (newest + 10, newest + 10))
    assert forget_stale_kernels(tmp_path) == 0
    assert sorted(tmp_path.rglob("*.nbi")) == indices


def _assigned(node):
    """List the targets of an assignment, of one in a tuple each."""
    targets = node.targets if isinstance(node, ast.Assign) else []
    return [part for target in targets for part in getattr(target, "elts", [target])]


def test_no_kernel_assigns_to_a_slice():
    """For its error message numba compiles four seconds of text functions into all that call the kernel."""
    for path in (ROOT / "crustlib").rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text())):
            if not any("njit" in ast.unparse(d) for d in getattr(function, "decorator_list", [])):
                continue
            for target in (target for node in ast.walk(function) for target in _assigned(node)):
                sliced = isinstance(target, ast.Subscript) and ":" in ast.unparse(target.slice)
                assert not sliced, f"{path.name}, {function.name}: {ast.unparse(target)} ="

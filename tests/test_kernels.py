"""Compiled kernels that are older than a source are thrown away, others are kept."""

import os

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

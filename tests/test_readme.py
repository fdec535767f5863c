"""The README does what it says: its example runs, its picture and the files it names are there."""

import re

import pytest
from tree import ROOT

README = (ROOT / "README.md").read_text()


def test_example_runs(capsys):
    (example,) = re.findall(r"^```python\n(.*?)^```", README, re.S | re.M)
    exec(compile(example, "README.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert lines, "the example prints nothing"
    for line in lines:
        assert re.fullmatch(r"(falling|shallow|steep): \d+\.\d m", line)


@pytest.mark.parametrize("path", re.findall(r"\]\(([^):]+)\)", README))
def test_linked_file_is_there(path):
    assert (ROOT / path).is_file()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([\w./]+\.(?:md|cff|yml))`|`(LICENSE)`", README))))
def test_named_file_is_there(name):
    assert (ROOT / "".join(name)).is_file()


@pytest.mark.parametrize("target", re.findall(r"^make (\w+)", README, re.M))
def test_command_is_in_the_makefile(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.M)

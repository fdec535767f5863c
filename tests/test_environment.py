"""One set of requirements, stated for pip, for conda and as pins: the three agree."""

import re
import tomllib

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tree import ROOT

import crustlib

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT = PYPROJECT["project"]


def requirements(lines: list[str]) -> dict[str, str]:
    parsed = [Requirement(line) for line in lines]
    names = [canonicalize_name(requirement.name) for requirement in parsed]
    assert len(names) == len(set(names)), "listed twice"
    return {name: str(requirement.specifier) for name, requirement in zip(names, parsed, strict=True)}


def all_of_pyproject() -> dict[str, str]:
    extras = PROJECT["optional-dependencies"]
    return requirements([*PROJECT["dependencies"], *(line for extra in extras.values() for line in extra)])


def test_conda_asks_for_what_pip_asks_for():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    (pip,) = (entry["pip"] for entry in conda if isinstance(entry, dict))
    assert "-e ." in pip, "Binder needs the package itself"
    stated = requirements([line for line in conda if isinstance(line, str)])
    python = stated.pop("python")
    assert stated.pop("pip") == ""
    stated |= requirements([line for line in pip if line != "-e ."])
    assert stated == all_of_pyproject()
    assert python == PROJECT["requires-python"]


def test_every_requirement_has_a_pin_that_satisfies_it():
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    pins = dict(re.fullmatch(r"([A-Za-z0-9._-]+)==([A-Za-z0-9.]+)", line).groups() for line in lines)
    pins = {canonicalize_name(name): version for name, version in pins.items()}
    assert len(pins) == len(lines), "pinned twice"
    for name, specifier in all_of_pyproject().items():
        assert Requirement(f"{name}{specifier}").specifier.contains(pins[name]), name


def test_the_makefile_and_the_package_ask_for_one_python():
    major, minor, micro = re.fullmatch(r">=(\d+)\.(\d+)\.(\d+)", PROJECT["requires-python"]).groups()
    assert f"({major}, {minor}, {micro})" in (ROOT / "Makefile").read_text()
    assert PYPROJECT["tool"]["mypy"]["python_version"] == f"{major}.{minor}"
    assert PYPROJECT["tool"]["ruff"]["target-version"] == f"py{major}{minor}"


def test_one_version_everywhere():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation["version"] == crustlib.__version__
    assert f"## {crustlib.__version__}" in (ROOT / "CHANGELOG.md").read_text()


def test_every_file_of_the_package_is_installed_with_it():
    patterns = PYPROJECT["tool"]["setuptools"]["package-data"]["*"]
    for path in (ROOT / "crustlib").rglob("*"):
        if path.is_file() and path.suffix != ".py" and "__pycache__" not in path.parts:
            assert any(path.match(pattern) for pattern in patterns), f"{path.name}: not in package-data"

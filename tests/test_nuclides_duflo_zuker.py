"""The formulas of Duflo and Zuker against published numbers, their table, and their symmetries."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crustlib import nuclides
from crustlib.nuclides import shells

# Binding energies (MeV) of independent programs with the same coefficients, and of the AMDC's table of 1996.
PUBLISHED_31 = {
    "O16": 126.4997,
    "Mg40": 267.6870,
    "Fe56": 492.0995,
    "Ni78": 643.6031,
    "Kr118": 849.1542,
    "Nd150": 1237.5888,
    "Pb208": 1637.0133,
    "U238": 1801.6159,
}
PUBLISHED_10_TABLE = {
    "O16": 128.032,
    "Fe56": 492.294,
    "Sn132": 1102.348,
    "Pb208": 1637.302,
    "U238": 1801.514,
    "Ubb297": 2078.523,
}
PUBLISHED_10_PROGRAM = {
    "O16": 127.904,
    "Mg40": 267.116,
    "Fe56": 492.246,
    "Ni78": 645.574,
    "Sn132": 1102.306,
    "Pb208": 1637.278,
    "He14": 18.265,
}


@pytest.mark.parametrize(("name", "binding"), PUBLISHED_31.items())
def test_31_parameters_give_published_binding_energies(name: str, binding: float) -> None:
    """Spherical and deformed nuclei, at stability and at the drip line."""
    assert nuclides.duflo_zuker(*nuclides.parse(name)) == pytest.approx(binding, abs=1e-4)


@pytest.mark.parametrize(
    ("coefficients", "name", "binding"),
    [("table", *row) for row in PUBLISHED_10_TABLE.items()]
    + [("program", *row) for row in PUBLISHED_10_PROGRAM.items()],
)
def test_10_parameters_give_published_binding_energies(coefficients: str, name: str, binding: float) -> None:
    """Both sets of coefficients."""
    computed = nuclides.duflo_zuker(*nuclides.parse(name), parameters=10, coefficients=coefficients)
    assert computed == pytest.approx(binding, abs=1e-3)


def test_helium_14_is_unbound_by_as_much_as_the_neo_crust_paper_says() -> None:
    """Beznogov & Raduta 2025 quote B = 19.3 and S_n = -1.29 MeV, which the program's set misses."""
    binding = nuclides.duflo_zuker(2, [13, 14], parameters=10)
    assert binding[1] == pytest.approx(19.3, abs=0.05)  # type: ignore[index]
    assert np.diff(binding) == pytest.approx(-1.29, abs=0.005)
    program = nuclides.duflo_zuker(2, [13, 14], parameters=10, coefficients="program")
    assert np.diff(program) == pytest.approx(-1.434, abs=1e-3)


def test_10_parameters_meet_every_mass_of_the_distributed_table() -> None:
    """9,311 mass excesses, published to 0.001 MeV."""
    folder = Path(os.environ.get("CRUSTLIB_DATA", Path(__file__).parents[2] / "shared" / "data"))
    file = folder / "dz10_amdc1996_masses.csv"
    if not file.is_file():
        pytest.skip(
            "the AMDC's table of 1996 is not distributed with crustlib: point CRUSTLIB_DATA at its folder"
        )
    Z, A, published = np.loadtxt(file, delimiter=",", skiprows=1, unpack=True)
    excess = 7.28897 * Z + 8.07132 * (A - Z) - nuclides.duflo_zuker(Z, A, parameters=10)
    assert published.size == 9311
    assert np.abs(excess - published).max() < 1.1e-3
    assert np.sqrt(np.mean((excess - published) ** 2)) < 4e-4


def _coulomb(Z: int, A: int) -> float:
    """Coulomb energy over its coefficient, as Duflo & Zuker 1995 print it."""
    T = abs(A - 2 * Z) / 2
    pairs = Z * (Z - 1)
    return (pairs - 0.76 * pairs ** (2 / 3)) / (A ** (1 / 3) * (1 - (T / A) ** 2))


@settings(deadline=None, max_examples=80)
@given(st.integers(6, 50), st.integers(6, 50))
def test_mirror_nuclei_differ_by_their_coulomb_energy(Z: int, N: int) -> None:
    """All other terms are symmetric in neutrons and protons."""
    A = Z + N
    for parameters, coefficient in ((31, 0.6977), (10, 0.704169)):
        difference = nuclides.duflo_zuker(Z, A, parameters) - nuclides.duflo_zuker(N, A, parameters)
        assert difference == pytest.approx(-coefficient * (_coulomb(Z, A) - _coulomb(N, A)), abs=1e-9)


def test_extruder_intruder_shells_close_at_the_magic_numbers() -> None:
    """And filling subshells loses no nucleon."""
    closed = set()
    for number in range(1, shells.LARGEST_NUMBER + 1):
        occupation, k, in_open = shells._fill(number, False)
        assert occupation.sum() == number
        assert 0 < in_open <= shells._capacity(k)
        nucleons, states = shells._ei_shell(k, in_open)
        if nucleons == states:
            closed.add(number)
    assert [number for number in sorted(closed) if number >= 28] == [28, 50, 82, 126, 184]


@pytest.mark.slow
def test_kernels_are_the_same_without_the_compiler() -> None:
    """Interpreted by Python, as they are when one debugs them."""
    code = (
        "from crustlib.nuclides import duflo_zuker as b; Z, A = [8, 50, 82, 92], [17, 132, 208, 238]; "
        "print(b(Z, A).tolist(), b(Z, A, parameters=10).tolist())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"NUMBA_DISABLE_JIT": off},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout
        for off in "01"
    ]
    compiled, interpreted = ([float(x) for x in re.findall(r"[\d.]+", out)] for out in runs)
    assert len(compiled) == 8
    assert interpreted == pytest.approx(compiled, abs=1e-8)


def test_shapes_and_kinds_of_what_comes_back() -> None:
    """Numbers in, a float out; arrays broadcast."""
    assert isinstance(nuclides.duflo_zuker(26, 56), float)
    grid = nuclides.duflo_zuker(np.array([[20], [28]]), np.array([48, 56, 60]))
    assert isinstance(grid, np.ndarray)
    assert grid.shape == (2, 3)
    assert grid[1, 1] == nuclides.duflo_zuker(28, 56)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"Z": 5, "A": 20}, "Z = 5"),
        ({"Z": 127, "A": 300}, "Z = 127"),
        ({"Z": 26, "A": 31}, r"A = 31: .*\[32, 266\]"),
        ({"Z": 26, "A": 267}, r"A = 267: .*\[32, 266\]"),
        ({"Z": 26.5, "A": 56}, "Z = 26.5"),
        ({"Z": 26, "A": float("nan")}, "A = nan"),
        ({"Z": "Fe", "A": 56}, "Z = 'Fe'"),
        ({"Z": [26, 27], "A": [56, 57, 58]}, "do not broadcast"),
        ({"Z": 26, "A": 56, "parameters": 28}, "parameters = 28"),
        ({"Z": 26, "A": 56, "parameters": 10, "coefficients": "fitted"}, "coefficients = 'fitted'"),
        ({"Z": 26, "A": 56, "coefficients": "program"}, "coefficients = 'program'"),
    ],
)
def test_bad_input_is_named(arguments: dict, says: str) -> None:
    """Argument, value, and what is allowed."""
    with pytest.raises(ValueError, match=says):
        nuclides.duflo_zuker(**arguments)

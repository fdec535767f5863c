"""The pool: its edges, and what it says of single nuclides."""

import numpy as np
import pytest

from crustlib.nuclides import duflo_zuker, pool


def of(nuclides, Z, A):
    return int(np.flatnonzero((nuclides.Z == Z) & (nuclides.A == A))[0])


@pytest.mark.parametrize("last", [8, 10, 11, 12, 13, 16])
def test_helium_ends_where_it_is_told(last):
    nuclides = pool(helium_neutrons_max=last)
    assert nuclides.A[nuclides.Z == 2].max() == last + 2
    if last > 8:  # beyond the estimates of AME2020
        k = of(nuclides, 2, last + 2)
        assert nuclides.binding[k] == pytest.approx(duflo_zuker(2, last + 2, parameters=10))


def test_helium_14_is_the_papers():  # Beznogov & Raduta 2025: B = 19.3, S_n = -1.29 MeV
    nuclides = pool()
    binding = nuclides.binding[of(nuclides, 2, 14)]
    assert binding == pytest.approx(19.3, abs=0.05)
    assert binding - nuclides.binding[of(nuclides, 2, 13)] == pytest.approx(-1.29, abs=0.005)


def test_spins_are_those_of_nubase():
    nuclides = pool()
    for Z, A, spin in ((2, 4, 0.0), (1, 2, 1.0), (11, 23, 1.5), (73, 181, 3.5), (5, 10, 3.0)):
        assert nuclides.degeneracy[of(nuclides, Z, A)] == 2 * spin + 1
    assert nuclides.degeneracy[of(nuclides, 2, 14)] == 1.0
    assert nuclides.degeneracy[of(nuclides, 2, 13)] == 2.0


def test_shifts_and_the_tetraneutron():
    plain, shifted = pool(), pool(binding_shifts={"He14": -1.5, (26, 56): 2.0}, tetraneutron=-2.37)
    assert shifted.Z[0] == 0
    assert (shifted.A[0], shifted.binding[0], shifted.degeneracy[0], shifted.a[0]) == (4.0, -2.37, 1.0, 0.0)
    change = shifted.binding[1:] - plain.binding
    assert change[of(plain, 2, 14)] == pytest.approx(-1.5)
    assert change[of(plain, 26, 56)] == pytest.approx(2.0)
    assert np.count_nonzero(change) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"binding_shifts": {"He15": 1.0}}, "'He15' is not in the pool"),
        ({"binding_shifts": {"He14": 1.0, (2, 14): 1.0}}, "is there twice"),
        ({"binding_shifts": {"He14": float("nan")}}, "must be finite"),
        ({"binding_shifts": {14: 1.0}}, "14 must be a name or"),
        ({"binding_shifts": [("He14", 1.0)]}, "must be a mapping"),
        ({"tetraneutron": 30.0}, "tetraneutron = 30"),
    ],
)
def test_bad_shifts_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        pool(**arguments)


def test_edges():
    nuclides = pool(largest_A=100)
    assert nuclides.A.min() == 2
    assert nuclides.A.max() == 100
    assert (nuclides.a[nuclides.A < 18] == 0.0).all()
    for bad in ({"helium_neutrons_max": 0}, {"helium_neutrons_max": 2.5}, {"largest_A": 298}):
        with pytest.raises(ValueError, match=next(iter(bad))):
            pool(**bad)
    with pytest.raises(ValueError, match="must not depend on the gas"):
        pool("MB-type")

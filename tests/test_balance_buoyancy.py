"""Intervals in which mass per charge falls: those of published crusts, and made-up ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crustlib import balance, crusts


# Beznogov & Raduta 2025, section III; the densities at which it falls: an independent reading of the tables
@pytest.mark.parametrize(
    ("name", "density"), [("BSk22", 0.0267), ("BSk24", 0.0428), ("BSk25", 0.0546), ("BSk26", 0.0481)]
)
def test_brussels_crusts_are_unstable(name, density):
    found = balance.buoyancy(crusts.published(name), tolerance=3e-3)
    assert not found.stable
    assert found.baryon_density[0, 0] == pytest.approx(density, abs=1e-4)


def test_negele_vautherin_and_d1m_are_stable_and_the_last_step_of_d1m_star_is_not():
    assert balance.buoyancy(crusts.published("Negele-Vautherin")).stable
    assert balance.buoyancy(crusts.published("D1M")).stable
    star = balance.buoyancy(crusts.published("D1M*"))
    assert star.last.tolist() == [star.ratio.size - 1]
    assert star.first.tolist() == [star.ratio.size - 2]


def crust(ratio):
    n = np.arange(1, len(ratio) + 1) * 1e-3
    charge = np.full(len(ratio), 40.0)
    return crusts.from_table(
        {"baryon_density": n, "Z_cl": charge, "A_cl": 40.0 * np.asarray(ratio), "electron_density": 0.1 * n}
    )


def test_falls_are_joined_and_those_within_the_tolerance_left_out():
    found = balance.buoyancy(crust([3.0, 4.0, 3.5, 3.5, 3.2, 5.0, 4.999, 6.0, 5.0]), tolerance=1e-3)
    assert found.first.tolist() == [1, 7]
    assert found.last.tolist() == [4, 8]
    assert found.fall == pytest.approx([0.2, 1 / 6])
    assert found.baryon_density[0] == pytest.approx([2e-3, 5e-3])
    assert len(balance.buoyancy(crust([5.0, 4.999, 6.0]), tolerance=0.0).first) == 1


@given(ratio=st.lists(st.floats(2.0, 10.0), min_size=1, max_size=20))
@settings(max_examples=30, deadline=None)
def test_stable_means_that_it_never_falls(ratio):
    profile = crust(ratio)
    exact = (profile["A_cl"] / profile["Z_cl"]).values
    found = balance.buoyancy(profile, tolerance=0.0)
    assert found.stable == bool((np.diff(exact) >= 0.0).all())
    falling = np.zeros(exact.size - 1, dtype=bool)
    for a, b in zip(found.first, found.last, strict=True):
        falling[a:b] = True
        assert exact[b] < exact[a]
    assert (np.diff(exact)[~falling] >= 0.0).all()


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="must be an"):
        balance.buoyancy(3.0)
    with pytest.raises(ValueError, match="tolerance"):
        balance.buoyancy(crust([3.0]), tolerance=-1.0)

"""Intervals in which mass per charge falls: those of published crusts, and made-up ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crustlib import balance, crusts
from crustlib.matter import saturation


# Beznogov & Raduta 2025, section III; the densities at which it falls: an independent reading of the tables
@pytest.mark.parametrize(
    ("name", "density"), [("BSk22", 0.0267), ("BSk24", 0.0428), ("BSk25", 0.0546), ("BSk26", 0.0481)]
)
def test_brussels_crusts_are_unstable(name, density):
    found = balance.buoyancy(crusts.published(name))
    assert not found.stable
    assert found.baryon_density[0, 0] == pytest.approx(density, abs=1e-4)


def test_negele_vautherin_and_d1m_are_stable_and_the_last_step_of_d1m_star_is_not():
    assert balance.buoyancy(crusts.published("Negele-Vautherin")).stable
    assert balance.buoyancy(crusts.published("D1M")).stable
    star = balance.buoyancy(crusts.published("D1M*"))
    assert star.last.tolist() == [star.ratio.size - 1]
    assert star.first.tolist() == [star.ratio.size - 2]


@pytest.mark.parametrize("name", ["BSk22", "BSk24", "BSk25", "BSk26", "GMRS-SLy5", "GMRS-SGII"])
def test_a_surplus_that_falls_does_not_fall_in_the_same_gas(name):
    crust = crusts.published(name)
    assert not balance.buoyancy(crust, count="surplus").stable
    assert balance.buoyancy(crust, count="same gas").stable


def test_counts_of_ions_that_one_can_weigh_by_hand():
    """Two layers of Z = 10: 30 nucleons in 200 fm^3, then 34 in 250, gases of 0.01 and 0.03 per fm^3."""
    columns = {"baryon_density": [0.02, 0.05], "Z_cl": [10, 10], "A_cl": [30, 34], "A_cell": [100, 200]}
    gas = np.array([0.01, 0.03])
    inside, volume = np.array([30.0, 34.0]), np.array([200.0, 250.0])
    table = {**columns, "A_inside": inside, "A_surplus": inside - gas * volume, "gas_density": gas}
    ions = crusts.from_table(table)
    assert balance.buoyancy(ions, count="inside").ratio == pytest.approx([3.0, 3.4])
    assert balance.buoyancy(ions, count="surplus").ratio == pytest.approx([2.8, 2.65])
    # in a gas of 0.02 they weigh 26 and 29: 0.3 more per charge
    assert balance.buoyancy(ions, count="same gas").ratio == pytest.approx([2.8, 3.1])
    assert not balance.buoyancy(ions, count="surplus").stable


@pytest.mark.parametrize("temperature", [0.1, 0.4])
def test_warm_crusts_are_stable_and_their_surplus_falls(temperature):
    warm = crusts.nse(np.geomspace(1e-3, 0.067, 60), temperature)
    for count in ("given", "inside", "same gas"):
        assert balance.buoyancy(warm, count=count).stable
    surplus = balance.buoyancy(warm, count="surplus")
    # 14He in a gas of 0.059 per fm^3, with the volume of 14 nucleons at n_sat(5/7)
    gas, volume = float(balance.weights(warm)["gas_density"][-1]), 14.0 / saturation.density(5 / 7, "BSk25")
    assert surplus.ratio[-1] == pytest.approx((14.0 - gas * volume) / 2.0, rel=1e-3)
    assert surplus.fall.max() > 0.4


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
    with pytest.raises(ValueError, match="count = 'all'"):
        balance.buoyancy(crust([3.0]), count="all")
    with pytest.raises(ValueError, match=r"maker published.*A_surplus"):
        balance.buoyancy(crusts.published("D1M"), count="surplus")
    with pytest.raises(ValueError, match="number_density"):
        balance.buoyancy(crusts.published("D1M"), count="inside")

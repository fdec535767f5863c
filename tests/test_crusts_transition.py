"""Homogeneous warm matter, where clustered matter turns into it, and the ways across."""

import numpy as np
import pytest

from crustlib import crusts
from crustlib.constants import ATOMIC_MASS_UNIT_MEV, NEUTRON_MASS_MEV, PROTON_MASS_MEV
from crustlib.errors import ConvergenceError
from crustlib.matter import nucleons

DENSITIES = np.geomspace(1e-5, 0.3, 200)


@pytest.mark.parametrize("functional", ["BSk22", "BSk24", "BSk25", "BSk26"])
def test_homogeneous_stellar_matter_is_stable(functional):  # Beznogov & Raduta 2025, figure 3
    matter = crusts.homogeneous(DENSITIES, 0.1, functional=functional)
    crusts.profile.check(matter)
    assert (np.diff(matter["mu_n"]) > 0.0).all()
    assert (np.diff(matter["pressure"]) > 0.0).all()
    off = matter["mu_n"] - matter["mu_p"] - matter["mu_e"]
    assert np.abs(off).max() < 1e-9
    assert np.abs(matter["gibbs_energy"] + ATOMIC_MASS_UNIT_MEV - matter["mu_n"]).max() < 1e-9


def test_cold_homogeneous_matter_is_that_of_zero_temperature():
    n = np.array([0.02, 0.08, 0.16, 0.25])
    cold = nucleons.beta_equilibrium(n, "BSk24")
    warm = crusts.homogeneous(n, 0.05, functional="BSk24", muons=True)
    assert (warm["proton_density"] / n).values == pytest.approx(cold.proton_fraction, rel=5e-4)
    assert warm["pressure"].values == pytest.approx(cold.pressure, rel=5e-4)
    assert warm["muon_density"].values == pytest.approx(cold.muon_density, rel=1e-3, abs=1e-8)


def test_nuclear_matter_at_a_given_proton_potential_is_not_stable():  # an independent calculation
    matter = crusts.homogeneous(
        np.linspace(0.005, 0.11, 2000), 0.1, proton_chemical_potential=-30.0, electrons=False
    )
    n_n, falling = matter["neutron_density"].values[1:], np.diff(matter["mu_n"]) < 0.0
    assert n_n[falling][[0, -1]] == pytest.approx([0.0174, 0.0601], abs=2e-4)
    assert matter["mu_p"].values == pytest.approx(PROTON_MASS_MEV - 30.0, abs=1e-9)
    assert "pressure" not in matter


def test_rare_protons_and_too_rare_ones():
    thin = crusts.homogeneous(1e-4, 0.1, proton_chemical_potential=-30.0)
    assert -320.0 < np.log(thin["proton_density"].item()) < -290.0  # T ln n_p is nearly mu_p
    with pytest.raises(ConvergenceError, match="no solution at baryon_density"):
        crusts.homogeneous(1e-4, 0.1, proton_chemical_potential=-100.0)


@pytest.mark.parametrize(("saturation", "density"), [("exact", 0.067), ("constant", 0.0735)])
def test_where_free_energies_cross(saturation, density):  # an independent calculation
    end = crusts.transition(0.1, saturation=saturation)
    assert end.density == pytest.approx(density, abs=5e-4)
    assert end.mechanism == "energy"
    assert end.matched[0] < end.coexistence[0] < end.density < end.coexistence[1] < end.matched[1]


def test_coexisting_phases_have_equal_pressures_and_potentials():
    pair = crusts.transition(0.1).coexistence
    assert pair == pytest.approx((0.056, 0.076), abs=1.5e-3)  # an independent calculation
    thin, dense = crusts.nse(pair[0], 0.1), crusts.homogeneous(pair[1], 0.1)
    assert thin["pressure"].values == pytest.approx(dense["pressure"].values, rel=1e-6)
    assert thin["mu_n"].values - NEUTRON_MASS_MEV == pytest.approx(
        dense["mu_n"].values - NEUTRON_MASS_MEV, rel=1e-6
    )


@pytest.mark.parametrize(
    ("T", "Y_p", "mechanism"), [(0.4, 0.3, "energy"), (7.0, 0.3, "clusters"), (4.0, None, "gas")]
)
def test_three_mechanisms(T, Y_p, mechanism):  # Beznogov & Raduta 2025, section II
    end = crusts.transition(T, Y_p)
    assert end.mechanism == mechanism
    assert (end.matched is None) == (mechanism != "energy")


def test_cold_symmetric_nuclei_end_where_free_energies_cross():
    end = crusts.transition(0.1, 0.5)
    assert end.mechanism == "energy" and 0.07 < end.density < 0.12
    thin, dense = (make(end.density, 0.1, 0.5) for make in (crusts.nse, crusts.homogeneous))
    assert thin["free_energy"].item() == pytest.approx(dense["free_energy"].item(), abs=1e-6)


def test_hot_nuclei_fade_into_the_gas():
    """At 3 MeV pressure falls where nuclei go; at 4 they last to beyond 0.12 fm^-3, as `matched` knows."""
    n = np.array([0.067, 0.072])
    thin, bare = crusts.nse(n, 3.0), crusts.homogeneous(n, 3.0)
    assert np.diff(thin["pressure"]) < 0.0
    assert (thin["free_energy"] < bare["free_energy"]).all()
    crust = crusts.matched([0.05, 0.13, 0.2], 4.0, matching="crossing")
    assert (np.diff(crust["pressure"]) > 0.0).all()


@pytest.mark.parametrize("matching", ["pressure", "coexistence"])
def test_matched_matter_is_thermodynamically_consistent(matching):
    end = crusts.transition(0.4)
    window = end.matched if matching == "pressure" else end.coexistence
    n = np.linspace(window[0] - 0.003, window[1] + 0.003, 61)
    step = 1e-4 * n
    nodes = np.concatenate([n + k * step for k in (-2, -1, 0, 1, 2)])
    crust = crusts.matched(nodes, 0.4, matching=matching)
    crusts.profile.check(crust, ordered=False)  # charge, baryons
    a, P = crust["free_energy"].values.reshape(5, -1), crust["pressure"].values.reshape(5, -1)[2]
    assert (np.diff(P) > -1e-12).all()
    slope = (a[0] - 8.0 * a[1] + 8.0 * a[3] - a[4]) / (12.0 * step)
    smooth = np.min([np.abs(n - edge) for edge in window], axis=0) > 3.0 * step
    assert (n**2 * slope)[smooth] == pytest.approx(P[smooth], rel=1e-6)
    mu = crust["mu_n"].values
    assert (np.diff(mu[np.argsort(nodes)]) > -1e-10).all()


@pytest.mark.parametrize("matching", ["pressure", "coexistence"])
def test_matched_matter_is_continuous_at_its_ends(matching):
    end = crusts.transition(0.4)
    low, high = end.matched if matching == "pressure" else end.coexistence
    inside = crusts.matched([low, high], 0.4, matching=matching)
    thin, dense = crusts.nse(low, 0.4), crusts.homogeneous(high, 0.4)
    for name in ("pressure", "free_energy", "mu_n", "electron_density", "neutron_density"):
        assert inside[name].values == pytest.approx([thin[name].item(), dense[name].item()], rel=1e-6)


def test_without_a_matching_pressure_falls():
    end = crusts.transition(0.4).density
    crust = crusts.matched([end - 1e-6, end + 1e-6], 0.4, matching="crossing")
    assert crust["pressure"].values[1] < 0.7 * crust["pressure"].values[0]
    assert np.diff(crust["free_energy"]) == pytest.approx(0.0, abs=1e-2)
    assert crust["number_density"].values[1].sum() == 0.0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: crusts.homogeneous(0.5, 0.1), "baryon_density = 0.5"),
        (lambda: crusts.homogeneous(0.1, 0.1, muons=1), "muons = 1"),
        (lambda: crusts.homogeneous(0.1, 0.1, electrons=False), "there is no beta"),
        (lambda: crusts.transition(0.01), "temperature = 0.01"),
        (lambda: crusts.transition(0.4, 2.0), "proton_fraction = 2"),
        (lambda: crusts.transition(0.4, functional="BSk1"), "functional = 'BSk1'"),
        (lambda: crusts.transition(0.4, saturation="none"), "saturation = 'none'"),
        (lambda: crusts.matched(0.05, 0.4, matching="none"), "matching = 'none'"),
        (lambda: crusts.matched(0.05, 4.0), "there is none at this transition"),
        (lambda: crusts.matched(0.29, 0.4), "baryon_density = 0.29"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()

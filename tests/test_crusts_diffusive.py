"""Neutrons in diffusion equilibrium: their equation, heat in closed form, limits, energy audit, bad input."""

import json

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq

from crustlib import nuclides
from crustlib.constants import (
    ATOMIC_MASS_UNIT_G,
    ATOMIC_MASS_UNIT_MEV,
    ELECTRON_MASS_MEV,
    MEV_FM3_IN_DYN_CM2,
    NEUTRON_EXCESS_MEV,
    NEUTRON_MASS_MEV,
    PER_FM3_IN_PER_CM3,
)
from crustlib.crusts import accreted, diffusive, interface_limits, profile
from crustlib.matter import electrons, neutrons

FRDM, HFB, DZ = "AME2016+FRDM95+DZ31", "AME2016+HFB21+DZ31", "AME2016+DZ31"
LOWEST = {FRDM: 6.07e29, HFB: 5.99e29, DZ: 5.92e29}  # dyn cm^-2, without a lattice: where G_b of 56Fe is m_n
CALLS = {FRDM: (1e30, False), HFB: (8e29, True), DZ: (8e29, False)}  # interface (dyn cm^-2), lattice


@pytest.fixture(scope="module")
def crusts():
    """Make a crust of each model, once; "mixed", so that energy is conserved exactly."""
    return {
        model: diffusive(model, P / MEV_FM3_IN_DYN_CM2, lattice=lattice, splice="mixed")
        for model, (P, lattice) in CALLS.items()
    }


def inner(crust):
    """Return the inner crust, from the interface down."""
    first = np.flatnonzero(crust["mu_n"].values > NEUTRON_MASS_MEV)[0]
    return crust.isel(layer=slice(first - 1, None))


def integral(y, x):
    """Return the running integral of y dx by the trapezium rule."""
    return np.concatenate(([0.0], np.cumsum(0.5 * (y[1:] + y[:-1]) * np.diff(x))))


def enthalpy(crust):
    """Return eps + P (MeV fm^-3)."""
    unit = ATOMIC_MASS_UNIT_MEV / (ATOMIC_MASS_UNIT_G * PER_FM3_IN_PER_CM3)
    return crust["mass_density"].values * unit + crust["pressure"].values


@pytest.mark.parametrize("model", CALLS)
def test_neutrons_are_in_hydrostatic_and_diffusion_equilibrium(crusts, model):
    """d ln mu_n/dP = 1/(eps + P) from m_n at the interface, with eps of the Profile's own layers."""
    crust = inner(crusts[model])
    P = crust["pressure"].values
    assert P[0] * MEV_FM3_IN_DYN_CM2 == pytest.approx(CALLS[model][0])
    assert float(crust["mu_n"][0]) == NEUTRON_MASS_MEV
    expected = NEUTRON_MASS_MEV * np.exp(integral(1.0 / enthalpy(crust), P))
    np.testing.assert_allclose(crust["mu_n"], expected, rtol=0, atol=2e-5 * (expected[-1] - expected[0]))


@pytest.mark.parametrize("model", CALLS)
def test_what_reacts_at_one_pressure_leaves_the_neutrons_alone(crusts, model):
    """One pressure, one mu_n, whatever nuclei do there; and mu_n alone sets the density of neutrons."""
    crust = inner(crusts[model])
    same = np.flatnonzero(np.diff(crust["pressure"].values) == 0.0)
    assert same.size > 0
    assert np.diff(crust["mu_n"].values)[same] == pytest.approx(0.0, abs=1e-9)
    wet = crust["neutron_density"].values > 0.0
    mu_n = neutrons.chemical_potential(crust["neutron_density"].values[wet])
    np.testing.assert_allclose(mu_n, crust["mu_n"].values[wet], rtol=1e-12)


@pytest.mark.parametrize("model", CALLS)
def test_psi_falls_by_the_heat(crusts, model):
    """Psi = sum Y_i (mu_i + Z_i mu_e) - mu_n A: d Psi = V (dP - n_b d mu_n) - heat, per accreted baryon.

    V is the volume of an accreted baryon: nuclei neither fuse nor split in these crusts.
    """
    crust = crusts[model]
    assert "fusion" not in crust["reaction_kind"].values
    V = 1.0 / 56.0 / crust["number_density"].sum("nuclide").values
    P, n_b, mu_n = (crust[name].values for name in ("pressure", "baryon_density", "mu_n"))
    psi = V * n_b * (crust["gibbs_energy"].values + ATOMIC_MASS_UNIT_MEV - mu_n)
    work = integral(V, P) - integral(V * n_b, mu_n)
    assert np.abs(psi - psi[0] + crust["heat"].values - work).max() < 2e-4
    assert (np.diff(crust["heat"].values) >= 0.0).all()
    assert float(crust["reaction_heat"].sum()) == pytest.approx(float(crust["heat"][-1]), rel=1e-9)


@pytest.mark.parametrize("model", CALLS)
def test_above_the_interface_it_is_the_traditional_crust(crusts, model):
    P_oi, lattice = CALLS[model]
    traditional = accreted(model, pressure_max=P_oi / MEV_FM3_IN_DYN_CM2, lattice=lattice, splice="mixed")
    outer = crusts[model].isel(layer=slice(traditional.sizes["layer"] - 1))
    for name in ("pressure", "baryon_density", "mu_e", "heat", "gibbs_energy"):
        expected = traditional[name].values[: outer.sizes["layer"]]
        np.testing.assert_allclose(outer[name].values, expected, rtol=1e-12, atol=1e-12)


def volume_per_baryon(P, Z, A):
    """Return 1/n_b (fm^3) of one nuclide and electrons at a pressure, by public functions."""
    n_e = brentq(lambda n: electrons.pressure(n) / P - 1.0, 1e-12, 1e-2, xtol=1e-22, rtol=1e-13)
    return Z / A / n_e


@pytest.mark.parametrize("P_oi", [6.1e29, 1e30, 1.4e30])
def test_the_heat_of_the_whole_crust_in_closed_form(P_oi):
    """Q = m_Fe/56 + int dP/n_b - m_n, the integral by quadrature between the thresholds of 56Fe's captures.

    m_Fe is the mass of a neutral atom, and at the surface it includes the electrons'.
    """
    crust = diffusive(FRDM, P_oi / MEV_FM3_IN_DYN_CM2, lattice=False, pressure_max=2e-3)
    top = float(crust["pressure"][0])
    thresholds, work = list(captures(FRDM)), 0.0
    for Z, begins, ends in zip((26, 24, 22, 20, 18), (0.0, *thresholds[:-1]), thresholds, strict=True):
        low, high = np.log(np.clip((begins, ends), top, P_oi / MEV_FM3_IN_DYN_CM2))
        work += quad(lambda x, Z: np.exp(x) * volume_per_baryon(np.exp(x), Z, 56), low, high, (Z,))[0]
    iron = float(nuclides.mass_model(FRDM).mass_excess(26, 56)) / 56.0
    n_e = 26 / 56 / volume_per_baryon(top, 26, 56)
    surface = 26 / 56 * (electrons.chemical_potential(n_e) - ELECTRON_MASS_MEV)  # G at the Profile's top
    Q = iron + surface + work - NEUTRON_EXCESS_MEV
    assert float(crust.attrs["total_heat"]) == pytest.approx(Q, abs=1e-4)


def captures(model):
    """Return where even-even A = 56 begins to capture, without a lattice, down to 56Ar (MeV fm^-3)."""
    mass = nuclides.mass_model(model).mass_excess
    for Z in (26, 24, 22, 20, 18):
        mu_e = ELECTRON_MASS_MEV + float(mass(Z - 1, 56)) - float(mass(Z, 56))
        yield float(electrons.pressure(electrons.density(mu_e)))


def test_the_least_heat_of_frdm95():
    low, high = (P * MEV_FM3_IN_DYN_CM2 for P in interface_limits(FRDM, lattice=False))
    assert low == pytest.approx(6.07e29, rel=5e-3)
    assert high == pytest.approx(1.4615e30, rel=5e-3)
    crust = diffusive(FRDM, low / MEV_FM3_IN_DYN_CM2, lattice=False, pressure_max=1e-3)
    assert float(crust.attrs["total_heat"]) == pytest.approx(0.223, abs=5e-3)


@pytest.mark.parametrize("model", LOWEST)
def test_limits_are_those_of_the_ashes(model):
    """At the lower one G_b is m_n, so that all heat is the outer crust's; at the upper one 56Cl emits."""
    low, high = interface_limits(model, splice="mixed", lattice=False)
    assert low * MEV_FM3_IN_DYN_CM2 == pytest.approx(LOWEST[model], rel=5e-3)
    whole = accreted(model, splice="mixed", lattice=False, pressure_max=1.01 * high)
    G, heat = (np.interp(low, whole["pressure"], whole[name]) for name in ("gibbs_energy", "heat"))
    assert G == pytest.approx(NEUTRON_EXCESS_MEV, abs=1e-4)
    crust = diffusive(model, low, splice="mixed", lattice=False, pressure_max=1.01 * low)
    assert float(crust.attrs["total_heat"]) == pytest.approx(heat, abs=1e-4)
    mass = nuclides.mass_model(model).mass_excess
    assert mass(17, 56) > mass(17, 53) + 3 * NEUTRON_EXCESS_MEV
    assert high == pytest.approx(list(captures(model))[-1], rel=2e-5)


def test_a_mixture_may_shed_neutrons_before_its_interface():
    """Rare 26O of the burst ash emits at 2.4e29, where others take it all: free neutrons there are none."""
    low, high = interface_limits(FRDM, "burst ash", splice="mixed")
    crust = diffusive(FRDM, low, "burst ash", splice="mixed", pressure_max=1.01 * low)
    emitted = crust["reaction_pressure"].values[crust["reaction_kind"].values == "emission"]
    assert emitted.min() < 0.5 * low < low < high
    top = crust.isel(layer=int(np.flatnonzero(crust["pressure"].values == low)[0]))
    assert float(top["neutron_density"]) == 0.0
    assert float(top["gibbs_energy"]) == pytest.approx(NEUTRON_EXCESS_MEV, abs=1e-3)
    assert float(crust.attrs["total_heat"]) == pytest.approx(float(top["heat"]), abs=1e-3)


@pytest.mark.parametrize("model", [FRDM, DZ])
def test_equilibrium_slope(crusts, model):
    """Where one nuclide is all there is: d mu_e/dP = (m_i + Z mu_e)/[Z (eps + P)], without a lattice."""
    crust = inner(crusts[model])
    Z, mu_e, P = profile.mean_Z(crust).values, crust["mu_e"].values, crust["pressure"].values
    present = crust["number_density"].values > 0.0
    one = (present[1:] == present[:-1]).all(axis=1) & (present.sum(axis=1)[1:] == 1) & (np.diff(P) > 0.0)
    assert one.sum() > 100
    excess = present @ np.asarray(nuclides.mass_model(model).mass_excess(crust["Z"], crust["A"]))
    mass = excess + profile.mean_A(crust).values * ATOMIC_MASS_UNIT_MEV - Z * ELECTRON_MASS_MEV
    expected = (mass + Z * mu_e) / (Z * enthalpy(crust))
    slope = np.diff(mu_e)[one] / np.diff(P)[one]
    np.testing.assert_allclose(slope, 0.5 * (expected[1:] + expected[:-1])[one], rtol=2e-4)


@pytest.mark.parametrize("model", CALLS)
def test_neutrons_and_nuclei_bear_what_they_weigh(crusts, model):
    """Equations (8) and (9): dP_n/dP is the neutrons' share of eps + P; the lattice bears the rest."""
    crust = inner(crusts[model])
    P, P_n = crust["pressure"].values, crust["neutron_pressure"].values
    share = (crust["neutron_density"] * crust["mu_n"]).values / enthalpy(crust)
    np.testing.assert_allclose(P_n, integral(share, P), atol=2e-4 * P_n[-1])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"mass_model": "FRDM2000"}, "no such mass table"),
        ({"interface_pressure": 3e-4}, r"interface_pressure = 0.0003 MeV .* from 0.0004\d+ to 0.0010\d+"),
        ({"interface_pressure": 2e-3}, r"interface_pressure = 0.002 MeV .* from 0.0004\d+ to 0.0010\d+"),
        ({"interface_pressure": np.nan}, "interface_pressure = nan"),
        ({"interface_pressure": -1.0}, "interface_pressure = -1.0"),
        ({"interface_pressure": [5e-4]}, "interface_pressure = .* must be one number"),
        ({"interface_pressure": "deep"}, "interface_pressure = 'deep'"),
        ({"interface_pressure": 1.0}, "interface_pressure = 1.0"),
        ({"splice": "stirred"}, "splice = 'stirred'"),
        ({"lattice": 1}, "lattice = 1"),
        ({"neutrons": "SLy5"}, "neutrons = 'SLy5'"),
        ({"step": 0.5}, "step = 0.5"),
        ({"ashes": {"Fe56": 0.9}}, "sum to 0.9"),
        ({"order": ["strong"]}, "order = 'strong'"),
        ({"capture_limit": 0}, "capture_limit = 0"),
    ],
)
def test_bad_input_is_named(change, message):
    with pytest.raises(ValueError, match=message):
        diffusive(**{"mass_model": FRDM, "interface_pressure": 6e-4, **change})


@pytest.mark.parametrize(("change", "message"), [({"lattice": 0}, "lattice = 0"), ({"ashes": "Xx1"}, "Xx")])
def test_bad_input_of_limits_is_named(change, message):
    with pytest.raises(ValueError, match=message):
        interface_limits(**{"mass_model": FRDM, **change})


def test_it_is_a_profile_that_says_what_made_it(crusts):
    for model, crust in crusts.items():
        profile.check(crust)
        assert crust.attrs["maker"] == "diffusive" and crust.attrs["masses"] == model
        assert json.loads(crust.attrs["call"])["splice"] == "mixed"
        assert json.loads(crust.attrs["cycles"]) == []

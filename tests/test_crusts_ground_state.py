"""The ground state: against a plain search, its thermodynamics, the published drip, bad input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from crustlib import nuclides
from crustlib.constants import ATOMIC_MASS_UNIT_MEV, ELECTRON_MASS_MEV, MEV_FM3_IN_DYN_CM2, NEUTRON_EXCESS_MEV
from crustlib.crusts import ground_state, profile
from crustlib.matter import coulomb, electrons, neutrons

FRDM = "AME2016+FRDM95+DZ31"
LOWEST, DRIP, HIGHEST = 1e22 / MEV_FM3_IN_DYN_CM2, 6.7e29 / MEV_FM3_IN_DYN_CM2, 1e32 / MEV_FM3_IN_DYN_CM2


@pytest.fixture(scope="module")
def crust():
    """Make a ground-state crust with neutrons, fine enough to differentiate."""
    return ground_state(FRDM, np.geomspace(1e24, 1e32, 3000) / MEV_FM3_IN_DYN_CM2)


def least_gibbs_energy(model, pressure, lattice):
    """Search all nuclides of Z < 60 for the least G per baryon (MeV, less m_u) at a pressure."""
    Z, A = model.nuclides
    Z, A = Z[Z < 60], A[Z < 60]
    shift = coulomb.LATTICE_C_MEV_FM if lattice else 0.0
    low, high = np.full(Z.size, -40.0), np.full(Z.size, 0.0)  # ln n_e, bisected
    for _ in range(60):
        middle = 0.5 * (low + high)
        n_e = np.exp(middle)
        above = electrons.pressure(n_e) - shift / 3 * n_e ** (4 / 3) * Z ** (2 / 3) > pressure
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    n_e = np.exp(high)
    nucleus = model.mass_excess(Z, A) - 4 / 3 * shift * Z ** (5 / 3) * n_e ** (1 / 3)
    gibbs = (nucleus + Z * (electrons.chemical_potential(n_e) - ELECTRON_MASS_MEV)) / A
    best = int(gibbs.argmin())
    return float(gibbs[best]), int(Z[best]), int(A[best])


@settings(max_examples=25)
@given(exponent=st.floats(np.log(1.01 * LOWEST), np.log(0.95 * DRIP)), lattice=st.booleans())
def test_no_nuclide_has_less_gibbs_energy_in_the_outer_crust(exponent, lattice):
    pressure = float(np.exp(exponent))
    ours = ground_state(FRDM, pressure, lattice=lattice).isel(layer=0)
    least, Z, A = least_gibbs_energy(nuclides.mass_model(FRDM), pressure, lattice)
    assert float(ours["gibbs_energy"]) == pytest.approx(least, abs=1e-9)
    assert float(ours["neutron_density"]) == 0.0
    assert (int(ours["Z"][0]), int(ours["A"][0])) == (Z, A)


@settings(max_examples=25)
@given(
    exponent=st.floats(np.log(DRIP), np.log(HIGHEST)),
    lattice=st.booleans(),
    kind=st.sampled_from(neutrons.available()),
    other=st.integers(0, 10**6),
)
def test_no_nuclide_gains_in_the_inner_crust(exponent, lattice, kind, other):
    """At the layer's mu any nucleus costs at least A mu: made of gas and electrons it releases nothing."""
    ours = ground_state(FRDM, float(np.exp(exponent)), lattice=lattice, neutrons=kind).isel(layer=0)
    mu = float(ours["gibbs_energy"])
    if float(ours["neutron_density"]) > 0.0:
        assert float(ours["mu_n"]) - ATOMIC_MASS_UNIT_MEV == pytest.approx(mu, abs=1e-8)
    model = nuclides.mass_model(FRDM)
    Z, A = (int(axis[other % axis.size]) for axis in model.nuclides)
    n_e, z53 = float(ours["electron_density"]), float(ours["Z"][0]) ** (2 / 3)
    phi = coulomb.LATTICE_C_MEV_FM * n_e ** (1 / 3) if lattice else 0.0
    per_electron = float(ours["mu_e"]) - ELECTRON_MASS_MEV - phi * z53 / 3
    cost = model.mass_excess(Z, A) + Z * per_electron - phi * Z ** (5 / 3) - A * mu
    # a rare impurity in this lattice: the linear mixing rule, convex in Z, can only make it dearer
    assert cost > -1e-6


@pytest.mark.parametrize("pressure", np.geomspace(1e30, 3e31, 4) / MEV_FM3_IN_DYN_CM2)
def test_neighbours_in_the_inner_crust_are_no_better(pressure):
    """Fix a nuclide and minimise G per baryon over its neutron fraction by a plain search."""
    ours = ground_state(FRDM, pressure, lattice=False).isel(layer=0)
    model = nuclides.mass_model(FRDM)
    Z, A = int(ours["Z"][0]), int(ours["A"][0])

    def gibbs(Y_n, Z, A):
        Y = (1.0 - Y_n) / A

        def off(log_n_b):
            n_b = np.exp(log_n_b)
            total = electrons.pressure(n_b * Y * Z) + neutrons.pressure(n_b * Y_n)
            return total / pressure - 1.0

        n_b = np.exp(brentq(off, np.log(1e-6), np.log(0.2), xtol=1e-13))
        mu_e, mu_n = electrons.chemical_potential(n_b * Y * Z), neutrons.chemical_potential(n_b * Y_n)
        nuclear = model.mass_excess(Z, A) + Z * (mu_e - ELECTRON_MASS_MEV)
        return Y * nuclear + Y_n * (mu_n - ATOMIC_MASS_UNIT_MEV)

    around = [(Z + i, A + j) for i in (-2, -1, 0, 1, 2) for j in (-4, -2, -1, 0, 1, 2, 4)]
    fractions = np.linspace(0.0, 0.95, 60)
    least = min(gibbs(Y_n, *n) for n in around if n in model for Y_n in fractions)
    chosen = float(ours["neutron_density"] / ours["baryon_density"])
    assert float(ours["gibbs_energy"]) == pytest.approx(gibbs(chosen, Z, A), abs=1e-9)
    assert float(ours["gibbs_energy"]) <= least + 1e-9


def test_published_drip():
    """FRDM95, no lattice: neutrons drip at 6.84e29 dyn cm^-2 (2 %) out of 118Kr, at mu_e = 24.9 MeV."""
    P = np.geomspace(5e29, 9e29, 2000) / MEV_FM3_IN_DYN_CM2
    crust = ground_state(FRDM, P, lattice=False)
    dripped = int(np.flatnonzero(crust["neutron_density"].values > 0.0)[0])
    assert P[dripped] * MEV_FM3_IN_DYN_CM2 == pytest.approx(6.84e29, rel=0.02)
    last = crust.isel(layer=dripped - 1)
    assert (float(profile.mean_Z(crust)[dripped - 1]), float(profile.mean_A(crust)[dripped - 1])) == (36, 118)
    assert float(last["mu_e"]) == pytest.approx(24.9, abs=0.1)
    # there a free neutron costs what a bound baryon does
    assert float(last["gibbs_energy"]) == pytest.approx(NEUTRON_EXCESS_MEV, abs=2e-3)
    assert float(crust["gibbs_energy"][dripped]) >= NEUTRON_EXCESS_MEV > float(last["gibbs_energy"])


def test_the_top_is_iron():
    crust = ground_state("AME2016", LOWEST)
    assert (int(crust["Z"][0]), int(crust["A"][0])) == (26, 56)


def same_nuclide(crust):
    """Say which pairs of neighbouring layers have one nuclide, and both or none of them free neutrons."""
    which = crust["number_density"].values.argmax(axis=1)
    wet = crust["neutron_density"].values > 0.0
    return (which[1:] == which[:-1]) & (wet[1:] == wet[:-1])


def test_gibbs_duhem(crust):
    """d(G per baryon)/dP = 1/n_b all along, through the changes of nuclide too, as G is continuous there."""
    P, volume = crust["pressure"].values, 1.0 / crust["baryon_density"].values
    rise = np.diff(crust["gibbs_energy"].values) / np.diff(P)
    inside = same_nuclide(crust)
    middle = 0.5 * (volume[1:] + volume[:-1])
    np.testing.assert_allclose(rise[inside], middle[inside], rtol=3e-4)  # coarsest just above the drip
    between = (rise <= volume[:-1] * (1 + 1e-6)) & (rise >= volume[1:] * (1 - 1e-6))
    assert between.all()
    assert (np.diff(crust["baryon_density"].values) > 0.0).all()


def test_the_slope_of_mu_e_is_that_of_diffusive_equilibrium():
    """Chugunov & Shchechilin 2020, equation (7) with the enthalpy: d mu_e/dP = (m_i + Z mu_e)/[Z (eps + P)].

    In a catalysed crust without the lattice this is A/(Z n_b), and holds within every layer, deep ones too.
    """
    crust = ground_state(FRDM, np.geomspace(1e26, 1e31, 3000) / MEV_FM3_IN_DYN_CM2, lattice=False)
    Z, A = (np.rint(mean(crust).values) for mean in (profile.mean_Z, profile.mean_A))
    excess = nuclides.mass_model(FRDM).mass_excess(Z, A)
    nucleus = excess + A * ATOMIC_MASS_UNIT_MEV - Z * ELECTRON_MASS_MEV
    slope = (nucleus + Z * crust["mu_e"].values) / (Z * profile.enthalpy_density(crust).values)
    np.testing.assert_allclose(slope, A / (Z * crust["baryon_density"].values), rtol=1e-9)
    measured = np.diff(crust["mu_e"].values) / np.diff(crust["pressure"].values)
    inside = same_nuclide(crust)
    middle = 0.5 * (slope[1:] + slope[:-1])
    np.testing.assert_allclose(measured[inside], middle[inside], rtol=3e-4)


def test_the_profile_is_whole(crust):
    profile.check(crust)
    assert (crust["residual"] < 1e-11).all()
    n = crust["number_density"].values
    np.testing.assert_allclose(n @ crust["Z"].values, crust["electron_density"], rtol=1e-12)
    baryons = n @ crust["A"].values + crust["neutron_density"].values
    np.testing.assert_allclose(baryons, crust["baryon_density"], rtol=1e-12)


@pytest.mark.parametrize(
    "bad", [-1e-3, 0.0, np.nan, np.inf, 1e9, [1e-3, 1e-4], [[1e-4, 1e-3]], [], "deep", None]
)
def test_bad_pressures_are_named(bad):
    with pytest.raises(ValueError, match="pressure"):
        ground_state(FRDM, bad)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"mass_model": "FRDM3000"}, "no such mass table"),
        ({"mass_model": None}, "name = None"),
        ({"lattice": "yes"}, "lattice = 'yes'"),
        ({"neutrons": "SLy5"}, "neutrons = 'SLy5'"),
    ],
)
def test_bad_names_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        ground_state(**{"mass_model": FRDM, "pressure": 1e-4, **change})

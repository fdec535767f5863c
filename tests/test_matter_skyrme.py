"""Functionals against another code's tables, published saturation properties and numerical derivatives."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from crustlib.constants import NEUTRON_MASS_MEV, PROTON_MASS_MEV
from crustlib.matter import skyrme

BRUSSELS = [name for name in skyrme.available() if name.startswith("BSk")]
densities = st.floats(1e-6, 0.5)


def energy_per_nucleon(n, proton_fraction, name):
    """E/A without rest masses, MeV."""
    n_n, n_p = n * (1 - proton_fraction), n * proton_fraction
    rest = (1 - proton_fraction) * NEUTRON_MASS_MEV + proton_fraction * PROTON_MASS_MEV
    return skyrme.energy_density(n_n, n_p, name) / n - rest


def published_table(name, matter):
    """Density, E/A and P of `nucleardatapy`'s files, which are read without importing it."""
    spec = importlib.util.find_spec("nucleardatapy")
    assert spec is not None and spec.origin is not None
    folder = Path(spec.origin).parent / "data" / "matter" / "pheno" / "ESkyrme"
    table = np.loadtxt(folder / f"{name}-{matter}.dat")
    return table[table[:, 0] <= 0.2].T


@pytest.mark.parametrize("name", BRUSSELS)
@pytest.mark.parametrize(("matter", "proton_fraction"), [("NM", 0.0), ("SM", 0.5)])
def test_published_tables(name, matter, proton_fraction):
    density, energy, pressure = published_table(name, matter)
    assert np.abs(energy_per_nucleon(density, proton_fraction, name) - energy).max() < 1e-6
    if matter == "NM":
        assert np.abs(skyrme.pressure(density, 0.0, name) - pressure).max() < 1e-6
    else:
        # In symmetric matter the tables' pressure has one nucleon mass where their energy has two, as
        # its slope n^2 d(E/A)/dn shows: 7e-4 of the kinetic pressure.
        assert np.abs(skyrme.pressure(density / 2, density / 2, name) - pressure).max() < 3e-3
        slope = density**2 * np.gradient(energy, density, edge_order=2)
        assert np.abs(skyrme.pressure(density / 2, density / 2, name) - slope)[20:-1].max() < 5e-4


def saturation(name):
    """n0, E0, K, J, L and the effective mass by finite differences of E/A."""
    found = minimize_scalar(
        lambda n: energy_per_nucleon(n, 0.5, name), bounds=(0.1, 0.2), options={"xatol": 1e-9}
    )
    n0, step = found.x, 1e-3

    def symmetry(n):  # (1/2) d^2(E/A)/d delta^2, delta = 1 - 2 Y_p, from both sides: the masses differ
        energies = [energy_per_nucleon(n, 0.5 - delta / 2, name) for delta in (-0.01, 0.0, 0.01)]
        return (energies[0] - 2 * energies[1] + energies[2]) / (2 * 0.01**2)

    curvature = [energy_per_nucleon(n0 + shift, 0.5, name) for shift in (-step, 0.0, step)]
    k = 9 * n0**2 * (curvature[0] - 2 * curvature[1] + curvature[2]) / step**2
    slope = 3 * n0 * (symmetry(n0 + step) - symmetry(n0 - step)) / (2 * step)
    return n0, found.fun, k, symmetry(n0), slope


# Chabanat et al. 1998 (SLy4), Goriely, Chamel & Pearson 2013
@pytest.mark.parametrize(
    ("name", "published", "tolerance"),
    [
        ("BSk24", (0.1578, -16.048, None, 30.00, None), (5e-5, 5e-4, 0, 0.01, 0)),
        ("BSk25", (0.15874, -16.032, 236.04, 29.00, 36.90), (5e-6, 1e-3, 0.02, 0.01, 0.02)),
        ("SLy4", (0.160, -15.97, 229.9, 32.00, None), (5e-4, 5e-3, 0.1, 0.01, 0)),
    ],
)
def test_saturation_properties(name, published, tolerance):
    for ours, theirs, allowed in zip(saturation(name), published, tolerance, strict=True):
        assert theirs is None or ours == pytest.approx(theirs, abs=allowed)


@pytest.mark.parametrize(("name", "published"), [("SLy4", 0.695), ("BSk24", 0.80), ("BSk25", 0.80)])
def test_effective_mass_at_saturation(name, published):
    n0 = saturation(name)[0]
    assert skyrme.effective_masses(n0 / 2, n0 / 2, name)[0] == pytest.approx(published, abs=1e-3)


@pytest.mark.parametrize("name", skyrme.available())
@settings(max_examples=25, deadline=None)
@given(n_n=densities, n_p=densities)
def test_chemical_potentials_are_the_slopes_of_the_energy(name, n_n, n_p):
    f, step = skyrme.functional(name), 1e-30  # a complex step: no cancellation, so that it may be tiny
    by_neutrons = skyrme._energy_density(complex(n_n, step), complex(n_p, 0.0), f).imag / step
    by_protons = skyrme._energy_density(complex(n_n, 0.0), complex(n_p, step), f).imag / step
    mu_n, mu_p = skyrme.chemical_potentials(n_n, n_p, name)
    assert mu_n == pytest.approx(by_neutrons, rel=1e-13)
    assert mu_p == pytest.approx(by_protons, rel=1e-13)
    # P = n^2 d(eps/n)/dn at fixed proportions
    swollen = complex(1.0, step)
    squeeze = (skyrme._nuclear_energy_density(n_n * swollen, n_p * swollen, f) / swollen).imag / step
    assert skyrme.pressure(n_n, n_p, name) == pytest.approx(squeeze, rel=1e-10, abs=1e-11)


@pytest.mark.parametrize("name", skyrme.available())
def test_vacuum(name):
    assert skyrme.energy_density(0, 0, name) == skyrme.pressure(0, 0, name) == 0.0
    assert skyrme.chemical_potentials(0.0, 0.0, name) == (NEUTRON_MASS_MEV, PROTON_MASS_MEV)
    assert skyrme.effective_masses(0.0, 0.0, name) == (1.0, 1.0)


def test_proton_and_neutron_change_places():
    # SLy4 has one hbar^2/2m for both, so that only the rest masses tell them apart
    mu_n, mu_p = skyrme.chemical_potentials(0.1, 0.03, "SLy4")
    other_n, other_p = skyrme.chemical_potentials(0.03, 0.1, "SLy4")
    assert mu_n - NEUTRON_MASS_MEV == pytest.approx(other_p - PROTON_MASS_MEV, rel=1e-12)
    assert mu_p - PROTON_MASS_MEV == pytest.approx(other_n - NEUTRON_MASS_MEV, rel=1e-12)


def test_couplings_make_the_effective_masses():
    c_t, c_q = skyrme.couplings(0.12, "BSk24")
    m_n, m_p = skyrme.effective_masses(0.1, 0.02, "BSk24")
    assert skyrme.HBAR2_2M_NEUTRON / m_n == pytest.approx(skyrme.HBAR2_2M_NEUTRON + 0.12 * c_t + 0.1 * c_q)
    assert skyrme.HBAR2_2M_PROTON / m_p == pytest.approx(skyrme.HBAR2_2M_PROTON + 0.12 * c_t + 0.02 * c_q)


def test_arrays_broadcast():
    mu_n, mu_p = skyrme.chemical_potentials([[0.01], [0.02]], [0.0, 0.01, 0.02], "BSk26")
    assert mu_n.shape == mu_p.shape == (2, 3)
    assert mu_p[1, 2] == skyrme.chemical_potentials(0.02, 0.02, "BSk26")[1]


def test_bad_input_is_named():
    for function in (
        skyrme.energy_density,
        skyrme.chemical_potentials,
        skyrme.pressure,
        skyrme.effective_masses,
    ):
        with pytest.raises(ValueError, match=r"n_n = -0\.1: must be finite and >= 0"):
            function(-0.1, 0.1)
        with pytest.raises(ValueError, match="n_p = nan"):
            function(0.1, np.nan)
        with pytest.raises(ValueError, match="functional = 'BSk99': must be one of 'SLy4', 'BSk22'"):
            function(0.1, 0.1, "BSk99")
    with pytest.raises(ValueError, match="effective masses are positive"):
        skyrme.effective_masses(8.0, 0.0, "BSk24")

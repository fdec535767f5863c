"""Leptons at finite temperature: limits in closed form, quadrature, and thermodynamic identities."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from crustlib.constants import ELECTRON_MASS_MEV, HBARC_MEV_FM
from crustlib.matter import electrons, muons, warm_leptons

SCALE = math.pi**2 * HBARC_MEV_FM**3


def by_quadrature(mu, mass, T):
    """Density and pressure from their definitions."""

    def occupation(energy):
        return 1.0 / (1.0 + math.exp(min(700.0, energy / T)))

    def moment(power, sign):
        def integrand(p):
            energy = math.hypot(p, mass)
            weight = p**2 if power == 2 else p**4 / energy / 3.0
            return weight * (occupation(energy - mu) + sign * occupation(energy + mu))

        fermi = math.sqrt(max(0.0, mu**2 - mass**2))
        points = [0.0, max(0.5 * fermi, T), fermi + 8 * T, fermi + 60 * T + 8 * math.sqrt(mass * T)]
        pieces = pairwise(points)
        return sum(quad(integrand, a, b, epsabs=0, epsrel=1e-11, limit=200)[0] for a, b in pieces)

    return moment(2, -1.0) / SCALE, moment(4, 1.0) / SCALE


@pytest.mark.parametrize(
    ("mu", "T", "species"),
    [(0.52, 0.1, "electrons"), (3.0, 1.0, "electrons"), (60.4, 1.0, "electrons"), (60.7, 1.0, "electrons"),
     (5.0, 20.0, "electrons"), (120.0, 10.0, "muons")],
)  # fmt: skip
def test_definitions(mu, T, species):
    matter = warm_leptons.thermodynamics(mu, T, species)
    mass = {"electrons": ELECTRON_MASS_MEV, "muons": muons.MUON_MASS_MEV}[species]
    density, pressure = by_quadrature(mu, mass, T)
    assert matter.density == pytest.approx(density, rel=1e-9)
    assert matter.pressure == pytest.approx(pressure, rel=1e-9)


@given(mu=st.floats(0.6, 200.0), T=st.floats(0.01, 25.0))
@settings(max_examples=25, deadline=None)
def test_density_and_entropy_are_slopes_of_the_pressure(mu, T):
    step = 1e-3 * T
    matter = warm_leptons.thermodynamics(mu, T)

    def slope(by_mu, by_T):  # fourth order
        p = [
            warm_leptons.thermodynamics(mu + k * step * by_mu, T + k * step * by_T).pressure
            for k in (-2, -1, 1, 2)
        ]
        return (p[0] - 8 * p[1] + 8 * p[2] - p[3]) / (12 * step)

    noise = 3e-13 * matter.pressure / step
    assert slope(1, 0) == pytest.approx(matter.density, rel=1e-7, abs=noise)
    assert slope(0, 1) == pytest.approx(matter.entropy_density, rel=1e-7, abs=noise)


def test_cold_and_hot_limits():
    n = np.array([1e-7, 1e-4, 1e-2])
    mu = warm_leptons.chemical_potential(n, 1e-4)
    assert mu == pytest.approx(electrons.chemical_potential(n), rel=1e-6)
    # Massless fermions in closed form
    mu, T = 40.0, 30.0
    hot = warm_leptons.thermodynamics(mu, T)
    square = (math.pi * T) ** 2
    closed = (mu**4 + 2 * mu**2 * square + 7 / 15 * square**2) / 12
    assert hot.density == pytest.approx(mu * (mu**2 + square) / 3 / SCALE, rel=1e-3)
    assert hot.pressure == pytest.approx(closed / SCALE, rel=1e-3)


def test_antiparticles_mirror_particles():
    here, there = warm_leptons.thermodynamics([2.0, -2.0], 1.5)[0]
    assert there == -here
    assert warm_leptons.thermodynamics(0.0, 1.0).density == 0.0


@pytest.mark.parametrize("with_muons", [False, True])
def test_chemical_potential_gives_the_density_back(with_muons):
    n, T = np.meshgrid(np.geomspace(1e-12, 0.1, 12), [0.01, 0.4, 10.0])
    mu = warm_leptons.chemical_potential(n, T, with_muons)
    total = warm_leptons.thermodynamics(mu, T).density
    if with_muons:
        total = total + warm_leptons.thermodynamics(mu, T, "muons").density
    assert total == pytest.approx(n, rel=1e-11)


def test_photons():
    T = 0.7
    energy = quad(lambda x: x**3 / math.expm1(x), 0.0, 60.0)[0] * T**4 / SCALE
    assert warm_leptons.photon_pressure(T) == pytest.approx(energy / 3, rel=1e-9)


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="temperature = 0"):
        warm_leptons.thermodynamics(1.0, 0.0)
    with pytest.raises(ValueError, match=r"temperature = 31\.0"):
        warm_leptons.chemical_potential(1e-3, 31.0)
    with pytest.raises(ValueError, match="density = -1"):
        warm_leptons.chemical_potential(-1.0, 1.0)
    with pytest.raises(ValueError, match="muons = 'yes'"):
        warm_leptons.chemical_potential(1e-3, 1.0, "yes")
    with pytest.raises(ValueError, match="species = 'tauons'"):
        warm_leptons.thermodynamics(1.0, 1.0, "tauons")
    with pytest.raises(ValueError, match=r"mu = inf"):
        warm_leptons.thermodynamics(np.inf, 1.0)

"""Energies of reactions against the Gibbs energy that they change, and which reaction goes first."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crustlib import nuclides
from crustlib.constants import ATOMIC_MASS_UNIT_MEV, ELECTRON_MASS_MEV
from crustlib.crusts.layers import gas_of, matter_of
from crustlib.crusts.medium import _medium
from crustlib.crusts.reactions import (
    EMISSION,
    FUSION,
    NEUTRON_CAPTURE,
    WEAK,
    _energies,
    _largest_emission,
    _reaction_energy,
)
from crustlib.matter import coulomb, electrons, neutrons

DZ = nuclides.mass_model("DZ31")  # the same everywhere: no seam, so that masses are a function of Z and A
VACUUM = gas_of(DZ)  # masses that do not depend on a gas of neutrons
# rule, x, second reactant, then what one reaction of (Z, N) adds: (Z, N) and how many
RULES = {
    "emission": (EMISSION, 3, (0, 0), lambda Z, N: {(Z, N): -1, (Z, N - 3): 1, "n": 3}),
    "capture": (NEUTRON_CAPTURE, 2, (0, 0), lambda Z, N: {(Z, N): -1, (Z, N + 2): 1, "n": -2}),
    "electron capture": (WEAK, -1, (0, 0), lambda Z, N: {(Z, N): -1, (Z - 1, N + 1): 1}),
    "beta decay": (WEAK, 1, (0, 0), lambda Z, N: {(Z, N): -1, (Z + 1, N - 1): 1}),
    "fusion": (FUSION, 0, (8, 20), lambda Z, N: {(Z, N): -1, (8, 20): -1, (Z + 8, N + 20): 1}),
}


@pytest.fixture(scope="module")
def energies():
    """Tabulate DZ31's differences."""
    return _energies(DZ.grid("mixed")[:, :121, :241].copy(), *VACUUM)


def abundances(Z, N, Y_n):
    """Share out baryons: half of those bound in (Z, N), half in 28O."""
    return {(Z, N): 0.5 * (1 - Y_n) / (Z + N), (8, 20): 0.5 * (1 - Y_n) / 28, "n": Y_n}


def solve(pressure, Y, matter):
    nuclei = [(Z, y) for (Z, _), y in ((k, v) for k, v in Y.items() if k != "n")]
    Y_e = sum(Z * y for Z, y in nuclei)
    z53 = sum(Z ** (5 / 3) * y for Z, y in nuclei) / Y_e
    return Y_e, z53, _medium(pressure, Y_e, Y["n"], z53, matter, 1e-4)


def gibbs_energy(pressure, Y, lattice, volume):
    """G per baryon less m_u (MeV), from the public functions of matter."""
    Y_e, z53, medium = solve(pressure, Y, matter_of(lattice, "SLy4", volume))
    n_b = medium.n_b
    free = 1.0 - n_b * (1.0 - Y["n"]) / 0.16 if volume else 1.0  # of the layer, for neutrons
    energy = electrons.energy_density(n_b * Y_e) - n_b * Y_e * ELECTRON_MASS_MEV
    energy += free * neutrons.energy_density(n_b * Y["n"] / free) - n_b * Y["n"] * ATOMIC_MASS_UNIT_MEV
    energy += coulomb.lattice_energy_density(n_b * Y_e, z53) if lattice else 0.0
    nuclear = sum(y * DZ.mass_excess(k[0], sum(k)) for k, y in Y.items() if k != "n")
    return nuclear + (energy + pressure) / n_b


@pytest.mark.parametrize("name", RULES)
@given(
    Z=st.integers(12, 40),
    ratio=st.floats(1.3, 2.5),
    exponent=st.floats(-5.0, -2.3),
    Y_n=st.floats(0.01, 0.8),
    lattice=st.booleans(),
    volume=st.booleans(),
)
def test_q_is_minus_the_change_of_gibbs_energy(energies, name, Z, ratio, exponent, Y_n, lattice, volume):
    rule, x, second, adds = RULES[name]
    N, pressure, h = round(Z * ratio), 10.0**exponent, 1e-6
    Y = abundances(Z, N, Y_n)

    def after(amount):
        changed = dict(Y)
        for key, count in adds(Z, N).items():
            changed[key] = changed.get(key, 0.0) + count * amount
        return gibbs_energy(pressure, changed, lattice, volume)

    medium = solve(pressure, Y, matter_of(lattice, "SLy4", volume))[2]
    Q = _reaction_energy(rule, Z, N, x, *second, medium, energies)
    assert -(after(h) - after(-h)) / (2 * h) == pytest.approx(Q, abs=2e-5)


@given(Z=st.integers(8, 40), N=st.integers(20, 120), mu=st.floats(7.0, 12.0))
def test_the_largest_emission_is_the_largest(energies, Z, N, mu):
    x, Q = _largest_emission(Z, N, mu, energies)
    masses = DZ.grid("mixed")[0]
    gains = masses[Z, N] - masses[Z, N - np.arange(1, min(N, 30) + 1)] - mu * np.arange(1, min(N, 30) + 1)
    allowed = np.flatnonzero(gains > 1e-6) + 1
    assert x == (allowed.max() if allowed.size else 0)
    if x:
        assert pytest.approx(gains[x - 1]) == Q


def test_the_splice_decides_which_table_speaks():
    """Unmixed, a difference is of the first table with both; mixed, each mass of the first that has it."""
    first, second = np.full((121, 241), np.nan), np.zeros((121, 241))
    first[20, 30] = 5.0
    unmixed = _energies(np.stack([first, second]), *VACUUM)
    mixed = _energies(np.where(np.isnan(first), second, first)[None], *VACUUM)
    assert unmixed.capture[20, 30] == 0.0 and mixed.capture[20, 30] == 5.0
    assert unmixed.emission[20, 31, 1] == 0.0 and mixed.emission[20, 31, 1] == -5.0

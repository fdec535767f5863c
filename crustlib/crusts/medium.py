r"""What surrounds a nucleus in a layer: electrons, free neutrons and the lattice at a given pressure.

A layer is described per baryon: :math:`Y_e` electrons, :math:`Y_n` free neutrons, and
:math:`z_{53} = \sum n_i Z_i^{5/3}/n_e` for its lattice. Its baryon density follows from
:math:`P = P_e(n_b Y_e) + P_n(n_b Y_n) + P_L`, and with it every potential that a reaction feels.
The volume of the nuclei is neglected, as in Chugunov & Shchechilin (2020), section 2.1.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from crustlib.constants import ATOMIC_MASS_UNIT_MEV, ELECTRON_MASS_MEV
from crustlib.matter import electrons, neutrons

MAX_ITERATIONS = 60
CONVERGED = 1e-7  # the Newton step after which the next, about its square, is below rounding


class Matter(NamedTuple):
    """The ingredients that all layers of one crust share."""

    coefficients: np.ndarray  # of the neutron matter's powers (MeV fm^...)
    powers: np.ndarray
    lattice: float  # C = 0.895929 e^2 (4 pi/3)^(1/3) in MeV fm, or 0 without a lattice


class Medium(NamedTuple):
    """One layer's potentials, as a reaction feels them (MeV)."""

    n_b: float  # baryons (fm^-3)
    n_e: float  # electrons (fm^-3)
    mu_e: float  # ideal electrons, rest mass included
    electron: float  # energy of one more electron beside an atomic mass excess: mu_e - m_e + lattice
    neutron: float  # mu_n - m_u, to set against mass excesses
    nucleus: float  # a nucleus gains -nucleus * Z^(5/3) from the lattice
    converged: bool


@njit(cache=True)
def _total_pressure(n_b, Y_e, Y_n, z53, matter):
    """Return the pressure (MeV fm^-3) and its derivative by ln n_b."""
    n_e, n_n = n_b * Y_e, n_b * Y_n
    lattice = -matter.lattice / 3.0 * n_e ** (4.0 / 3.0) * z53
    pressure = electrons._pressure(n_e) + lattice
    slope = n_e * n_e * electrons._dmu_dn(n_e) + 4.0 / 3.0 * lattice
    if n_n > 0.0:
        for c, p in zip(matter.coefficients, matter.powers):  # noqa: B905 (numba has no strict)
            term = (p - 1.0) * c * n_n**p  # as in neutrons._pressure, here with its slope for one power
            pressure += term
            slope += p * term
    return pressure, slope


@njit(cache=True)
def _medium(pressure, Y_e, Y_n, z53, matter, guess):
    """Solve the equation of state at a pressure (MeV fm^-3) by Newton steps in ln n_b from a guess."""
    n_b, converged = guess, False
    for _ in range(MAX_ITERATIONS):
        p, slope = _total_pressure(n_b, Y_e, Y_n, z53, matter)
        step = (pressure - p) / slope if slope > 0.0 else 1.0
        n_b *= np.exp(min(1.0, max(-1.0, step)))
        if abs(step) < CONVERGED:
            converged = True
            break
    n_e = n_b * Y_e
    mu_e = electrons._chemical_potential(n_e)
    phi = matter.lattice * n_e ** (1.0 / 3.0)
    mu_n = neutrons._chemical_potential(n_b * Y_n, matter.coefficients, matter.powers)
    converged = converged and not np.isnan(mu_n)  # else no reaction with neutrons would ever be allowed
    electron = mu_e - ELECTRON_MASS_MEV - phi * z53 / 3.0
    return Medium(n_b, n_e, mu_e, electron, mu_n - ATOMIC_MASS_UNIT_MEV, phi, converged)

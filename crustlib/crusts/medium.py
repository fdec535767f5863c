r"""What surrounds a nucleus in a layer: electrons, free neutrons and the lattice at a given pressure.

A layer is described per baryon: :math:`Y_e` electrons, :math:`Y_n` free neutrons, and
:math:`z_{53} = \sum n_i Z_i^{5/3}/n_e` for its lattice. Its baryon density follows from
:math:`P = P_e(n_b Y_e) + P_n(n_b Y_n) + P_L`, and with it every potential that a reaction feels.
The volume of the nuclei is neglected, as in Chugunov & Shchechilin (2020), section 2.1, or taken for A over a
fixed density: then neutrons have only the rest of the layer, and a bound baryon, which displaces them, costs
:math:`P_n` over that density.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from crustlib.constants import ATOMIC_MASS_UNIT_MEV, ELECTRON_MASS_MEV, NEUTRON_MASS_MEV
from crustlib.matter import electrons, neutrons

MAX_ITERATIONS = 60
FIRST_NEUTRONS = 1e-4  # fm^-3: where the search for a density begins
LEAST_FREE = 0.05  # of a layer: nuclei never fill more on the way to a solution
CONVERGED = 1e-7  # the Newton step after which the next, about its square, is below rounding


class Matter(NamedTuple):
    """The ingredients that all layers of one crust share."""

    coefficients: np.ndarray  # of the neutron matter's powers (MeV fm^...)
    powers: np.ndarray
    lattice: float  # C = 0.895929 e^2 (4 pi/3)^(1/3) in MeV fm, or 0 without a lattice
    volume: float  # of a bound baryon (fm^3), 0 where the nuclei's volume is neglected
    displaced: float  # the part of it that a nucleus' energy does not yet count (fm^3)


class Medium(NamedTuple):
    """One layer's potentials, as a reaction feels them (MeV)."""

    n_b: float  # baryons (fm^-3)
    n_e: float  # electrons (fm^-3)
    mu_e: float  # ideal electrons, rest mass included
    electron: float  # energy of one more electron beside an atomic mass excess: mu_e - m_e + lattice
    neutron: float  # energy of one more free neutron beside mass excesses: mu_n - m_u, less what it displaced
    k_n: float  # (3 pi^2 n_n/2)^(1/3) of the gas between the nuclei (fm^-1)
    nucleus: float  # a nucleus gains -nucleus * Z^(5/3) from the lattice
    converged: bool


@njit(cache=True)
def _gas_density(n_b, Y_n, volume):
    """Return the free neutrons' density between the nuclei (fm^-3), and its d ln n_n/d ln n_b."""
    free = max(1.0 - n_b * (1.0 - Y_n) * volume, LEAST_FREE)
    return n_b * Y_n / free, 1.0 / free


@njit(cache=True)
def _total_pressure(n_b, Y_e, Y_n, z53, matter):
    """Return the pressure (MeV fm^-3) and its derivative by ln n_b."""
    n_e = n_b * Y_e
    n_n, stiffness = _gas_density(n_b, Y_n, matter.volume)
    lattice = -matter.lattice / 3.0 * n_e ** (4.0 / 3.0) * z53
    pressure = electrons._pressure(n_e) + lattice
    slope = n_e * n_e * electrons._dmu_dn(n_e) + 4.0 / 3.0 * lattice
    if n_n > 0.0:
        for c, p in zip(matter.coefficients, matter.powers):  # noqa: B905 (numba has no strict)
            term = (p - 1.0) * c * n_n**p  # as in neutrons._pressure, here with its slope for one power
            pressure += term
            slope += p * term * stiffness
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
    n_n, _ = _gas_density(n_b, Y_n, matter.volume)
    mu_n = neutrons._chemical_potential(n_n, matter.coefficients, matter.powers)
    converged = converged and not np.isnan(mu_n)  # else no reaction with neutrons would ever be allowed
    electron = mu_e - ELECTRON_MASS_MEV - phi * z53 / 3.0
    neutron = mu_n - ATOMIC_MASS_UNIT_MEV
    if matter.displaced > 0.0:
        neutron -= matter.displaced * neutrons._pressure(n_n, matter.coefficients, matter.powers)
    return Medium(n_b, n_e, mu_e, electron, neutron, _gas_wavenumber(n_n), phi, converged)


@njit(cache=True)
def _gas_wavenumber(n_n):
    """Return k_n, in which the masses of nuclei in a gas are tabulated."""
    return (1.5 * np.pi**2 * n_n) ** (1.0 / 3.0)


@njit(cache=True)
def _neutron_density(mu_n, matter):
    """Solve mu_n(n_n) = mu_n for n_n (fm^-3) above the drip by Newton steps in ln n_n."""
    n = FIRST_NEUTRONS
    for _ in range(100):
        off = neutrons._chemical_potential(n, matter.coefficients, matter.powers) - mu_n
        step = off / (n * neutrons._dmu_dn(n, matter.coefficients, matter.powers))
        n *= np.exp(-min(1.0, max(-1.0, step)))
        if abs(step) < 1e-13:
            break
    return n


@njit(cache=True)
def _medium_in_reservoir(pressure, mu_n, Y_e, z53, matter):
    """Solve the equation of state at a pressure (MeV fm^-3) where free neutrons have a given mu_n (MeV).

    Of the pressure, electrons and lattice bear what neutrons do not. `n_b` counts what came with the nuclei:
    free neutrons belong to none. The volume of the nuclei is neglected.
    """
    n_n = _neutron_density(mu_n, matter) if mu_n > NEUTRON_MASS_MEV else 0.0
    left = pressure - neutrons._pressure(n_n, matter.coefficients, matter.powers)
    n_e, converged = electrons._density(ELECTRON_MASS_MEV + 20.0), False
    for _ in range(MAX_ITERATIONS if left > 0.0 else 0):
        lattice = -matter.lattice / 3.0 * n_e ** (4.0 / 3.0) * z53
        slope = n_e * n_e * electrons._dmu_dn(n_e) + 4.0 / 3.0 * lattice
        step = (left - electrons._pressure(n_e) - lattice) / slope if slope > 0.0 else 1.0
        n_e *= np.exp(min(1.0, max(-1.0, step)))
        if abs(step) < CONVERGED:
            converged = True
            break
    mu_e, phi = electrons._chemical_potential(n_e), matter.lattice * n_e ** (1.0 / 3.0)
    electron = mu_e - ELECTRON_MASS_MEV - phi * z53 / 3.0
    k_n = _gas_wavenumber(n_n)
    return Medium(n_e / Y_e, n_e, mu_e, electron, mu_n - ATOMIC_MASS_UNIT_MEV, k_n, phi, converged)

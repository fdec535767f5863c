r"""The matter of a whole cold star with one functional, from its surface to its centre.

- Outer crust: the ground state with the masses of the functional's HFB table and AME2016
  (`crustlib.crusts.ground_state`).
- Inner crust: Pearson et al. 2018 (`crustlib.crusts.published_cells`), where the pressure increases.
- Core: uniform matter in beta equilibrium (`crustlib.matter.nucleons`).

The core begins at that paper's transition density; between its table's last row and there everything is
interpolated. Pressure is continuous. Everything is a function of the enthalpy
:math:`H = \int dP/(\varepsilon + P)`, zero at the surface; in the core it grows as the logarithm of
:math:`\mu_n`, the chemical potential of a baryon. The free neutrons carry a share
:math:`n_n\mu_n/(\varepsilon + P) = n_n/n` of the enthalpy density; in the inner crust those are the
background that Pearson et al. take out of a cell's profile. How they slip through the nuclei is left to
`crustlib.entrainment.potential_flow`.
"""

from functools import cache
from math import log
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import constants as _si
from scipy.integrate import cumulative_trapezoid
from scipy.interpolate import CubicSpline, PchipInterpolator

from crustlib import crusts
from crustlib.constants import ATOMIC_MASS_UNIT_G, ATOMIC_MASS_UNIT_MEV, PER_FM3_IN_PER_CM3
from crustlib.crusts import published_cells
from crustlib.crusts.layers import LOWEST_PRESSURE
from crustlib.entrainment.core import core_matrix
from crustlib.matter.nucleons import beta_equilibrium

MEV_FM3_IN_PER_KM2: float = _si.G / _si.c**4 * _si.e * 1e6 * 1e45 * 1e6
"""G / c^4 times one MeV fm^-3, in km^-2."""

_GRAM_PER_CM3 = ATOMIC_MASS_UNIT_MEV / ATOMIC_MASS_UNIT_G / PER_FM3_IN_PER_CM3  # in MeV fm^-3

# Nucleon density (fm^-3) above which matter is uniform: Pearson et al. 2018, table 14
_TRANSITION = {"BSk22": 0.0716068, "BSk24": 0.0807555, "BSk25": 0.0855534, "BSk26": 0.0849477}

HIGHEST_CORE_DENSITY = 1.5  # fm^-3, above the centre of the heaviest star of any functional
_OUTER_LAYERS = 100
_CORE_KNOTS = 400
_CRUST_KNOTS = 4000
_CLOSE = 0.995  # rows of the table this close to the core's edge are left out


class StarMatter(NamedTuple):
    """Matter as a function of the enthalpy H: cubics between knots, on either side of the core's edge.

    The coefficients have the shape (4, knots - 1, 5), highest power first; their columns are ln P and ln eps
    (km^-2), n (fm^-3), the free neutrons' share of eps + P, and the neutrons' eps_n, zero in the crust.
    """

    core_edge: float
    """H where the core begins."""
    mu_edge: float
    """Chemical potential of a baryon there, in MeV."""
    crust: tuple[NDArray[np.float64], NDArray[np.float64]]
    """Knots from the surface, H = 0, on; coefficients."""
    core: tuple[NDArray[np.float64], NDArray[np.float64]]
    """Knots from `core_edge` on; coefficients."""


@njit(cache=True)
def _at(H, knots, coefficients):
    """P, eps (km^-2), n (fm^-3), the neutrons' share and eps_n at the enthalpy H on a `StarMatter`'s side."""
    i = min(max(np.searchsorted(knots, H, side="right") - 1, 0), knots.size - 2)
    d = H - knots[i]
    c = coefficients[:, i]
    values = ((c[0] * d + c[1]) * d + c[2]) * d + c[3]
    return np.exp(values[0]), np.exp(values[1]), values[2], values[3], values[4]


@cache
def star_matter(functional: str) -> StarMatter:
    """Build the whole star's matter for a functional of `crusts.published_cells.available()`."""
    log_P, log_energy, n, share = _crust(functional)
    H = cumulative_trapezoid(1.0 / (1.0 + np.exp(log_energy - log_P)), log_P, initial=0.0)
    unit = log(MEV_FM3_IN_PER_KM2)
    crust = PchipInterpolator(
        H, np.column_stack([log_P + unit, log_energy + unit, n, share, np.zeros(H.size)])
    )
    edge = float(H[-1])
    mu, columns = _core(functional, unit)
    core = CubicSpline(edge + np.log(mu / mu[0]), columns)
    sides = ((side.x, np.ascontiguousarray(side.c)) for side in (crust, core))
    return StarMatter(edge, float(mu[0]), *sides)


def _crust(functional: str) -> NDArray[np.float64]:
    """Logarithms of P, eps (MeV fm^-3); n (fm^-3), neutrons' share, from the surface to the core's edge.

    Between the table's last row and the edge the share goes on as it went.
    """
    inner = published_cells.inner_crust(functional)
    core = beta_equilibrium(_TRANSITION[functional], functional)
    rising = inner.pressure > np.concatenate([[0.0], np.maximum.accumulate(inner.pressure)[:-1]])
    kept = rising & (inner.pressure < _CLOSE * core.pressure)
    pressure = np.geomspace(LOWEST_PRESSURE, 0.99 * inner.pressure[0], _OUTER_LAYERS)
    masses = functional.replace("BSk", "AME2016+HFB")
    outer = crusts.ground_state(masses, pressure, neutrons=functional)
    P, n = inner.pressure[kept], inner.baryon_density[kept]
    share = inner.neutron_background[kept] / n
    slope = (share[-1] - share[-2]) / log(P[-1] / P[-2])
    n_out = outer.baryon_density.values
    energy = outer.mass_density.values * _GRAM_PER_CM3, inner.energy_density[kept], [core.energy_density]
    log_P = np.log(np.concatenate([pressure, P, [core.pressure]]))
    columns = (
        np.log(np.concatenate(energy)),
        np.log(np.concatenate([n_out, n, [_TRANSITION[functional]]])),
        np.concatenate(
            [outer.neutron_density.values / n_out, share, [share[-1] + slope * log(core.pressure / P[-1])]]
        ),
    )
    fine = np.linspace(log_P[0], log_P[-1], _CRUST_KNOTS)
    log_energy, log_n, share = PchipInterpolator(log_P, np.column_stack(columns))(fine).T
    return np.array([fine, log_energy, np.exp(log_n), share])


def _core(functional: str, unit: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mu_n (MeV) and `StarMatter`'s columns in the core; `unit` is the logarithm of one MeV fm^-3."""
    n = np.geomspace(_TRANSITION[functional], HIGHEST_CORE_DENSITY, _CORE_KNOTS)
    matter = beta_equilibrium(n, functional)
    x = matter.proton_fraction
    core = core_matrix(n, x, functional)
    entrainment = -core.rho_np * x / (core.rho_nn * core.rho_pp - core.rho_np**2)
    log_P, log_energy = np.log(matter.pressure) + unit, np.log(matter.energy_density) + unit
    return matter.mu_n, np.column_stack([log_P, log_energy, n, 1.0 - x, entrainment])

r"""What chapter 12's opening needs beside the library: ions of the crust as sharp spheres, and as they are.

A sharp sphere stands for the ion of a cell: inside, the densities of its centre; radius and protons such that
Z, N and the gas are the cell's. With volume :math:`\mathcal V` and gas :math:`n_o`,

.. math:: \mathcal V(n_{n,i} - n_o) = N - n_o/n_I, \qquad \mathcal Vn_{p,i} = Z
"""

from functools import cache
from math import pi
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from crustlib.constants import HBARC_MEV_FM, NEUTRON_MASS_MEV
from crustlib.crusts import published_cells
from crustlib.entrainment import Cell, IonMass, PotentialFlow, cell, epstein_baym, potential_flow
from crustlib.entrainment.hydrodynamics import solve
from crustlib.validation import in_range, non_negative, positive

Array = NDArray[np.float64]

FUNCTIONALS = published_cells.available()
SPACING = 1.5  # fm; the fraction is within 3e-6 of that at 0.75 fm from 0.005 fm^-3 on


class Ion(NamedTuple):
    """What `ion` returns."""

    cell: Cell
    """Its cell, on a grid that is fine enough for potential flow."""
    flow: PotentialFlow
    """Through the lattice of these cells."""
    free: float
    """Neutrons of the background in a cell, the volume of the ion included."""
    free_fraction: float
    """rho_s over the mean density of these neutrons."""
    radius: float
    """Of the sharp sphere in fm."""
    filling: float
    """Its share of the volume."""
    displaced: float
    """m_d in nucleon masses."""
    excess: float
    """Nucleons that an ion adds to the gas."""
    proton_density: float
    """Of the sharp sphere in fm^-3."""


@cache
def ion(baryon_density: float, functional: str = "BSk24", spacing: float = SPACING) -> Ion:
    """Return an ion of the crust, the flow through its lattice, and the sharp sphere that stands for it."""
    coarse = cell(functional, baryon_density=baryon_density, points=16)
    points = 2 * int(np.ceil(0.5 * coarse.lattice_constant / positive("spacing", spacing)))
    c = cell(functional, baryon_density=baryon_density, points=min(max(points, 16), 192))
    flow = potential_flow(c)
    room = 0.5 * c.lattice_constant**3
    free = c.neutron_background * room
    volume = (c.N - free) / (c.neutron_centre - c.neutron_background)
    return Ion(
        c, flow, free, flow.superfluid_fraction * c.N / free, float(np.cbrt(0.75 / pi * volume)),
        volume / room, volume * c.neutron_background, c.Z + c.N - free, c.Z / volume,
    )  # fmt: skip


def permeabilities(one: Ion) -> tuple[float, float]:
    """Return lambda of the sharp sphere if all its neutrons flow, and if its protons do so too."""
    c = one.cell
    return (
        c.neutron_centre / c.neutron_background,
        (c.neutron_centre + one.proton_density) / c.neutron_background,
    )


def sphere(one: Ion, permeability: ArrayLike) -> IonMass:
    """Return the masses of the sharp sphere, alone in its gas (Epstein & Baym 1988)."""
    c = one.cell
    return epstein_baym(permeability, one.radius, c.neutron_background, c.neutron_centre, one.proton_density)


def sphere_in_lattice(one: Ion, permeability: ArrayLike) -> Any:
    """Return m_I* of the sharp sphere among its neighbours, by Maxwell's rule for the conductivity."""
    room = one.free / one.cell.neutron_background
    conductivity = maxwell(permeability, one.filling)
    return one.excess + one.cell.neutron_background * room * (1.0 - conductivity)


def maxwell(permeability: ArrayLike, filling: float) -> Any:
    r"""Conductivity of spheres in a matrix, over the matrix's; exact as the filling goes to zero.

    .. math:: 1 + \frac{3\beta}{1 - \beta}, \qquad \beta = \phi\,\frac{\lambda - 1}{\lambda + 2}
    """
    x = np.asarray(non_negative("permeability", permeability))
    beta = in_range("filling", filling, 0.0, 0.68) * (x - 1.0) / (x + 2.0)
    return 1.0 + 3.0 * beta / (1.0 - beta)


def steps_in_lattice(permeability: float, filling: float, points: int) -> float:
    """Conductivity of sharp spheres in a body-centred cubic lattice over the matrix's, on a grid."""
    side = np.linspace(0.0, 0.5, points)
    squares = [np.add.outer(np.add.outer(d**2, d**2), d**2) for d in (side, 0.5 - side)]
    r = np.sqrt(np.minimum(*squares))
    radius = np.cbrt(3.0 * filling / (8.0 * pi))
    density = 1.0 + (permeability - 1.0) * np.clip((radius - r) / side[1] + 0.5, 0.0, 1.0)
    return solve(density)[0] * _mean(density)


def leggett_bound(c: Cell) -> float:
    r"""Leggett's upper bound on the superfluid fraction, from the mean density of planes across the flow.

    .. math:: f_s \le \frac{1}{\bar n_n\,\langle1/\bar n_n(x)\rangle}
    """
    planes = c.neutron_density.mean(axis=(1, 2))
    return float(1.0 / (planes.mean() * (1.0 / planes).mean()))


def with_surface(c: Cell, factor: float) -> float:
    r"""m_I* (nucleon masses) if the neutrons' surface were wider by a factor, Z, N and the gas unchanged.

    In a Fermi function :math:`\ln[f/(1-f)] = (C - r)/a`: so this is scaled, and shifted until N is right.
    """
    half = c.neutron_density.shape[0] // 2 + 1
    depth = c.neutron_centre - c.neutron_background
    share = np.clip((c.neutron_density[:half, :half, :half] - c.neutron_background) / depth, 1e-14, 1 - 1e-9)
    steep = np.log(share / (1.0 - share)) / positive("factor", factor)

    def scaled(shift: float) -> Array:
        return 1.0 / (1.0 + np.exp(np.clip(shift - steep, -500.0, 500.0)))

    shift = brentq(lambda x: _mean(scaled(x)) - _mean(share), -30.0 / factor, 30.0 / factor)
    fraction = solve(c.neutron_background + depth * scaled(float(shift)))[0]
    return c.Z + (1.0 - fraction) * c.N


def _mean(octant: Array) -> float:
    """Mean over a cube of what is even about the faces of its octants."""
    n = octant.shape[0]
    weights = np.where(np.isin(np.arange(n), (0, n - 1)), 0.5, 1.0) / (n - 1)
    return float(np.einsum("ijk,i,j,k", octant, weights, weights, weights))


def coherence_length(gas_density: ArrayLike, gap: ArrayLike) -> Any:
    r"""Size of a pair in fm, :math:`\xi = \hbar^2k_F/\pi m\Delta`, in a gas (fm^-3) with a gap (MeV)."""
    k = np.cbrt(3.0 * pi**2 * np.asarray(positive("gas_density", gas_density)))
    return HBARC_MEV_FM**2 / NEUTRON_MASS_MEV * k / (pi * np.asarray(positive("gap", gap)))

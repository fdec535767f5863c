r"""Superfluid fraction where pairing is weak: an integral over the Fermi surface.

.. math:: f = \frac{m}{3n_n}\int\frac{d^3k}{(2\pi)^3}\sum_\alpha2\,\delta(\varepsilon_\alpha - \mu)\,
          |\mathbf v_\alpha|^2

(Carter, Chamel & Haensel 2005; slides): the limit of the intraband response when the gap becomes small
against the distance of bands. Each wave vector of a cubic mesh stands for a small cube, in which a band's
energy is taken as linear (Gilat & Raubenheimer 1966). A plane's area in a cube is elementary: with
:math:`l_i` half the change of energy along each side, the band's density of states is

.. math:: g(w) = \frac{1}{16l_1l_2l_3}\sum_{s_i = \pm1}s_1s_2s_3\,(w + s_1l_1 + s_2l_2 + s_3l_3)_+^2
"""

import os
from typing import Any

import numpy as np
from numba import njit
from scipy.optimize import brentq

from crustlib.constants import HBARC_MEV_FM, NEUTRON_MASS_MEV
from crustlib.entrainment.bands import band_structure
from crustlib.entrainment.cell import Cell
from crustlib.entrainment.response import SuperfluidFraction, result
from crustlib.entrainment.zone import Mesh
from crustlib.matter.skyrme import HBAR2_2M_NEUTRON

__all__ = ["fermi_surface_fraction"]

_LEAST_CHANGE = 1e-2  # of the fastest axis; flatter ones are taken as this steep, for digits


def fermi_surface_fraction(
    cell: Cell,
    k_points: Mesh,
    cutoff: float = 80.0,
    *,
    states: "int | None" = None,
    displacement: float = 0.0,
    save: "str | os.PathLike[str] | None" = None,
    processes: "int | str" = 1,
    client: Any = None,
    progress: "bool | None" = None,
) -> SuperfluidFraction:
    r"""Superfluid fraction in the limit of weak pairing.

    The equations at the head of this module (Carter, Chamel & Haensel 2005).

    Parameters
    ----------
    cell, cutoff, states, displacement, save, processes, client, progress
        As in `crustlib.entrainment.band_structure`.
    k_points : Mesh
        A cubic mesh of `crustlib.entrainment.zone.mesh`; of at least 20 divisions for two digits.

    Returns
    -------
    SuperfluidFraction
        A named tuple.

    Raises
    ------
    ValueError
        If an argument is out of range, or the mesh is not cubic.

    Examples
    --------
    >>> from crustlib.entrainment import cell, zone
    >>> fermi_surface_fraction(cell("BSk24", baryon_density=0.03), zone.mesh(2, "centred"))
    Traceback (most recent call last):
        ...
    ValueError: k_points: must be a cubic mesh of crustlib.entrainment.zone.mesh
    """
    if not isinstance(k_points, Mesh) or k_points.cube <= 0.0:
        raise ValueError("k_points: must be a cubic mesh of crustlib.entrainment.zone.mesh")
    found = band_structure(
        cell, k_points.points, cutoff=cutoff, states=states, displacement=displacement, save=save,
        processes=processes, client=client, progress=progress,
    )  # fmt: skip
    k = NEUTRON_MASS_MEV / HBARC_MEV_FM * found.velocities
    side = 2.0 * np.pi / cell.lattice_constant * k_points.cube
    changes = HBAR2_2M_NEUTRON * side * np.abs(k)  # half of it, from the cube's centre to its faces
    changes = np.maximum(changes, np.maximum(_LEAST_CHANGE * changes.max(axis=2, keepdims=True), 1e-6))
    table = found.energies, changes, k_points.weights
    mu = float(brentq(lambda x: _below(x, *table) - cell.N, found.energies.min(), found.energies.max()))
    squares = (k**2).sum(axis=2)
    f = 2.0 * HBAR2_2M_NEUTRON / (3.0 * cell.N) * 2.0 * _at(mu, squares, *table)
    return result(cell, f, mu)


@njit(cache=True)
def _corners(w, l, power):  # noqa: E741
    """Sum of signed powers over the corners of a box."""
    total = 0.0
    for x in (-1.0, 1.0):
        for y in (-1.0, 1.0):
            for z in (-1.0, 1.0):
                height = w + x * l[0] + y * l[1] + z * l[2]
                if height > 0.0:
                    total += x * y * z * height**power
    return total / (l[0] * l[1] * l[2])


@njit(cache=True)
def _below(mu, energies, changes, weights):
    """Neutrons below an energy."""
    total = 0.0
    for i in range(energies.shape[0]):
        for band in range(energies.shape[1]):
            w, reach = mu - energies[i, band], changes[i, band].sum()
            if w >= reach:
                total += 2.0 * weights[i]
            elif w > -reach:
                total += 2.0 * weights[i] * _corners(w, changes[i, band], 3) / 48.0
    return total


@njit(cache=True)
def _at(mu, values, energies, changes, weights):
    """Integral of values over the surface of constant energy, per energy."""
    total = 0.0
    for i in range(energies.shape[0]):
        for band in range(energies.shape[1]):
            w = mu - energies[i, band]
            if abs(w) < changes[i, band].sum():
                total += weights[i] * values[i, band] * _corners(w, changes[i, band], 2) / 16.0
    return total

r"""Density of the neutrons in a crystal from their bands, and the bound that it sets.

.. math:: n_n(\mathbf r)
          = \sum_\alpha\left(1 - \frac{\xi_\alpha}{E_\alpha}\right)|\varphi_\alpha(\mathbf r)|^2

No flow of a fluid with this density has less energy than potential flow
(`crustlib.entrainment.hydrodynamics`), and a phase that follows it is one that pairs may choose (Leggett
1970). So potential flow through the paired state's own density bounds its superfluid fraction from above.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from crustlib.entrainment.bands import checked_crystal
from crustlib.entrainment.cell import Cell
from crustlib.entrainment.hydrodynamics import solve
from crustlib.entrainment.plane_waves import BLOCKS, Crystal, gamma_states
from crustlib.entrainment.quasiparticles import chemical_potential
from crustlib.validation import in_range, non_negative

__all__ = ["band_density", "leggett_bound"]


def band_density(
    cell: Cell, gap: float, cutoff: float = 80.0, *, displacement: float = 0.0
) -> NDArray[np.float64]:
    r"""Density of the neutrons in a crystal, from their states at the zone's centre.

    The first equation at the head of this module.

    Parameters
    ----------
    cell : Cell
        From `crustlib.entrainment.cell`.
    gap : float
        In MeV, from 0.01 to 10.
    cutoff : float
        Kinetic energy of the fastest plane wave in MeV, from 5 to 200.
    displacement : float
        Mean square displacement of the ions in fm^2.

    Returns
    -------
    ndarray
        In fm^-3, on the octant of the cubic cell next to an ion, faces included: the first half of the
        cell's own grid along each axis.

    Raises
    ------
    ValueError
        If an argument is out of range, or the cut-off leaves too few states for the neutrons.

    Examples
    --------
    >>> from crustlib.entrainment import cell
    >>> n = band_density(cell("BSk24", baryon_density=0.03), 1.0)
    >>> float(n[0, 0, 0]), float(n[-1, -1, 0])  # in an ion, and between them
    (0.117, 0.0231)
    """
    lattice = checked_crystal(cell, cutoff, non_negative("displacement", displacement))
    delta = in_range("gap", gap, 0.01, 10.0)
    if np.ndim(delta):
        raise ValueError(f"gap = {gap!r}: must be one number")
    n = _components(lattice, float(delta)) / (0.5 * lattice.lattice_constant**3)
    points = len(cell.potential)
    m = np.arange(points // 2 + 1)
    cosines = np.cos(2.0 * np.pi / points * np.multiply.outer(m, np.arange(len(n))))
    return np.einsum("xi,yj,zl,ijl->xyz", cosines, cosines, cosines, n, optimize=True)


def leggett_bound(cell: Cell, gap: ArrayLike, cutoff: float = 80.0, *, displacement: float = 0.0) -> Any:
    r"""Upper bound of the superfluid fraction: potential flow through the paired state's own density.

    Leggett 1970; see the head of this module.

    Parameters
    ----------
    cell, cutoff, displacement
        As in `band_density`.
    gap : float or array_like
        In MeV, from 0.01 to 10.

    Returns
    -------
    float or ndarray
        Over the mean density of all neutrons; of the gap's shape.

    Raises
    ------
    ValueError
        If an argument is out of range, or the cut-off leaves too few states for the neutrons.
    ConvergenceError
        If conjugate gradients stop before they meet their tolerance.

    Examples
    --------
    >>> from crustlib.entrainment import cell
    >>> leggett_bound(cell("BSk24", baryon_density=0.03), 1.0, cutoff=40.0)
    0.95
    """
    gaps = in_range("gap", gap, 0.01, 10.0)
    bounds = [
        solve(band_density(cell, float(x), cutoff, displacement=displacement))[0] for x in np.ravel(gaps)
    ]
    return np.reshape(bounds, np.shape(gaps)) if np.ndim(gaps) else bounds[0]


def _components(lattice: Crystal, gap: float) -> NDArray[np.float64]:
    """Return what multiplies cos cos cos, with a neutron's |phi|^2 over the cell's volume left out."""
    gamma = gamma_states(lattice)
    energies = np.concatenate(gamma.energies)
    mu = chemical_potential(energies, np.ones_like(energies), lattice.neutrons, gap)
    total = np.zeros_like(lattice.components)
    for odd, triples, e, C in zip(BLOCKS, gamma.triples, gamma.energies, gamma.vectors, strict=True):
        filling = 1.0 - (e - mu) / np.hypot(e - mu, gap)
        _gather(triples, np.array(odd), (C * filling) @ C.T, total)
    return total


@njit(cache=True)
def _gather(triples, odd, D, total):
    """Add products of two functions, cosines of sum and difference along each axis, to the total."""
    place = np.empty((3, 2), dtype=np.int64)
    for m in range(len(triples)):
        for n in range(m + 1):
            norm = 1.0 if m == n else 2.0
            for axis in range(3):
                i, j = triples[m, axis], triples[n, axis]
                place[axis, 0], place[axis, 1] = abs(i - j), i + j
                if i == 0:
                    norm *= np.sqrt(0.5)
                if j == 0:
                    norm *= np.sqrt(0.5)
            for x in range(2):
                for y in range(2):
                    for z in range(2):
                        minus = (x * odd[0] + y * odd[1] + z * odd[2]) % 2
                        term = -norm * D[m, n] if minus else norm * D[m, n]
                        total[place[0, x], place[1, y], place[2, z]] += term

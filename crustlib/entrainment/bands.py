r"""Bands of neutrons in the crystal of the inner crust, expanded in the states at the zone's centre.

At a wave vector **k** the periodic parts of the Bloch functions are combinations of those at Gamma (k.p;
Luttinger & Kohn 1955):

.. math:: H_{\mu\nu}(\mathbf k) = \left(\varepsilon_\mu + \frac{\hbar^2k^2}{2m}\right)\delta_{\mu\nu}
          + \frac{\hbar}{m}\,\mathbf k\cdot\mathbf p_{\mu\nu}

This is exact with all states. Here the lowest ones, :math:`\mu` and :math:`\nu`, are combined, and the
others, h, enter to second order (Löwdin 1951), which adds

.. math:: \frac{\hbar^2}{m^2}\sum_h\frac{(\mathbf k\cdot\mathbf p_{\mu h})(\mathbf k\cdot\mathbf p_{h\nu})}
          {\varepsilon_F - \varepsilon_h}

Velocities are :math:`\mathbf v = \nabla_{\mathbf k}\varepsilon/\hbar`, so that the momentum is
:math:`m\nabla_{\mathbf k}H/\hbar`. The neutrons have their bare mass and no spin-orbit force, so that
each band holds two.
"""

import os
from functools import lru_cache, partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import eigh
from scipy.linalg.blas import dgemm

from crustlib import sweep
from crustlib.constants import HBARC_MEV_FM, NEUTRON_MASS_MEV
from crustlib.entrainment.cell import Cell
from crustlib.entrainment.plane_waves import BLOCKS, Crystal, crystal, gamma_states, momentum, opposite
from crustlib.matter.skyrme import HBAR2_2M_NEUTRON
from crustlib.validation import finite, in_range, integer, non_negative

__all__ = ["Bands", "band_structure"]

_STATES = 1.2  # for each neutron, twice that for each pair
_DEGENERATE = 1e-7  # MeV; closer levels are taken as one
_GENERIC = np.array([0.36, 0.48, 0.8])  # a direction in which symmetry makes no velocities equal


class Bands(NamedTuple):
    """What `band_structure` returns."""

    energies: NDArray[np.float64]
    """In MeV, ascending, shape (wave vectors, bands)."""
    velocities: NDArray[np.float64]
    """In units of c, shape (wave vectors, bands, 3)."""


class Basis(NamedTuple):
    """The lowest states at Gamma, block after block."""

    counts: tuple[int, ...]
    """How many of each block."""
    energies: NDArray[np.float64]
    """In MeV."""
    momenta: NDArray[np.float64]
    """p / hbar in fm^-1, shape (3, states, states)."""
    bending: NDArray[np.float64]
    """What the states above add to H, per k_x k_x, k_x k_y and so on, in MeV fm^2: (3, 3, states, states)."""


def band_structure(
    cell: Cell,
    k: ArrayLike,
    *,
    cutoff: float = 80.0,
    states: "int | None" = None,
    displacement: float = 0.0,
    save: "str | os.PathLike[str] | None" = None,
    processes: "int | str" = 1,
    client: Any = None,
    progress: "bool | None" = None,
) -> Bands:
    r"""Energies and velocities of neutrons at wave vectors in the zone of a crystal.

    The equation at the head of this module (k.p).

    Parameters
    ----------
    cell : Cell
        From `crustlib.entrainment.cell`.
    k : array_like
        Wave vectors in units of :math:`2\pi/a`, shape (wave vectors, 3); see
        `crustlib.entrainment.zone`. Best within the first zone.
    cutoff : float
        Kinetic energy of the fastest plane wave in MeV, from 5 to 200.
    states : int, optional
        How many states at Gamma to combine, from 1 to 5000; 1.2 for each neutron of an ion if not given.
    displacement : float
        Mean square displacement of the ions in fm^2, which weakens the potential; see
        `crustlib.entrainment.vibrating`.
    save, processes, client, progress
        As in `crustlib.sweep.run`: with `save`, a run that was killed goes on where it stopped.

    Returns
    -------
    Bands
        A named tuple.

    Raises
    ------
    ValueError
        If an argument is out of range, or the cell's grid is too coarse for the cut-off.

    Examples
    --------
    >>> from crustlib.entrainment import cell
    >>> found = band_structure(cell("BSk24", baryon_density=0.03), [[0, 0, 0], [0.5, 0, 0]], cutoff=10.0)
    >>> found.energies[:, :3]
    array([[-33.6, -28.3, -28.3],
           [-33.6, -28.3, -28.3]])
    """
    lattice = checked_crystal(cell, cutoff, displacement)
    vectors = np.atleast_2d(finite("k", k))
    if vectors.ndim != 2 or vectors.shape[1] != 3 or len(vectors) == 0:
        raise ValueError(f"k = {k!r}: must have the shape (wave vectors, 3)")
    once, place = np.unique(vectors, axis=0, return_inverse=True)
    number = number_of_states(lattice, states)
    found = eigensystems(lattice, once, number, False, save, processes, client, progress)
    return Bands(*(found[name].values[place.ravel()] for name in Bands._fields))


def checked_crystal(cell: Any, cutoff: float, displacement: float = 0.0) -> Crystal:
    """Return the crystal, or raise ValueError if an argument is out of range."""
    if not isinstance(cell, Cell):
        raise ValueError(f"cell = {cell!r}: must be a Cell of crustlib.entrainment.cell")
    energy, u2 = in_range("cutoff", cutoff, 5.0, 200.0), non_negative("displacement", displacement)
    if np.ndim(energy) or np.ndim(u2):
        raise ValueError(f"cutoff = {cutoff!r}, displacement = {displacement!r}: must be single numbers")
    return crystal(cell, energy, u2)


def number_of_states(lattice: Crystal, states: "int | None" = None) -> int:
    """Return how many states to combine, or raise ValueError if the number asked for is out of range."""
    return int(_STATES * lattice.neutrons) if states is None else integer("states", states, 1, 5000)


def eigensystems(
    lattice: Crystal,
    k: NDArray[np.float64],
    states: int,
    vectors: bool,
    save: Any = None,
    processes: Any = 1,
    client: Any = None,
    progress: Any = None,
) -> Any:
    """Return energies, velocities and, if wanted, eigenvectors at all k: a sweep's Dataset."""
    names = [" ".join(map(repr, map(float, vector))) for vector in k]
    function = partial(_eigensystem, lattice=lattice, states=states, vectors=vectors)
    return sweep.run(function, {"k": names}, client, save, processes, progress)


@lru_cache(maxsize=8)
def block_counts(lattice: Crystal, states: int) -> tuple[int, ...]:
    """Return how many of each block are the lowest states at Gamma, or fewer so as not to part levels."""
    gamma = gamma_states(lattice)
    levels = np.append(np.sort(np.concatenate(gamma.energies)), np.inf)
    most = min(states, len(levels) - 1)
    while most > 1 and levels[most] - levels[most - 1] < _DEGENERATE:
        most -= 1
    highest = 0.5 * (levels[most - 1] + levels[most]) if most < len(levels) - 1 else np.inf
    return tuple(int(np.searchsorted(e, highest)) for e in gamma.energies)


@lru_cache(maxsize=2)
def basis(lattice: Crystal, states: int) -> Basis:
    """Return the lowest states at Gamma."""
    gamma, counts = gamma_states(lattice), block_counts(lattice, states)
    levels = np.sort(np.concatenate(gamma.energies))
    fermi = levels[min(int(0.5 * lattice.neutrons), len(levels) - 1)]
    ends = np.cumsum(counts)
    part = [slice(end - count, end) for end, count in zip(ends, counts, strict=True)]
    momenta, bending = np.zeros((3, ends[-1], ends[-1])), np.zeros((3, 3, ends[-1], ends[-1]))
    for above in range(len(BLOCKS)):
        n = counts[above]
        p = [momentum(lattice, gamma, opposite(above, x), x, _with(counts, above, None)) for x in range(3)]
        inverse = (2.0 * HBAR2_2M_NEUTRON) ** 2 / (fermi - gamma.energies[above][n:])
        rows = [part[opposite(above, axis)] for axis in range(3)]
        for x in range(3):
            momenta[x, rows[x], part[above]] = p[x][:, :n]
            for y in range(3):
                bending[x, y, rows[x], rows[y]] = p[x][:, n:] @ (inverse[:, None] * p[y][:, n:].T)
    energies = np.concatenate([e[:n] for e, n in zip(gamma.energies, counts, strict=True)])
    return Basis(counts, energies, momenta, 0.5 * (bending + bending.transpose(1, 0, 2, 3)))


def momenta_at(at_gamma: Basis, q: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return p / hbar along each axis at the wave vector q (fm^-1), between the states at Gamma, in fm^-1."""
    p = at_gamma.momenta + np.tensordot(q, at_gamma.bending, 1) / HBAR2_2M_NEUTRON
    for axis in range(3):
        p[axis][np.diag_indices(len(at_gamma.energies))] += q[axis]
    return p


def _with(counts: Any, block: int, count: Any) -> list[Any]:
    """Return the counts, with another for one block."""
    return [count if b == block else n for b, n in enumerate(counts)]


def wave_number(lattice: Crystal, k: Any) -> Any:
    """Return k in fm^-1."""
    return 2.0 * np.pi / lattice.lattice_constant * np.asarray(k)


def _eigensystem(k: str, lattice: Crystal, states: int, vectors: bool) -> dict[str, Any]:
    """Return energies, velocities and eigenvectors at one wave vector, given as text."""
    at_gamma = basis(lattice, states)
    q = wave_number(lattice, [float(x) for x in k.split()])
    p = momenta_at(at_gamma, q)
    H = HBAR2_2M_NEUTRON * np.tensordot(q, at_gamma.momenta + p, 1)  # Euler: linear and quadratic terms
    H[np.diag_indices_from(H)] += at_gamma.energies
    energies, C = eigh(H, overwrite_a=True, check_finite=False, driver="evd")
    generic = np.tensordot(_GENERIC, p, 1)
    edges = np.flatnonzero(np.diff(energies) > _DEGENERATE) + 1
    for first, last in zip([0, *edges], [*edges, len(energies)], strict=True):
        if last - first > 1:  # the states in which a step in a generic direction would find it
            group = C[:, first:last]
            C[:, first:last] = group @ eigh(group.T @ generic @ group)[1]
    diagonal = [(C * dgemm(1.0, along.T, C, trans_a=True)).sum(axis=0) for along in p]
    velocities = HBARC_MEV_FM / NEUTRON_MASS_MEV * np.stack(diagonal, -1)
    result = {"energies": energies, "velocities": velocities}
    return {**result, "vectors": C.astype(np.float32)} if vectors else result

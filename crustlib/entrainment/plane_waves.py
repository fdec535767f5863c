r"""Neutrons in a periodic potential at the zone's centre, by plane waves that know the cube's mirrors.

Plane waves with :math:`\hbar^2G^2/2m` below a cut-off, combined into functions that are even or odd about
each of the mirrors x = 0, y = 0, z = 0. With :math:`\mathbf G = (2\pi/a)(i, j, l)` and
:math:`i + j + l` even,

.. math:: e_i = \frac{|i\rangle + |{-i}\rangle}{\sqrt2}, \qquad o_i = \frac{|i\rangle - |{-i}\rangle}{\sqrt2},
          \qquad p_x e_i = \hbar G_i o_i, \qquad p_x o_i = \hbar G_i e_i

along each axis, :math:`e_0 = |0\rangle`. The Hamiltonian :math:`p^2/2m + U` splits into eight blocks, one for
each set of three parities; four of them are different, the others are these with axes exchanged. All
matrices are real.
"""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from math import pi
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.fft import fftn
from scipy.linalg import eigh

from crustlib.entrainment.cell import Cell
from crustlib.matter.skyrme import HBAR2_2M_NEUTRON

BLOCKS = tuple((x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1))
"""Parities about x, y and z: 1 is odd. Block number 4 x + 2 y + z."""
_AS_BLOCK = {1: (4, (2, 1, 0)), 2: (4, (1, 0, 2)), 5: (3, (1, 0, 2)), 6: (3, (2, 1, 0))}
"""Blocks that are another with two axes exchanged."""


@dataclass(frozen=True)
class Crystal:
    """The potential of a lattice, and the plane waves in use: what fixes an eigensystem."""

    label: str
    """Names potential and cut-off, no two alike: the key under which eigensystems are kept."""
    lattice_constant: float
    """In fm."""
    cutoff: float
    """Kinetic energy of the fastest plane wave in MeV."""
    neutrons: float
    """Per ion."""
    components: NDArray[np.float64] = field(repr=False, compare=False)
    """U_G in MeV at whole numbers from 0 up along each axis."""


class GammaStates(NamedTuple):
    """Eigenstates at the zone's centre, block by block."""

    triples: tuple[NDArray[np.int64], ...]
    """Whole numbers (i, j, l) of each block's functions."""
    energies: tuple[NDArray[np.float64], ...]
    """In MeV, ascending."""
    vectors: tuple[NDArray[np.float64], ...]
    """A column for each state."""


def crystal(cell: Cell, cutoff: float, displacement: float = 0.0) -> Crystal:
    """Return the potential's Fourier components as far as the cut-off needs them.

    `displacement` is the ions' mean square displacement in fm^2.

    Raises
    ------
    ValueError
        If the cell's grid is too coarse for the cut-off.
    """
    a = cell.lattice_constant
    most = 2 * _largest(a, cutoff)
    points = len(cell.potential)
    if 2 * most >= points:
        raise ValueError(
            f"cutoff = {cutoff!r}: plane waves need a cell of more than {2 * most} points along its side, "
            f"this one has {points}"
        )
    U = fftn(cell.potential).real[: most + 1, : most + 1, : most + 1] / points**3
    i = np.arange(most + 1.0) ** 2
    G2 = (2.0 * pi / a) ** 2 * (i[:, None, None] + i[:, None] + i)
    U = np.where(G2 <= 4.0 * cutoff / HBAR2_2M_NEUTRON * (1.0 + 1e-9), U, 0.0)
    U *= np.exp(-G2 * displacement / 6.0)
    name = f"{cell.functional}, {cell.baryon_density:g} fm^-3, cutoff {cutoff:g} MeV"
    key = hashlib.sha256(np.round(U, 9).tobytes()).hexdigest()[:12]
    return Crystal(f"{name}, {key}", a, float(cutoff), cell.N, U)


@lru_cache(maxsize=8)
def gamma_states(lattice: Crystal) -> GammaStates:
    """Return all eigenstates at the zone's centre; those of the last lattices asked for are kept."""
    unit = 2.0 * pi / lattice.lattice_constant
    triples: list[Any] = [_functions(lattice, np.array(odd)) for odd in BLOCKS]
    energies: list[Any] = [None] * 8
    vectors: list[Any] = [None] * 8
    for block in (0, 3, 4, 7):
        H = multiplication(triples[block], triples[block], BLOCKS[block], (0, 0, 0), lattice.components)
        H[np.diag_indices_from(H)] += HBAR2_2M_NEUTRON * unit**2 * (triples[block] ** 2).sum(axis=1)
        energies[block], vectors[block] = eigh(H, overwrite_a=True, check_finite=False, driver="evd")
    for block, (other, axes) in _AS_BLOCK.items():
        triples[block] = np.ascontiguousarray(triples[other][:, axes])
        energies[block], vectors[block] = energies[other], vectors[other]
    return GammaStates(tuple(triples), tuple(energies), tuple(vectors))


def multiplication(
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    column_parity: tuple[int, int, int],
    parity: tuple[int, int, int],
    components: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Matrix of the multiplication with a function of given parity, between the functions of two blocks.

    `components` belong to whole numbers from 0 up; those of an odd function change sign with their index.
    """
    return _multiplication(rows, columns, np.array(column_parity), np.array(parity), components)


@njit(cache=True)
def _multiplication(rows, columns, odd_columns, odd, F):
    """Sum over the signs of each column's triple; the rows' signs give the same again."""
    matrix = np.empty((len(rows), len(columns)))
    sign = np.empty((3, 2))
    index = np.empty((3, 2), dtype=np.int64)
    for m in range(len(rows)):
        for n in range(len(columns)):
            norm = 1.0
            for axis in range(3):
                i, j = rows[m, axis], columns[n, axis]
                if i == 0:
                    norm *= np.sqrt(0.5)
                if j == 0:
                    norm *= np.sqrt(0.5)
                index[axis, 0], index[axis, 1] = abs(i - j), i + j
                sign[axis, 0] = -1.0 if odd[axis] and i < j else 1.0
                sign[axis, 1] = -1.0 if odd_columns[axis] else 1.0
            total = 0.0
            for x in range(2):
                for y in range(2):
                    for z in range(2):
                        total += (
                            sign[0, x] * sign[1, y] * sign[2, z] * F[index[0, x], index[1, y], index[2, z]]
                        )
            matrix[m, n] = norm * total
    return matrix


def multiplied(
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    column_parity: tuple[int, int, int],
    parity: tuple[int, int, int],
    components: NDArray[np.float64],
    vectors: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the matrix of `multiplication` times vectors: faster where few components differ from zero."""
    waves = np.argwhere(components)
    place = np.full(3 * [1 + int(columns.max())], -1)
    place[tuple(columns.T)] = np.arange(len(columns))
    odd = np.array(column_parity), np.array(parity)
    return _multiplied(rows, place, *odd, waves, components[tuple(waves.T)], np.ascontiguousarray(vectors))


@njit(cache=True)
def _multiplied(rows, place, odd_columns, odd, waves, F, vectors):
    """Along each axis a wave leads from row i to the columns i - w, i + w and w - i."""
    result = np.zeros((len(rows), vectors.shape[1]))
    to, factor = np.empty((3, 3), dtype=np.int64), np.empty((3, 3))
    for m in range(len(rows)):
        for w in range(len(waves)):
            for axis in range(3):
                i, wave = rows[m, axis], waves[w, axis]
                places = i - wave, i + wave if wave > 0 else -1, wave - i
                signs = 1.0, -1.0 if odd[axis] else 1.0, -1.0 if odd_columns[axis] else 1.0
                for way in range(3):
                    to[axis, way] = places[way]
                    factor[axis, way] = signs[way] * np.sqrt(0.5) ** (int(i == 0) + int(places[way] == 0))
            for x in range(3):
                for y in range(3):
                    for z in range(3):
                        i, j, l = to[0, x], to[1, y], to[2, z]  # noqa: E741
                        if min(i, j, l) >= 0 and max(i, j, l) < len(place) and place[i, j, l] >= 0:
                            term = F[w] * factor[0, x] * factor[1, y] * factor[2, z]
                            for v in range(vectors.shape[1]):
                                result[m, v] += term * vectors[place[i, j, l], v]
    return result


def momentum(lattice: Crystal, states: GammaStates, block: int, axis: int, most: Any = None) -> Any:
    """Momentum along an axis over hbar, between a block's states and those of opposite parity, in fm^-1.

    The other block is `opposite(block, axis)`. `most` counts the states to take of each block, all if it is
    not given, or has None there.
    """
    other = opposite(block, axis)
    size = 1 + max(int(t.max()) for t in states.triples)
    place = np.full((size, size, size), -1)
    place[tuple(states.triples[other].T)] = np.arange(len(states.triples[other]))
    partner = place[tuple(states.triples[block].T)]
    paired = partner >= 0
    G = 2.0 * pi / lattice.lattice_constant * states.triples[block][paired, axis]
    counts = most if most is not None else [len(e) for e in states.energies]
    left = states.vectors[block][paired, : counts[block]]
    right = states.vectors[other][partner[paired], : counts[other]]
    return left.T @ (G[:, None] * right)


def opposite(block: int, axis: int) -> int:
    """Return the block whose parity differs about one axis only."""
    return block ^ (4 >> axis)


def _functions(lattice: Crystal, odd: NDArray[np.int64]) -> NDArray[np.int64]:
    """Triples below the cut-off for functions with these parities."""
    most = _largest(lattice.lattice_constant, lattice.cutoff)
    triples = np.stack(np.meshgrid(*3 * [np.arange(most + 1)], indexing="ij"), -1).reshape(-1, 3)
    limit = lattice.cutoff / HBAR2_2M_NEUTRON * (0.5 * lattice.lattice_constant / pi) ** 2
    keep = (triples >= odd).all(axis=1) & (triples.sum(axis=1) % 2 == 0)
    return np.ascontiguousarray(triples[keep & ((triples**2).sum(axis=1) <= limit)])


def _largest(lattice_constant: float, cutoff: float) -> int:
    """Largest whole number in a plane wave below the cut-off."""
    return int(0.5 * lattice_constant / pi * np.sqrt(cutoff / HBAR2_2M_NEUTRON))

r"""Averages over the positions of ions in a periodic cube: structure factors and pair distributions.

The density of species a at a wave vector of the box, with N_a ions,

.. math:: n_a(\mathbf k) = \sum_{j\in a}e^{i\mathbf k\cdot\mathbf r_j}, \qquad
          \mathbf k = \frac{2\pi}{L}(n_x, n_y, n_z),

gives :math:`S_{ab} = \langle n_an_b^*\rangle/\sqrt{N_aN_b}` (Daligault & Gupta 2009, equations 34 and 35,
with the norm that makes :math:`S_{aa}\to1`), averaged over vectors of one length: k and -k count once.
"""

from math import pi

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]


@njit(cache=True)
def _phases(places, largest):
    """Cosines and sines of 2 pi n x (axis, n, ion) for n up to `largest`, x in units of the edge."""
    ions = places.shape[0]
    cosines, sines = np.ones((3, largest + 1, ions)), np.zeros((3, largest + 1, ions))
    for axis in range(3):
        for i in range(ions):
            c, s = np.cos(2.0 * pi * places[i, axis]), np.sin(2.0 * pi * places[i, axis])
            for n in range(1, largest + 1):
                before, other = cosines[axis, n - 1, i], sines[axis, n - 1, i]
                cosines[axis, n, i] = before * c - other * s
                sines[axis, n, i] = before * s + other * c
    return cosines, sines


@njit(cache=True)
def _planes(cosines, sines, n_x, first, last):
    """Phases of k_x x + k_y y for the ions of one species: cosines and sines for n_y = 0, 1, -1, 2, -2 ..."""
    largest = cosines.shape[1] - 1
    waves = np.empty((2 * (2 * largest + 1), last - first))
    for n_y in range(largest + 1):
        plus = max(0, 4 * n_y - 2)
        for i in range(last - first):
            c_x, s_x = cosines[0, n_x, first + i], sines[0, n_x, first + i]
            c_y, s_y = cosines[1, n_y, first + i], sines[1, n_y, first + i]
            waves[plus, i], waves[plus + 1, i] = c_x * c_y - s_x * s_y, s_x * c_y + c_x * s_y
            if n_y > 0:
                waves[plus + 2, i], waves[plus + 3, i] = c_x * c_y + s_x * s_y, s_x * c_y - c_x * s_y
    return waves


@njit(cache=True)
def _add_products(total, real, imaginary):
    """Add Re n_a n_b* of all species."""
    for a in range(real.size):
        for b in range(a + 1):
            total[a, b] += real[a] * real[b] + imaginary[a] * imaginary[b]


@njit(cache=True)
def _add_plane(sums, n_x, largest, shell_of, total):
    """Add what the products `sums` (species, phase of x and y, phase of z) say of one n_x."""
    longest = shell_of.size - 1
    for row in range(2 * largest + 1 if n_x > 0 else largest + 1):
        n_y = (row + 1) // 2 if n_x > 0 else row
        c = 2 * row if n_x > 0 else max(0, 4 * n_y - 2)
        flat = n_x * n_x + n_y * n_y
        for n_z in range(1 if flat == 0 else 0, largest + 1):
            square = flat + n_z * n_z
            if square > longest:
                break
            z = 2 * n_z
            cc, ss, cs, sc = sums[:, c, z], sums[:, c + 1, z + 1], sums[:, c, z + 1], sums[:, c + 1, z]
            _add_products(total[shell_of[square]], cc - ss, cs + sc)
            if n_z > 0 and flat > 0:  # minus k_z
                _add_products(total[shell_of[square]], cc + ss, sc - cs)


@njit(cache=True)
def _add_structure(places, starts, shell_of, total):
    """Add one frame's Re n_a n_b* to `total` (shell, a, b), summed over the vectors of each shell.

    Species a has the ions from starts[a] to starts[a + 1]; shell_of[n^2] is where n belongs. The sums over
    ions, for all n_y and n_z at once, are products of matrices.
    """
    largest = int(np.sqrt(shell_of.size - 1))
    species = starts.size - 1
    cosines, sines = _phases(places, largest)
    z = np.empty((2 * (largest + 1), places.shape[0]))
    for n in range(largest + 1):
        for i in range(places.shape[0]):
            z[2 * n, i], z[2 * n + 1, i] = cosines[2, n, i], sines[2, n, i]
    sums = np.empty((species, 2 * (2 * largest + 1), 2 * (largest + 1)))
    for n_x in range(largest + 1):
        for a in range(species):
            first, last = starts[a], starts[a + 1]
            heights = np.ascontiguousarray(z[:, first:last])
            np.dot(_planes(cosines, sines, n_x, first, last), heights.T, sums[a])
        _add_plane(sums, n_x, largest, shell_of, total)


@njit(cache=True)
def _add_pairs(places, species, edge, width, counts):
    """Add one frame's pairs to `counts` (a, b, bin), a >= b, nearest images, up to half the edge."""
    for i in range(places.shape[0]):
        for j in range(i):
            square = 0.0
            for axis in range(3):
                d = places[i, axis] - places[j, axis]
                d -= np.rint(d)
                square += d * d
            place = int(np.sqrt(square) * edge / width)
            if place < counts.shape[2]:
                counts[max(species[i], species[j]), min(species[i], species[j]), place] += 1.0


def shells(edge: float, k_max: float) -> tuple[Array, NDArray[np.int64], NDArray[np.int64]]:
    """Lengths of the box's wave vectors up to `k_max`, how many have each, and which n^2 belongs where.

    Of k and -k one is counted.
    """
    largest = int(k_max * edge / (2.0 * pi))
    n = np.arange(-largest, largest + 1)
    squares = (n[:, None, None] ** 2 + n[:, None] ** 2 + n**2).ravel()
    longest = int((k_max * edge / (2.0 * pi)) ** 2)
    square, vectors = np.unique(squares[(squares > 0) & (squares <= longest)], return_counts=True)
    shell_of = np.full(int(square[-1]) + 1, -1, dtype=np.int64)
    shell_of[square] = np.arange(square.size)
    return 2.0 * pi / edge * np.sqrt(square), vectors // 2, shell_of


def structure_sums(frames: Array, counts: NDArray[np.int64], edge: float, k_max: float) -> Array:
    """Partial structure factors (a, b, shell), the mean of frames (frame, ion, axis) in units of the edge."""
    _, vectors, shell_of = shells(edge, k_max)
    starts = np.concatenate([[0], np.cumsum(counts)])
    total = np.zeros((vectors.size, counts.size, counts.size))
    for places in frames:
        _add_structure(places, starts, shell_of, total)
    norm = len(frames) * np.sqrt(np.outer(counts, counts))
    lower = np.moveaxis(total, 0, -1) / vectors / norm[..., np.newaxis]
    return _both_triangles(lower)


def pair_distributions(frames: Array, counts: NDArray[np.int64], edge: float, bins: int) -> Array:
    """Pair distributions (a, b, bin), averaged over frames, in `bins` shells up to half the edge.

    Normalised with N_a N_b, so that the average of g - 1 over the cube is that of the ion itself, -1/N_a.
    """
    width = 0.5 * edge / bins
    species = np.repeat(np.arange(counts.size), counts)
    pairs = np.zeros((counts.size, counts.size, bins))
    for places in frames:
        _add_pairs(places, species, edge, width, pairs)
    volumes = 4.0 * pi / 3.0 * np.diff((width * np.arange(bins + 1)) ** 3)
    expected = np.outer(counts, counts)[..., np.newaxis] * volumes / edge**3 * len(frames)
    twice = 1.0 + np.eye(counts.size)[..., np.newaxis]  # a pair of one kind is seen from both its ions
    return _both_triangles(pairs * twice / expected)


def _both_triangles(lower: Array) -> Array:
    below = np.tril(np.ones(lower.shape[:2]), -1)[..., np.newaxis]
    return lower + np.swapaxes(lower * below, 0, 1)

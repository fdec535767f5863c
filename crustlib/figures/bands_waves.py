r"""Bands of chapter 12's crystal close to the Fermi level, on lines, planes and meshes that are fine.

Around a wave vector whose states are known, those near the Fermi level are combined anew (k.p), and all
others enter to second order, as in `crustlib.entrainment.bands` around Gamma. In the plane
:math:`k_z = 0` states even and odd in z do not mix.
"""

from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

from crustlib.entrainment import Cell, zone
from crustlib.entrainment.bands import Basis, basis, checked_crystal, momenta_at, wave_number
from crustlib.entrainment.plane_waves import BLOCKS, Crystal, gamma_states
from crustlib.figures.bands_models import fermi_level, neutrons
from crustlib.matter.skyrme import HBAR2_2M_NEUTRON

Array = NDArray[np.float64]

STATES = 900  # at Gamma; levels near the Fermi level move by 1 keV against 1244 states, some by 10 keV
REACH = 1.5  # MeV to either side of the Fermi level: the states that are combined
CUTOFF = 80.0
FAR = 1e3  # MeV, for states that do not matter
ASIDE = 1e-4 * np.array([0.36, 0.48, 0.8])  # off the mirrors, on which levels may coincide


class Around(NamedTuple):
    """The states at a wave vector near the Fermi level, and how they change with the wave vector."""

    k: Array
    """In units of 2 pi / a."""
    first: int
    """How many states are below these."""
    energies: Array
    """In MeV."""
    slopes: Array
    """dH / dk in MeV fm, shape (3, states, states)."""
    bending: Array
    """d2H / dk2 / 2 in MeV fm^2, shape (3, 3, states, states)."""
    vectors: Array
    """What they are made of at Gamma, shape (states at Gamma, states)."""
    all_energies: Array
    """Of all states, in MeV."""


def around(c: Cell, k: Any, fermi: float, even_in_z: "bool | None" = None) -> Around:
    """Return the states at k near the Fermi level; of one parity in z if `even_in_z` is not None.

    The plane k_z = 0 has this parity.
    """
    lattice = checked_crystal(c, CUTOFF)
    at_gamma = _part(lattice, even_in_z)
    q = wave_number(lattice, k)
    p = momenta_at(at_gamma, q)
    H = HBAR2_2M_NEUTRON * np.tensordot(q, at_gamma.momenta + p, 1)
    H[np.diag_indices_from(H)] += at_gamma.energies
    levels, C = eigh(H, overwrite_a=True, check_finite=False, driver="evd")
    inside = np.abs(levels - fermi) < REACH
    near = C[:, inside]
    slopes = 2.0 * HBAR2_2M_NEUTRON * np.array([C.T @ (along @ near) for along in p])
    inverse = 1.0 / (fermi - levels[~inside])
    far = slopes[:, ~inside]
    bending = np.einsum("xha,h,yhb->xyab", far, inverse, far, optimize=True)
    for x in range(3):
        bending[x, x] += HBAR2_2M_NEUTRON * np.eye(near.shape[1])
        for y in range(3):
            bending[x, y] += near.T @ at_gamma.bending[x, y] @ near
    bending = 0.5 * (bending + bending.transpose(1, 0, 2, 3))
    return Around(
        np.array(k, dtype=float), int((levels < fermi - REACH).sum()), levels[inside], slopes[:, inside],
        bending, near, levels,
    )  # fmt: skip


def hamiltonian(one: Around, c: Cell, k: Any) -> Array:
    """Return H (MeV) at wave vectors k near one where it is known, between that one's states."""
    d = 2.0 * np.pi / c.lattice_constant * (np.atleast_2d(k) - one.k)
    H = np.tensordot(d, one.slopes, 1) + np.einsum("nx,ny,xyab->nab", d, d, one.bending, optimize=True)
    diagonal = range(len(one.energies))
    H[:, diagonal, diagonal] += one.energies
    return H


@lru_cache(maxsize=4)
def _part(lattice: Crystal, even_in_z: "bool | None") -> Basis:
    """Return the states at Gamma that are even in z, or odd."""
    whole = basis(lattice, STATES)
    if even_in_z is None:
        return whole
    ends = np.cumsum(whole.counts)
    keep = np.concatenate([
        np.arange(end - count, end)
        for (_, _, z), end, count in zip(BLOCKS, ends, whole.counts, strict=True) if z != even_in_z
    ])  # fmt: skip
    among = np.ix_(keep, keep)
    momenta = np.array([p[among] for p in whole.momenta])
    bending = np.array([[b[among] for b in row] for row in whole.bending])
    return Basis(whole.counts, whole.energies[keep], momenta, bending)


class Path(NamedTuple):
    """What `along` returns: bands along straight lines in the zone."""

    corners: Array
    """Where along the path they are, in units of 2 pi / a."""
    coarse: Array
    """Places at which all states are computed."""
    levels: list[Array]
    """Their energies in MeV."""
    fine: list[Array]
    """Places between them, a run for each set of lines."""
    lines: list[Array]
    """Energies near the Fermi level, of the same bands along a run: shape (places, bands), NaN if far."""


@cache
def path(baryon_density: float = 0.03) -> Path:
    """Return bands near the Fermi level of a layer, along the usual path."""
    return along(neutrons(baryon_density), fermi_level(baryon_density))


def levels(baryon_density: float = 0.03, window: float = 1.0) -> tuple[float, float]:
    """Return how many levels of one spin there are per MeV and ion, and of as many free neutrons.

    Those within a window (MeV) to both sides of the Fermi level, a mean over the places of `path`.
    """
    c, fermi = neutrons(baryon_density), fermi_level(baryon_density)
    near = [(np.abs(energies - fermi) < window).sum() for energies in path(baryon_density).levels]
    radius = np.cbrt(6.0 * np.pi**2 * c.N) / c.lattice_constant
    return float(np.mean(near)) / (2.0 * window), 0.75 * c.N / (HBAR2_2M_NEUTRON * radius**2)


def along(c: Cell, fermi: float, corners: str = "GHNGPH", spacing: float = 0.3, steps: int = 14) -> Path:
    """Return bands near the Fermi level along a path, `steps` of them about each place computed in full."""
    ends, _ = zone.path(corners, 1)
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(ends, axis=0), axis=1))])
    coarse: list[float] = []
    levels: list[Array] = []
    fine: list[Array] = []
    lines: list[Array] = []
    for start, end, before, after in zip(ends, ends[1:], length, length[1:], strict=False):
        flat = start[2] == end[2] == 0.0
        parts = int(np.ceil((after - before) / spacing))
        middles = (np.arange(parts) + 0.5) / parts
        whole: list[Any] = [[] for _ in middles]
        for even in (True, False) if flat else (None,):
            run: list[Array] = []
            for i, middle in enumerate(middles):
                one = around(c, start + middle * (end - start), fermi, even)
                whole[i].append(one.all_energies)
                share = middle + (np.arange(steps) / (steps - 1) - 0.5) / parts
                near = np.linalg.eigvalsh(hamiltonian(one, c, start + share[:, None] * (end - start)))
                run.append(_numbered(near, one.first))
            lines.append(np.concatenate(run))
            fine.append(before + (after - before) * _shares(middles, steps))
        coarse += list(before + (after - before) * middles)
        levels += [np.sort(np.concatenate(found)) for found in whole]
    return Path(length, np.array(coarse), levels, fine, lines)


def _shares(middles: Array, steps: int) -> Array:
    """Places from 0 to 1, `steps` about each of the middles."""
    return (middles[:, None] + (np.arange(steps) / (steps - 1) - 0.5) / len(middles)).ravel()


def _numbered(energies: NDArray[Any], first: int) -> Array:
    """Energies in the columns of their bands, NaN in the others."""
    table = np.full((len(energies), STATES), np.nan)
    table[:, first : first + energies.shape[1]] = energies
    return table


class Plane(NamedTuple):
    """What `plane` returns."""

    k: Array
    """Wave numbers along x and y in units of 2 pi / a."""
    weight: Array
    """Of plane waves among the states at the Fermi level, over that of free neutrons."""


@cache
def plane(baryon_density: float = 0.03, gap: float = 0.1, divisions: int = 40) -> Plane:
    r"""How much of each plane wave in the plane k_z = 0 is at the Fermi level.

    .. math:: A(\mathbf k + \mathbf G)
              = \sum_\alpha|\langle\mathbf G|\alpha\mathbf k\rangle|^2\,\frac{\Delta^3}{E_\alpha^3}

    which is one on the Fermi surface of free neutrons. The gap is in MeV; `divisions` in 2 pi / a.
    """
    c, fermi = neutrons(baryon_density), fermi_level(baryon_density)
    waves, at_gamma = _amplitudes(checked_crystal(c, CUTOFF))
    size = int(divisions * (np.abs(waves).max() + 1)) + 1
    weight = np.zeros((size, size))
    for middle, points in _triangle(divisions).items():
        one = around(c, [*middle, 0.0], fermi, True)
        amplitude = at_gamma @ one.vectors
        k = np.column_stack([points, np.zeros(len(points))]) / divisions
        energies, C = np.linalg.eigh(hamiltonian(one, c, k))
        share = (gap / np.hypot(energies - fermi, gap)) ** 3
        found = np.einsum("nwa,na->nw", np.square(amplitude @ C), share)
        for point, values in zip(points, found, strict=True):
            i, j = np.abs(point + divisions * waves).T
            weight[i, j] = weight[j, i] = values
    return Plane(np.arange(size) / divisions, weight)


def _triangle(divisions: int) -> dict[tuple[float, float], NDArray[np.int64]]:
    """Points of the plane's part that symmetry leaves, by the places near which they are."""
    x, y = np.meshgrid(np.arange(divisions + 1), np.arange(divisions + 1), indexing="ij")
    keep = (y <= x) & (x + y <= divisions)
    points = np.column_stack([x[keep], y[keep]])
    middles = 0.2 * np.floor(points / divisions / 0.2) + 0.1
    return {
        (float(m[0]), float(m[1])): points[(middles == m).all(axis=1)] for m in np.unique(middles, axis=0)
    }


def _amplitudes(lattice: Crystal) -> tuple[NDArray[np.int64], Array]:
    """Whole numbers (i, j) of plane waves in the plane, and their parts in the even states at Gamma."""
    gamma, counts = gamma_states(lattice), basis(lattice, STATES).counts
    most = max(int(t.max()) for t in gamma.triples)
    i, j = np.meshgrid(np.arange(-most, most + 1), np.arange(-most, most + 1), indexing="ij")
    waves = np.column_stack([i.ravel(), j.ravel()])
    waves = waves[waves.sum(axis=1) % 2 == 0]
    parts = []
    for (x, y, z), triples, C, count in zip(BLOCKS, gamma.triples, gamma.vectors, counts, strict=True):
        if z:
            continue
        flat = triples[:, 2] == 0
        table = np.zeros((most + 1, most + 1, count))
        table[triples[flat, 0], triples[flat, 1]] = C[flat, :count]
        i, j = np.abs(waves).T
        sign = np.sign(waves[:, 0]) ** x * np.sign(waves[:, 1]) ** y
        norm = np.where(i > 0, np.sqrt(0.5), 1.0) * np.where(j > 0, np.sqrt(0.5), 1.0)
        parts.append((sign * norm)[:, None] * table[i, j])
    return waves, np.hstack(parts)


@cache
def close_up(
    baryon_density: float = 0.03,
    middle: tuple[float, float] = (0.3, 0.15),
    half: float = 0.06,
    points: int = 31,
) -> tuple[Array, Array, list[Array]]:
    """Return k_x, k_y (2 pi / a) and, for each band near it, its energy over the Fermi level (MeV)."""
    c, fermi = neutrons(baryon_density), fermi_level(baryon_density)
    side = np.linspace(-half, half, points)
    x, y = np.meshgrid(middle[0] + side, middle[1] + side)
    k = np.column_stack([x.ravel(), y.ravel(), np.zeros(x.size)])
    bands: list[Array] = []
    for even in (True, False):
        one = around(c, [*middle, 0.0], fermi, even)
        energies = np.linalg.eigvalsh(hamiltonian(one, c, k)) - fermi
        cross = (energies.min(axis=0) < 0.0) & (energies.max(axis=0) > 0.0)
        bands += list(energies.T[cross].reshape(-1, points, points))
    return middle[0] + side, middle[1] + side, bands


def empty_lattice(c: Cell, k: Any) -> list[Array]:
    """Return energies (MeV) over the Fermi level of as many free neutrons at k: those that change sign.

    `k` has the shape (..., 2), in units of 2 pi / a in the plane k_z = 0.
    """
    unit = HBAR2_2M_NEUTRON * (2.0 * np.pi / c.lattice_constant) ** 2
    radius = np.cbrt(6.0 * np.pi**2 * c.N) / (2.0 * np.pi)
    most = int(radius) + 2
    whole = np.arange(-most, most + 1)
    found = []
    for i in whole:
        for j in whole:
            for l in range((i + j) % 2, most + 1, 2):  # noqa: E741
                e = unit * ((k[..., 0] + i) ** 2 + (k[..., 1] + j) ** 2 + l**2 - radius**2)
                if e.min() < 0.0 < e.max():
                    found.append(e)
    return found

r"""Scattering of electrons by a crystal: nuclei that oscillate about the sites of a bcc lattice.

Nuclei are bound to their neighbours by Coulomb forces, taken to second order in their displacements
:math:`\mathbf u`, in a background of electrons that does not respond. Everything else is exact: every number
of phonons, every direction, Umklapp included. With :math:`z = \hbar\omega/k_BT` the crystal has

.. math:: S_\sigma = \int\mathrm d\omega\,S(\mathbf k, \omega)\frac{z}{e^z - 1}
          = \frac\pi2\int_{-\infty}^\infty\!\mathrm d\tau\,\frac{K(\mathbf k, \tau)}{\cosh^2\pi\tau}, \qquad
          S_\kappa = S_\sigma + \left(\frac{3k_F^2}{k^2} - \frac12\right)
          \frac\pi2\int_{-\infty}^\infty\!\mathrm d\tau\,\frac{6 - 4\cosh^2\pi\tau}{\cosh^4\pi\tau}K

.. math:: K = e^{-2W}\sum_{\mathbf R}e^{i\mathbf{k\cdot R}}\left[e^{k_ik_jC_{ij}(\mathbf R, \tau)} - 1\right],
          \qquad C_{ij} = \left\langle u_i(\mathbf R, t + i\hbar/2k_BT)\,u_j(\mathbf 0, 0)\right\rangle,
          \qquad \tau = \frac{k_BTt}{\hbar}

(Flowers & Itoh 1976; Baiko, Kaminker, Potekhin & Yakovlev 1998, Physical Review Letters 81, 5556). For half
an imaginary period later :math:`S(\mathbf k, \omega)e^{-z/2}` is even in frequency, and the weights'
transforms are those of cosh above. A classical crystal's K does not depend on time: it has one logarithm.

The 1 in the bracket is Baiko's subtraction: scattering off the sites themselves, Bragg's, which in a crystal
makes the electrons' bands and no resistance. Anharmonic forces are left out, and so is what the bands' gaps
do to the electrons.

Lengths are in units of a, the ion-sphere radius. The crystal has 8^3 nuclei and periodic walls.
"""

from functools import lru_cache
from math import exp, pi, sqrt
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray
from scipy.special import erfc

from crustlib.transport.coulomb_quadrature import _coulomb_integrand_each, _wave_numbers
from crustlib.validation import in_range, positive

__all__ = ["LatticeLogarithms", "lattice_logarithms", "lattice_structure_factor"]

SIDE = 8  # nuclei along each edge of the crystal: logarithms are right to 1e-3
CELL = (8.0 * pi / 3.0) ** (1.0 / 3.0)  # edge of the cubic cell, of two nuclei, in a
GAMMA_RANGE = (100.0, 1e6)
QUANTUM_RANGE = (0.0, 20.0)  # of T_p / T
_TIMES: NDArray[np.float64] = 0.15 * np.arange(
    17, dtype=np.float64
)  # tau: the trapezoidal rule is right to 1e-4 here
_EWALD = 1.0  # in 1/a; the sums end below 1e-14
_SITES, _PEAKS = 6.0, 17.0  # where they end
INVERSE_SQUARE = 12.973
"""Mean of (omega_p / omega)^2 over the phonons: Pollock & Hansen 1973, Physical Review A 8, 3110."""

_CLASSICAL = np.array([[1.0], [0.0]])  # the integrals of a K that stays
# Edges of the primitive cell over CELL / 2, of the reciprocal one over 2 pi / CELL
_PRIMITIVE = np.array([[-1, 1, 1], [1, -1, 1], [1, 1, -1]])
_RECIPROCAL = np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]])


class LatticeLogarithms(NamedTuple):
    """Coulomb logarithms of a crystal.

    Attributes: `electrical` and `thermal`, of the two conductivities, without Bragg's scattering; `elastic`,
    what Bragg's scattering would add to either.
    """

    electrical: float
    thermal: float
    elastic: float


def lattice_structure_factor(
    k: ArrayLike, gamma: float, quantum: float = 0.0, elastic: bool = False, width: float = 0.4
) -> NDArray[np.float64]:
    r"""Structure factor of a harmonic bcc crystal, averaged over directions.

    .. math:: S_\sigma(k) = \frac\pi2\left\langle\int\mathrm d\tau\,\frac{K(\mathbf k, \tau)}{\cosh^2\pi\tau}
              \right\rangle

    with K at the head of `crustlib.transport.solid`: where the crystal is classical, the static structure
    factor without its Bragg peaks.

    Parameters
    ----------
    k : float or array_like
        Wave number in 1/a, in [0.5, 30].
    gamma : float
        Coupling parameter, in [100, 1e6].
    quantum : float
        T_p / T, in [0, 20].
    elastic : bool
        Whether Bragg's peaks are in it.
    width : float
        Wave numbers are averaged over a triangle that falls to nothing this far (1/a) from k, in [0.4, 2].

    Returns
    -------
    ndarray
        Dimensionless, of k's shape.

    Raises
    ------
    ValueError
        If an argument is out of range, not finite or not a number.

    Examples
    --------
    >>> print(lattice_structure_factor([1.0, 4.0, 8.0], 175).round(3))
    [0.002 0.566 0.933]
    """
    points = np.asarray(in_range("k", k, 0.5, 30.0))
    width = in_range("width", width, 0.4, 2.0)
    gamma, quantum = in_range("gamma", gamma, *GAMMA_RANGE), in_range("quantum", quantum, *QUANTUM_RANGE)
    state = _scattering(float(points.max()) + width, gamma, quantum, SIDE)
    S = state.sigma + (state.bragg if elastic else 0.0)
    near = np.maximum(1.0 - np.abs(state.k - points[..., np.newaxis]) / width, 0.0) * state.number
    near /= state.k**2  # each k stands for a shell
    return (near * S).sum(-1) / near.sum(-1)


def lattice_logarithms(Z: float, gamma: float, x_r: float, quantum: float = 0.0) -> LatticeLogarithms:
    r"""Coulomb logarithms of a harmonic bcc crystal.

    .. math:: \ln\Lambda_{\sigma,\kappa} = \int_0^{2k_F}\mathrm dk\,k^3\left|\frac{v(k)}{\epsilon(k)}\right|^2
              \left[1 - \beta^2\left(\frac{k}{2k_F}\right)^2\right]S_{\sigma,\kappa}(k)

    (Daligault & Gupta 2009, equation 14) with the structure factors of `crustlib.transport.solid`.

    Parameters
    ----------
    Z : float
        Charge number, in [1, 120].
    gamma : float
        Coupling parameter, in [100, 1e6].
    x_r : float
        Relativity parameter of the electrons, > 0.
    quantum : float
        T_p / T, in [0, 20]; 0 is a classical crystal, whose two logarithms are one.

    Returns
    -------
    LatticeLogarithms
        `electrical`, `thermal` and `elastic`, dimensionless.

    Raises
    ------
    ValueError
        If an argument is out of range, not finite or not a number.

    Examples
    --------
    At melting, without and with Bragg's scattering; the liquid has 0.885:

    >>> crystal = lattice_logarithms(26, 175, 10)
    >>> crystal.electrical, crystal.electrical + crystal.elastic
    (0.452, 0.878)
    """
    Z, x_r = in_range("Z", Z, 1.0, 120.0), positive("x_r", x_r)
    gamma, quantum = in_range("gamma", gamma, *GAMMA_RANGE), in_range("quantum", quantum, *QUANTUM_RANGE)
    last = float(_wave_numbers(Z))
    state = _scattering(last, gamma, quantum, SIDE)
    y = state.k / last
    shells = state.number * 6.0 * pi**2 / SIDE**3 / (4.0 * pi * state.k**2)  # of the volume of a mesh's cell
    weights = shells * _coulomb_integrand_each(y, x_r, 1.0) / last
    kappa = state.sigma + (0.75 / y**2 - 0.5) * state.inelastic
    return LatticeLogarithms(*(float(weights @ S) for S in (state.sigma, kappa, state.bragg)))


class _Scattering(NamedTuple):
    """What a crystal scatters, by the wave vectors k of its mesh, one of each set that symmetry maps."""

    k: NDArray[np.float64]
    number: NDArray[np.float64]  # of wave vectors in the set
    sigma: NDArray[np.float64]  # the first integral over K
    inelastic: NDArray[np.float64]  # the second
    bragg: NDArray[np.float64]


@lru_cache(maxsize=16)
def _scattering(k_max: float, gamma: float, quantum: float, side: int) -> _Scattering:
    unit = 2.0 * pi / (CELL * side)
    triples, number = _wave_vectors(k_max / unit)
    sites, pairs, which = _sites(side)
    times, weights = (_TIMES, _weights(_TIMES)) if quantum > 0.0 else (np.zeros(1), _CLASSICAL)
    equal = _correlations(side, quantum, None)[0, 0] / (3.0 * gamma)
    K = np.empty((times.size, number.size))
    for i, time in enumerate(times):
        C = _correlations(side, quantum, float(time))[:, which]
        _sum_over_sites(triples, sites, pairs, C * unit**2 / (3.0 * gamma), equal * unit**2, side, K[i])
    k = unit * np.sqrt((triples**2).sum(-1))
    peaks = (triples % side == 0).all(-1) & (triples.sum(-1) // side % 2 == 0)
    bragg = np.where(peaks, side**3 * np.exp(-(k**2) * equal), 0.0)
    sigma, inelastic = weights @ K
    return _Scattering(k, number, sigma, inelastic, bragg)


def _weights(times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights of the two integrals over time, (2, times), with K even in time."""
    step = pi * (times[1] - times[0]) * np.where(times == 0.0, 0.5, 1.0)
    square = np.cosh(pi * times) ** -2
    return np.array([step * square, step * square * (6.0 * square - 4.0)])


@njit(cache=True)
def _sum_over_sites(triples, sites, pairs, C, equal, side, result):
    """K of each wave vector, `C` and `equal` (2W over the square of the triple) in the mesh's unit."""
    cosines = np.cos(np.arange(2 * side) * np.pi / side)
    for i in range(triples.shape[0]):
        x, y, z = triples[i]
        twice = equal * (x * x + y * y + z * z)
        bare, total = exp(-twice), 0.0
        for j in range(sites.shape[0]):
            phase = cosines[(x * sites[j, 0] + y * sites[j, 1] + z * sites[j, 2]) % (2 * side)]
            power = x * x * C[0, j] + y * y * C[1, j] + z * z * C[2, j]
            power += 2.0 * (y * z * C[3, j] + x * z * C[4, j] + x * y * C[5, j])
            total += pairs[j] * phase * (exp(power - twice) - bare)
        result[i] = total


def _wave_vectors(radius: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Vectors of even sum, x >= y >= z >= 0, 0 < length <= radius, and how many each is by symmetry."""
    axis = np.arange(int(radius) + 1)
    x, y, z = (v.ravel() for v in np.meshgrid(axis, axis, axis, indexing="ij"))
    square = x * x + y * y + z * z
    keep = (x >= y) & (y >= z) & ((x + y + z) % 2 == 0) & (square > 0) & (square <= radius**2)
    x, y, z = x[keep], y[keep], z[keep]
    orders = np.where((x == y) & (y == z), 1, np.where((x == y) | (y == z), 3, 6))
    signs = 2 ** ((x > 0).astype(int) + (y > 0) + (z > 0))
    return np.stack([x, y, z], axis=-1), (orders * signs).astype(float)


@lru_cache(maxsize=4)
def _sites(side: int) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.intp]]:
    """One site of each pair R, -R, in half edges of a cubic cell, how many it is, and which of the mesh."""
    n = np.indices((side,) * 3).reshape(3, -1)
    opposite: Any = np.ravel_multi_index(tuple(-n % side), (side,) * 3)
    which = np.flatnonzero(np.arange(side**3) <= opposite)
    pairs = np.where(which == opposite[which], 1.0, 2.0)
    return (n.T @ _PRIMITIVE)[which], pairs, which


def _correlations(side: int, quantum: float, time: float | None) -> NDArray[np.float64]:
    """3 Gamma C_ij(R) in a^2 at a time (hbar / kT) half an imaginary period on, or of one time if None.

    xx, yy, zz, yz, xz, xy first, then the sites.
    """
    square, polarisation, at_zero = _phonons(side)
    tensor = _tensor(square, polarisation, quantum, time)
    tensor[0] = [at_zero, at_zero, at_zero, 0.0, 0.0, 0.0]
    grid = tensor.reshape(side, side, side, 6)
    return np.fft.ifftn(grid, axes=(0, 1, 2)).real.reshape(-1, 6).T


def _tensor(
    square: NDArray[np.float64], e: NDArray[np.float64], quantum: float, time: float | None
) -> NDArray[np.float64]:
    """Sum over branches of e_i e_j times their mean square displacement, (mesh, 6)."""
    frequency = np.sqrt(square)
    if quantum == 0.0:
        size = 1.0 / square
    elif time is None:
        size = 0.5 * quantum / (frequency * np.tanh(0.5 * quantum * frequency))
    else:
        beat = np.cos(quantum * frequency * time)
        size = 0.5 * quantum * beat / (frequency * np.sinh(0.5 * quantum * frequency))
    first, second = [0, 1, 2, 1, 0, 0], [0, 1, 2, 2, 2, 1]
    return np.einsum("mcs,mcs,ms->mc", e[:, first], e[:, second], size)


@lru_cache(maxsize=4)
def _phonons(side: int) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Squared frequencies over omega_p^2 (mesh, branch), polarisations (mesh, axis, branch), and 1/omega^2.

    The last is what to put at k = 0. A sum over the mesh misses the mean of 1/omega^2 by a multiple of the
    mesh's step, as it diverges there; put on that one point, the difference corrects all means alike, because
    what else is in them is smooth. Long waves are classical at any temperature.
    """
    n = np.indices((side,) * 3).reshape(3, -1).T / side
    n -= np.round(n)
    n[0] = 0.5  # anywhere else than k = 0, to be overwritten
    square, polarisation = np.linalg.eigh(_dynamical_matrix(2.0 * pi / CELL * (n @ _RECIPROCAL)))
    at_zero = INVERSE_SQUARE * side**3 - (1.0 / square[1:]).mean(-1).sum()
    return square, polarisation, at_zero


def _dynamical_matrix(k: NDArray[np.float64]) -> NDArray[np.float64]:
    """D_ij(k) / (M omega_p^2) at wave vectors (points, 3) in 1/a, by Ewald's sums."""
    n = np.indices((13, 13, 13)).reshape(3, -1).T - 6
    sites, peaks = CELL / 2.0 * (n @ _PRIMITIVE), 2.0 * pi / CELL * (n @ _RECIPROCAL)
    r, q = np.sqrt((sites**2).sum(-1)), np.sqrt((peaks**2).sum(-1))
    sites, r, peaks = sites[(r > 0.0) & (r < _SITES)], r[(r > 0.0) & (r < _SITES)], peaks[q < _PEAKS]

    def reciprocal(waves: NDArray[np.float64]) -> NDArray[np.float64]:
        square = (waves**2).sum(-1)
        kernel = np.exp(-square / (4.0 * _EWALD**2)) / square
        return np.einsum("...gi,...gj,...g->...ij", waves, waves, kernel)

    gauss = 2.0 * _EWALD / sqrt(pi) * np.exp(-((_EWALD * r) ** 2))
    slope = -(erfc(_EWALD * r) / r + gauss) / r  # of erfc(eta r) / r
    curvature = 2.0 * (erfc(_EWALD * r) / r + gauss) / r**2 + 2.0 * _EWALD**2 * gauss
    direction = sites / r[:, np.newaxis]
    force = np.einsum("ri,rj,r->rij", direction, direction, curvature - slope / r)
    force += (slope / r)[:, np.newaxis, np.newaxis] * np.eye(3)
    near = np.einsum("kr,rij->kij", 1.0 - np.cos(k @ sites.T), force) / 3.0
    others = peaks[(peaks != 0.0).any(-1)]
    return reciprocal(k[:, np.newaxis, :] + peaks) - reciprocal(others) + near

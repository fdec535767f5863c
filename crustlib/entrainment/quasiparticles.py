r"""Sums over quasiparticles of a BCS state with one gap for all.

.. math:: \xi = \varepsilon - \mu, \qquad E = \sqrt{\xi^2 + \Delta^2}, \qquad N = \sum(1 - \xi/E)

over all states, each for two spins. A current that breaks pairs costs, for a pair of states, the weight of
the first line, and with the energy of the flow itself taken in that of the second:

.. math:: W = \frac{EE' - \xi\xi' - \Delta^2}{EE'(E + E')}, \qquad
          W^+ = \frac{2\Delta^2}{EE'(E + E')} = \frac{\xi/E - \xi'/E'}{\xi - \xi'} - W
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.optimize import brentq

_ROWS = 96  # states taken at a time


def chemical_potential(
    energies: NDArray[np.float64], weights: NDArray[np.float64], neutrons: float, gap: float
) -> float:
    """Chemical potential in MeV at which the states hold so many neutrons.

    Raises
    ------
    ValueError
        If there are not enough states.
    """
    if neutrons >= 2.0 * weights.sum():
        raise ValueError(f"{2.0 * weights.sum():.6g} states are too few for {neutrons:.6g} neutrons")
    low, high = float(energies.min()) - 10.0 * gap - 1.0, float(energies.max()) + 10.0 * gap + 1.0
    spread = 1.0
    while _number(energies, weights, high, gap) < neutrons:
        high, spread = high + spread, 2.0 * spread
    while _number(energies, weights, low, gap) > neutrons:
        low, spread = low - spread, 2.0 * spread
    excess = lambda mu: _number(energies, weights, mu, gap) - neutrons  # noqa: E731
    return float(brentq(excess, low, high, xtol=1e-10))


def pair_sums(
    rows: NDArray[np.float64],
    columns: NDArray[np.float64],
    currents: NDArray[np.float64],
    mu: NDArray[np.float64],
    gap: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Sum products of two currents over pairs of states.

    Parameters
    ----------
    rows, columns : ndarray
        Energies of states in MeV.
    currents : ndarray
        Matrix elements, shape (directions, currents, rows, columns). The first is the uniform flow's.
    mu, gap : ndarray
        In MeV, of one shape.

    Returns
    -------
    ndarray
        Shape (gaps, currents, currents): weighted with W where both are the uniform flow, else with W+.
    """
    kinds = currents.shape[1]
    sums = np.zeros((len(mu), kinds, kinds))
    pairs = [(i, j) for i in range(kinds) for j in range(i, kinds)]
    for first in range(0, len(rows), _ROWS):
        part = slice(first, first + _ROWS)
        block = currents[:, :, part].astype(np.float64, copy=False)
        normal, paired = pair_weights(rows[part], columns, mu, gap)
        for i, j in pairs:
            product = np.einsum("dab,dab->ab", block[:, i], block[:, j]).ravel()
            sums[:, i, j] += (paired if j else normal) @ product
    for i, j in pairs:
        sums[:, j, i] = sums[:, i, j]
    return sums


@njit(cache=True)
def _number(energies, weights, mu, gap):
    """Neutrons in paired states."""
    total = 0.0
    for e, weight in zip(energies, weights):  # noqa: B905 - numba knows no strict
        total += weight * (1.0 - (e - mu) / np.hypot(e - mu, gap))
    return total


@njit(cache=True)
def pair_weights(rows, columns, mu, gap):
    """W and W+, each of shape (gaps, pairs of states)."""
    m, n = len(rows), len(columns)
    normal, paired = np.empty((len(mu), m * n)), np.empty((len(mu), m * n))
    E_columns = np.empty(n)
    for g in range(len(mu)):
        square = gap[g] ** 2
        for b in range(n):
            E_columns[b] = np.sqrt((columns[b] - mu[g]) ** 2 + square)
        for a in range(m):
            xi = rows[a] - mu[g]
            E = np.sqrt(xi**2 + square)
            for b in range(n):
                product = E * E_columns[b]
                inverse = 1.0 / (product * (E + E_columns[b]))
                normal[g, a * n + b] = (product - xi * (columns[b] - mu[g]) - square) * inverse
                paired[g, a * n + b] = 2.0 * square * inverse
    return normal, paired

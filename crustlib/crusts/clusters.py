r"""Nuclei in equilibrium with the nucleons between them: the equations of statistical equilibrium.

Nuclei exclude volume: with :math:`\xi = 1 - \sum_in_iv_i` the gas of nucleons has the densities :math:`n_q'`
in the volume that is left. Per volume (Hempel & Schaffner-Bielich 2010; Beznogov & Raduta 2025)

.. math::

   F = \xi f(n_n', n_p', T) + \sum_in_i\left[-B_i + \Delta E_i + T\left(\ln\frac{n_i\Lambda_i^3}{\xi z_i}
   - 1\right)\right] + F_e(n_e), \qquad n_e = \sum_in_iZ_i + \xi n_p'

whose minimum at given baryons and charge is at

.. math::

   s_i = \frac{n_i}{\xi}
   = \frac{z_i}{\Lambda_i^3}\exp\frac{N_i\mu_n + Z_i\mu_p + B_i - \Delta E_i - v_iP_\mathrm{in}}{T}

   P_\mathrm{in} = P(n_n', n_p', T) + T\sum_is_i, \quad \xi = \frac1{1 + \sum_is_iv_i}

with the gas's :math:`\mu_q`, rest masses left out. In a Wigner-Seitz cell (Lattimer et al. 1985)
:math:`\Delta E = \frac35\frac{Z^2e^2}{R}(-\frac32u^{1/3} + \frac12u)`, :math:`u = n_ev/Z`, depends on the
electrons: they feel :math:`C = \sum_in_i\,d\Delta E_i/dn_e`. Beta equilibrium is
:math:`\mu_n + m_n = \mu_p + m_p + \mu_e + C`, the pressure :math:`P_\mathrm{in} + P_e + n_eC`.

The unknowns are the logarithms of :math:`n_n'` and :math:`n_p'` (down to :math:`e^{-1000}` per fm^3), and of
:math:`n_e`. :math:`\sum s_i` is found inside, a root of a monotonic function.
"""

import math
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from crustlib.matter.warm_nucleons import _slopes, _warm_and_eta

Array = NDArray[np.float64]

WINDOW = 45.0  # nuclides rarer by this power of e than the most frequent one are left out


class Species(NamedTuple):
    """Nuclides at a temperature; arrays of one length. Energies in MeV."""

    Z: Array
    N: Array
    volume: Array
    """v in fm^3."""
    weight: Array
    """ln(z / Lambda^3) + B / T, z / Lambda^3 in fm^-3."""
    surface: Array
    """Delta E = surface n_e^(1/3) + bulk n_e: MeV fm."""
    bulk: Array
    """MeV fm^3."""


class Work(NamedTuple):
    """Space that the kernels share, an entry per nuclide."""

    exponent: Array
    place: NDArray[np.int64]


class State(NamedTuple):
    """Sums over the nuclides and the gas at one (n_n', n_p', n_e)."""

    baryons: float  # per volume, fm^-3
    charge: float  # protons per volume, fm^-3
    mu_n: float
    mu_p: float
    pressure: float  # P_in
    entropy: float  # of the gas, per free volume
    shift: float  # C, MeV
    xi: float
    clusters: float  # sum of s_i
    slopes: Array  # of ln baryons, ln charge, mu_n, mu_p and C with ln n_n', ln n_p' and ln n_e


@njit(cache=True, error_model="numpy")
def _active(mu_n, mu_p, n_e, P, T, species, exponent, index, window):
    """Exponents of the nuclides that matter at the inner pressure P, and how many these are."""
    Z, N, v, weight, surface, bulk = species
    a, b, c, d, e = mu_n / T, mu_p / T, n_e ** (1.0 / 3.0) / T, n_e / T, P / T
    highest = -np.inf
    for i in range(Z.size):
        exponent[i] = weight[i] + N[i] * a + Z[i] * b - surface[i] * c - bulk[i] * d - v[i] * e
    for i in range(Z.size):
        highest = max(highest, exponent[i])
    count = 0
    for i in range(Z.size):
        if exponent[i] > highest - window:
            index[count] = i
            count += 1
    return count, highest


@njit(cache=True, error_model="numpy")
def _sum(gas_P, T, v, exponent, index, count, highest, guess):
    """Root S of S = sum e^(exponent - v (S - guess)), the exponents taken at the sum `guess`."""
    if highest < -700.0:
        return 0.0
    total = 0.0
    for k in range(count):
        total += math.exp(exponent[index[k]] - highest)
    low, high = -np.inf, np.inf
    ln_s = highest + math.log(total)  # where nuclei exclude no volume
    if guess > 0.0 and ln_s > math.log(guess):  # the root lies between the two
        low, high = math.log(guess), ln_s
        ln_s = low
    elif guess > 0.0:
        low, high = ln_s, math.log(guess)
    else:
        high = ln_s
        ln_s = min(ln_s, 0.0)
    for _ in range(100):
        s = math.exp(ln_s)
        top = -np.inf
        for k in range(count):
            i = index[k]
            top = max(top, exponent[i] - v[i] * (s - guess))
        total, slope = 0.0, 0.0
        for k in range(count):
            i = index[k]
            term = math.exp(exponent[i] - v[i] * (s - guess) - top)
            total += term
            slope += v[i] * term
        off = top + math.log(total) - ln_s
        if off > 0.0:
            low = ln_s
        else:
            high = ln_s
        step = off / (1.0 + s * slope / total)
        if abs(step) < 1e-12:
            return math.exp(ln_s + step)
        trial = ln_s + step
        if not low < trial < high:
            trial = 0.5 * (low + high) if low > -np.inf else high - 5.0
        if abs(trial - ln_s) < 1e-15 * abs(ln_s):
            return math.exp(trial)
        ln_s = trial
    return np.nan


@njit(cache=True, error_model="numpy")
def _solve_sum(mu_n, mu_p, gas_P, n_e, T, species, exponent, index, guess):
    """Sum of s_i, and the nuclides that make it: their number; exponents are then ln s_i."""
    count, s = 0, guess
    for _ in range(30):
        count, highest = _active(mu_n, mu_p, n_e, gas_P + T * s, T, species, exponent, index, WINDOW)
        if count == 0:  # the functional breaks down at this density
            return np.nan, 0
        before = s
        s = _sum(gas_P, T, species.volume, exponent, index, count, highest, before)
        if not abs(s - before) * species.volume.max() > 1.0:  # the choice of nuclides stands; or NaN
            break
    for k in range(count):
        exponent[index[k]] -= species.volume[index[k]] * (s - before)
    return s, count


@njit(cache=True, error_model="numpy")
def _moments(n_e, species, exponent, index, count):
    """Moments of s_i over g = (N, Z, -d Delta E/dn_e, v): first, second; and d^2 Delta E/dn_e^2's sum."""
    Z, N, v, _, surface, bulk = species
    third = n_e ** (-2.0 / 3.0) / 3.0
    first, second, g = np.zeros(4), np.zeros((4, 4)), np.zeros(4)
    curvature = 0.0
    for k in range(count):
        i = index[k]
        s = math.exp(exponent[i])
        g[0], g[1], g[2], g[3] = N[i], Z[i], -(surface[i] * third + bulk[i]), v[i]
        curvature -= s * surface[i] * third * 2.0 / (3.0 * n_e)
        for r in range(4):
            first[r] += s * g[r]
            for c in range(4):
                second[r, c] += s * g[r] * g[c]
    return first, second, curvature


@njit(cache=True, error_model="numpy")
def _state(ln_n_n, ln_n_p, ln_n_e, T, species, f, exponent, index, guess):
    """All sums at one point, and their slopes; what `exponent` holds of the nuclides in `index` is ln s_i."""
    n_e, n_n, n_p = math.exp(ln_n_e), math.exp(ln_n_n), math.exp(ln_n_p)
    mu_n, mu_p, P, entropy, eta_n, eta_p = _warm_and_eta(ln_n_n, ln_n_p, T, f)
    nn, np_, pn, pp = _slopes(ln_n_n, ln_n_p, eta_n, eta_p, T, f)
    s, count = _solve_sum(mu_n, mu_p, P, n_e, T, species, exponent, index, guess if guess > 0.0 else 0.0)
    first, second, curvature = _moments(n_e, species, exponent, index, count)
    xi = 1.0 / (1.0 + first[3])
    total_n, total_p = n_n + first[0], n_p + first[1]  # per free volume
    shift = -xi * first[2]
    slopes = np.zeros((5, 3))
    slopes[2, 0], slopes[2, 1], slopes[3, 0], slopes[3, 1] = nn, np_, pn, pp
    d = np.zeros(4)
    for c in range(3):  # with ln n_n', ln n_p', ln n_e
        by_n, by_p, by_e = slopes[2, c], slopes[3, c], n_e if c == 2 else 0.0
        dP = xi * (total_n * by_n + total_p * by_p + first[2] * by_e)  # of P_in
        for r in range(4):
            d[r] = (second[r, 0] * by_n + second[r, 1] * by_p + second[r, 2] * by_e - second[r, 3] * dP) / T
        gas_n, gas_p = n_n if c == 0 else 0.0, n_p if c == 1 else 0.0
        slopes[0, c] = -xi * d[3] + (gas_n + gas_p + d[0] + d[1]) / (total_n + total_p)
        slopes[1, c] = -xi * d[3] + (gas_p + d[1]) / total_p if total_p > 0.0 else 0.0
        slopes[4, c] = -shift * xi * d[3] - xi * d[2] + xi * curvature * by_e
    n_b, charge = (xi * (total_n + total_p), xi * total_p) if np.isfinite(s) else (np.nan, np.nan)
    return State(n_b, charge, mu_n, mu_p, P + T * s, entropy, shift, xi, s, slopes), count

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

from crustlib.matter.warm_nucleons import _warm_nucleons

Array = NDArray[np.float64]

WINDOW = 45.0  # nuclides rarer by this power of e than the most frequent one are left out
_STEP = 1e-6  # of ln n', for the gas's derivatives


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


class State(NamedTuple):
    """Sums over the nuclides and the gas at one (n_n', n_p', n_e)."""

    baryons: float  # per volume, fm^-3
    charge: float  # protons per volume, fm^-3
    mu_n: float
    mu_p: float
    pressure: float  # P_in
    shift: float  # C, MeV
    xi: float
    clusters: float  # sum of s_i
    baryons_slope: tuple[float, float, float]  # of ln baryons with ln n_n', ln n_p', ln n_e
    charge_slope: tuple[float, float, float]
    mu_n_slope: tuple[float, float, float]
    mu_p_slope: tuple[float, float, float]
    shift_slope: tuple[float, float, float]  # of C


@njit(cache=True, error_model="numpy")
def _active(mu_n, mu_p, coulomb, n_e, P, T, species, exponent, index, window):
    """Exponents of the nuclides that matter at the inner pressure P, and how many these are."""
    Z, N, v, weight, surface, bulk = species
    a, b, c, d, e = mu_n / T, mu_p / T, coulomb / T, n_e / T, P / T
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
    coulomb = n_e ** (1.0 / 3.0)
    count, s = 0, guess
    for _ in range(30):
        count, highest = _active(mu_n, mu_p, coulomb, n_e, gas_P + T * s, T, species, exponent, index, WINDOW)
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
def _gas(ln_n_n, ln_n_p, T, f):
    """mu_n, mu_p, P of the gas and d(mu_n, mu_p)/d(ln n_n', ln n_p')."""
    mu_n, mu_p, P, _ = _warm_nucleons(ln_n_n, ln_n_p, T, f)
    n_up, n_down = _warm_nucleons(ln_n_n + _STEP, ln_n_p, T, f), _warm_nucleons(ln_n_n - _STEP, ln_n_p, T, f)
    p_up, p_down = _warm_nucleons(ln_n_n, ln_n_p + _STEP, T, f), _warm_nucleons(ln_n_n, ln_n_p - _STEP, T, f)
    nn, pn = (n_up[0] - n_down[0]) / (2.0 * _STEP), (n_up[1] - n_down[1]) / (2.0 * _STEP)
    np_, pp = (p_up[0] - p_down[0]) / (2.0 * _STEP), (p_up[1] - p_down[1]) / (2.0 * _STEP)
    return mu_n, mu_p, P, nn, np_, pn, pp


@njit(cache=True, error_model="numpy")
def _state(ln_n_n, ln_n_p, ln_n_e, T, species, f, exponent, index, guess):
    """All sums at one point, and their slopes; what `exponent` holds of the nuclides in `index` is ln s_i."""
    n_e = math.exp(ln_n_e)
    guess = guess if guess >= 0.0 else 0.0
    mu_n, mu_p, gas_P, nn, np_, pn, pp = _gas(ln_n_n, ln_n_p, T, f)
    s, count = _solve_sum(mu_n, mu_p, gas_P, n_e, T, species, exponent, index, guess)
    Z, N, v, _, surface, bulk = species
    third = n_e ** (-2.0 / 3.0) / 3.0
    # Moments of s_i over g = (N, Z, -dDeltaE/dn_e, v)
    first, second = np.zeros(4), np.zeros((4, 4))
    g = np.zeros(4)
    curvature = 0.0
    for k in range(count):
        i = index[k]
        weight = math.exp(exponent[i])
        g[0], g[1], g[2], g[3] = N[i], Z[i], -(surface[i] * third + bulk[i]), v[i]
        curvature += weight * surface[i] * third * (-2.0 / 3.0) / n_e
        for r in range(4):
            first[r] += weight * g[r]
            for c in range(r + 1):
                second[r, c] += weight * g[r] * g[c]
    for r in range(4):
        for c in range(r):
            second[c, r] = second[r, c]
    xi = 1.0 / (1.0 + first[3])
    gas = (math.exp(ln_n_n), math.exp(ln_n_p))
    total_n, total_p = gas[0] + first[0], gas[1] + first[1]  # per free volume
    shift = -xi * first[2]
    # Slopes with mu_n, mu_p, n_e of: P_in; then of the moments
    P_slope = np.array([xi * total_n, xi * total_p, xi * first[2]])
    d_first = np.zeros((4, 3))
    for r in range(4):
        for c in range(3):
            d_first[r, c] = (second[r, c] - second[r, 3] * P_slope[c]) / T
    baryons, charge = xi * (total_n + total_p), xi * total_p
    if not np.isfinite(s):
        baryons, charge = np.nan, np.nan
    # Chain: with ln n_n', ln n_p', ln n_e
    slopes = np.zeros((3, 3))
    for c in range(3):
        by = np.zeros(3)
        if c == 0:
            by[0], by[1] = nn, pn
        elif c == 1:
            by[0], by[1] = np_, pp
        else:
            by[2] = n_e
        d = d_first @ by
        d_gas_n = gas[0] if c == 0 else 0.0
        d_gas_p = gas[1] if c == 1 else 0.0
        d_ln_xi = -xi * d[3]
        slopes[0, c] = d_ln_xi + (d_gas_n + d_gas_p + d[0] + d[1]) / (total_n + total_p)
        slopes[1, c] = d_ln_xi + (d_gas_p + d[1]) / total_p if total_p > 0.0 else 0.0
        slopes[2, c] = shift * d_ln_xi - xi * d[2] + (xi * curvature * n_e if c == 2 else 0.0)
    return State(
        baryons, charge, mu_n, mu_p, gas_P + T * s, shift, xi, s,
        (slopes[0, 0], slopes[0, 1], slopes[0, 2]),
        (slopes[1, 0], slopes[1, 1], slopes[1, 2]),
        (nn, np_, 0.0),
        (pn, pp, 0.0),
        (slopes[2, 0], slopes[2, 1], slopes[2, 2]),
    ), count  # fmt: skip

"""Solve the equations of `clusters` for the gas's densities and the electrons'.

Newton's steps in the three logarithms first; where these fail, nested brackets, each of a quantity that grows
with its unknown: the charge with n_p', the baryons with n_n', and with n_e the third equation. What comes out
is polished by Newton's steps. The kernels return the residual and leave the verdict to the caller.
"""

import math

import numpy as np
from numba import njit

from crustlib.constants import ELECTRON_MASS_MEV, NEUTRON_MASS_MEV, PROTON_MASS_MEV
from crustlib.crusts.clusters import WINDOW, Species, Work, _active, _state
from crustlib.crusts.warm import BETA, FRACTION, PROTONS
from crustlib.matter.warm_leptons import _leptons, _potential
from crustlib.matter.warm_nucleons import _warm_nucleons

_LARGEST = 40.0  # MeV: of mu_n, mu_p in one of Newton's steps
_ENOUGH, _POLISHED = 1e-11, 1e-13  # residuals that end a search, and its last steps
_MARGIN = 60.0  # powers of e by which a nuclide's abundance may grow during Newton's steps, unchecked
_CROWDED = 0.02  # fm^-3: below, no second solution was met
_LEAP = 0.3  # of ln n_B, the longest that a line through two solutions is drawn on
_STRIDE = 0.02  # of ln n_B, where a longer step failed
_DENSEST = math.log(0.4)  # ln n' above which no gas is looked for


@njit(cache=True, error_model="numpy")
def _third(state, ln_n_e, T, mode, target, slopes):
    """Residual of the third equation; its slopes are set."""
    if mode == FRACTION:
        slopes[0], slopes[1], slopes[2] = 0.0, 0.0, 1.0
        return ln_n_e - math.log(target)
    D = state.slopes
    if mode == PROTONS:
        for c in range(3):
            slopes[c] = (D[3, c] + D[4, c]) / T
        return (state.mu_p + state.shift - target) / T
    n_e = math.exp(ln_n_e)
    mu_e = _potential(n_e, T, False)
    for c in range(3):
        slopes[c] = (D[2, c] - D[3, c] - D[4, c]) / T
    slopes[2] -= n_e / _leptons(mu_e, ELECTRON_MASS_MEV, T)[1] / T
    return (state.mu_n - state.mu_p - state.shift - mu_e + NEUTRON_MASS_MEV - PROTON_MASS_MEV) / T


@njit(cache=True, error_model="numpy")
def _residuals(x, n_b, T, mode, target, species, f, work, guess, J):
    """Residuals of the three equations, as the last column of J, and their slopes; the state; the largest."""
    state, _ = _state(x[0], x[1], x[2], T, species, f, work.exponent, work.place, guess)
    for c in range(3):
        J[0, c], J[1, c] = state.slopes[0, c], state.slopes[1, c]
    J[1, 2] -= 1.0
    J[0, 3], J[1, 3] = math.log(state.baryons / n_b), math.log(state.charge) - x[2]
    J[2, 3] = _third(state, x[2], T, mode, target, J[2])
    size = 0.0
    for r in range(3):
        size = max(size, abs(J[r, 3])) if np.isfinite(J[r, 3]) else np.inf
    return state, size


@njit(cache=True, error_model="numpy")
def _step(J, step):
    """Set Newton's step by Gauss's elimination; J's last column is the residuals. True if it is found."""
    for k in range(3):
        best = k
        for r in range(k + 1, 3):
            if abs(J[r, k]) > abs(J[best, k]):
                best = r
        if not abs(J[best, k]) > 1e-100:  # or NaN
            return False
        for c in range(4):
            J[k, c], J[best, c] = J[best, c], J[k, c]
        for r in range(k + 1, 3):
            ratio = J[r, k] / J[k, k]
            for c in range(k, 4):
                J[r, c] -= ratio * J[k, c]
    for k in range(2, -1, -1):
        left = -J[k, 3]
        for c in range(k + 1, 3):
            left -= J[k, c] * step[c]
        step[k] = left / J[k, k]
    return np.isfinite(step[0]) and np.isfinite(step[1]) and np.isfinite(step[2])


@njit(cache=True, error_model="numpy")
def _length(x, step, D):
    """Share of a step after which no chemical potential moved by more than _LARGEST, nor n_e threefold."""
    by_n, by_p = abs(D[2, 0] * step[0] + D[2, 1] * step[1]), abs(D[3, 0] * step[0] + D[3, 1] * step[1])
    scale = min(1.0, _LARGEST / max(by_n, by_p, 1e-300), 1.0 / max(abs(step[2]), 1e-300))
    return min(scale, 3.0 / max(abs(step[0]), 1e-300)) if x[0] > -20.0 else scale


@njit(cache=True, error_model="numpy")
def _newton(x, n_b, T, mode, target, species, f, work, guess, enough):
    """Damped Newton's steps from x, which is moved; returns the largest residual and the sum of s_i."""
    J, step, trial = np.empty((3, 4)), np.empty(3), np.empty(3)
    state, size = _residuals(x, n_b, T, mode, target, species, f, work, guess, J)
    for _ in range(60):
        if not size > enough:
            break
        if not _step(J, step):  # singular where one nuclide holds all: mu_n - mu_p is then left open
            break
        scale, better = _length(x, step, state.slopes), False
        for _ in range(12 if size > _ENOUGH else 1):
            for c in range(3):
                trial[c] = x[c] + scale * step[c]
            if max(trial[0], trial[1], trial[2]) < _DENSEST:
                new_state, new = _residuals(trial, n_b, T, mode, target, species, f, work, state.clusters, J)
                better = new < size * (1.0 - 0.1 * scale) or (size < 1e-9 and new < size)
                if better:
                    break
            scale *= 0.4
        if not better:
            break
        for c in range(3):
            x[c] = trial[c]
        state, size = new_state, new
    return size, state.clusters


@njit(cache=True, error_model="numpy")
def _solve_charge(x, T, species, f, work):
    """Set x[1] so that the charge is e^x[2]; returns the state."""
    low, high = -200.0 / T - 60.0, _DENSEST
    x[1] = min(max(x[1], low), high)
    guess = 0.0
    for _ in range(100):
        state, _ = _state(x[0], x[1], x[2], T, species, f, work.exponent, work.place, guess)
        guess = state.clusters
        if not np.isfinite(state.charge) or not np.isfinite(guess):  # too dense for the functional
            guess, high = 0.0, x[1]
            x[1] = 0.5 * (low + high)
            continue
        off = np.log(state.charge) - x[2] if state.charge > 0.0 else -1e3
        if off > 0.0:
            high = x[1]
        else:
            low = x[1]
        slope = state.slopes[1, 1]
        if abs(off) < 1e-12 or high - low < 1e-14 * (1.0 + abs(high)):
            break
        near = x[1] - off / slope if slope > 0.0 else np.nan
        x[1] = near if low < near < high else 0.5 * (low + high)
    return state


@njit(cache=True, error_model="numpy")
def _solve_baryons(x, n_b, T, species, f, work):
    """Set x[0] and x[1] so that there are n_b baryons of the charge e^x[2]; returns the state."""
    low, high = -200.0 / T - 60.0, _DENSEST
    x[0] = min(max(x[0], low), high)
    for _ in range(100):
        state = _solve_charge(x, T, species, f, work)
        off = np.log(state.baryons / n_b)
        if off > 0.0:
            high = x[0]
        else:
            low = x[0]
        D = state.slopes
        slope = D[0, 0] - D[0, 1] * D[1, 0] / D[1, 1] if D[1, 1] > 0.0 else 0.0
        if abs(off) < 1e-11 or high - low < 1e-14 * (1.0 + abs(high)):
            break
        near = x[0] - off / slope if slope > 0.0 else np.nan
        x[0] = near if low < near < high else 0.5 * (low + high)
    return state


@njit(cache=True, error_model="numpy")
def _solve_third(x, n_b, T, mode, target, species, f, work):
    """Set all three unknowns."""
    if mode == FRACTION:
        x[2] = math.log(target)
        _solve_baryons(x, n_b, T, species, f, work)
        return
    low, high = math.log(n_b) - (14.0 if mode == BETA else 300.0), math.log(0.999 * n_b)
    sign, unused = -1.0 if mode == BETA else 1.0, np.empty(3)
    x[2] = min(max(x[2], low), high)
    for _ in range(80):
        state = _solve_baryons(x, n_b, T, species, f, work)
        off = sign * _third(state, x[2], T, mode, target, unused)
        if off > 0.0:
            high = x[2]
        else:
            low = x[2]
        if abs(off) < 1e-9 or high - low < 1e-13:
            break
        x[2] = 0.5 * (low + high)


@njit(cache=True, error_model="numpy")
def _subset(x, T, species, f, work, guess):
    """Nuclides that may matter near x, so that Newton's steps need not ask all."""
    mu_n, mu_p, P, _ = _warm_nucleons(x[0], x[1], T, f)
    n_e, window = math.exp(x[2]), WINDOW + _MARGIN
    count, _ = _active(mu_n, mu_p, n_e, P + T * guess, T, species, work.exponent, work.place, window)
    few = np.empty((6, count))
    for k in range(count):
        i = work.place[k]
        few[0, k], few[1, k], few[2, k] = species.Z[i], species.N[i], species.volume[i]
        few[3, k], few[4, k], few[5, k] = species.weight[i], species.surface[i], species.bulk[i]
    return Species(few[0], few[1], few[2], few[3], few[4], few[5])


@njit(cache=True, error_model="numpy")
def _near(x, guess, n_b, T, mode, target, species, f, work):
    """Newton's steps from a point nearby, with the nuclides that matter there; checked with all."""
    few = _subset(x, T, species, f, work, guess)
    if few.Z.size == 0:  # the gas is too dense for the functional
        return np.inf, 0.0
    size, guess = _newton(x, n_b, T, mode, target, few, f, work, guess, _POLISHED)
    if not size < _ENOUGH:
        return size, guess
    return _newton(x, n_b, T, mode, target, species, f, work, guess, _ENOUGH)


@njit(cache=True, error_model="numpy")
def _cold(x, n_b, T, mode, target, species, f, work):
    """Solve without a start: brackets, then Newton's steps."""
    x[0], x[1], x[2] = math.log(n_b) - 8.0 / T, -30.0 / T, math.log(0.3 * n_b)
    _solve_third(x, n_b, T, mode, target, species, f, work)
    return _newton(x, n_b, T, mode, target, species, f, work, 0.0, _POLISHED)


@njit(cache=True, error_model="numpy")
def _follow(x, guess, n_0, n_b, T, mode, target, species, f, work):
    """From the solution x at n_0 and the same target (per baryon, if n_e is given) to n_b, in short steps."""
    steps = 1 + int(abs(math.log(n_b / n_0)) / _STRIDE)
    if n_b < _CROWDED:
        steps = min(steps, 8)
    size = np.inf
    for k in range(1, steps + 1):
        n = n_0 * (n_b / n_0) ** (k / steps)
        now = target * n / n_b if mode == FRACTION else target
        size, guess = _near(x, guess, n, T, mode, now, species, f, work)
        if not size < _ENOUGH:
            break
    return size, guess


@njit(cache=True, error_model="numpy")
def _from_below(x, n_b, T, mode, target, species, f, work):
    """Without a solution nearby: where matter is crowded it has several, of which clusters reach one."""
    if n_b > _CROWDED:
        now = target * _CROWDED / n_b if mode == FRACTION else target
        size, guess = _cold(x, _CROWDED, T, mode, now, species, f, work)
        if size < _ENOUGH:
            size, guess = _follow(x, guess, _CROWDED, n_b, T, mode, target, species, f, work)
        if size < _ENOUGH:
            return size, guess
    return _cold(x, n_b, T, mode, target, species, f, work)


@njit(cache=True, error_model="numpy")
def _solve(n_b, T, mode, target, species, f):
    """Follow a list of growing densities; x of shape (n, 3), and the largest residuals."""
    work = Work(np.empty(species.Z.size), np.empty(species.Z.size, np.int64))
    result, residual, guess = np.empty((n_b.size, 3)), np.full(n_b.size, np.inf), 0.0
    for k in range(n_b.size):
        x, stride, known = result[k], math.inf, k > 0 and residual[k - 1] < _ENOUGH
        if known:
            stride = math.log(n_b[k] / n_b[k - 1])
        if mode == FRACTION and known and n_b[k] > _CROWDED:
            known = abs(target[k] / target[k - 1] * n_b[k - 1] / n_b[k] - 1.0) < 1e-9
        if known and k > 1 and residual[k - 2] < _ENOUGH and n_b[k - 1] > n_b[k - 2] and stride < _LEAP:
            ahead = stride / math.log(n_b[k - 1] / n_b[k - 2])
            for c in range(3):  # straight on
                x[c] = result[k - 1, c] + ahead * (result[k - 1, c] - result[k - 2, c])
            residual[k], guess = _near(x, guess, n_b[k], T, mode, target[k], species, f, work)
        if known and not residual[k] < _ENOUGH:
            for c in range(3):
                x[c] = result[k - 1, c]
            residual[k], guess = _follow(x, guess, n_b[k - 1], n_b[k], T, mode, target[k], species, f, work)
        if not residual[k] < _ENOUGH:
            residual[k], guess = _from_below(x, n_b[k], T, mode, target[k], species, f, work)
    return result, residual


@njit(cache=True, error_model="numpy")
def _layers(x, T, species, inner, f, cut):
    """Rows of numbers for each solution x, the nuclei's densities, and which exceed a share `cut`."""
    work = Work(np.empty(species.Z.size), np.empty(species.Z.size, np.int64))
    rows, n = np.empty((9, len(x))), np.zeros((len(x), species.Z.size))
    kept = np.zeros(species.Z.size, np.bool_)
    for k in range(len(x)):
        state, count = _state(x[k, 0], x[k, 1], x[k, 2], T, species, f, work.exponent, work.place, 0.0)
        gas_n, gas_p = math.exp(x[k, 0]), math.exp(x[k, 1])
        n_e = math.exp(x[k, 2])
        gas_P = state.pressure - T * state.clusters
        free, entropy = gas_n * state.mu_n + gas_p * state.mu_p - gas_P, state.entropy
        for j in range(count):
            i = work.place[j]
            s = math.exp(work.exponent[i])
            per_T = work.exponent[i] - species.weight[i]  # [T ln(n Lambda^3 / xi z) - B] / T
            coulomb = species.surface[i] * n_e ** (1.0 / 3.0) + species.bulk[i] * n_e
            free += s * (T * (per_T - 1.0) + coulomb)
            entropy += s * (2.5 - per_T + inner[i] / T)
            n[k, i] = state.xi * s
            kept[i] |= n[k, i] * (species.Z[i] + species.N[i]) > cut * state.baryons
            kept[i] |= n[k, i] * species.Z[i] > 10.0 * cut * state.charge  # where protons are rare
        rows[0, k], rows[1, k], rows[2, k], rows[3, k] = state.mu_n, state.mu_p, state.shift, state.pressure
        rows[4, k], rows[5, k], rows[8, k] = state.xi * gas_n, state.xi * gas_p, state.baryons
        rows[6, k], rows[7, k] = state.xi * free, state.xi * entropy
    return rows, n, kept

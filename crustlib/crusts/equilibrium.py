"""Solve the equations of `clusters` for the gas's densities and the electrons'.

Newton's steps in the three logarithms first; where these fail, nested brackets, each of a quantity that grows
with its unknown: the charge with n_p', the baryons with n_n', and with n_e the third equation. What comes out
is polished by Newton's steps. The kernels return the residual and leave the verdict to the caller.
"""

import math

import numpy as np
from numba import njit

from crustlib.constants import ELECTRON_MASS_MEV, NEUTRON_MASS_MEV, PROTON_MASS_MEV
from crustlib.crusts.clusters import WINDOW, Species, _active, _gas, _state
from crustlib.matter.warm_leptons import _leptons, _potential

FRACTION, BETA, PROTONS = 0, 1, 2
"""The third equation: n_e given, beta equilibrium, or mu_p + C given."""

_LARGEST = 40.0  # MeV: of mu_n, mu_p in one of Newton's steps
_ENOUGH = 1e-11  # residual that ends a search
_MARGIN = 60.0  # powers of e by which a nuclide's abundance may grow during Newton's steps, unchecked
_DENSEST = math.log(0.4)  # ln n' above which no gas is looked for


@njit(cache=True, error_model="numpy")
def _third(state, ln_n_e, T, mode, target):
    """Residual of the third equation, and its slopes."""
    if mode == FRACTION:
        return ln_n_e - math.log(target), (0.0, 0.0, 1.0)
    if mode == PROTONS:
        p, c = state.mu_p_slope, state.shift_slope
        return (state.mu_p + state.shift - target) / T, ((p[0] + c[0]) / T, (p[1] + c[1]) / T, c[2] / T)
    n_e = math.exp(ln_n_e)
    mu_e = _potential(n_e, T, False)
    slope = n_e / _leptons(mu_e, ELECTRON_MASS_MEV, T)[1]
    off = state.mu_n - state.mu_p - state.shift - mu_e + NEUTRON_MASS_MEV - PROTON_MASS_MEV
    n, p, c = state.mu_n_slope, state.mu_p_slope, state.shift_slope
    return off / T, (
        (n[0] - p[0] - c[0]) / T,
        (n[1] - p[1] - c[1]) / T,
        (-c[2] - slope) / T,
    )


@njit(cache=True, error_model="numpy")
def _residuals(x, n_b, T, mode, target, species, f, exponent, index, guess):
    """Residuals of the three equations, their slopes, and the state."""
    state, count = _state(x[0], x[1], x[2], T, species, f, exponent, index, guess)
    r, J = np.empty(3), np.empty((3, 3))
    r[0], r[1] = np.log(state.baryons / n_b), np.log(state.charge) - x[2]
    J[0, :] = np.array(state.baryons_slope)
    J[1, :] = np.array(state.charge_slope)
    J[1, 2] -= 1.0
    r[2], slopes = _third(state, x[2], T, mode, target)
    J[2, :] = np.array(slopes)
    return r, J, state, count


@njit(cache=True, error_model="numpy")
def _newton(x, n_b, T, mode, target, species, f, exponent, index, guess, steps):
    """Damped Newton's steps; returns x, the largest residual and the sum of s_i."""
    r, J, state, _ = _residuals(x, n_b, T, mode, target, species, f, exponent, index, guess)
    size = np.abs(r).max()
    for _ in range(steps):
        if not np.isfinite(size) or not np.isfinite(J).all() or abs(np.linalg.det(J)) < 1e-250:
            return x, np.inf, guess
        if size < 1e-13:
            break
        step = -np.linalg.solve(J, r)
        # No chemical potential goes further than _LARGEST, nor n_e than by a factor of three
        by_n = abs(state.mu_n_slope[0] * step[0] + state.mu_n_slope[1] * step[1])
        by_p = abs(state.mu_p_slope[0] * step[0] + state.mu_p_slope[1] * step[1])
        scale = min(1.0, _LARGEST / max(by_n, by_p, 1e-300), 1.0 / max(abs(step[2]), 1e-300))
        scale = min(scale, 3.0 / max(abs(step[0]) if x[0] > -20.0 else 0.0, 1e-300))
        better = False
        for _ in range(12):
            trial = x + scale * step
            if trial[0] < _DENSEST and trial[1] < _DENSEST and trial[2] < _DENSEST:
                r_new, J_new, state_new, _ = _residuals(
                    trial, n_b, T, mode, target, species, f, exponent, index, state.clusters
                )
                new = np.abs(r_new).max()
                if new < size * (1.0 - 0.1 * scale) or (size < 1e-9 and new <= size):
                    better = True
                    break
            scale *= 0.4
        if not better:
            break
        x, r, J, state, size = trial, r_new, J_new, state_new, new
    return x, size, state.clusters


@njit(cache=True, error_model="numpy")
def _solve_charge(x, T, species, f, exponent, index):
    """Set x[1] so that the charge is e^x[2]; returns the state."""
    low, high = -200.0 / T - 60.0, _DENSEST
    x[1] = min(max(x[1], low), high)
    guess = 0.0
    for _ in range(100):
        state, _ = _state(x[0], x[1], x[2], T, species, f, exponent, index, guess)
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
        slope = state.charge_slope[1]
        if abs(off) < 1e-12 or high - low < 1e-14 * (1.0 + abs(high)):
            break
        near = x[1] - off / slope if slope > 0.0 else np.nan
        x[1] = near if low < near < high else 0.5 * (low + high)
    return state


@njit(cache=True, error_model="numpy")
def _solve_baryons(x, n_b, T, species, f, exponent, index):
    """Set x[0] and x[1] so that there are n_b baryons of the charge e^x[2]; returns the state."""
    low, high = -200.0 / T - 60.0, _DENSEST
    x[0] = min(max(x[0], low), high)
    for _ in range(100):
        state = _solve_charge(x, T, species, f, exponent, index)
        off = np.log(state.baryons / n_b)
        if off > 0.0:
            high = x[0]
        else:
            low = x[0]
        b, c = state.baryons_slope, state.charge_slope
        slope = b[0] - b[1] * c[0] / c[1] if c[1] > 0.0 else 0.0
        if abs(off) < 1e-11 or high - low < 1e-14 * (1.0 + abs(high)):
            break
        near = x[0] - off / slope if slope > 0.0 else np.nan
        x[0] = near if low < near < high else 0.5 * (low + high)
    return state


@njit(cache=True, error_model="numpy")
def _solve_third(x, n_b, T, mode, target, species, f, exponent, index):
    """Set all three unknowns."""
    if mode == FRACTION:
        x[2] = math.log(target)
        _solve_baryons(x, n_b, T, species, f, exponent, index)
        return x
    low, high = math.log(n_b) - (14.0 if mode == BETA else 300.0), math.log(0.999 * n_b)
    sign = -1.0 if mode == BETA else 1.0
    x[2] = min(max(x[2], low), high)
    for _ in range(80):
        state = _solve_baryons(x, n_b, T, species, f, exponent, index)
        off = sign * _third(state, x[2], T, mode, target)[0]
        if off > 0.0:
            high = x[2]
        else:
            low = x[2]
        if abs(off) < 1e-9 or high - low < 1e-13:
            break
        x[2] = 0.5 * (low + high)
    return x


@njit(cache=True, error_model="numpy")
def _subset(x, T, species, f, exponent, index, guess):
    """Nuclides that may matter near x, so that Newton's steps need not ask all."""
    mu_n, mu_p, P, _, _, _, _ = _gas(x[0], x[1], T, f)
    n_e = math.exp(x[2])
    count, _ = _active(
        mu_n, mu_p, n_e ** (1.0 / 3.0), n_e, P + T * guess, T, species, exponent, index, WINDOW + _MARGIN
    )
    kept = index[:count].copy()
    return Species(
        species.Z[kept], species.N[kept], species.volume[kept],
        species.weight[kept], species.surface[kept], species.bulk[kept],
    )  # fmt: skip


@njit(cache=True, error_model="numpy")
def _near(x, guess, n_b, T, mode, target, species, f, exponent, index):
    """Newton's steps from a point nearby, with the nuclides that matter there; checked with all."""
    few = _subset(x, T, species, f, exponent, index, guess)
    if few.Z.size == 0:  # the gas is too dense for the functional
        return x, np.inf, 0.0
    x, size, guess = _newton(x, n_b, T, mode, target, few, f, exponent, index, guess, 60)
    if size > _ENOUGH:
        return x, size, guess
    size = np.abs(_residuals(x, n_b, T, mode, target, species, f, exponent, index, guess)[0]).max()
    if size > _ENOUGH:
        return _newton(x, n_b, T, mode, target, species, f, exponent, index, guess, 60)
    return x, size, guess


@njit(cache=True, error_model="numpy")
def _cold(n_b, T, mode, target, species, f, exponent, index):
    """Solve without a start: brackets, then Newton's steps."""
    x = np.array([math.log(n_b) - 8.0 / T, -30.0 / T, math.log(0.3 * n_b)])
    x = _solve_third(x, n_b, T, mode, target, species, f, exponent, index)
    return _newton(x, n_b, T, mode, target, species, f, exponent, index, 0.0, 60)


@njit(cache=True, error_model="numpy")
def _solve(n_b, T, mode, target, species, f):
    """Follow a list of densities; x of shape (n, 3), and the largest residuals."""
    exponent, index = np.empty(species.Z.size), np.empty(species.Z.size, np.int64)
    result, residual = np.empty((n_b.size, 3)), np.full(n_b.size, np.inf)
    guess = np.zeros(n_b.size)
    for k in range(n_b.size):
        if k > 1 and max(residual[k - 1], residual[k - 2]) < _ENOUGH:  # straight on
            ahead = math.log(n_b[k] / n_b[k - 1]) / math.log(n_b[k - 1] / n_b[k - 2])
            x = result[k - 1] + ahead * (result[k - 1] - result[k - 2])
            result[k], residual[k], guess[k] = _near(
                x, guess[k - 1], n_b[k], T, mode, target[k], species, f, exponent, index
            )
        if residual[k] > _ENOUGH and k > 0 and residual[k - 1] < _ENOUGH:
            result[k], residual[k], guess[k] = _near(
                result[k - 1], guess[k - 1], n_b[k], T, mode, target[k], species, f, exponent, index
            )
        if not residual[k] < _ENOUGH:
            result[k], residual[k], guess[k] = _cold(n_b[k], T, mode, target[k], species, f, exponent, index)
    return result, residual

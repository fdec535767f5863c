r"""Coulomb logarithms read from a table: a cubic spline in variables in which they are smooth.

These are :math:`Z^{1/3}`, to which the last wave number :math:`2k_Fa` is proportional, :math:`\ln\Gamma`, and
:math:`\ln\beta`, :math:`\beta = v_F/c`, which ends at 0 where electrons are ultrarelativistic. The nuclear
size multiplies the logarithm with a factor that is tabulated over :math:`2k_FR` for :math:`\beta = 1`: slower
electrons have waves so long that the factor is 1.
"""

import json
from functools import cache
from math import log, log1p
from typing import Any, NamedTuple

import numpy as np
import xarray as xr
from numba import njit
from numpy.typing import NDArray

from crustlib import __version__, data
from crustlib.transport.bridge import GAMMA_BRIDGE
from crustlib.transport.coulomb_quadrature import NODES, WEIGHTS, _logarithms, _nuclear_size, _wave_numbers
from crustlib.transport.structure import amorphous_structure_factor
from crustlib.validation import in_range

__all__ = ["coulomb_logarithm_table"]

FILE = "coulomb_logarithm"
Z_RANGE = (1.0, 60.0)
GAMMA_RANGE = (0.01, 1e6)  # one structure from 225 on
X_R_RANGE = (0.01, 1e3)
SIZE_RANGE = (0.0, 10.0)  # of 2 k_F R

_KINDS = ("elastic", "neutrino")
POINTS = {"ln_Z": 41, "ln_gamma": 51, "ln_beta": 25, "size": 18}
_ULTRARELATIVISTIC = 1e5  # the x_r of ln beta = 0, to double precision


class Spline(NamedTuple):
    """Coefficients of cubic B-splines on three uniform axes, each from its `low`, `per_step` cells a unit."""

    low: tuple[float, float, float]
    per_step: tuple[float, float, float]
    shape: tuple[int, int, int]
    coefficients: NDArray[np.float64]  # flat


@njit(cache=True, fastmath={"contract"})
def _cubic(position, cells):
    """Cell that holds a position, in steps from an axis's low, and the weights of its four coefficients."""
    cell = min(max(int(position), 0), cells - 1)
    t = position - cell
    rest = 1.0 - t
    first, last = rest * rest * rest / 6.0, t * t * t / 6.0
    second = (4.0 + t * t * (3.0 * t - 6.0)) / 6.0
    return cell, first, second, 1.0 - first - second - last, last


@njit(cache=True, fastmath={"contract"})
def _interpolate(spline, u, v, w):
    """Value of a spline at one point."""
    flat, (rows, columns, depth) = spline.coefficients, spline.shape
    i, u0, u1, u2, u3 = _cubic((u - spline.low[0]) * spline.per_step[0], rows - 3)
    j, v0, v1, v2, v3 = _cubic((v - spline.low[1]) * spline.per_step[1], columns - 3)
    k, w0, w1, w2, w3 = _cubic((w - spline.low[2]) * spline.per_step[2], depth - 3)
    start = (i * columns + j) * depth + k
    s0 = s1 = s2 = s3 = 0.0  # four sums side by side: one instruction on four neighbours
    for by_u in (u0, u1, u2, u3):
        at = start
        for by_v in (v0, v1, v2, v3):
            weight = by_u * by_v
            s0 += weight * flat[at]
            s1 += weight * flat[at + 1]
            s2 += weight * flat[at + 2]
            s3 += weight * flat[at + 3]
            at += depth
        start += columns * depth
    return w0 * s0 + w1 * s1 + w2 * s2 + w3 * s3


@njit(cache=True, error_model="numpy")
def _logarithm(spline, Z, gamma, x_r):
    """Coulomb logarithm of point nuclei by the table."""
    ln_beta = -0.5 * log1p(1.0 / (x_r * x_r))
    coupling = log(min(gamma, GAMMA_BRIDGE))
    return _interpolate(spline, log(Z), coupling, ln_beta)


@njit(cache=True, error_model="numpy")
def _size_factor(spline, Z, gamma, size):
    """Factor by which nuclei of 2 k_F R = size scatter less than points."""
    coupling = log(min(gamma, GAMMA_BRIDGE))
    return _interpolate(spline, log(Z), coupling, size)


@njit(cache=True, error_model="numpy")
def _each_logarithm(spline, Z, gamma, x_r):
    """Coulomb logarithms of flat arrays of one length."""
    result = np.empty(Z.size)
    for i in range(Z.size):
        result[i] = _logarithm(spline, Z[i], gamma[i], x_r[i])
    return result


@njit(cache=True, error_model="numpy")
def _each_size_factor(spline, Z, gamma, size):
    """Factors of flat arrays of one length."""
    result = np.empty(Z.size)
    for i in range(Z.size):
        result[i] = _size_factor(spline, Z[i], gamma[i], size[i])
    return result


def _by_table(kind: str, Z: Any, gamma: Any, x_r: Any, A: Any = None) -> NDArray[np.float64]:
    """Read logarithms, `kind` elastic or neutrino, of flat arrays, or say which one is outside."""
    Z, gamma = in_range("Z", Z, *Z_RANGE), in_range("gamma", gamma, *GAMMA_RANGE)
    x_r = in_range("x_r", x_r, *X_R_RANGE)
    points, factor = _splines(kind)
    result = _each_logarithm(points, Z, gamma, x_r)
    if A is not None:
        A = in_range("A", A, 1.0, np.inf)
        size = _nuclear_size(x_r, A)
        if (size > SIZE_RANGE[1]).any():
            largest = int(np.argmax(size))
            raise ValueError(
                f"A = {A[largest]:g} at x_r = {x_r[largest]:g}: 2 k_F R = {size[largest]:.3g}, must be <= "
                f"{SIZE_RANGE[1]:g} for the table"
            )
        result *= _each_size_factor(factor, Z, gamma, size)
    return result


@cache
def _splines(kind: str) -> tuple[Spline, Spline]:
    """Of the logarithm and of the size factor, `kind` elastic or neutrino."""
    table = data.load(FILE)
    return _spline(table[kind]), _spline(table[f"{kind}_size_factor"])


def _spline(values: xr.DataArray) -> Spline:
    """Put a cubic spline through the values, its third derivative continuous next to the ends too."""
    axes = [values[name].values for name in values.dims]
    coefficients: Any = values.values.astype(np.float64)
    for axis, points in enumerate(axes):
        n = points.size
        conditions = np.zeros((n + 2, n + 2))
        for i in range(n):
            conditions[i, i : i + 3] = 1 / 6, 4 / 6, 1 / 6
        conditions[n, :5] = conditions[n + 1, -5:] = 1, -4, 6, -4, 1
        rows = np.moveaxis(coefficients, axis, 0).reshape(n, -1)
        solved = np.linalg.solve(conditions, np.vstack([rows, np.zeros((2, rows.shape[1]))]))
        rest = np.delete(coefficients.shape, axis)
        coefficients = np.moveaxis(solved.reshape(n + 2, *rest), 0, axis)
    u, v, w = axes
    return Spline(
        (float(u[0]), float(v[0]), float(w[0])),
        (1.0 / float(u[1] - u[0]), 1.0 / float(v[1] - v[0]), 1.0 / float(w[1] - w[0])),
        coefficients.shape,
        coefficients.ravel(),
    )


@njit(cache=True, error_model="numpy")
def _each_integral(structure, x_r, size, nodes, weights):
    """Integrals (structure factor, x_r or size, kind) over every row of `structure`."""
    result = np.empty((structure.shape[0], x_r.size, 2))
    for i in range(structure.shape[0]):
        for j in range(x_r.size):
            result[i, j] = _logarithms(x_r[j], structure[i], size[j], nodes, weights)[:2]
    return result


def coulomb_logarithm_table() -> xr.Dataset:
    """Compute the table of Coulomb logarithms that crustlib ships, from the integrals.

    Returns
    -------
    xarray.Dataset
        `elastic` and `neutrino` over (ln_Z, ln_gamma, ln_beta), for point nuclei, and the factors
        `elastic_size_factor` and `neutrino_size_factor` over (ln_Z, ln_gamma, size), size = 2 k_F R. The
        coupling ends at 225, beyond which the structure stays as it is. Numbers of single precision.

    Examples
    --------
    >>> from crustlib import data
    >>> print(*data.load("coulomb_logarithm").elastic.dims)  # what it returned for this release
    ln_Z ln_gamma ln_beta
    """
    axes = {
        "ln_Z": np.linspace(log(Z_RANGE[0]), log(Z_RANGE[1]), POINTS["ln_Z"]),
        "ln_gamma": np.linspace(log(GAMMA_RANGE[0]), log(GAMMA_BRIDGE), POINTS["ln_gamma"]),
        "ln_beta": np.linspace(-0.5 * log1p(X_R_RANGE[0] ** -2), 0.0, POINTS["ln_beta"]),
        "size": np.linspace(*SIZE_RANGE, POINTS["size"]),
    }
    x_r = np.append(1.0 / np.sqrt(np.expm1(-2.0 * axes["ln_beta"][:-1])), _ULTRARELATIVISTIC)
    fastest = np.full(axes["size"].size, _ULTRARELATIVISTIC)
    wave_numbers = _wave_numbers(np.exp(axes["ln_Z"]))[:, np.newaxis] * NODES
    points, sizes = [], []
    for coupling in np.minimum(np.exp(axes["ln_gamma"]), GAMMA_BRIDGE):
        structure, _ = amorphous_structure_factor(wave_numbers, coupling)
        points.append(_each_integral(structure, x_r, 0.0 * x_r, NODES, WEIGHTS))
        sizes.append(_each_integral(structure, fastest, axes["size"], NODES, WEIGHTS))
    call = {"Z": Z_RANGE, "gamma": (GAMMA_RANGE[0], GAMMA_BRIDGE), "x_r": X_R_RANGE, "size": SIZE_RANGE}
    attrs = {"maker": "coulomb_logarithm_table", "call": json.dumps(call | {"points": POINTS})}
    table = xr.Dataset(coords=axes, attrs=attrs | {"crustlib": __version__})
    for i, kind in enumerate(_KINDS):
        point, size = (np.stack(rows, axis=1)[..., i] for rows in (points, sizes))
        factor = (size / size[..., :1]).astype(np.float32)
        table[kind] = ("ln_Z", "ln_gamma", "ln_beta"), point.astype(np.float32)
        table[f"{kind}_size_factor"] = ("ln_Z", "ln_gamma", "size"), factor
    return table

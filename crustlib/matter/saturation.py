r"""Saturation density of nucleon matter of a given neutron excess, :math:`\delta = (n_n - n_p)/(n_n + n_p)`.

It is the density of a drop of that matter at zero temperature and pressure, the largest n at which
:math:`P(n, \delta) = 0`. Beyond a limiting :math:`\delta` (0.82 to 0.87) no matter holds
itself together: P is positive at every density.
"""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq, minimize_scalar

from crustlib.errors import ConvergenceError
from crustlib.matter import skyrme
from crustlib.validation import elementwise, in_range, one_of

__all__ = ["METHODS", "density", "largest_asymmetry"]

METHODS = ("exact", "expansion", "constant")
"""How `density` depends on the neutron excess."""

_DENSEST, _THINNEST = 0.2, 1e-3  # fm^-3: above, P > 0; below, no root is searched for
_N0 = 0.16  # near where symmetric matter saturates
_GRID = np.linspace(_DENSEST, _THINNEST, 400)


def _pressure(n: Any, delta: Any, functional: str) -> Any:
    return skyrme.pressure(0.5 * n * (1.0 + delta), 0.5 * n * (1.0 - delta), functional)


def _least(delta: float, functional: str) -> tuple[float, float]:
    """Density at which the pressure is least, the densest such one, and that pressure."""
    pressures = _pressure(_GRID, delta, functional)
    falls = np.flatnonzero(np.diff(pressures) > 0.0)  # it grows again towards lower densities
    k = int(falls[0]) if falls.size else _GRID.size - 1
    bounds = _GRID[min(k + 1, _GRID.size - 1)], _GRID[max(k - 1, 0)]
    found = minimize_scalar(
        _pressure, bounds=bounds, args=(delta, functional), method="bounded", options={"xatol": 1e-9}
    )
    return float(found.x), float(found.fun)


def _roots(delta: Any, functional: str) -> Any:
    """Newton's steps from above, where P is convex in n; at the limit itself the pressure's minimum."""
    n, end = np.full(np.shape(delta), 1.02 * _N0), _limit(functional)
    at_limit = np.abs(delta) > end - 1e-8
    inside = np.where(at_limit, 0.0, delta)
    for _ in range(100):
        step = 1e-5 * n
        slope = (_pressure(n + step, inside, functional) - _pressure(n - step, inside, functional)) / (
            2 * step
        )
        move = _pressure(n, inside, functional) / slope
        n = n - move
        if np.max(np.abs(move) / n) < 1e-12:
            return np.where(at_limit, _least(end, functional)[0], n)
    raise ConvergenceError(f"saturation density: not found at delta = {delta!r} with {functional}")


@cache
def _limit(functional: str) -> float:
    return brentq(lambda delta: _least(delta, functional)[1], 0.5, 1.0, xtol=1e-10)


@cache
def _expansion(functional: str) -> tuple[float, float, float, float]:
    """n_0 (fm^-3), K, L and K_sym (MeV), by differences of the pressure."""
    n0, step, small = float(_roots(0.0, functional)), 1e-4, 0.01

    def symmetry(n: float) -> float:  # half the second derivative of P with respect to delta
        return (
            _pressure(n, small, functional)
            - 2.0 * _pressure(n, 0.0, functional)
            + _pressure(n, -small, functional)
        ) / (2.0 * small**2)

    slope = (_pressure(n0 + step, 0.0, functional) - _pressure(n0 - step, 0.0, functional)) / (2.0 * step)
    symmetry_slope = (symmetry(n0 + step) - symmetry(n0 - step)) / (2.0 * step)
    return n0, 9.0 * slope, 3.0 * symmetry(n0) / n0, 9.0 * (symmetry_slope - 2.0 * symmetry(n0) / n0)


def largest_asymmetry(functional: str = "BSk25") -> float:
    """Neutron excess beyond which matter has no saturation density.

    Parameters
    ----------
    functional : str
        One of `skyrme.available()`.

    Returns
    -------
    float
        The limiting delta, dimensionless.

    Raises
    ------
    ValueError
        If the functional is unknown.

    Examples
    --------
    >>> largest_asymmetry("BSk25")
    0.8714
    """
    return _limit(one_of("functional", functional, skyrme.available()))


def density(delta: ArrayLike, functional: str = "BSk25", method: str = "exact") -> Any:
    r"""Saturation density of matter of a given neutron excess.

    "exact" is the largest n at which :math:`P(n, \delta) = 0`, "constant" its value at :math:`\delta = 0`,
    and "expansion" its expansion around that (Papakonstantinou et al. 2013, Physical Review C 88, 045805),

    .. math:: n_\mathrm{sat} = n_0\left(1 - \frac{3L\delta^2}{K + K_\mathrm{sym}\delta^2}\right).

    Parameters
    ----------
    delta : float or array_like
        (n_n - n_p) / (n_n + n_p), any shape; in size at most `largest_asymmetry`.
    functional : str
        One of `skyrme.available()`.
    method : {"exact", "expansion", "constant"}
        How the density depends on delta.

    Returns
    -------
    float or ndarray
        Density in fm^-3, of `delta`'s shape.

    Raises
    ------
    ValueError
        If an argument is out of range, or matter of that delta does not saturate.
    ConvergenceError
        If the density is not found.

    Examples
    --------
    >>> density([0.0, 0.5, 5 / 7], "BSk25").round(5)
    array([0.15874, 0.13954, 0.11558])
    >>> density(5 / 7, "BSk25", "expansion")
    0.11826
    """
    end = largest_asymmetry(functional)
    one_of("method", method, METHODS)
    return elementwise(_density, (in_range("delta", delta, -end, end),), functional, method)


def _density(delta: Any, functional: str, method: str) -> Any:
    if method == "exact":
        return _roots(delta, functional)
    n0, K, L, K_sym = _expansion(functional)
    square = np.square(delta)
    return n0 * (1.0 - 3.0 * L * square / (K + K_sym * square) * (method == "expansion"))

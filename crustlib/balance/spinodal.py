r"""Where uniform nuclear matter falls apart by itself: the spinodal region of neutron and proton densities.

Inside, the free energy curves downwards in some direction of the plane :math:`(n_n, n_p)`: the smaller
eigenvalue of the curvature matrix (`crustlib.matter.curvature`) is negative, and the slightest ripple grows.
The region is searched for on rays of constant :math:`n_p/n_n`, on each of which it is one interval.
"""

import math
from functools import cache
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.optimize import brentq

from crustlib.matter import skyrme
from crustlib.matter.curvature import COLDEST, WORST, _curvature
from crustlib.matter.warm_leptons import HOTTEST
from crustlib.validation import in_range, integer, non_negative

__all__ = ["Spinodal", "spinodal"]

Array = NDArray[np.float64]

_THINNEST, _DENSEST, _STEPS = math.log(1e-9), math.log(0.3), 40  # ln(n_n + n_p) on a ray
_STEEPEST = 14.0  # of ln(n_p / n_n)
_GOLDEN = 0.5 * (math.sqrt(5.0) - 1.0)


class Spinodal(NamedTuple):
    """Region in which uniform matter is unstable; arrays along its boundary, empty where there is none.

    The boundary runs from the neutron-rich tip along the dilute side to the proton-rich tip, and back along
    the dense side to where it began.
    """

    neutron_density: Array
    """n_n in fm^-3."""
    proton_density: Array
    """n_p in fm^-3."""
    direction: Array
    """Change of n_p over change of n_n in the eigenvector whose eigenvalue is zero there."""
    critical_temperature: float
    """Highest temperature at which there is such a region, in MeV; 0 if there is none at 0.01 MeV."""


@njit(cache=True, error_model="numpy")
def _on_ray(t, ln_n, T, f, electrons, k):
    """Smaller eigenvalue (MeV fm^3) and direction, at ln(n_p / n_n) = t and ln(n_n + n_p)."""
    n, odds = math.exp(ln_n), math.exp(t)
    result = _curvature(n / (1.0 + odds), n * odds / (1.0 + odds), T, f, electrons, k)
    return result[3], result[4]


@njit(cache=True, error_model="numpy")
def _lowest(t, T, f, electrons, k):
    """Least eigenvalue on a ray, and the ln n where it is: on a grid, then by golden section."""
    step = (_DENSEST - _THINNEST) / _STEPS
    best, at = math.inf, _DENSEST
    for j in range(_STEPS + 1):
        value = _on_ray(t, _THINNEST + j * step, T, f, electrons, k)[0]
        if value < best:
            best, at = value, _THINNEST + j * step
    low, high = at - step, min(at + step, _DENSEST)
    while high - low > 1e-3:
        one, two = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        if _on_ray(t, one, T, f, electrons, k)[0] < _on_ray(t, two, T, f, electrons, k)[0]:
            high = two
        else:
            low = one
    return _on_ray(t, 0.5 * (low + high), T, f, electrons, k)[0], 0.5 * (low + high)


@njit(cache=True, error_model="numpy")
def _centre(T, f, electrons, k):
    """Ray with the least eigenvalue of all, and that: on a grid, then by golden section."""
    best, t = math.inf, 0.0
    for j in range(int(_STEEPEST) + 1):
        value = _lowest(2.0 * j - _STEEPEST, T, f, electrons, k)[0]
        if value < best:
            best, t = value, 2.0 * j - _STEEPEST
    low, high = t - 2.0, t + 2.0
    while high - low > 1e-3:
        one, two = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        if _lowest(one, T, f, electrons, k)[0] < _lowest(two, T, f, electrons, k)[0]:
            high = two
        else:
            low = one
    t = 0.5 * (low + high)
    return t, _lowest(t, T, f, electrons, k)[0]


@njit(cache=True, error_model="numpy")
def _tip(inside, outside, T, f, electrons, k):
    """Last ray that meets the region, by bisection."""
    for _ in range(26):
        middle = 0.5 * (inside + outside)
        if _lowest(middle, T, f, electrons, k)[0] < 0.0:
            inside = middle
        else:
            outside = middle
    return inside


@njit(cache=True, error_model="numpy")
def _border(t, inside, outside, T, f, electrons, k):
    """Where a ray leaves the region, by bisection: ln n, and the direction there."""
    for _ in range(40):
        middle = 0.5 * (inside + outside)
        if _on_ray(t, middle, T, f, electrons, k)[0] < 0.0:
            inside = middle
        else:
            outside = middle
    return inside, _on_ray(t, inside, T, f, electrons, k)[1]


@njit(cache=True, error_model="numpy")
def _boundary(t, number, T, f, electrons, k):
    """Neutron density, proton density (fm^-3) and direction along the boundary around the ray t."""
    first = _tip(t, -_STEEPEST - 1.0, T, f, electrons, k)
    last = _tip(t, _STEEPEST + 1.0, T, f, electrons, k)
    result = np.empty((3, 2 * number))
    for j in range(number):
        t = 0.5 * (first + last) - 0.5 * (last - first) * math.cos(math.pi * j / (number - 1))
        _, inside = _lowest(t, T, f, electrons, k)
        for row, outside in ((j, _THINNEST), (2 * number - 1 - j, _DENSEST)):
            ln_n, direction = _border(t, inside, outside, T, f, electrons, k)
            n, odds = math.exp(ln_n), math.exp(t)
            result[0, row], result[1, row] = n / (1.0 + odds), n * odds / (1.0 + odds)
            result[2, row] = direction
    return result


@cache
def _critical_temperature(functional: str, electrons: bool, k: float) -> float:
    f = skyrme.functional(functional)

    def least(T: float) -> float:
        return float(_centre(T, f, electrons, k)[1])

    if least(COLDEST) >= 0.0:
        return 0.0
    return float(brentq(least, COLDEST, HOTTEST, xtol=1e-4, rtol=1e-6))


def spinodal(
    functional: str = "BSk25",
    temperature: float = 0.1,
    electrons: bool = False,
    wave_number: float | None = 0.0,
    number: int = 60,
) -> Spinodal:
    r"""Region of neutron and proton densities in which uniform matter is unstable.

    Its boundary is where the smaller eigenvalue of the curvature matrix is zero (Ducoin, Chomaz & Gulminelli
    2006; the matrix stands at the head of `crustlib.matter.curvature`),

    .. math:: \det\frac{\partial^2f}{\partial n_q\partial n_s} = 0.

    Parameters
    ----------
    functional : str
        One of `crustlib.matter.skyrme.available()`.
    temperature : float
        Temperature in MeV, from 0.01 to 30.
    electrons : bool
        Whether there are electrons, as many as protons.
    wave_number : float or None
        k of the ripple in fm^-1, >= 0. Zero asks thermodynamics: does matter separate into phases? None asks
        whether it is unstable to any ripple.
    number : int
        Rays n_p / n_n on which the boundary is found, from 10 to 1000; it has two points on each.

    Returns
    -------
    Spinodal
        The boundary, the direction in which matter falls apart there, and the critical temperature.

    Raises
    ------
    ValueError
        If an argument is out of range, or the functional is unknown.

    Examples
    --------
    >>> region = spinodal("BSk25", 0.1)
    >>> region.critical_temperature, float((region.neutron_density + region.proton_density).max())
    (14.215, 0.102)
    >>> spinodal("BSk25", 0.1, electrons=True).neutron_density.size  # no region
    0
    """
    f = skyrme.functional(functional)
    if not isinstance(electrons, bool | np.bool_):
        raise ValueError(f"electrons = {electrons!r}: must be True or False")
    T = float(in_range("temperature", temperature, COLDEST, HOTTEST))
    k = WORST if wave_number is None else float(non_negative("wave_number", wave_number))
    number = integer("number", number, 10, 1000)
    highest = _critical_temperature(functional, bool(electrons), k)
    t, least = _centre(T, f, bool(electrons), k) if highest > 0.0 else (0.0, 1.0)
    if least >= 0.0:
        return Spinodal(np.empty(0), np.empty(0), np.empty(0), highest)
    n_n, n_p, direction = _boundary(t, number, T, f, bool(electrons), k)
    return Spinodal(n_n, n_p, direction, highest)

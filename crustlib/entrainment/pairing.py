r"""An isotropic BCS gap in weak coupling: how it closes with temperature, and what of a fluid is normal then.

With :math:`E = \sqrt{\xi^2 + \Delta^2}` and the zero-temperature gap :math:`\Delta_0`,

.. math:: \ln\frac{\Delta_0}{\Delta} = 2\int_0^\infty\frac{d\xi}{E}\,\frac{1}{e^{E/T} + 1}, \qquad
          Y = \frac{1}{2T}\int_0^\infty\frac{d\xi}{\cosh^2(E/2T)}, \qquad
          T_c = \frac{e^\gamma}{\pi}\Delta_0 = 0.56693\,\Delta_0

(Bardeen, Cooper & Schrieffer 1957; Yosida 1958). :math:`Y` is the fraction of normal fluid, in units of the
density times the effective mass: 0 at zero temperature, 1 from :math:`T_c` on. Both are functions of
:math:`T/\Delta_0` alone as long as gap and temperature are small beside the Fermi energy.
"""

from math import exp, pi
from typing import Any

import numpy as np
from numba import njit, vectorize
from numpy.typing import ArrayLike

from crustlib.validation import elementwise, non_negative, positive

__all__ = ["gap", "normal_fraction"]

CRITICAL_TEMPERATURE = exp(np.euler_gamma) / pi
"""T_c over the gap at zero temperature."""

# xi = Delta sinh(t): the integrands fall like exp(-Delta e^t / 2T), and the trapezoidal rule converges
# faster than any power of the step. The cut is where E / T = 40.
_NODES = 64
_COLD = 0.02  # T / Delta_0 below which both integrals are under 1e-20
_CUT = 40.0


@njit(cache=True)
def _integrals(gap, temperature):
    """Compute int dxi / (E (e^(E/T) + 1)) and Y by the trapezoidal rule in t."""
    ratio = gap / temperature
    step = np.arccosh(max(1.0, _CUT / ratio) + 1.0) / _NODES
    closing, normal = 0.0, 0.0
    for i in range(_NODES + 1):
        weight = step * (0.5 if i == 0 else 1.0)
        x = ratio * np.cosh(i * step)
        closing += weight / (np.exp(x) + 1.0)
        normal += weight * 0.5 * x / np.cosh(0.5 * x) ** 2
    return closing, normal


@njit(cache=True)
def _gap(temperature, gap_0):
    """Delta (MeV) at T (MeV), zero from T_c on, by bisection."""
    if temperature <= _COLD * gap_0:
        return gap_0
    if temperature >= CRITICAL_TEMPERATURE * gap_0:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        if np.log(middle) + 2.0 * _integrals(middle * gap_0, temperature)[0] > 0.0:
            high = middle
        else:
            low = middle
    return gap_0 * 0.5 * (low + high)


@njit(cache=True)
def _normal_fraction(temperature, gap_0):
    """Y at T (MeV) of a fluid with the zero-temperature gap gap_0 (MeV)."""
    delta = _gap(temperature, gap_0)
    if delta == 0.0:
        return 1.0 if temperature > 0.0 else 0.0
    if temperature <= _COLD * gap_0:
        return 0.0
    return min(1.0, _integrals(delta, temperature)[1])


@vectorize(cache=True)
def _gap_each(temperature, gap_0):
    return _gap(temperature, gap_0)


@vectorize(cache=True)
def _normal_fraction_each(temperature, gap_0):
    return _normal_fraction(temperature, gap_0)


def gap(temperature: ArrayLike, gap_0: ArrayLike) -> Any:
    r"""Gap of a BCS superfluid at a temperature.

    The first equation at the head of this module (Bardeen, Cooper & Schrieffer 1957).

    Parameters
    ----------
    temperature : float or array_like
        Temperature in MeV, >= 0.
    gap_0 : float or array_like
        Gap at zero temperature in MeV, > 0; broadcast against `temperature`.

    Returns
    -------
    float or ndarray
        Gap in MeV, 0 from the critical temperature on, of the broadcast shape.

    Raises
    ------
    ValueError
        If an argument is out of range, not finite or not a number.

    Examples
    --------
    >>> gap(0.5 * 0.56693, 1.0)
    0.95689
    """
    return elementwise(_gap_each, _arguments(temperature, gap_0))


def normal_fraction(temperature: ArrayLike, gap_0: ArrayLike) -> Any:
    r"""Fraction of normal fluid in a BCS superfluid at a temperature.

    The second equation at the head of this module (Yosida 1958).

    Parameters
    ----------
    temperature : float or array_like
        Temperature in MeV, >= 0.
    gap_0 : float or array_like
        Gap at zero temperature in MeV, > 0; broadcast against `temperature`.

    Returns
    -------
    float or ndarray
        Y, from 0 to 1, of the broadcast shape.

    Raises
    ------
    ValueError
        If an argument is out of range, not finite or not a number.

    Examples
    --------
    >>> normal_fraction(0.5 * 0.56693, 1.0)
    0.16596
    """
    return elementwise(_normal_fraction_each, _arguments(temperature, gap_0))


def _arguments(temperature: ArrayLike, gap_0: ArrayLike) -> tuple[Any, Any]:
    return non_negative("temperature", temperature), positive("gap_0", gap_0)

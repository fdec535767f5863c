r"""How degenerate electrons screen the charge of the nuclei: the static dielectric function.

With :math:`y = k/2k_F` and the relativity parameter :math:`x_r`, both forms have one scale,

.. math:: q^2 = \left(\frac{k_\mathrm{rTF}}{2k_F}\right)^2 = \frac{\alpha}{\pi\beta}, \qquad
          \beta = \frac{v_F}{c} = \frac{x_r}{\sqrt{1 + x_r^2}},

the relativistic Thomas-Fermi wave number's, which is the random-phase approximation's at small `y`.
"""

from math import asinh, atanh, log, log1p, pi, sqrt
from typing import Any

from numba import njit, vectorize
from numpy.typing import ArrayLike

from crustlib.constants import FINE_STRUCTURE
from crustlib.validation import elementwise, positive

__all__ = ["dielectric_function", "screening_parameter", "thomas_fermi", "thomas_fermi_wave_number"]

# a_e k_F: electrons fill both spins of a Fermi sphere, and one each a sphere of radius a_e
FERMI_RADIUS = (9.0 * pi / 4.0) ** (1.0 / 3.0)


@njit(cache=True, error_model="numpy")
def _thomas_fermi_squared(x_r):
    """q^2 = (k_rTF / 2 k_F)^2 at x_r."""
    return FINE_STRUCTURE / pi * sqrt(1.0 + x_r * x_r) / x_r


@njit(cache=True, error_model="numpy")
def _thomas_fermi(x_r, y):
    """Dielectric function of Thomas and Fermi at x_r and y = k / 2 k_F."""
    return 1.0 + _thomas_fermi_squared(x_r) / (y * y)


@njit(cache=True, error_model="numpy")
def _dielectric_function(x_r, y):
    """Dielectric function of the random-phase approximation at x_r and y = k / 2 k_F."""
    # Jancovici's two logarithms, L_1 = ln|(1+y)/(1-y)| and L_2 = L_1 + 2 ln[(u + y s)/(1 + y)], have
    # coefficients that nearly cancel as x_r -> 0 and at y = 1. Here L_1 stands once, with the sum of both
    # coefficients divided by x_r^2 by hand, beside the difference L_2 - L_1, which is of order x_r^2 itself:
    # no term loses digits, and no series is needed.
    square = x_r * x_r
    s = sqrt(1.0 + square)
    u = sqrt(1.0 + square * y * y)
    if y < 0.5:
        half_log = atanh(y)
    elif y == 1.0:
        half_log = 0.0  # times 1 - y^2, in the limit
    else:
        half_log = 0.5 * log((1.0 + y) / abs(1.0 - y))
    edge = 1.0 - y * y
    first = edge * (3.0 + square * edge * (s + 2.0 * u) / (s + u)) / (s + u) * half_log / y
    ratio = y * (y / (u + 1.0) + 1.0 / (s + 1.0)) / (1.0 + y)  # [(u + y s)/(1 + y) - 1] / x_r^2
    second = u * (1.0 - 2.0 * square * y * y) * log1p(square * ratio) / (square * y)
    bracket = (2.0 * s - 2.0 * x_r * y * y * asinh(x_r) + first - second) / 3.0
    return 1.0 + FINE_STRUCTURE / (pi * x_r * y * y) * bracket


@vectorize(cache=True)
def _thomas_fermi_squared_each(x_r):
    return _thomas_fermi_squared(x_r)


@vectorize(cache=True)
def _thomas_fermi_each(x_r, y):
    return _thomas_fermi(x_r, y)


@vectorize(cache=True)
def _dielectric_function_each(x_r, y):
    return _dielectric_function(x_r, y)


def dielectric_function(x_r: ArrayLike, y: ArrayLike) -> Any:
    r"""Return the static dielectric function of a relativistic electron gas in its ground state.

    .. math:: \epsilon = 1 + \frac{\alpha}{\pi x_r y^2}\left\{\frac23\sqrt{1 + x_r^2}
              - \frac23x_ry^2\,\mathrm{arsinh}\,x_r
              + \sqrt{1 + x_r^2}\,\frac{1 + x_r^2 - 3x_r^2y^2}{6x_r^2y}\ln\left|\frac{1 + y}{1 - y}\right|
              - \sqrt{1 + x_r^2y^2}\,\frac{1 - 2x_r^2y^2}{6x_r^2y}\ln\left|
              \frac{\sqrt{1 + x_r^2y^2} + y\sqrt{1 + x_r^2}}{\sqrt{1 + x_r^2y^2} - y\sqrt{1 + x_r^2}}
              \right|\right\}

    (Jancovici 1962; Daligault & Gupta 2009, appendix B: the random-phase approximation). Rearranged in the
    kernel so that it keeps its digits for any :math:`x_r` and :math:`y`.

    Parameters
    ----------
    x_r : float or array_like
        Relativity parameter p_F / (m_e c), > 0.
    y : float or array_like
        Wave number over twice the Fermi wave number, > 0; broadcast against `x_r`.

    Returns
    -------
    float or ndarray
        Dimensionless, of the broadcast shape; > 1.

    Raises
    ------
    ValueError
        If an argument is not positive and finite, or the shapes do not broadcast.

    Examples
    --------
    >>> dielectric_function(1.0, 0.1)
    1.326042986
    """
    return elementwise(_dielectric_function_each, (positive("x_r", x_r), positive("y", y)))


def thomas_fermi(x_r: ArrayLike, y: ArrayLike) -> Any:
    r"""Return the static dielectric function in the relativistic Thomas-Fermi approximation.

    .. math:: \epsilon = 1 + \frac{q^2}{y^2}, \qquad q^2 = \frac{\alpha}{\pi\beta}

    (Daligault & Gupta 2009, below equation 43): what `dielectric_function` tends to at small `y`.

    Parameters
    ----------
    x_r, y : float or array_like
        As in `dielectric_function`.

    Returns
    -------
    float or ndarray
        Dimensionless, of the broadcast shape; > 1.

    Raises
    ------
    ValueError
        If an argument is not positive and finite, or the shapes do not broadcast.

    Examples
    --------
    >>> thomas_fermi(1.0, 0.1)
    1.3285
    """
    return elementwise(_thomas_fermi_each, (positive("x_r", x_r), positive("y", y)))


def thomas_fermi_wave_number(x_r: ArrayLike) -> Any:
    r"""Relativistic Thomas-Fermi wave number over twice the Fermi wave number.

    .. math:: q = \frac{k_\mathrm{rTF}}{2k_F} = \sqrt{\frac{\alpha}{\pi\beta}}
              = \frac{0.048196}{\sqrt\beta}

    (Daligault & Gupta 2009, below equation 43).

    Parameters
    ----------
    x_r : float or array_like
        Relativity parameter, > 0.

    Returns
    -------
    float or ndarray
        Dimensionless, of `x_r`'s shape.

    Raises
    ------
    ValueError
        If `x_r` is not positive and finite.

    Examples
    --------
    >>> thomas_fermi_wave_number(1e4)
    0.048196
    """
    return elementwise(_thomas_fermi_squared_each, (positive("x_r", x_r),)) ** 0.5


def screening_parameter(x_r: ArrayLike) -> Any:
    r"""Relativistic Thomas-Fermi wave number times the mean distance between electrons.

    .. math:: k_\mathrm{rTF}a_e = 2\left(\frac{9\pi}{4}\right)^{1/3}q = 0.185\,(1 + x_r^{-2})^{1/4}

    (Daligault & Gupta 2009, below equation 33), the Yukawa screening of their simulations. Times
    :math:`\langle Z\rangle^{1/3}` it is in units of 1/a, the ion sphere's.

    Parameters
    ----------
    x_r : float or array_like
        Relativity parameter, > 0.

    Returns
    -------
    float or ndarray
        Dimensionless, of `x_r`'s shape.

    Raises
    ------
    ValueError
        If `x_r` is not positive and finite.

    Examples
    --------
    >>> screening_parameter(1e4)
    0.18500
    """
    return 2.0 * FERMI_RADIUS * thomas_fermi_wave_number(x_r)

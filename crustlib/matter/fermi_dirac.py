r"""Fermi-Dirac integrals of half-integer order, and the inverse of the one that gives a density.

.. math:: F_j(\eta) = \frac{1}{\Gamma(j + 1)}\int_0^\infty\frac{x^j\,dx}{1 + e^{x - \eta}}, \qquad
          \frac{dF_j}{d\eta} = F_{j-1}, \qquad F_j \to e^\eta \text{ for } \eta\to-\infty

for j = -1/2, 1/2 and 3/2. Three pieces: the series in :math:`e^\eta`; Chebyshev polynomials on intervals of
length one, made on import by the trapezoidal rule (below); Sommerfeld's expansion. All keep 1e-13.

With :math:`x = t^2` the integrand is even and analytic up to :math:`t = \sqrt{\eta + i\pi}`, so that the
trapezoidal rule converges geometrically (Goodwin 1949, Proceedings of the Cambridge Philosophical Society 45,
241). The packages that offer these integrals no longer build (fdint) or cannot be called from a kernel.
"""

import math
from typing import Any

import numpy as np
from numba import njit, vectorize
from numpy.typing import ArrayLike, NDArray
from scipy.special import zeta

from crustlib.validation import elementwise, finite, positive

__all__ = ["integral", "inverse"]

_ORDERS = (-0.5, 0.5, 1.5)
_LOW, _HIGH = -2.0, 40.0  # between them polynomials, on intervals of length one
_DEGREE = 13
_STEP, _REACH = 0.04, 37.0  # of the trapezoidal rule in t; x beyond eta at which the integrand is e^-37
_TERMS = 20  # e^(-2 * 20) is below double precision


def _trapezoid(eta: NDArray[np.float64]) -> NDArray[np.float64]:
    """F_j of the three orders by the trapezoidal rule, shape (3, eta.size)."""
    t = np.arange(0.0, math.sqrt(eta.max() + _REACH), _STEP)
    occupation = 1.0 / (1.0 + np.exp(t[:, None] ** 2 - eta))
    occupation[0] *= 0.5
    powers = np.stack([t ** (2.0 * j + 1.0) / math.gamma(j + 1.0) for j in _ORDERS])
    return 2.0 * _STEP * powers @ occupation


def _polynomials() -> NDArray[np.float64]:
    """Chebyshev coefficients, shape (interval, 3, _DEGREE + 1)."""
    angles = (np.arange(_DEGREE + 1) + 0.5) * math.pi / (_DEGREE + 1)
    cosines = np.cos(np.outer(np.arange(_DEGREE + 1), angles)) * (2.0 / (_DEGREE + 1))
    cosines[0] *= 0.5
    middles = np.arange(_LOW, _HIGH) + 0.5
    nodes = (middles[:, None] + 0.5 * np.cos(angles)).ravel()
    values = _trapezoid(nodes).reshape(3, middles.size, angles.size)
    return np.ascontiguousarray(np.einsum("jin,kn->ijk", values, cosines))


def _series() -> NDArray[np.float64]:
    """Coefficients of e^(k eta), (-1)^(k + 1) k^-(j + 1), shape (3, _TERMS)."""
    k = np.arange(1.0, _TERMS + 1.0)
    return np.stack([(-1.0) ** (k + 1.0) * k ** -(j + 1.0) for j in _ORDERS])


def _sommerfeld() -> NDArray[np.float64]:
    """Coefficients of eta^(-2 m) in F_j Gamma(j + 2) / eta^(j + 1), shape (3, 12)."""
    table = np.ones((3, 12))
    for row, j in zip(table, _ORDERS, strict=True):
        falling = 1.0
        for m in range(1, row.size):
            falling *= (j + 3.0 - 2.0 * m) * (j + 2.0 - 2.0 * m)
            row[m] = 2.0 * (1.0 - 2.0 ** (1.0 - 2.0 * m)) * zeta(2.0 * m) * falling
    return table


_CHEBYSHEV = _polynomials()
_SERIES = _series()
_SOMMERFELD = _sommerfeld()
_GAMMAS = np.array([math.gamma(j + 2.0) for j in _ORDERS])


@njit(cache=True)
def _integrals(eta):
    """F_(-1/2), F_(1/2), F_(3/2) at eta."""
    if eta >= _HIGH:
        y = eta**-2.0
        low, half, high = 0.0, 0.0, 0.0
        for m in range(_SOMMERFELD.shape[1] - 1, -1, -1):
            low = low * y + _SOMMERFELD[0, m]
            half = half * y + _SOMMERFELD[1, m]
            high = high * y + _SOMMERFELD[2, m]
        root = math.sqrt(eta)
        return (
            low * root / _GAMMAS[0],
            half * root * eta / _GAMMAS[1],
            high * root * eta**2 / _GAMMAS[2],
        )
    if eta < _LOW:
        z = math.exp(eta)
        low, half, high = 0.0, 0.0, 0.0
        for k in range(_TERMS - 1, -1, -1):
            low = (low + _SERIES[0, k]) * z
            half = (half + _SERIES[1, k]) * z
            high = (high + _SERIES[2, k]) * z
        return low, half, high
    i = int(eta - _LOW)
    x = 2.0 * (eta - _LOW - i) - 1.0
    # Chebyshev polynomials by their recurrence, for the three orders at once
    before, now = 1.0, x
    low = _CHEBYSHEV[i, 0, 0] + _CHEBYSHEV[i, 0, 1] * x
    half = _CHEBYSHEV[i, 1, 0] + _CHEBYSHEV[i, 1, 1] * x
    high = _CHEBYSHEV[i, 2, 0] + _CHEBYSHEV[i, 2, 1] * x
    for k in range(2, _DEGREE + 1):
        before, now = now, 2.0 * x * now - before
        low += _CHEBYSHEV[i, 0, k] * now
        half += _CHEBYSHEV[i, 1, k] * now
        high += _CHEBYSHEV[i, 2, k] * now
    return low, half, high


@njit(cache=True)
def _eta(ln_f):
    """Return eta where ln F_(1/2) is `ln_f`, any number: densities may be below any float."""
    if ln_f < -37.0:
        return ln_f  # F = e^eta
    # Start (Nilsson 1973, Physica Status Solidi A 19, K75), within 0.01; then Newton steps of the logarithm
    f = math.exp(ln_f)
    v = (0.75 * math.sqrt(math.pi) * f) ** (2.0 / 3.0)
    ratio = -0.5 if abs(f - 1.0) < 1e-4 else ln_f / (1.0 - f * f)
    eta = ratio + v / (1.0 + (0.24 + 1.08 * v) ** -2.0)
    for _ in range(8):
        low, half, _ = _integrals(eta)
        step = (math.log(half) - ln_f) * half / low
        eta -= step
        if abs(step) < 1e-13 * max(1.0, abs(eta)):
            break
    return eta


@vectorize(cache=True)
def _integral_each(eta, index):
    low, half, high = _integrals(eta)
    return low if index == 0 else half if index == 1 else high


@vectorize(cache=True)
def _eta_each(ln_f):
    return _eta(ln_f)


def integral(order: float, eta: ArrayLike) -> Any:
    r"""Fermi-Dirac integral, normalised to :math:`e^\eta` for :math:`\eta\to-\infty`.

    .. math:: F_j(\eta) = \frac{1}{\Gamma(j + 1)}\int_0^\infty\frac{x^j\,dx}{1 + e^{x - \eta}}

    Parameters
    ----------
    order : {-0.5, 0.5, 1.5}
        j.
    eta : float or array_like
        Chemical potential over temperature, any shape.

    Returns
    -------
    float or ndarray
        F_j, dimensionless, of `eta`'s shape; to 1e-13.

    Raises
    ------
    ValueError
        If `order` is none of the three, or `eta` is not finite.

    Examples
    --------
    >>> integral(0.5, [-5.0, 0.0, 10.0]).round(7)
    array([6.7220000e-03, 7.6514700e-01, 2.4084657e+01])
    """
    if order not in _ORDERS:
        raise ValueError(f"order = {order!r}: must be one of {', '.join(map(str, _ORDERS))}")
    return elementwise(_integral_each, (finite("eta", eta),), _ORDERS.index(order))


def inverse(f: ArrayLike) -> Any:
    r"""Return the :math:`\eta` at which the Fermi-Dirac integral of order 1/2 has a given value.

    Parameters
    ----------
    f : float or array_like
        :math:`F_{1/2}`, any shape, > 0.

    Returns
    -------
    float or ndarray
        Chemical potential over temperature, of `f`'s shape.

    Raises
    ------
    ValueError
        If `f` is not finite and positive.

    Examples
    --------
    >>> inverse(integral(0.5, 3.0))
    3.0
    """
    return elementwise(_eta_each, (np.log(positive("f", f)),))

r"""The integrals over momentum transfer behind a Coulomb logarithm, by Gauss-Legendre quadrature.

With :math:`y = k/2k_F`, the structure factor `S` and the dielectric function :math:`\epsilon`, electrons
scattered elastically in Born approximation have (Daligault & Gupta 2009, equation 19)

.. math:: \ln\Lambda = \int_0^1 \frac{\mathrm dy}{y\,\epsilon^2}\left(1 - \beta^2y^2\right)S(2k_Fy), \qquad
          \beta^2 = \frac{x_r^2}{1 + x_r^2},

and the pairs of neutrinos that they emit :math:`a(y) = 1 + 2y^2\ln y/(1 - y^2)` for the bracket (equation 23,
whose printed sign would make it larger than 1). Nuclei that are not points multiply `S` with their form
factor squared. Twice the Fermi wave number is :math:`2(9\pi Z/4)^{1/3}` in units of 1/a, the ion sphere's.
"""

from collections.abc import Callable
from math import cos, log, sin
from typing import Any

import numpy as np
from numba import njit, vectorize
from numpy.typing import ArrayLike, NDArray

from crustlib.constants import ELECTRON_MASS_MEV, HBARC_MEV_FM
from crustlib.transport.bridge import GAMMA_BRIDGE
from crustlib.transport.screening import FERMI_RADIUS, _dielectric_function
from crustlib.transport.structure import amorphous_structure_factor
from crustlib.validation import elementwise, finite, in_range, non_negative, positive

__all__ = ["coulomb_integral", "coulomb_integrand", "form_factor"]

CHARGE_RADIUS_FM = 1.15  # times A^(1/3): below equation (21)

_NODES_PER_HALF = 64


def _two_halves() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Nodes and weights on [0, 1], Gauss-Legendre on each half."""
    nodes, weights = np.polynomial.legendre.leggauss(_NODES_PER_HALF)
    return np.concatenate([1.0 + nodes, 3.0 + nodes]) / 4.0, np.concatenate([weights, weights]) / 4.0


NODES, WEIGHTS = _two_halves()


@njit(cache=True)
def _form_factor(z):
    """Form factor of a uniform sphere at z = k R."""
    if z < 0.1:
        return 1.0 - z * z / 10.0 * (1.0 - z * z / 28.0 * (1.0 - z * z / 54.0))
    return 3.0 * (sin(z) - z * cos(z)) / z**3


@vectorize(cache=True)
def _form_factor_each(k, A):
    return _form_factor(k * CHARGE_RADIUS_FM * A ** (1.0 / 3.0))


@vectorize(cache=True)
def _coulomb_integrand_each(y, x_r, structure):
    beta_squared = x_r * x_r / (1.0 + x_r * x_r)
    return (1.0 - beta_squared * y * y) * structure / (y * _dielectric_function(x_r, y) ** 2)


@njit(cache=True, error_model="numpy")
def _logarithms(x_r, structure, size, nodes, weights):
    """Integrals over `structure`, S at `nodes`: elastic, of the neutrinos, and elastic with 1/y^2 besides.

    `size` is 2 k_F R, of nuclei of radius R.
    """
    beta_squared = x_r * x_r / (1.0 + x_r * x_r)
    elastic = neutrino = small_angle = 0.0
    for i in range(nodes.size):
        y = nodes[i]
        square = y * y
        epsilon = _dielectric_function(x_r, y)
        common = weights[i] * structure[i] * _form_factor(size * y) ** 2 / (y * epsilon * epsilon)
        elastic += common * (1.0 - beta_squared * square)
        neutrino += common * (1.0 + 2.0 * square / (1.0 - square) * log(y))
        small_angle += common * (1.0 - beta_squared * square) / square
    return elastic, neutrino, small_angle


@njit(cache=True)
def _nuclear_size(x_r, A):
    """2 k_F R of nuclei of mass number A at x_r."""
    return 2.0 * x_r * ELECTRON_MASS_MEV / HBARC_MEV_FM * CHARGE_RADIUS_FM * A ** (1.0 / 3.0)


def form_factor(k: ArrayLike, A: ArrayLike) -> Any:
    r"""Form factor of a nucleus whose protons fill a sphere evenly.

    .. math:: F = \frac{3}{(kR)^3}\left[\sin kR - kR\cos kR\right], \qquad R = 1.15A^{1/3}\ \mathrm{fm}

    (Daligault & Gupta 2009, equation 21; Kaminker et al. 1999).

    Parameters
    ----------
    k : float or array_like
        Wave number in fm^-1, >= 0.
    A : float or array_like
        Mass number, >= 1; broadcast against `k`.

    Returns
    -------
    float or ndarray
        Dimensionless, of the broadcast shape; 1 at k = 0.

    Raises
    ------
    ValueError
        If an argument is out of range, not finite or not a number.

    Examples
    --------
    >>> form_factor(0.1, 64) ** 2
    0.95844
    """
    return elementwise(_form_factor_each, (non_negative("k", k), in_range("A", A, 1.0, np.inf)))


def coulomb_integrand(y: ArrayLike, x_r: ArrayLike, structure: ArrayLike = 1.0) -> Any:
    r"""Integrand of the Coulomb logarithm over y = k / 2 k_F.

    .. math:: \frac{\mathrm d\ln\Lambda}{\mathrm dy} = \frac{1 - \beta^2y^2}{y\,\epsilon^2(y)}S

    (Daligault & Gupta 2009, equation 19).

    Parameters
    ----------
    y : float or array_like
        Momentum transfer over 2 k_F, in (0, 1].
    x_r : float or array_like
        Relativity parameter, > 0.
    structure : float or array_like
        Structure factor at `y`, >= 0; all three broadcast.

    Returns
    -------
    float or ndarray
        Dimensionless, of the broadcast shape.

    Raises
    ------
    ValueError
        If an argument is out of range, not finite or not a number.

    Examples
    --------
    >>> coulomb_integrand(0.5, 10.0)
    1.4862
    """
    y, x_r = positive("y", in_range("y", y, 0.0, 1.0)), positive("x_r", x_r)
    return elementwise(_coulomb_integrand_each, (y, x_r, non_negative("structure", structure)))


def coulomb_integral(
    structure: Callable[[NDArray[np.float64]], ArrayLike], Z: float, x_r: float, A: float | None = None
) -> float:
    r"""Coulomb logarithm of any plasma whose structure factor is known.

    .. math:: \ln\Lambda = \int_0^{2k_F}\mathrm dk\,k^3\left|\frac{v(k)}{\epsilon(k)}\right|^2
              \left[1 - \beta^2\left(\frac{k}{2k_F}\right)^2\right]S(k)

    (Daligault & Gupta 2009, equation 19; 64 + 64 Gauss-Legendre nodes).

    Parameters
    ----------
    structure : callable
        Takes wave numbers in units of 1/a, up to 2 k_F a = 3.838 Z^(1/3), and returns S there: an array, or
        one number for all.
    Z : float
        Mean charge <Z> of the nuclei, > 0.
    x_r : float
        Relativity parameter, > 0.
    A : float, optional
        Mass number of nuclei that are not points, >= 1: `structure` is multiplied with `form_factor` squared.

    Returns
    -------
    float
        Dimensionless.

    Raises
    ------
    ValueError
        If an argument is out of range, or the structure factor is not finite.

    Examples
    --------
    >>> coulomb_integral(lambda k: k**2 / (k**2 + 3 * 0.01), Z=1, x_r=1.0)
    1.9531
    """
    Z, x_r = positive("Z", Z), positive("x_r", x_r)
    size = 0.0 if A is None else _nuclear_size(x_r, in_range("A", A, 1.0, np.inf))
    values = finite("structure", structure(_wave_numbers(Z) * NODES))
    return _logarithms(x_r, np.broadcast_to(values, NODES.shape), size, NODES, WEIGHTS)[0]


def _wave_numbers(Z: Any) -> Any:
    """2 k_F in units of 1/a for nuclei of charge Z."""
    return 2.0 * FERMI_RADIUS * np.cbrt(Z)


def _flat(**arguments: Any) -> tuple[list[Any], tuple[int, ...]]:
    """Arguments as flat arrays of one length, None as None, and the shape that they broadcast to."""
    arrays = {name: np.asarray(finite(name, v)) for name, v in arguments.items() if v is not None}
    try:
        shape = np.broadcast_shapes(*(v.shape for v in arrays.values()))
    except ValueError:
        shapes = ", ".join(f"{name} {v.shape}" for name, v in arrays.items())
        raise ValueError(f"shapes are {shapes}: must broadcast") from None
    flat = {name: np.broadcast_to(v, shape).ravel() for name, v in arrays.items()}
    return [flat.get(name) for name in arguments], shape


def _by_integral(Z: Any, gamma: Any, x_r: Any, A: Any) -> NDArray[np.float64]:
    """Elastic, neutrino and small-angle logarithms of flat arrays, a row each."""
    Z, gamma = in_range("Z", Z, 1.0, np.inf), in_range("gamma", gamma, 0.001, np.inf)
    x_r = positive("x_r", x_r)
    size = np.zeros(Z.size) if A is None else _nuclear_size(x_r, in_range("A", A, 1.0, np.inf))
    result = np.empty((Z.size, 3))
    last = np.minimum(gamma, GAMMA_BRIDGE)  # the structure stays as it is there
    for coupling in np.unique(last):
        same = np.flatnonzero(last == coupling)
        wave_numbers = _wave_numbers(Z[same])[:, np.newaxis] * NODES
        structure, _ = amorphous_structure_factor(wave_numbers, float(coupling))
        for i, S in zip(same, structure, strict=True):
            result[i] = _logarithms(x_r[i], S, size[i], NODES, WEIGHTS)
    return result

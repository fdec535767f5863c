r"""Coulomb logarithms of plasmas with one kind of nucleus, and of impurities.

Electrons are scattered at the rate :math:`\nu = \nu_0\ln\Lambda` (Daligault & Gupta 2009, equations 9, 10).
Four methods: the integral over the structure factor, a table of it, and the analytic fit of that paper,
corrected or as printed. Born approximation, and no scattering of electrons by electrons, which matters for
Z <= 6.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from crustlib.transport import coulomb_fit
from crustlib.transport.coulomb_quadrature import NODES, WEIGHTS, _by_integral, _flat, _logarithms
from crustlib.transport.coulomb_table import _by_table
from crustlib.validation import in_range, non_negative, one_of, positive

__all__ = ["METHODS", "coulomb_logarithm", "impurity_logarithm", "inelastic_logarithms"]

METHODS = ("table", "integral", "fit", "fit-as-printed")
"""Names of the methods."""


def coulomb_logarithm(
    Z: ArrayLike, gamma: ArrayLike, x_r: ArrayLike, method: str = "table", A: ArrayLike | None = None
) -> Any:
    r"""Coulomb logarithm of electrons among one kind of nuclei, liquid or amorphous.

    .. math:: \ln\Lambda = \int_0^{2k_F}\mathrm dk\,k^3\left|\frac{v(k)}{\epsilon(k)}\right|^2\left[1 -
              \frac{x_r^2}{1 + x_r^2}\left(\frac{k}{2k_F}\right)^2\right]S(k), \qquad v(k) = \frac1{k^2}

    (Daligault & Gupta 2009, equation 19), with :math:`\epsilon` of the random-phase approximation and
    :math:`S` from `crustlib.transport.structure`: beyond :math:`\Gamma = 225` the structure stays as it is
    there. Elastic scattering, so that one logarithm serves both conductivities.

    Parameters
    ----------
    Z : float or array_like
        Charge number.
    gamma : float or array_like
        Coupling parameter of the nuclei.
    x_r : float or array_like
        Relativity parameter of the electrons.
    method : {"table", "integral", "fit", "fit-as-printed"}
        "table": 1 <= Z <= 60, 0.01 <= gamma <= 1e6, 0.01 <= x_r <= 1000; within 0.3 % of the
        integral, 0.02 % in the mean.
        "integral": Z >= 1, gamma >= 0.001, x_r > 0. "fit" (equation 42, corrected): 1 <= Z <= 60,
        10 <= gamma <= 1000 (225 if Z < 2), 1 <= x_r <= 1000; within 12 % of the integral.
        "fit-as-printed": where the paper claims it, 10 <= gamma, 1 <= x_r <= 1000.
    A : float or array_like, optional
        Mass number, >= 1, of nuclei that are not points: :math:`S` is multiplied with `form_factor` squared.
        The table reaches to 2 k_F R = 10; the fits have no such option. All arrays broadcast.

    Returns
    -------
    float or ndarray
        Dimensionless, of the broadcast shape.

    Raises
    ------
    ValueError
        If an argument is outside the method's range, the method is unknown, the method does not know nuclear
        sizes, or the shapes do not broadcast.
    ConvergenceError
        If method "integral" finds no structure factor.

    Examples
    --------
    >>> print(coulomb_logarithm(26, [10, 40, 100], 10).round(3))
    [1.026 0.929 0.898]
    >>> coulomb_logarithm(30, 500, 39.5, A=87) / coulomb_logarithm(30, 500, 39.5) - 1
    -0.051
    """
    one_of("method", method, METHODS)
    (Z, gamma, x_r, A), shape = _flat(Z=Z, gamma=gamma, x_r=x_r, A=A)
    if method == "table":
        result = _by_table("elastic", Z, gamma, x_r, A)
    elif method == "integral":
        result = _by_integral(Z, gamma, x_r, A)[:, 0]
    else:
        result = _by_fit(Z, gamma, x_r, A, method)
    return result.reshape(shape) if shape else float(result[0])


def impurity_logarithm(x_r: ArrayLike) -> Any:
    r"""Coulomb logarithm of charges that know nothing of each other, such as impurities of a crystal.

    .. math:: \ln\Lambda_\mathrm{imp} = \int_0^{2k_F}\mathrm dk\,k^3\left|\frac{v(k)}{\epsilon(k)}\right|^2
              \left[1 - \frac{x_r^2}{1 + x_r^2}\left(\frac{k}{2k_F}\right)^2\right]

    (Daligault & Gupta 2009, equation 27), with :math:`\epsilon` of the random-phase approximation.

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
    >>> impurity_logarithm(5.0)
    2.07004
    """
    speeds = np.asarray(positive("x_r", x_r))
    everywhere = np.ones_like(NODES)
    result = [_logarithms(speed, everywhere, 0.0, NODES, WEIGHTS)[0] for speed in speeds.ravel()]
    return np.reshape(result, speeds.shape) if speeds.ndim else float(result[0])


def inelastic_logarithms(Z: ArrayLike, gamma: ArrayLike, x_r: ArrayLike, quantum: ArrayLike) -> Any:
    r"""Coulomb logarithms of the two conductivities where nuclei give and take quanta of one frequency.

    All fluctuations oscillate with :math:`\omega_p` here; in thermal balance
    :math:`S(k, -\omega) = e^{-z}S(k, \omega)` with :math:`z = \hbar\omega_p/k_BT`, so that

    .. math:: \frac{S_\sigma(k)}{S(k)} = \frac{z}{\sinh z}, \qquad
              \frac{S_\kappa(k)}{S_\sigma(k)} = 1 + \frac{z^2}{\pi^2}\left(\frac{3k_F^2}{k^2} - \frac12\right)

    (Daligault & Gupta 2009, between equations 15 and 16, with the :math:`1/\pi^2` that they lack and
    :math:`n(z) = 1/(e^z - 1)`). How Wiedemann and Franz's law fails below the plasma temperature; the
    structure factor itself stays classical, so that the size there is a sketch.

    Parameters
    ----------
    Z, gamma, x_r : float or array_like
        As in `coulomb_logarithm` with method "integral".
    quantum : float or array_like
        T_p / T, >= 0; all four broadcast.

    Returns
    -------
    sigma, kappa : float or ndarray
        ln Lambda of the electrical and of the thermal conductivity, of the broadcast shape.

    Raises
    ------
    ValueError
        If an argument is out of range, or the shapes do not broadcast.
    ConvergenceError
        If no structure factor is found.

    Examples
    --------
    >>> sigma, kappa = inelastic_logarithms(26, 100, 10, [0.0, 1.0, 3.0])
    >>> print((kappa / sigma).round(2))
    [1.   1.43 4.9 ]
    """
    (Z, gamma, x_r, z), shape = _flat(Z=Z, gamma=gamma, x_r=x_r, quantum=non_negative("quantum", quantum))
    elastic, _, small_angle = _by_integral(Z, gamma, x_r, None).T
    with np.errstate(invalid="ignore"):  # 0 / 0, which is 1
        frozen = np.where(z > 0.0, 2.0 * z * np.exp(-z) / -np.expm1(-2.0 * z), 1.0)
    share = (z / np.pi) ** 2
    sigma = frozen * elastic
    kappa = sigma * (1.0 - 0.5 * share) + frozen * 0.75 * share * small_angle
    return tuple(v.reshape(shape) if shape else float(v[0]) for v in (sigma, kappa))


def _by_fit(Z: Any, gamma: Any, x_r: Any, A: Any, method: str) -> NDArray[np.float64]:
    """Coulomb logarithms of flat arrays by either fit."""
    if A is not None:
        raise ValueError(f"A is given: must be None with method {method!r}, which knows points only")
    printed = method == "fit-as-printed"
    low, high = coulomb_fit.GAMMA_RANGE
    Z = in_range("Z", Z, *coulomb_fit.Z_RANGE)
    gamma = in_range("gamma", gamma, low, np.inf if printed else high)
    if not printed and (beyond := (Z < 2.0) & (gamma > coulomb_fit.GAMMA_MAX_HYDROGEN)).any():
        in_range("gamma (Z < 2)", gamma[beyond][0], low, coulomb_fit.GAMMA_MAX_HYDROGEN)
    return coulomb_fit._each_fit(Z, gamma, in_range("x_r", x_r, *coulomb_fit.X_R_RANGE), printed)

r"""Pairs of neutrinos that electrons emit when nuclei deflect them."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import constants as _si

from crustlib.constants import (
    E2_MEV_FM,
    HBARC_MEV_FM,
    MEV_IN_ERG,
    MEV_IN_KELVIN,
    PER_FM3_IN_PER_CM3,
    SPEED_OF_LIGHT_CM_S,
)
from crustlib.transport.coulomb_quadrature import _by_integral, _flat
from crustlib.transport.coulomb_table import _by_table
from crustlib.transport.plasma import parameters
from crustlib.validation import one_of

__all__ = ["neutrino_bremsstrahlung", "neutrino_logarithm"]

FERMI_COUPLING_MEV_FM3 = _si.value("Fermi coupling constant") * 1e-6 * HBARC_MEV_FM**3
"""G_F in MeV fm^3; CODATA gives G_F / (hbar c)^3 in GeV^-2."""

C_PLUS_SQUARED = 1.675  # below equation (23): electron, muon and tau neutrinos
_FM_PER_CM = 1e13


def neutrino_logarithm(
    Z: ArrayLike, gamma: ArrayLike, x_r: ArrayLike, method: str = "table", A: ArrayLike | None = None
) -> Any:
    r"""Coulomb logarithm of the bremsstrahlung of neutrino pairs, among one kind of nuclei.

    .. math:: \ln\Lambda_\nu = \int_0^{2k_F}\mathrm dk\,k^3\left|\frac{v(k)}{\epsilon(k)}\right|^2
              \left[1 + \frac{2y^2}{1 - y^2}\ln y\right]S(k), \qquad y = \frac{k}{2k_F}

    (Daligault & Gupta 2009, equation 23 with the sign of Haensel, Kaminker & Yakovlev 1996). Relativistic
    electrons; the thermal width of their Fermi surface is left out, as below 6e8 K.

    Parameters
    ----------
    Z, gamma, x_r : float or array_like
        As in `coulomb_logarithm`.
    method : {"table", "integral"}
        As there.
    A : float or array_like, optional
        As there.

    Returns
    -------
    float or ndarray
        Dimensionless, of the broadcast shape.

    Raises
    ------
    ValueError
        If an argument is outside the method's range, the method is unknown or the shapes do not broadcast.
    ConvergenceError
        If method "integral" finds no structure factor.

    Examples
    --------
    >>> neutrino_logarithm(26, 80.4, 7.81)
    0.666
    """
    one_of("method", method, ("table", "integral"))
    (Z, gamma, x_r, A), shape = _flat(Z=Z, gamma=gamma, x_r=x_r, A=A)
    if method == "table":
        result = _by_table("neutrino", Z, gamma, x_r, A)
    else:
        result = _by_integral(Z, gamma, x_r, A)[:, 1]
    return result.reshape(shape) if shape else float(result[0])


def neutrino_bremsstrahlung(
    density: ArrayLike,
    temperature: ArrayLike,
    Z: ArrayLike,
    A: ArrayLike,
    x: ArrayLike,
    form_factor: bool = False,
) -> Any:
    r"""Energy that pairs of neutrinos carry away when electrons pass nuclei.

    .. math:: Q = \frac{8\pi G_F^2C_+^2e^4}{567\,\hbar^9c^8}(k_BT)^6\,n\langle Z^2\rangle\ln\Lambda_\nu,
              \qquad \langle Z^2\rangle\ln\Lambda_\nu = \sum_j x_jZ_j^2\ln\Lambda_\nu(Z_j, \Gamma_j, x_r)

    (Daligault & Gupta 2009, equation 22, where :math:`G_F` lacks its square and :math:`n` is missing;
    mixtures by their equation 30). From `neutrino_logarithm`, method "table".

    Parameters
    ----------
    density, temperature, Z, A, x : float or array_like
        A mixture in g cm^-3 and K, as in `parameters`.
    form_factor : bool
        Whether nuclei have the size of their A.

    Returns
    -------
    float or ndarray
        Emissivity in erg cm^-3 s^-1, of the layers' shape.

    Raises
    ------
    ValueError
        If an argument is out of range, or gamma, x_r or Z leaves the table.

    Examples
    --------
    >>> f"{neutrino_bremsstrahlung(1e9, 5e8, [26], [56], [1.0]):.3g} erg cm^-3 s^-1"
    '4.06e+13 erg cm^-3 s^-1'
    """
    plasma = parameters(density, temperature, Z, A, x)
    charges, fractions = np.atleast_1d(Z).astype(float), np.atleast_1d(x)
    x_r = np.asarray(plasma.x_r)[..., np.newaxis]
    logarithm = neutrino_logarithm(charges, plasma.gamma_j, x_r, A=A if form_factor else None)
    squares = (fractions * charges**2 * logarithm).sum(-1)  # <Z^2> ln Lambda
    T = np.asarray(temperature) / MEV_IN_KELVIN
    coupling = 8.0 * np.pi * FERMI_COUPLING_MEV_FM3**2 * C_PLUS_SQUARED * E2_MEV_FM**2 / 567.0
    per_volume = coupling / HBARC_MEV_FM**9 * T**6 * plasma.number_density * squares  # MeV fm^-4
    rate = per_volume * SPEED_OF_LIGHT_CM_S * _FM_PER_CM * MEV_IN_ERG * PER_FM3_IN_PER_CM3
    return rate if np.ndim(rate) else float(rate)

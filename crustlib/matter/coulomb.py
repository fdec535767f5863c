r"""The Coulomb lattice of nuclei: its energy, its share in reactions, and the plasma's derived scales.

A body-centred cubic lattice in a uniform background of electrons, mixtures by the linear mixing rule
(Haensel, Potekhin & Yakovlev 2007, chapter 2). Nuclei i have charge :math:`Z_i`, mass number :math:`A_i` and
density :math:`n_i`; :math:`n_e = \sum_i n_iZ_i`. A composition enters the lattice energy through one number,
its :math:`Z^{5/3}` per electron, :math:`z_{53} = \sum_i n_iZ_i^{5/3}/n_e`:

.. math:: \varepsilon_L = -C\,n_e^{4/3}z_{53}, \qquad P_L = \varepsilon_L/3, \qquad
          C = 0.895929\,e^2\left(\frac{4\pi}{3}\right)^{1/3}

In reactions a nucleus gains :math:`\partial\varepsilon_L/\partial n_i` at fixed :math:`n_e`, an electron
:math:`\partial\varepsilon_L/\partial n_e` at fixed :math:`n_i`; together they balance,
:math:`\sum_i n_i\Delta\mu_i + n_e\Delta\mu_e - \varepsilon_L = P_L`.

Temperatures are in MeV. Charges may be fractional, as those of published mean crusts are. The kernels take
floats, or arrays of one shape, alike.
"""

from math import pi
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import ArrayLike

from crustlib.constants import ATOMIC_MASS_UNIT_MEV, E2_MEV_FM, HBARC_MEV_FM
from crustlib.matter.composition import _composition, _mean, _plain, impurity_parameter, z53
from crustlib.validation import elementwise, non_negative, positive

__all__ = [
    "GAMMA_MELTING",
    "LATTICE_C_MEV_FM",
    "MADELUNG_BCC",
    "electron_coupling",
    "electron_shift",
    "impurity_parameter",
    "ion_coupling",
    "lattice_energy_density",
    "lattice_pressure",
    "mean_coupling",
    "melting_temperature",
    "nucleus_shift",
    "plasma_temperature",
    "z53",
]

MADELUNG_BCC = 0.895929255682
"""Minus the energy per ion of a bcc Coulomb crystal in units of (Z e)^2 / a, a the ion-sphere radius.

Baiko, Potekhin & Yakovlev 2001, Physical Review E 64, 057402.
"""

LATTICE_C_MEV_FM = MADELUNG_BCC * E2_MEV_FM * (4.0 * pi / 3.0) ** (1.0 / 3.0)
"""C of the lattice energy density, -C n_e^(4/3) z53, in MeV fm."""

GAMMA_MELTING = 175.0
"""Coupling parameter at which a one-component classical crystal melts (Potekhin & Chabrier 2000)."""


@njit(cache=True)
def _lattice_energy_density(n_e, z53):
    """eps_L (MeV fm^-3) at n_e (fm^-3) and z53, the Z^(5/3) per electron."""
    return -LATTICE_C_MEV_FM * n_e ** (4.0 / 3.0) * z53


@njit(cache=True)
def _lattice_pressure(n_e, z53):
    """P_L (MeV fm^-3) at n_e (fm^-3) and z53."""
    return _lattice_energy_density(n_e, z53) / 3.0


@njit(cache=True)
def _nucleus_shift(n_e, charge):
    """Chemical potential (MeV) that the lattice gives a nucleus of this charge at n_e (fm^-3)."""
    return -LATTICE_C_MEV_FM * charge ** (5.0 / 3.0) * n_e ** (1.0 / 3.0)


@njit(cache=True)
def _electron_shift(n_e, z53):
    """Chemical potential (MeV) that the lattice gives an electron at n_e (fm^-3) and z53."""
    return -LATTICE_C_MEV_FM / 3.0 * z53 * n_e ** (1.0 / 3.0)


@njit(cache=True, error_model="numpy")
def _electron_coupling(n_e, temperature):
    """Gamma_e at n_e (fm^-3) and a temperature (MeV)."""
    return E2_MEV_FM * (4.0 * pi / 3.0 * n_e) ** (1.0 / 3.0) / temperature


@njit(cache=True, error_model="numpy")
def _ion_coupling(n_e, temperature, charge):
    """Gamma of ions of one charge at n_e (fm^-3) and a temperature (MeV)."""
    return _electron_coupling(n_e, temperature) * charge ** (5.0 / 3.0)


def lattice_energy_density(n_e: ArrayLike, z53: ArrayLike) -> Any:
    r"""Energy density of the Coulomb lattice.

    .. math:: \varepsilon_L = -C\,n_e^{4/3}z_{53}

    (Haensel, Potekhin & Yakovlev 2007, chapter 2; linear mixing).

    Parameters
    ----------
    n_e : float or array_like
        Electron density in fm^-3, >= 0.
    z53 : float or array_like
        Sum of n_i Z_i^(5/3) over n_e, >= 0: Z^(2/3) for one component, or `z53` of a composition. Broadcast
        against `n_e`.

    Returns
    -------
    float or ndarray
        Energy density in MeV fm^-3, of the broadcast shape; negative.

    Raises
    ------
    ValueError
        If an argument is negative, not finite or not a number.

    Examples
    --------
    >>> lattice_energy_density(1e-5, 26 ** (2 / 3))
    -3.9322e-06
    """
    return elementwise(_lattice_energy_density, (non_negative("n_e", n_e), non_negative("z53", z53)))


def lattice_pressure(n_e: ArrayLike, z53: ArrayLike) -> Any:
    r"""Pressure of the Coulomb lattice, a third of its energy density.

    .. math:: P_L = \varepsilon_L/3

    Parameters
    ----------
    n_e, z53 : float or array_like
        As in `lattice_energy_density`.

    Returns
    -------
    float or ndarray
        Pressure in MeV fm^-3, of the broadcast shape; negative.

    Raises
    ------
    ValueError
        If an argument is negative, not finite or not a number.

    Examples
    --------
    >>> lattice_pressure(1e-5, 26 ** (2 / 3))
    -1.3107e-06
    """
    return elementwise(_lattice_pressure, (non_negative("n_e", n_e), non_negative("z53", z53)))


def nucleus_shift(n_e: ArrayLike, charge: ArrayLike) -> Any:
    r"""Shift of a nucleus's chemical potential by the lattice.

    .. math:: \Delta\mu_i = -C\,Z_i^{5/3}n_e^{1/3}

    Parameters
    ----------
    n_e : float or array_like
        Electron density in fm^-3, >= 0.
    charge : float or array_like
        Charge number Z_i, >= 0; broadcast against `n_e`.

    Returns
    -------
    float or ndarray
        Shift in MeV, of the broadcast shape; negative.

    Raises
    ------
    ValueError
        If an argument is negative, not finite or not a number.

    Examples
    --------
    >>> nucleus_shift(1e-5, 26)
    -10.224
    """
    return elementwise(_nucleus_shift, (non_negative("n_e", n_e), non_negative("charge", charge)))


def electron_shift(n_e: ArrayLike, z53: ArrayLike) -> Any:
    r"""Shift of the electron's chemical potential by the lattice.

    .. math:: \Delta\mu_e = -\frac{C}{3}\sum_i n_iZ_i^{5/3}\,n_e^{-2/3} = -\frac{C}{3}z_{53}\,n_e^{1/3}

    Parameters
    ----------
    n_e, z53 : float or array_like
        As in `lattice_energy_density`.

    Returns
    -------
    float or ndarray
        Shift in MeV, of the broadcast shape; negative.

    Raises
    ------
    ValueError
        If an argument is negative, not finite or not a number.

    Examples
    --------
    >>> electron_shift(1e-5, 26 ** (2 / 3))
    -0.13107
    """
    return elementwise(_electron_shift, (non_negative("n_e", n_e), non_negative("z53", z53)))


def electron_coupling(n_e: ArrayLike, temperature: ArrayLike) -> Any:
    r"""Electron coupling parameter.

    .. math:: \Gamma_e = \frac{e^2}{a_eT}, \qquad a_e = \left(\frac{3}{4\pi n_e}\right)^{1/3}

    (Haensel, Potekhin & Yakovlev 2007, chapter 2).

    Parameters
    ----------
    n_e : float or array_like
        Electron density in fm^-3, >= 0.
    temperature : float or array_like
        Temperature in MeV, > 0; broadcast against `n_e`.

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
    >>> electron_coupling(1e-5, 0.05)
    1.0002
    """
    n_e, temperature = non_negative("n_e", n_e), positive("temperature", temperature)
    return elementwise(_electron_coupling, (n_e, temperature))


def ion_coupling(n_e: ArrayLike, temperature: ArrayLike, charge: ArrayLike) -> Any:
    r"""Coupling parameter of ions of one charge.

    .. math:: \Gamma_i = \Gamma_e Z_i^{5/3}

    (Haensel, Potekhin & Yakovlev 2007, chapter 2), the :math:`(Z_ie)^2/(a_iT)` of their own ion spheres.

    Parameters
    ----------
    n_e : float or array_like
        Electron density in fm^-3, >= 0.
    temperature : float or array_like
        Temperature in MeV, > 0.
    charge : float or array_like
        Charge number, > 0; all three broadcast against each other.

    Returns
    -------
    float or ndarray
        Dimensionless, of the broadcast shape.

    Raises
    ------
    ValueError
        If an argument is out of range, not finite or not a number, or the shapes do not broadcast.

    Examples
    --------
    >>> ion_coupling(1e-5, 0.05, 26)
    228.23
    """
    n_e, temperature = non_negative("n_e", n_e), positive("temperature", temperature)
    return elementwise(_ion_coupling, (n_e, temperature, positive("charge", charge)))


def mean_coupling(
    n_e: ArrayLike, temperature: ArrayLike, charge: ArrayLike, number_density: ArrayLike
) -> Any:
    r"""Coupling parameter of a mixture of ions.

    .. math:: \Gamma = \Gamma_e\langle Z^{5/3}\rangle, \qquad
              \langle Z^{5/3}\rangle = \frac{\sum_i n_iZ_i^{5/3}}{\sum_i n_i}

    (Haensel, Potekhin & Yakovlev 2007, chapter 2).

    Parameters
    ----------
    n_e : float or array_like
        Electron density in fm^-3, >= 0.
    temperature : float or array_like
        Temperature in MeV, > 0.
    charge, number_density : float or array_like
        A composition, as in `z53`; what is left without its last axis broadcasts against `n_e`.

    Returns
    -------
    float or ndarray
        Dimensionless, of the broadcast shape.

    Raises
    ------
    ValueError
        If an argument is out of range, the shapes do not broadcast, or a composition holds no nuclei.

    Examples
    --------
    >>> mean_coupling(1e-5, 0.05, [26, 20], [1.0, 1.0])
    187.81
    """
    charges, density = _composition(charge, number_density)
    # Ions that have the mean Z^(5/3) have the mean coupling
    return ion_coupling(n_e, temperature, _mean(charges ** (5 / 3), density) ** (3 / 5))


def melting_temperature(
    n_e: ArrayLike, charge: ArrayLike, number_density: ArrayLike, gamma_melting: float = GAMMA_MELTING
) -> Any:
    r"""Temperature at which a classical Coulomb crystal melts.

    .. math:: T_m = \frac{e^2\langle Z^{5/3}\rangle}{a_e\Gamma_m}

    (Haensel, Potekhin & Yakovlev 2007, chapter 2): where `mean_coupling` equals :math:`\Gamma_m`.

    Parameters
    ----------
    n_e : float or array_like
        Electron density in fm^-3, >= 0.
    charge, number_density : float or array_like
        A composition, as in `z53`; what is left without its last axis broadcasts against `n_e`.
    gamma_melting : float
        Coupling parameter at melting, > 0.

    Returns
    -------
    float or ndarray
        Temperature in MeV, of the broadcast shape.

    Raises
    ------
    ValueError
        If an argument is out of range, the shapes do not broadcast, or a composition holds no nuclei.

    Examples
    --------
    >>> melting_temperature(1e-5, 26, 1.0)
    0.065208
    """
    # The coupling parameter goes as 1/T: at 1 MeV it is Gamma_m T_m
    return mean_coupling(n_e, 1.0, charge, number_density) / positive("gamma_melting", gamma_melting)


def plasma_temperature(charge: ArrayLike, mass_number: ArrayLike, number_density: ArrayLike) -> Any:
    r"""Ion plasma temperature, below which quantum effects rule the motion of the nuclei.

    .. math:: T_p = \hbar\omega_p = \left[4\pi e^2(\hbar c)^2
              \sum_i\frac{n_iZ_i^2}{A_im_uc^2}\right]^{1/2}

    (Haensel, Potekhin & Yakovlev 2007, chapter 2, summed over a mixture's ions; masses A_i m_u).

    Parameters
    ----------
    charge : float or array_like
        Charge numbers Z_i, > 0; the last axis runs over nuclides.
    mass_number : float or array_like
        Mass numbers A_i, > 0, of `charge`'s shape; what moves with a nucleus, if free neutrons bind to it.
    number_density : float or array_like
        Number densities n_i in fm^-3, >= 0; the last axis runs over nuclides.

    Returns
    -------
    float or ndarray
        Temperature in MeV, of the broadcast shape without its last axis.

    Raises
    ------
    ValueError
        If an argument is out of range, the shapes do not broadcast, or a composition holds no nuclei.

    Examples
    --------
    >>> plasma_temperature(26, 56, 1e-5 / 26)
    0.059261
    """
    charges, density = _composition(charge, number_density)
    masses = np.atleast_1d(positive("mass_number", mass_number)) * ATOMIC_MASS_UNIT_MEV
    if masses.shape != np.shape(np.atleast_1d(charge)):
        raise ValueError(
            f"mass_number has shape {masses.shape}: must have charge's, {np.atleast_1d(charge).shape}"
        )
    return _plain(np.sqrt(4.0 * pi * E2_MEV_FM * HBARC_MEV_FM**2 * (density * charges**2 / masses).sum(-1)))

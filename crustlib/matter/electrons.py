r"""Ideal electrons at zero temperature, of any degree of relativity, rest mass included.

With the relativity parameter :math:`x_r = \hbar c (3\pi^2 n_e)^{1/3}/m_e` (Salpeter 1961; Haensel, Potekhin &
Yakovlev 2007, chapter 2)

.. math:: \mu_e = m_e\sqrt{1 + x_r^2}, \qquad
          P = \frac{m_e^4}{24\pi^2(\hbar c)^3}
              \left[x_r(2x_r^2 - 3)\sqrt{1 + x_r^2} + 3\,\mathrm{arsinh}\,x_r\right], \qquad
          \varepsilon = n_e\mu_e - P.

The kernels take floats. They keep full relative accuracy at any density, kinetic quantities too.
"""

from math import asinh, pi, sqrt
from typing import Any

from numba import njit, vectorize
from numpy.typing import ArrayLike

from crustlib.constants import ELECTRON_MASS_MEV, HBARC_MEV_FM
from crustlib.validation import elementwise, in_range, non_negative

__all__ = ["chemical_potential", "density", "energy_density", "kinetic_energy_density", "pressure"]

# m_e^4 / (24 pi^2 (hbar c)^3), MeV fm^-3
_PRESSURE_SCALE = ELECTRON_MASS_MEV**4 / (24.0 * pi**2 * HBARC_MEV_FM**3)

# Below this x_r the closed form of the pressure loses digits (a factor 2 / x_r^4) and the series takes over;
# its terms fall as x_r^2, so that this many of them reach double precision.
_SERIES_BELOW = 0.4
_SERIES_TERMS = 20


@njit(cache=True)
def _relativity(n_e):
    """x_r of electrons of density n_e (fm^-3)."""
    return HBARC_MEV_FM * (3.0 * pi**2 * n_e) ** (1.0 / 3.0) / ELECTRON_MASS_MEV


@njit(cache=True)
def _chemical_potential(n_e):
    """mu_e (MeV) at n_e (fm^-3)."""
    return ELECTRON_MASS_MEV * sqrt(1.0 + _relativity(n_e) ** 2)


@njit(cache=True)
def _pressure(n_e):
    """P (MeV fm^-3) at n_e (fm^-3)."""
    x = _relativity(n_e)
    if x >= _SERIES_BELOW:
        return _PRESSURE_SCALE * (x * (2.0 * x**2 - 3.0) * sqrt(1.0 + x**2) + 3.0 * asinh(x))
    # The bracket is 8 int_0^x y^4 (1 + y^2)^(-1/2) dy; expand the root and integrate term by term.
    binomial = 1.0
    total = 0.0
    for k in range(_SERIES_TERMS):
        total += binomial / (2 * k + 5)
        binomial *= -(k + 0.5) / (k + 1.0) * x**2
    return _PRESSURE_SCALE * 8.0 * x**5 * total


@njit(cache=True)
def _kinetic_energy_density(n_e):
    """Energy density without rest mass (MeV fm^-3) at n_e (fm^-3)."""
    x = _relativity(n_e)
    # mu_e - m_e without the cancellation; the difference that remains loses less than a factor of two
    fermi_energy = ELECTRON_MASS_MEV * x**2 / (1.0 + sqrt(1.0 + x**2))
    return n_e * fermi_energy - _pressure(n_e)


@njit(cache=True)
def _energy_density(n_e):
    """Energy density with rest mass (MeV fm^-3) at n_e (fm^-3)."""
    return n_e * ELECTRON_MASS_MEV + _kinetic_energy_density(n_e)


@njit(cache=True)
def _density(mu_e):
    """n_e (fm^-3) at mu_e (MeV), zero below the rest mass."""
    if mu_e <= ELECTRON_MASS_MEV:
        return 0.0
    momentum = sqrt((mu_e - ELECTRON_MASS_MEV) * (mu_e + ELECTRON_MASS_MEV))
    return (momentum / HBARC_MEV_FM) ** 3 / (3.0 * pi**2)


@njit(cache=True, error_model="numpy")
def _dmu_dn(n_e):
    """Give d mu_e / d n_e (MeV fm^3) at n_e (fm^-3); infinite at n_e = 0."""
    x = _relativity(n_e)
    return pi**2 * HBARC_MEV_FM**3 / (ELECTRON_MASS_MEV**2 * x * sqrt(1.0 + x**2))


@vectorize(cache=True)
def _chemical_potential_each(n_e):
    return _chemical_potential(n_e)


@vectorize(cache=True)
def _pressure_each(n_e):
    return _pressure(n_e)


@vectorize(cache=True)
def _kinetic_energy_density_each(n_e):
    return _kinetic_energy_density(n_e)


@vectorize(cache=True)
def _energy_density_each(n_e):
    return _energy_density(n_e)


@vectorize(cache=True)
def _density_each(mu_e):
    return _density(mu_e)


def energy_density(n_e: ArrayLike) -> Any:
    r"""Energy density of ideal degenerate electrons, rest mass included.

    .. math:: \varepsilon = n_e\mu_e - P

    (Haensel, Potekhin & Yakovlev 2007, chapter 2).

    Parameters
    ----------
    n_e : float or array_like
        Electron density in fm^-3, any shape, >= 0.

    Returns
    -------
    float or ndarray
        Energy density in MeV fm^-3, of `n_e`'s shape.

    Raises
    ------
    ValueError
        If `n_e` is negative, not finite or not a number.

    See Also
    --------
    kinetic_energy_density : without the rest mass, accurate where this one is all rest mass.

    Examples
    --------
    >>> energy_density(1e-4)
    0.0021258
    """
    return elementwise(_energy_density_each, (non_negative("n_e", n_e),))


def kinetic_energy_density(n_e: ArrayLike) -> Any:
    r"""Energy density of ideal degenerate electrons without their rest mass.

    .. math:: \varepsilon - n_e m_e = n_e(\mu_e - m_e) - P

    Parameters
    ----------
    n_e : float or array_like
        Electron density in fm^-3, any shape, >= 0.

    Returns
    -------
    float or ndarray
        Kinetic energy density in MeV fm^-3, of `n_e`'s shape.

    Raises
    ------
    ValueError
        If `n_e` is negative, not finite or not a number.

    Examples
    --------
    >>> kinetic_energy_density(1e-15)
    2.1878e-20
    """
    return elementwise(_kinetic_energy_density_each, (non_negative("n_e", n_e),))


def chemical_potential(n_e: ArrayLike) -> Any:
    r"""Chemical potential of ideal degenerate electrons, rest mass included.

    .. math:: \mu_e = \sqrt{m_e^2 + (\hbar c)^2(3\pi^2 n_e)^{2/3}}

    (Haensel, Potekhin & Yakovlev 2007, chapter 2).

    Parameters
    ----------
    n_e : float or array_like
        Electron density in fm^-3, any shape, >= 0.

    Returns
    -------
    float or ndarray
        Chemical potential in MeV, of `n_e`'s shape.

    Raises
    ------
    ValueError
        If `n_e` is negative, not finite or not a number.

    Examples
    --------
    >>> chemical_potential(1e-4)
    28.34
    >>> chemical_potential(0.0)
    0.510999
    """
    return elementwise(_chemical_potential_each, (non_negative("n_e", n_e),))


def pressure(n_e: ArrayLike) -> Any:
    r"""Pressure of ideal degenerate electrons.

    .. math:: P = \frac{m_e^4}{24\pi^2(\hbar c)^3}
                  \left[x_r(2x_r^2 - 3)\sqrt{1 + x_r^2} + 3\,\mathrm{arsinh}\,x_r\right]

    (Haensel, Potekhin & Yakovlev 2007, chapter 2), and its series in :math:`x_r` where that loses digits.

    Parameters
    ----------
    n_e : float or array_like
        Electron density in fm^-3, any shape, >= 0.

    Returns
    -------
    float or ndarray
        Pressure in MeV fm^-3, of `n_e`'s shape.

    Raises
    ------
    ValueError
        If `n_e` is negative, not finite or not a number.

    Examples
    --------
    >>> pressure(1e-4)
    0.00070815
    """
    return elementwise(_pressure_each, (non_negative("n_e", n_e),))


def density(mu_e: ArrayLike) -> Any:
    r"""Density of ideal degenerate electrons, the inverse of `chemical_potential`.

    .. math:: n_e = \frac{(\mu_e^2 - m_e^2)^{3/2}}{3\pi^2(\hbar c)^3}

    Parameters
    ----------
    mu_e : float or array_like
        Chemical potential in MeV, rest mass included, any shape, >= m_e = 0.51099895 MeV.

    Returns
    -------
    float or ndarray
        Electron density in fm^-3, of `mu_e`'s shape.

    Raises
    ------
    ValueError
        If `mu_e` is below the rest mass, not finite or not a number.

    Examples
    --------
    >>> density(25.0)
    6.8638e-05
    """
    mu_e = in_range("mu_e", mu_e, ELECTRON_MASS_MEV, float("inf"))
    return elementwise(_density_each, (mu_e,))

r"""Neutron matter at zero temperature, as a sum of powers of its density.

.. math:: \varepsilon = n_n m_n c^2 + \sum_k c_k n_n^{p_k}, \qquad
          \mu_n = m_n c^2 + \sum_k p_k c_k n_n^{p_k - 1}, \qquad
          P = \sum_k (p_k - 1) c_k n_n^{p_k}

exactly, for three kinds of matter: a Skyrme functional without protons ("SLy4", "BSk22", ... of
`crustlib.matter.skyrme`), the fit of Mackie & Baym 1977,

.. math:: E/N = k(1.2974 + 15.0298\,k - 15.2343\,k^2 + 7.4663\,k^3)\ \mathrm{MeV}, \qquad
          k = (3\pi^2n_n/2)^{1/3}\ \mathrm{fm^{-1}},

(with that factor 1/2 in k), and "free" neutrons, non-relativistic and without interaction. Rest masses are
included in energy densities and chemical potentials. The kernels take a float, or an array, of densities.
"""

from fractions import Fraction
from functools import cache
from math import pi
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from crustlib.constants import NEUTRON_MASS_MEV
from crustlib.matter import skyrme
from crustlib.validation import elementwise, non_negative, one_of

__all__ = ["NeutronMatter", "available", "chemical_potential", "energy_density", "neutron_matter", "pressure"]

# Mackie & Baym 1977: E/N in MeV as the coefficients of k, k^2, k^3, k^4, k in fm^-1
_MACKIE_BAYM = (1.2974, 15.0298, -15.2343, 7.4663)


class NeutronMatter(NamedTuple):
    """Neutron matter: eps = n_n m_n + sum of coefficients n_n^powers (MeV fm^-3, n_n in fm^-3).

    `coefficients` and `powers` are arrays of one length; the powers increase.
    """

    name: str
    coefficients: NDArray[np.float64]
    powers: NDArray[np.float64]


def available() -> tuple[str, ...]:
    """Names of the kinds of neutron matter.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> available()
    ('SLy4', 'BSk22', 'BSk24', 'BSk25', 'BSk26', 'Mackie-Baym', 'free')
    """
    return (*skyrme.available(), "Mackie-Baym", "free")


def neutron_matter(name: str) -> NeutronMatter:
    """Neutron matter by name.

    Parameters
    ----------
    name : str
        One of `available()`.

    Returns
    -------
    NeutronMatter
        Its coefficients and powers, read-only.

    Raises
    ------
    ValueError
        If there is none of that name.

    Examples
    --------
    >>> neutron_matter("Mackie-Baym").powers.round(3)
    array([1.333, 1.667, 2.   , 2.333])
    """
    return _neutron_matter(one_of("neutrons", name, available()))


@cache
def _neutron_matter(name: str) -> NeutronMatter:
    if name == "free":
        terms = [(Fraction(5, 3), skyrme.HBAR2_2M_NEUTRON * skyrme.KINETIC_FACTOR)]
    elif name == "Mackie-Baym":
        terms = [
            (1 + Fraction(j, 3), c * (1.5 * pi**2) ** (j / 3.0)) for j, c in enumerate(_MACKIE_BAYM, start=1)
        ]
    else:
        terms = _skyrme_terms(skyrme.functional(name))
    merged: dict[Fraction, float] = {}
    for power, coefficient in terms:
        merged[power] = merged.get(power, 0.0) + coefficient
    kept = sorted((power, coefficient) for power, coefficient in merged.items() if coefficient != 0.0)
    powers = np.array([float(power) for power, _ in kept])
    coefficients = np.array([coefficient for _, coefficient in kept])
    powers.flags.writeable = coefficients.flags.writeable = False
    return NeutronMatter(name, coefficients, powers)


def _skyrme_terms(f: skyrme.Functional) -> list[tuple[Fraction, float]]:
    """Powers and coefficients of a functional at n_p = 0 (there C_t and C_q enter as their sum)."""
    alpha, beta, gamma = (Fraction(x).limit_denominator(100) for x in (f.alpha, f.beta, f.gamma))
    kinetic = skyrme.KINETIC_FACTOR
    return [
        (Fraction(5, 3), f.hbar2_2m_n * kinetic),
        (Fraction(2), f.t0 * (1.0 - f.x0) / 4.0),
        (2 + alpha, f.t3 * (1.0 - f.x3) / 24.0),
        (Fraction(8, 3), kinetic * (f.t1 * (1.0 - f.x1) + 3.0 * (f.t2 + f.t2x2)) / 8.0),
        (Fraction(8, 3) + beta, kinetic * f.t4 * (1.0 - f.x4) / 8.0),
        (Fraction(8, 3) + gamma, kinetic * 3.0 * f.t5 * (1.0 + f.x5) / 8.0),
    ]


@njit(cache=True)
def _energy_density(n, c, p):
    """Energy density with rest mass (MeV fm^-3) at n (fm^-3), coefficients c and powers p."""
    total = n * NEUTRON_MASS_MEV
    for k in range(c.size):
        total = total + c[k] * n ** p[k]
    return total


@njit(cache=True)
def _chemical_potential(n, c, p):
    """mu_n with rest mass (MeV) at n (fm^-3)."""
    total = 0.0 * n + NEUTRON_MASS_MEV
    for k in range(c.size):
        total = total + p[k] * c[k] * n ** (p[k] - 1.0)
    return total


@njit(cache=True)
def _pressure(n, c, p):
    """P (MeV fm^-3) at n (fm^-3)."""
    total = 0.0 * n
    for k in range(c.size):
        total = total + (p[k] - 1.0) * c[k] * n ** p[k]
    return total


@njit(cache=True, error_model="numpy")
def _dmu_dn(n, c, p):
    """Give d mu_n / d n_n (MeV fm^3) at n (fm^-3); infinite at n = 0, where free neutrons dominate."""
    total = 0.0 * n
    for k in range(c.size):
        total = total + p[k] * (p[k] - 1.0) * c[k] * n ** (p[k] - 2.0)
    return total


def energy_density(n_n: ArrayLike, neutrons: str = "SLy4") -> Any:
    """Energy density of neutron matter, rest mass included.

    The first equation at the head of this module (Goriely, Chamel & Pearson 2013 at n_p = 0, or Mackie & Baym
    1977).

    Parameters
    ----------
    n_n : float or array_like
        Neutron density in fm^-3, any shape, >= 0.
    neutrons : str
        One of `available()`.

    Returns
    -------
    float or ndarray
        Energy density in MeV fm^-3, of `n_n`'s shape.

    Raises
    ------
    ValueError
        If `n_n` is negative, not finite or not a number, or the kind of neutron matter is unknown.

    Examples
    --------
    >>> energy_density(0.1, "BSk24")
    94.997
    """
    return _of_density(_energy_density, n_n, neutrons)


def chemical_potential(n_n: ArrayLike, neutrons: str = "SLy4") -> Any:
    """Chemical potential of neutron matter, rest mass included.

    The second equation at the head of this module, the derivative of the energy density.

    Parameters
    ----------
    n_n : float or array_like
        Neutron density in fm^-3, any shape, >= 0.
    neutrons : str
        One of `available()`.

    Returns
    -------
    float or ndarray
        Chemical potential in MeV, of `n_n`'s shape; the neutron's mass at zero density.

    Raises
    ------
    ValueError
        If `n_n` is negative, not finite or not a number, or the kind of neutron matter is unknown.

    Examples
    --------
    >>> chemical_potential(0.0)
    939.5654
    """
    return _of_density(_chemical_potential, n_n, neutrons)


def pressure(n_n: ArrayLike, neutrons: str = "SLy4") -> Any:
    """Pressure of neutron matter.

    The third equation at the head of this module, n_n mu_n - eps.

    Parameters
    ----------
    n_n : float or array_like
        Neutron density in fm^-3, any shape, >= 0.
    neutrons : str
        One of `available()`.

    Returns
    -------
    float or ndarray
        Pressure in MeV fm^-3, of `n_n`'s shape.

    Raises
    ------
    ValueError
        If `n_n` is negative, not finite or not a number, or the kind of neutron matter is unknown.

    Examples
    --------
    >>> pressure(0.01, "BSk24")
    0.019643
    """
    return _of_density(_pressure, n_n, neutrons)


def _of_density(kernel: Any, n_n: ArrayLike, neutrons: str) -> Any:
    matter = neutron_matter(neutrons)
    return elementwise(kernel, (non_negative("n_n", n_n),), matter.coefficients, matter.powers)

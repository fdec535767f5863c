r"""Nucleon matter at zero temperature, of any neutron excess, with generalised Skyrme functionals.

The Brussels-Montreal form (Chamel, Goriely & Pearson 2009, appendix; Goriely, Chamel & Pearson 2013), with
:math:`n = n_n + n_p` and the kinetic densities :math:`\tau_q = \frac35(3\pi^2)^{2/3}n_q^{5/3}`:

.. math::

   \varepsilon = \sum_q\left(n_q m_q c^2 + \frac{\hbar^2}{2m_q}\tau_q\right)
   + \frac{t_0}{2}\left[\left(1 + \tfrac{x_0}{2}\right)n^2 - \left(\tfrac12 + x_0\right)\sum_q n_q^2\right]
   + \frac{t_3}{12}n^\alpha\left[\left(1 + \tfrac{x_3}{2}\right)n^2
   - \left(\tfrac12 + x_3\right)\sum_q n_q^2\right] + C_t\,n\tau + C_q\sum_q n_q\tau_q

   C_t = \tfrac14\left[t_1\left(1 + \tfrac{x_1}{2}\right) + t_2 + \tfrac12 t_2x_2
   + t_4\left(1 + \tfrac{x_4}{2}\right)n^\beta + t_5\left(1 + \tfrac{x_5}{2}\right)n^\gamma\right], \quad
   C_q = \tfrac14\left[-t_1\left(\tfrac12 + x_1\right) + \tfrac12 t_2 + t_2x_2
   - t_4\left(\tfrac12 + x_4\right)n^\beta + t_5\left(\tfrac12 + x_5\right)n^\gamma\right]

Rest masses are in the energy density and in the chemical potentials. In :math:`\hbar^2/2m_q` each nucleon has
its own mass (so that pure neutron matter has the neutron's), but in SLy4, which was fitted with one value,
20.73553 MeV fm^2, for both. The kernels take floats, or arrays of one shape, alike.
"""

from math import pi
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import ArrayLike

from crustlib.constants import HBARC_MEV_FM, NEUTRON_MASS_MEV, PROTON_MASS_MEV
from crustlib.validation import elementwise, non_negative, one_of

__all__ = [
    "Functional",
    "available",
    "chemical_potentials",
    "couplings",
    "effective_masses",
    "energy_density",
    "functional",
    "pressure",
]

KINETIC_FACTOR = 0.6 * (3.0 * pi**2) ** (2.0 / 3.0)
"""tau_q / n_q^(5/3), dimensionless."""

HBAR2_2M_NEUTRON = HBARC_MEV_FM**2 / (2.0 * NEUTRON_MASS_MEV)
"""hbar^2 / (2 m_n) in MeV fm^2."""

HBAR2_2M_PROTON = HBARC_MEV_FM**2 / (2.0 * PROTON_MASS_MEV)
"""hbar^2 / (2 m_p) in MeV fm^2."""

# A density below any other, in fm^-3, that keeps n_q / n defined (zero) in a vacuum
_VACUUM = 1e-300


class Functional(NamedTuple):
    """Parameters of a generalised Skyrme functional: MeV, and fm to the power its density dependence needs.

    `t2x2` is the product t2 x2; `hbar2_2m_n` and `hbar2_2m_p` are hbar^2/2m (MeV fm^2) of neutron and proton.
    """

    name: str
    t0: float
    t1: float
    t2: float
    t3: float
    t4: float
    t5: float
    x0: float
    x1: float
    t2x2: float
    x3: float
    x4: float
    x5: float
    alpha: float
    beta: float
    gamma: float
    hbar2_2m_n: float = HBAR2_2M_NEUTRON
    hbar2_2m_p: float = HBAR2_2M_PROTON


# BSk22 to BSk26: Goriely, Chamel & Pearson 2013. SLy4: Chabanat et al. 1998 (x2 = -1). In the fields' order.
_FUNCTIONALS = {
    f.name: f
    for f in (
        Functional("SLy4", -2488.913, 486.818, -546.395, 13777.0, 0.0, 0.0,
                   0.834, -0.3438, 546.395, 1.354, 0.0, 0.0, 1 / 6, 0.0, 0.0, 20.73553, 20.73553),
        Functional("BSk22", -3978.97, 404.461, 0.0, 22704.7, -100.0, -150.0,
                   0.472558, 0.0627540, -1396.13, 0.514386, 2.0, -11.0, 1 / 12, 1 / 2, 1 / 12),
        Functional("BSk24", -3970.29, 395.766, 0.0, 22648.6, -100.0, -150.0,
                   0.894371, 0.0563535, -1389.61, 1.05119, 2.0, -11.0, 1 / 12, 1 / 2, 1 / 12),
        Functional("BSk25", -4068.39, 431.093, 0.0, 23342.8, -200.0, -150.0,
                   1.20467, 0.111366, -1387.47, 1.44777, 2.0, -11.0, 1 / 12, 1 / 2, 1 / 12),
        Functional("BSk26", -4072.53, 439.536, 0.0, 23369.1, -100.0, -120.0,
                   0.577367, -0.404961, -1147.70, 0.624831, -3.0, -11.0, 1 / 12, 1 / 6, 1 / 12),
    )
}  # fmt: skip


def available() -> tuple[str, ...]:
    """Names of the functionals.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> available()
    ('SLy4', 'BSk22', 'BSk24', 'BSk25', 'BSk26')
    """
    return tuple(_FUNCTIONALS)


def functional(name: str) -> Functional:
    """Parameters of a functional.

    Parameters
    ----------
    name : str
        One of `available()`.

    Returns
    -------
    Functional

    Raises
    ------
    ValueError
        If there is none of that name.

    Examples
    --------
    >>> functional("BSk24").t0
    -3970.29
    """
    return _FUNCTIONALS[one_of("functional", name, available())]


@njit(cache=True)
def _couplings(n, f):
    """C_t and C_q (MeV fm^5), and n dC_t/dn and n dC_q/dn, at the nucleon density n (fm^-3)."""
    t4_part = f.t4 * n**f.beta
    t5_part = f.t5 * n**f.gamma
    t4_t, t4_q = t4_part * (1.0 + 0.5 * f.x4), -t4_part * (0.5 + f.x4)
    t5_t, t5_q = t5_part * (1.0 + 0.5 * f.x5), t5_part * (0.5 + f.x5)
    c_t = 0.25 * (f.t1 * (1.0 + 0.5 * f.x1) + f.t2 + 0.5 * f.t2x2 + t4_t + t5_t)
    c_q = 0.25 * (-f.t1 * (0.5 + f.x1) + 0.5 * f.t2 + f.t2x2 + t4_q + t5_q)
    return c_t, c_q, 0.25 * (f.beta * t4_t + f.gamma * t5_t), 0.25 * (f.beta * t4_q + f.gamma * t5_q)


@njit(cache=True)
def _nuclear_energy_density(n_n, n_p, f):
    """Energy density without rest masses (MeV fm^-3) at n_n, n_p (fm^-3)."""
    n = n_n + n_p
    tau_n = KINETIC_FACTOR * n_n ** (5.0 / 3.0)
    tau_p = KINETIC_FACTOR * n_p ** (5.0 / 3.0)
    c_t, c_q, _, _ = _couplings(n, f)
    squares = n_n**2 + n_p**2
    return (
        f.hbar2_2m_n * tau_n
        + f.hbar2_2m_p * tau_p
        + f.t0 / 2.0 * ((1.0 + f.x0 / 2.0) * n**2 - (0.5 + f.x0) * squares)
        + f.t3 / 12.0 * n**f.alpha * ((1.0 + f.x3 / 2.0) * n**2 - (0.5 + f.x3) * squares)
        + c_t * n * (tau_n + tau_p)
        + c_q * (n_n * tau_n + n_p * tau_p)
    )


@njit(cache=True)
def _energy_density(n_n, n_p, f):
    """Energy density with rest masses (MeV fm^-3) at n_n, n_p (fm^-3)."""
    return n_n * NEUTRON_MASS_MEV + n_p * PROTON_MASS_MEV + _nuclear_energy_density(n_n, n_p, f)


@njit(cache=True)
def _nuclear_chemical_potentials(n_n, n_p, f):
    """mu_n - m_n and mu_p - m_p (MeV) at n_n, n_p (fm^-3)."""
    n = n_n + n_p
    k2_n = (3.0 * pi**2 * n_n) ** (2.0 / 3.0)
    k2_p = (3.0 * pi**2 * n_p) ** (2.0 / 3.0)
    tau_n = 0.6 * n_n * k2_n
    tau_p = 0.6 * n_p * k2_p
    c_t, c_q, d_t, d_q = _couplings(n, f)
    # Shares n_q / n; nothing is ever divided by zero
    share_n = n_n / np.maximum(n, _VACUUM)
    share_p = n_p / np.maximum(n, _VACUUM)
    contact = f.t3 / 12.0 * n**f.alpha
    # What both nucleons have in common: derivatives with respect to n alone
    common = (
        f.t0 * (1.0 + f.x0 / 2.0) * n
        + contact * (2.0 + f.alpha) * (1.0 + f.x3 / 2.0) * n
        - contact * f.alpha * (0.5 + f.x3) * (n_n * share_n + n_p * share_p)
        + (c_t + d_t) * (tau_n + tau_p)
        + d_q * (share_n * tau_n + share_p * tau_p)
    )
    own = f.t0 * (0.5 + f.x0) + 2.0 * contact * (0.5 + f.x3)
    mu_n = common - own * n_n + (f.hbar2_2m_n + c_t * n + c_q * n_n) * k2_n + c_q * tau_n
    mu_p = common - own * n_p + (f.hbar2_2m_p + c_t * n + c_q * n_p) * k2_p + c_q * tau_p
    return mu_n, mu_p


@njit(cache=True)
def _chemical_potentials(n_n, n_p, f):
    """mu_n and mu_p with rest masses (MeV) at n_n, n_p (fm^-3)."""
    mu_n, mu_p = _nuclear_chemical_potentials(n_n, n_p, f)
    return NEUTRON_MASS_MEV + mu_n, PROTON_MASS_MEV + mu_p


@njit(cache=True)
def _pressure(n_n, n_p, f):
    """P = n_n mu_n + n_p mu_p - eps (MeV fm^-3) at n_n, n_p (fm^-3); rest masses cancel and are left out."""
    mu_n, mu_p = _nuclear_chemical_potentials(n_n, n_p, f)
    return n_n * mu_n + n_p * mu_p - _nuclear_energy_density(n_n, n_p, f)


@njit(cache=True, error_model="numpy")
def _effective_masses(n_n, n_p, f):
    """m*_n / m_n and m*_p / m_p at n_n, n_p (fm^-3), negative where the functional breaks down."""
    n = n_n + n_p
    c_t, c_q, _, _ = _couplings(n, f)
    return (
        1.0 / (1.0 + (c_t * n + c_q * n_n) / f.hbar2_2m_n),
        1.0 / (1.0 + (c_t * n + c_q * n_p) / f.hbar2_2m_p),
    )


def energy_density(n_n: ArrayLike, n_p: ArrayLike, functional: str = "BSk24") -> Any:
    """Energy density of uniform nucleon matter, rest masses included.

    The equation at the head of this module (Chamel, Goriely & Pearson 2009, appendix).

    Parameters
    ----------
    n_n, n_p : float or array_like
        Neutron and proton densities in fm^-3, >= 0; broadcast against each other.
    functional : str
        One of `available()`.

    Returns
    -------
    float or ndarray
        Energy density in MeV fm^-3, of the broadcast shape.

    Raises
    ------
    ValueError
        If a density is negative, not finite or not a number, or the functional is unknown.

    Examples
    --------
    >>> energy_density(0.08, 0.08, "BSk24") / 0.16 - 938.918756  # MeV per nucleon
    -16.046
    """
    return elementwise(_energy_density, _densities(n_n, n_p), _functional(functional))


def chemical_potentials(n_n: ArrayLike, n_p: ArrayLike, functional: str = "BSk24") -> tuple[Any, Any]:
    r"""Chemical potentials of neutrons and protons in uniform matter, rest masses included.

    .. math:: \mu_q = \frac{\partial\varepsilon}{\partial n_q}

    with the analytic derivatives of the energy density at the head of this module.

    Parameters
    ----------
    n_n, n_p : float or array_like
        Neutron and proton densities in fm^-3, >= 0; broadcast against each other.
    functional : str
        One of `available()`.

    Returns
    -------
    mu_n, mu_p : float or ndarray
        Chemical potentials in MeV, of the broadcast shape.

    Raises
    ------
    ValueError
        If a density is negative, not finite or not a number, or the functional is unknown.

    Examples
    --------
    >>> mu_n, mu_p = chemical_potentials(0.15, 0.01, "BSk24")
    >>> mu_n - mu_p
    113.25
    """
    return elementwise(_chemical_potentials, _densities(n_n, n_p), _functional(functional))


def pressure(n_n: ArrayLike, n_p: ArrayLike, functional: str = "BSk24") -> Any:
    r"""Pressure of uniform nucleon matter.

    .. math:: P = n_n\mu_n + n_p\mu_p - \varepsilon

    Parameters
    ----------
    n_n, n_p : float or array_like
        Neutron and proton densities in fm^-3, >= 0; broadcast against each other.
    functional : str
        One of `available()`.

    Returns
    -------
    float or ndarray
        Pressure in MeV fm^-3, of the broadcast shape.

    Raises
    ------
    ValueError
        If a density is negative, not finite or not a number, or the functional is unknown.

    Examples
    --------
    >>> pressure(0.15, 0.01, "BSk24")
    2.057
    """
    return elementwise(_pressure, _densities(n_n, n_p), _functional(functional))


def effective_masses(n_n: ArrayLike, n_p: ArrayLike, functional: str = "BSk24") -> tuple[Any, Any]:
    r"""Effective masses of neutrons and protons, over their masses.

    .. math:: \frac{\hbar^2}{2m_q^*} = \frac{\hbar^2}{2m_q} + C_t n + C_q n_q

    Parameters
    ----------
    n_n, n_p : float or array_like
        Neutron and proton densities in fm^-3, >= 0; broadcast against each other.
    functional : str
        One of `available()`.

    Returns
    -------
    m_n, m_p : float or ndarray
        m*_n / m_n and m*_p / m_p, dimensionless, of the broadcast shape.

    Raises
    ------
    ValueError
        If a density is negative, not finite or not a number, the functional is unknown, or it breaks down: no
        mass is positive there (of BSk24, the proton's in pure neutron matter above 6.6 fm^-3).

    Examples
    --------
    >>> m_n, m_p = effective_masses(0.0789, 0.0789, "BSk24")
    >>> m_n
    0.79996
    """
    densities, f = _densities(n_n, n_p), _functional(functional)
    masses = elementwise(_effective_masses, densities, f)
    if not all(np.all(mass > 0) for mass in masses):
        raise ValueError(
            f"n_n = {n_n!r}, n_p = {n_p!r}: must be where {f.name}'s effective masses are positive"
        )
    return masses


def couplings(n: ArrayLike, functional: str = "BSk24") -> tuple[Any, Any]:
    """Couplings C_t and C_q of the kinetic densities, which make the effective masses.

    Their definition stands at the head of this module.

    Parameters
    ----------
    n : float or array_like
        Nucleon density n_n + n_p in fm^-3, any shape, >= 0.
    functional : str
        One of `available()`.

    Returns
    -------
    C_t, C_q : float or ndarray
        Couplings in MeV fm^5, of `n`'s shape.

    Raises
    ------
    ValueError
        If `n` is negative, not finite or not a number, or the functional is unknown.

    Examples
    --------
    >>> couplings(0.16, "SLy4")
    (32.484, 49.289)
    """
    return elementwise(_couplings, (non_negative("n", n),), _functional(functional))[:2]


# The public functions' argument `functional`, named as their users name it, hides the function of that name.
_functional = functional


def _densities(n_n: ArrayLike, n_p: ArrayLike) -> tuple[Any, Any]:
    return non_negative("n_n", n_n), non_negative("n_p", n_p)

r"""Nucleon matter at finite temperature, with the generalised Skyrme functionals of `skyrme`.

Of the energy density only the kinetic densities change: each nucleon is an ideal Fermi gas of its effective
mass (Vautherin 1996, Advances in Nuclear Physics 22, 123). With
:math:`b_q = \hbar^2/2m_q^* = \hbar^2/2m_q + C_tn + C_qn_q` and the Fermi-Dirac integrals of `fermi_dirac`

.. math::

   n_q = 2\lambda_q^{-3}F_{1/2}(\eta_q), \quad
   p_q = \tfrac23 b_q\tau_q = 2\lambda_q^{-3}TF_{3/2}(\eta_q), \quad
   \lambda_q^{-3} = \left(\frac{T}{4\pi b_q}\right)^{3/2}

   s = \sum_q\left(\frac{5p_q}{2T} - n_q\eta_q\right), \quad f = \varepsilon(n, \tau) - Ts, \quad
   \mu_q = \frac{\partial f}{\partial n_q}
   = T\eta_q + \left.\frac{\partial\varepsilon}{\partial n_q}\right|_\tau, \quad P = \sum_q n_q\mu_q - f.

The kernel takes the logarithms of the densities: protons between neutron-rich nuclei are as rare as
:math:`e^{-1000}` per fm^3. It leaves rest masses out; the public functions include them, and need T > 0.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from crustlib.constants import NEUTRON_MASS_MEV, PROTON_MASS_MEV
from crustlib.matter import skyrme
from crustlib.matter.fermi_dirac import _eta, _integrals
from crustlib.matter.mean_field import _curvatures
from crustlib.validation import elementwise, positive

__all__ = ["WarmNucleons", "thermodynamics"]


class WarmNucleons(NamedTuple):
    """Uniform nucleon matter at a temperature; rest masses in `free_energy_density`, `mu_n` and `mu_p`.

    Densities per volume in MeV fm^-3 (entropy: fm^-3), chemical potentials in MeV.
    """

    free_energy_density: Any
    mu_n: Any
    mu_p: Any
    pressure: Any
    entropy_density: Any


@njit(cache=True)
def _ideal(ln_n, b, T):
    """Eta, and the pressure over n T, of one nucleon with ln n and b = hbar^2 / 2 m* (MeV fm^2)."""
    eta = _eta(ln_n - math.log(2.0) - 1.5 * math.log(T / (4.0 * math.pi * b)))
    if eta < -37.0:
        return eta, 1.0
    _, half, high = _integrals(eta)
    return eta, high / half


@njit(cache=True)
def _warm_and_eta(ln_n_n, ln_n_p, T, f):
    """Return what `_warm_nucleons` does, and the two eta."""
    n_n, n_p = math.exp(ln_n_n), math.exp(ln_n_p)
    n = n_n + n_p
    c_t, c_q, d_t, d_q = skyrme._couplings(n, f)
    b_n, b_p = f.hbar2_2m_n + c_t * n + c_q * n_n, f.hbar2_2m_p + c_t * n + c_q * n_p
    if b_n <= 0.0 or b_p <= 0.0:  # the functional breaks down
        return np.nan, np.nan, np.nan, np.nan, np.nan, np.nan
    eta_n, ratio_n = _ideal(ln_n_n, b_n, T)
    eta_p, ratio_p = _ideal(ln_n_p, b_p, T)
    p_n, p_p = n_n * T * ratio_n, n_p * T * ratio_p
    # Zero temperature's, and what changes with the kinetic densities
    cold_n, cold_p = skyrme._nuclear_chemical_potentials(n_n, n_p, f)
    k2_n = (3.0 * math.pi**2 * n_n) ** (2.0 / 3.0)
    k2_p = (3.0 * math.pi**2 * n_p) ** (2.0 / 3.0)
    more_n = 1.5 * p_n / b_n - 0.6 * n_n * k2_n
    more_p = 1.5 * p_p / b_p - 0.6 * n_p * k2_p
    common = (c_t + d_t) * (more_n + more_p)
    if n > 0.0:
        common += d_q * (n_n * more_n + n_p * more_p) / n
    mu_n = cold_n - b_n * k2_n + T * eta_n + common + c_q * more_n
    mu_p = cold_p - b_p * k2_p + T * eta_p + common + c_q * more_p
    # P = n mu - f: the kinetic parts by themselves, so that no digits are lost where the gas is thin
    pressure = skyrme._pressure(n_n, n_p, f) - 0.4 * (b_n * n_n * k2_n + b_p * n_p * k2_p) + p_n + p_p
    pressure += n * common + c_q * (n_n * more_n + n_p * more_p)
    entropy = n_n * (2.5 * ratio_n - eta_n) + n_p * (2.5 * ratio_p - eta_p)
    return mu_n, mu_p, pressure, entropy, eta_n, eta_p


@njit(cache=True)
def _warm_nucleons(ln_n_n, ln_n_p, T, f):
    """Return mu_n - m_n, mu_p - m_p (MeV), P (MeV fm^-3), entropy density (fm^-3) at ln n_n, ln n_p."""
    mu_n, mu_p, pressure, entropy, _, _ = _warm_and_eta(ln_n_n, ln_n_p, T, f)
    return mu_n, mu_p, pressure, entropy


@njit(cache=True)
def _contact_curvatures(n_n, n_p, f):
    """Second derivatives nn, np, pp (MeV fm^3) of the energy density without kinetic terms, n > 0."""
    n = n_n + n_p
    contact = f.t3 / 12.0 * n**f.alpha
    squares = (n_n * n_n + n_p * n_p) / (n * n)
    common = f.t0 * (1.0 + 0.5 * f.x0)
    common += contact * (2.0 + f.alpha) * (1.0 + f.alpha) * (1.0 + 0.5 * f.x3)
    exchange = contact * (0.5 + f.x3)
    common -= exchange * f.alpha * (f.alpha - 1.0) * squares
    own = f.t0 * (0.5 + f.x0) + 2.0 * exchange
    both = 2.0 * f.alpha * exchange / n
    return common - both * 2.0 * n_n - own, common - both * n, common - both * 2.0 * n_p - own


@njit(cache=True)
def _heat(eta, n, b, T):
    """Return d eta/d ln n at fixed b, p and tau of one nucleon with eta, n and b."""
    if eta < -37.0:
        return 1.0, n * T, 1.5 * n * T / b
    low, half, high = _integrals(eta)
    p = n * T * high / half
    return half / low, p, 1.5 * p / b


@njit(cache=True)
def _slopes(ln_n_n, ln_n_p, eta_n, eta_p, T, f):
    """Return d mu_n/d ln n_n, d mu_n/d ln n_p, d mu_p/d ln n_n and d mu_p/d ln n_p (MeV)."""
    n_n, n_p = math.exp(ln_n_n), math.exp(ln_n_p)
    n = n_n + n_p
    c_t, c_q, d_t, d_q = skyrme._couplings(n, f)
    dd_t, dd_q = _curvatures(n, f)
    b_n, b_p = f.hbar2_2m_n + c_t * n + c_q * n_n, f.hbar2_2m_p + c_t * n + c_q * n_p
    stiff_n, p_n, tau_n = _heat(eta_n, n_n, b_n, T)
    stiff_p, p_p, tau_p = _heat(eta_p, n_p, b_p, T)
    tau = tau_n + tau_p
    # d^2 eps/dn_q dn_r at fixed tau
    nn, np_, pp = _contact_curvatures(n_n, n_p, f)
    shared = ((2.0 * d_t + dd_t) * tau + dd_q * (n_n * tau_n + n_p * tau_p) / n) / n
    nn += shared + 2.0 * d_q * tau_n / n
    np_ += shared + d_q * tau / n
    pp += shared + 2.0 * d_q * tau_p / n
    # d b_q/dn_r = d^2 eps/d tau_q dn_r; then mu_q = T eta_q(n_q, b_q) + d eps/dn_q
    nn_b, np_b = c_t + d_t + d_q * n_n / n + c_q, c_t + d_t + d_q * n_n / n
    pp_b, pn_b = c_t + d_t + d_q * n_p / n + c_q, c_t + d_t + d_q * n_p / n
    # d tau_q/db_q at fixed n_q, and T d eta_q/dn_q at fixed b_q times n_q
    soft_n = 1.5 / b_n**2 * (1.5 * n_n * T * stiff_n - 2.5 * p_n)
    soft_p = 1.5 / b_p**2 * (1.5 * n_p * T * stiff_p - 2.5 * p_p)
    lift_n, lift_p = 1.5 * T * stiff_n / b_n, 1.5 * T * stiff_p / b_p
    nn += 2.0 * lift_n * nn_b + soft_n * nn_b**2 + soft_p * pn_b**2
    np_ += lift_n * np_b + lift_p * pn_b + soft_n * nn_b * np_b + soft_p * pn_b * pp_b
    pp += 2.0 * lift_p * pp_b + soft_p * pp_b**2 + soft_n * np_b**2
    return T * stiff_n + n_n * nn, n_p * np_, n_n * np_, T * stiff_p + n_p * pp


@njit(cache=True)
def _warm_nucleons_each(n_n, n_p, T, f):
    result = np.empty((5, n_n.size))
    for i in range(n_n.size):
        mu_n, mu_p, pressure, entropy = _warm_nucleons(math.log(n_n[i]), math.log(n_p[i]), T[i], f)
        mu_n, mu_p = mu_n + NEUTRON_MASS_MEV, mu_p + PROTON_MASS_MEV
        free = n_n[i] * mu_n + n_p[i] * mu_p - pressure
        for field, value in enumerate((free, mu_n, mu_p, pressure, entropy)):
            result[field, i] = value
    return result


def thermodynamics(
    n_n: ArrayLike, n_p: ArrayLike, temperature: ArrayLike, functional: str = "BSk25"
) -> WarmNucleons:
    """Free energy, chemical potentials, pressure and entropy of uniform nucleon matter.

    The equations at the head of this module.

    Parameters
    ----------
    n_n, n_p : float or array_like
        Neutron and proton densities in fm^-3, > 0.
    temperature : float or array_like
        Temperature in MeV, > 0. All three broadcast against each other.
    functional : str
        One of `skyrme.available()`.

    Returns
    -------
    WarmNucleons
        Floats, or arrays of the broadcast shape.

    Raises
    ------
    ValueError
        If an argument is out of range, the functional is unknown, or no effective mass is positive there.

    Examples
    --------
    >>> matter = thermodynamics(0.04, 0.04, 5.0, "BSk24")
    >>> matter.pressure, matter.entropy_density / 0.08
    (-0.4633, 0.9466)
    """
    f = skyrme.functional(functional)
    arguments = positive("n_n", n_n), positive("n_p", n_p), positive("temperature", temperature)
    return WarmNucleons(*elementwise(lambda *each: tuple(_rows(each, f)), arguments))


def _rows(arguments: tuple[Any, ...], f: skyrme.Functional) -> NDArray[np.float64]:
    n_n, n_p, T = (np.atleast_1d(np.asarray(x, dtype=np.float64)) for x in arguments)
    rows = _warm_nucleons_each(n_n, n_p, T, f)
    return rows if np.ndim(arguments[0]) else rows[:, 0]

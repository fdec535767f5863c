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
def _warm_nucleons(ln_n_n, ln_n_p, T, f):
    """Return mu_n - m_n, mu_p - m_p (MeV), P (MeV fm^-3), entropy density (fm^-3) at ln n_n, ln n_p."""
    n_n, n_p = math.exp(ln_n_n), math.exp(ln_n_p)
    n = n_n + n_p
    c_t, c_q, d_t, d_q = skyrme._couplings(n, f)
    b_n, b_p = f.hbar2_2m_n + c_t * n + c_q * n_n, f.hbar2_2m_p + c_t * n + c_q * n_p
    if b_n <= 0.0 or b_p <= 0.0:  # the functional breaks down
        return np.nan, np.nan, np.nan, np.nan
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
    return mu_n, mu_p, pressure, 2.5 * n_n * ratio_n - n_n * eta_n + 2.5 * n_p * ratio_p - n_p * eta_p


@njit(cache=True)
def _warm_nucleons_each(n_n, n_p, T, f):
    result = np.empty((5, n_n.size))
    for i in range(n_n.size):
        mu_n, mu_p, pressure, entropy = _warm_nucleons(math.log(n_n[i]), math.log(n_p[i]), T[i], f)
        mu_n, mu_p = mu_n + NEUTRON_MASS_MEV, mu_p + PROTON_MASS_MEV
        result[:, i] = n_n[i] * mu_n + n_p[i] * mu_p - pressure, mu_n, mu_p, pressure, entropy
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

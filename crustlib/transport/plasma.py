"""The parameters that say what kind of plasma a layer is: Daligault & Gupta (2009), section 2.1."""

from math import inf, pi
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from crustlib.constants import (
    ATOMIC_MASS_UNIT_G,
    ELECTRON_MASS_MEV,
    FINE_STRUCTURE,
    HBARC_MEV_FM,
    MEV_IN_KELVIN,
    PER_FM3_IN_PER_CM3,
    SPEED_OF_LIGHT_CM_S,
)
from crustlib.matter import coulomb
from crustlib.validation import in_range, non_negative, positive

__all__ = ["PlasmaParameters", "parameters"]

FRACTIONS_TOLERANCE = 1e-6  # by which number fractions may miss 1
_FM_PER_CM = 1e13


class PlasmaParameters(NamedTuple):
    """What `parameters` returns: floats, or arrays of the layers' shape, by their names in the paper."""

    mean_Z: Any
    """<Z>, the mean charge of the nuclei."""
    mean_Z2: Any
    """<Z^2>."""
    mean_A: Any
    """<A>, the mean mass number."""
    Q_imp: Any
    """Impurity parameter <Z^2> - <Z>^2, equation (24)."""
    number_density: Any
    """n, nuclei in fm^-3."""
    electron_density: Any
    """n_e in fm^-3."""
    a: Any
    """Mean distance between nuclei (3 / 4 pi n)^(1/3) in fm."""
    a_e: Any
    """Mean distance between electrons (3 / 4 pi n_e)^(1/3) in fm."""
    k_F: Any
    """Fermi wave number (3 pi^2 n_e)^(1/3) in fm^-1."""
    x_r: Any
    """Relativity parameter hbar k_F / (m_e c)."""
    mu_e: Any
    """Chemical potential of the electrons, the paper's E_F = m_e* c^2, rest mass included, in MeV."""
    T_F: Any
    """Fermi temperature (mu_e - m_e) / k_B in K."""
    theta: Any
    """Degeneracy parameter T / T_F."""
    gamma_e: Any
    """Electron coupling e^2 / (a_e k_B T)."""
    gamma_j: Any
    """Coupling of each species, Z_j^(5/3) gamma_e; species on the last axis."""
    gamma_eff: Any
    """Effective coupling <Z^(5/3)> gamma_e, equation (4)."""
    plasma_temperature: Any
    """T_p = hbar omega_p / k_B of the nuclei in K: quantum below it."""
    melting_temperature: Any
    """Where gamma_eff is 175, in K."""
    nu_0: Any
    """Fundamental collision frequency, equation (9), in s^-1."""


def parameters(
    density: ArrayLike, temperature: ArrayLike, Z: ArrayLike, A: ArrayLike, x: ArrayLike
) -> PlasmaParameters:
    r"""Compute every dimensionless parameter of a mixture of nuclei and degenerate electrons.

    .. math:: \Gamma_j = Z_j^{5/3}\Gamma_e, \quad \Gamma_\mathrm{eff} = \langle Z^{5/3}\rangle\Gamma_e, \quad
              \Gamma_e = \frac{e^2}{a_ek_BT}, \quad x_r = \frac{\hbar k_F}{m_ec}, \quad
              \nu_0 = \frac{4\alpha^2\mu_e}{3\pi\hbar}\frac{\langle Z^2\rangle}{\langle Z\rangle}

    (Daligault & Gupta 2009, section 2.1 and equations 4, 5, 9, 24, with :math:`a_j = a_eZ_j^{1/3}`: the
    printed :math:`a_j` does not give equation 4). A nucleus weighs :math:`A_jm_u`, so that
    :math:`n = \rho/(m_u\langle A\rangle)`; there are no free neutrons.

    Parameters
    ----------
    density : float or array_like
        Mass density in g cm^-3, > 0, of the layers' shape.
    temperature : float or array_like
        Temperature in K, > 0; broadcast against `density`.
    Z : array_like
        Charge numbers of the species, >= 1; the last axis runs over species.
    A : array_like
        Mass numbers, >= Z; broadcast against `Z`.
    x : array_like
        Number fractions, >= 0, which sum to 1 (within 1e-6) over the last axis; what is left without it
        broadcasts against `density`.

    Returns
    -------
    PlasmaParameters
        A named tuple, each field of the broadcast shape; `gamma_j` has species on a last axis.

    Raises
    ------
    ValueError
        If an argument is out of range, the fractions do not sum to 1, or the shapes do not broadcast.

    Examples
    --------
    >>> plasma = parameters(1e9, 5e8, Z=[8, 26, 40], A=[16, 56, 90], x=[0.2, 0.3, 0.5])
    >>> plasma.x_r, plasma.gamma_eff, plasma.nu_0 / 1e18
    (7.74405, 107.831, 4.73270)
    """
    rho, T, charges, masses, fractions = _layers(density, temperature, Z, A, x)
    T = T / MEV_IN_KELVIN
    # What the composition says by itself comes first: it is often the same in all layers
    mean_Z, mean_Z2 = (fractions * charges).sum(-1), (fractions * charges**2).sum(-1)
    mean_A, Z53 = (fractions * masses).sum(-1), charges ** (5 / 3)
    plasma_scale = coulomb.plasma_temperature(charges, masses, fractions)  # of one nucleus per fm^3
    n = rho / (ATOMIC_MASS_UNIT_G * PER_FM3_IN_PER_CM3 * mean_A)
    n_e = n * mean_Z
    k_F = np.cbrt(3.0 * pi**2 * n_e)
    x_r = HBARC_MEV_FM * k_F / ELECTRON_MASS_MEV
    mu_e = ELECTRON_MASS_MEV * np.sqrt(1.0 + x_r**2)
    fermi_energy = ELECTRON_MASS_MEV * x_r**2 / (1.0 + np.sqrt(1.0 + x_r**2))  # mu_e - m_e, all its digits
    gamma_e = np.asarray(coulomb.electron_coupling(n_e, T))
    gamma_eff = gamma_e * (fractions * Z53).sum(-1)
    by_layer = {
        "mean_Z": mean_Z,
        "mean_Z2": mean_Z2,
        "mean_A": mean_A,
        "Q_imp": coulomb.impurity_parameter(charges, fractions),
        "number_density": n,
        "electron_density": n_e,
        "a": np.cbrt(0.75 / (pi * n)),
        "a_e": np.cbrt(0.75 / (pi * n_e)),
        "k_F": k_F,
        "x_r": x_r,
        "mu_e": mu_e,
        "T_F": fermi_energy * MEV_IN_KELVIN,
        "theta": T / fermi_energy,
        "gamma_e": gamma_e,
        "gamma_eff": gamma_eff,
        "plasma_temperature": plasma_scale * np.sqrt(n) * MEV_IN_KELVIN,
        "melting_temperature": gamma_eff * T / coulomb.GAMMA_MELTING * MEV_IN_KELVIN,
        "nu_0": _fundamental_frequency(mu_e, mean_Z2 / mean_Z),
    }
    shape = np.shape(gamma_e)
    plain = {name: np.broadcast_to(v, shape).copy() if shape else float(v) for name, v in by_layer.items()}
    return PlasmaParameters(gamma_j=gamma_e[..., np.newaxis] * Z53, **plain)


def _fundamental_frequency(mu_e: Any, charge: Any) -> Any:
    """nu_0 (s^-1), equation (9), at mu_e (MeV) and charge = <Z^2> / <Z>, or Q_imp / <Z> in equation (26)."""
    energy = 4.0 * FINE_STRUCTURE**2 * mu_e / (3.0 * pi) * charge
    return energy / HBARC_MEV_FM * SPEED_OF_LIGHT_CM_S * _FM_PER_CM


def _layers(
    density: ArrayLike, temperature: ArrayLike, Z: ArrayLike, A: ArrayLike, x: ArrayLike
) -> tuple[NDArray[np.float64], ...]:
    """All five, checked: the first two of the layers' shape, the composition of its own, species last."""
    rho, T = np.asarray(positive("density", density)), np.asarray(positive("temperature", temperature))
    charges, masses = np.asarray(in_range("Z", Z, 1.0, inf)), np.asarray(positive("A", A))
    fractions = np.asarray(non_negative("x", x))
    try:
        charges, masses, fractions = np.broadcast_arrays(*np.atleast_1d(charges, masses, fractions))
        shape = np.broadcast_shapes(rho.shape, T.shape, charges.shape[:-1])
    except ValueError:
        raise ValueError(
            f"density {rho.shape}, temperature {T.shape}, Z {np.shape(Z)}, A {np.shape(A)}, x {np.shape(x)}: "
            "shapes must broadcast, those of Z, A, x with species on a last axis more"
        ) from None
    light = masses < charges
    if light.any():
        raise ValueError(f"A = {masses[light][0]:g} for Z = {charges[light][0]:g}: must be >= Z")
    off = np.abs(fractions.sum(-1) - 1.0) > FRACTIONS_TOLERANCE
    if off.any():
        raise ValueError(f"x sums to {fractions.sum(-1)[off][0]:.8g}: number fractions must sum to 1")
    return np.broadcast_to(rho, shape), np.broadcast_to(T, shape), charges, masses, fractions

r"""Fusion of nuclei at zero temperature: the rate, and the S-factor it hangs on.

The rate is the interpolation of Gasques et al. (2005) carried to mixtures by Yakovlev et al. (2006), in its
uniformly mixed, "optimal" form. For ions :math:`i, j` with reduced mass :math:`\mu`,

.. math::
   R_{ij} = \frac{n_i n_j}{1 + \delta_{ij}}\, S\, \frac{\hbar}{2\mu Z_i Z_j e^2}\,
            \frac{92.12\, C_\mathrm{pyc}}{\lambda^{C_\mathrm{pl}}}\, e^{-C_\mathrm{exp}/\sqrt{\lambda}},
   \qquad \lambda = \frac{\hbar^2}{2\mu Z_i Z_j e^2} \left(\frac{n_{ij}}{2}\right)^{1/3},
   \quad n_{ij} = \frac{3}{4\pi a_{ij}^3},

with :math:`a_{ij}` the mean of the two ion-sphere radii.
"""

import numpy as np
from numba import njit

from crustlib.constants import ATOMIC_MASS_UNIT_MEV, E2_MEV_FM, HBARC_MEV_FM
from crustlib.validation import positive

C_EXP, C_PYC, C_PL = 2.638, 3.90, 1.25  # Yakovlev et al. 2006, "optimal" column
RATE_PREFACTOR = 8.0 * 11.515  # Gasques et al. 2005: P_pyc = 8 C_pyc 11.515 / lambda^C_pl
LARGEST_LOG = np.log(np.finfo(np.float64).max)
MARGIN = 5.0  # see _least_electron_density
# Where nuclei touch, nuclear attraction included: r0 (A_1^(1/3) + A_2^(1/3)) + d. The two numbers meet the
# S(0) = 3.0e16 and 4.5e26 MeV barn behind the 12C + 12C and 16O + 16O rates of Caughlan & Fowler (1988).
TOUCHING_R0_FM, TOUCHING_D_FM = 1.0, 2.2


@njit(cache=True)
def _log_s_factor(Z_1, A_1, Z_2, A_2):
    """Return ln(S / MeV fm^2) at zero energy: s waves behind a Coulomb barrier cut off at touching."""
    twice_reduced_mass = 2.0 * ATOMIC_MASS_UNIT_MEV * A_1 * A_2 / (A_1 + A_2)
    touching = TOUCHING_R0_FM * (A_1 ** (1.0 / 3.0) + A_2 ** (1.0 / 3.0)) + TOUCHING_D_FM
    action = 4.0 * np.sqrt(twice_reduced_mass * Z_1 * Z_2 * E2_MEV_FM * touching) / HBARC_MEV_FM
    return np.log(np.pi * HBARC_MEV_FM**2 / twice_reduced_mass) + action


@njit(cache=True)
def _log_lifetime(Z_1, A_1, Z_2, A_2, n_2, n_e, log_s_shift):
    """Return ln of the time (fm/c) in which one ion 1 fuses with ions 2 of density n_2 (fm^-3)."""
    twice_reduced_mass = 2.0 * ATOMIC_MASS_UNIT_MEV * A_1 * A_2 / (A_1 + A_2)
    bohr_radius = HBARC_MEV_FM**2 / (twice_reduced_mass * Z_1 * Z_2 * E2_MEV_FM)
    a_e = (3.0 / (4.0 * np.pi * n_e)) ** (1.0 / 3.0)
    a_12 = 0.5 * a_e * (Z_1 ** (1.0 / 3.0) + Z_2 ** (1.0 / 3.0))
    lam = bohr_radius * (3.0 / (8.0 * np.pi)) ** (1.0 / 3.0) / a_12
    log_rate = (
        np.log(n_2 * bohr_radius / HBARC_MEV_FM * RATE_PREFACTOR * C_PYC)
        + _log_s_factor(Z_1, A_1, Z_2, A_2)
        + log_s_shift
        - C_PL * np.log(lam)
        - C_EXP / np.sqrt(lam)
    )
    return -log_rate


@njit(cache=True)
def _least_electron_density(Z_1, A_1, Z_2, A_2, log_s_shift, log_time):
    """Return an electron density (fm^-3) below which the pair surely outlives exp(log_time) fm/c.

    All but the exponential of the rate is below e^MARGIN per fm/c wherever a crust has ions.
    """
    twice_reduced_mass = 2.0 * ATOMIC_MASS_UNIT_MEV * A_1 * A_2 / (A_1 + A_2)
    bohr_radius = HBARC_MEV_FM**2 / (twice_reduced_mass * Z_1 * Z_2 * E2_MEV_FM)
    exponent = max(_log_s_factor(Z_1, A_1, Z_2, A_2) + log_s_shift + log_time + MARGIN, 1e-3)
    a_12 = bohr_radius * (3.0 / (8.0 * np.pi)) ** (1.0 / 3.0) * (exponent / C_EXP) ** 2
    a_e = 2.0 * a_12 / (Z_1 ** (1.0 / 3.0) + Z_2 ** (1.0 / 3.0))
    return 3.0 / (4.0 * np.pi * a_e**3)


def s_factor(Z_1: float, A_1: float, Z_2: float, A_2: float) -> float:
    r"""Astrophysical S-factor at zero energy of two nuclei that fuse where they touch.

    A particle that tunnels at zero energy through :math:`Z_1 Z_2 e^2/r` down to the touching radius
    :math:`R = A_1^{1/3} + A_2^{1/3} + 2.2` fm and is then absorbed has

    .. math:: S(0) = \frac{\pi\hbar^2}{2\mu} \exp\left(\frac{4}{\hbar} \sqrt{2\mu Z_1 Z_2 e^2 R}\right).

    The radius is set to meet the S(0) behind the rates of Caughlan & Fowler (1988) for carbon and oxygen. For
    the neutron-rich nuclei of a crust any S-factor is uncertain by orders of magnitude, so that `accreted`
    takes a factor on it.

    Parameters
    ----------
    Z_1, A_1, Z_2, A_2 : float
        Charge and mass numbers, positive.

    Returns
    -------
    float
        S(0) in MeV barn.

    Raises
    ------
    ValueError
        If a number is not positive and finite or is an array, or S is too large for a float.

    Examples
    --------
    >>> f"{s_factor(6, 12, 6, 12):.1e}"
    '3.1e+16'
    """
    for name, value in (("Z_1", Z_1), ("A_1", A_1), ("Z_2", Z_2), ("A_2", A_2)):
        if np.ndim(positive(name, value)):
            raise ValueError(f"{name} = {value!r}: must be one number")
    log_s = _log_s_factor(Z_1, A_1, Z_2, A_2) - np.log(100.0)  # a barn is 100 fm^2
    if log_s > LARGEST_LOG:
        raise ValueError(
            f"Z_1, Z_2 = {Z_1}, {Z_2}: S is about 10^{log_s / np.log(10.0):.0f}, too large for a float"
        )
    return float(np.exp(log_s))

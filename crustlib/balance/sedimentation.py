r"""Ions of one kind among ions of another: which way they drift, and how fast.

In a layer of ions 1 at rest, gravity, the electric field and the lattice's energy balance on each of them.
On a few ions 2 among them they do not:

.. math:: F = \left(A_2 - Z_2\frac{A_1}{Z_1}\right)m_ug
          + C\left(Z_2^{5/3} - Z_2Z_1^{2/3}\right)\frac{dn_e^{1/3}}{dz},

down. The first term is buoyancy (Beznogov & Raduta 2025), the second what Beznogov & Yakovlev (2013) call
Coulomb separation: the larger charge gains more where electrons are denser. They drift with :math:`DF/T`.
Mass numbers are what weighs: among free neutrons the surplus above them, see `buoyancy`.
"""

from typing import Any, NamedTuple

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike, NDArray

from crustlib.balance.buoyancy import weights
from crustlib.constants import ATOMIC_MASS_UNIT_MEV, ELECTRON_MASS_MEV, HBARC_MEV_FM, SPEED_OF_LIGHT_CM_S
from crustlib.crusts import profile as profiles
from crustlib.matter import coulomb, electrons
from crustlib.validation import positive

__all__ = ["SCATTER", "Sedimentation", "coulomb_share", "diffusion_coefficient", "net_force", "sedimentation"]

Array = NDArray[np.float64]

SCATTER = 1.4
"""Factor by which simulations scatter about the diffusion coefficient, either way, for Gamma of 10 to 170."""

_FM_IN_CM = 1e-13


def diffusion_coefficient(n_e: ArrayLike, temperature: ArrayLike, Z: ArrayLike, A: ArrayLike) -> Any:
    r"""Return the coefficient of self-diffusion in a liquid of one kind of ions.

    .. math:: D = 2.95\,\omega_p a^2\,\Gamma^{-4/3}

    (Hansen, McDonald & Pollock 1975, simulations), good to a factor of about `SCATTER`.

    Parameters
    ----------
    n_e : float or array_like
        Electron density in fm^-3, > 0.
    temperature : float or array_like
        Temperature in MeV, > 0.
    Z, A : float or array_like
        Charge number, and the mass number of what moves; > 0. All broadcast.

    Returns
    -------
    float or ndarray
        D in cm^2 s^-1.

    Raises
    ------
    ValueError
        If an argument is not positive, or the coupling parameter is below 1 (a gas) or above 175 (a crystal).

    Examples
    --------
    >>> diffusion_coefficient(1e-3, 1.0, 40, 200)
    1.5144e-05
    """
    n_e, T = positive("n_e", n_e), positive("temperature", temperature)
    gamma = coulomb.ion_coupling(n_e, T, Z)
    if np.any(np.asarray(gamma) < 1.0) or np.any(np.asarray(gamma) > coulomb.GAMMA_MELTING):
        raise ValueError(
            f"temperature = {temperature!r}: must be where the ions' coupling parameter, here "
            f"{np.min(gamma):.4g} to {np.max(gamma):.4g}, is between 1 and {coulomb.GAMMA_MELTING:g}"
        )
    D = _diffusion(*np.broadcast_arrays(n_e, gamma, positive("Z", Z), positive("A", A)))
    return float(D) if np.ndim(D) == 0 else D


def _diffusion(n_e: Array, gamma: Array, Z: Array, A: Array) -> Array:
    n_i = n_e / Z
    plasma = coulomb.plasma_temperature(Z[..., None], A[..., None], n_i[..., None])
    a = np.cbrt(3.0 / (4.0 * np.pi * n_i))
    return 2.95 * plasma / HBARC_MEV_FM * SPEED_OF_LIGHT_CM_S * a**2 * _FM_IN_CM * gamma ** (-4.0 / 3.0)


def coulomb_share(n_e: ArrayLike, Z: ArrayLike, trace_Z: ArrayLike) -> Any:
    r"""Return the force that Coulomb energies put on a few ions 2 among ions 1, over what holds them up.

    .. math:: \frac{F_C}{Z_2eE} = C\left(Z_2^{2/3} - Z_1^{2/3}\right)\frac{n_e^{1/3}\mu_e}{p_F^2}

    (Beznogov & Yakovlev 2013, with ideal electrons): positive, down, for the larger charge.

    Parameters
    ----------
    n_e : float or array_like
        Electron density in fm^-3, > 0.
    Z, trace_Z : float or array_like
        Charge numbers Z_1 and Z_2, > 0; all broadcast.

    Returns
    -------
    float or ndarray
        Dimensionless: as large as a relative difference in A/Z that does the same.

    Raises
    ------
    ValueError
        If an argument is not positive.

    Examples
    --------
    >>> coulomb_share(1e-3, 40, 50)
    0.0064
    """
    n_e, Z_1, Z_2 = positive("n_e", n_e), positive("Z", Z), positive("trace_Z", trace_Z)
    mu_e = electrons.chemical_potential(n_e)
    per_charge = coulomb.LATTICE_C_MEV_FM * np.cbrt(n_e) * mu_e / (mu_e**2 - ELECTRON_MASS_MEV**2)
    share = per_charge * (np.cbrt(Z_2) ** 2 - np.cbrt(Z_1) ** 2)
    return float(share) if np.ndim(share) == 0 else share


def net_force(n_e: ArrayLike, Z: ArrayLike, A: ArrayLike, trace_Z: ArrayLike, trace_A: ArrayLike) -> Any:
    r"""Return the force on each of a few ions 2 in a layer of ions 1 at rest.

    .. math:: F = \left(A_2 - Z_2\frac{A_1}{Z_1}\right)m_ug + F_C

    Parameters
    ----------
    n_e : float or array_like
        Electron density in fm^-3, > 0.
    Z, A, trace_Z, trace_A : float or array_like
        Charge numbers Z_1, Z_2 and mass numbers A_1, A_2, > 0; all broadcast.

    Returns
    -------
    float or ndarray
        In units of m_u g, positive down.

    Raises
    ------
    ValueError
        If an argument is not positive.

    Examples
    --------
    Helium among carbon has the same A/Z, and rises for its smaller charge:

    >>> net_force(1e-8, 6, 12, 2, 4)
    -0.026
    """
    A_1, A_2, Z_2 = positive("A", A), positive("trace_A", trace_A), positive("trace_Z", trace_Z)
    held = Z_2 * A_1 / positive("Z", Z)
    return A_2 - held + held * coulomb_share(n_e, Z, Z_2)


class Sedimentation(NamedTuple):
    """How a few ions drift through the layers of a crust; arrays of shape (layer,)."""

    gamma: Array
    """Coupling parameter of the layer's ions."""
    quantum: Array
    """Their plasma temperature over the temperature: above 1 they are quantal."""
    frozen: NDArray[np.bool_]
    """Whether they are a crystal, where nothing drifts here."""
    force: Array
    """On an ion, in m_u g; positive down."""
    velocity: Array
    """In cm s^-1, positive down."""
    scale_height: Array
    """P / (dP/dz) in cm."""
    time: Array
    """Seconds to drift one scale height; infinite in a crystal."""


def _weight(profile: xr.Dataset) -> Array:
    """Return the surplus of each layer's nuclei, where it is known, or their mass number."""
    known = "A_surplus" in profile or profile.attrs.get("maker") == "nse"
    A = weights(profile)["A_surplus"] if known else profiles.mean_A(profile)
    return np.asarray(A, dtype=np.float64)


def sedimentation(
    profile: xr.Dataset, temperature: float, trace_Z: ArrayLike, trace_A: ArrayLike, gravity: float = 2e14
) -> Sedimentation:
    r"""Let a few ions sink or rise through a crust, :math:`v = DF/T`, and say how long it takes.

    The coefficient is that of the layer's own ions, wherefore for a trace of another charge it is no better
    than a factor of some. Where nuclei are a crystal (Gamma above 175) ions hop, if at all: v is zero.

    Parameters
    ----------
    profile : xarray.Dataset
        A Profile with the columns pressure and mass_density. The surplus weighs, where it is known: see
        `weights`.
    temperature : float
        Temperature in MeV, > 0: the ions', whatever the Profile's is.
    trace_Z, trace_A : float or array_like
        Charge and mass number of the trace, one or one for each layer; what weighs, as in the Profile.
    gravity : float
        Gravitational acceleration in cm s^-2.

    Returns
    -------
    Sedimentation
        Force, drift and time of each layer.

    Raises
    ------
    ValueError
        If an argument is out of range, the Profile lacks a column, or ions are weakly coupled (Gamma < 1).

    Examples
    --------
    A hundredth more mass per charge, in a crust of 1 MeV:

    >>> from crustlib import crusts
    >>> crust = crusts.published("BSk24")
    >>> ions = sedimentation(crust, 1.0, crust["Z_cl"], 1.01 * crust["A_cl"])
    >>> f"{ions.gamma[30]:.0f}, {ions.velocity[30]:.1e} cm/s, {ions.time[30]:.0e} s"
    '83, 9.8e-09 cm/s, 9e+11 s'
    """
    T, g = positive("temperature", temperature), positive("gravity", gravity)
    inertia = profiles.enthalpy_density(profile).values
    Z, n_e = profiles.mean_Z(profile).values.astype(float), profile["electron_density"].values
    A = _weight(profile)
    trace = (positive("trace_Z", np.asarray(trace_Z)), positive("trace_A", np.asarray(trace_A)))
    gamma = np.asarray(coulomb.ion_coupling(n_e, T, Z))
    if gamma.min() < 1.0:
        raise ValueError(f"temperature = {T:g}: must be where Gamma is at least 1, not {gamma.min():.3g}")
    frozen = gamma > coulomb.GAMMA_MELTING
    force = np.broadcast_to(net_force(n_e, Z, A, *trace), n_e.shape)
    per_cm = force * ATOMIC_MASS_UNIT_MEV * g / SPEED_OF_LIGHT_CM_S**2  # MeV per cm
    velocity = np.where(frozen, 0.0, _diffusion(n_e, gamma, Z, A) * per_cm / T)
    height = profile["pressure"].values / inertia * SPEED_OF_LIGHT_CM_S**2 / g
    still = velocity == 0.0
    time = np.where(still, np.inf, height / np.where(still, 1.0, np.abs(velocity)))
    quantum = coulomb.plasma_temperature(Z[:, None], A[:, None], (n_e / Z)[:, None]) / T
    return Sedimentation(gamma, quantum, frozen, force, velocity, height, time)

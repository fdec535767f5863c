r"""The magnetic field of a neutron vortex in the core, and where it can gather quantised proton fluxoids.

Entrainment makes a neutron vortex carry the flux :math:`\Phi_\star = \Phi_0\rho_{pn}/\rho_{pp}`, spread over
the penetration depth of the superconducting protons:

.. math:: B(r) = \frac{|\Phi_\star|}{2\pi\lambda^2}K_0(r/\lambda), \qquad
          \lambda^{-2} = \frac{4\pi e^2\rho_{pp}}{m^2c^2}, \qquad
          \xi_q = \frac{\hbar^2k_{Fq}}{\pi m_q^*\Delta_q}

A fluxoid is worth its energy from the lower critical field on. That is London's logarithm and the energy of
the fluxoid's core, which Brandt (2003) fits to the Ginzburg-Landau theory:

.. math:: H_{c1} = \frac{\Phi_0}{4\pi\lambda^2}\left[\ln\kappa + \alpha(\kappa)\right], \quad
          \kappa = \frac{\lambda}{\xi_p} > \frac1{\sqrt2}, \qquad
          \alpha = 0.49693 + e^{-0.41477 - 0.775\ln\kappa - 0.1303\ln^2\kappa}

Where :math:`B > H_{c1}` outside the vortex's core, :math:`r > \xi_n`, fluxoids cost less than they gain and
may form a cluster (Sedrakian & Sedrakian 1995).
"""

from math import pi
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.constants import physical_constants
from scipy.special import k0

from crustlib.constants import E2_MEV_FM, NEUTRON_MASS_MEV, PROTON_MASS_MEV
from crustlib.entrainment.core import core_matrix
from crustlib.matter import skyrme
from crustlib.validation import positive

__all__ = ["VortexField", "vortex_field"]

FLUX_QUANTUM_G_FM2: float = physical_constants["mag. flux quantum"][0] * 1e4 * 1e30
"""hc / 2e in G fm^2."""

_MASS = 0.5 * (NEUTRON_MASS_MEV + PROTON_MASS_MEV)


class VortexField(NamedTuple):
    """What `vortex_field` returns: floats, or arrays of the broadcast shape."""

    flux_fraction: Any
    """Phi* / Phi_0."""
    penetration_depth: Any
    """lambda in fm."""
    coherence_n: Any
    """xi_n in fm, the radius of the vortex's core."""
    coherence_p: Any
    """xi_p in fm."""
    lower_critical_field: Any
    """H_c1 in G; 0 in a superconductor of the first kind, lambda < xi_p / sqrt(2)."""
    core_field: Any
    """B(xi_n) in G, the strongest field outside the core."""
    cluster_radius: Any
    """Where B falls to H_c1, in fm; 0 where it is below that from xi_n on, or there is no H_c1."""


def vortex_field(
    baryon_density: ArrayLike, gap_n: ArrayLike, gap_p: ArrayLike, functional: str = "BSk24"
) -> VortexField:
    r"""Magnetic field of a neutron vortex in a core in beta equilibrium, and what it can do.

    The equations at the head of this module (Alpar, Langer & Sauls 1984; Sedrakian & Sedrakian 1995), with
    the entrainment matrix of `core_matrix` at zero temperature.

    Parameters
    ----------
    baryon_density : float or array_like
        Nucleon density in fm^-3, in [1e-6, 2].
    gap_n, gap_p : float or array_like
        Gaps of neutrons and protons in MeV, > 0; broadcast against `baryon_density`.
    functional : str
        One of `crustlib.matter.skyrme.available()`.

    Returns
    -------
    VortexField
        A named tuple, each field of the broadcast shape.

    Raises
    ------
    ValueError
        If an argument is out of range or the shapes do not broadcast.

    Notes
    -----
    The Ginzburg-Landau theory holds near the critical temperature; far below it is an estimate of the
    energy of a fluxoid's core, which matters where lambda and xi_p are close.

    Examples
    --------
    >>> field = vortex_field(0.16, gap_n=0.1, gap_p=0.5)
    >>> field.penetration_depth, field.lower_critical_field / 1e14
    (69.423, 6.3377)
    """
    delta_n, delta_p = positive("gap_n", gap_n), positive("gap_p", gap_p)
    core = core_matrix(baryon_density, functional=functional)
    n, x, flux, rho_pp, delta_n, delta_p = np.broadcast_arrays(
        baryon_density, core.proton_fraction, core.flux_fraction, core.rho_pp, delta_n, delta_p
    )
    f = skyrme.functional(functional)
    mass_n, mass_p = skyrme.effective_masses(n * (1.0 - x), n * x, functional)
    depth = np.sqrt(_MASS / (4.0 * pi * E2_MEV_FM * n * rho_pp))
    xi_n = _coherence(n * (1.0 - x), f.hbar2_2m_n / mass_n, delta_n)
    xi_p = _coherence(n * x, f.hbar2_2m_p / mass_p, delta_p)
    scale = FLUX_QUANTUM_G_FM2 / (2.0 * pi * depth**2)
    critical = _critical(depth / xi_p)
    field = np.abs(flux) * k0(xi_n / depth)
    clusters = (critical > 0.0) & (field > critical)
    radius = np.where(clusters, depth * _inverse_k0(critical / np.abs(flux)), 0.0)
    columns = (flux, depth, xi_n, xi_p, scale * critical, scale * field, radius)
    return VortexField(*(np.array(c) if np.ndim(c) else float(c) for c in columns))


def _coherence(density: Any, hbar2_2m: Any, gap: Any) -> Any:
    """Coherence length (fm) of a fluid of this density (fm^-3), hbar^2 / 2m* (MeV fm^2) and gap (MeV)."""
    return 2.0 * hbar2_2m * np.cbrt(3.0 * pi**2 * density) / (pi * gap)


def _critical(kappa: Any) -> Any:
    """H_c1 in units of Phi_0 / 2 pi lambda^2; 0 in a superconductor of the first kind."""
    logarithm = np.log(kappa)
    core = 0.49693 + np.exp(-0.41477 - (0.775 + 0.1303 * logarithm) * logarithm)
    return np.where(kappa > 0.5**0.5, 0.5 * (logarithm + core), 0.0)


def _inverse_k0(value: Any) -> NDArray[np.float64]:
    """Find x with K_0(x) = value by bisection of ln x, which lies between 1e-300 and 700."""
    low, high = np.full(np.shape(value), np.log(1e-300)), np.full(np.shape(value), np.log(700.0))
    for _ in range(60):
        middle = 0.5 * (low + high)
        above = k0(np.exp(middle)) > value
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.exp(0.5 * (low + high))

r"""Mutual entrainment of neutrons and protons in the core, from Galilean invariance.

In the energy density of a Skyrme functional the kinetic densities :math:`\tau_q` come with the momentum
densities :math:`\hbar\mathbf j_q`, in the two combinations that a change of frame leaves alone:

.. math:: C_+\left[n\tau - \mathbf j^2\right] + C_-\left[(n_n - n_p)(\tau_n - \tau_p)
          - (\mathbf j_n - \mathbf j_p)^2\right], \qquad C_+ = C_t + \tfrac12 C_q, \quad C_- = \tfrac12 C_q

The derivatives with respect to :math:`\tau_q` make effective masses, those with respect to
:math:`\mathbf j_q` make :math:`\mathbf I_q`. Written with the momentum per nucleon
:math:`m\mathbf u_q = \hbar\mathbf j_q/n_q` the mass currents :math:`\rho_q\mathbf v_q` (with
:math:`\mathbf v_q = \hbar\mathbf j_q/(m^\oplus_qn_q) + \mathbf I_q/\hbar`) follow from

.. math:: \mathbf v_n = \mathbf u_n + c\,n_p(\mathbf u_n - \mathbf u_p), \quad
          \mathbf v_p = \mathbf u_p + c\,n_n(\mathbf u_p - \mathbf u_n), \qquad
          c = \frac{2m}{\hbar^2}C_t, \quad \Upsilon = 1 + c\,n = \frac{m}{m^*_v}.

:math:`C_q` has gone: only the isovector effective mass counts. At zero temperature :math:`\mathbf u_q` is the
superfluid velocity :math:`\mathbf V_q`, so that :math:`\rho_{np} = \rho_n\rho_p(1 - \Upsilon)/\rho`, and
the rows of the matrix sum to :math:`\rho_n` and :math:`\rho_p`. At a finite temperature quasiparticles
carry a part :math:`Y_q` of each fluid back to the rest frame of the normal fluid (Chamel & Allard 2021):

.. math:: \mathbf v_q = (1 - Y_q)\left[\frac{m}{m^\oplus_q}(\mathbf V_q - \mathbf u_q) + \mathbf v_q\right]

These equations are linear; `core_matrix` solves them in closed form. One mass stands for both nucleons.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import ArrayLike

from crustlib.entrainment import pairing
from crustlib.matter import nucleons, skyrme
from crustlib.validation import elementwise, in_range, non_negative

__all__ = ["CoreMatrix", "core_matrix"]


class CoreMatrix(NamedTuple):
    """What `core_matrix` returns: floats, or arrays of the broadcast shape."""

    rho_nn: Any
    """Over the mass density rho of the nucleons."""
    rho_pp: Any
    """Over rho."""
    rho_np: Any
    """Over rho; rho_pn is the same."""
    upsilon: Any
    """m / m*_v = 1 + (2m / hbar^2) n (C_+ - C_-)."""
    flux_fraction: Any
    """Magnetic flux of a neutron vortex over the flux quantum hc / 2e, rho_pn / rho_pp."""
    proton_fraction: Any
    """n_p / n."""


@njit(cache=True)
def _upsilon(n, f):
    """Upsilon at n (fm^-3) with the mean of both nucleons' hbar^2 / 2m."""
    return 1.0 + 2.0 * n * skyrme._couplings(n, f)[0] / (f.hbar2_2m_n + f.hbar2_2m_p)


@njit(cache=True)
def _core_matrix(n, x, y_n, y_p, f):
    """Compute rho_nn, rho_pp, rho_np (over rho), Upsilon and the flux fraction; y_q are the normal fractions.

    The equations at the module's head are V = (A^-1 + a) v, with v = A u and a_q = Y_q / [(1 - Y_q) m/m_q];
    multiplied with 1 - Y_q they can be solved for normal fluids too.
    """
    upsilon = _upsilon(n, f)
    mass_n, mass_p = skyrme._effective_masses(n * (1.0 - x), n * x, f)
    entrained_n = (1.0 - x) * (1.0 - 1.0 / upsilon)  # by neutrons: c n_n / Upsilon
    entrained_p = x * (1.0 - 1.0 / upsilon)
    s_n, s_p = 1.0 - y_n, 1.0 - y_p
    diagonal_n = s_n * (1.0 / upsilon + entrained_n) + y_n * mass_n
    diagonal_p = s_p * (1.0 / upsilon + entrained_p) + y_p * mass_p
    determinant = diagonal_n * diagonal_p - s_n * s_p * entrained_n * entrained_p
    rho_np = -(1.0 - x) * s_n * s_p * entrained_p / determinant
    # Normal protons screen nothing and quantise no flux
    flux = -(s_p > 0.0) * s_n * entrained_n / diagonal_n
    rho_nn, rho_pp = (1.0 - x) * s_n * diagonal_p / determinant, x * s_p * diagonal_n / determinant
    return rho_nn, rho_pp, rho_np, upsilon, flux


def core_matrix(
    baryon_density: ArrayLike,
    proton_fraction: "ArrayLike | None" = None,
    functional: str = "BSk24",
    temperature: ArrayLike = 0.0,
    gap_n: "ArrayLike | None" = None,
    gap_p: "ArrayLike | None" = None,
) -> CoreMatrix:
    r"""Entrainment matrix of the neutron-proton mixture in the core.

    .. math:: \rho_{np} = \tfrac14\rho(1 - \eta^2)(1 - \Upsilon), \quad
              \rho_{nn} = \tfrac12\rho(1 + \eta) - \rho_{np}, \quad
              \rho_{pp} = \tfrac12\rho(1 - \eta) - \rho_{np}, \qquad
              \frac{\Phi_\star}{\Phi_0} = \frac{\rho_{pn}}{\rho_{pp}}

    at zero temperature, with :math:`\eta = (\rho_n - \rho_p)/\rho` (Chamel 2026, slides; Chamel & Allard
    2021), and the equations at the head of this module at a finite one.

    Parameters
    ----------
    baryon_density : float or array_like
        Nucleon density in fm^-3, in [1e-6, 2].
    proton_fraction : float or array_like, optional
        n_p / n, in [0, 1]; beta equilibrium with electrons and muons where it is not given.
    functional : str
        One of `crustlib.matter.skyrme.available()`.
    temperature : float or array_like
        In MeV, >= 0.
    gap_n, gap_p : float or array_like, optional
        Gaps of neutrons and protons at zero temperature in MeV, >= 0 (0: a normal fluid). Needed if the
        temperature is not zero; at zero temperature no gap matters, unless it is 0.

    Returns
    -------
    CoreMatrix
        A named tuple; densities are fractions of rho. Each field has the shape of all arguments, broadcast.

    Raises
    ------
    ValueError
        If an argument is out of range, the shapes do not broadcast, a gap is missing, or an effective mass is
        not positive.

    Notes
    -----
    Linear in the velocities: they stay well below Landau's, about :math:`\Delta_q/(\hbar k_{Fq})`, where
    quasiparticles would appear by themselves. Leptons are no part of rho.

    Examples
    --------
    >>> core = core_matrix(0.16)
    >>> core.upsilon, core.rho_np, core.flux_fraction
    (1.4080, -0.018819, -0.27967)
    >>> core_matrix(0.16, temperature=0.4, gap_n=1.0, gap_p=1.0).rho_np
    -0.0058303
    """
    n = in_range("baryon_density", baryon_density, nucleons.LOWEST_DENSITY, nucleons.HIGHEST_DENSITY)
    f = skyrme.functional(functional)
    if proton_fraction is None:
        x = nucleons.beta_equilibrium(n, functional).proton_fraction
    else:
        x = in_range("proton_fraction", proton_fraction, 0.0, 1.0)
    y_n = _normal("gap_n", temperature, gap_n)
    y_p = _normal("gap_p", temperature, gap_p)
    masses = skyrme._effective_masses(n * (1.0 - np.asarray(x)), n * np.asarray(x), f)
    if not all(np.all(np.asarray(mass) > 0.0) for mass in masses):
        raise ValueError(
            f"baryon_density = {baryon_density!r}: must be where {f.name}'s effective masses are positive"
        )
    return CoreMatrix(*elementwise(lambda *a: (*_core_matrix(*a), a[1]), (n, x, y_n, y_p), f))


def _normal(name: str, temperature: ArrayLike, gap: "ArrayLike | None") -> Any:
    """Fraction of normal fluid at the temperature, for a gap that may be missing or zero."""
    T = non_negative("temperature", temperature)
    if gap is None:
        if np.any(np.asarray(T) > 0.0):
            raise ValueError(f"{name} = None: must be given (MeV) where the temperature is not zero")
        return 0.0
    gaps = non_negative(name, gap)
    with_gap = pairing.normal_fraction(T, np.where(np.asarray(gaps) > 0.0, gaps, 1.0))
    normal = np.where(np.asarray(gaps) > 0.0, with_gap, 1.0)
    return normal if normal.ndim else float(normal)

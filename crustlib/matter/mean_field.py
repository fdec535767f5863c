r"""Mean fields of a generalised Skyrme functional in matter that is not uniform.

The gradient terms that belong to the energy density of `crustlib.matter.skyrme` are (Chamel, Goriely &
Pearson 2009, appendix; without those of spin-orbit coupling)

.. math::

   \varepsilon_\nabla = A(\nabla n)^2 + B\sum_q(\nabla n_q)^2 + D\,\nabla n\cdot\sum_qn_q\nabla n_q

   A = \tfrac14\left[\tfrac34t_1\left(1 + \tfrac{x_1}{2}\right)
   + \left(\tfrac34 + \tfrac\beta2\right)t_4\left(1 + \tfrac{x_4}{2}\right)n^\beta
   - \tfrac14\left(t_2 + \tfrac12t_2x_2\right) - \tfrac14t_5\left(1 + \tfrac{x_5}{2}\right)n^\gamma\right]

   B = -\tfrac14\left[\tfrac34t_1\left(\tfrac12 + x_1\right) + \tfrac34t_4\left(\tfrac12 + x_4\right)n^\beta
   + \tfrac14\left(\tfrac12t_2 + t_2x_2\right) + \tfrac14t_5\left(\tfrac12 + x_5\right)n^\gamma\right],
   \qquad D = -\tfrac\beta8t_4\left(\tfrac12 + x_4\right)n^{\beta - 1}

and the potential is the functional derivative at fixed kinetic densities, :math:`U_q = \delta E/\delta n_q`.
Those come from the extended Thomas-Fermi expansion to second order (Brack, Guet & Hakansson 1985), with
:math:`f = m/m^*_q`:

.. math:: \tau_q = \tfrac35(3\pi^2)^{2/3}n_q^{5/3} + \frac{(\nabla n_q)^2}{36n_q} + \frac{\nabla^2n_q}{3}
   + \frac{\nabla n_q\cdot\nabla f}{6f} + \frac{n_q\nabla^2f}{6f} - \frac{n_q(\nabla f)^2}{12f^2}

All fields are local: they need each density, its Laplacian and the products of gradients.
"""

from typing import Any, NamedTuple

from numba import njit
from numpy.typing import ArrayLike

from crustlib.matter import skyrme
from crustlib.validation import elementwise, finite, one_of, positive

__all__ = ["MeanField", "mean_field"]


class MeanField(NamedTuple):
    """What `mean_field` returns for one nucleon: floats, or arrays of the densities' shape."""

    potential: Any
    """U_q in MeV, zero in a vacuum."""
    effective_mass: Any
    """m*_q / m_q."""
    kinetic_density: Any
    """tau_q in fm^-5."""


@njit(cache=True)
def _gradient_couplings(n, f):
    """Compute A, dA/dn, B, dB/dn, D, dD/dn (MeV, fm) at the nucleon density n (fm^-3)."""
    beta_part, gamma_part = f.t4 * n**f.beta, f.t5 * n**f.gamma
    a_4 = (0.1875 + 0.125 * f.beta) * beta_part * (1.0 + 0.5 * f.x4)
    a_5 = -0.0625 * gamma_part * (1.0 + 0.5 * f.x5)
    b_4 = -0.1875 * beta_part * (0.5 + f.x4)
    b_5 = -0.0625 * gamma_part * (0.5 + f.x5)
    A = 0.1875 * f.t1 * (1.0 + 0.5 * f.x1) - 0.0625 * (f.t2 + 0.5 * f.t2x2) + a_4 + a_5
    B = -0.1875 * f.t1 * (0.5 + f.x1) - 0.0625 * (0.5 * f.t2 + f.t2x2) + b_4 + b_5
    D = -0.125 * f.beta * beta_part * (0.5 + f.x4) / n
    return (
        A,
        (f.beta * a_4 + f.gamma * a_5) / n,
        B,
        (f.beta * b_4 + f.gamma * b_5) / n,
        D,
        (f.beta - 1.0) * D / n,
    )


@njit(cache=True)
def _curvatures(n, f):
    """n^2 d^2C_t/dn^2 and n^2 d^2C_q/dn^2 (MeV fm^5) at the nucleon density n (fm^-3)."""
    t4 = 0.25 * f.beta * (f.beta - 1.0) * f.t4 * n**f.beta
    t5 = 0.25 * f.gamma * (f.gamma - 1.0) * f.t5 * n**f.gamma
    return t4 * (1.0 + 0.5 * f.x4) + t5 * (1.0 + 0.5 * f.x5), -t4 * (0.5 + f.x4) + t5 * (0.5 + f.x5)


@njit(cache=True)
def _kinetic_density(own, other, lap_own, lap_other, g_own, g_cross, g_other, hbar2_2m, f):
    """tau_q (fm^-5) and m_q / m*_q of the nucleon with density `own` (fm^-3); g are products of gradients."""
    n = own + other
    c_t, c_q, d_t, d_q = skyrme._couplings(n, f)
    dd_t, dd_q = _curvatures(n, f)
    # the field f - 1 in units of 1 / hbar2_2m: derivatives by n, and by own where it stands in C_q own
    share = own / n
    by_n = c_t + d_t + d_q * share
    by_n_n = (2.0 * d_t + dd_t + dd_q * share) / n
    g_total, g_own_total = g_own + 2.0 * g_cross + g_other, g_own + g_cross
    mass = 1.0 + (c_t * n + c_q * own) / hbar2_2m
    squared = (by_n**2 * g_total + 2.0 * by_n * c_q * g_own_total + c_q**2 * g_own) / hbar2_2m**2
    along = (by_n * g_own_total + c_q * g_own) / hbar2_2m
    laplacian = by_n * (lap_own + lap_other) + c_q * lap_own + by_n_n * g_total + 2.0 * d_q / n * g_own_total
    tau = skyrme.KINETIC_FACTOR * own ** (5.0 / 3.0) + g_own / (36.0 * own) + lap_own / 3.0
    tau += (along + own * laplacian / hbar2_2m) / (6.0 * mass) - own * squared / (12.0 * mass**2)
    return tau, mass


@njit(cache=True)
def _gradient_potential(own, other, lap_own, lap_other, g_own, g_cross, g_other, f):
    """Part of U_q (MeV) that comes of the gradient terms."""
    n = own + other
    A, dA, B, dB, D, dD = _gradient_couplings(n, f)
    g_total, squares = g_own + 2.0 * g_cross + g_other, g_own + g_other
    return (
        -(dA + dD * own) * g_total
        - (2.0 * A + D * own) * (lap_own + lap_other)
        + (dB - D) * squares
        - 2.0 * dB * (g_own + g_cross)
        - 2.0 * B * lap_own
        - D * (own * lap_own + other * lap_other)
    )


@njit(cache=True)
def _local_potential(own, other, tau, tau_other, f):
    """Part of U_q (MeV) without gradients, with both kinetic densities."""
    n = own + other
    c_t, c_q, d_t, d_q = skyrme._couplings(n, f)
    contact = f.t3 / 12.0 * n**f.alpha
    return (
        f.t0 * ((1.0 + 0.5 * f.x0) * n - (0.5 + f.x0) * own)
        + contact * ((2.0 + f.alpha) * (1.0 + 0.5 * f.x3) * n - 2.0 * (0.5 + f.x3) * own)
        - contact * f.alpha * (0.5 + f.x3) * (own**2 + other**2) / n
        + (c_t + d_t) * (tau + tau_other)
        + d_q * (own * tau + other * tau_other) / n
        + c_q * tau
    )


@njit(cache=True)
def _mean_field(own, other, lap_own, lap_other, g_own, g_cross, g_other, own_2m, other_2m, f):
    """U_q (MeV), m*_q / m_q and tau_q (fm^-5) of one nucleon, whose arguments come first."""
    tau, mass = _kinetic_density(own, other, lap_own, lap_other, g_own, g_cross, g_other, own_2m, f)
    tau_other, _ = _kinetic_density(other, own, lap_other, lap_own, g_other, g_cross, g_own, other_2m, f)
    U = _local_potential(own, other, tau, tau_other, f)
    U += _gradient_potential(own, other, lap_own, lap_other, g_own, g_cross, g_other, f)
    return U, 1.0 / mass, tau


def mean_field(
    n_n: ArrayLike,
    n_p: ArrayLike,
    laplacians: tuple[ArrayLike, ArrayLike] = (0.0, 0.0),
    gradients: tuple[ArrayLike, ArrayLike, ArrayLike] = (0.0, 0.0, 0.0),
    functional: str = "BSk24",
    nucleon: str = "neutron",
) -> MeanField:
    r"""Potential and effective mass of a nucleon where densities and their derivatives are known.

    The equations at the head of this module (Chamel, Goriely & Pearson 2009; Brack, Guet & Hakansson 1985).

    Parameters
    ----------
    n_n, n_p : float or array_like
        Neutron and proton densities in fm^-3, > 0; broadcast against each other and the derivatives.
    laplacians : tuple of float or array_like
        Laplacians of n_n and n_p in fm^-5.
    gradients : tuple of float or array_like
        :math:`(\nabla n_n)^2`, :math:`\nabla n_n\cdot\nabla n_p` and :math:`(\nabla n_p)^2` in fm^-8.
    functional : str
        One of `crustlib.matter.skyrme.available()`.
    nucleon : str
        ``"neutron"`` or ``"proton"`` (without its Coulomb potential).

    Returns
    -------
    MeanField
        A named tuple, each field of the broadcast shape.

    Raises
    ------
    ValueError
        If an argument is out of range, or the functional or the nucleon is unknown.

    Examples
    --------
    >>> field = mean_field(0.08, 0.08)
    >>> field.potential, field.effective_mass
    (-61.94, 0.796)
    """
    f = skyrme.functional(functional)
    one_of("nucleon", nucleon, ("neutron", "proton"))
    densities = positive("n_n", n_n), positive("n_p", n_p)
    lap = tuple(finite("laplacians", value) for value in laplacians)
    g = tuple(finite("gradients", value) for value in gradients)
    masses = f.hbar2_2m_n, f.hbar2_2m_p
    if nucleon == "proton":
        densities, lap, g, masses = densities[::-1], lap[::-1], g[::-1], masses[::-1]
    return MeanField(*elementwise(_mean_field, (*densities, *lap, *g), *masses, f))

r"""Energies that follow from the structure of a plasma, and the linear mixing rule for them.

The excess energy per ion, in kT, over that of an ideal gas:

.. math:: u = \frac12\sum_{ab}x_ax_bq_{ab}\,\frac{3}{4\pi}\int(g_{ab}-1)\frac{e^{-\kappa r}}{r}\,d^3r
              - \frac{\kappa}{2}\sum_ax_aq_{aa}

(lengths in a, see `crustlib.transport.structure`; the last term is an ion's energy in its own screening
cloud, as in Daligault & Gupta 2009, eq. 38). A free energy follows by switching the coupling on.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import kn

from crustlib.transport.hypernetted_chain import STEP
from crustlib.transport.solutions import MixtureSolution, check_mixture, solve, solve_mixture
from crustlib.validation import positive

__all__ = [
    "energy_bound",
    "excess_energy",
    "excess_energy_from_structure",
    "excess_free_energy",
    "linear_mixing_energy",
    "linear_mixing_free_energy",
]

NODES = 10  # of the coupling integral: a free energy is right to 1e-5 of itself


def excess_energy(solution: MixtureSolution) -> float:
    r"""Excess energy per ion from the pair distributions.

    The first equation of this module.

    Parameters
    ----------
    solution : MixtureSolution
        From `crustlib.transport.solutions.solve` or `solve_mixture`.

    Returns
    -------
    float
        In units of kT.

    Examples
    --------
    Monte Carlo gives -87.526:

    >>> excess_energy(solve(100))
    -87.493
    """
    # At contact h falls to -1 within a distance q that a grid may step over: there h is like
    # (exp(-q/r) - 1) exp(-r/L), whose integral is known, and the grid takes the smooth rest
    r, step, screening, q = solution.r, solution.r[0], solution.screening, solution.strengths
    reach = 1.0 / (
        0.5 * STEP / step + screening
    )  # of L = 2, on a grid that is not stretched, and the screening
    near = np.expm1(-q[..., np.newaxis] / r) * np.exp(-r / reach)
    rest = step * np.einsum("abr,r->ab", (solution.g - 1.0) * np.exp(-screening * r) - near, r)
    integrals = rest + 2.0 * q * reach * kn(2, 2.0 * np.sqrt(q / reach)) - reach**2
    x = solution.fractions
    return float(1.5 * x @ (q * integrals) @ x) - _self_energy(solution)


def excess_energy_from_structure(solution: MixtureSolution) -> float:
    r"""Excess energy per ion from the charge-charge structure factor.

    .. math:: u = \frac{\Gamma_e}{\pi}\frac{\langle Z^2\rangle}{\langle Z\rangle^{1/3}}
              \int_0^\infty\frac{k^2}{k^2+\kappa^2}\left[S_{zz}(k)-1\right]dk
              - \frac{\kappa}{2}\frac{\Gamma_e\langle Z^2\rangle}{\langle Z\rangle^{1/3}}

    (Daligault & Gupta 2009, eq. 38; the factor of its last term supplied, k in 1/a). Where the coupling is
    weak the integrand falls with k^-2, and the end of the grid cuts off some: 1 % below a coupling of 0.01.

    Parameters
    ----------
    solution : MixtureSolution
        From `crustlib.transport.solutions.solve` or `solve_mixture`.

    Returns
    -------
    float
        In units of kT.

    Examples
    --------
    >>> excess_energy_from_structure(solve(100))
    -87.493
    """
    k, kernel = solution.k, solution.k**2 / (solution.k**2 + solution.screening**2)
    root = np.sqrt(solution.fractions)
    weights = np.outer(root, root) * solution.strengths
    diagonal = np.eye(len(root))[..., np.newaxis]
    integrand = np.einsum("ab,abk->k", weights, solution.S - diagonal) * kernel
    at_zero = -float(weights.trace()) if solution.screening == 0.0 else 0.0
    integral = k[0] * (integrand.sum() + 0.5 * at_zero)
    return float(integral) / np.pi - _self_energy(solution)


def excess_free_energy(solution: MixtureSolution) -> float:
    r"""Excess free energy per ion, by switching the coupling on.

    .. math:: f(\Gamma) = \int_0^\Gamma\frac{u(\Gamma')}{\Gamma'}\,d\Gamma'

    Parameters
    ----------
    solution : MixtureSolution
        From `crustlib.transport.solutions.solve` or `solve_mixture`; solved again at weaker couplings.

    Returns
    -------
    float
        In units of kT.

    Raises
    ------
    ConvergenceError
        If Newton's method finds no solution at a weaker coupling.

    Examples
    --------
    >>> excess_free_energy(solve(100))
    -84.21
    """
    # In t, Gamma' = Gamma t^2, the integrand starts as t^2, from u ~ Gamma'^(3/2) (Debye & Hueckel)
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    t = 0.5 * (nodes + 1.0)
    energies = np.array([excess_energy(_weaker(solution, part)) for part in t**2])
    return float(weights @ (energies / t))


def linear_mixing_energy(
    gamma_e: float, Z: ArrayLike, x: ArrayLike, screening: float = 0.0, closure: str = "bridge"
) -> float:
    r"""Excess energy per ion of a mixture by the linear mixing rule.

    .. math:: u = \sum_jx_ju_\mathrm{OCP}(\Gamma_j), \qquad \Gamma_j = \Gamma_eZ_j^{5/3}

    (Daligault & Gupta 2009, eq. 36): each species as if alone among its electrons, in its own unit of length
    :math:`a_eZ_j^{1/3}`.

    Parameters
    ----------
    gamma_e, Z, x, screening, closure
        As in `crustlib.transport.solutions.solve_mixture`.

    Returns
    -------
    float
        In units of kT.

    Raises
    ------
    ValueError
        If an argument is out of range, not finite, of a wrong shape or not a number.
    ConvergenceError
        If Newton's method finds no solution.

    Examples
    --------
    >>> linear_mixing_energy(0.324, [8, 26, 40], [0.2, 0.3, 0.5])
    -87.70
    """
    return _linear_mixing(excess_energy, gamma_e, Z, x, screening, closure)


def linear_mixing_free_energy(
    gamma_e: float, Z: ArrayLike, x: ArrayLike, screening: float = 0.0, closure: str = "bridge"
) -> float:
    r"""Excess free energy per ion of a mixture by the linear mixing rule.

    .. math:: f = \sum_jx_jf_\mathrm{OCP}(\Gamma_j), \qquad \Gamma_j = \Gamma_eZ_j^{5/3}

    (Daligault & Gupta 2009, eq. 37).

    Parameters
    ----------
    gamma_e, Z, x, screening, closure
        As in `crustlib.transport.solutions.solve_mixture`.

    Returns
    -------
    float
        In units of kT.

    Raises
    ------
    ValueError
        If an argument is out of range, not finite, of a wrong shape or not a number.
    ConvergenceError
        If Newton's method finds no solution.

    Examples
    --------
    >>> linear_mixing_free_energy(0.324, [8, 26, 40], [0.2, 0.3, 0.5])
    -84.67
    """
    return _linear_mixing(excess_free_energy, gamma_e, Z, x, screening, closure)


def energy_bound(gamma_eff: float) -> float:
    r"""Lower bound of the excess energy per ion of a Coulomb plasma.

    .. math:: u \ge -\frac{9}{10}\Gamma_\mathrm{eff}, \qquad
              \Gamma_\mathrm{eff} = \langle Z^{5/3}\rangle\Gamma_e

    (Daligault & Gupta 2009, eq. 6): the energy of ion spheres (Lieb & Narnhofer 1975).

    Parameters
    ----------
    gamma_eff : float
        Effective coupling parameter, > 0.

    Returns
    -------
    float
        In units of kT.

    Raises
    ------
    ValueError
        If the argument is out of range, not finite or not a number.

    Examples
    --------
    >>> energy_bound(100)
    -90.0
    """
    return -0.9 * positive("gamma_eff", gamma_eff)


def _self_energy(solution: MixtureSolution) -> float:
    return float(0.5 * solution.screening * solution.fractions @ solution.strengths.diagonal())


def _weaker(solution: MixtureSolution, part: float) -> MixtureSolution:
    """Solve the plasma again at this part of its coupling."""
    charges, fractions = solution.charges, solution.fractions
    if len(charges) == 1:
        return solve(part * solution.strengths[0, 0], solution.screening, solution.closure)
    gamma_e = solution.strengths[0, 0] / charges[0] ** 2 * (fractions @ charges) ** (1 / 3)
    return solve_mixture(part * gamma_e, charges, fractions, solution.screening, solution.closure)


def _linear_mixing(
    of: Callable[[MixtureSolution], float],
    gamma_e: float,
    Z: ArrayLike,
    x: ArrayLike,
    screening: float,
    closure: str,
) -> float:
    gamma_e, charges, fractions, screening = check_mixture(gamma_e, Z, x, screening)
    radii = (charges / (fractions @ charges)) ** (1 / 3)
    alone = [
        of(solve(gamma_e * charge ** (5 / 3), screening * radius, closure))
        for charge, radius in zip(charges, radii, strict=True)
    ]
    return float(fractions @ np.array(alone))

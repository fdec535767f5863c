r"""Static structure factors of classical ions: one component or many, Coulomb or Yukawa.

Ions in a uniform background repel each other by :math:`Z_aZ_be^2e^{-\kappa r}/r`. Their pair distributions
come from the hypernetted chain, closure "hnc", or from the chain with a bridge function from simulations,
closure "bridge": `crustlib.transport.solutions` solves it. Lengths are in units of a, the ion-sphere radius
of the mean ion:

.. math:: a = \left(\frac{3}{4\pi n}\right)^{1/3}, \qquad \Gamma = \frac{(Ze)^2}{akT}, \qquad
          \Gamma_e = \frac{e^2}{a_ekT}, \qquad a_e = a\,\langle Z\rangle^{-1/3}

Solutions are kept: asked again for the same plasma, at other k, a structure factor costs an interpolation.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from crustlib.transport.bridge import GAMMA_BRIDGE, equivalent_coupling
from crustlib.transport.hypernetted_chain import Array
from crustlib.transport.solutions import partial_structure, solve, solve_mixture
from crustlib.validation import non_negative, positive

__all__ = ["amorphous_structure_factor", "mixture_structure", "structure_factor"]


class MixtureStructure(NamedTuple):
    """Structure factors of a mixture.

    Attributes: `S` (species, species, k's shape), the partial ones, delta_ab + sqrt(n_a n_b) h_ab(k);
    `S_zz` (k's shape), charge against charge.
    """

    S: Array
    S_zz: Array


def structure_factor(
    k: ArrayLike, gamma: float, screening: float = 0.0, closure: str = "bridge"
) -> np.ndarray:
    r"""Structure factor S(k) of a one-component plasma.

    .. math:: S(k) = \frac{1}{1 - \hat c(k)}, \qquad S \to \frac{k^2}{3\Gamma}\quad (k\to0,\ \kappa = 0)

    from the integral equations with the closure (Iyetomi, Ogata & Ichimaru 1992 for "bridge").

    Parameters
    ----------
    k : float or array_like
        Wave number in 1/a, >= 0.
    gamma : float
        Coupling parameter (Ze)^2/(a kT), > 0; with closure "bridge", at most 225 for a Coulomb plasma, and
        where `equivalent_coupling` is 225 for a Yukawa plasma.
    screening : float
        Inverse screening length in 1/a, in [0, 5].
    closure : {"bridge", "hnc"}
        Below an equivalent coupling of 5.25 both are the hypernetted chain.

    Returns
    -------
    ndarray
        Dimensionless, of k's shape.

    Raises
    ------
    ValueError
        If an argument is out of range, not finite or not a number.
    ConvergenceError
        If Newton's method finds no solution.

    Examples
    --------
    >>> print(structure_factor([0.0, 2.0, 4.2, 8.0], 100).round(3))
    [0.    0.024 2.272 1.155]
    """
    points = np.asarray(non_negative("k", k))
    solution = solve(gamma, screening, closure)
    square = points**2 + solution.screening**2
    strength = 3.0 * solution.strengths[0, 0]
    inside = square / (square * (1.0 - solution.regular(points)[0, 0]) + strength)
    last = solution.k[-1]  # beyond, c(k) falls with k^-2, if it is there at all
    beyond = 1.0 / (1.0 + (1.0 / solution.S[0, 0, -1] - 1.0) * (last / np.maximum(points, last)) ** 2)
    return np.where(points < last, inside, beyond)


def amorphous_structure_factor(k: ArrayLike, gamma: float, screening: float = 0.0) -> tuple[np.ndarray, bool]:
    r"""Structure factor at any coupling: beyond the last solution, its structure stays.

    With closure "bridge". Where the equivalent coupling exceeds 225, the structure is that at 225: a labelled
    continuation of the liquid into the amorphous solid, not a crystal.

    Parameters
    ----------
    k, gamma, screening
        As in `structure_factor`, gamma without a limit.

    Returns
    -------
    S : ndarray
        Dimensionless, of k's shape.
    extrapolated : bool
        Whether the structure is the last one.

    Raises
    ------
    ValueError
        If an argument is out of range, not finite or not a number.
    ConvergenceError
        If Newton's method finds no solution.

    Examples
    --------
    >>> S, extrapolated = amorphous_structure_factor([4.2, 8.0], 400)
    >>> print(S.round(2), extrapolated)
    [3.43 1.34] True
    """
    gamma, last = positive("gamma", gamma), GAMMA_BRIDGE / equivalent_coupling(1.0, screening)
    return structure_factor(k, min(gamma, last), screening), gamma > last


def mixture_structure(
    k: ArrayLike,
    gamma_e: float,
    Z: ArrayLike,
    x: ArrayLike,
    screening: float = 0.0,
    closure: str = "bridge",
) -> MixtureStructure:
    r"""Partial and charge-charge structure factors of a mixture.

    .. math:: S_{ab} = \delta_{ab} + \sqrt{n_an_b}\,h_{ab}(k), \qquad
              S_{zz} = \frac{1}{\langle Z^2\rangle}\sum_{ab}\sqrt{x_ax_b}\,Z_aZ_bS_{ab}

    (Daligault & Gupta 2009, eqs. 15-18 and 35, norm supplied).

    Parameters
    ----------
    k : float or array_like
        Wave number in 1/a, > 0: a is the ion-sphere radius of the mean ion, (3/(4 pi n))^(1/3), n all ions.
    gamma_e, Z, x, screening, closure
        As in `crustlib.transport.solutions.solve_mixture`, with screening in the same 1/a.

    Returns
    -------
    MixtureStructure
        `S` of shape (species, species, k's shape), and `S_zz` of k's shape; dimensionless.

    Raises
    ------
    ValueError
        If an argument is out of range, not finite, of a wrong shape or not a number.
    ConvergenceError
        If Newton's method finds no solution.

    Examples
    --------
    >>> mixture = mixture_structure([2.0, 4.2], 0.324, [8, 26, 40], [0.2, 0.3, 0.5])
    >>> print(mixture.S.shape, mixture.S_zz.round(3))
    (3, 3, 2) [0.029 1.807]
    """
    points = np.asarray(positive("k", k))
    solution = solve_mixture(gamma_e, Z, x, screening, closure)
    flat = np.minimum(points.ravel(), solution.k[-1])  # at the end of the grid nothing is left but the ions
    fractions, charges = solution.fractions, solution.charges
    S = partial_structure(flat, fractions, solution.strengths, solution.screening, solution.regular(flat))
    weights = np.sqrt(fractions) * charges
    S_zz = np.einsum("a,b,abk->k", weights, weights, S) / (fractions @ charges**2)
    return MixtureStructure(S.reshape(S.shape[:2] + points.shape), S_zz.reshape(points.shape))

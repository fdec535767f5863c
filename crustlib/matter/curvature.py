r"""How the free energy of uniform matter curves: what a small ripple of its densities costs.

A ripple :math:`\delta n_q\cos\mathbf k\cdot\mathbf r` of the neutrons and protons costs
:math:`\frac14\sum\delta n_q\,\mathcal F_{qs}\,\delta n_s` per volume (Baym, Bethe & Pethick 1971; Pethick,
Ravenhall & Lorenz 1995):

.. math:: \mathcal F_{qs}(k) = \frac{\partial^2f}{\partial n_q\partial n_s} + 2k^2g_{qs}
          + \delta_{qp}\delta_{sp}\frac{4\pi e^2}{k^2 + k_\mathrm{TF}^2}, \qquad
          k_\mathrm{TF}^2 = 4\pi e^2\frac{\partial n_e}{\partial\mu_e}

The last term is there with electrons, which follow the protons as well as they can. At k = 0 it is
:math:`\partial\mu_e/\partial n_e`: matter is neutral everywhere. Without electrons there is no Coulomb
energy.

With the b_q, the Fermi-Dirac integrals and :math:`\mu_q = T\eta_q + \sum_r\tau_r\partial b_r/\partial n_q +
\partial V/\partial n_q` of `warm_nucleons`, where V is the energy density that holds no :math:`\tau`,

.. math:: \frac{\partial^2f}{\partial n_q\partial n_s} = \frac{Th_q}{n_q}\delta_{qs}
          + \frac{3Th_q}{2b_q}b_{q,s} + \frac{3Th_s}{2b_s}b_{s,q}
          + \sum_r\left[\frac{9n_rTh_r - 15p_r}{4b_r^2}b_{r,q}b_{r,s} + \tau_rb_{r,qs}\right] + V_{,qs},
          \qquad h_q = \frac{F_{1/2}(\eta_q)}{F_{-1/2}(\eta_q)}

where commas are derivatives. The gradients' energy :math:`\sum g_{qs}\nabla n_q\cdot\nabla n_s` is that of
`mean_field`, cold. Integrated by parts its kinetic part is

.. math:: \sum_q\left[\frac{b_q(\nabla n_q)^2}{36n_q} - \tfrac13\nabla b_q\cdot\nabla n_q
          - \frac{n_q(\nabla b_q)^2}{12b_q}\right].
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import ArrayLike

from crustlib.constants import E2_MEV_FM
from crustlib.matter import skyrme
from crustlib.matter.mean_field import _gradient_couplings
from crustlib.matter.warm_leptons import HOTTEST, _charged, _potential
from crustlib.matter.warm_nucleons import _slopes, _warm_and_eta
from crustlib.validation import elementwise, in_range, non_negative, positive

__all__ = ["Curvature", "curvature"]

COLDEST = 0.01
"""MeV; below, matter is as good as cold."""

WORST = -1.0
"""Stands for the wave number at which matter is least stable, in kernels."""

_SHORTEST = 2.0  # fm^-1: waves shorter than a nucleon's size have no meaning here
_GOLDEN = 0.5 * (math.sqrt(5.0) - 1.0)


class Curvature(NamedTuple):
    """What `curvature` returns: floats, or arrays of the densities' shape."""

    nn: Any
    """Matrix element of the neutrons, d mu_n / d n_n where k = 0, in MeV fm^3."""
    np: Any
    """Of neutrons and protons, in MeV fm^3."""
    pp: Any
    """Of the protons, and of the electrons that follow them, in MeV fm^3."""
    least: Any
    """The smaller eigenvalue in MeV fm^3: below zero matter is unstable."""
    direction: Any
    """Change of n_p over change of n_n in the eigenvector of `least`."""
    wave_number: Any
    """In fm^-1."""


@njit(cache=True, error_model="numpy")
def _masses(own, other, hbar2_2m, f):
    """Compute b (MeV fm^2) of one nucleon, and its derivatives by the own and by the other's density."""
    n = own + other
    c_t, c_q, d_t, d_q = skyrme._couplings(n, f)
    by_other = c_t + d_t + d_q * own / n
    return hbar2_2m + c_t * n + c_q * own, by_other + c_q, by_other


@njit(cache=True, error_model="numpy")
def _gradient_kinetic(own, other, hbar2_2m, f):
    """Part of g (MeV fm^5) due to one nucleon's kinetic energy: own, mixed, other's."""
    b, by_own, by_other = _masses(own, other, hbar2_2m, f)
    second = -own / (12.0 * b)
    return (
        b / (36.0 * own) - by_own / 3.0 + second * by_own**2,
        -by_other / 6.0 + second * by_own * by_other,
        second * by_other**2,
    )


@njit(cache=True, error_model="numpy")
def _gradients(n_n, n_p, f):
    """Compute g, MeV fm^5: nn, np, pp."""
    A, _, B, _, D, _ = _gradient_couplings(n_n + n_p, f)
    n = _gradient_kinetic(n_n, n_p, f.hbar2_2m_n, f)
    p = _gradient_kinetic(n_p, n_n, f.hbar2_2m_p, f)
    return (
        A + B + D * n_n + n[0] + p[2],
        A + 0.5 * D * (n_n + n_p) + n[1] + p[1],
        A + B + D * n_p + n[2] + p[0],
    )


@njit(cache=True, error_model="numpy")
def _elements(n_n, n_p, T, f, electrons, rippled):
    """Second derivatives nn, np, pp (MeV fm^3); g of the same (MeV fm^5); d n_e / d mu_e."""
    ln_n_n, ln_n_p = math.log(n_n), math.log(n_p)
    _, _, _, _, eta_n, eta_p = _warm_and_eta(ln_n_n, ln_n_p, T, f)
    nn, _, pn, pp = _slopes(ln_n_n, ln_n_p, eta_n, eta_p, T, f)
    g = _gradients(n_n, n_p, f) if rippled else (0.0, 0.0, 0.0)
    slope = _charged(_potential(n_p, T, False), T, False)[1] if electrons else 0.0
    return (nn / n_n, pn / n_n, pp / n_p, *g, slope)


@njit(cache=True, error_model="numpy")
def _at(elements, k):
    """Matrix nn, np, pp (MeV fm^3) at the wave number k (fm^-1)."""
    nn, mixed, pp, g_nn, g_np, g_pp, slope = elements
    twice = 2.0 * k * k
    pp += twice * g_pp
    if slope > 0.0:
        coulomb = 4.0 * math.pi * E2_MEV_FM
        pp += coulomb / (k * k + coulomb * slope)
    return nn + twice * g_nn, mixed + twice * g_np, pp


@njit(cache=True, error_model="numpy")
def _least(matrix):
    """Smaller eigenvalue, and the ratio of its eigenvector's components."""
    nn, mixed, pp = matrix
    middle, half = 0.5 * (nn + pp), 0.5 * (nn - pp)
    root = math.sqrt(half * half + mixed * mixed)
    # of two forms the one that loses no digits
    ratio = mixed / (half - root) if half < 0.0 else -(half + root) / mixed
    if middle > 0.0:
        return (nn * pp - mixed * mixed) / (middle + root), ratio
    return middle - root, ratio


@njit(cache=True, error_model="numpy")
def _worst(elements):
    """Wave number (fm^-1) at which the smaller eigenvalue is least: on a grid, then by golden section."""
    step, best, value = _SHORTEST / 20.0, 0, math.inf
    for j in range(21):
        trial = _least(_at(elements, j * step))[0]
        if trial < value:
            best, value = j, trial
    low, high = max(best - 1, 0) * step, min(best + 1, 20) * step
    while high - low > 1e-7:
        one, two = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        if _least(_at(elements, one))[0] < _least(_at(elements, two))[0]:
            high = two
        else:
            low = one
    middle = 0.5 * (low + high)
    return middle if _least(_at(elements, middle))[0] < value else best * step


@njit(cache=True, error_model="numpy")
def _curvature(n_n, n_p, T, f, electrons, k):
    """Fields of `Curvature` at n_n, n_p (fm^-3), T (MeV) and k (fm^-1); the worst k if it is negative."""
    elements = _elements(n_n, n_p, T, f, electrons, k != 0.0)
    k = _worst(elements) if k < 0.0 else k
    matrix = _at(elements, k)
    least, ratio = _least(matrix)
    return matrix[0], matrix[1], matrix[2], least, ratio, k


@njit(cache=True)
def _each(n_n, n_p, T, k, f, electrons):
    result = np.empty((6, n_n.size))
    for i in range(n_n.size):
        for field, value in enumerate(_curvature(n_n[i], n_p[i], T[i], f, electrons, k[i])):
            result[field, i] = value
    return result


def curvature(
    n_n: ArrayLike,
    n_p: ArrayLike,
    temperature: ArrayLike,
    functional: str = "BSk25",
    electrons: bool = False,
    wave_number: ArrayLike | None = 0.0,
) -> Curvature:
    r"""Curvature matrix of the free energy of uniform matter, and its smaller eigenvalue.

    The equations at the head of this module. Where the smaller eigenvalue is below zero, a ripple in the
    direction of its eigenvector lowers the free energy (Ducoin, Chomaz & Gulminelli 2006).

    Parameters
    ----------
    n_n, n_p : float or array_like
        Neutron and proton densities in fm^-3, > 0.
    temperature : float or array_like
        Temperature in MeV, from 0.01 to 30.
    functional : str
        One of `skyrme.available()`.
    electrons : bool
        Whether there are electrons, as many as protons, and with them a Coulomb energy.
    wave_number : float, array_like or None
        k of the ripple in fm^-1, >= 0; broadcasts, as do densities and temperature. Zero is the limit of long
        waves, which is all that thermodynamics asks. None is the k up to 2 fm^-1 at which `least` is least.

    Returns
    -------
    Curvature
        Floats, or arrays of the broadcast shape.

    Raises
    ------
    ValueError
        If an argument is out of range, the functional is unknown, or no effective mass is positive there.

    Examples
    --------
    >>> matter = curvature(0.03, 0.03, 0.1)
    >>> matter.least, matter.direction
    (-305.3, 0.9996)
    >>> curvature(0.03, 0.03, 0.1, electrons=True).least  # electrons prevent it
    217.0
    >>> ripple = curvature(0.03, 0.03, 0.1, electrons=True, wave_number=None)  # of long waves only
    >>> ripple.least, ripple.wave_number
    (-212.6, 0.4155)
    """
    f = skyrme.functional(functional)
    if not isinstance(electrons, bool | np.bool_):
        raise ValueError(f"electrons = {electrons!r}: must be True or False")
    arguments = (
        positive("n_n", n_n),
        positive("n_p", n_p),
        in_range("temperature", temperature, COLDEST, HOTTEST),
        WORST if wave_number is None else non_negative("wave_number", wave_number),
    )

    def kernel(n_n: Any, n_p: Any, T: Any, k: Any) -> tuple[Any, ...]:
        shape = np.shape(n_n)
        n_n, n_p, T, k = (np.atleast_1d(x) for x in (n_n, n_p, T, k))
        return tuple(_each(n_n, n_p, T, k, f, bool(electrons)).reshape(6, *shape))

    return Curvature(*elementwise(kernel, arguments))

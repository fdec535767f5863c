r"""What the hypernetted chain leaves out: a bridge function from simulations of the one-component plasma.

.. math:: \frac{B(r)}{\Gamma} = \left(-b_0 + c_1r^4 + c_2r^6 + c_3r^8\right)e^{-b_1r^2/b_0}

(Iyetomi, Ogata & Ichimaru 1992, Physical Review A 46, 1051), r in ion-sphere radii, with coefficients that
are polynomials in :math:`\ln\Gamma`, fitted for 5.5 <= Gamma <= 225. At its lower end the fit blends into
B = 0 by itself: b0 falls through zero at Gamma = 5.25, and the strength of B, its integral over space, falls
with :math:`b_0^{5/2}`. Below, B = 0 here.

A Yukawa plasma takes the B of the Coulomb plasma on the same line of constant excess entropy
(Tolias & Lucco Castello 2019, Physics of Plasmas 26, 043703; B is almost the same along such a line).
"""

from math import exp, log, pi

import numpy as np
from numpy.typing import ArrayLike

from crustlib.validation import in_range, non_negative

__all__ = ["GAMMA_BRIDGE", "bridge_function", "equivalent_coupling"]

GAMMA_BRIDGE = 225.0
"""Largest coupling for which the bridge function was fitted."""

MAX_SCREENING = 5.0  # the range in which Tolias & Lucco Castello checked the lines of constant entropy


def bridge_function(r: ArrayLike, gamma: float) -> np.ndarray:
    r"""Bridge function of the one-component Coulomb plasma.

    The formula at the head of this module (Iyetomi, Ogata & Ichimaru 1992).

    Parameters
    ----------
    r : float or array_like
        Distance in ion-sphere radii, >= 0.
    gamma : float
        Coupling parameter, in [0, 225].

    Returns
    -------
    ndarray
        B(r) in units of kT, of r's shape; 0 for gamma below 5.25.

    Raises
    ------
    ValueError
        If an argument is out of range, not finite or not a number.

    Examples
    --------
    >>> print(bridge_function([0.0, 1.0, 2.0], 100).round(3))
    [-22.702  -7.259   0.126]
    """
    distance, gamma = np.asarray(non_negative("r", r)), in_range("gamma", gamma, 0.0, GAMMA_BRIDGE)
    lg = log(max(gamma, 1.0))
    b0 = 0.258 - 0.0612 * lg + 0.0123 * lg**2 - 1.0 / max(gamma, 1.0)
    if b0 <= 0.0:
        return np.zeros(distance.shape)
    b1 = 0.0269 + 0.0318 * lg + 0.00814 * lg**2
    c1 = 0.498 - 0.280 * lg + 0.0294 * lg**2
    c2 = -0.412 + 0.219 * lg - 0.0251 * lg**2
    c3 = 0.0988 - 0.0534 * lg + 0.00682 * lg**2
    square = distance**2
    return gamma * (-b0 + square**2 * (c1 + square * (c2 + square * c3))) * np.exp(-b1 / b0 * square)


def equivalent_coupling(gamma: float, screening: float = 0.0) -> float:
    r"""Coupling parameter of the Coulomb plasma with the structure of this Yukawa plasma.

    .. math:: \Gamma_\mathrm{eq} = \Gamma e^{-\alpha\kappa}\left(1 + \alpha\kappa + \frac{(\alpha\kappa)^2}{2}
              \right), \qquad \alpha = (4\pi/3)^{1/3}

    (Vaulina & Khrapak 2000 for melting; Tolias & Lucco Castello 2019 for lines of constant excess entropy).

    Parameters
    ----------
    gamma : float
        Coupling parameter (Ze)^2/(a kT), >= 0.
    screening : float
        Inverse screening length in 1/a, in [0, 5].

    Returns
    -------
    float
        Dimensionless, at most gamma.

    Raises
    ------
    ValueError
        If an argument is out of range, not finite or not a number.

    Examples
    --------
    Melting moves from 172 to 217 at kappa = 1 (Table 1 of Daligault & Gupta 2009), the equivalent hardly:

    >>> equivalent_coupling(217.4, 1.0)
    169.6
    """
    gamma = non_negative("gamma", gamma)
    y = (4.0 * pi / 3.0) ** (1.0 / 3.0) * in_range("screening", screening, 0.0, MAX_SCREENING)
    return gamma * exp(-y) * (1.0 + y + 0.5 * y * y)

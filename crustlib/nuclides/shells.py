r"""Shells, radii and the Coulomb energy: what the Duflo-Zuker formulas with 10 and with 31 parameters share.

Each of the two fluids, neutrons and protons, fills harmonic oscillator shells :math:`p = 0, 1, \ldots` of
:math:`D_p = (p + 1)(p + 2)` states. Spin-orbit coupling splits each of them into its orbit of largest spin,
:math:`j = p + 1/2` with :math:`2(p + 1)` states, which comes down and is filled first, and the rest, r, with
:math:`p(p + 1)` states. The observed closures 28, 50, 82, 126 follow from regrouping r of one shell with the
intruder j of the next: an "extruder-intruder" (EI) shell.

Subshells are counted ``k = 0, 1, 2, ... = j(p=0), r(p=0), j(p=1), r(p=1), ...``: even k is a j, odd k an r,
of oscillator shell ``p = k // 2``.

References
----------
Duflo & Zuker 1995, Physical Review C 52, R23.
Mendoza-Temis, Hirsch & Zuker 2010, Nuclear Physics A 843, 14.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

N_SHELLS = 9
"""Oscillator shells p = 0 to 8."""

LARGEST_NUMBER = 240
"""Nucleons of one fluid that fill p = 0 to 7; what deformation lifts above them still finds room in p = 8."""


@njit(cache=True)
def _capacity(k: int) -> int:
    """States of subshell k."""
    p = k // 2
    return p * (p + 1) if k % 2 else 2 * (p + 1)


@njit(cache=True)
def _fill(number: int, closed_moves_on: bool) -> tuple[NDArray[np.float64], int, int]:
    """Fill the subshells in order: occupations, the open subshell, and the nucleons in it.

    A subshell just filled counts as the open one, or, with `closed_moves_on`, the next one, with no nucleon.
    """
    occupation = np.zeros(2 * N_SHELLS)
    k = 0
    left = number
    while left > _capacity(k) or (closed_moves_on and left == _capacity(k)):
        occupation[k] = _capacity(k)
        left -= _capacity(k)
        k += 1
    occupation[k] = left
    return occupation, k, left


@njit(cache=True)
def _ei_shell(k: int, in_open: int) -> tuple[int, int]:
    """Nucleons and states of the EI shell of the open subshell: r(p-1) + j(p), or r(p) + j(p+1)."""
    p = k // 2
    if k % 2:
        return in_open, (p + 1) * (p + 2) + 2
    return in_open + p * (p - 1), p * (p + 1) + 2


@njit(cache=True)
def _radii(Z: int, N: int) -> tuple[float, float]:
    """Charge radius R_c = A^(1/3) [1 - (T/A)^2] and scaling radius rho = R_c^2 / A^(1/3), T = |N - Z|/2."""
    A = Z + N
    root = A ** (1.0 / 3.0)
    charge_radius = root * (1.0 - 0.25 * ((N - Z) / A) ** 2)
    return charge_radius, charge_radius**2 / root


@njit(cache=True)
def _coulomb(Z: int, charge_radius: float) -> float:
    """Coulomb term, direct and exchange, for a coefficient that is positive; it unbinds."""
    pairs = Z * (Z - 1.0)
    return (-pairs + 0.76 * pairs ** (2.0 / 3.0)) / charge_radius

r"""The matter inside the compressible liquid drop, from symmetric to neutron matter.

The density is :math:`n = 2k^3/3\pi^2`, the proton fraction x; `bulk_energy` is the energy.

References
----------
Baym, Bethe & Pethick 1971, Nuclear Physics A 175, 225.
Mackie & Baym 1977, Nuclear Physics A 285, 332.
"""

import math
from typing import Any, NamedTuple

from numba import njit
from numpy.typing import ArrayLike

from crustlib import validation
from crustlib.matter.neutrons import _MACKIE_BAYM

__all__ = ["FITTED", "Constants", "bulk_energy"]

DENSEST_K = 1.6
"""fm^-1: no drop is as dense."""

_HBAR2_2M = 20.73553  # hbar^2 / 2m in MeV fm^2, the value that the constants were fitted with
_TWO_23 = 2.0 ** (2.0 / 3.0)


class Constants(NamedTuple):
    """The seven numbers that make the drop: nuclear matter (four), surface (two), pairing."""

    k0: float
    """Wavenumber at saturation, fm^-1."""
    w0: float
    """Binding energy of symmetric matter at saturation, MeV per nucleon."""
    K: float
    """Incompressibility of symmetric matter, k0^2 d^2W/dk^2, MeV."""
    s: float
    """Symmetry energy at saturation, MeV."""
    sigma: float
    """Surface energy of symmetric matter, MeV: the coefficient of A^(2/3)."""
    c_th: float
    """Thickness of the surface in units of (k^3 - k_n^3)^(-1/3)."""
    delta_0: float
    """Pairing: an even-even drop gains delta_0 / A^(1/2), an odd-odd one loses it, MeV."""


FITTED = Constants(k0=1.34, w0=15.59887, K=267.8, s=26.03546, sigma=19.6226, c_th=0.94015, delta_0=13.59518)
"""Fitted by this project to AME2016 and the sequence of Haensel & Zdunik; not Mackie & Baym's numbers."""


@njit(cache=True)
def _density(k):
    """Density (fm^-3) at wavenumber k (fm^-1)."""
    return 2.0 * k**3 / (3.0 * math.pi**2)


@njit(cache=True)
def _wavenumber(n):
    """Wavenumber (fm^-1) at density n (fm^-3)."""
    return (1.5 * math.pi**2 * n) ** (1.0 / 3.0)


@njit(cache=True)
def _neutrons(k):
    """Energy per particle W_0 of neutron matter and dW_0/dk (Mackie & Baym 1977)."""
    c1, c2, c3, c4 = _MACKIE_BAYM
    return k * (c1 + k * (c2 + k * (c3 + k * c4))), c1 + k * (2.0 * c2 + k * (3.0 * c3 + k * 4.0 * c4))


@njit(cache=True)
def _weights(x):
    """Return what at proton fraction x multiplies the five parts of W: all that does not depend on k."""
    a2 = (1.0 - 2.0 * x) ** 2
    a4, a6 = a2**2, a2**3
    return (
        1.0 - 3.0 * a4 + 2.0 * a6,
        a2 * (1.0 - a2) ** 2,
        3.0 * a4 - 2.0 * a6,
        0.25 * (a4 - a6),
        x ** (5.0 / 3.0) + (1.0 - x) ** (5.0 / 3.0),
    )


@njit(cache=True)
def _bulk(k, weights, c):
    """Energy per nucleon W(k, x) of matter inside (MeV)."""
    u = k / c.k0
    t = _HBAR2_2M * k**2
    symmetric = 0.6 * t * (1.0 - u) ** 3 - c.w0 * u**3 * (1.0 + (1.0 - u) * (9.0 - 6.0 * u))
    symmetric += 0.5 * c.K * (1.0 - u) ** 2 * u**3
    neutrons, slope = _neutrons(k)
    mu_n = neutrons + k * slope / 3.0
    mu_p = -(k**3) * (218.0 + 277.0 * k) / (1.0 + 8.57 * k**2)  # of a proton in neutron matter
    return (
        weights[0] * (symmetric - 0.6 * t)
        + weights[1] * (c.s * u**2 - t / 3.0)
        + weights[2] * (neutrons - 0.6 * _TWO_23 * t)
        + weights[3] * (mu_p - mu_n + _TWO_23 * t)
        + weights[4] * 0.6 * _TWO_23 * t
    )


@njit(cache=True)
def _matter(k, x, c):
    return _bulk(k, _weights(x), c)


def bulk_energy(k: ArrayLike, x: ArrayLike, constants: Constants = FITTED) -> Any:
    r"""Energy per nucleon of the uniform matter inside a drop.

    The interpolation of Baym, Bethe & Pethick 1971 between symmetric matter and the neutron matter
    :math:`W_0` of Mackie & Baym 1977: with :math:`\alpha = 1 - 2x`, :math:`u = k/k_0`,
    :math:`t = \hbar^2k^2/2m`,

    .. math::
        W &= (W_\mathrm{h} - \tfrac35 t)(1 - 3\alpha^4 + 2\alpha^6)
             + (s u^2 - \tfrac13 t)\alpha^2(1 - \alpha^2)^2 \\
          &\quad + (W_0 - \tfrac35 2^{2/3} t)(3\alpha^4 - 2\alpha^6)
             + \tfrac14 (\mu_\mathrm{p}^0 - \mu_\mathrm{n}^0 + 2^{2/3} t)(\alpha^4 - \alpha^6) \\
          &\quad + \tfrac35 2^{2/3} t\,[x^{5/3} + (1 - x)^{5/3}], \\
        W_\mathrm{h} &= \tfrac35 t (1 - u)^3 - w_0 u^3 [1 + (1 - u)(9 - 6u)] + \tfrac12 K (1 - u)^2 u^3.

    At saturation it is :math:`-w_0`, with incompressibility K and symmetry energy s; without protons it is
    :math:`W_0`, and a first proton brings the chemical potential
    :math:`\mu_\mathrm{p}^0 = -k^3 (218 + 277 k)/(1 + 8.57 k^2)` MeV.

    Parameters
    ----------
    k : float or array_like
        Wavenumber in fm^-1, 0 to 1.6: the density is 2 k^3 / 3 pi^2.
    x : float or array_like
        Proton fraction, 0 to 1; broadcasts with `k`.
    constants : Constants
        Others than the fitted ones, for trials.

    Returns
    -------
    float or ndarray
        Energy per nucleon in MeV, rest masses left out, of the broadcast shape.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Examples
    --------
    >>> bulk_energy(1.34, 0.5)
    -15.59887
    >>> bulk_energy(1.3, [0.0, 0.3]).round(4)
    array([ 14.9417, -11.2062])
    """
    k = validation.in_range("k", k, 0.0, DENSEST_K)
    x = validation.in_range("x", x, 0.0, 1.0)
    return validation.elementwise(_matter, (k, x), checked(constants))


def checked(constants: Constants) -> Constants:
    """Return the constants as floats if they are positive, or raise ValueError."""
    if not isinstance(constants, Constants):
        raise ValueError(f"constants = {constants!r}: must be a liquid_drop.Constants")
    return Constants(
        *(validation.positive(f"constants.{name}", value) for name, value in constants._asdict().items())
    )

r"""Electrons and muons at finite temperature: ideal, relativistic or not, particles less antiparticles.

Rest masses are included. With :math:`p^2 = E^2 - m^2`, :math:`f_\pm = [1 + e^{(E \mp \mu)/T}]^{-1}`
(Haensel, Potekhin & Yakovlev 2007, chapter 2; units of :math:`\hbar = c = 1`)

.. math:: n = \frac{1}{\pi^2}\int_m^\infty pE\,(f_+ - f_-)\,dE, \quad
          P = \frac{1}{3\pi^2}\int_m^\infty p^3(f_+ + f_-)\,dE, \quad
          s = \frac{\partial P}{\partial T}.

Up to :math:`\mu - m = 60\,T` the integrals are sums over the even, analytic integrand in
:math:`t = \sqrt{(E - m)/T}` (trapezoidal rule, as in `fermi_dirac`). Beyond, they are the closed forms of
zero temperature and what the edge of the Fermi sea adds,
:math:`\int_0^\infty[g(\mu + x) - g(\mu - x)]\,dx/(1 + e^{x/T})`, by Gauss's rule. Both keep 1e-12.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import ArrayLike

from crustlib.constants import ELECTRON_MASS_MEV, HBARC_MEV_FM
from crustlib.errors import ConvergenceError
from crustlib.matter import electrons
from crustlib.matter.muons import MUON_MASS_MEV
from crustlib.validation import elementwise, in_range, one_of, positive

__all__ = ["WarmLeptons", "chemical_potential", "photon_pressure", "thermodynamics"]

HOTTEST = 30.0
"""MeV: up to here the sums keep 1e-10."""

_MASSES = {"electrons": ELECTRON_MASS_MEV, "muons": MUON_MASS_MEV}
_DEGENERATE = 60.0  # (mu - m) / T
_STEP = 0.04
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)
_NODES = 20.0 * (_NODES + 1.0)  # x / T from 0 to 40
_WEIGHTS = 20.0 * _WEIGHTS / (1.0 + np.exp(_NODES))


class WarmLeptons(NamedTuple):
    """Ideal leptons and antileptons at a temperature.

    Densities of particles less antiparticles (fm^-3), pressure (MeV fm^-3), entropy density (fm^-3).
    """

    density: Any
    pressure: Any
    entropy_density: Any


@njit(cache=True)
def _thin(mu, mass, T):
    """Sum up n, dn/dmu, P and s for mu >= 0 that is not far above the mass."""
    nu = mu / T
    n, slope, pressure, entropy = 0.0, 0.0, 0.0, 0.0
    less = -math.expm1(-2.0 * nu)  # f_+ - f_- in a form that keeps its digits where mu is small
    for k in range(1, int(math.sqrt(max(0.0, nu - mass / T) + 40.0) / _STEP) + 1):
        t = k * _STEP
        x = T * t * t
        e = mass / T + t * t
        p = math.sqrt(x * (x + 2.0 * mass))
        weight = p * 2.0 * T * t * _STEP
        boltzmann, anti = math.exp(nu - e), math.exp(-nu - e)
        f, g = boltzmann / (1.0 + boltzmann), anti / (1.0 + anti)
        energy = mass + x
        n += weight * energy * less * boltzmann / ((1.0 + boltzmann) * (1.0 + anti))
        slope += weight * energy * (f * (1.0 - f) + g * (1.0 - g))
        pressure += weight * p * p * (f + g)
        entropy += weight * ((energy * energy + p * p / 3.0) * (f + g) - mu * energy * (f - g))
    scale = 1.0 / (math.pi**2 * HBARC_MEV_FM**3)
    return n * scale, slope * scale / T, pressure * scale / 3.0, entropy * scale / T


@njit(cache=True)
def _dense(mu, mass, T):
    """Return n, dn/dmu, P and s far above the mass, where there are no antiparticles."""
    n, slope, pressure, entropy = 0.0, 0.0, 0.0, 0.0
    for k in range(_NODES.size):
        x = _NODES[k] * T
        for sign in (1.0, -1.0):
            energy = mu + sign * x
            p = math.sqrt((energy - mass) * (energy + mass))
            weight = sign * _WEIGHTS[k] * T
            n += weight * p * energy
            slope += weight * (energy * energy + p * p) / p
            pressure += weight * p**3 / 3.0
            entropy += weight * p * (sign * x * energy + p * p / 3.0)
    scale = 1.0 / (math.pi**2 * HBARC_MEV_FM**3)
    p = math.sqrt((mu - mass) * (mu + mass))
    ratio = mass / ELECTRON_MASS_MEV  # the closed forms are the electrons', scaled
    cold = electrons._density(mu / ratio)
    return (
        ratio**3 * cold + n * scale,
        (p * mu + slope) * scale,
        ratio**4 * electrons._pressure(cold) + pressure * scale,
        entropy * scale / T,
    )


@njit(cache=True)
def _leptons(mu, mass, T):
    """Return n (fm^-3), dn/dmu, P (MeV fm^-3), s (fm^-3) at any mu (MeV), of leptons of one mass (MeV)."""
    if mu < 0.0:
        n, slope, pressure, entropy = _thin(-mu, mass, T)
        return -n, slope, pressure, entropy
    if mu - mass < _DEGENERATE * T:
        return _thin(mu, mass, T)
    return _dense(mu, mass, T)


@njit(cache=True)
def _charged(mu, T, muons):
    """Return n, dn/dmu, P and s of electrons, and of muons if `muons`, at their common chemical potential."""
    n, slope, pressure, entropy = _leptons(mu, ELECTRON_MASS_MEV, T)
    if muons:
        more = _leptons(mu, MUON_MASS_MEV, T)
        return n + more[0], slope + more[1], pressure + more[2], entropy + more[3]
    return n, slope, pressure, entropy


@njit(cache=True)
def _potential(n, T, muons):
    """Chemical potential (MeV) at which leptons have the net density n > 0; NaN if none is found.

    Newton steps of ln n, between bounds: heat and muons only lower it from the cold electrons', and n(mu) is
    convex, so that in a thin, hot gas n over its slope at mu = 0 bounds it too.
    """
    low, high = 0.0, electrons._chemical_potential(n) * (1.0 + 1e-12)
    if high < ELECTRON_MASS_MEV + T:
        high = min(high, n / _charged(0.0, T, muons)[1] * (1.0 + 1e-12))
    mu = high
    for _ in range(100):
        density, slope, _, _ = _charged(mu, T, muons)
        off = math.log(density / n)
        if off > 0.0:
            high = mu
        else:
            low = mu
        step = off * density / slope
        if abs(step) < 1e-14 * mu or high - low < 1e-15 * high:
            return mu - step
        mu = mu - step if low < mu - step < high else 0.5 * (low + high)
    return np.nan


@njit(cache=True)
def _leptons_each(mu, T, mass):
    result = np.empty((3, mu.size))
    for i in range(mu.size):
        result[0, i], _, result[1, i], result[2, i] = _leptons(mu[i], mass, T[i])
    return result


@njit(cache=True)
def _potential_each(n, T, muons):
    result = np.empty(n.size)
    for i in range(n.size):
        result[i] = _potential(n[i], T[i], muons)
    return result


def thermodynamics(mu: ArrayLike, temperature: ArrayLike, species: str = "electrons") -> WarmLeptons:
    """Density, pressure and entropy of ideal electrons or muons, with their antiparticles.

    The equations at the head of this module.

    Parameters
    ----------
    mu : float or array_like
        Chemical potential in MeV, rest mass included; negative where antiparticles prevail.
    temperature : float or array_like
        Temperature in MeV, > 0 and up to 30; broadcasts against `mu`.
    species : {"electrons", "muons"}
        Which leptons.

    Returns
    -------
    WarmLeptons
        Floats, or arrays of the broadcast shape.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Examples
    --------
    >>> thermodynamics(40.0, 0.4).density
    0.00028153
    >>> thermodynamics(0.0, 1.0).density  # as many positrons as electrons
    0.0
    """
    mass = _MASSES[one_of("species", species, _MASSES)]
    mu, T = in_range("mu", mu, -1e4, 1e4), _temperature(temperature)

    def kernel(mu: Any, T: Any) -> tuple[Any, ...]:
        rows = _leptons_each(np.atleast_1d(mu), np.atleast_1d(T), mass)
        return tuple(rows if np.ndim(mu) else rows[:, 0])

    return WarmLeptons(*elementwise(kernel, (mu, T)))


def chemical_potential(density: ArrayLike, temperature: ArrayLike, muons: bool = False) -> Any:
    """Chemical potential of leptons of a given net density.

    Parameters
    ----------
    density : float or array_like
        Particles less antiparticles in fm^-3, > 0; with `muons`, of both kinds together.
    temperature : float or array_like
        Temperature in MeV, > 0 and up to 30; broadcasts against `density`.
    muons : bool
        Whether electrons share the charge with muons of the same chemical potential.

    Returns
    -------
    float or ndarray
        Chemical potential in MeV, rest mass included, of the broadcast shape.

    Raises
    ------
    ValueError
        If an argument is out of range.
    ConvergenceError
        If no chemical potential is found.

    Examples
    --------
    >>> chemical_potential([1e-8, 1e-3], 1.0).round(4)
    array([ 0.2383, 60.9947])
    """
    if not isinstance(muons, bool | np.bool_):
        raise ValueError(f"muons = {muons!r}: must be True or False")

    def kernel(n: Any, T: Any) -> Any:
        found = _potential_each(np.atleast_1d(n), np.atleast_1d(T), bool(muons))
        if np.isnan(found).any():
            raise ConvergenceError(f"chemical_potential: none found for density = {density!r} fm^-3")
        return found if np.ndim(n) else found[0]

    return elementwise(kernel, (positive("density", density), _temperature(temperature)))


def photon_pressure(temperature: ArrayLike) -> Any:
    r"""Pressure of black-body radiation.

    .. math:: P = \frac{\pi^2T^4}{45(\hbar c)^3}

    minus its free energy density; its entropy density is 4 P / T.

    Parameters
    ----------
    temperature : float or array_like
        Temperature in MeV, > 0.

    Returns
    -------
    float or ndarray
        Pressure in MeV fm^-3, of `temperature`'s shape.

    Raises
    ------
    ValueError
        If the temperature is not positive.

    Examples
    --------
    >>> photon_pressure(1.0)
    2.8544e-08
    """
    return math.pi**2 * positive("temperature", temperature) ** 4 / (45.0 * HBARC_MEV_FM**3)


def _temperature(value: ArrayLike) -> Any:
    positive("temperature", value)
    return in_range("temperature", value, 0.0, HOTTEST)

r"""Uniform neutrons, protons, electrons and muons in beta equilibrium at zero temperature.

At a nucleon density :math:`n` the proton fraction is where

.. math:: \mu_n - \mu_p = \mu_e = \mu_\mu, \qquad n_p = n_e + n_\mu

with the nucleons of a Skyrme functional (`crustlib.matter.skyrme`) and ideal leptons; where
:math:`\mu_\mu` is below the muon's mass there are no muons. Then :math:`\varepsilon + P = n\mu_n`.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import ArrayLike

from crustlib.constants import ELECTRON_MASS_MEV
from crustlib.matter import electrons, muons, skyrme
from crustlib.validation import in_range

__all__ = ["BetaEquilibrium", "beta_equilibrium"]

LOWEST_DENSITY = 1e-6
"""Below this nucleon density (fm^-3), far from any uniform matter, equilibrium is not solved for."""

HIGHEST_DENSITY = 2.0
"""Above this nucleon density (fm^-3), beyond any star, it is not solved for either."""

_LEAST_FRACTION = 1e-9  # below that of any equilibrium between the two densities
_BISECTIONS = 60  # from ln 1e-9 to 0: more than a double resolves


class BetaEquilibrium(NamedTuple):
    """What `beta_equilibrium` returns: floats, or arrays of the densities' shape."""

    proton_fraction: Any
    """n_p / n."""
    neutron_density: Any
    """n_n in fm^-3."""
    proton_density: Any
    """n_p in fm^-3."""
    electron_density: Any
    """n_e in fm^-3."""
    muon_density: Any
    """n_mu in fm^-3."""
    mu_n: Any
    """Chemical potential of the neutrons, and of a baryon, in MeV with rest mass."""
    mu_e: Any
    """Chemical potential of the electrons and muons in MeV with rest mass."""
    energy_density: Any
    """In MeV fm^-3, rest masses and leptons included."""
    pressure: Any
    """In MeV fm^-3, leptons included."""


@njit(cache=True)
def _charge(n, x, f):
    """Leptons that beta equilibrium asks for, less the protons (fm^-3), at the proton fraction x."""
    mu_n, mu_p = skyrme._chemical_potentials(n * (1.0 - x), n * x, f)
    mu_e = mu_n - mu_p
    return electrons._density(mu_e) + muons._density(mu_e) - n * x


@njit(cache=True)
def _proton_fraction(n, f):
    """Proton fraction of matter in beta equilibrium at n (fm^-3): bisection of its logarithm."""
    low, high = np.log(_LEAST_FRACTION), 0.0
    for _ in range(_BISECTIONS):
        middle = 0.5 * (low + high)
        if _charge(n, np.exp(middle), f) > 0.0:
            low = middle
        else:
            high = middle
    return np.exp(0.5 * (low + high))


@njit(cache=True)
def _beta_equilibrium(n, f):
    """Solve for each of an array of densities n (fm^-3); in the order of `BetaEquilibrium`."""
    columns = np.empty((9, n.size))
    for i in range(n.size):
        x = _proton_fraction(n[i], f)
        n_n, n_p = n[i] * (1.0 - x), n[i] * x
        mu_n, mu_p = skyrme._chemical_potentials(n_n, n_p, f)
        mu_e = max(mu_n - mu_p, ELECTRON_MASS_MEV)
        n_mu = muons._density(mu_e)
        n_e = n_p - n_mu
        energy = skyrme._energy_density(n_n, n_p, f)
        energy += electrons._energy_density(n_e) + muons._energy_density(n_mu)
        pressure = skyrme._pressure(n_n, n_p, f) + electrons._pressure(n_e) + muons._pressure(n_mu)
        for field, value in enumerate((x, n_n, n_p, n_e, n_mu, mu_n, mu_e, energy, pressure)):
            columns[field, i] = value
    return columns


def beta_equilibrium(baryon_density: ArrayLike, functional: str = "BSk24") -> BetaEquilibrium:
    r"""Uniform matter in beta equilibrium, with electrons and muons.

    .. math:: \mu_n - \mu_p = \mu_e = \mu_\mu, \qquad n_p = n_e + n_\mu

    (Haensel, Potekhin & Yakovlev 2007, chapter 5).

    Parameters
    ----------
    baryon_density : float or array_like
        Nucleon density in fm^-3, any shape, in [1e-6, 2].
    functional : str
        One of `crustlib.matter.skyrme.available()`.

    Returns
    -------
    BetaEquilibrium
        A named tuple, each field of `baryon_density`'s shape.

    Raises
    ------
    ValueError
        If `baryon_density` is out of range or not a number, or the functional is unknown.

    Examples
    --------
    >>> matter = beta_equilibrium(0.16, "BSk24")
    >>> matter.proton_fraction, matter.muon_density
    (0.04847, 0.00061)
    """
    n = in_range("baryon_density", baryon_density, LOWEST_DENSITY, HIGHEST_DENSITY)
    f = skyrme.functional(functional)
    columns = _beta_equilibrium(np.ravel(n), f)
    return BetaEquilibrium(*(c.reshape(np.shape(n)) if np.ndim(n) else float(c[0]) for c in columns))

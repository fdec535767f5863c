r"""Uniform warm matter: nucleons of a Skyrme functional, electrons, photons and, if asked for, muons.

There are no nuclei, so that nothing adds to the electrons' chemical potential. At given n_B the unknown is
:math:`y = \ln(n_p/n_n)`. In beta equilibrium :math:`\mu_n - \mu_p - \mu_e` falls as it grows (nucleon matter
resists an isospin excess, leptons resist being added); at a given :math:`\mu_p`, :math:`\mu_p` grows with it.
"""

import math

import numpy as np
import xarray as xr
from numba import njit
from numpy.typing import ArrayLike

from crustlib.constants import NEUTRON_MASS_MEV, PROTON_MASS_MEV
from crustlib.crusts import profile
from crustlib.crusts.warm import BETA, FRACTION, TEMPERATURES, columns, densities, third_equation
from crustlib.errors import ConvergenceError
from crustlib.matter import skyrme, warm_leptons
from crustlib.matter.warm_leptons import _potential
from crustlib.matter.warm_nucleons import _warm_nucleons
from crustlib.validation import in_range

__all__ = ["homogeneous"]

DENSITIES = 1e-12, 0.3
"""fm^-3: where homogeneous matter is solved for."""

TOLERANCE = 1e-10
_LEAST = -690.0  # ln n_q of the rarest nucleons that a double holds


@njit(cache=True)
def _split(n, y):
    """Ln n_n and ln n_p at n and y = ln(n_p / n_n)."""
    ln_n_n = math.log(n) - (math.log1p(math.exp(y)) if y < 0.0 else y + math.log1p(math.exp(-y)))
    return ln_n_n, ln_n_n + y


@njit(cache=True)
def _off(y, n, T, mode, target, muons, f):
    """Return what has to vanish and grows with y: mu_p less its target, or mu_p + mu_e - mu_n."""
    ln_n_n, ln_n_p = _split(n, y)
    mu_n, mu_p, _, _ = _warm_nucleons(ln_n_n, ln_n_p, T, f)
    if mode == BETA:
        mu_e = _potential(math.exp(ln_n_p), T, muons)
        return mu_p - mu_n + mu_e - NEUTRON_MASS_MEV + PROTON_MASS_MEV
    return mu_p - target


@njit(cache=True)
def _asymmetry(n, T, mode, target, muons, f):
    """Root y of `_off`, by the Illinois rule between brackets; NaN if there is none between them."""
    low, high = _LEAST - math.log(n), 40.0
    at_low, at_high = _off(low, n, T, mode, target, muons, f), _off(high, n, T, mode, target, muons, f)
    if not (at_low < 0.0 < at_high):
        return np.nan
    side = 0
    for _ in range(200):
        y = (low * at_high - high * at_low) / (at_high - at_low)
        off = _off(y, n, T, mode, target, muons, f)
        if abs(off) < 1e-13 * T or high - low < 1e-15 * (1.0 + abs(y)):
            return y
        if off > 0.0:
            high, at_high = y, off
            at_low *= 0.5 if side > 0 else 1.0
            side = 1
        else:
            low, at_low = y, off
            at_high *= 0.5 if side < 0 else 1.0
            side = -1
    return y


@njit(cache=True)
def _homogeneous(n, T, mode, target, muons, f):
    """Rows for `warm.columns`, one column per density, and the residuals."""
    rows, residual = np.zeros((10, n.size)), np.zeros(n.size)
    for k in range(n.size):
        if mode == FRACTION:
            y = math.log(target[k] / (n[k] - target[k]))
        else:
            y = _asymmetry(n[k], T, mode, target[k], muons, f)
            residual[k] = abs(_off(y, n[k], T, mode, target[k], muons, f)) / T
        ln_n_n, ln_n_p = _split(n[k], y)
        n_n, n_p = math.exp(ln_n_n), math.exp(ln_n_p)
        mu_n, mu_p, P, entropy = _warm_nucleons(ln_n_n, ln_n_p, T, f)
        rows[0, k], rows[1, k], rows[3, k], rows[4, k], rows[5, k] = mu_n, mu_p, P, n_n, n_p
        rows[6, k], rows[7, k], rows[8, k], rows[9, k] = n_n * mu_n + n_p * mu_p - P, entropy, n[k], n_p
    return rows, residual


def homogeneous(
    baryon_density: ArrayLike,
    temperature: float,
    proton_fraction: ArrayLike | None = None,
    functional: str = "BSk25",
    proton_chemical_potential: float | None = None,
    electrons: bool = True,
    *,
    muons: bool = False,
) -> xr.Dataset:
    r"""Uniform nucleons, electrons and photons: what the warm crust becomes where nuclei dissolve.

    .. math:: \mu_n = \mu_p + \mu_e, \qquad n_p = n_e + n_\mu, \qquad
              P = P_\mathrm{nuc} + P_e + P_\mu + P_\gamma

    (Beznogov & Raduta 2025, section III; nucleons as in `matter.warm_nucleons`).

    Parameters
    ----------
    baryon_density : float or array_like
        Baryons per volume in fm^-3, from 1e-12 to 0.3; a layer each, in any order.
    temperature : float
        Temperature in MeV, from 0.05 to 20.
    proton_fraction : float or array_like, optional
        Protons per baryon, from 1e-3 to 0.99; broadcasts. Without it, and without a
        `proton_chemical_potential`, matter is in beta equilibrium with neutrinos gone.
    functional : str
        One of `skyrme.available()`.
    proton_chemical_potential : float, optional
        mu_p in MeV without the rest mass, instead of a proton fraction.
    electrons : bool
        False leaves the leptons' (and photons') share out of free energy and pressure, which is then the
        column `baryon_pressure` and may be negative. Needs a proton fraction or chemical potential.
    muons : bool
        Whether muons of the electrons' chemical potential share the charge; `nse` has none.

    Returns
    -------
    xarray.Dataset
        A Profile without nuclei: its `number_density` has the shape (layer, 0).

    Raises
    ------
    ValueError
        If an argument is out of range.
    ConvergenceError
        If a layer's equation is not met to 1e-10: so where protons of the given chemical potential are
        rarer than any number a computer holds.

    Examples
    --------
    >>> layer = homogeneous(0.08, 0.1)
    >>> (layer["proton_density"] / 0.08).values, layer["pressure"].values
    (array([0.0350333]), array([0.177303]))
    """
    n_b, Y_p = densities(baryon_density, proton_fraction, DENSITIES)
    T = float(in_range("temperature", temperature, *TEMPERATURES))
    mode, target = third_equation(n_b, Y_p, proton_chemical_potential, electrons)
    if not isinstance(muons, bool | np.bool_):
        raise ValueError(f"muons = {muons!r}: must be True or False")
    f = skyrme.functional(functional)
    rows, residual = _homogeneous(n_b, T, mode, target, bool(muons), f)
    solved = (residual < TOLERANCE) & np.isfinite(rows).all(axis=0)
    if not solved.all():
        k = int(np.flatnonzero(~solved)[0])
        raise ConvergenceError(
            f"homogeneous: no solution at baryon_density = {n_b[k]:.6g} fm^-3, temperature = {T:.6g} MeV"
        )
    mu_e = warm_leptons.chemical_potential(rows[9], T, bool(muons))
    call = {
        "baryon_density": n_b.tolist(),
        "temperature": T,
        "proton_fraction": None if Y_p is None else Y_p.tolist(),
        "functional": functional,
        "proton_chemical_potential": proton_chemical_potential,
        "electrons": bool(electrons),
        "muons": bool(muons),
    }
    return profile.make(
        {
            **columns(rows, mu_e, T, bool(electrons), bool(muons)),
            "number_density": np.zeros((n_b.size, 0)),
            "residual": residual,
        },
        ordered=False,
        maker="homogeneous",
        functional=functional,
        source="uniform matter with a Skyrme functional",
        call=call,
    )

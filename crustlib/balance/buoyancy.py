r"""Do the ions of a crust float or sink? Their order by mass per charge.

Electrons hold ions up: in a layer of ions 1 the electric field is :math:`eE = (a_1/Z_1)m_ug`, so that an ion
2 feels the force :math:`(a_2 - Z_2a_1/Z_1)m_ug` down. A crust whose ions have a larger a/Z above than below
can gain energy by exchanging them: it is unstable to diffusion (Beznogov & Raduta 2025).

What weighs among free neutrons is not all that is inside an ion. Neutrons in equilibrium bear what has their
density (Archimedes): an ion with A nucleons inside a volume v, in a gas of density n, weighs as much as its
surplus, :math:`a = A - nv`. The gas gets denser with depth, so that a is a property of the ion *and* its
place: ions of two layers must be weighed in one gas. With A, v and Z of an ion kept, the force on ions from a
neighbouring layer has the sign of

.. math:: \Delta\frac{A}{Z} - n\,\Delta\frac{v}{Z}
          = \Delta\frac{a}{Z} + \frac{v}{Z}\,\Delta n .
"""

import json
from typing import NamedTuple

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from crustlib.crusts import profile as profiles
from crustlib.matter import saturation
from crustlib.validation import non_negative, one_of

__all__ = ["COUNTS", "Buoyancy", "buoyancy", "weights"]

Array = NDArray[np.float64]

COUNTS = ("given", "inside", "surplus", "same gas")
"""What `buoyancy` may count as an ion's mass number."""

TOLERANCE = 3e-3
WEIGHTS = ("A_inside", "A_surplus", "gas_density")


class Buoyancy(NamedTuple):
    """Where mass per charge falls with depth; arrays of the intervals, from the surface down."""

    stable: bool
    """Whether there is no such interval."""
    ratio: Array
    """Mass number per charge of each layer, as counted."""
    first: NDArray[np.int64]
    """Layer in which the ratio begins to fall."""
    last: NDArray[np.int64]
    """Layer in which it is lowest."""
    baryon_density: Array
    """Of both layers in fm^-3, shape (interval, 2)."""
    fall: Array
    """By how much of itself the ratio falls."""


def buoyancy(profile: xr.Dataset, tolerance: float = TOLERANCE, count: str = "given") -> Buoyancy:
    r"""Find the intervals of a crust in which mass per charge of its ions falls with depth.

    There the ions above are heavier, per charge, than those below (Beznogov & Raduta 2025, section III).

    Parameters
    ----------
    profile : xarray.Dataset
        A Profile, surface first. Where a layer holds several nuclides, the means of A and Z count.
    tolerance : float
        Relative fall below which an interval is no interval, >= 0. Tables have a few digits only, and forces
        that the ratio leaves out (Coulomb's: see `coulomb_share`) decide below some thousandths.
    count : {"given", "inside", "surplus", "same gas"}
        What is counted as A: what the Profile has (`A_cl`, or the nuclides' A); all nucleons inside a
        nucleus (`A_inside`, or the nuclides' A); those above the gas (see `weights`); or, the complete test,
        the difference of neighbouring layers weighed in the same gas, added up from the surface.

    Returns
    -------
    Buoyancy
        The verdict, the ratio and the intervals.

    Raises
    ------
    ValueError
        If the argument is no Profile, a layer has no nuclei, a column is missing that the count needs, or the
        tolerance is negative.

    Examples
    --------
    >>> from crustlib import crusts
    >>> crust = crusts.published("BSk24")
    >>> found = buoyancy(crust)
    >>> found.stable, found.baryon_density[0].round(4)
    (False, array([0.0427, 0.0677]))
    >>> buoyancy(crust, count="same gas").stable
    True
    """
    tolerance = float(non_negative("tolerance", tolerance))
    one_of("count", count, COUNTS)
    profiles.check(profile, ordered=False)
    ratio = _ratio(profile, count)
    if not np.isfinite(ratio).all():
        raise ValueError(f"profile: layer {int(np.argmin(np.isfinite(ratio)))} must hold nuclei, as all must")
    intervals = _falls(ratio, tolerance)
    first, last = (np.array([interval[k] for interval in intervals], dtype=np.int64) for k in (0, 1))
    density = profile["baryon_density"].values
    return Buoyancy(
        not intervals,
        ratio,
        first,
        last,
        np.column_stack((density[first], density[last])),
        1.0 - ratio[last] / ratio[first],
    )


def weights(profile: xr.Dataset) -> xr.Dataset:
    r"""Return what a mean nucleus of each layer weighs among free nucleons, :math:`a = A - nv`.

    Parameters
    ----------
    profile : xarray.Dataset
        A Profile with the columns of the result, or one of `crusts.nse`, whose nuclei have the volume
        :math:`v = A/n_\mathrm{sat}(\delta)` each.

    Returns
    -------
    xarray.Dataset
        `A_inside`, A; `A_surplus`, a; and `gas_density`, n in fm^-3, each of shape (layer,).

    Raises
    ------
    ValueError
        If the Profile has other columns only; the message names those that it lacks.

    Examples
    --------
    >>> from crustlib import crusts
    >>> weights(crusts.nse(0.03, 0.4))["A_surplus"].values.round(2)
    array([11.43])
    """
    if profile.attrs.get("maker") != "nse" or "A_surplus" in profile:
        profiles.require(profile, *WEIGHTS)
        return profile[list(WEIGHTS)]
    nuclei, functional = profile["number_density"], profile.attrs["functional"]
    end = saturation.largest_asymmetry(functional)
    excess = np.clip(1.0 - 2.0 * profile["Z"].values / profile["A"].values, -end, end)
    method = json.loads(profile.attrs["call"])["saturation"]
    volumes = profile["A"].values / saturation.density(excess, functional, method)
    filled = (nuclei * volumes).sum("nuclide")
    inside = profiles.mean_A(profile)
    gas = (profile["neutron_density"] + profile["proton_density"]) / (1.0 - filled)
    surplus = inside - gas * filled / nuclei.sum("nuclide")
    return xr.Dataset(dict(zip(WEIGHTS, (inside, surplus, gas), strict=True)))


def _ratio(profile: xr.Dataset, count: str) -> Array:
    """Return mass per charge of each layer, as counted."""
    charge = np.asarray(profiles.mean_Z(profile), dtype=np.float64)
    if count == "given":
        return np.asarray(profiles.mean_A(profile), dtype=np.float64) / charge
    if count == "inside":
        if "A_inside" in profile:
            return np.asarray(profile["A_inside"] / charge)
        profiles.require(profile, "number_density")
        return np.asarray(profiles.mean_A(profile) / charge)
    columns = weights(profile)
    inside, surplus = (columns[name].values / charge for name in WEIGHTS[:2])
    if count == "surplus":
        return np.asarray(surplus)
    gas = columns["gas_density"].values
    volume = np.divide(inside - surplus, gas, out=np.zeros_like(gas), where=gas > 0.0)  # v / Z
    between = np.where(gas[:-1] > 0.0, 0.5 * (gas[1:] + gas[:-1]), 0.0)
    steps = np.diff(inside) - between * np.diff(volume)
    return np.concatenate([surplus[:1], surplus[0] + np.cumsum(steps)])


def _falls(ratio: Array, tolerance: float) -> list[tuple[int, int]]:
    """Peaks and the troughs after them; a fall or a rise within the tolerance does not count."""
    found, peak, trough = [], 0, 0
    for k in range(1, ratio.size):
        if trough > peak:  # falling: until it has risen from the trough
            if ratio[k] < ratio[trough]:
                trough = k
            elif ratio[k] > ratio[trough] * (1.0 + tolerance):
                found.append((peak, trough))
                peak = trough = k
        elif ratio[k] < ratio[peak] * (1.0 - tolerance):
            trough = k
        elif ratio[k] >= ratio[peak]:
            peak = trough = k
    return [*found, (peak, trough)] if trough > peak else found

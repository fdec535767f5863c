r"""Do the ions of a crust float or sink? Their order by mass per charge.

Electrons hold ions up: in a layer of ions 1 the electric field is :math:`eE = (A_1/Z_1)m_ug`, so that an ion
2 feels the force :math:`(A_2 - Z_2A_1/Z_1)m_ug` down. A crust whose ions have a larger A/Z above than below
can gain energy by exchanging them: it is unstable to diffusion (Beznogov & Raduta 2025).
"""

from typing import NamedTuple

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from crustlib.crusts import profile as profiles
from crustlib.validation import non_negative

__all__ = ["Buoyancy", "buoyancy"]


class Buoyancy(NamedTuple):
    """Where mass per charge falls with depth; arrays of the intervals, from the surface down."""

    stable: bool
    """Whether there is no such interval."""
    ratio: NDArray[np.float64]
    """A_cl / Z_cl of each layer."""
    first: NDArray[np.int64]
    """Layer in which the ratio begins to fall."""
    last: NDArray[np.int64]
    """Layer in which it is lowest."""
    baryon_density: NDArray[np.float64]
    """Of both layers in fm^-3, shape (interval, 2)."""
    fall: NDArray[np.float64]
    """By how much of itself the ratio falls."""


def buoyancy(profile: xr.Dataset, tolerance: float = 1e-3) -> Buoyancy:
    r"""Find the intervals of a crust in which :math:`A_\mathrm{cl}/Z_\mathrm{cl}` falls with depth.

    There the ions above are heavier, per charge, than those below (Beznogov & Raduta 2025, section III).

    Parameters
    ----------
    profile : xarray.Dataset
        A Profile, surface first. Where a layer holds several nuclides, the means of A and Z count.
    tolerance : float
        Relative fall below which an interval is no interval: tables have a few digits only, and in those of
        four neither a fall nor a rise of less means anything. >= 0.

    Returns
    -------
    Buoyancy
        The verdict, the ratio and the intervals.

    Raises
    ------
    ValueError
        If the argument is no Profile, or the tolerance is negative.

    Examples
    --------
    >>> from crustlib import crusts
    >>> found = buoyancy(crusts.published("BSk24"))
    >>> found.stable, found.baryon_density[0].round(4)
    (False, array([0.0427, 0.0677]))
    >>> buoyancy(crusts.published("Negele-Vautherin")).stable
    True
    """
    tolerance = float(non_negative("tolerance", tolerance))
    profiles.check(profile, ordered=False)
    ratio = np.asarray(profiles.mean_A(profile) / profiles.mean_Z(profile), dtype=np.float64)
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


def _falls(ratio: NDArray[np.float64], tolerance: float) -> list[tuple[int, int]]:
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

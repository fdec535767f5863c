"""Slopes along a Profile, over windows wide enough that a layer's numerical roughness does not count."""

from typing import NamedTuple

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from crustlib.crusts import profile as _profile

Array = NDArray[np.float64]
WIDTH = 0.015  # of ln P: the least width of a window
OVERLAP = 0.5  # adjacent layers that share less of their bound baryons meet at an interface


class Windows(NamedTuple):
    """For every layer a window around it: the layers where it begins and ends, and which steps it counts."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    counts: NDArray[np.bool_]  # shape (layer - 1,): False where a step crosses an interface

    def change(self, values: Array) -> Array:
        """Return the change of a quantity through each layer's window, interfaces left out."""
        total = np.concatenate([[0.0], np.cumsum(np.where(self.counts, np.diff(values), 0.0))])
        return total[self.last] - total[self.first]

    def integral(self, integrand: Array, variable: Array) -> Array:
        """Return the integral through each window (trapezoids), interfaces left out."""
        steps = 0.5 * (integrand[1:] + integrand[:-1]) * np.diff(variable)
        total = np.concatenate([[0.0], np.cumsum(np.where(self.counts, steps, 0.0))])
        return total[self.last] - total[self.first]


def windows(profile: xr.Dataset, width: float = WIDTH) -> Windows:
    """Lay a window of at least `width` in ln P around every layer.

    A sharp interface between two kinds of nuclei is no layer: the lattice lets the ideal electrons' mu_e
    jump there, at one pressure and in equilibrium. Steps across one are left out.

    Parameters
    ----------
    profile : xarray.Dataset
        A Profile whose pressure does not decrease.
    width : float
        Least width in ln P.

    Returns
    -------
    Windows
        One window per layer; at either end it is one-sided.

    Raises
    ------
    ValueError
        If the Profile has fewer than three layers or spans less than one window.
    """
    _profile.require(profile, "pressure")
    _profile.check(profile)
    pressure = profile["pressure"].values
    if pressure.size < 3:
        raise ValueError(f"profile: has {pressure.size} layers, needs at least 3 for a slope")
    counts = ~_interfaces(profile)
    depth = np.concatenate([[0.0], np.cumsum(np.where(counts, np.diff(np.log(pressure)), 0.0))])
    if depth[-1] < width:
        raise ValueError(f"profile: spans {depth[-1]:.3g} in ln P, needs at least {width:.3g} for a slope")
    start = np.clip(depth - 0.5 * width, 0.0, depth[-1] - width)
    slack = 1e-12 * depth[-1]
    first = np.searchsorted(depth, start + slack, side="right") - 1
    last = np.searchsorted(depth, depth[first] + width - slack, side="left")
    last = np.minimum(last, depth.size - 1)
    first = np.minimum(first, np.searchsorted(depth, depth[last] - width + slack, side="right") - 1)
    return Windows(np.maximum(first, 0), last, counts)


def _interfaces(profile: xr.Dataset) -> NDArray[np.bool_]:
    """Return, for each step between layers, whether the nuclei on its two sides are mostly others."""
    if "number_density" not in profile:
        return np.zeros(profile.sizes["layer"] - 1, dtype=bool)
    bound = profile["number_density"].values * profile["A"].values
    fraction = bound / bound.sum(axis=1, keepdims=True)
    return np.minimum(fraction[1:], fraction[:-1]).sum(axis=1) < OVERLAP

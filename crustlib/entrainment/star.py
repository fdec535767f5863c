r"""Stars in hydrostatic equilibrium: Tolman, Oppenheimer & Volkoff 1939, with the enthalpy as coordinate.

With :math:`H = \int dP/(\varepsilon + P)` (Lindblom 1992) and :math:`G = c = 1`

.. math:: \frac{dr}{dH} = -\frac{r(r - 2m)}{m + 4\pi r^3P}, \qquad
          \frac{dm}{dH} = 4\pi r^2\varepsilon\frac{dr}{dH}

from the centre to :math:`H = 0`. In :math:`r` the surface is an event that an integrator has to look for,
where :math:`P` goes to zero; in :math:`H` it is the end of the range and found exactly. :math:`r^2` is
integrated in place of :math:`r`, since it is linear in :math:`H` at the centre.
"""

from collections.abc import Callable
from functools import cache
from math import pi
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import ode
from scipy.optimize import brentq, minimize_scalar

from crustlib.crusts import published_cells
from crustlib.entrainment.equation_of_state import HIGHEST_CORE_DENSITY, StarMatter, _at, star_matter
from crustlib.errors import ConvergenceError
from crustlib.matter.nucleons import beta_equilibrium
from crustlib.validation import in_range, one_of

__all__ = ["MassRadius", "mass_radius", "mass_range"]

SOLAR_MASS_KM = 1.3271244e20 / 299792458.0**2 / 1e3
"""G M_sun / c^2 in km, with the IAU's nominal solar mass parameter."""

LEAST_CENTRAL_DENSITY = 0.2
"""In fm^-3: below it stars are lighter than any that are known to be born."""

_TOLERANCE = 1e-9
_STEPS = 10_000  # some hundred are taken
_START = 1e-6  # first step from the centre, of its enthalpy
_MASS_TOLERANCE = 1e-3  # of the enthalpy where the mass is highest: it is flat there


class MassRadius(NamedTuple):
    """What `mass_radius` returns: floats, or arrays of the densities' shape."""

    mass: Any
    """Gravitational mass in solar masses."""
    radius: Any
    """Circumferential radius in km."""
    core_radius: Any
    """Radius of the core's edge in km."""


@njit(cache=True)
def _structure(H, y, knots, coefficients):
    """Slopes of r^2 (km^2) and m (km) with the enthalpy."""
    P, energy, _, _, _ = _at(H, knots, coefficients)
    r, m = np.sqrt(y[0]), y[1]
    slope = -r * (r - 2.0 * m) / (m + 4.0 * pi * r**3 * P)
    return np.array([2.0 * r * slope, 4.0 * pi * r**2 * energy * slope])


def off_centre(matter: StarMatter, enthalpy: float) -> tuple[float, float, float]:
    """Enthalpy, r^2 and m (km) one short step from the centre, by their series."""
    P, energy, _, _, _ = _at(enthalpy, *matter.core)
    step = _START * enthalpy
    squared = 3.0 * step / (2.0 * pi * (energy + 3.0 * P))
    return enthalpy - step, squared, 4.0 / 3.0 * pi * squared**1.5 * energy


def integrate(
    matter: StarMatter, start: float, y: Any, slopes: Callable[..., Any]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Integrate a kernel's slopes from `start` to the core's edge and to the surface; return y at both.

    Raises
    ------
    ConvergenceError
        If the integrator stops before.
    """
    ends, y = [], np.asarray(y, dtype=np.float64)
    for side, span in ((matter.core, (start, matter.core_edge)), (matter.crust, (matter.core_edge, 0.0))):
        stepper = ode(slopes).set_integrator("dop853", rtol=_TOLERANCE, atol=1e-14, nsteps=_STEPS)
        y = stepper.set_f_params(*side).set_initial_value(y, span[0]).integrate(span[1])
        if not stepper.successful():
            raise ConvergenceError(f"a star was not integrated from H = {span[0]:.3g} to {span[1]:.3g}")
        ends.append(y)
    return ends[0], ends[1]


def star(matter: StarMatter, enthalpy: float) -> tuple[float, float, float]:
    """Mass, radius and the core's radius (km) of the star with this enthalpy at its centre."""
    start, squared, mass = off_centre(matter, enthalpy)
    core, surface = integrate(matter, start, (squared, mass), _structure)
    return float(surface[1]), float(np.sqrt(surface[0])), float(np.sqrt(core[0]))


def central_enthalpy(density: ArrayLike, functional: str) -> Any:
    """Enthalpy at a density (fm^-3) of the core."""
    matter = star_matter(functional)
    return matter.core_edge + np.log(beta_equilibrium(density, functional).mu_n / matter.mu_edge)


@cache
def _extremes(functional: str) -> tuple[float, float, float, float]:
    """Lowest and highest mass (solar), and the enthalpies at their centres."""
    matter = star_matter(functional)
    low, high = (central_enthalpy(n, functional) for n in (LEAST_CENTRAL_DENSITY, HIGHEST_CORE_DENSITY))
    best = minimize_scalar(
        lambda H: -star(matter, H)[0],
        bounds=(0.5 * (low + high), high),
        method="bounded",
        options={"xatol": _MASS_TOLERANCE},
    )
    if not best.success:
        raise ConvergenceError(f"no heaviest star was found with {functional}: {best.message}")
    return star(matter, low)[0] / SOLAR_MASS_KM, float(-best.fun) / SOLAR_MASS_KM, low, float(best.x)


def enthalpy_of_mass(mass: float, functional: str) -> float:
    """Enthalpy at the centre of the stable star of a mass (solar) within `mass_range`."""
    lowest, highest, low, high = _extremes(functional)
    matter = star_matter(functional)
    if mass in (lowest, highest):
        return low if mass == lowest else high
    return float(brentq(lambda H: star(matter, H)[0] / SOLAR_MASS_KM - mass, low, high, xtol=1e-8))


def known(functional: str) -> str:
    """Return the name of a functional with a published crust.

    Raises
    ------
    ValueError
        If it has none.
    """
    return one_of("functional", functional, published_cells.available())


def mass_range(functional: str = "BSk24") -> tuple[float, float]:
    """Lightest star that is offered, and the heaviest that is stable, with a functional.

    Parameters
    ----------
    functional : str
        One of `crustlib.crusts.published_cells.available()`: it needs an inner crust.

    Returns
    -------
    lowest, highest : float
        In solar masses. The lowest has 0.2 nucleons per fm^3 at its centre.

    Raises
    ------
    ValueError
        If the functional has no published crust.

    Examples
    --------
    >>> mass_range("BSk24")
    (0.306, 2.279)
    """
    return _extremes(known(functional))[:2]


def mass_radius(central_density: ArrayLike, functional: str = "BSk24") -> MassRadius:
    r"""Masses and radii of cold stars that do not rotate.

    The equations at the head of this module (Tolman 1939; Oppenheimer & Volkoff 1939), with the matter of
    `crustlib.entrainment.equation_of_state`.

    Parameters
    ----------
    central_density : float or array_like
        Nucleon density at the centre in fm^-3, in [0.2, 1.5], any shape; beyond the heaviest star's they are
        unstable.
    functional : str
        One of `crustlib.crusts.published_cells.available()`.

    Returns
    -------
    MassRadius
        A named tuple, each field of `central_density`'s shape.

    Raises
    ------
    ValueError
        If the density is out of range or the functional has no published crust.

    Examples
    --------
    >>> mass_radius(0.4, "BSk24").radius
    12.6
    """
    density = in_range("central_density", central_density, LEAST_CENTRAL_DENSITY, HIGHEST_CORE_DENSITY)
    enthalpies = central_enthalpy(density, known(functional))
    stars = [star(star_matter(functional), float(H)) for H in np.ravel(enthalpies)]
    mass, radius, core_radius = np.moveaxis(np.array(stars).reshape(*np.shape(density), 3), -1, 0)
    result = (mass / SOLAR_MASS_KM, radius, core_radius)
    return MassRadius(*(value if np.ndim(value) else float(value) for value in result))

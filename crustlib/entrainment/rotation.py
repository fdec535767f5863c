r"""Two fluids that rotate slowly through each other in general relativity: who drags whom.

Neutrons and everything else ("p") rotate rigidly with :math:`\Omega_n` and :math:`\Omega_p`. To first order
the star stays round, and the angular momenta are

.. math:: J_X = \int dI_X\left[(1 - \varepsilon_X)(\Omega_X - \omega)
   + \varepsilon_X(\Omega_Y - \omega)\right],
   \qquad dI_X = \frac{8\pi}{3}r^4e^{(\lambda - \nu)/2}n_X\mu_X\,dr

with the entrainment :math:`\varepsilon_n = -\rho_{np}\rho_p/\det\rho` that follows when
:math:`\mathbf V_n` is expressed by the currents (`core_matrix`), and the frame dragging :math:`\omega(r)`,

.. math:: \frac{d}{dr}\left(r^4j\frac{d\omega}{dr}\right)
   = -16\pi r^4je^\lambda\sum_Xn_X\mu_X(\Omega_X - \omega), \qquad j = e^{-(\lambda + \nu)/2}

(Hartle 1967, for two fluids). Nothing of the nuclear part enters it, since
:math:`\varepsilon_nn_n\mu_n = \varepsilon_pn_p\mu_p`. So
:math:`\omega = \Omega_n\omega_n + \Omega_p\omega_p`, and

.. math:: \frac{I_{XY}}{I_X} = \frac{\tilde\varepsilon_X - \varepsilon^{LT}_{YX}}
   {1 - \varepsilon^{LT}_{YX} - \varepsilon^{LT}_{XX}}, \qquad
   \tilde\varepsilon_X = \frac{1}{\tilde I_X}\int dI_X\varepsilon_X, \quad
   \varepsilon^{LT}_{YX} = \frac{1}{\tilde I_X}\int dI_X\omega_Y, \quad \tilde I_X = \int dI_X

(Sourie et al. 2017; Chamel 2026, slides). With the enthalpy as coordinate :math:`e^{-\nu/2}` is
:math:`e^H/\sqrt{1 - 2M/R}`. Three solutions from the centre are enough, all in one pass: one without
rotation and :math:`\omega = 1` at the centre, one for each fluid and :math:`\omega = 0` there; outside
:math:`\omega = 2J/r^3`, which fixes the rest.
"""

from math import pi
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray
from scipy import constants as _si

from crustlib.entrainment.equation_of_state import StarMatter, _at, star_matter
from crustlib.entrainment.star import enthalpy_of_mass, integrate, mass_range, off_centre
from crustlib.validation import in_range

__all__ = ["Rotation", "rotation"]

KM3_IN_G_CM2: float = 1e15 * _si.c**2 / _si.G * 10.0
"""One km^3 times c^2 / G, in g cm^2."""


class Rotation(NamedTuple):
    """What `rotation` returns: floats, or arrays of the masses' shape. Moments of inertia are in g cm^2."""

    radius: Any
    """Circumferential radius in km."""
    core_radius: Any
    """Of the core's edge, in km."""
    central_density: Any
    """Nucleon density at the centre in fm^-3."""
    I_n: Any
    """J_n / Omega of the rigid star: I_nn + I_np."""
    I_p: Any
    """J_p / Omega of the rigid star: I_pp + I_pn."""
    I_nn: Any
    """J_n / Omega_n while the protons rest."""
    I_np: Any
    """J_n / Omega_p while the neutrons rest."""
    I_pn: Any
    """J_p / Omega_n while the protons rest: equal to I_np, and computed on its own."""
    I_pp: Any
    """J_p / Omega_p while the neutrons rest."""
    I_surface: Any
    """J / Omega of the rigid star, from the slope of the frame dragging at its surface: I_n + I_p."""
    epsilon_n: Any
    """Mean nuclear entrainment eps~_n of the neutrons."""
    epsilon_p: Any
    """Mean nuclear entrainment eps~_p of the protons and all that moves with them."""
    lense_thirring_nn: Any
    """Frame dragging eps^LT_nn of the neutrons on themselves."""
    lense_thirring_np: Any
    """Frame dragging eps^LT_np of the neutrons on the protons."""
    lense_thirring_pn: Any
    """Frame dragging eps^LT_pn of the protons on the neutrons."""
    lense_thirring_pp: Any
    """Frame dragging eps^LT_pp of the protons on themselves."""
    crust_fraction: Any
    """Moment of inertia of inner and outer crust over I, in rigid rotation."""
    gas_fraction: Any
    """Of the inner crust's free neutrons over I, whichever fluid they count with."""


@njit(cache=True)
def _slopes(H, y, knots, coefficients):
    """Slopes with the enthalpy; y is r^2, m, omega and r^4 j omega' of three solutions, integrals over dI.

    Those are the neutrons' 1, eps_n, and three omega; all matter's 1 and three omega. j and dI lack the
    factor 1 / sqrt(1 - 2M/R).
    """
    P, energy, _, share, entrainment = _at(H, knots, coefficients)
    r, m = np.sqrt(y[0]), y[1]
    slope = -r * (r - 2.0 * m) / (m + 4.0 * pi * r**3 * P)
    metric = np.sqrt(1.0 - 2.0 * m / r)
    inertia = 8.0 / 3.0 * pi * r**4 * np.exp(H) / metric * (energy + P) * slope
    drag = slope / (r**4 * np.exp(H) * metric)
    result = np.empty(17)
    result[0], result[1] = 2.0 * r * slope, 4.0 * pi * r**2 * energy * slope
    result[8], result[9], result[13] = share * inertia, share * entrainment * inertia, inertia
    for k, source in enumerate((0.0, share, 1.0 - share)):  # Omega = 0, Omega_n = 1, Omega_p = 1
        omega = y[2 + k]
        result[2 + k] = drag * y[5 + k]
        result[5 + k] = -6.0 * inertia * (source - omega)
        result[10 + k], result[14 + k] = share * inertia * omega, inertia * omega
    return result


class _Solution(NamedTuple):
    """One star: lengths in km, moments in km^3 from I~ on, arrays [X, Y] over the two fluids."""

    radius: float
    core_radius: float
    inertia: NDArray[np.float64]  # I~_X
    nuclear: float  # of either fluid on the other: int dI_X eps_X
    omega: NDArray[np.float64]  # int dI_X omega_Y
    surface: float  # J / Omega of the rigid star
    crust: float  # that of the crust


def _solve(enthalpy: float, matter: StarMatter) -> _Solution:
    """Integrate and match one star."""
    core, surface = integrate(matter, *_start(matter, enthalpy), _slopes)
    R = float(np.sqrt(surface[0]))
    metric = float(np.sqrt(1.0 - 2.0 * surface[1] / R))
    # omega + R omega' / 3 = 0 at R; there y holds r^4 sqrt(1 - 2M/R) omega'
    off = surface[2:5] + surface[5:8] / (3.0 * R**3 * metric)
    parts = -off[1:] / off[0]
    rigid = np.array([parts.sum(), 1.0, 1.0])
    inertia, nuclear, omega = _integrals(surface, parts)
    inertia_core, _, omega_core = _integrals(core, parts)
    crust = (inertia - inertia_core).sum() - (omega - omega_core).sum()
    J = -float(surface[5:8] @ rigid) / 6.0
    moments = (inertia / metric, nuclear / metric, omega / metric, J / metric, float(crust) / metric)
    return _Solution(R, float(np.sqrt(core[0])), *moments)


def _start(matter: StarMatter, enthalpy: float) -> tuple[float, NDArray[np.float64]]:
    """Enthalpy and `_slopes`' y just off the centre, to leading order in r."""
    H, squared, mass = off_centre(matter, enthalpy)
    P, energy, _, share, _ = _at(H, *matter.core)
    curvature = -16.0 / 5.0 * pi * (energy + P) * np.array([-1.0, share, 1.0 - share])  # omega' / r
    y = np.zeros(17)
    y[:3] = squared, mass, 1.0
    y[2:5] += 0.5 * curvature * squared
    y[5:8] = squared**2.5 * np.exp(H) * curvature
    return H, y


def _integrals(y: NDArray[np.float64], parts: NDArray[np.float64]) -> tuple[Any, float, Any]:
    """I~_X, the integral of dI_X eps_X, and that of dI_X omega_Y as an array [X, Y], from `_slopes`' y."""
    omega = np.array([y[10:13], y[14:17] - y[10:13]])
    return np.array([y[8], y[13] - y[8]]), float(y[9]), omega[:, 1:] + omega[:, :1] * parts


def _pinned(matter: StarMatter) -> StarMatter:
    """Return the same matter with no free neutrons in its crust."""
    knots, coefficients = matter.crust
    coefficients = coefficients.copy()
    coefficients[:, :, 3] = 0.0
    return matter._replace(crust=(knots, coefficients))


def _rotation(enthalpy: float, matter: StarMatter, crust_superfluid: bool) -> tuple[float, ...]:
    """Return one star's values in the order of `Rotation`."""
    free, bound = (_solve(enthalpy, m) for m in (matter, _pinned(matter)))
    s = free if crust_superfluid else bound
    inertia = KM3_IN_G_CM2 * (np.diag(s.inertia) - s.nuclear * np.array([[1.0, -1.0], [-1.0, 1.0]]) - s.omega)
    gas = (free.inertia - bound.inertia)[0] - (free.omega - bound.omega)[0].sum()
    dragging = s.omega / s.inertia[:, None]
    return (
        s.radius, s.core_radius, float(_at(enthalpy, *matter.core)[2]),
        *inertia.sum(axis=1), *inertia.ravel(), KM3_IN_G_CM2 * s.surface,
        *(s.nuclear / s.inertia), *dragging.T.ravel(), s.crust / s.surface, gas / s.surface,
    )  # fmt: skip


def rotation(mass: ArrayLike, functional: str = "BSk24", crust_superfluid: bool = False) -> Rotation:
    r"""Moments of inertia of a star of two fluids, and how nuclear forces and frame dragging couple them.

    The equations at the head of this module: :math:`J_n = I_{nn}\Omega_n + I_{np}\Omega_p` and
    :math:`J_p = I_{pn}\Omega_n + I_{pp}\Omega_p` (Carter 1975; Sourie et al. 2017), of a cold star with the
    matter of `crustlib.entrainment.equation_of_state` from its centre to its surface.

    Parameters
    ----------
    mass : float or array_like
        Gravitational mass in solar masses, any shape, in `crustlib.entrainment.star.mass_range(functional)`.
    functional : str
        One of `crustlib.crusts.published_cells.available()`.
    crust_superfluid : bool
        Whether the free neutrons of the inner crust count with the neutrons of the core. If not, they move
        with the protons, as nuclei and electrons always do.

    Returns
    -------
    Rotation
        A named tuple, each field of `mass`'s shape.

    Raises
    ------
    ValueError
        If the mass is out of range, the functional has no published crust, or `crust_superfluid` is not a
        bool.
    ConvergenceError
        If the integrator fails.

    Notes
    -----
    The free neutrons slip freely through the crust here; scale `gas_fraction` with a superfluid fraction to
    see what entrainment in the crust does.

    Examples
    --------
    >>> star = rotation(1.4)
    >>> star.radius, star.epsilon_p, star.lense_thirring_np, star.I_np / star.I_n
    (12.57, 0.266, 0.211, 0.0072)
    """
    lowest, highest = mass_range(functional)
    masses = in_range("mass", mass, lowest, highest)
    if not isinstance(crust_superfluid, bool | np.bool_):
        raise ValueError(f"crust_superfluid = {crust_superfluid!r}: must be True or False")
    matter = star_matter(functional)
    rows = [
        _rotation(enthalpy_of_mass(float(M), functional), matter, bool(crust_superfluid))
        for M in np.ravel(masses)
    ]
    columns = np.moveaxis(np.array(rows).reshape(*np.shape(masses), len(Rotation._fields)), -1, 0)
    return Rotation(*(column if column.ndim else float(column) for column in columns))

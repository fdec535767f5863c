"""How far a crust is from diffusion equilibrium: Chugunov & Shchechilin (2020), equations (7) to (9)."""

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from crustlib.balance.windows import WIDTH, Array, windows
from crustlib.constants import MEV_FM3_IN_DYN_CM2
from crustlib.crusts import profile as _profile
from crustlib.validation import non_negative, positive

FALLING, SHALLOW, STEEP = "falling", "shallow", "steep"
SHALLOW_BELOW, STEEP_ABOVE = 0.5, 1.5  # of equation (7): the paper's blue and red hatching
FALLING_BELOW = -0.005  # where mu_e is level, the network's finite step leaves a slope of up to 0.001


def violation(
    profile: xr.Dataset, gravity: float = 2e14, *, width: float = WIDTH, least_thickness: float = 1.0
) -> xr.Dataset:
    r"""Compare the slopes of a crust with those of diffusion equilibrium.

    .. math::
       r_7 = \frac{d\mu_e}{dP} \frac{Z n_b}{A}, \qquad
       r_8 = \frac{dP_{ei}}{dP} \frac{\varepsilon + P}{\varepsilon + P - n_n \mu_n}, \qquad
       r_9 = \frac{dP_n}{dP} \frac{\varepsilon + P}{n_n \mu_n}

    are 1 in equilibrium: electrons by equation (7) with :math:`\rho = n_b m_u`, electrons with nuclei by (8)
    and neutrons by (9). In (8) and (9) a component's mass density is what gravity pulls at, its enthalpy
    density, so that the two add up to hydrostatic equilibrium without remainder. :math:`r_7` is built for a
    crust without a lattice; :math:`r_8` and :math:`r_9` hold with one too.

    Parameters
    ----------
    profile : xarray.Dataset
        A Profile with pressure, mass_density, mu_e and baryon_density; where it has free neutrons, also with
        mu_n and neutron_pressure.
    gravity : float
        g in cm s^-2, for thicknesses.
    width : float
        Least window in ln P over which a slope is taken.
    least_thickness : float
        Thinner zones (m) are left out.

    Returns
    -------
    xarray.Dataset
        `r7`, `r8`, `r9` (NaN-free: `r9` is 1 where there are no neutrons, which then weigh nothing),
        `neutron_weight` (the neutrons' share of the inertia) and `depth` (m) with dimension `layer` and
        coordinates `pressure` (MeV fm^-3) and `column_density` (g cm^-2); `zone_kind` ("falling", r7 < 0;
        "shallow", < 0.5, which falling zones are part of; "steep", > 1.5), `zone_top`, `zone_bottom`
        (MeV fm^-3) and `zone_thickness` (m) with dimension `zone`.

    Raises
    ------
    ValueError
        If a column is missing, pressure decreases, or an argument is out of range.

    Examples
    --------
    >>> import numpy as np
    >>> from crustlib import crusts
    >>> ground = crusts.ground_state("AME2016+FRDM95+DZ31", np.geomspace(1e-5, 1e-3, 400))
    >>> violation(ground).sizes["zone"]
    0
    """
    _profile.require(profile, "pressure", "mass_density", "mu_e", "baryon_density")
    positive("gravity", gravity)
    positive("width", width)
    non_negative("least_thickness", least_thickness)
    window = windows(profile, width)
    pressure = profile["pressure"].values
    n_b = profile["baryon_density"].values
    equilibrium = (_profile.mean_A(profile) / (_profile.mean_Z(profile) * n_b)).values
    r7 = window.change(profile["mu_e"].values) / window.integral(equilibrium, pressure)
    weight, P_n = _neutrons(profile)
    r8 = window.change(pressure - P_n) / window.integral(1.0 - weight, pressure)
    share = window.integral(weight, pressure)
    r9 = np.divide(window.change(P_n), share, out=np.ones_like(share), where=share > 0.0)
    depth = _depth(pressure, profile["mass_density"].values, gravity)
    result = xr.Dataset(
        {
            "r7": ("layer", r7, {"units": "1", "long_name": "slope of mu_e over that of equation (7)"}),
            "r8": ("layer", r8, {"units": "1", "long_name": "slope of P_ei over that of equation (8)"}),
            "r9": ("layer", r9, {"units": "1", "long_name": "slope of P_n over that of equation (9)"}),
            "neutron_weight": ("layer", weight, {"units": "1", "long_name": "neutrons' share of inertia"}),
            "depth": ("layer", depth, {"units": "m", "long_name": "depth below the first layer"}),
        },
        coords={
            "pressure": ("layer", pressure, {"units": "MeV fm^-3"}),
            "column_density": ("layer", pressure * MEV_FM3_IN_DYN_CM2 / gravity, {"units": "g cm^-2"}),
        },
        attrs={"gravity": gravity, "width": width, "least_thickness": least_thickness},
    )
    return result.assign(_zones(_kinds(r7), pressure, depth, least_thickness))


def _neutrons(profile: xr.Dataset) -> tuple[Array, Array]:
    """Return the free neutrons' share of the inertia, and their pressure, in each layer."""
    nothing = np.zeros(profile.sizes["layer"])
    if "neutron_density" not in profile or not profile["neutron_density"].values.any():
        return nothing, nothing
    _profile.require(profile, "mu_n", "neutron_pressure")
    inertia = profile["neutron_density"] * profile["mu_n"]
    return (inertia / _profile.enthalpy_density(profile)).values, profile["neutron_pressure"].values


def _depth(pressure: Array, mass_density: Array, gravity: float) -> Array:
    """Return the depth (m) of each layer below the first: the integral of dP/(rho g)."""
    specific = 1.0 / mass_density
    steps = 0.5 * (specific[1:] + specific[:-1]) * np.diff(pressure)
    return np.concatenate([[0.0], np.cumsum(steps)]) * (MEV_FM3_IN_DYN_CM2 / gravity / 100.0)


def _kinds(r7: Array) -> dict[str, NDArray[np.bool_]]:
    return {FALLING: r7 < FALLING_BELOW, SHALLOW: r7 < SHALLOW_BELOW, STEEP: r7 > STEEP_ABOVE}


def _zones(
    kinds: dict[str, NDArray[np.bool_]], pressure: Array, depth: Array, least_thickness: float
) -> dict[str, tuple]:
    """Gather runs of layers of one kind into zones, by depth; a zone reaches halfway to its neighbours."""
    middle_P, middle_depth = 0.5 * (pressure[1:] + pressure[:-1]), 0.5 * (depth[1:] + depth[:-1])
    edge_P = np.concatenate([pressure[:1], middle_P, pressure[-1:]])
    edge_depth = np.concatenate([depth[:1], middle_depth, depth[-1:]])
    found = []
    for kind, inside in kinds.items():
        turns = np.flatnonzero(np.diff(np.concatenate([[0], inside.astype(int), [0]])))
        for a, b in turns.reshape(-1, 2):
            found.append((edge_P[a], edge_P[b], edge_depth[b] - edge_depth[a], kind))
    zones = sorted(zone for zone in found if zone[2] > least_thickness)
    tops, bottoms, thicknesses, names = zip(*zones, strict=True) if zones else ((), (), (), ())
    return {
        "zone_kind": ("zone", np.array(names, dtype=str)),
        "zone_top": ("zone", np.array(tops, dtype=float), {"units": "MeV fm^-3"}),
        "zone_bottom": ("zone", np.array(bottoms, dtype=float), {"units": "MeV fm^-3"}),
        "zone_thickness": ("zone", np.array(thicknesses, dtype=float), {"units": "m"}),
    }

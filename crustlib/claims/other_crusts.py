"""Numbers that claims about other crusts are held against: one component, liquid drops, fast diffusion."""

import functools
import itertools

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from crustlib import balance, crusts
from crustlib.claims.accreted_crust import (
    EDDINGTON,
    FRDM95,
    GRAVITY,
    HIGHEST,
    REFERENCE,
    accreted,
    violation,
)
from crustlib.crusts import profile

PLENTY = 0.01  # of all nuclei: a nuclide that counts
DIRECT = 1e5  # an S-factor so much larger lets 40Mg fuse before it captures


@functools.cache
def one_component() -> xr.Dataset:
    """Return the crust of one nuclide in each layer, without a lattice."""
    return crusts.one_component(FRDM95, lattice=False)


@functools.cache
def drops() -> xr.Dataset:
    """Return the accreted crust of the liquid drop of Mackie & Baym's kind."""
    return crusts.accreted("MB-type", neutrons="Mackie-Baym")


@functools.cache
def diffusive(interface: str) -> xr.Dataset:
    """Return the crust in diffusion equilibrium, without a lattice, with its lowest or highest interface."""
    low, high = crusts.interface_limits(FRDM95, lattice=False)
    return crusts.diffusive(FRDM95, low if interface == "lowest" else high, lattice=False)


# -- one component, and several


def thresholds() -> NDArray[np.int_]:
    """Return the layers of the one-component crust that are the last of their nuclide."""
    crust = one_component()
    kind = crust["number_density"].values.argmax(axis=1)
    fused = np.abs(np.diff(crust["A_cell"].values)) > 1.0
    return np.flatnonzero((np.diff(kind) != 0) | fused)


def largest_jump_of_neutrons() -> float:
    """Return the largest relative jump of n_n across a threshold that has free neutrons on both sides."""
    n_n, last = one_component()["neutron_density"].values, thresholds()
    last = last[n_n[last] > 0.0]
    return float((n_n[last + 1] / n_n[last]).max() - 1.0)


def slope_inside_shells() -> float:
    """Return |r7 - 1| of one component with free neutrons: the median of the shell that is farthest off."""
    crust, last = one_component(), thresholds()
    r7 = balance.violation(crust, GRAVITY)["r7"].values
    shells = [r7[a + 1 : b + 1] for a, b in itertools.pairwise(last)]
    free = crust["neutron_density"].values[last[:-1] + 1] > 0.0
    return float(max(abs(np.median(r) - 1.0) for r, inner in zip(shells, free, strict=True) if inner))


def kinds_of_nuclei() -> float:
    """Return the most nuclides that one layer holds, each with more than 1 % of the nuclei."""
    nuclei = accreted(*REFERENCE)["number_density"].values
    return float((nuclei > PLENTY * nuclei.sum(axis=1, keepdims=True)).sum(axis=1).max())


# -- liquid drops


def thickest_with_drops(*kinds: str) -> float:
    """Return the thickness (m) of the thickest zone of these kinds."""
    found = balance.violation(drops(), GRAVITY)
    return float(found["zone_thickness"].values[np.isin(found["zone_kind"].values, kinds)].max(initial=0.0))


def buoyancy(source: str) -> float:
    """Return the largest buoyancy of nuclei over their weight, by their masses or by their volume."""
    crust = drops() if source == "masses" else accreted(*REFERENCE)
    return float(balance.coupling(crust, source)["of_weight"].max())


def coupling_of_tables() -> float:
    """Return the largest buoyancy of nuclei whose masses are from tables."""
    return float(balance.coupling(accreted(*REFERENCE))["of_weight"].max())


def coupling_of_drops() -> float:
    """Return by how much the coupling moves r8, the median where drops violate (8) without it."""
    with_it, without = balance.coupling(drops()), balance.violation(drops(), GRAVITY)
    free = drops()["neutron_density"].values > 0.0
    r8 = without["r8"].values[free]
    return float(np.median(np.abs(with_it["r8"].values - r8)[r8 < 0.5]))


# -- direct fusion


def direct_burning() -> float:
    """Return the median of r8 while most 40Mg fuses with itself."""
    crust = crusts.accreted(FRDM95, s_factor=DIRECT)
    fusion = crust["reaction_kind"].values == "fusion"
    k = int(np.where(fusion, crust["reaction_amount"].values, 0.0).argmax())
    P = crust["pressure"].values
    burning = (P > float(crust["reaction_pressure"][k])) & (P < float(crust["reaction_pressure_end"][k]))
    return float(np.median(balance.violation(crust, GRAVITY)["r8"].values[burning]))


# -- fast diffusion


def slope_in_outer_crust() -> float:
    """Return d mu_e/dP over equation (7) without free neutrons, at its largest deviation from 1."""
    outer = accreted(FRDM95, False)["neutron_density"].values == 0.0
    r7 = violation(FRDM95, False)["r7"].values[outer]
    return float(r7[np.abs(r7 - 1.0).argmax()])


def redistribution_over_compression() -> float:
    """Return the median of t_flow/t_acc in the zones of the reference crust at 1 % of the Eddington rate."""
    times = balance.redistribution_time(accreted(*REFERENCE), GRAVITY, mdot=0.01 * EDDINGTON)
    found, P = violation(*REFERENCE), times["pressure"].values[:, None]
    inside = ((P > found["zone_top"].values) & (P < found["zone_bottom"].values)).any(axis=1)
    return float(np.median((times["flow"] / times["compression"]).values[inside]))


def _both(column: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a column with fast diffusion and without, at the same pressures below the interface."""
    fast, slow = diffusive("lowest"), accreted(FRDM95, False)
    P = np.geomspace(1.01 * float(fast.attrs["interface_pressure"]), HIGHEST, 400)
    values = [
        profile.mean_Z(crust).values if column == "Z" else crust[column].values for crust in (fast, slow)
    ]
    first, second = (
        np.interp(P, crust["pressure"].values, v) for crust, v in zip((fast, slow), values, strict=True)
    )
    return first, second


def density_ratio() -> float:
    """Return the largest ratio of n_b with fast diffusion to n_b without, at the same pressure."""
    fast, slow = _both("baryon_density")
    return float((fast / slow).max())


def charge_difference() -> float:
    """Return the largest difference of mean Z with fast diffusion and without, at the same pressure."""
    fast, slow = _both("Z")
    return float(np.abs(fast - slow).max())


def heat_ratio(interface: str) -> float:
    """Return Q(P_oi) over the traditional crust's heat."""
    return float(diffusive(interface).attrs["total_heat"]) / float(accreted(FRDM95, False)["heat"][-1])


def change_of_outer_heat() -> float:
    """Return the difference of the heats (MeV per baryon) released above the lowest interface."""
    fast, slow = diffusive("lowest"), accreted(FRDM95, False)
    interface = float(fast.attrs["interface_pressure"])
    heats = [float(crust["heat"].values[crust["pressure"].values < interface][-1]) for crust in (fast, slow)]
    return abs(heats[0] - heats[1])

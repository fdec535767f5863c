"""Numbers that claims about floating ions are held against: mass per charge, and how fast ions drift."""

import functools

import numpy as np
import xarray as xr

from crustlib import balance, crusts, data
from crustlib.balance.buoyancy import Buoyancy
from crustlib.crusts import profile
from crustlib.matter import coulomb

BRUSSELS = ("BSk22", "BSk24", "BSk25", "BSk26")
DAY = 86400.0  # s
FREEZE_OUT = 0.4  # MeV
DEEPEST = 0.067  # fm^-3
OUTER = 1e8  # g cm^-3: as deep as the envelopes of the paper's reference [31] reach


@functools.cache
def warm(temperature: float = FREEZE_OUT) -> xr.Dataset:
    """Return the crust in statistical equilibrium at a temperature (MeV), to where 14He ends."""
    return crusts.nse(np.geomspace(1e-6, DEEPEST, 120), temperature)


def largest_fall(profile: xr.Dataset, count: str = "given") -> float:
    """Return by how much of itself mass per charge falls at most, from any layer to a deeper one."""
    ratio = balance.buoyancy(profile, count=count).ratio
    return float(1.0 - (ratio / np.maximum.accumulate(ratio)).min())


def warm_fall(count: str) -> float:
    """Return the largest fall in the warm crust."""
    return largest_fall(warm(), count)


def published_fall(name: str, count: str = "given") -> float:
    """Return the largest fall in a published crust."""
    return largest_fall(crusts.published(name), count)


def least_of_brussels() -> float:
    """Return the largest fall in that one of the four crusts of Pearson et al. that falls least."""
    return min(published_fall(name) for name in BRUSSELS)


def worst_of_brussels() -> float:
    """Return the largest fall in any of them, neighbours weighed in the same gas."""
    return max(published_fall(name, "same gas") for name in BRUSSELS)


def accreted_fall() -> float:
    """Return the largest fall in the accreted crust with the masses of FRDM(2012)."""
    return largest_fall(data.load("accreted_frdm12"))


def helium_over_before() -> float:
    """Return A/Z in the 14He layer over that at 0.005 fm^-3, before it."""
    n, ratio = warm()["baryon_density"].values, balance.buoyancy(warm()).ratio
    return float(ratio[-1] / np.interp(0.005, n, ratio))


def coulomb_over_buoyancy() -> float:
    """Return the Coulomb force on a nucleus of charge 50 among those of 40, in a share of its weight."""
    return float(balance.coulomb_share(1.5e-3, 40, 50))


def force_in_equilibrium() -> float:
    """Return what is left of an ion's weight in equilibrium: |1 - n_b d mu_n/dP|, its largest value."""
    n = np.geomspace(0.004, 0.05, 8)
    pairs = crusts.nse(np.sort(np.concatenate([n, n * 1.001])), FREEZE_OUT)
    P, mu_n, n_b = (pairs[k].values.reshape(-1, 2) for k in ("pressure", "mu_n", "baryon_density"))
    return float(np.abs(1.0 - n_b.mean(axis=1) * np.diff(mu_n)[:, 0] / np.diff(P)[:, 0]).max())


def _outermost_fall() -> tuple[xr.Dataset, Buoyancy]:
    crust = crusts.published("BSk24")
    return crust, balance.buoyancy(crust)


def days_in_outer_crust() -> float:
    """Return days that carbon needs for a scale height at 1e8 g cm^-3 of the accreted crust, at 0.1 MeV."""
    crust = data.load("accreted_frdm12")
    k = int(np.searchsorted(profile.rho(crust).values, OUTER))
    return float(balance.sedimentation(crust.isel(layer=[k]), 0.1, 6, 12.0).time[0]) / DAY


def days_in_inner_crust(temperature: float = 1.0) -> float:
    """Return days for a scale height where A/Z of BSk24 begins to fall, with all its fall as difference."""
    crust, found = _outermost_fall()
    layer = crust.isel(layer=[found.first[0]])
    Z = layer["Z_cl"].values
    return float(balance.sedimentation(layer, temperature, Z, found.ratio[found.last[0]] * Z).time[0]) / DAY


def melting_over_freeze_out() -> float:
    """Return the melting temperature where A/Z of BSk24 begins to fall, over 0.4 MeV."""
    crust, found = _outermost_fall()
    layer = crust.isel(layer=found.first[0])
    T_m = coulomb.melting_temperature(float(layer["electron_density"]), float(layer["Z_cl"]), 1.0)
    return float(T_m) / FREEZE_OUT

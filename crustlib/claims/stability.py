"""Numbers that claims about thermodynamic stability and the end of the crust are held against."""

import functools

import numpy as np
from numpy.typing import NDArray

from crustlib import balance, crusts
from crustlib.figures import stability_models as models
from crustlib.figures.stability_models import COLD, SYSTEMS
from crustlib.matter.curvature import curvature

Array = NDArray[np.float64]

UNIFORM_NUCLEAR, CLUSTERED_NUCLEAR, _, CLUSTERED_STELLAR = SYSTEMS
WARM = 4.0  # MeV: clusters vanish into the gas
TEMPERATURES = (0.1, 1.0, 3.0, 6.0, 10.0, 14.0)  # MeV, below the critical one of BSk25


def density_jump() -> float:
    """Return the relative jump of density between phases of equal P and mu_n at 0.1 MeV."""
    end = crusts.transition(COLD)
    return end.coexistence[1] / end.coexistence[0] - 1.0 if end.coexistence else 0.0


def mismatch() -> float:
    """Return the larger relative difference of P and mu_n - m_n between the two phases."""
    end = crusts.transition(COLD)
    if end.coexistence is None:
        return float("nan")
    thin, dense = crusts.nse(end.coexistence[0], COLD), crusts.homogeneous(end.coexistence[1], COLD)
    pressure = float(dense["pressure"][0] / thin["pressure"][0]) - 1.0
    return max(abs(pressure), abs(float(dense["gibbs_energy"][0] / thin["gibbs_energy"][0]) - 1.0))


def mechanisms() -> float:
    """Return how many of the three mechanisms end clusters, at three temperatures and charges."""
    ends = (crusts.transition(COLD), crusts.transition(WARM), crusts.transition(1.0, 0.5))
    return float(len({end.mechanism for end in ends}))


def least_slope(temperature: float) -> float:
    """Return the least dP/dn_B (MeV) of the solutions with nuclei, 0.03 to 0.119 fm^-3."""
    n = np.linspace(0.03, 0.119, 60)
    return float((np.diff(crusts.nse(n, temperature)["pressure"].values) / np.diff(n)).min())


def least_slope_matched() -> float:
    """Return the least dP/dn_B (MeV) from 0.03 to 0.1 fm^-3 at 0.1 MeV, matched by pressure."""
    n = np.linspace(0.03, 0.1, 100)
    return float((np.diff(crusts.matched(n, COLD)["pressure"].values) / np.diff(n)).min())


def held_at_the_end(temperature: float) -> float:
    """Return the share of baryons in nuclei where homogeneous matter takes over."""
    layer = crusts.nse(0.999 * crusts.transition(temperature).density, temperature)
    share = (layer["number_density"] * layer["A"]).sum("nuclide") / layer["baryon_density"]
    return float(share[0])


@functools.cache
def _regions() -> tuple[balance.Spinodal, ...]:
    return tuple(balance.spinodal("BSk25", T) for T in TEMPERATURES)


def _area(region: balance.Spinodal) -> float:
    x, y = region.neutron_density, region.proton_density
    return 0.5 * abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1)))


def shrinkage() -> float:
    """Return the largest ratio of the areas of spinodal regions, each over that of the next colder one."""
    areas = np.array([_area(region) for region in _regions()])
    return float((areas[1:] / areas[:-1]).max())


def outside_the_coldest() -> float:
    """Return the share of points on warmer spinodal boundaries that the coldest region does not hold."""
    warmer = _regions()[1:]
    n_n, n_p = (np.concatenate([region[k] for region in warmer]) for k in (0, 1))
    return float((curvature(n_n, n_p, COLD).least >= 0.0).mean())


def criteria_disagree() -> float:
    """Return the share of a grid where d mu_n / d n_n at fixed mu_p has not the least eigenvalue's sign."""
    n_n, n_p = np.meshgrid(np.geomspace(1e-5, 0.15, 60), np.geomspace(1e-6, 0.15, 60))
    found = curvature(n_n, n_p, COLD)
    slope = found.nn - found.np**2 / found.pp
    return float(((slope < 0.0) != (found.least < 0.0)).mean())


def fall(which: str) -> float:
    """Return by how much mu_n (MeV) falls along a system of figure 3."""
    found = models.system(which)
    return -float(np.minimum(np.diff(found.mu_n), 0.0).sum())


def least_rise() -> float:
    """Return the least d mu_B / d n_B (MeV fm^3) of uniform stellar matter, 1e-5 to 0.3 fm^-3."""
    n = np.geomspace(1e-5, 0.3, 300)
    rises = []
    for functional in models.FUNCTIONALS:
        mu = crusts.homogeneous(n, COLD, functional=functional)["mu_n"].values
        rises.append((np.diff(mu) / np.diff(n)).min())
    return float(min(rises))


def least_rise_of_clusters() -> float:
    """Return the least d mu_B / d n_B (MeV fm^3) of clustered stellar matter, up to 0.066 fm^-3."""
    found = models.system(CLUSTERED_STELLAR)
    return float((np.diff(found.mu_n) / np.diff(found.density)).min())


def least_eigenvalue() -> float:
    """Return the least eigenvalue (MeV fm^3) in beta equilibrium with electrons, of long waves."""
    return float(models.ripples().stellar.least.min())


def least_of_both() -> float:
    """Return the lesser of that of uniform matter, and d mu_B / d n_B of clustered matter (MeV fm^3)."""
    return min(least_eigenvalue(), least_rise_of_clusters())


def concave_share(stable: bool) -> float:
    """Return the share of uniform nuclear matter, stable or unstable, in which mu_n(P_B) is concave."""
    found = models.system(UNIFORM_NUCLEAR)
    slope = np.diff(found.mu_n) / np.diff(found.pressure)
    middle = 0.5 * (found.pressure[1:] + found.pressure[:-1])
    bent = np.diff(slope) / np.diff(middle)
    turn = np.sign(np.diff(found.mu_n))
    inside = (turn[1:] == turn[:-1]) & ((turn[1:] > 0.0) == stable)  # not across a cusp
    return float((bent[inside] < 0.0).mean())

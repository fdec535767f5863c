"""Is a crust in balance? Forces on its components, diffusion equilibrium and what its violation drives."""

from crustlib.balance.buoyancy import Buoyancy, buoyancy
from crustlib.balance.coupling import coupling
from crustlib.balance.flux import (
    accretion_flux,
    electron_friction,
    flux_through,
    geometric_cross_section,
    magnetic_cross_section,
    neutron_flux,
    redistribution_time,
)
from crustlib.balance.forces import forces
from crustlib.balance.survey import at_gravity, survey, zone_share, zones_kept
from crustlib.balance.violation import violation

__all__ = [
    "Buoyancy",
    "accretion_flux",
    "at_gravity",
    "buoyancy",
    "coupling",
    "electron_friction",
    "flux_through",
    "forces",
    "geometric_cross_section",
    "magnetic_cross_section",
    "neutron_flux",
    "redistribution_time",
    "survey",
    "violation",
    "zone_share",
    "zones_kept",
]

"""Whether a crust is in balance: forces, diffusion and what it drives, buoyancy, stability of its matter."""

from crustlib.balance.buoyancy import Buoyancy, buoyancy, weights
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
from crustlib.balance.sedimentation import (
    Sedimentation,
    coulomb_share,
    diffusion_coefficient,
    net_force,
    sedimentation,
)
from crustlib.balance.spinodal import Spinodal, spinodal
from crustlib.balance.survey import at_gravity, survey, zone_share, zones_kept
from crustlib.balance.violation import violation

__all__ = [
    "Buoyancy",
    "Sedimentation",
    "Spinodal",
    "accretion_flux",
    "at_gravity",
    "buoyancy",
    "coulomb_share",
    "coupling",
    "diffusion_coefficient",
    "electron_friction",
    "flux_through",
    "forces",
    "geometric_cross_section",
    "magnetic_cross_section",
    "net_force",
    "neutron_flux",
    "redistribution_time",
    "sedimentation",
    "spinodal",
    "survey",
    "violation",
    "weights",
    "zone_share",
    "zones_kept",
]

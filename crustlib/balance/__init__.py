"""Is a crust in balance? Forces on its components, diffusion equilibrium and what its violation drives."""

from crustlib.balance.flux import accretion_flux, flux_through, geometric_cross_section, neutron_flux
from crustlib.balance.forces import forces
from crustlib.balance.violation import violation

__all__ = ["accretion_flux", "flux_through", "forces", "geometric_cross_section", "neutron_flux", "violation"]

"""How superfluids drag each other and the crust: in the core, in the rotating star, around an ion."""

from crustlib.entrainment.cell import Cell, cell
from crustlib.entrainment.core import CoreMatrix, core_matrix
from crustlib.entrainment.hydrodynamics import IonMass, PotentialFlow, epstein_baym, potential_flow
from crustlib.entrainment.rotation import Rotation, rotation
from crustlib.entrainment.star import MassRadius, mass_radius, mass_range
from crustlib.entrainment.vortices import VortexField, vortex_field

__all__ = [
    "Cell",
    "CoreMatrix",
    "IonMass",
    "MassRadius",
    "PotentialFlow",
    "Rotation",
    "VortexField",
    "cell",
    "core_matrix",
    "epstein_baym",
    "mass_radius",
    "mass_range",
    "potential_flow",
    "rotation",
    "vortex_field",
]

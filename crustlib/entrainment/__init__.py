"""How superfluids drag each other and the crust: in the core, in the rotating star, around an ion."""

from crustlib.entrainment.bands import Bands, band_structure
from crustlib.entrainment.cell import Cell, cell
from crustlib.entrainment.core import CoreMatrix, core_matrix
from crustlib.entrainment.density import leggett_bound
from crustlib.entrainment.hydrodynamics import IonMass, PotentialFlow, epstein_baym, potential_flow
from crustlib.entrainment.lattice_1d import Lattice1D, lattice_1d
from crustlib.entrainment.response import SuperfluidFraction, superfluid_fraction
from crustlib.entrainment.rotation import Rotation, rotation
from crustlib.entrainment.star import MassRadius, mass_radius, mass_range
from crustlib.entrainment.vibrations import Vibrating, vibrating
from crustlib.entrainment.vortices import VortexField, vortex_field

__all__ = [
    "Bands",
    "Cell",
    "CoreMatrix",
    "IonMass",
    "Lattice1D",
    "MassRadius",
    "PotentialFlow",
    "Rotation",
    "SuperfluidFraction",
    "Vibrating",
    "VortexField",
    "band_structure",
    "cell",
    "core_matrix",
    "epstein_baym",
    "lattice_1d",
    "leggett_bound",
    "mass_radius",
    "mass_range",
    "potential_flow",
    "rotation",
    "superfluid_fraction",
    "vibrating",
    "vortex_field",
]

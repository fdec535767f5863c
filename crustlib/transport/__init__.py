"""How a mixture of ions scatters electrons: structure factors, Coulomb logarithms, conductivities."""

from crustlib.transport.structure import amorphous_structure_factor, mixture_structure, structure_factor

__all__ = ["amorphous_structure_factor", "mixture_structure", "structure_factor"]

"""How a mixture of nuclei scatters electrons: structure factors, Coulomb logarithms, conductivities."""

from crustlib.transport import thermodynamics
from crustlib.transport.bremsstrahlung import neutrino_bremsstrahlung, neutrino_logarithm
from crustlib.transport.conductivity import Conductivity, along, conductivity, lorenz_ratio, second_born
from crustlib.transport.coulomb_log import coulomb_logarithm, impurity_logarithm, inelastic_logarithms
from crustlib.transport.coulomb_quadrature import coulomb_integral, coulomb_integrand, form_factor
from crustlib.transport.mixing import RULES, mixture_logarithm, structure_by_rule
from crustlib.transport.molecular_dynamics import simulate, simulated_logarithm, write_deck
from crustlib.transport.plasma import PlasmaParameters, parameters
from crustlib.transport.screening import (
    dielectric_function,
    screening_parameter,
    thomas_fermi,
    thomas_fermi_wave_number,
)
from crustlib.transport.solid import lattice_logarithms, lattice_structure_factor
from crustlib.transport.solutions import MixtureSolution, solve, solve_mixture
from crustlib.transport.structure import amorphous_structure_factor, mixture_structure, structure_factor

__all__ = [
    "RULES",
    "Conductivity",
    "MixtureSolution",
    "PlasmaParameters",
    "along",
    "amorphous_structure_factor",
    "conductivity",
    "coulomb_integral",
    "coulomb_integrand",
    "coulomb_logarithm",
    "dielectric_function",
    "form_factor",
    "impurity_logarithm",
    "inelastic_logarithms",
    "lattice_logarithms",
    "lattice_structure_factor",
    "lorenz_ratio",
    "mixture_logarithm",
    "mixture_structure",
    "neutrino_bremsstrahlung",
    "neutrino_logarithm",
    "parameters",
    "screening_parameter",
    "second_born",
    "simulate",
    "simulated_logarithm",
    "solve",
    "solve_mixture",
    "structure_by_rule",
    "structure_factor",
    "thermodynamics",
    "thomas_fermi",
    "thomas_fermi_wave_number",
    "write_deck",
]

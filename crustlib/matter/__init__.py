"""What fills a layer: electrons, nucleons, free neutrons, the Coulomb lattice, and means over a composition.

Energies are in MeV, lengths in fm, everything at zero temperature. Chemical potentials and energy densities
include rest masses.
"""

from crustlib.matter import composition, coulomb, electrons, neutrons, skyrme

__all__ = ["composition", "coulomb", "electrons", "neutrons", "skyrme"]

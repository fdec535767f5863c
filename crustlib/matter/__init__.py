"""What fills a layer: electrons, nucleons, free neutrons, the Coulomb lattice, and means over a composition.

Energies are in MeV, lengths in fm. Everything is at zero temperature, but for the modules `curvature`,
`fermi_dirac`, `warm_leptons` and `warm_nucleons`. Chemical potentials and energy densities include rest
masses.
"""

from crustlib.matter import (
    composition,
    coulomb,
    curvature,
    electrons,
    fermi_dirac,
    muons,
    neutrons,
    saturation,
    skyrme,
    warm_leptons,
    warm_nucleons,
)

__all__ = [
    "composition",
    "coulomb",
    "curvature",
    "electrons",
    "fermi_dirac",
    "muons",
    "neutrons",
    "saturation",
    "skyrme",
    "warm_leptons",
    "warm_nucleons",
]

"""The slides on stars, on the layers of the crust, and on what a computation of them has to bear."""

from crustlib.claims import scales as computed
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, at_most, between, close

OPENING = "neutron stars are cool"
LAYERS, LINEAR, RESULTS = (
    "(TD)HFB in the crust",
    "linear response",
    "superfluid fraction and effective ion mass",
)

CLAIMS = (
    Claim(
        OPENING,
        "A gap of 1 MeV is a critical temperature of about 10^(10) K.",
        between(3e9, 3e10),
        computed.critical_temperature,
        '0.567 Δ of isotropic pairs in weak coupling; "about" is a factor of three.',
        stated="about 10^(10)",
        unit="K",
    ),
    Claim(
        OPENING,
        "Fermi energies are 10 to 100 MeV, Fermi temperatures 10^(11) to 10^(12) K.",
        between(1e11, 1e12),
        computed.fermi_temperature,
        "Of free neutrons at 0.16 fm⁻³. The gas of the inner crust has less: 9 MeV at 0.01 fm⁻³.",
        unit="K",
    ),
    Claim(
        OPENING,
        "A star of 1 to 2 solar masses has about 10^(57) nucleons.",
        between(3e56, 3e57),
        computed.nucleons_of_star,
        '1.4 solar masses over the atomic mass unit; "about" is a factor of three.',
        stated="about 10^(57)",
    ),
    Claim(
        LAYERS,
        "The nucleons per lattice site can be about 10³.",
        between(333.0, 3000.0),
        computed.nucleons_per_site,
        'The median of four functionals at 0.01 to 0.07 fm⁻³; "about" is a factor of three.',
        stated="about 1000",
    ),
    Claim(
        LAYERS,
        "The lattice spacing is about 100 fm.",
        between(33.0, 300.0),
        computed.lattice_spacing,
        "Side of the cube with two ions where the inner crust begins, BSk24. It falls to 42 fm at 0.03 fm⁻³.",
        stated="about 100",
        unit="fm",
    ),
    Claim(
        LAYERS,
        "Clusters are about 10 fm in size.",
        between(3.3, 30.0),
        computed.cluster_size,
        "Diameter of a sharp sphere with the ion's central density, 0.03 fm⁻³.",
        stated="about 10",
        unit="fm",
    ),
    Claim(
        LAYERS,
        "Each crustal layer is a different material.",
        close(1.0),
        computed.different_layers,
        "The part of the published inner crust's rows (BSk24) whose ions differ from those of the row above.",
        stated="each",
    ),
    Claim(
        LINEAR,
        "Proximity effects tend to smooth out the fluctuations of pairing.",
        at_most(1.0),
        None,
        "Needs a gap that varies from place to place, from HFB calculations of these cells; one constant gap "
        "is all that the slides and this package have.",
        stated="smooth",
    ),
    Claim(
        LINEAR,
        "The critical velocity is about Δ/ħk_F.",
        close(1.0, absolute=0.1),
        computed.critical_over_stated,
        "The least E(k)/ħk of a uniform gas as dense as that at 0.03 fm⁻³ over this, Δ = 1 MeV. Ions are "
        "left out: they speed up the flow between them.",
        stated="this",
    ),
    Claim(
        LINEAR,
        "Linear response is very good for most isolated pulsars: they flow far below that velocity.",
        at_most(0.1),
        computed.flow_in_vela,
        "The lag that three years between glitches build up in Vela, times the star's radius, over Δ/ħk_F "
        "where that is small: 0.1 MeV, 0.07 fm⁻³. Corrections are of the order of its square.",
        stated="far below 1",
        see="chapter 12",
    ),
    Claim(
        RESULTS,
        "The band structures have about 10³ bands.",
        between(333.0, 3000.0),
        computed.filled_bands,
        "Those that the neutrons fill at 0.04 and 0.05 fm⁻³, BSk24; as many above take part in the response.",
        stated="about 1000",
        see="chapter 12",
    ),
    Claim(
        RESULTS,
        "Spatial grids of up to 25³ points carry these bands.",
        at_least(80.0),
        computed.energy_of_grid,
        "Kinetic energy that as many plane waves reach at 0.04 fm⁻³, BSk24: fractions have settled to "
        "some 10^(−3) at 80 MeV.",
        stated="enough",
        unit="MeV",
        see="chapter 12",
    ),
)

"""Section 2.2.4, discontinuities at melting, and Table 1."""

from functools import partial

from crustlib.claims import conductivities as computed
from crustlib.claims import plasma_mixtures as mixtures
from crustlib.claims import simulations
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_most, between, close

SODIUM, ALUMINIUM = (2600.0, 370.94), (10710.0, 933.47)  # J/mol and K, CRC Handbook

CLAIMS = (
    Claim(
        "section 2.2.4",
        "At melting conductivities jump by a factor of 3 to 5.",
        between(3.0, 5.0),
        partial(computed.liquid_over_crystal, False),
        "ln Λ of the liquid over that of a classical harmonic crystal, Z = 26, Γ = 175, x_r = 10, with "
        "phonons in any number and Umklapp. The factor is that of Itoh et al. (1993).",
        see="chapter 10",
    ),
    Claim(
        "section 2.2.4",
        "Baiko et al.'s prescription removes the jump.",
        close(1.0, relative=0.1),
        partial(computed.liquid_over_crystal, True),
        "ln Λ of the liquid, without the crystal's Bragg scattering, over that of a classical harmonic "
        "crystal: Z = 26, Γ = 175, x_r = 10.",
        stated="no jump",
        see="chapter 10",
    ),
    Claim(
        "section 2.2.4",
        "Mixtures may jump much less than a factor of 3 to 5.",
        at_most(2.0),
        computed.jump_of_mixture,
        "Mixture 7 of Table 2, which is at Γ_eff = 175 or so: the liquid by rule (30), the solid a "
        "crystal of the mean charge plus impurities.",
        stated="far below 3",
        see="chapter 10",
    ),
    Claim(
        "section 2.2.4",
        "The mean density of charge in a crystal has the Debye-Waller factor e^(−2W).",
        close(1.0, relative=0.01),
        computed.debye_waller,
        "That over the mean of exp(ik·u), which is e^(−W), at the first Bragg peak at Γ = 175. e^(−2W) "
        "belongs to its square, the strength of the peak.",
        kind="print",
        see="misprint-words",
    ),
    Claim(
        "equation (32)",
        "Mott's formula gives σ_s/σ_l = 1.68 for sodium.",
        close(1.68, relative=0.05),
        partial(computed.mott, *SODIUM),
        "With a heat of fusion of 2.60 kJ/mol at 370.9 K.",
        see="chapter 10",
    ),
    Claim(
        "equation (32)",
        "That is surprisingly close to the measured 1.45.",
        close(1.45, relative=0.25),
        partial(computed.mott, *SODIUM),
        "The same number.",
        stated="1.45",
        see="chapter 10",
    ),
    Claim(
        "equation (32)",
        "Mott's formula yields surprisingly good values, as for aluminium, where 2.2 is measured.",
        close(2.2, relative=0.25),
        partial(computed.mott, *ALUMINIUM),
        "With a heat of fusion of 10.71 kJ/mol at 933.5 K.",
        stated="2.2",
        see="chapter 10",
    ),
    Claim(
        "section 2.2.4",
        "Most metals resist 1.5 to 2.3 times more just above melting: sodium 1.45, aluminium 2.2.",
        between(1.5, 2.3),
        None,
        "Needs the measured resistivities of Cusack & Enderby (1960), which this package has not.",
        see="chapter 10",
    ),
    Claim(
        "section 2.2.4",
        "Metals gain an entropy of 0.8 ± 0.1 k_B on melting, nearly all of it configurational.",
        close(0.8, absolute=0.1),
        None,
        "Needs measured entropies at constant density, collected by Wallace (1997).",
        see="chapter 10",
    ),
    Claim(
        "section 2.2.4",
        "A plasma of one component can be supercooled by 20 %.",
        at_most(0.2),
        simulations.share_of_crystal,
        "How far the energy of 432 nuclei at Γ = 215, 0.8 of the temperature of melting, is on the way from "
        "the liquid's to the crystal's (fits as for Table 1), over a time of 800/ω_p.",
        stated="still a liquid: 0",
        see="chapter 9",
    ),
    Claim(
        "Table 1",
        "One component melts at Γ = 171.8.",
        close(171.8, relative=0.02),
        mixtures.melting,
        "Where the free energies of later fits to liquid and crystal are equal; section 2.1 says 175.",
        see="chapter 10",
    ),
    Claim(
        "Table 1",
        "On melting, the entropy of one component rises by 0.85 k_B per ion.",
        close(0.8516, relative=0.05),
        mixtures.entropy_of_melting,
        "The jump of the energy over T, by fits to simulations of the liquid (Potekhin & Chabrier 2000) "
        "and the crystal (Farouki & Hamaguchi 1993), where they have one free energy. A small difference "
        "of large numbers; the table's is from an older equation of state.",
        stated="0.8516",
        see="chapter 10",
    ),
    Claim(
        "Table 1",
        "Γ at melting, for screening from 0 to 1.",
        at_most(0.02),
        mixtures.equivalent_melting,
        "How far the equivalent couplings of the table, Γe^(−ακ)[1 + ακ + (ακ)²/2], α = (4π/3)^(1/3), "
        "differ from that without screening: one structure melts.",
        stated="one curve",
        see="chapter 9",
    ),
)

"""Sections I and II: the epoch, the model, its masses and its transition."""

from crustlib.claims import warm_crusts as computed
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, close

INTRODUCTION, FORMALISM, RESULTS = "section I", "section II", "section III"
SEE = "chapter 6"

CLAIMS = (
    Claim(
        INTRODUCTION,
        "The neo-neutron star phase begins below 2 MeV, where matter turns transparent to "
        "neutrinos, and lasts for "
        "about a day.",
        close(1.0, relative=0.5),
        None,
        "Needs a simulation of a cooling star that makes its own crust.",
    ),
    Claim(
        INTRODUCTION,
        "Saturation density, 0.16 fm⁻³, is about 2·10¹⁴ g/cm³.",
        close(2e14, relative=0.1),
        computed.saturation_density,
        "0.16 fm⁻³ times the atomic mass unit.",
        kind="print",
        unit="g cm⁻³",
        see="misprint-saturation",
    ),
    Claim(
        FORMALISM,
        "Statistical equilibrium holds from 0.3 to 0.4 MeV on.",
        close(0.35, absolute=0.05),
        None,
        "Needs reaction rates of nuclei up to and beyond the drip line.",
    ),
    Claim(
        "equation (2.1)",
        "Chemical equilibrium: a nucleus costs what its neutrons and protons cost.",
        close(0.0, absolute=1e-7),
        computed.euler,
        "F + PV − G in MeV per baryon at 0.005 fm⁻³, with G of μₙ, μ_p and μₑ alone.",
        stated="exactly",
        unit="MeV",
        see=SEE,
    ),
    Claim(
        FORMALISM,
        "Beta equilibrium: μ_p = μₙ + μₑ.",
        close(1.0, absolute=1e-6),
        computed.beta,
        "(μ_p + C − μₙ)/μₑ, rest masses included, where the free energy is least. Electrons and "
        "protons make neutrons: "
        "the sign is a slip; and C is what the nuclei's Coulomb energy adds to μₑ.",
        kind="print",
        stated="μ_p − μₙ is +μₑ",
        see="misprint-beta-sign",
    ),
    Claim(
        FORMALISM,
        "From 1 MeV on, beta equilibrium cannot be obtained from a zero-temperature relation, "
        "even if neutrinos stream "
        "freely.",
        at_least(1.0),
        None,
        "Needs rates of capture and decay of all nuclides of the mixture. Chapter 6 has the "
        "departure for one pair of "
        "nuclides: it grows in proportion to T, without a threshold, and is a few T.",
    ),
    Claim(
        FORMALISM,
        "That n_sat depends on the neutron excess has a noticeable impact on the transition to "
        "homogeneous matter.",
        at_least(0.05),
        computed.effect_of_volume_on_the_end,
        "The density where nuclei end, with one n_sat for all over that with n_sat(δ), less 1, at 0.1 MeV.",
        stated="noticeable",
        see=SEE,
    ),
    Claim(
        FORMALISM,
        "… and a noticeable impact on the composition.",
        at_least(0.05),
        computed.effect_of_volume,
        "The same for the density where 14He holds 10 % of the baryons.",
        stated="noticeable",
        see=SEE,
    ),
    Claim(
        FORMALISM,
        "Where homogeneous matter becomes favourable, thermodynamic functions are discontinuous "
        "without a matching.",
        at_least(0.01),
        computed.jump_of_potential,
        "The jump of μₙ where the free energies cross, at 0.1 MeV.",
        stated="a jump",
        unit="MeV",
        see=SEE,
    ),
    Claim(
        "figure 2",
        "At the lowest temperature the transition to homogeneous matter lies at 0.0742 fm⁻³.",
        close(0.0742, relative=0.02),
        computed.end_of_nuclei,
        "Where the free energies cross, at 0.1 MeV. The paper's matching, which is not published, moves it.",
        unit="fm⁻³",
        see=SEE,
    ),
    Claim(
        "figure 2",
        "The transition of Pearson et al. lies at 0.0839 fm⁻³ (BSk25).",
        close(0.0839, relative=0.01),
        computed.published_transition,
        "The last density of their table.",
        unit="fm⁻³",
        see=SEE,
    ),
    Claim(
        RESULTS,
        "14He has a binding energy of 19.3 MeV …",
        close(19.3, absolute=0.05),
        computed.binding,
        "The formula with ten parameters, coefficients of the distributed table. Those of a "
        "program that is often "
        "copied give 18.3.",
        unit="MeV",
        see="misprint-dz10",
    ),
    Claim(
        RESULTS,
        "… and a negative neutron separation energy of −1.29 MeV.",
        close(-1.29, absolute=0.005),
        computed.separation,
        "The same formula's 13He and 14He.",
        unit="MeV",
        see="misprint-dz10",
    ),
    Claim(
        RESULTS,
        "The mass tables extend up to A = 297.",
        close(297.0, relative=0.01),
        computed.largest_mass_number,
        "The largest of both tables as we have them.",
    ),
)

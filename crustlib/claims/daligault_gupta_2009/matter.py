"""Sections 1 and 2.1, what kind of plasma it is."""

from functools import partial

from crustlib.claims import conductivities, simulations
from crustlib.claims import electron_scattering as scattering
from crustlib.claims import plasma_mixtures as mixtures
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, at_most, between, close

ASHES = "Burst ashes at 5·10⁸ K, densities from 10⁶ to 10¹² g cm⁻³. "
FROM_TABLE = "From 8.6·10⁶ on, where Table 2 begins, "

CLAIMS = (
    Claim(
        "section 1",
        "The Eddington rate is 10¹⁸ g/s for a radius of 10 km and nearly solar hydrogen.",
        close(1e18, relative=0.2),
        conductivities.eddington_rate,
        "4πR m_p c over σ_T times electrons per baryon, with 70 % hydrogen.",
        unit="g s⁻¹",
    ),
    Claim(
        "section 1",
        "Neutrons drip at about 4·10¹¹ g cm⁻³.",
        close(4e11, relative=0.1),
        conductivities.drip_density,
        "Of the ground state, FRDM12.",
        unit="g cm⁻³",
        see="chapter 2",
    ),
    Claim(
        "section 2.1",
        "At 10⁶ to 10¹² g cm⁻³ electrons are relativistic, x_r > 1.",
        at_least(1.0),
        partial(scattering.extreme, "x_r", min),
        ASHES + "The least x_r. " + FROM_TABLE + "it is above 1.5.",
        see="chapter 9",
    ),
    Claim(
        "section 2.1",
        "At 10⁶ to 10¹² g cm⁻³ electrons are degenerate, T ≪ T_F.",
        at_most(0.1),
        partial(scattering.extreme, "theta", max),
        ASHES + "The largest T/T_F. " + FROM_TABLE + "it is below 0.1.",
        stated="≪ 1",
        see="chapter 9",
    ),
    Claim(
        "section 2.1",
        "At 10⁶ to 10¹² g cm⁻³ nuclei are closer than a Bohr radius, a ≪ a_B.",
        at_most(0.1),
        partial(scattering.extreme, "a", max),
        ASHES + "The largest a/a_B.",
        stated="≪ 1",
        see="chapter 9",
    ),
    Claim(
        "section 2.1",
        "Quantum effects may occur where T > T_p.",
        at_least(0.05),
        partial(scattering.quantum_part, 0.1),
        "By how much quanta lower ln Λ_σ of iron at T = 10 T_p. They come where T < T_p.",
        kind="print",
        stated="felt",
        see="misprint-quantum",
    ),
    Claim(
        "section 2.1",
        "Nuclei can be taken for classical particles.",
        close(0.0),
        mixtures.quantum_rows,
        "The number of mixtures in Table 2, of 17, that are colder than T_p at 5·10⁸ K.",
        stated="in no mixture T < T_p",
        see="chapter 9",
    ),
    Claim(
        "section 2.1",
        "A plasma of one component crystallises at Γ = 175.",
        close(175.0, relative=0.01),
        mixtures.melting,
        "Where free energies are equal: of the liquid as Potekhin & Chabrier (2000) fit it, of the "
        "crystal as Farouki & Hamaguchi (1993).",
        see="chapter 10",
    ),
    Claim(
        "section 2.1",
        "Below Γ = 0.1 a plasma of one component is like a gas.",
        at_most(0.1),
        partial(mixtures.energy_of_motion, 0.1),
        "The energy of interaction over the thermal one.",
        stated="interaction ≪ motion",
        see="chapter 9",
    ),
    Claim(
        "section 2.1",
        "Above Γ = 50 a plasma of one component is like a liquid.",
        at_least(10.0),
        partial(mixtures.energy_of_motion, 50.0),
        "The energy of interaction over the thermal one.",
        stated="interaction ≫ motion",
        see="chapter 9",
    ),
    Claim(
        "below equation (5)",
        "a_j = (3/4πn_j)^(1/3), so that Σ x_j Γ_j = ⟨Z^(5/3)⟩ Γ_e.",
        close(1.0, relative=0.01),
        mixtures.coupling_with_printed_radius,
        "Left side over right side, burst ashes. It needs the sphere of Z_j electrons, a_j = a_e Z_j^(1/3).",
        kind="print",
        see="misprint-ion-sphere",
    ),
    Claim(
        "below equation (40)",
        "2k_F = 2(3π²Z_j n_j)^(1/3).",
        close(1.0, relative=0.01),
        mixtures.printed_fermi_wave_number,
        "That over 2k_F in burst ashes, j the most frequent charge. All electrons count: n_e for Z_j n_j.",
        kind="print",
        see="misprint-ion-sphere",
    ),
    Claim(
        "equation (6)",
        "−(9/10)Γ_eff is a lower bound of the excess energy per ion.",
        at_most(1.0),
        mixtures.energy_over_bound,
        "u/(−0.9 Γ_eff) of charges 8, 26 and 40, solved at Γ_eff = 100.",
        see="chapter 9",
    ),
    Claim(
        "equation (6)",
        "It is a very good bound.",
        at_least(0.95),
        mixtures.energy_over_bound,
        "The same ratio.",
        stated="close to 1",
        see="chapter 9",
    ),
    Claim(
        "section 2.1",
        "An amorphous mixture neither separates nor crystallises while it is simulated.",
        at_most(10),
        simulations.like_structure,
        "The largest structure factor of nuclei of one charge, at any k, of the commonest charges of nine "
        "simulated mixtures, Γ_eff = 32 to 153, 1000 to 2000 nuclei. A crystal, or charges that keep to "
        "themselves, have hundreds.",
        stated="no sign of it",
        see="chapter 9",
    ),
    Claim(
        "section 2.2",
        "Scattering of electrons by electrons matters only for Z up to 6 and not quite degenerate electrons.",
        between(0.0, 0.1),
        None,
        "Needs the rate at which electrons scatter electrons, which this package leaves out.",
        stated="negligible in iron",
        see="chapter 10",
    ),
)

"""Section 3, the flux of neutrons."""

from functools import partial

from crustlib import balance
from crustlib.claims import accreted_crust as computed
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, at_most, between, close

CLAIMS = (
    Claim(
        "below equation (10)",
        "Neutrons move at 1.6·10⁹ cm/s at ρₙ = 10¹² g cm⁻³.",
        close(1.6e9, relative=0.05),
        computed.fermi_velocity,
        "The velocity at the Fermi surface of free neutrons, which goes as ρₙ^(1/3).",
        unit="cm s⁻¹",
        see="chapter 4",
    ),
    Claim(
        "below equation (10)",
        "σ_ni = 10⁻²³ (1 + A^(1/3))² cm² is the cross-section of a nucleus for neutrons.",
        between(1 / 3, 3.0),
        computed.cross_section_over_geometric,
        "Over a geometric 2π(1.2 A^(1/3) fm + ƛ)² at A = 70, ρₙ = 10¹² g cm⁻³. A smaller one lets more "
        "neutrons through: the paper's conclusion gets stronger by the same factor.",
        stated="of the same size",
        see="chapter 4",
    ),
    Claim(
        "section 3",
        "The friction on a neutron is A nᵢ m_u g/nₙ.",
        close(1.0, relative=0.1),
        computed.friction_over_weight,
        "f_ni of (4) over that, the median of the 40Mg zone.",
        see="chapter 4",
    ),
    Claim(
        "section 3",
        "The friction between electrons and neutrons is negligible beside that of nuclei.",
        at_most(0.01),
        computed.electrons_over_nuclei,
        "At most f_ne/f_ni, in the inner crust, FRDM95: electrons scatter on the neutron's magnetic moment.",
        stated="≪ 1",
        see="chapter 4",
    ),
    Claim(
        "equation (11)",
        "The neutron flux is 3·10²⁸ cm⁻² s⁻¹ at A = 70, ρₙ = 10¹², g = 10¹⁴.",
        close(3e28, relative=0.1),
        computed.flux_coefficient,
        "A g/(σ_ni vₙ) with what is stated below (10). Dropping the 1 in (1 + A^(1/3))² would give 2.6·10²⁸.",
        kind="print",
        unit="cm⁻² s⁻¹",
        see="misprint-flux",
    ),
    Claim(
        "equation (11)",
        "The flux goes as A^(1/3).",
        close(1 / 3, absolute=0.02),
        partial(computed.flux_slope, "A"),
        "d ln J/d ln A at A = 70 with the inputs stated below (10); 1/3 would need σ_ni to go as A^(2/3).",
        kind="print",
        stated="1/3",
        see="misprint-flux",
    ),
    Claim(
        "equation (11)",
        "The flux goes as ρₙ^(−1/3).",
        close(-1 / 3, absolute=0.02),
        partial(computed.flux_slope, "n_n"),
        "d ln J/d ln ρₙ with the inputs stated below (10).",
        stated="-1/3",
        see="chapter 4",
    ),
    Claim(
        "section 3",
        "The Eddington rate is 10⁵ g cm⁻² s⁻¹.",
        between(0.5e5, 2e5),
        computed.eddington_rate,
        "m_p c/(σ_T R) for hydrogen and R = 12 km; the paper states one digit.",
        stated="1e+05",
        unit="g cm⁻² s⁻¹",
        see="chapter 4",
    ),
    Claim(
        "section 3",
        "Accretion at that rate brings 6·10²⁸ baryons cm⁻² s⁻¹.",
        close(6e28, relative=0.01),
        partial(balance.accretion_flux, computed.EDDINGTON),
        "ṁ/m_u.",
        unit="cm⁻² s⁻¹",
        see="chapter 4",
    ),
    Claim(
        "section 3",
        "The neutron flux is of the order of the Eddington accretion flux.",
        between(0.1, 10.0),
        partial(computed.flux_over_accretion, computed.EDDINGTON),
        "Jₙ/J_acc in the 40Mg zone at g = 2·10¹⁴ cm s⁻², with the stated σ_ni.",
        stated="same order",
        see="chapter 4",
    ),
    Claim(
        "section 3",
        "Transients accrete a hundred times less in the mean: there neutrons outrun accretion.",
        at_least(1.0),
        partial(computed.flux_over_accretion, 0.01 * computed.EDDINGTON),
        "The same at a hundredth of the Eddington rate.",
        stated="above 1",
        see="chapter 4",
    ),
    Claim(
        "section 3",
        "In the hatched regions of figure 1 neutrons can be moved as fast as accretion brings baryons.",
        between(0.1, 10.0),
        computed.flux_in_zones,
        "Jₙ/J_acc at the Eddington rate: the median over all layers in zones of FRDM95, FRDM12, HFB21 and "
        "DZ31, with the stated σ_ni.",
        stated="same order",
        see="chapter 4",
    ),
)

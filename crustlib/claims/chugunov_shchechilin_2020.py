"""Chugunov & Shchechilin (2020): what it states about chapters 1 to 4, and the number that tests each."""

from functools import partial

from crustlib import balance
from crustlib.claims import accreted_crust as computed
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, at_most, between, close

__all__ = ["CLAIMS", "PAPER"]

PAPER = "Chugunov & Shchechilin (2020)"
RULES = "The paper leaves its priority rules to Shchechilin & Chugunov (2019a); ours are those of chapter 2."

MATTER = (
    Claim(
        "section 2.1",
        "The pressure of electrons is P = −∂(εV)/∂V.",
        close(1.0, relative=1e-6),
        partial(computed.pressure_from_energy, -1.0),
        "The derivative, differenced, over the closed form −ε + n μ.",
        see="chapter 1",
    ),
    Claim(
        "section 2.1",
        "The lattice energy is small beside the electrons' energy.",
        at_most(0.1),
        computed.lattice_energy_share,
        "The largest |ε_L|/εₑ of the accreted crust, FRDM95.",
        stated="small",
        see="chapter 1",
    ),
    Claim(
        "section 2.1",
        "Leaving out the lattice does not affect the main result: strong violation remains in every model.",
        close(3),
        computed.models_with("shallow", "steep", lattice=False),
        "Models out of FRDM95, HFB21 and DZ31 with a zone thicker than 1 m, without the lattice. " + RULES,
        stated="all 3",
        unit="models",
        see="chapter 3",
    ),
    Claim(
        "section 2.1",
        "Leaving out the lattice does not affect the main result: μₑ falls somewhere in every model.",
        close(3),
        computed.models_with("falling", lattice=False),
        "Models out of FRDM95, HFB21 and DZ31 with a zone of falling μₑ thicker than 1 m. Without a lattice "
        "μₑ stays level at the capture threshold. The lattice moves the threshold with the mean charge, so "
        "that μₑ falls where burning lowers the charge: small as it is, the lattice decides. " + RULES,
        stated="all 3",
        unit="models",
        see="misprint-lattice",
    ),
    Claim(
        "section 2.2",
        "For neutrons the effective mass is the rest mass.",
        at_most(0.01),
        computed.neutron_mass_shift,
        "The largest μₙ/mₙ − 1 down to 10³¹ dyn cm⁻², with SLy4 neutrons.",
        stated="negligible",
        see="chapter 1",
    ),
)

BALANCE = (
    Claim(
        "section 2.2",
        "The third law holds between nuclei and neutrons, nᵢ f_in = −nₙ f_ni.",
        at_most(1e-3),
        partial(computed.third_law, "j"),
        "The sum over the larger term where 40Mg burns, forces counted for each particle they act on. Each "
        "side comes from its own equation, (3) and (4).",
        stated="sum 0",
        see="chapter 1",
    ),
    Claim(
        "below equation (4)",
        "f_jk is normalised to one particle of type k.",
        at_most(1e-3),
        partial(computed.third_law, "k"),
        "The same sum with the forces counted like that. It has to be one particle of type j, or neither the "
        "third law nor (5) follows.",
        kind="print",
        stated="sum 0",
        see="misprint-per-particle",
    ),
    Claim(
        "equations (2)-(4)",
        "f_jk on the right is the friction on j. It keeps nuclei from falling, so it points up.",
        at_most(0.0),
        computed.remainder_on_nuclei,
        "f_in of (3), positive downwards, over a nucleus's weight, at its least where μₑ falls. The f of "
        "(2)-(4) is minus the friction; (10) uses its magnitude only.",
        kind="print",
        stated="upwards: < 0",
        see="misprint-drag",
    ),
    Claim(
        "section 2.2",
        "The sum of (2)-(4) is hydrostatic equilibrium with ρ = Σ mⱼ nⱼ, electrons counted with mₑ* = μₑ.",
        at_most(0.01),
        computed.hydrostatic_density,
        "How far Σ mⱼ nⱼ is from what gravity pulls at, ε + P: only the neutrons' μₙ − mₙ is missing.",
        stated="the same",
        see="misprint-rho",
    ),
    Claim(
        "equation (6)",
        "The electrons' weight nₑ mₑ* can be neglected beside that of the nuclei.",
        at_most(0.02),
        computed.electron_weight_share,
        "The largest ratio in the accreted crust: by this much (7) shifts.",
        stated="small",
        see="misprint-rho",
    ),
    Claim(
        "equation (7)",
        "In diffusion equilibrium dμₑ/dP = A m_u/(Zρ).",
        close(1.0, relative=0.01),
        partial(computed.equilibrium_slope, "A"),
        "The ground state's slope over (7) with ρ = n_b m_u, without the lattice, where farthest from 1.",
        see="chapter 3",
    ),
    Claim(
        "below equation (7)",
        "A is the averaged atomic number.",
        close(1.0, relative=0.01),
        partial(computed.equilibrium_slope, "Z"),
        "The same with the mean atomic number in place of A. The mean mass number is meant.",
        kind="print",
        see="misprint-atomic-number",
    ),
)

VIOLATION = (
    Claim(
        "section 2.3.1",
        "In every tabulated model there are regions where μₑ falls as the pressure grows.",
        close(3),
        computed.models_with("falling", lattice=True),
        "Models out of FRDM95, HFB21 and DZ31 (behind AME2016) with such a zone thicker than 1 m, with the "
        "lattice. " + RULES,
        stated="all 3",
        unit="models",
        see="chapter 3",
    ),
    Claim(
        "section 2.3.1",
        "The same for FRDM12.",
        close(1),
        None,
        "Needs the table of Möller et al. (2016), which is in no package that this book depends on.",
        stated="yes",
    ),
    Claim(
        "figure 1, top",
        "The same crust, and its violation, for the liquid drop of Mackie & Baym.",
        close(1),
        None,
        "Needs all constants of the Mackie-Baym mass formula, which neither the paper nor any public text "
        "that we found gives.",
        stated="zones as hatched",
    ),
    Claim(
        "figure 1",
        "Each hatched zone begins and ends at the pressures drawn.",
        close(1),
        None,
        "Needs the numbers behind the figure or the explicit priority rules; the paper prints neither.",
        stated="as drawn",
    ),
    Claim(
        "section 2.3.1",
        "Where μₑ falls, all terms on the left of (3) point down.",
        at_least(0.0),
        computed.least_downward_term,
        "The smaller of a nucleus's weight and the electric force on it, least value where μₑ falls, FRDM95. "
        "The lattice's own gradient, which the paper leaves out, is below 1 % of the weight there.",
        stated="down: > 0",
        unit="m_u g",
        see="chapter 3",
    ),
    Claim(
        "section 2.3.1",
        "Elsewhere μₑ rises too steeply, by more than 1.5 times (7), in layers thicker than 1 m.",
        at_least(1.0),
        partial(computed.thickest, "steep"),
        "The thickest such zone, FRDM95, at g = 2·10¹⁴ cm s⁻². " + RULES,
        unit="m",
        see="chapter 3",
    ),
    Claim(
        "section 2.3.1",
        "Elsewhere μₑ rises too little, by less than half of (7), in layers thicker than 1 m.",
        at_least(1.0),
        partial(computed.thickest, "shallow"),
        "The thickest such zone, FRDM95, at g = 2·10¹⁴ cm s⁻². " + RULES,
        unit="m",
        see="chapter 3",
    ),
    Claim(
        "section 2.3.1",
        "The ground state crust is in diffusion equilibrium.",
        at_most(0.005),
        partial(computed.ground_state_remainder, False),
        "The largest deviation of (8) and (9) from equilibrium, without the lattice, outside the neutron "
        "drip's own window.",
        stated="0",
        see="chapter 3",
    ),
    Claim(
        "section 2.3.2",
        "Equations (8) and (9) decouple with the lattice, too.",
        at_most(0.005),
        partial(computed.ground_state_remainder, True),
        "The same with the lattice.",
        stated="0",
        see="chapter 3",
    ),
    Claim(
        "section 2.3.2",
        "The traditional approach satisfies diffusion equilibrium just by chance.",
        at_most(0.2),
        computed.near_equilibrium,
        "The share of the inner crust's pressure range where (8) holds to 10 %, FRDM95.",
        stated="seldom",
        see="chapter 3",
    ),
    Claim(
        "section 2.3.2",
        "μₑ rises by only 0.1 MeV from ρ = 1.7·10¹² to 2.4·10¹² g cm⁻³ (Lau et al. 2018, FRDM95).",
        between(0.0, 0.1),
        computed.rise_of_mu_e,
        "With lattice and SLy4 neutrons. Our rules were chosen to give such a zone; how much μₑ rises in it "
        "is their outcome.",
        stated="0.1",
        unit="MeV",
        see="chapter 2",
    ),
    Claim(
        "section 2.3.2",
        "There an electron capture by 40Mg starts a chain that leads to 25N + 40Mg.",
        at_least(0.9),
        computed.trigger_share,
        "The share of that fusion among those that start in the zone, FRDM95. " + RULES,
        stated="the fusion",
        see="chapter 2",
    ),
    Claim(
        "section 2.3.2",
        "The net result of pycnonuclear reactions is that one nucleus becomes neutrons.",
        close(1.0, relative=0.1),
        computed.nuclei_to_neutrons,
        "Neutrons set free over the baryons of the nuclei lost in the 40Mg zone. In our network the fused "
        "nuclei return to 40Mg only at first; then they stop at Z = 17 and 18 and keep the rest. " + RULES,
        see="chapter 2",
    ),
    Claim(
        "below equation (9)",
        "P_ei = ∂(ε_ei V)/∂V.",
        close(1.0, relative=1e-6),
        partial(computed.pressure_from_energy, 1.0),
        "The derivative as printed over the electrons' pressure. The minus sign of section 2.1 is missing.",
        kind="print",
        see="misprint-pressure-sign",
    ),
    Claim(
        "section 2.3.2",
        "P_ei is mostly the electrons' pressure.",
        at_most(0.1),
        computed.lattice_pressure_share,
        "The lattice's part where 40Mg burns, over the electrons'.",
        stated="mostly",
        see="chapter 1",
    ),
    Claim(
        "equation (8)",
        "Where pycnonuclear reactions burn, (8) is violated: P_ei cannot grow.",
        at_most(0.5),
        partial(computed.median_while_burning, "r8"),
        "The slope of P_ei over its equilibrium, the median of the 40Mg zone: 1 would be equilibrium.",
        stated="far below 1",
        see="chapter 3",
    ),
    Claim(
        "equation (9)",
        "Where pycnonuclear reactions burn, (9) is violated: Pₙ grows too fast.",
        at_least(1.5),
        partial(computed.median_while_burning, "r9"),
        "The slope of Pₙ over its equilibrium, the median of the 40Mg zone: 1 would be equilibrium.",
        stated="far above 1",
        see="chapter 3",
    ),
)

FLUX = (
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
)

CLAIMS = MATTER + BALANCE + VIOLATION + FLUX

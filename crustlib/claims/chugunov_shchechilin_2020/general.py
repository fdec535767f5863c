"""Section 2.3.2, the argument for any network."""

from functools import partial

from crustlib.claims import accreted_crust as computed
from crustlib.claims import other_crusts as other
from crustlib.claims.accreted_crust import RULES
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, at_most, between, close

CLAIMS = (
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
    Claim(
        "section 2.3.2",
        "With masses from tables, nothing couples (8) and (9).",
        at_most(0.0),
        other.coupling_of_tables,
        "The buoyancy of nuclei that a dependence of their masses on the neutron gas would give.",
        stated="exactly 0",
        see="chapter 3",
    ),
    Claim(
        "section 2.3.2",
        "With the masses of Mackie & Baym the coupling of (8) and (9) is small.",
        at_most(0.1),
        other.coupling_of_drops,
        "How far it moves r₈ where that is below 0.5, the median, with our MB-type drop: growing Pₙ lifts "
        "nuclei that push neutrons away. That mends a part of the violation of (8), not all.",
        stated="small",
        see="misprint-weak",
    ),
    Claim(
        "section 2.3.2",
        "The growth of Pₙ gives the pycnonuclear region its thickness.",
        close(1.0, relative=0.1),
        computed.neutron_share_of_rise,
        "The share of the rise of P that neutrons bear, from 1.7·10¹² to 2.4·10¹² g cm⁻³, FRDM95.",
        see="chapter 3",
    ),
    Claim(
        "section 2.3.2",
        "Where pycnonuclear reactions proceed directly, as 40Mg + 40Mg, (8) is violated as well.",
        at_most(0.5),
        other.direct_burning,
        "The median of r₈ while most 40Mg fuses with itself, FRDM95, with an S-factor 10⁵ times ours: with "
        "ours electron captures come first.",
        stated="far below 1",
        see="chapter 3",
    ),
    Claim(
        "section 2.3.2",
        "The network of Shchechilin & Chugunov (2019a) reproduces the composition of Lau et al. (2018).",
        close(1),
        None,
        "Needs the composition of Lau et al. (2018) layer by layer, which this paper does not give.",
        stated="well",
    ),
)

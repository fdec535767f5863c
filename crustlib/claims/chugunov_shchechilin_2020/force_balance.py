"""Section 2.2, force balance equations."""

from functools import partial

from crustlib.claims import accreted_crust as computed
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_most, close

CLAIMS = (
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
        "section 2.2",
        "dP = nₑ dμₑ + nₙ dμₙ, since μᵢ = mᵢ of each nucleus is constant.",
        at_most(1e-3),
        computed.gibbs_duhem,
        "The remainder over the rise of P, across the whole accreted crust, FRDM95, without the lattice.",
        stated="exactly",
        see="chapter 1",
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

"""The slides on mutual entrainment in the core and in the rotating star."""

from functools import partial

from crustlib.claims import entrainment as computed
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, at_most, between, close

MATTER, CORE, CONCLUSIONS = "entrainment from TDHFB", "mutual entrainment in cores", "conclusions"
TDHFB = "nuclear superfluid dynamics"
ELEMENTS = {
    "nn": "ρ_nn = ρ(1 + η)/2 − ρ(1 − η²)(1 − Υ)/4.",
    "pp": "ρ_pp = ρ(1 − η)/2 − ρ(1 − η²)(1 − Υ)/4.",
    "np": "ρ_np = ρ_pn = ρ(1 − η²)(1 − Υ)/4.",
}

CLAIMS = (
    Claim(
        TDHFB,
        "E = C_+[nτ − j²] + C_−[(nₙ − n_p)(τₙ − τ_p) − (jₙ − j_p)²] is Galilean invariant.",
        close(0.0, absolute=1e-9),
        computed.boost_of_interaction,
        "Its change in another frame, over that of C_+nτ alone.",
        kind="print",
        stated="no change",
        see="chapter 11",
    ),
    Claim(
        TDHFB,
        "If C_+ and C_− vanish, the effective mass is bare and I_q = 0.",
        close(0.0, absolute=1e-12),
        computed.without_momentum_dependence,
        "ρ_np/ρ at 0.16 fm⁻³ without them.",
        stated="no entrainment",
        see="chapter 11",
    ),
    Claim(
        MATTER,
        "The mass current is (m/m^(⊕))ħj_q + ρ_q I_q/ħ.",
        close(1.0, absolute=2e-3),
        computed.currents_over_printed,
        "ρ_np of this current over that of the closed form, BSk24 at 0.16 fm⁻³.",
        kind="print",
        stated="this",
        see="chapter 11",
    ),
    Claim(
        MATTER,
        "The equations of homogeneous matter with stationary flows can be solved exactly at any temperature.",
        close(1.0, absolute=2e-3),
        computed.warm_over_closed,
        "ρ_np of the linear equations for the flow at 0.2 MeV over the closed form, which has one mass for "
        "both nucleons; gaps of 0.5 (neutrons) and 1 MeV.",
        stated="exactly",
        see="chapter 11",
    ),
    *(
        Claim(
            MATTER,
            statement,
            close(1.0, absolute=1e-9),
            partial(computed.matrix_over_printed, element),
            "The Hessian of the flow's energy over the formula, BSk24 at 0.16 fm⁻³.",
            kind="print",
            stated="this",
            see="chapter 11",
        )
        for element, statement in ELEMENTS.items()
    ),
    Claim(
        MATTER,
        "Entrainment does not depend on the pairing gaps.",
        close(1.0, absolute=1e-9),
        computed.effect_of_gaps,
        "ρ_np with gaps of 2 MeV over that with 0.1 MeV, at zero temperature.",
        stated="no effect",
        see="chapter 11",
    ),
    Claim(
        MATTER,
        "Entrainment effects can be large.",
        at_least(0.1),
        computed.flux_fraction,
        "−ρ_pn/ρ_pp in beta equilibrium, BSk24 at 0.16 fm⁻³.",
        stated="large",
        see="chapter 11",
    ),
    Claim(
        CORE,
        "Neutron vortices carry a fractional quantum of magnetic flux, ρ_pn/ρ_pp.",
        between(0.01, 0.99),
        computed.flux_fraction,
        "Its size in beta equilibrium, BSk24 at 0.16 fm⁻³; the sign is negative.",
        stated="a fraction",
        see="chapter 11",
    ),
    Claim(
        CORE,
        "Electrons that scatter off the vortices' field drag the neutron superfluid along with all charges.",
        at_most(86400.0),
        computed.coupling_time,
        "The time in which the drag makes the core's neutrons follow, at Vela's rate and 0.16 fm⁻³ (BSk24, "
        "1.4 solar masses): less than a day, where glitches are years apart.",
        stated="a drag",
        unit="s",
        see="chapter 11",
    ),
    Claim(
        CORE,
        "The induced magnetic field may exceed the critical one.",
        between(0.0, 3.0),
        computed.least_neutron_gap,
        "The least neutron gap with B > H_c1 outside the vortex's core, in any star, for any proton gap, "
        "BSk24; 1.2 to 2.1 MeV with others. The slides have gaps of about 1 MeV, here taken to a factor of "
        "three. With 0.1 MeV, as cooling suggests for triplet pairing, B is a tenth of H_c1 at most.",
        stated="gaps of about 1",
        unit="MeV",
        see="chapter 11",
    ),
    Claim(
        CORE,
        "That field leads to clusters of quantised proton fluxoids.",
        at_least(1.0),
        computed.field_with_room,
        "The highest B/H_c1 outside the cores of both, vortex and fluxoid (nearer the axis it does not fit), "
        "in any star, for any gaps (protons: up to 3 MeV), four functionals. It needs vortices of more than "
        "half a flux quantum; forces that entrain more would have them.",
        stated="above 1",
        see="chapter 11",
    ),
    Claim(
        CORE,
        "J_n = I_nn Ω_n + I_np Ω and J_p = I_pn Ω_n + I_pp Ω are all of the angular momentum.",
        close(1.0, absolute=1e-5),
        computed.closure,
        "The sum of the four over J/Ω from the metric at the surface, BSk24, 1.4 solar masses.",
        stated="all",
        see="chapter 11",
    ),
    Claim(
        CORE,
        "I_np = I_pn.",
        close(1.0, absolute=1e-6),
        computed.symmetry,
        "Each from its own integrals, BSk24, 1.4 solar masses.",
        stated="equal",
        see="chapter 11",
    ),
    *(
        Claim(
            CORE,
            f"I_{fluid}{other}/I_{fluid} = (ε̃ − ε^LT of the other)/(1 − both ε^LT).",
            close(1.0, absolute=1e-6),
            partial(computed.formula_over_direct, fluid),
            "The formula over the ratio of angular momenta, BSk24, 1.4 solar masses.",
            kind="print",
            stated="this",
            see="chapter 11",
        )
        for fluid, other in ("np", "pn")
    ),
    Claim(
        CORE,
        "General relativity induces additional entrainment couplings.",
        at_least(0.1),
        computed.dragging_over_nuclear,
        "ε^LT of protons on neutrons over the nuclear ε̃ₙ, BSk24, 1.4 solar masses: four fifths, with the "
        "opposite sign.",
        stated="additional",
        see="chapter 11",
    ),
)

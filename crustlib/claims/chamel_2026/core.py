"""The slides on mutual entrainment in the core and in the rotating star."""

from functools import partial

from crustlib.claims import entrainment as computed
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, between, close

MATTER, CORE, CONCLUSIONS = "entrainment from TDHFB", "mutual entrainment in cores", "conclusions"
ELEMENTS = {
    "nn": "ρ_nn = ρ(1 + η)/2 − ρ(1 − η²)(1 − Υ)/4.",
    "pp": "ρ_pp = ρ(1 − η)/2 − ρ(1 − η²)(1 − Υ)/4.",
    "np": "ρ_np = ρ_pn = ρ(1 − η²)(1 − Υ)/4.",
}

CLAIMS = (
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
        "The induced magnetic field may exceed the critical one, which leads to clusters of fluxoids.",
        at_least(1.0),
        computed.field_over_critical,
        "The highest B/H_c1 outside the vortex's core where λ > 2ξ_p, for gaps of 0.1 (neutrons) and 1 MeV "
        "(protons), BSk24: the core of so weak a pairing is wider than λ. It does exceed it in a thin layer "
        "where λ ≈ ξ_p, or with a neutron gap of some MeV.",
        stated="above 1",
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

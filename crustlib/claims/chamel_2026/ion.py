"""The slides on one ion in a superfluid that obeys hydrodynamics."""

from functools import partial

from crustlib.claims import entrainment as computed
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, close

IONS = "effective ion mass from hydrodynamics"
EXAMPLE = "m_I of (Epstein & Baym), for 138 nucleons, a quarter protons, in 0.02 neutrons fm⁻³"

CLAIMS = (
    Claim(
        IONS,
        "Impenetrable ions, ρ_s,i = 0: m_I is the mass of all nucleons inside.",
        close(1.0, absolute=1e-9),
        partial(computed.transported, 0.0),
        f"{EXAMPLE}, over that.",
        stated="all",
    ),
    Claim(
        IONS,
        "All nucleons superfluid, ρ_s,i = ρ_n,i + ρ_p,i: m_I = 0.",
        close(0.0, absolute=1e-9),
        partial(computed.transported, 6.0),
        f"{EXAMPLE}, over the mass inside; λ = 6.",
    ),
    Claim(
        IONS,
        "Permeable ions, ρ_s,i = ρ_n,o: m_I = Z m_p.",
        close(1.0, absolute=1e-6),
        partial(computed.transported_over_protons, 1.0),
        f"{EXAMPLE}, over Z m_p, λ = 1. It is 1 for ρ_s,i = ρ_n,i, neutrons *inside*.",
        kind="print",
        stated="Z m_p",
        see="misprint-permeable",
    ),
    Claim(
        "conclusions",
        "In any case m_I* > Z m_p.",
        at_least(1.0),
        computed.ion_over_protons,
        "The least m_I*/Z m of potential flow through cells of BSk24, 0.02 to 0.065 fm⁻³: the lower end, as "
        "pairing that is not infinitely strong entrains more.",
        stated="above 1",
    ),
)

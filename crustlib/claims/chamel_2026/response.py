"""How the slides print the superfluid density of neutrons in bands."""

from functools import partial

from crustlib.claims import superfluid_response as computed
from crustlib.claims.claim import Claim
from crustlib.claims.rules import close

BRAGG, PAIRS, LINEAR = (
    "superfluid density and Bragg scattering",
    "superfluid density and pairing",
    "linear response",
)

CLAIMS = (
    Claim(
        BRAGG,
        "ρ_n,s = m²/(12π³ħ²) Σ∫|∇ε|dS.",
        close(1.0, absolute=1e-9),
        computed.weak_coupling,
        "For free neutrons of both spins, over their density.",
        kind="print",
        stated="this",
    ),
    Claim(
        PAIRS,
        "ρ_n,s = m²/(24π³ħ²) Σ∫|∇ε|²Δ²/E³ d³k.",
        close(1.0, absolute=1e-4),
        computed.pairing_formula,
        "For free neutrons, Δ = 2·10^(−4) ε_F, over their density.",
        kind="print",
        stated="this",
    ),
    Claim(
        PAIRS,
        "ρ_n,s = m²/(24π³ħ²) Σ∫(1 − ε/E)∇_k·∇_Q ε d³k.",
        close(1.0, absolute=0.05),
        partial(computed.divergence_formula, True),
        "For free neutrons up to 4k_F, Δ = ε_F/10, over their density: no limit. With ε − ε_F it is 1.02.",
        kind="print",
        stated="1",
        see="misprint-occupation",
    ),
    Claim(
        LINEAR,
        "E = √(ε + Δ²).",
        close(1.0, absolute=1e-9),
        computed.quasiparticle_at_fermi_surface,
        "Over Δ = 1 MeV at the Fermi surface, with ε = 20 MeV; √((ε − ε_F)² + Δ²) is Δ there.",
        kind="print",
        stated="1",
        see="misprint-quasiparticle",
    ),
    Claim(
        LINEAR,
        "The sum of ξξ − EE + ΔΔ leaves out α = β.",
        close(0.0, absolute=1e-9),
        computed.own_term,
        "The term α = β (MeV²): it would vanish by itself, so the signs are right.",
        kind="print",
        stated="0",
    ),
    Claim(
        LINEAR,
        "Between bands the response is m²/(24π³) Σ∫(ξξ − EE + ΔΔ)/(EE(E + E)) v·v d³k.",
        close(0.0, absolute=1e-3),
        computed.insulator,
        "ρ_n,s over ρ of a full band below a gap, which cannot flow, as Δ goes to 0. It takes v = ∇_k h/ħ.",
        kind="print",
        stated="0",
    ),
)

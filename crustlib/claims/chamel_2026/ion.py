"""The slides on ions in a superfluid that obeys hydrodynamics."""

from functools import partial

from crustlib.claims import entrainment as computed
from crustlib.claims import ions as lattice
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, at_most, between, close

MASSES = "entrainment and effective masses"
IONS = "effective ion mass from hydrodynamics"
EXAMPLE = "m_I of (Epstein & Baym), for 138 nucleons, a quarter protons, in 0.02 neutrons fm⁻³"
CLAIMS = (
    *(
        Claim(
            IONS,
            f"m_I* = m_I + m_d(λ − 1)²/(λ + 2), λ = {permeability:g}.",
            close(1.0, absolute=1e-6),
            partial(computed.flow_over_printed, permeability),
            "Energy of the dipole outside and the uniform flow inside a sphere, over the second term.",
            kind="print",
            stated="this",
            see="chapter 12",
        )
        for permeability in (0.0, 3.0)
    ),
    Claim(
        IONS,
        "m_I*/m_I = 1 + (λ − 1)²/(λ + 2) ρ_no/(ρ_pi + ρ_ni − λρ_no).",
        close(1.0, absolute=1e-9),
        partial(computed.forms_apart, 3.0),
        "This form over the other slide's, λ = 3.",
        kind="print",
        stated="this",
        see="chapter 12",
    ),
    Claim(
        MASSES,
        "It is as if neutrons had an effective mass m_n* > m_n.",
        at_least(1.0),
        lattice.least_neutron_mass,
        "The least m_n*/m_n of potential flow, all neutrons counted: BSk24, 0.01 to 0.06 fm⁻³.",
        stated="above 1",
        see="chapter 12",
    ),
    Claim(
        MASSES,
        "m_I* = (ρ̄ − ρ_s)/n_I.",
        close(1.0, relative=0.03),
        lattice.spheres_over_single,
        "The dipole's part of m_I* of sharp spheres with λ = 3 that fill 0.03 of a lattice, from its ρ_s, "
        "over that of a single sphere; they may differ by the filling.",
        kind="print",
        stated="this",
        see="chapter 12",
    ),
    Claim(
        MASSES,
        "m_n* and m_I* are two aspects of the same effect.",
        close(1.0, absolute=1e-9),
        computed.one_effect,
        "Zm + N(m − m²/m_n*) over m_I*, potential flow at 0.03 fm⁻³.",
        stated="the same",
        see="chapter 12",
    ),
    Claim(
        IONS,
        "ρ_s,i must be tuned in each layer to reproduce the limit of strong pairing.",
        at_least(1.0),
        computed.least_sphere,
        "m_I* of potential flow through the neutrons' profile at 0.03 fm⁻³, over the least that a sphere "
        "with the ion's nucleons and central density has, whatever its ρ_s,i. None does there, nor at 0.01 "
        "and 0.05; at 0.065 one does. Edges of real nuclei are too wide for that sphere; the slides state no "
        "radius.",
        stated="some ρ_s,i does",
        see="chapter 12",
    ),
    Claim(
        IONS,
        "At low densities ions are impenetrable, ρ_s,i is far below ρ_n,i.",
        close(1.0, relative=0.1),
        computed.impenetrable_sphere,
        "m_I* of an impenetrable sphere over that of potential flow through the real profile, 0.01 fm⁻³. "
        "An ion with a wide edge is easier to flow through; the slides' own calculation may be another.",
        stated="1",
        see="chapter 12",
    ),
    Claim(
        IONS,
        "Near the crust-core interface ρ_s,i is about ρ_n,i.",
        between(0.5, 2.0),
        computed.matching_share,
        "ρ_s,i/ρ_n,i of the sphere with the m_I* of potential flow, 0.065 fm⁻³.",
        stated="about 1",
        see="chapter 12",
    ),
    Claim(
        IONS,
        "That ξ is far below R can only be checked from HFB calculations.",
        at_most(1.0),
        None,
        "Needs sizes of pairs from HFB calculations of these cells, which the slides do not give.",
        stated="only there",
    ),
    Claim(
        IONS,
        "Impenetrable ions, ρ_s,i = 0: m_I is the mass of all nucleons inside.",
        close(1.0, absolute=1e-9),
        partial(computed.transported, 0.0),
        f"{EXAMPLE}, over that.",
        stated="all",
        see="chapter 12",
    ),
    Claim(
        IONS,
        "All nucleons superfluid, ρ_s,i = ρ_n,i + ρ_p,i: m_I = 0.",
        close(0.0, absolute=1e-9),
        partial(computed.transported, 6.0),
        f"{EXAMPLE}, over the mass inside; λ = 6.",
        see="chapter 12",
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
        see="chapter 12",
    ),
)

"""Section III, last part, and what other sections say of it: thermodynamic stability, the transition."""

from functools import partial

from crustlib.claims import stability as computed
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, at_most, close

ABSTRACT, FORMALISM, RESULTS, FIGURE = "abstract", "section II", "section III, stability", "figure 3"
SEE = "chapter 8"
SLICE = "BSk25 for the unpublished BBSk1, μ_p = −30 MeV, 0.1 MeV."
JUMP = (
    "n of uniform over n of clustered matter at equal P and μₙ, less 1, at 0.1 MeV, each neutral by itself. "
    "Either is stable, but a common tangent joins them, up to 3.3 MeV. A matching that avoids it needs "
    "states that this model does not have."
)

CLAIMS = (
    Claim(
        FORMALISM,
        "Three things end the clusters: uniform matter has less energy, they fill the volume, the gas does.",
        close(3.0, absolute=0.1),
        computed.mechanisms,
        "How many do: in beta equilibrium at 0.1 and 4 MeV, and at 1 MeV with a charge of 0.5. Before they "
        "fill the volume, uniform matter has less energy.",
        see=SEE,
    ),
    Claim(
        FORMALISM,
        "Where gas takes the whole volume the transition is smooth.",
        at_least(0.0),
        partial(computed.least_slope, computed.WARM),
        "The least dP/dn_B, 0.03 to 0.119 fm⁻³, at 4 MeV. From 1 to 3 MeV gas takes the volume, too, but "
        "pressure falls on the way.",
        stated="P never falls",
        unit="MeV",
        see=SEE,
    ),
    Claim(
        FORMALISM,
        "A matching based on pressure makes the transition smooth.",
        at_least(1e-6),
        computed.least_slope_matched,
        "The least dP/dn_B at 0.1 MeV with a matching of our own: P straight in 1/n_B. The paper's is not "
        "published.",
        stated="P rises",
        unit="MeV",
        see=SEE,
    ),
    Claim(
        FORMALISM,
        "The matching is no Maxwell construction, as with electrons the transition is not of first order.",
        close(0.0, absolute=0.01),
        computed.density_jump,
        JUMP,
        stated="no jump",
        see="misprint-order",
    ),
    Claim(
        FORMALISM,
        "It is none either as all intensive variables would have to be equal, which cannot be realised.",
        at_least(1e-3),
        computed.mismatch,
        "The larger relative difference of P and of μₙ between the two. Matter neutral locally, in beta "
        "equilibrium, has one conserved charge, so that P, T and μₙ are all there is; μₑ may differ, as the "
        "electric potential does.",
        stated="not zero",
        see="misprint-order",
    ),
    Claim(
        RESULTS,
        "The domain of instability of uniform nuclear matter shrinks as temperature rises …",
        at_most(1.0),
        computed.shrinkage,
        "The largest ratio of its areas, each over that of the next colder one, 0.1 to 14 MeV, BSk25.",
        stated="below 1",
        see=SEE,
    ),
    Claim(
        RESULTS,
        "… so that it is sufficient to analyse 0.1 MeV.",
        close(0.0, absolute=1e-9),
        computed.outside_the_coldest,
        "The share of the boundaries of warmer regions that is not in that of 0.1 MeV. It says nothing about "
        "clustered matter.",
        stated="all inside",
        see=SEE,
    ),
    Claim(
        RESULTS,
        "Matter is unstable where a chemical potential falls with its density, the other one kept.",
        close(0.0, absolute=1e-9),
        computed.criteria_disagree,
        "The share of a grid of n_n and n_p where its sign is not the smaller eigenvalue's. It holds both "
        "ways, as ∂μ_p/∂n_p is positive everywhere.",
        stated="equivalent",
        see=SEE,
    ),
    Claim(
        FIGURE,
        "In uniform nuclear matter without Coulomb interaction μₙ falls over a range of n_n.",
        at_least(1.0),
        partial(computed.fall, computed.UNIFORM_NUCLEAR),
        f"By how much. {SLICE} It falls from 0.0174 to 0.0601 fm⁻³.",
        stated="falls",
        unit="MeV",
        see=SEE,
    ),
    Claim(
        FIGURE,
        "In clustered nuclear matter, with the electrons' share taken out, μₙ falls, too.",
        at_least(0.1),
        partial(computed.fall, computed.CLUSTERED_NUCLEAR),
        f"By how much, up to n_B = 0.055 fm⁻³. {SLICE} Nuclei grow until the mass table ends, at A = 297.",
        stated="falls",
        unit="MeV",
        see=SEE,
    ),
    Claim(
        FIGURE,
        "In uniform stellar matter μ_B rises with n_B.",
        at_least(0.0),
        computed.least_rise,
        "The least slope from 1e-5 to 0.3 fm⁻³, BSk22, 24, 25 and 26.",
        stated="rises",
        unit="MeV fm³",
        see=SEE,
    ),
    Claim(
        FIGURE,
        "In clustered stellar matter μ_B rises with n_B.",
        at_least(0.0),
        computed.least_rise_of_clusters,
        "The least slope up to where the free energies cross, BSk25.",
        stated="rises",
        unit="MeV fm³",
        see=SEE,
    ),
    Claim(
        FIGURE,
        "The lines, with the interaction BBSk1.",
        close(0.0),
        None,
        "Needs the parameters of BBSk1, which are not published.",
        stated="curves",
    ),
    Claim(
        FIGURE,
        "Over the domains of instability the curves μₙ(P_B) are concave.",
        close(1.0, absolute=0.01),
        partial(computed.concave_share, False),
        "The share of unstable uniform nuclear matter where they are. As dμₙ/dP = 1/n_n, the second "
        "derivative is −(dn_n/dP)/n_n²: they are convex there.",
        kind="print",
        stated="concave",
        see="misprint-concave",
    ),
    Claim(
        FIGURE,
        "Whenever the system is stable, these curves are convex.",
        close(0.0, absolute=0.01),
        partial(computed.concave_share, True),
        "The share of stable uniform nuclear matter where they are concave.",
        kind="print",
        stated="convex",
        see="misprint-concave",
    ),
    Claim(
        RESULTS,
        "Uniform stellar matter is thermodynamically stable.",
        at_least(0.0),
        computed.least_eigenvalue,
        "The least eigenvalue of the curvature matrix with electrons, in beta equilibrium, BSk25: stable "
        "even where weak interactions are too slow to follow.",
        stated="stable",
        unit="MeV fm³",
        see=SEE,
    ),
    Claim(
        ABSTRACT,
        "Subsaturated stellar matter is thermodynamically stable with respect to density fluctuations …",
        at_least(0.0),
        computed.least_of_both,
        "The same, or the least dμ_B/dn_B of clustered matter if that is less. Long waves are meant: ripples "
        "of some 25 fm grow in uniform matter from 0.0066 to 0.0857 fm⁻³, and make nuclei.",
        stated="stable",
        unit="MeV fm³",
        see=SEE,
    ),
    Claim(
        ABSTRACT,
        "… which rules out a first-order transition between inhomogeneous and homogeneous phases.",
        close(0.0, absolute=0.01),
        computed.density_jump,
        JUMP,
        stated="no jump",
        see="misprint-order",
    ),
    Claim(
        RESULTS,
        "Clustered stellar matter becomes uniform as clusters dissolve or disintegrate.",
        at_most(0.01),
        partial(computed.held_at_the_end, computed.COLD),
        "The share of baryons in nuclei where uniform matter takes over, at 0.1 MeV: clusters are "
        "given up, not dissolved. From 1 MeV on they dissolve.",
        stated="none left",
        see=SEE,
    ),
    Claim(
        RESULTS,
        "A first-order transition is a misconception that is widespread among researchers.",
        at_least(0.5),
        None,
        "Needs a survey of researchers.",
        stated="widespread",
    ),
    Claim(
        RESULTS,
        "That nuclear matter is unstable, clustered or uniform, is well studied.",
        at_least(1.0),
        None,
        "Needs a survey of the literature.",
        stated="well studied",
    ),
    Claim(
        "section IV",
        "The transition from inhomogeneous to homogeneous matter is not of first order.",
        close(0.0, absolute=0.01),
        computed.density_jump,
        JUMP,
        stated="no jump",
        see="misprint-order",
    ),
)

"""Section 3, molecular dynamics, and appendices A and C."""

from functools import partial

from crustlib.claims import plasma_mixtures as mixtures
from crustlib.claims import simulations as computed
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, at_most, between, close

SIMULATED = "simulations of five charges with the moments of mixtures 1, 3 and 6"

CLAIMS = (
    Claim(
        "section 3.1",
        "Ashes at the top have Q_imp of about 100.",
        between(100 / 10**0.5, 100 * 10**0.5),
        partial(mixtures.impurity, 1),
        "⟨Z²⟩ − ⟨Z⟩² of mixture 1 in Table 2; rounding of ⟨Z⟩ leaves 191 to 265.",
        stated="100",
        see="chapter 10",
    ),
    Claim(
        "equation (35)",
        "The mean of |n_z|² is S_zz.",
        close(1.0, relative=0.1),
        mixtures.norm_of_35,
        "For 400 charges of burst ashes at random places, where S_zz = 1. The norm 1/N⟨Z²⟩ is missing.",
        kind="print",
        see="misprint-words",
    ),
    Claim(
        "section 3.3",
        "The first peak of S_zz is at k/2k_F = 0.33.",
        close(0.33, absolute=0.02),
        computed.place_of_peaks,
        f"Of {SIMULATED}, the one farthest from there.",
        see="chapter 9",
    ),
    Claim(
        "section 3.3",
        "Peaks rise with Γ_eff.",
        at_least(0.0),
        computed.least_rise_of_peaks,
        f"From one of {SIMULATED} to the next, at least.",
        stated="above 0",
        see="chapter 9",
    ),
    Claim(
        "section 3.3",
        "The first peak shows that short-range order in space dominates.",
        close(1.0, relative=0.1),
        computed.order_in_space,
        "The distance of the first two peaks of g of the most frequent charge over 2π/k of the first peak of "
        f"S_zz, the mean of {SIMULATED}.",
        see="chapter 9",
    ),
    Claim(
        "figure 9",
        "Pair distributions fall sharply at small distances, as like charges repel each other.",
        at_most(0.01),
        computed.hole,
        f"The largest g of the most frequent charges at r < 0.8 a, in {SIMULATED}.",
        stated="0",
        see="chapter 9",
    ),
    Claim(
        "section 3.3",
        "Oscillations of S_zz are strongly damped as k increases.",
        at_most(0.5),
        computed.damping,
        f"How far the second peak rises above 1 over how far the first does, the largest of {SIMULATED}.",
        stated="strongly",
        see="chapter 9",
    ),
    Claim(
        "section 3.3",
        "At large k, S_zz approaches 1.",
        close(1.0, absolute=0.02),
        computed.limit_of_structure,
        f"Its mean over the last tenth up to 2k_F in {SIMULATED}, the one farthest from 1.",
        see="chapter 9",
    ),
    Claim(
        "section 3.3",
        "S_zz goes to zero as k², by perfect screening.",
        close(2.0, absolute=0.05),
        partial(mixtures.slope_at_small_k, False),
        "d ln S/d ln k of mixture 1 at ka = 0.18, the least of its simulation's box, with Coulomb forces.",
        stated="2",
        see="chapter 9",
    ),
    Claim(
        "section 3.3",
        "In the simulations, S_zz goes to zero as k².",
        close(2.0, absolute=0.05),
        partial(mixtures.slope_at_small_k, True),
        "d ln S/d ln k of mixture 1 at ka = 0.18, the least of its box, with the screened potential (33) "
        "that they use: electrons that screen have charge that S_zz does not count. It stays finite, if "
        "small, below 0.01.",
        stated="2",
        see="misprint-small-k",
    ),
    Claim(
        "section 3.3",
        "Mixtures 9 to 17 have Γ_eff above 260.",
        at_least(260.0),
        partial(mixtures.table_2, 1, min, range(9, 18)),
        "The smallest of theirs in Table 2.",
        kind="print",
    ),
    Claim(
        "section 3.3",
        "Above Γ_eff = 260 the second peak has a shoulder.",
        close(1),
        None,
        "Needs several glasses of more nuclei: our one, of 2000 at Γ_eff = 437, has a shoulder, which may be "
        "its own.",
        stated="in all",
    ),
    Claim(
        "section 3.3",
        "Nor does a mixture above Γ_eff = 260 separate or crystallise.",
        at_most(10),
        partial(computed.like_structure, (computed.COLD,)),
        "The largest structure factor of nuclei of one charge, at any k, of 2000 nuclei of five charges with "
        "the moments of mixture 14, at its Γ_eff = 437. A crystal, or charges that keep to themselves, have "
        "hundreds.",
        stated="none",
        see="chapter 9",
    ),
    Claim(
        "figure 9",
        "Pair distributions of abundant and rare species in four mixtures.",
        close(1),
        None,
        "Needs the compositions of Gupta et al. (2007), which are not published.",
        stated="as drawn",
        see="chapter 9",
    ),
    Claim(
        "appendix A",
        "Simulations conserve energy to 10⁻⁷.",
        at_most(1e-7),
        computed.energy_drift,
        "The largest change of the total energy over itself, with the same time step of 0.01/ω_p: 500 nuclei "
        "of charges 8, 26 and 40, over 6000 steps. It follows from the forces' accuracy, here 10⁻⁶.",
        see="chapter 9",
    ),
    Claim(
        "appendix A",
        "10⁵ time steps of 0.01/ω_p, a time of 1000/ω_p, are enough to settle.",
        at_most(3),
        computed.still_settling,
        "By how many standard errors ln Λ changes between two halves of a simulation that begins after "
        "400/ω_p, the largest of seven mixtures.",
        stated="settled",
        see="chapter 9",
    ),
    Claim(
        "section 3.2",
        "A periodic box with long-range forces by a mesh stands for the plasma.",
        at_most(3),
        computed.box_matters,
        "By how many standard errors ln Λ of 1000 and of 5000 nuclei differ: Z = 26, Γ = 100, x_r = 5.",
        stated="no effect of its size",
        see="chapter 9",
    ),
)

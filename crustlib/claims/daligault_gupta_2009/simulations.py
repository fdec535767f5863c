"""Section 3, molecular dynamics, and appendices A and C."""

from functools import partial

from crustlib.claims import plasma_mixtures as computed
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, at_most, between, close

LIQUIDS = "mixtures 1 to 5, three charges with their moments, solved"

CLAIMS = (
    Claim(
        "section 3.1",
        "Ashes at the top have Q_imp of about 100.",
        between(100 / 10**0.5, 100 * 10**0.5),
        partial(computed.impurity, 1),
        "⟨Z²⟩ − ⟨Z⟩² of mixture 1 in Table 2; rounding of ⟨Z⟩ leaves 191 to 265.",
        stated="100",
        see="chapter 10",
    ),
    Claim(
        "equation (35)",
        "The mean of |n_z|² is S_zz.",
        close(1.0, relative=0.1),
        computed.norm_of_35,
        "For 400 charges of burst ashes at random places, where S_zz = 1. The norm 1/N⟨Z²⟩ is missing.",
        kind="print",
        see="misprint-words",
    ),
    Claim(
        "section 3.3",
        "The first peak of S_zz is at k/2k_F = 0.33.",
        close(0.33, absolute=0.02),
        computed.place_of_peaks,
        f"The mean of {LIQUIDS}.",
        see="chapter 9",
    ),
    Claim(
        "section 3.3",
        "Peaks rise with Γ_eff.",
        at_least(0.0),
        computed.least_rise_of_peaks,
        f"From one of {LIQUIDS}, to the next, at least.",
        stated="above 0",
        see="chapter 9",
    ),
    Claim(
        "section 3.3",
        "S_zz goes to zero as k², by perfect screening.",
        close(2.0, absolute=0.05),
        partial(computed.slope_at_small_k, False),
        "d ln S/d ln k of mixture 1 at ka = 0.18, the least of its simulation's box, with Coulomb forces.",
        stated="2",
        see="chapter 9",
    ),
    Claim(
        "section 3.3",
        "In the simulations, S_zz goes to zero as k².",
        close(2.0, absolute=0.05),
        partial(computed.slope_at_small_k, True),
        "d ln S/d ln k of mixture 1 at ka = 0.18, the least of its box, with the screened potential (33) "
        "that they use: electrons that screen have charge that S_zz does not count. It stays finite, if "
        "small, below 0.01.",
        stated="2",
        see="misprint-small-k",
    ),
    Claim(
        "section 3.3",
        "Above Γ_eff = 260 the second peak has a shoulder.",
        close(1),
        None,
        "Needs molecular dynamics of strongly coupled mixtures.",
        stated="in all",
    ),
    Claim(
        "section 3.3",
        "No mixture separates or crystallises.",
        close(0),
        None,
        "Needs molecular dynamics of mixtures.",
        stated="none",
    ),
    Claim(
        "figure 9",
        "Pair distributions of abundant and rare species in four mixtures.",
        close(1),
        None,
        "Needs the compositions of Gupta et al. (2007), and molecular dynamics.",
        stated="as drawn",
        see="chapter 9",
    ),
    Claim(
        "appendix A",
        "Simulations conserve energy to 10⁻⁷.",
        at_most(1e-7),
        None,
        "Needs molecular dynamics.",
    ),
)

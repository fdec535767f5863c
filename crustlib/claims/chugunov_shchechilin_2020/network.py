"""Sections 2.3 and 2.3.1, the traditional approach with a simplified reaction network."""

from functools import partial

from crustlib.claims import accreted_crust as computed
from crustlib.claims import other_crusts as other
from crustlib.claims.accreted_crust import RULES
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, at_most, close

CLAIMS = (
    Claim(
        "section 2.3",
        "In one-component models the density of free neutrons jumps.",
        at_least(0.1),
        other.largest_jump_of_neutrons,
        "The largest rise of their density across one threshold inside the inner crust, over the density "
        "above it; FRDM95, without the lattice.",
        stated="jumps",
        see="chapter 2",
    ),
    Claim(
        "footnote 4",
        "Inside the shells of one-component models μₑ does not follow (7) either.",
        at_least(0.1),
        other.slope_inside_shells,
        "|r₇ − 1|, the median of the shell that is farthest off; FRDM95, without the lattice.",
        stated="disagrees",
        see="chapter 2",
    ),
    Claim(
        "section 2.3",
        "Even if the outer layers have one component, reactions with neutrons give the inner layers many.",
        at_least(2.0),
        other.kinds_of_nuclei,
        "The most nuclides that share a layer with more than 1 % each, from ashes of 56Fe, FRDM95. " + RULES,
        stated="more than 1",
        see="chapter 2",
    ),
    Claim(
        "section 2.3.1",
        "In every tabulated model there are regions where μₑ falls as the pressure grows.",
        close(4),
        computed.models_with("falling", lattice=True),
        "Models out of FRDM95, FRDM12, HFB21 and DZ31 (behind AME2016) with such a zone thicker than 1 m, "
        "with the lattice. " + RULES,
        stated="all 4",
        unit="models",
        see="chapter 3",
    ),
    Claim(
        "figure 1, top",
        "Strong violation is there for the liquid drop of Mackie & Baym, too.",
        at_least(1.0),
        partial(other.thickest_with_drops, "shallow", "steep"),
        "The thickest zone with our MB-type drop, whose constants are fitted: theirs are in no public text "
        "that we found. " + RULES,
        stated="zones hatched",
        unit="m",
        see="chapter 3",
    ),
    Claim(
        "footnote 3",
        "Other priority rules lead to minor differences for the liquid drop of Mackie & Baym.",
        close(1),
        None,
        "Needs the priority rules of Shchechilin & Chugunov (2019b), which this paper does not give.",
        stated="minor",
    ),
    Claim(
        "figure 1",
        "Each hatched zone begins and ends at the pressures drawn.",
        close(1),
        None,
        "Needs the numbers behind the figure or the explicit priority rules; the paper prints neither.",
        stated="as drawn",
    ),
    Claim(
        "section 2.3.1",
        "Where μₑ falls, all terms on the left of (3) point down.",
        at_least(0.0),
        computed.least_downward_term,
        "The smaller of a nucleus's weight and the electric force on it, least value where μₑ falls, FRDM95. "
        "The lattice's own gradient, which the paper leaves out, is below 1 % of the weight there.",
        stated="down: > 0",
        unit="m_u g",
        see="chapter 3",
    ),
    Claim(
        "section 2.3.1",
        "Elsewhere μₑ rises too steeply, by more than 1.5 times (7), in layers thicker than 1 m.",
        at_least(1.0),
        partial(computed.thickest, "steep"),
        "The thickest such zone, FRDM95, at g = 2·10¹⁴ cm s⁻². " + RULES,
        unit="m",
        see="chapter 3",
    ),
    Claim(
        "section 2.3.1",
        "Elsewhere μₑ rises too little, by less than half of (7), in layers thicker than 1 m.",
        at_least(1.0),
        partial(computed.thickest, "shallow"),
        "The thickest such zone, FRDM95, at g = 2·10¹⁴ cm s⁻². " + RULES,
        unit="m",
        see="chapter 3",
    ),
    Claim(
        "section 2.3.1",
        "The ground state crust is in diffusion equilibrium.",
        at_most(0.005),
        partial(computed.ground_state_remainder, False),
        "The largest deviation of (8) and (9) from equilibrium, without the lattice, outside the neutron "
        "drip's own window.",
        stated="0",
        see="chapter 3",
    ),
)

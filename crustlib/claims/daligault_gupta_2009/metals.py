"""Section 2.2.5, liquid metals beside crusts."""

from functools import partial

from crustlib.claims import plasma_mixtures as computed
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, between

PLACE = "2k_F over the first peak's place, ka = 4.27 of one component at Γ = 100, "

CLAIMS = (
    Claim(
        "section 2.2.5",
        "With one electron from each atom, 2k_F lies just left of the main peak of S.",
        between(0.8, 1.0),
        partial(computed.sphere_over_peak, 1.0),
        PLACE + "with Z_eff = 1.",
        stated="just below 1",
        see="chapter 9",
    ),
    Claim(
        "section 2.2.5",
        "With two, just right of it.",
        between(1.0, 1.2),
        partial(computed.sphere_over_peak, 2.0),
        PLACE + "with Z_eff = 2.",
        stated="just above 1",
        see="chapter 9",
    ),
    Claim(
        "figure 3",
        "In a crust the integral runs over all first peaks.",
        at_least(2.0),
        partial(computed.sphere_over_peak, 34.0),
        PLACE + "with Z = 34: peaks follow at about 1, 2 and 3 times the first's place.",
        stated="several peaks",
        see="chapter 9",
    ),
)

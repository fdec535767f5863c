"""Section III on buoyancy: which crusts are stable with respect to diffusion of ions, and how fast it is."""

from functools import partial

from crustlib.claims import ions_afloat as computed
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, at_most, between

WHERE, FIGURE = "section III, buoyancy", "figure 2, top"
NO_FALL, FALLS = at_most(3e-3), at_least(3e-3)
UNIT = "largest fall"

CLAIMS = (
    Claim(
        WHERE,
        "The velocity of sedimentation is determined by the effective weight A/Z.",
        at_most(0.05),
        computed.coulomb_over_buoyancy,
        "What else acts, the Coulomb energy: its force on a nucleus of charge 50 among those of 40, over its "
        "weight, deep in the inner crust.",
        stated="by A/Z",
        see="chapter 7",
    ),
    Claim(
        FIGURE,
        "The crust of this model is stable with respect to diffusion: A/Z does not fall.",
        NO_FALL,
        partial(computed.warm_fall, "given"),
        "At 0.4 MeV, up to 0.067 fm⁻³, with all nucleons inside a nucleus counted as A.",
        stated="stable",
        unit=UNIT,
        see="chapter 7",
    ),
    Claim(
        FIGURE,
        "14He plays a big role in this.",
        at_least(1.1),
        computed.helium_over_before,
        "A/Z in its layer over that above. No layer above it is unstable either; what a crust without light "
        "nuclei would do deep down is not asked here.",
        stated="a big role",
        see="chapter 7",
    ),
    Claim(
        FIGURE,
        "All equations of state of Ref. [20] have a range of densities where A_cl/Z_cl decreases.",
        FALLS,
        computed.least_of_brussels,
        "The one of BSk22, 24, 25 and 26 that falls least, with A_cl as its file has it.",
        stated="decreases",
        unit=UNIT,
        see="chapter 7",
    ),
    Claim(
        FIGURE,
        "They are not stable with respect to diffusion.",
        FALLS,
        computed.worst_of_brussels,
        "Their A_cl is a surplus over the gas, which shrinks because the gas gets denser, not the nuclei "
        "lighter. With neighbouring layers weighed in the same gas none of the four falls.",
        stated="unstable",
        unit=UNIT,
        see="misprint-counts",
    ),
    Claim(
        FIGURE,
        "Stability is a difference between this model and Ref. [20].",
        NO_FALL,
        partial(computed.warm_fall, "surplus"),
        "The figure has all nucleons inside for one and the surplus for the other. Counted as in Ref. [20], "
        "the surplus of 14He falls further than that of any nucleus there.",
        stated="no fall",
        unit=UNIT,
        see="misprint-counts",
    ),
    Claim(
        WHERE,
        "If ions are exchanged to satisfy diffusion equilibrium, they move out of chemical equilibrium.",
        at_least(0.01),
        computed.force_in_equilibrium,
        "What is left of the force on an ion in chemical equilibrium, over its weight, at 0.4 MeV: nothing "
        "but the error of a difference. Both equilibria are one, whatever A/Z does.",
        stated="not both",
        see="chapter 7",
    ),
    Claim(
        WHERE,
        "The Negele-Vautherin crust is stable.",
        NO_FALL,
        partial(computed.published_fall, "Negele-Vautherin"),
        "With the cluster's 1 + 1/x, x its ratio of protons to neutrons, of two digits.",
        stated="stable",
        unit=UNIT,
        see="chapter 7",
    ),
    *(
        Claim(
            WHERE,
            f"The {name} crust is stable.",
            at_most(3e-3),
            None,
            f"Needs clusters: the published table has whole cells, whose A/Z {words}.",
            stated="stable",
            see="chapter 7",
        )
        for name, words in (
            ("D1M", "does not fall"),
            ("D1M*", "falls by 0.7 % in the last step, where Z goes from 40 to 92"),
        )
    ),
    *(
        Claim(
            WHERE,
            f"The {name} crusts are {verdict}.",
            NO_FALL if verdict == "stable" else FALLS,
            None,
            f"Needs the tables of {source}, which are in no package; crusts.from_table reads yours.",
            stated=verdict,
            see="chapter 7",
        )
        for name, verdict, source in (
            ("GPPVA", "unstable", "Grill et al. (2014)"),
            ("SPG", "stable", "Scurto et al. (2024)"),
        )
    ),
    Claim(
        WHERE,
        "For the outer crust, the gravitational separation of ions occurs on a timescale of one day.",
        between(0.1, 10.0),
        computed.days_in_outer_crust,
        "Carbon in iron at 10⁸ g cm⁻³ and 0.1 MeV, to drift a scale height; longer below. A day belongs to "
        "shallower envelopes.",
        stated="1 day",
        unit="days",
        see="chapter 7",
    ),
    Claim(
        WHERE,
        "Diffusion and cooling timescales seem to be comparable, about a day.",
        between(0.1, 10.0),
        computed.days_in_inner_crust,
        "A scale height in the inner crust of BSk24 at 1 MeV, with all of its fall in A/Z as the difference. "
        "The paper says that it has no estimate for the inner crust.",
        stated="1 day",
        unit="days",
        see="chapter 7",
    ),
    Claim(
        WHERE,
        "The temperature at which statistical equilibrium freezes out stands for that of crystallisation.",
        between(0.5, 2.0),
        computed.melting_over_freeze_out,
        "Melting temperature where A/Z of BSk24 begins to fall, over 0.4 MeV: it is frozen before.",
        stated="about the same",
        see="chapter 7",
    ),
    Claim(
        WHERE,
        "When the crust crystallizes, diffusion becomes strongly suppressed.",
        at_most(0.1),
        None,
        "Needs a coefficient of diffusion in Coulomb crystals, which this book does not compute.",
        stated="suppressed",
        see="chapter 7",
    ),
    Claim(
        WHERE,
        "The ion subsystem may suffer from diffusional instabilities regardless of the unbound neutrons.",
        FALLS,
        computed.accreted_fall,
        "Not in crusts in equilibrium. In the accreted crust with FRDM(2012) masses, where 48Si turns into "
        "40Mg, A/Z does fall; it is frozen.",
        stated="possible",
        unit=UNIT,
        see="chapter 7",
    ),
)

"""Section 4.1, the linear mixing rule."""

from functools import partial

from crustlib.claims import plasma_mixtures as computed
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_most, close

BROAD = "charges 8, 26 and 40 (2 to 3 to 5), solved at Γ_eff = 100"

CLAIMS = (
    Claim(
        "equation (36)",
        "Excess energies mix linearly.",
        close(1.0, relative=0.005),
        partial(computed.linear_mixing, "energy"),
        f"The rule's over that of {BROAD}.",
        see="chapter 9",
    ),
    Claim(
        "equation (37)",
        "Excess free energies mix linearly, very accurately.",
        close(1.0, relative=0.005),
        partial(computed.linear_mixing, "free energy"),
        f"The rule's over that of {BROAD}.",
        see="chapter 9",
    ),
    Claim(
        "equation (38)",
        "The excess energy is an integral of S_zz (bare Coulomb forces).",
        close(1.0, relative=1e-4),
        partial(computed.energy_38, False, True),
        f"(38) over the energy from pair distributions of {BROAD}.",
        see="chapter 9",
    ),
    Claim(
        "equation (38)",
        "With screening, the last term of (38) is −k_sc⟨Z²⟩/2.",
        close(1.0, relative=0.01),
        partial(computed.energy_38, True, True),
        "(38) over the energy from pair distributions, of the same charges, screened. The term lacks "
        "Γ_e/⟨Z⟩^(1/3); with it both agree.",
        kind="print",
        see="misprint-self-energy",
    ),
    Claim(
        "equation (38)",
        "With screening and a last term −k_sc⟨Z²⟩/2 Γ_e/⟨Z⟩^(1/3), it is the excess energy.",
        close(1.0, relative=1e-4),
        partial(computed.energy_38, True, False),
        "(38), so corrected, over the energy from pair distributions, of the same charges, screened.",
        see="misprint-self-energy",
    ),
    Claim(
        "equation (39)",
        "The weights of S_j are ⟨Z⟩^(1/3) x_j Z_j^(5/3)/⟨Z²⟩.",
        close(1.0, relative=1e-3),
        computed.sum_of_weights,
        "Their sum for charges 8, 26 and 40, to which S_zz would tend at large k; (18) has it tend to 1.",
        kind="print",
        stated="sum 1",
        see="misprint-mixing",
    ),
    Claim(
        "below equation (39)",
        "(39) in (38) gives (36).",
        close(1.0, relative=0.01),
        partial(computed.energy_by_rule, "paper"),
        "(38) of that S_zz, without screening and up to ka = 40, over (36): it grows with that limit.",
        kind="print",
        see="misprint-mixing",
    ),
    Claim(
        "section 4.1",
        "A mixing rule for structure factors gives that of energies.",
        close(1.0, relative=0.01),
        partial(computed.energy_by_rule, "linear"),
        "(38) of S_zz with the weights x_j Z_j²/⟨Z²⟩ of (30), without screening and up to ka = 40, over "
        "(36).",
        see="chapter 9",
    ),
    Claim(
        "equation (40)",
        "(40) gives ln Λ of mixtures very accurately, and is the rule of the fit (41).",
        at_most(1),
        partial(computed.error_of_rule, "paper"),
        f"By how much (40) as printed misses {BROAD}, x_r = 10.",
        kind="print",
        stated="very accurate",
        unit="%",
        see="misprint-mixing",
    ),
    Claim(
        "section 4.1",
        "Some mixing rule holds for any mixture, over a wide range of couplings.",
        at_most(1),
        partial(computed.worst_error, "linear"),
        "By how much (30) misses ln Λ of charges 8, 26 and 40, the largest for Γ_eff = 1 to 100.",
        stated="very accurate",
        unit="%",
        see="chapter 9",
    ),
    Claim(
        "section 4.1",
        "The rule overestimates peaks of S_zz by at most 10 %.",
        at_most(10),
        computed.excess_of_peaks,
        "With the weights of (30), mixtures 1 to 5 with three charges of their moments. With those of "
        "(39) as printed, hardly any peak is overestimated: chapter 9 shows both.",
        stated="at most 10",
        unit="%",
        see="chapter 9",
    ),
    Claim(
        "figure 10",
        "ln Λ of mixture 1 is the same by simulation and by rule.",
        at_most(1),
        partial(computed.error_of_rule, "linear", 1),
        "By how much (30) misses it, three charges with its moments, solved. Simulations are not here yet.",
        stated="the same",
        unit="%",
        see="chapter 9",
    ),
    Claim(
        "section 4.1",
        "Mixtures 1 to 8 have Γ of at least 70.",
        close(70.0, relative=0.02),
        partial(computed.table_2, 1, min, range(1, 9)),
        "The smallest Γ_eff of theirs in Table 2.",
        kind="print",
        see="misprint-words",
    ),
    Claim(
        "section 4.1",
        "Mixtures 1 to 8 have Γ of at most 140.",
        close(140.0, relative=0.02),
        partial(computed.table_2, 1, max, range(1, 9)),
        "The largest Γ_eff of theirs in Table 2.",
        kind="print",
        see="misprint-words",
    ),
    Claim(
        "figures 6 to 8, 14 and 15",
        "S_zz of the simulated mixtures, point by point.",
        close(1),
        None,
        "Needs the compositions of Gupta et al. (2007), and molecular dynamics.",
        stated="as drawn",
        see="chapter 9",
    ),
)

"""Section 2.2.2, bremsstrahlung of neutrino pairs."""

from functools import partial

from crustlib.claims import electron_scattering as computed
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_most, close

CLAIMS = (
    Claim(
        "equation (22)",
        "The emissivity goes as G_F.",
        close(1.0),
        partial(computed.exponent, "G_F"),
        "The power of G_F that makes it an energy per volume and time. Two weak vertices say so, too.",
        kind="print",
        see="misprint-neutrino",
    ),
    Claim(
        "equation (22)",
        "The density of nuclei is not in it.",
        close(0.0),
        partial(computed.exponent, "n"),
        "The power of n that makes it an energy per volume and time.",
        kind="print",
        see="misprint-neutrino",
    ),
    Claim(
        "below equation (23)",
        "C_+² = 1.675.",
        close(1.675, relative=0.005),
        computed.coupling_to_pairs,
        "Of electron, muon and tau neutrinos with sin²θ_W = 0.2312.",
        see="chapter 10",
    ),
    Claim(
        "below equation (23)",
        "a(k) = 1 − 2k²/(4k_F² − k²) ln(k/2k_F).",
        close(1.0, relative=0.01),
        computed.neutrinos_as_printed,
        "L of (23) over that with the other sign, of iron. With the printed one a(k) rises to 2 at 2k_F, "
        "where electrons that keep their helicity cannot turn back: it should vanish.",
        kind="print",
        see="misprint-neutrino",
    ),
    Claim(
        "section 4.1",
        "The mixing rule holds for neutrinos, too.",
        at_most(1),
        computed.neutrinos_by_rule,
        "By how much rule (30) misses L of charges 8, 26 and 40, solved at Γ_eff = 100, x_r = 10.",
        stated="high accuracy",
        unit="%",
        see="chapter 9",
    ),
    Claim(
        "below equation (23)",
        "Thermal broadening R_T can be set to 1 below 6·10⁸ K.",
        close(1.0, relative=0.1),
        None,
        "Needs R_T of Haensel et al. (1996), which neither the paper nor this package has.",
    ),
)

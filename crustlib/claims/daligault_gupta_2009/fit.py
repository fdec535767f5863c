"""Section 4.2, the analytic fit."""

from functools import partial

from crustlib.claims import conductivities as computed
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_most, close

CLAIMS = (
    Claim(
        "equation (42)",
        "The fit matches ln Λ very well.",
        at_most(5),
        computed.worst_fit,
        "Its largest error, corrected, for Z from 20 to 60, Γ from 10 to 225, x_r from 1 to 1000, against "
        "our integral; the paper's used the structure factors of Young et al. (1991).",
        stated="very well",
        unit="%",
        see="misprint-fit",
    ),
    Claim(
        "equation (46)",
        "b₁ = −0.0193203 for Γ > 30, x_r > 10.",
        close(1.0, relative=0.1),
        partial(computed.fit_over_table, 26.0, 100.0, 20.0, "fit-as-printed"),
        "The fit as printed over the integral: iron, Γ = 100, x_r = 20. The number repeats b₀'s; 0.0693 "
        "continues b₁ from below x_r = 10.",
        kind="print",
        see="misprint-fit",
    ),
    Claim(
        "equation (46)",
        "With b₁ = 0.0693 for Γ > 30, x_r > 10, continued from below, the fit holds.",
        close(1.0, relative=0.1),
        partial(computed.fit_over_table, 26.0, 100.0, 20.0, "fit"),
        "The corrected fit over the integral: iron, Γ = 100, x_r = 20.",
        see="misprint-fit",
    ),
    Claim(
        "equation (43)",
        "The bracket of (43) has (1 + 4β²q²).",
        close(1.0, relative=0.001),
        partial(computed.logarithm_43, 4.0, 1.0, "Thomas-Fermi"),
        "The bracket, halved, over (27) with Thomas and Fermi's ε by quadrature, x_r = 1.",
        kind="print",
        see="misprint-fit",
    ),
    Claim(
        "equation (43)",
        "Without the factor in front, (43) is (27) with Thomas and Fermi's ε.",
        close(1.0, relative=1e-6),
        partial(computed.logarithm_43, 2.0, 1.0, "Thomas-Fermi"),
        "Its bracket with 2β²q², halved, over (27) by quadrature, x_r = 1.",
        see="misprint-fit",
    ),
    Claim(
        "equation (43)",
        "The factor (1 + 396x_r)/(0.466 + 394x_r) makes it (27) with the full ε.",
        close(1.0, relative=0.005),
        partial(computed.logarithm_43, 2.0, 10.0, "full"),
        "(43) with 2β²q² over (27), x_r = 10.",
        see="misprint-fit",
    ),
    Claim(
        "section 4.2",
        "The fit has no restriction on Γ.",
        close(1.0, relative=0.1),
        partial(computed.fit_over_table, 26.0, 1e5, 5.0, "fit-as-printed"),
        "The fit over the integral with the amorphous structure of Γ = 225: iron, Γ = 10⁵, x_r = 5, where "
        "no misprint matters. C₁Γ rises without end.",
        see="misprint-fit",
    ),
    Claim(
        "figure 12",
        "Beyond Γ = 225 the fit extends smoothly.",
        close(1.0, relative=0.1),
        partial(computed.fit_over_table, 26.0, 500.0, 5.0, "fit-as-printed"),
        "The fit over the integral with the amorphous structure of Γ = 225: iron, Γ = 500, x_r = 5.",
        see="misprint-fit",
    ),
)

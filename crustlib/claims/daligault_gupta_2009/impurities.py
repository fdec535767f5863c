"""Section 2.2.3, the impurity formula and the older mixing rule."""

from functools import partial

import numpy as np

from crustlib.claims import conductivities as computed
from crustlib.claims import plasma_mixtures as mixtures
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, at_most, between, close

ROWS = "mixtures of Table 2, without 10 to 13, whose rounded ⟨Z⟩ leaves no Q_imp. "

CLAIMS = (
    Claim(
        "equation (24)",
        "Q_imp = Σ_j xᵢ(Zᵢ − ⟨Z⟩)².",
        close(1.0, relative=0.01),
        computed.printed_impurity,
        "That over ⟨Z²⟩ − ⟨Z⟩² in burst ashes, i the most frequent charge. It should be j throughout.",
        kind="print",
        see="misprint-words",
    ),
    Claim(
        "figure 2",
        "The more impurities, the less scattering splits into that of a medium and theirs.",
        at_least(5.0),
        computed.splitting_worsens,
        "Liquid iron with nuclei of Z = 8: the error of the sum against rule (30), with 40 % of them over "
        "that with 1 %.",
        stated="worse",
        see="chapter 10",
    ),
    Claim(
        "section 1",
        "Above 10¹¹ g cm⁻³ impurity goes down to Q_imp = 40.",
        close(40.0, relative=0.1),
        mixtures.impurity_of_ash,
        "Of burst ashes at 2.16·10¹¹ g cm⁻³, the only published composition.",
        see="chapter 10",
    ),
    Claim(
        "below equation (27)",
        "ln Λ_imp is of the order of ln Λ.",
        between(1 / 3, 3.0),
        partial(computed.over_impurities, np.median),
        "ln Λ/ln Λ_imp, the median of the " + ROWS,
        stated="same order",
        see="chapter 10",
    ),
    Claim(
        "equation (29)",
        "As ln Λ_imp is much like ln Λ, ν/ν_imp is ⟨Z²⟩/Q_imp.",
        close(1.0, relative=0.3),
        partial(computed.over_impurities, np.median),
        "ν/ν_imp over ⟨Z²⟩/Q_imp, that is ln Λ/ln Λ_imp, the median of Table 2. Neighbours screen a "
        "nucleus; in (27) a residual charge has none.",
        see="chapter 10",
    ),
    Claim(
        "equation (29)",
        "⟨Z²⟩/Q_imp is about 10.",
        between(5.0, 20.0),
        partial(computed.stated_ratio, np.median),
        "The median of the " + ROWS,
        stated="10",
        see="chapter 10",
    ),
    Claim(
        "equation (29)",
        "ν/ν_imp is about 10 over the whole outer crust.",
        between(5.0, 20.0),
        partial(computed.ratio_of_conductivities, min),
        "κ_imp/κ by (25) and (30), the smallest of the " + ROWS,
        stated="10",
        see="chapter 10",
    ),
    Claim(
        "section 2.2.3",
        "Impurities alone let a liquid mixture conduct far too well.",
        at_least(2.0),
        computed.ash_as_impurities,
        "κ_imp/κ of burst ashes at 2.16·10¹¹ g cm⁻³, the only published composition.",
        stated="much higher",
        see="chapter 10",
    ),
    Claim(
        "equation (30)",
        "ln Λ mixes with the weights x_j Z_j²/⟨Z²⟩ (Potekhin et al. 1999).",
        at_most(1),
        partial(mixtures.error_of_rule, "linear"),
        "By how much that misses ln Λ of charges 8, 26 and 40, solved at Γ_eff = 100, x_r = 10.",
        stated="corroborated",
        unit="%",
        see="chapter 9",
    ),
    Claim(
        "section 2.2.3",
        "The new rule is slightly modified from (30).",
        at_most(2),
        mixtures.rules_apart,
        "By how much (40) as printed changes ln Λ, at most in mixtures with the moments of Table 2.",
        kind="print",
        stated="slightly",
        unit="%",
        see="misprint-mixing",
    ),
)

"""Section 5, conductivities of superburst progenitors."""

from functools import partial

import numpy as np

from crustlib.claims import conductivities as computed
from crustlib.claims import plasma_mixtures as mixtures
from crustlib.claims import simulations
from crustlib.claims.claim import Claim
from crustlib.claims.daligault_gupta_2009.impurities import ROWS
from crustlib.claims.rules import at_least, at_most, between, close

CLAIMS = (
    Claim(
        "section 5",
        "Amorphous crust conducts less heat than impurities alone would let it, by an order of magnitude.",
        between(5.0, 20.0),
        partial(computed.ratio_of_conductivities, np.median),
        "κ_imp/κ by (25) and (30), the median of the " + ROWS,
        stated="10",
        see="chapter 10",
    ),
    Claim(
        "section 5",
        "⟨Z²⟩ is less sensitive than Q_imp to changes of the composition.",
        at_least(1.0),
        mixtures.steadiness_of_squares,
        "The fall of ln Q_imp over that of ln ⟨Z²⟩ from mixture 1 to 17 of Table 2.",
        stated="above 1",
        see="chapter 10",
    ),
    Claim(
        "figure 13",
        "κ of simulated mixtures is reproduced by rule (40).",
        at_most(2),
        partial(simulations.worst_rule, "paper", tuple(simulations.TABLE_2.values())),
        "By how much (40) as printed misses ln Λ of simulations of five charges with the moments of "
        "mixtures 1, 3 and 6, at most: κ is its inverse.",
        kind="print",
        stated="accurately",
        unit="%",
        see="misprint-mixing",
    ),
    Claim(
        "section 5",
        "Superbursts ignite at about 10⁹ g cm⁻³, a column of 10¹² g cm⁻².",
        between(1e9 / 10**0.5, 1e9 * 10**0.5),
        computed.density_at_column,
        "Where electrons of burst ashes have the pressure of that column, at g = 2·10¹⁴ cm s⁻².",
        stated="1e9",
        unit="g cm⁻³",
        see="chapter 10",
    ),
    Claim(
        "section 5",
        "An amorphous crust favours the ignition of superbursts, whatever neutrinos the core emits.",
        close(1),
        None,
        "Needs the thermal models of Brown (2004) and Cooper & Narayan (2005).",
        stated="favours",
        see="chapter 10",
    ),
)

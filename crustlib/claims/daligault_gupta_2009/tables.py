"""Tables 2 and 4, and figure 3's caption."""

from functools import partial

from crustlib.claims import conductivities, simulations
from crustlib.claims import plasma_mixtures as computed
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, at_most, close

CLAIMS = (
    Claim(
        "Table 2",
        "E_F is the electrons' Fermi energy, m_e*c².",
        at_least(1.0),
        computed.smallest_energy,
        "The smallest of the table over m_e c². It is without the rest mass; (9) needs it with.",
        kind="print",
        see="misprint-fermi",
    ),
    Claim(
        "Table 2",
        "E_F and ρ belong together.",
        close(0.44, absolute=0.03),
        computed.electrons_per_baryon,
        "Electrons per baryon of mixture 2, E_F without the rest mass; ashes of bursts have 0.44 or so.",
        stated="about 0.44",
        see="misprint-fermi",
    ),
    Claim(
        "Table 2",
        "Γ_eff, ⟨Z⟩ and ⟨Z²⟩ of each mixture.",
        close(0),
        computed.impossible_rows,
        "The number of rows, of 17, that no composition with charges from 1 to 60 has, rounding allowed for.",
        kind="print",
        stated="possible in all rows",
        see="misprint-table2",
    ),
    Claim(
        "Table 2",
        "ak_F and ⟨Z⟩ of each mixture.",
        close(0),
        computed.rows_with_other_mean,
        "The number of rows where (9π⟨Z⟩/4)^(1/3) is not ak_F, rounding of both allowed for. ak_F has "
        "more digits of ⟨Z⟩ than ⟨Z⟩ has.",
        kind="print",
        stated="the same in all rows",
        see="misprint-table2",
    ),
    Claim(
        "Table 2",
        "Mixtures reach over four orders of magnitude in density.",
        close(4.0, absolute=0.5),
        conductivities.decades_of_density,
        "The decimal logarithm of the largest over the smallest density.",
        stated="4",
    ),
    Claim(
        "Table 3",
        "Species with fewer than ten nuclei in a simulation are left out.",
        at_most(10),
        simulations.nuclei_left_out,
        "Nuclei that N falls short of a multiple of 5000 over species that are left out, the largest of the "
        "17 mixtures: what follows without their compositions.",
        stated="below 10 each",
    ),
    Claim(
        "Table 3",
        "Mixtures have as many species as in Table 2.",
        close(0),
        simulations.other_species,
        "The number of mixtures, of 17, for which the two tables differ.",
        kind="print",
        stated="in all rows",
    ),
    Claim(
        "Table 3",
        "N_k lengths of wave vectors reach 2k_F, as (34) has it.",
        at_least(0.99),
        simulations.reach_of_norms,
        "Where the N_k-th length in a box of N nuclei lies over 2k_F, the median of 17 mixtures.",
        kind="print",
        stated="1",
        see="misprint-words",
    ),
    Claim(
        "appendix A",
        "They are all lengths with a₁k ≤ 22.",
        close(22.0),
        None,
        "Needs what a₁ is, which is nowhere said: the N_k-th length is at ak = 7.3 to 9.1.",
        kind="print",
        see="misprint-words",
    ),
    Claim(
        "Table 4",
        "Γ_eff of mixtures 1 to 8 at other temperatures.",
        at_most(0.01),
        computed.couplings_of_table_4,
        "How far it is from Table 2's, scaled with 1/T, at most.",
        stated="as in Table 2",
        see="misprint-table2",
    ),
    Claim(
        "figure 3",
        "Mixture 1 has Γ_eff = 60 at 0.27 GK.",
        close(60.0, relative=0.01),
        partial(computed.coupling_at, 1, 0.27),
        "Table 2's, scaled with 1/T.",
        see="misprint-words",
    ),
    Claim(
        "figure 3",
        "Mixture 9 has Γ_eff = 153 at 0.8 GK.",
        close(153.0, relative=0.01),
        partial(computed.coupling_at, 9, 0.8),
        "Table 2's, scaled with 1/T. At 0.86 GK it would be 153.",
        kind="print",
        see="misprint-words",
    ),
)

"""Section III: the composition of the crust, the layer of 14He, and what that means for transport."""

from functools import partial

from crustlib.claims import warm_crusts as computed
from crustlib.claims.claim import Claim
from crustlib.claims.rules import at_least, at_most, between, close

RESULTS = "section III"
SEE = "chapter 6"
EDGE = "With helium up to N = 12, where the table ends: one neutron more, and it is 15He."


def _layer(field: str, temperature: float) -> float:
    """Return a field of the layer at a temperature (MeV)."""
    return float(getattr(computed.layer(temperature), field))


CLAIMS = (
    Claim(
        RESULTS,
        "Deep in the inner crust there is an almost pure layer of 14He.",
        at_least(0.99),
        partial(_layer, "purity", computed.WARM),
        f"Its share of the nuclei's baryons where it is most abundant, at 0.4 MeV. {EDGE}",
        stated="almost pure",
        see=SEE,
    ),
    Claim(
        RESULTS,
        "14He becomes abundant at about 0.006 fm⁻³.",
        close(0.006, relative=0.1),
        partial(_layer, "onset", computed.WARM),
        "Where it holds 10 % of the baryons at 0.4 MeV.",
        unit="fm⁻³",
        see=SEE,
    ),
    Claim(
        RESULTS,
        "It comprises almost 40 % of the mass.",
        between(0.35, 0.4),
        partial(_layer, "largest", computed.WARM),
        f"Its largest share of the baryons at 0.4 MeV. {EDGE}",
        see=SEE,
    ),
    Claim(
        RESULTS,
        "The layer persists over the whole temperature domain, 0.1 MeV included.",
        between(0.35, 0.4),
        computed.least_over_temperatures,
        "The least of its largest shares at 0.1, 0.4 and 1 MeV.",
        stated="persists",
        see=SEE,
    ),
    Claim(
        RESULTS,
        "The layer extends up to the transition to homogeneous matter.",
        at_least(0.99),
        partial(computed.share_at_the_end, computed.COLD),
        "Its share of the nuclei's baryons at 0.066 fm⁻³, 0.1 MeV.",
        stated="up to there",
        see=SEE,
    ),
    Claim(
        RESULTS,
        "It raises A_cl/Z_cl to 7.",
        close(7.0, absolute=0.01),
        partial(computed.ratio_in_the_layer, computed.WARM),
        "Where it is most abundant, at 0.4 MeV.",
        see=SEE,
    ),
    Claim(
        RESULTS,
        "BSk25 gives the lowest onset of all interactions …",
        at_most(1.0),
        computed.onset_over_lowest,
        "The onset with BSk25 over the lowest with BSk22, BSk24, BSk26 or SLy4, at 0.1 MeV.",
        stated="the lowest",
        see=SEE,
    ),
    Claim(
        RESULTS,
        "… and the highest mass fraction.",
        at_least(1.0),
        computed.largest_over_highest,
        "The largest share with BSk25 over the highest with BSk22, BSk24, BSk26 or SLy4, at 0.1 MeV.",
        stated="the highest",
        see=SEE,
    ),
    Claim(
        "figure 1",
        "Nuclei prefer magic numbers of neutrons, 50 and 82 above all.",
        at_least(0.5),
        computed.magic,
        "The part of the crust from 10⁻⁶ to 0.005 fm⁻³, in ln n, whose commonest nucleus has "
        "either, at 0.4 MeV.",
        stated="prefer",
        see=SEE,
    ),
    Claim(
        "figure 2",
        "Up to 0.006 fm⁻³, mass fractions at 0.1 MeV are those of Pearson et al.",
        at_most(0.05),
        partial(computed.gas_difference, "BSk25"),
        "The largest difference of the free neutrons' share.",
        stated="the same",
        see=SEE,
    ),
    Claim(
        "figure 2",
        "… and with other interactions the agreement is very good, too.",
        at_most(0.05),
        computed.worst_gas_difference,
        "The same with BSk22, BSk24 and BSk26.",
        stated="very good",
        see=SEE,
    ),
    Claim(
        "figure 2",
        "There, A_cl/Z_cl is very similar to that of Pearson et al. …",
        at_most(0.1),
        partial(computed.against_published, "ratio"),
        "The largest relative difference up to 0.006 fm⁻³.",
        stated="very similar",
        see=SEE,
    ),
    Claim(
        "figure 2",
        "… though their clusters are much heavier.",
        at_least(1.5),
        partial(computed.against_published, "A"),
        "The largest ratio of mass numbers up to 0.006 fm⁻³.",
        stated="very different",
        see=SEE,
    ),
    Claim(
        "figure 2",
        "Temperature changes the mass fractions below 10⁻³ fm⁻³ …",
        at_least(0.05),
        partial(computed.effect_of_temperature, 1e-5, 1e-3),
        "The largest difference of the free nucleons' share between 0.1 and 0.4 MeV.",
        stated="some",
        see=SEE,
    ),
    Claim(
        "figure 2",
        "… but negligibly at higher densities.",
        at_most(0.02),
        partial(computed.effect_of_temperature, 1e-3, 5e-3),
        "The same from 10⁻³ to 0.005 fm⁻³, before the layer.",
        stated="negligible",
        see=SEE,
    ),
    Claim(
        "figure 2",
        "14He appears at somewhat lower density where it is hotter.",
        between(0.8, 1.0),
        computed.onset_with_temperature,
        "The onset at 0.4 MeV over that at 0.1 MeV.",
        stated="somewhat lower",
        see=SEE,
    ),
    Claim(
        "figure 2",
        "Steps of A_cl/Z_cl, from shells and pairing, are smoothed out by temperature, but not completely.",
        between(0.1, 0.9),
        computed.steps,
        "The steepest rise of A/Z above the layer at 0.4 MeV, over that at 0.1 MeV.",
        stated="in part",
        see=SEE,
    ),
    Claim(
        RESULTS,
        "Hartree-Fock, extended Thomas-Fermi and liquid-drop models cannot deal with nuclides "
        "that have no bulk.",
        at_least(1.0),
        None,
        "Needs such calculations for cells of 14 bound nucleons. By the binding of uniform "
        "matter, 14He would have a "
        "surface energy of 6 MeV only (BSk25).",
    ),
    Claim(
        RESULTS,
        "In the layer Q_imp is at most 0.01, below 0.5 MeV …",
        at_most(0.01),
        computed.worst_impurity,
        f"The largest from 0.0085 to 0.066 fm⁻³ at 0.1 and 0.4 MeV. {EDGE}",
        see=SEE,
    ),
    Claim(
        RESULTS,
        "… and almost independent of density.",
        at_most(10.0),
        computed.spread_of_impurity,
        "The largest over the least there, at 0.4 MeV, while the density grows eightfold.",
        stated="almost constant",
        see=SEE,
    ),
    Claim(
        RESULTS,
        "In the crust of Potekhin & Chabrier Q_imp oscillates between 0.01 and 100.",
        between(0.01, 100.0),
        None,
        "Needs their composition, which is not published in numbers.",
    ),
    Claim(
        RESULTS,
        "The layer may conduct heat and charge very differently from layers of massive nuclei.",
        at_least(3.0),
        computed.conductivity_ratio,
        "Electrons' thermal conductivity at 0.0085 fm⁻³ over that at 0.005, at 0.1 MeV, by "
        "chapter 10's formulas. They "
        "take a classical liquid; at T_p/T of 2 to 4 it is none.",
        stated="very differently",
        see="chapter 10",
    ),
    Claim(
        RESULTS,
        "The crystallisation temperature of one kind of nuclei goes as Z².",
        close(2.0, absolute=0.05),
        computed.exponent_of_melting,
        "At the ion density it does. Where nuclei turn into smaller ones the electron density "
        "stays, and it goes as "
        "Z^(5/3).",
        see="misprint-crystallisation",
    ),
    Claim(
        RESULTS,
        "With Z from 20 to 40 turning into 2, it drops by a factor of 100 to 400.",
        between(100.0, 400.0),
        computed.melting_ratio,
        "At 0.005 fm⁻³ over that at 0.0085 (Z = 28 above). Z^(5/3) alone gives 46 to 147. The liquid is a "
        "quantum liquid besides: r_s is 20 to 11, and the classical formula does not apply.",
        see="misprint-crystallisation",
    ),
    Claim(
        RESULTS,
        "Shallower layers might be frozen while deeper ones are still liquid.",
        at_least(1.0),
        computed.frozen_above_liquid,
        "T_m/T at 0.005 fm⁻³ over the larger of 1 and T_m/T at 0.0085 fm⁻³, at 0.1 MeV.",
        stated="frozen above",
        see=SEE,
    ),
    Claim(
        RESULTS,
        "The onset of 14He suddenly changes the ion plasma temperature, which is proportional to Z.",
        at_most(0.5),
        computed.plasma_ratio,
        "At 0.0085 fm⁻³ over that at 0.005: by the ratio of Z it would be 0.07. With nₑ it goes "
        "as (nₑ Z/A)^(1/2), "
        "and hardly changes.",
        stated="a sudden change",
        see="misprint-crystallisation",
    ),
    Claim(
        RESULTS,
        "All nuclei of an inner crust are beyond the neutron drip, by its very definition.",
        at_least(1.0),
        computed.beyond_the_drip,
        "The part of the inner crust above the layer, in ln n, whose commonest nucleus has Sₙ < "
        "0, at 0.1 MeV. Free "
        "neutrons ask that no neutron more is bound; closed shells bind the last one they have. "
        "In the layer itself "
        "it is true.",
        stated="all",
        see=SEE,
    ),
    Claim(
        RESULTS,
        "In dense media nuclei do not have their vacuum masses; studies do not suffice for a "
        "realistic treatment.",
        at_least(0.0),
        None,
        "Needs binding energies in a gas of neutrons. Chapter 6 has what the layer bears: 6.5 "
        "MeV from 14He alone, "
        "more than 12 if its neighbours lose as much.",
    ),
    Claim(
        RESULTS,
        "Other exotic light clusters, such as tetraneutron resonances, may be relevant.",
        at_least(0.01),
        computed.tetraneutrons,
        "The share of baryons in tetraneutrons 2.37 MeV above threshold, at 0.005 fm⁻³ and 0.4 "
        "MeV: all but everything, "
        "which says that clusters of neutrons need Pauli's principle and not only a volume.",
        stated="relevant",
        see=SEE,
    ),
)

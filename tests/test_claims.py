"""The ledger: every verdict follows from its number, and the numbers are those known from elsewhere."""

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crustlib import claims
from crustlib.claims import rules
from crustlib.claims.claim import Claim

pytestmark = pytest.mark.slow

PAPER = "Chugunov & Shchechilin (2020)"
MIXTURES = "Daligault & Gupta (2009)"
HEAD = [
    "paper",
    "where",
    "kind",
    "statement",
    "stated",
    "computed",
    "unit",
    "tolerance",
    "verdict",
    "why",
    "see",
]


@pytest.fixture(scope="session")
def whole():
    return claims.ledger()


def row(table, where, words, paper=PAPER):
    at = (table["paper"] == paper) & (table["where"] == where)
    found = table[at & table["statement"].str.contains(words, regex=False)]
    assert len(found) == 1, f"{len(found)} claims {where} with {words!r}"
    return found.iloc[0]


def test_every_row_is_whole(whole):
    assert list(whole.columns) == HEAD
    assert len(whole) >= 30
    assert not whole.duplicated(["paper", "where", "statement"]).any()
    assert set(whole["verdict"]) == set(claims.VERDICTS)
    assert set(whole["kind"]) == {"physics", "print"}
    for name in ("where", "statement", "stated", "why"):
        assert (whole[name].str.len() > 0).all(), name
    tested = whole["verdict"] != "cannot be tested"
    assert whole["computed"][tested].map(math.isfinite).all()
    assert whole["computed"][~tested].isna().all()
    assert (whole["tolerance"][tested].str.len() > 0).all()
    assert whole["why"][~tested].str.startswith("Needs ").all()  # and says what


@pytest.mark.parametrize(
    ("where", "words", "number", "tolerance", "verdict"),
    [
        # re-derived by hand, see the page on misprints
        ("equation (11)", "3·10²⁸", 1.667e28, 1e-3, "differs"),
        ("equation (11)", "A^(1/3)", 1 - 2 / 3 * 70 ** (1 / 3) / (1 + 70 ** (1 / 3)), 1e-3, "differs"),
        ("equation (11)", "ρₙ^(−1/3)", -1 / 3, 1e-6, "reproduced"),
        ("below equation (9)", "P_ei = ∂", -1.0, 1e-6, "differs"),
        ("section 2.1", "P = −∂", 1.0, 1e-6, "reproduced"),
        ("below equation (4)", "type k", 1.0, 0.01, "differs"),  # n_i << n_n: one side vanishes
        ("section 3", "6·10²⁸", 6.022e28, 1e-3, "reproduced"),  # Avogadro's number
        ("below equation (10)", "1.6·10⁹", 1.64e9, 0.005, "reproduced"),
        # of neutrons, 2.6e-22 cm^2 against 4.8e-24
        ("below equation (10)", "cross-section", 54.0, 0.02, "differs"),
        # a frozen count of the mass models on the physics page: with the lattice all, without it none
        ("section 2.3.1", "every tabulated model", 4, 0, "reproduced"),
        ("section 2.1", "μₑ falls somewhere", 0, 0, "differs"),
        ("section 2.1", "strong violation remains", 4, 0, "reproduced"),
        ("equation (7)", "In diffusion equilibrium", 1.0, 1e-3, "reproduced"),
        ("equation (8)", "P_ei cannot grow", 0.0, 0.01, "reproduced"),
        ("equation (9)", "Pₙ grows too fast", 2.45, 0.1, "reproduced"),  # 2.2 to 2.7
        # without a lattice P_e is all of P above the drip; where 40Mg burns, n_e and so P_e stand still
        ("section 4", "valid in the outer crust", 1.0, 1e-3, "reproduced"),
        ("section 2.3.2", "gives the pycnonuclear region its thickness", 1.0, 0.01, "reproduced"),
        ("section 2.3.2", "With masses from tables", 0.0, 0, "reproduced"),
        # Z sigma_en/sigma_ni p_e/p_n by hand: 12 x 8.1e-31/2.0e-22 x 0.4 at 1.7e12 g cm^-3, and so on
        ("section 3", "between electrons and neutrons", 1e-6, 1.0, "reproduced"),
        # 0.223 and 2.14 MeV per baryon of the physics page and of the network, over 2.143
        ("section 4", "the heat is significantly different", 0.223 / 2.143, 0.01, "reproduced"),
        ("section 4", "wherever the interface lies", 1.0, 0.05, "differs"),
        # 18 against 12 where only 40Mg is left
        ("section 4", "the composition is", 6.0, 0.1, "reproduced"),
        # the third law leaves no other friction than the weight that nothing else bears
        ("section 3", "friction on a neutron", 1.0, 0.05, "reproduced"),
    ],
)
def test_known_numbers(whole, where, words, number, tolerance, verdict):
    found = row(whole, where, words)
    assert found["computed"] == pytest.approx(number, rel=tolerance, abs=tolerance if number == 0 else None)
    assert found["verdict"] == verdict


BRAGG = 8 * math.pi**2 / (8 * math.pi / 3) ** (2 / 3)  # (k a)^2 of a bcc lattice's first peak
MOMENT = 0.2 * 8 ** (5 / 3) + 0.3 * 26 ** (5 / 3) + 0.5 * 40 ** (5 / 3)  # of charges 8, 26 and 40


@pytest.mark.parametrize(
    ("where", "words", "number", "tolerance", "verdict"),
    [
        ("equation (39)", "weights", 29.4 ** (1 / 3) * MOMENT / 1015.6, 1e-6, "differs"),
        # the physics page: rule (30) misses simulations by 0.15 % with Yukawa forces, (40) by 6.8
        ("equation (30)", "Potekhin", 0.15, 0.1, "reproduced"),
        ("equation (40)", "(40) gives", 6.8, 0.01, "differs"),
        # detailed balance: z/(1 - e^-z) over z/(e^z - 1); and 1 + (z/pi)^2 (3 - 1/2) for 2.5 z^2 + z^2
        ("below equation (15)", "weight of energy exchange", math.e, 1e-6, "differs"),
        ("below equation (15)", "For heat", 3.5 / (1 + 2.5 / math.pi**2), 1e-6, "differs"),
        ("section 2.1", "Quantum effects", 1 - 0.1 / math.sinh(0.1), 1e-6, "differs"),
        ("equation (22)", "as G_F", 2.0, 1e-9, "differs"),
        ("equation (22)", "density of nuclei", 1.0, 1e-9, "differs"),
        ("below equation (23)", "a(k)", 3.1, 0.05, "differs"),  # the physics page: triples L
        ("below equation (23)", "C_+²", 1.675, 0.003, "reproduced"),
        # 2 beta^2 q^2 ln(1 + 1/q^2)/2 too much, of 2.1211, at x_r = 1: q^2 = 0.0032850
        ("equation (43)", "4β²q²", 1 + 0.0032850 * 5.7217 / 2 / 2.1211, 1e-5, "differs"),
        ("section 2.1", "x_r > 1", 1.0088 / 2.2 ** (1 / 3), 1e-3, "differs"),
        ("section 2.1", "crystallises at", 175.0, 0.004, "reproduced"),  # Potekhin & Chabrier (2000)
        ("Table 1", "entropy of one component", 0.746, 0.005, "differs"),  # Baiko, Potekhin & Yakovlev (2001)
        ("equation (32)", "1.68", math.exp(0.84303 / 1.5), 1e-4, "reproduced"),
        ("equation (29)", "over the whole outer crust", 4.0, 0.02, "differs"),  # the physics page: 4.0 to 8.4
        ("equation (29)", "is about 10.", 1041 / 80, 1e-9, "reproduced"),
        ("section 3.1", "Ashes", 1597 - 37**2, 1e-9, "reproduced"),
        ("equation (35)", "|n_z|²", 400 * (29.30**2 + 38.9), 0.1, "differs"),  # N <Z^2>
        # Debye: S = (k^2 + kappa^2)/(k^2 + kappa^2 + k_D^2), kappa = 0.67, at k = 0.183
        ("section 3.3", "In the simulations", 2 * 0.183**2 / (0.183**2 + 0.67**2), 0.1, "differs"),
        ("section 3.3", "perfect screening", 2.0, 0.01, "reproduced"),
        ("section 2.2.5", "With one electron", 3.838 / 4.27, 0.005, "reproduced"),
        ("section 2.2.4", "Debye-Waller", math.exp(-12.973 / 6 / 175 * BRAGG), 1e-6, "differs"),
        ("Table 2", "Γ_eff", 6, 0, "differs"),  # the physics page: mixtures 7 and 9 to 13
        ("Table 2", "Fermi energy", 0.45 / 0.511, 1e-4, "differs"),
        ("figure 3", "Mixture 9", 263.1 * 0.5 / 0.8, 1e-9, "differs"),
        ("section 4.1", "at least 70", 32.3, 0, "differs"),
        ("section 1", "Q_imp", 38.9, 0.002, "reproduced"),  # Horowitz et al. (2007)
        # 4/9 of Q_imp/<Z>^2 of mixture 1, as chapter 9 finds for any mixture
        ("figure 13", "simulated mixtures", 400 / 9 * 228 / 1369, 0.15, "differs"),
        ("Table 3", "N_k", 0.627, 0.002, "differs"),  # counted by hand
        ("Table 3", "fewer than ten", 282 / 395, 1e-6, "reproduced"),  # 10000 - 9718, 450 - 55
        ("equation (36)", "simulated mixtures", 1.0, 0.002, "reproduced"),
        ("figure 9", "fall sharply", 0.0, 0, "reproduced"),
    ],
)
def test_known_numbers_of_mixtures(whole, where, words, number, tolerance, verdict):
    found = row(whole, where, words, MIXTURES)
    assert found["computed"] == pytest.approx(number, rel=tolerance, abs=1e-4 if number == 0 else None)
    assert found["verdict"] == verdict


def test_simulations_part_the_mixing_rules(whole):
    """By more than five standard errors: what the simulations are there for."""
    assert row(whole, "equation (40)", "Simulations", MIXTURES)["computed"] > 5.0
    assert row(whole, "section 4.1", "rule for ln Λ", MIXTURES)["verdict"] == "reproduced"


def test_the_fit_as_printed_is_below_zero(whole):
    assert row(whole, "equation (46)", "0.0193203", MIXTURES)["computed"] < 0.0
    assert row(whole, "equation (46)", "continued from below", MIXTURES)["computed"] > 0.9


def test_mu_e_hardly_rises_where_40Mg_burns(whole):
    found = row(whole, "section 2.3.2", "0.1 MeV")
    assert 0.0 < found["computed"] <= 0.1  # Lau et al. (2018)
    assert found["verdict"] == "reproduced"


@pytest.mark.parametrize(
    ("paper", "labels"),
    [
        (PAPER, ["pressure-sign", "per-particle", "drag", "atomic-number", "flux"]),
        (
            MIXTURES,
            "fermi fit ion-sphere mixing neutrino quantum self-energy table2 weight words".split(),
        ),
    ],
)
def test_what_differs_is_what_the_misprints_page_lists(whole, paper, labels):
    differs = whole[(whole["verdict"] == "differs") & (whole["paper"] == paper)]
    prints = set(differs["see"][differs["kind"] == "print"])
    assert prints == {f"misprint-{label}" for label in labels}


def test_places_named_exist(whole):
    from tree import ROOT

    anchors = (ROOT / "book" / "misprints.md").read_text()
    for label in whole["see"][whole["see"] != ""]:
        kind, _, rest = label.partition(" ")
        if kind == "chapter":
            assert list((ROOT / "notebooks").glob(f"{int(rest):02d}_*.md")), label
        else:
            assert f"({label})=" in anchors, label


def test_a_part_of_the_ledger(whole):
    part = claims.ledger(PAPER, where="equation (11)")
    assert len(part) == 3
    merged = whole[whole["where"].str.contains("equation (11)", regex=False)]
    assert list(part["verdict"]) == list(merged["verdict"])
    assert claims.ledger(where="section 99").empty
    assert list(claims.ledger(where="section 99").columns) == HEAD


@pytest.mark.parametrize("paper", ["Chugunov", "", 2020])
def test_an_unknown_paper_is_refused(paper):
    with pytest.raises(ValueError, match=r"paper = .*Chugunov & Shchechilin \(2020\)"):
        claims.ledger(paper)


# -- verdicts are computed

number = st.floats(-1e30, 1e30)


@given(value=number, relative=st.floats(1e-6, 1.0), off=st.floats(-3.0, 3.0))
def test_verdicts_follow_the_rule(value, relative, off):
    found = value + off * relative * abs(value)
    claim = Claim("here", "x", rules.close(value, relative=relative), lambda: found, "because")
    expected = "reproduced" if abs(found - value) <= relative * abs(value) else "differs"
    assert claim.judge() == (found, expected)


@given(limit=number, found=number)
def test_limits_count_as_inside(limit, found):
    assert rules.at_most(limit).holds(limit) and rules.at_least(limit).holds(limit)
    assert rules.at_most(limit).holds(found) == (found <= limit)
    assert rules.at_least(limit).holds(found) == (found >= limit)
    low, high = sorted((limit, found))
    assert rules.between(low, high).holds(found) and rules.between(low, high).holds(limit)
    assert rules.close(limit, absolute=0.0).holds(limit)


def test_every_verdict_turns_when_its_number_does(whole):
    # no number beyond all bounds is ever accepted on both sides
    for claim in (claim for paper in claims.PAPERS.values() for claim in paper):
        if claim.compute is not None:
            far = [dataclasses.replace(claim, compute=lambda x=x: x).judge()[1] for x in (-1e300, 1e300)]
            assert "differs" in far, claim.statement


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_gets_no_verdict(bad):
    claim = Claim("section 1", "two is three", rules.close(2.0), lambda: bad, "because")
    with pytest.raises(ValueError, match="section 1: two is three"):
        claim.judge()

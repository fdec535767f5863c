"""Claims of the slides on entrainment: verdicts beside numbers known from elsewhere."""

import pytest

from crustlib import claims

SLIDES = "Chamel (2026, slides)"


@pytest.fixture(scope="module")
def table():
    return claims.ledger(SLIDES)


@pytest.mark.parametrize(
    ("words", "number", "tolerance", "verdict"),
    [
        # exact: Galilean invariance, Carter (1975), and the algebra of chapter 11
        ("ρ_np = ρ_pn", 1.0, 1e-9, "reproduced"),
        ("ρ_pp =", 1.0, 1e-9, "reproduced"),
        ("I_np = I_pn", 1.0, 1e-6, "reproduced"),
        ("I_pn/I_p", 1.0, 1e-6, "reproduced"),
        # the physics page: 0.280; 0.021 over 0.026
        ("fractional quantum", 0.280, 0.002, "reproduced"),
        ("General relativity", 0.021 / 0.026, 0.03, "reproduced"),
        # by hand: (0.09 + 0.03 - 0.02) / 0.03
        ("Permeable ions", 10 / 3, 1e-9, "differs"),
        ("Impenetrable", 1.0, 1e-9, "reproduced"),
    ],
)
def test_known_numbers(table, words, number, tolerance, verdict):
    found = table[table["statement"].str.contains(words, regex=False)]
    assert len(found) == 1
    assert found.iloc[0]["computed"] == pytest.approx(number, rel=tolerance)
    assert found.iloc[0]["verdict"] == verdict


def test_ions_carry_more_than_their_protons(table):
    """The physics page: 106 and 76 nucleons for 40 protons at 0.03 and 0.05; fewer farther down."""
    found = table[table["statement"].str.contains("m_I* > Z", regex=False)].iloc[0]
    assert 1.0 < found["computed"] < 76 / 40
    assert found["verdict"] == "reproduced"


def test_fluxoids_do_not_gather_where_the_critical_field_is_london_s(table):
    found = table[table["statement"].str.contains("clusters", regex=False)].iloc[0]
    assert 0.0 < found["computed"] < 1.0
    assert found["verdict"] == "differs"

"""Claims on the warm crust: verdicts beside numbers known from elsewhere."""

import pytest

from crustlib import claims
from crustlib.claims import warm_crusts as computed

pytestmark = pytest.mark.slow

PAPER = "Beznogov & Raduta (2025)"


@pytest.fixture(scope="module")
def table():
    return claims.ledger(PAPER)


@pytest.mark.parametrize(
    ("words", "number", "tolerance", "verdict"),
    [
        # by hand: 0.16 x 1.66054e-24 x 1e39; electrons and protons make neutrons
        ("2·10¹⁴", 2.6569e14, 1e-4, "differs"),
        ("μ_p = μₙ + μₑ", -1.0, 1e-6, "differs"),
        # the physics page
        ("binding energy of 19.3", 19.346, 1e-4, "reproduced"),
        ("separation energy", -1.291, 2e-3, "reproduced"),
        ("about 0.006", 0.0059, 0.08, "reproduced"),
        ("almost 40 %", 0.37, 0.03, "reproduced"),
        ("to 7.", 7.0, 1e-3, "reproduced"),
        ("0.0742", 0.067, 0.01, "differs"),
        ("impact on the transition", 0.0735 / 0.067 - 1, 0.05, "reproduced"),
        # (Z / 2)^(5/3) of Z = 28, times what n_e gains: 81 / 1.11
        ("factor of 100 to 400", 73.0, 0.02, "differs"),
        ("goes as Z²", 5 / 3, 1e-9, "differs"),
        # (1/7 over 28/110)^(1/2) times the root of what n_e gains, 1.37
        ("ion plasma temperature", (110 / 28 / 7 * 1.37) ** 0.5, 0.01, "differs"),
    ],
)
def test_known_numbers(table, words, number, tolerance, verdict):
    found = table[table["statement"].str.contains(words, regex=False)]
    assert len(found) == 1, list(found["statement"])
    assert found.iloc[0]["computed"] == pytest.approx(number, rel=tolerance)
    assert found.iloc[0]["verdict"] == verdict


def test_the_layer_is_pure_and_its_verdicts_stand(table):
    for words in ("almost pure", "lowest onset", "highest mass fraction", "Q_imp is at most"):
        found = table[table["statement"].str.contains(words, regex=False)]
        assert list(found["verdict"]) == ["reproduced"], words


def test_closed_shells_bind_their_neutrons():
    assert 0.0 < computed.beyond_the_drip() < 0.5


def test_clusters_of_neutrons_feel_no_exclusion():
    assert computed.tetraneutrons(-20.0) < 0.05 < 0.5 < computed.tetraneutrons(-2.37)

"""Claims of the slides on entrainment: verdicts beside numbers known from elsewhere."""

import pytest

from crustlib import claims
from crustlib.claims import entrainment, superfluid_response

pytestmark = pytest.mark.slow

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
        ("Galilean", 0.0, 1e-9, "reproduced"),
        ("ρ_ni − λρ_no", 1.0, 1e-9, "reproduced"),
        ("|∇ε|²Δ²", 1.0, 1e-4, "reproduced"),
        ("Between bands", 0.0, 1e-4, "reproduced"),
        ("m_n* > m_n", 1 / 0.98, 0.005, "reproduced"),  # the physics page: 0.969 at 0.05, and rising
        ("(ρ̄ − ρ_s)/n_I", 1.0, 0.03, "reproduced"),  # Galilean invariance; Maxwell
        # by hand: sqrt(20 + 1)
        ("E = √", 21**0.5, 1e-9, "differs"),
        # 1.4 solar masses, chapter 11: 0.0911 / (2 * 70.37 * 4.9e-5)
        ("drag the neutron", 13.2, 0.02, "reproduced"),
    ],
)
def test_known_numbers(table, words, number, tolerance, verdict):
    found = table[table["statement"].str.contains(words, regex=False)]
    assert len(found) == 1
    assert found.iloc[0]["computed"] == pytest.approx(number, rel=tolerance, abs=tolerance)
    assert found.iloc[0]["verdict"] == verdict


def test_ions_carry_more_than_their_protons(table):
    """The physics page: 106 and 76 nucleons for 40 protons at 0.03 and 0.05; fewer farther down."""
    found = table[table["statement"].str.contains("m_I* > Z", regex=False)].iloc[0]
    assert 1.0 < found["computed"] < 76 / 40
    assert found["verdict"] == "reproduced"


def test_no_permeability_does_in_the_middle_of_the_crust(table):
    """The physics page: "A sharp sphere at the equimolar radius has no lambda that reaches these m_I*"."""
    found = table[table["statement"].str.contains("tuned", regex=False)].iloc[0]
    assert found["computed"] < 0.9
    assert found["verdict"] == "differs"


def test_fluxoids_need_more_than_half_a_quantum(table):
    """The field exceeds H_c1 for gaps of some MeV, but where a fluxoid does not fit."""
    field = table[table["statement"].str.contains("exceed the critical", regex=False)].iloc[0]
    assert 1.5 < field["computed"] < 2.0
    assert field["verdict"] == "reproduced"
    clusters = table[table["statement"].str.contains("clusters", regex=False)].iloc[0]
    assert 0.5 < clusters["computed"] < 1.0
    assert clusters["verdict"] == "differs"


def test_corrected_formulas_have_their_limits():
    """A free gas flows with all its density; beyond the Fermi surface nothing adds to it."""
    assert superfluid_response.divergence_formula(False, gap=1e-3, highest=20.0) == pytest.approx(
        1.0, abs=1e-4
    )
    # a band insulator cannot flow, however deep its potential
    assert superfluid_response.insulator(depth=3.0) == pytest.approx(0.0, abs=1e-5)
    # Epstein and Baym's dipole by hand: 138 nucleons displace 23 neutrons, (3 - 1)^2 / (3 + 2)
    assert entrainment.ion(3.0).effective == pytest.approx(138.0 - 3 * 23.0 + 0.8 * 23.0, rel=2e-3)

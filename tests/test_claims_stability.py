"""Claims about thermodynamic stability: verdicts beside numbers known from elsewhere."""

import pytest

from crustlib.claims.beznogov_raduta_2025 import stability

pytestmark = pytest.mark.slow

JUDGED = {claim.statement: claim for claim in stability.CLAIMS}


@pytest.mark.parametrize(
    ("words", "number", "tolerance", "verdict"),
    [
        # the physics page: from 0.056 to 0.076, each +- 0.001
        ("no Maxwell construction", 0.36, 0.03, "differs"),
        ("all intensive variables", 0.0, 1e-6, "differs"),
        # Gibbs and Duhem: d^2 mu/dP^2 has the sign of -dn/dP
        ("are concave", 0.0, 1e-9, "differs"),
        ("are convex", 1.0, 1e-9, "differs"),
        ("equivalent", 0.0, 1e-9, "reproduced"),
        # a quarter of the baryons, as 14He: chapter 6
        ("dissolve or disintegrate", 0.25, 0.02, "differs"),
    ],
)
def test_known_numbers(words, number, tolerance, verdict):
    found = [claim for claim in stability.CLAIMS if words in claim.statement or words == claim.stated]
    assert len(found) == 1
    computed, judged = found[0].judge()
    assert computed == pytest.approx(number, abs=tolerance)
    assert judged == verdict


def test_what_is_untested_says_why():
    for claim in stability.CLAIMS:
        if claim.compute is None:
            assert claim.why.startswith(("Needs", "Its parameters"))

"""What the ledger says about floating ions: frozen verdicts, and numbers known from elsewhere."""

import pytest

from crustlib.claims import ions_afloat as computed
from crustlib.claims.beznogov_raduta_2025 import buoyancy

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("crust of this model is stable", "reproduced"),
        ("14He plays", "reproduced"),
        ("All equations of state", "reproduced"),
        ("They are not stable", "differs"),
        ("Stability is a difference", "differs"),
        ("move out of chemical equilibrium", "differs"),
        ("Negele-Vautherin", "reproduced"),
        ("D1M*", "cannot be tested"),
        ("GPPVA", "cannot be tested"),
        ("SPG", "cannot be tested"),
        ("timescale of one day", "differs"),
        ("seem to be comparable", "differs"),
        ("ion subsystem", "reproduced"),
    ],
)
def test_verdicts(words, verdict):
    (claim,) = [claim for claim in buoyancy.CLAIMS if words in claim.statement]
    assert claim.judge()[1] == verdict


def test_numbers_one_knows():
    assert computed.accreted_fall() == pytest.approx(1.0 - (40 / 12) / (48 / 14), rel=0.08)
    assert computed.published_fall("D1M*") == pytest.approx(0.0066, abs=1e-4)  # an independent reading
    assert computed.helium_over_before() == pytest.approx(7.0 / 4.0, rel=0.03)
    assert computed.force_in_equilibrium() < 1e-5

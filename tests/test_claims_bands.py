"""Claims of the slides on the crust's neutrons: verdicts beside numbers known from elsewhere."""

import numpy as np
import pytest

from crustlib import claims
from crustlib.claims import bands, scales
from crustlib.claims.chamel_2026 import crust
from crustlib.claims.chamel_2026 import scales as layers

pytestmark = pytest.mark.slow

STATEMENTS = {claim.statement: claim for claim in (*crust.CLAIMS, *layers.CLAIMS)}


def judged(words):
    (found,) = [claim for statement, claim in STATEMENTS.items() if words in statement]
    return found.judge()


@pytest.mark.parametrize(
    ("words", "number", "tolerance", "verdict"),
    [
        # the physics page, BSk24 at 0.03 fm^-3: 0.866, 0.772 and, within bands, 0.052
        ("agrees with Almirante", 0.866, 0.003, "reproduced"),
        ("in the limit of weak pairing", 0.772 / 0.052, 0.8, "differs"),
        # an ion of 40 protons drags 0.948 of 1037 neutrons, and some 280 nucleons are inside
        ("far above m_I", 1023 / 280, 0.1, "reproduced"),
        # m_I* of potential flow there: 106
        ("Realistic distributions", 106 / 111, 0.02, "reproduced"),
        ("one-dimensional", 1.0, 0.01, "reproduced"),
        ("far below band gaps", 1.0, 0.01, "reproduced"),
        ("Zero-point motion multiplies", 1.0, 1e-9, "reproduced"),
        ("<r²> =", 1.0, 1e-3, "reproduced"),
        ("as in the core", 1.0, 1e-9, "reproduced"),
        ("broken translational", 0.0, 1e-9, "reproduced"),
        # the first reciprocal lattice vector, 0.2138 fm^-1, and <u^2> = 2.1 to 2.3 fm^2
        ("Bragg scattering is reduced", 1.0 - 0.2138**2 * 2.2 / 6.0, 0.002, "reproduced"),
        # e^gamma / pi, and 58 MeV
        ("critical temperature", 0.56693 * 1.16045e10, 1e6, "reproduced"),
        ("Fermi energies", 58.4 * 1.16045e10, 2e9, "reproduced"),
        ("lattice spacing", (8 * np.pi / 3) ** (1 / 3) * 49.539, 0.1, "reproduced"),
    ],
)
def test_known_numbers(words, number, tolerance, verdict):
    computed, found = judged(words)
    assert computed == pytest.approx(number, abs=tolerance)
    assert found == verdict


def test_the_fermi_surface_of_a_few_wave_vectors():
    """The physics page: 0.052 in weak coupling from 600 points; and Schwarz's inequality."""
    found = bands.fermi_surface()
    assert found.fraction == pytest.approx(0.052, abs=0.004)
    assert found.fraction < found.area < np.sqrt(found.fraction)
    free = 4.0 * bands.free_fermi_energy(0.02885) / (3.0 * 1037.1)  # MeV between free levels
    assert found.spacing == pytest.approx(1e3 * free, rel=0.1)


def test_the_slides_response_passes_the_bound_and_a_relaxed_one_does_not():
    assert 1.0 < judged("grows evenly")[0] < 1.2
    assert judged("grows evenly")[1] == "differs"
    stored = bands.stored()
    relaxed = stored["superfluid_fraction"].sel(response="relaxed")
    assert float((relaxed / stored["leggett_bound"]).max()) < 1.0


def test_the_critical_velocity_in_closed_form():
    """The least E/k of a BCS gas: m v^2 = (e^2 + gap^2)^(1/2) - e."""
    energy = bands.free_fermi_energy(float(bands.stored()["neutron_background"].sel(bands.CANONICAL)))
    closed = np.sqrt(2.0 * energy * (np.hypot(energy, 1.0) - energy))
    assert scales.critical_over_stated() == pytest.approx(closed, rel=1e-6)


def test_vela_by_hand():
    """9.3e-3 s^-1 over 12.5 km, against 0.1 MeV / (197 MeV fm 1.2 fm^-1) c."""
    assert scales.flow_in_vela() == pytest.approx(1.17e4 / 1.26e7, rel=0.05)


def test_how_many_statements_stand():
    verdicts = [claim.judge()[1] for claim in STATEMENTS.values()]
    assert {word: verdicts.count(word) for word in claims.VERDICTS} == {
        "reproduced": 37,
        "differs": 4,
        "cannot be tested": 3,
    }

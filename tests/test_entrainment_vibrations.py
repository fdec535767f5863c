import numpy as np
import pytest

from crustlib.entrainment import cell, superfluid_fraction, vibrating, vibrations
from crustlib.errors import ConvergenceError


def light(Z=40.0):
    """Return a cell with a smooth potential and few plane waves; its ions' charge sets how they vibrate."""
    c = np.cos(2.0 * np.pi * np.arange(20) / 20)
    U = -5.0 * (c[:, None, None] * c[:, None] + c[:, None, None] * c + c[:, None] * c)
    return cell(baryon_density=0.05)._replace(potential=U, lattice_constant=16.0, N=30.0, Z=Z)


def test_zero_point_motion_of_an_ion():
    # BSk24 at 0.03 fm^-3, an independent calculation: 2.30 fm^2 at 170.8 nucleon masses
    c = cell(baryon_density=0.03)
    ions = 2.0 / c.lattice_constant**3
    u2 = vibrations.mean_square_displacement(170.8, c.Z, ions)
    assert u2 == pytest.approx(2.30, abs=5e-3)
    assert vibrations.mean_square_displacement(4.0 * 170.8, c.Z, ions) == pytest.approx(0.5 * u2)


@pytest.mark.parametrize("response", ["rigid", "relaxed"])
def test_the_displacement_belongs_to_the_mass_that_it_gives(response):
    c = light()
    found = vibrating(c, 1.0, response, cutoff=40.0)
    again = superfluid_fraction(c, 1.0, response, cutoff=40.0, displacement=found.displacement)
    assert again.ion_mass == pytest.approx(found.ion_mass, rel=1e-9)
    u2 = vibrations.mean_square_displacement(found.ion_mass, c.Z, 2.0 / c.lattice_constant**3)
    assert u2 == pytest.approx(found.displacement, rel=2e-4)
    assert found.residual < 1e-4
    assert found.iterations <= 6
    static = superfluid_fraction(c, 1.0, response, cutoff=40.0)
    assert found.static_fraction == pytest.approx(static.superfluid_fraction, rel=1e-12)
    assert found.superfluid_fraction > found.static_fraction


def test_ions_bound_ever_tighter_stand_still():
    motion = [vibrating(light(Z), 1.0, cutoff=40.0).displacement for Z in (40.0, 400.0)]
    assert 0.0 < motion[1] < 0.1 * motion[0]


def test_the_potential_of_ions_that_move_far_is_flat():
    found = superfluid_fraction(light(), 1.0, cutoff=40.0, displacement=500.0)
    assert found.superfluid_fraction == pytest.approx(1.0, abs=1e-6)


def test_no_rest_is_said(monkeypatch):
    monkeypatch.setattr(vibrations, "_MOST", 1)
    with pytest.raises(ConvergenceError, match="after 1 iterations"):
        vibrating(light(), 1.0, cutoff=20.0)


@pytest.mark.parametrize(
    "change", [{"gap": [1.0, 2.0]}, {"gap": 0.0}, {"response": "loose"}, {"k_points": 17}, {"cutoff": 1.0}]
)
def test_bad_input_is_named(change):
    with pytest.raises(ValueError, match=next(iter(change))):
        vibrating(**{"cell": light(), "gap": 1.0, "cutoff": 20.0, **change})

"""A harmonic crystal: sum rules and moments of its phonons, closed forms, and the jump at melting."""

import numpy as np
import pytest

from crustlib.transport import coulomb_logarithm, lattice_logarithms, lattice_structure_factor, solid


def test_phonons_have_published_moments():
    """Kohn's sum rule; the others of Pollock & Hansen (1973) and Baiko et al. (2001), bcc."""
    square, _, at_zero = solid._phonons(12)
    square = square[1:]  # k = 0 is a hole of 1/12^3
    assert square.mean() == pytest.approx(1 / 3, rel=1e-12)
    assert np.sqrt(square).mean() == pytest.approx(0.5113875, rel=1e-3)
    assert (square**-0.5).mean(-1).sum() / 12**3 == pytest.approx(2.7986, rel=5e-3)
    assert abs(at_zero) / 12**3 < 0.02 * solid.INVERSE_SQUARE  # the published one is where meshes lead


def test_long_waves_are_plasmons():
    # One phonon, longitudinal: S = k^2 / 3 Gamma, as in the liquid
    wave = np.array([[0.01, 0.004, 0.002]])
    squares = np.linalg.eigvalsh(solid._dynamical_matrix(wave))[0]
    assert squares[2] == pytest.approx(1.0, abs=1e-4)
    assert squares[0] < squares[1] < 1e-3
    assert lattice_structure_factor(1.0, 1e4) == pytest.approx(1.0 / 3e4, rel=0.35)


def test_strongly_coupled_crystals_scatter_in_proportion_to_temperature():
    first, second = (lattice_logarithms(26, gamma, 50.0).electrical for gamma in (1e5, 1e6))
    assert first / second == pytest.approx(10.0, rel=2e-3)
    # Beyond the first zone, of radius (9 pi / 2)^(1/3), one phonon's S averages to u_-2 k^2 / 3 Gamma; inside
    # it longitudinal phonons are left. With beta = 1 and no screening the integrals are elementary.
    last, zone = 3.838 * 26 ** (1 / 3), (9 * np.pi / 2) ** (1 / 3)
    outside = 12.973 / 3.0 * (last**2 / 4 - zone**2 / 2 + zone**4 / (4 * last**2))
    assert first * 1e5 == pytest.approx(outside + zone**2 / 6, rel=0.03)


def test_sites_and_vibrations_together_scatter_as_the_liquid_does():
    """The controversy in numbers: half of the liquid's scattering is Bragg's in the crystal."""
    for Z, x_r in ((26, 1.0), (26, 10.0), (34, 39.0)):
        crystal, liquid = lattice_logarithms(Z, 175, x_r), coulomb_logarithm(Z, 175, x_r)
        assert crystal.electrical + crystal.elastic == pytest.approx(liquid, rel=0.02)
        assert 1.7 < liquid / crystal.electrical < 2.1


def test_logarithms_do_not_depend_on_the_crystals_size(monkeypatch):
    normal = lattice_logarithms(26, 175, 10, 2.0)
    monkeypatch.setattr(solid, "SIDE", 6)
    assert tuple(lattice_logarithms(26, 175, 10, 2.0)) == pytest.approx(tuple(normal), rel=4e-3)


def test_quanta_of_one_frequency():
    # One oscillator: z^2 / [(e^z - 1)(1 - e^-z)] over its classical value, and z^2 / pi^2 of it for kappa
    for z in (0.5, 3.0, 8.0):
        sigma, kappa = solid._weights(solid._TIMES)
        square, axes = np.ones((1, 3)), np.eye(3)[np.newaxis]
        K = [solid._tensor(square, axes, z, float(time))[0, 0] for time in solid._TIMES]
        quantum = z**2 / (np.expm1(z) * -np.expm1(-z))
        assert sigma @ K == pytest.approx(quantum, rel=1e-4)
        assert kappa @ K == pytest.approx(z**2 / np.pi**2 * quantum, rel=1e-3)
        coth = 0.5 * z / np.tanh(0.5 * z)
        assert solid._tensor(square, axes, z, None)[0, 0] == pytest.approx(coth)


def test_cold_crystals_scatter_less_and_break_wiedemann_and_franz():
    classical = lattice_logarithms(26, 1000, 10)
    assert classical.electrical == classical.thermal
    nearly = lattice_logarithms(26, 1000, 10, 0.01)
    assert tuple(nearly) == pytest.approx(tuple(classical), rel=1e-3)
    sigma = [lattice_logarithms(26, 1000, 10, q) for q in (0.5, 2.0, 6.0)]
    assert (np.diff([row.electrical for row in sigma]) < 0.0).all()
    assert (np.diff([row.thermal / row.electrical for row in sigma]) > 0.0).all()


def test_bad_input_is_named():
    for arguments, message in (
        ((26, 50.0, 10), r"gamma = 50\.0"),
        ((0.5, 175, 10), r"Z = 0\.5"),
        ((26, 175, 0.0), r"x_r = 0\.0"),
        ((26, 175, 10, -1.0), r"quantum = -1\.0"),
    ):
        with pytest.raises(ValueError, match=message):
            lattice_logarithms(*arguments)
    with pytest.raises(ValueError, match=r"k = 0\.1"):
        lattice_structure_factor(0.1, 175)
    with pytest.raises(ValueError, match=r"width = 0\.01"):
        lattice_structure_factor(1.0, 175, width=0.01)

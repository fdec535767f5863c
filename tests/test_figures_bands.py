"""Chapter 12's figures of bands: the fine meshes behind them, and what is drawn of stored results."""

import numpy as np
import pytest

from crustlib.entrainment import band_structure, cell, lattice_1d, zone
from crustlib.figures import bands as figures
from crustlib.figures import bands_models as models
from crustlib.figures import bands_waves as waves
from crustlib.matter.skyrme import HBAR2_2M_NEUTRON

A, N = 16.0, 60.0
FERMI = HBAR2_2M_NEUTRON * np.cbrt(6.0 * np.pi**2 * N / A**3) ** 2


def light(depth=5.0):
    """Return a cell with a smooth potential and few plane waves."""
    c = np.cos(2.0 * np.pi * np.arange(24) / 24)
    U = -depth * (c[:, None, None] * c[:, None] + c[:, None, None] * c + c[:, None] * c)
    return cell(baryon_density=0.05)._replace(potential=U, lattice_constant=A, N=N)


@pytest.fixture
def gas(monkeypatch):
    """Let the figures' crystal be one without a potential."""
    c = light(0.0)
    for room in (models, waves):
        monkeypatch.setattr(room, "neutrons", lambda *_: c)
        monkeypatch.setattr(room, "fermi_level", lambda *_: FERMI)
    monkeypatch.setattr(waves, "REACH", 0.8 * FERMI)
    yield c
    for kept in (waves.plane, waves.close_up, waves.path):
        kept.cache_clear()


@pytest.mark.parametrize("even", [True, False, None])
def test_states_nearby_are_those_of_the_whole_basis(even, monkeypatch):
    monkeypatch.setattr(waves, "REACH", 12.0)
    c, start = light(), np.array([0.31, 0.17, 0.0 if even is not None else 0.2])
    one = waves.around(c, start, FERMI, even)
    near = np.add(start, [0.02, -0.01, 0.0])
    found = np.linalg.eigvalsh(waves.hamiltonian(one, c, near)[0])
    other = waves.around(c, near, FERMI, even)
    assert (other.first, len(other.energies)) == (one.first, len(found))
    middle = np.abs(found - FERMI) < 5.0
    assert middle.sum() > 5
    assert found[middle] == pytest.approx(other.energies[middle], abs=2e-3)


def test_both_parities_are_all_states():
    c, k = light(), [0.31, 0.17, 0.0]
    parts = [waves.around(c, k, FERMI, even).all_energies for even in (True, False)]
    whole = band_structure(c, [k], states=900).energies[0]
    lowest = np.sort(np.concatenate(parts))[:60]
    assert lowest == pytest.approx(whole[:60], abs=1e-9)


def test_levels_of_free_neutrons_are_counted(gas):
    crystal, free = waves.levels(window=3.0)
    assert crystal == pytest.approx(free, rel=0.1)


def test_free_neutrons_are_one_wave_each(gas):
    found = waves.plane.__wrapped__(0.03, 2.0, 10)
    kx, ky = np.meshgrid(found.k, found.k, indexing="ij")
    xi = HBAR2_2M_NEUTRON * (2.0 * np.pi / A) ** 2 * (kx**2 + ky**2) - FERMI
    seen = np.abs(xi) < 0.6 * FERMI
    assert found.weight[seen] == pytest.approx((2.0 / np.hypot(xi[seen], 2.0)) ** 3, abs=0.02)


def test_the_close_up_of_free_neutrons_is_the_empty_lattice(gas):
    x, y, real = waves.close_up.__wrapped__(0.03, (0.3, 0.15), 0.1, 9)
    grid = np.stack(np.meshgrid(x, y), -1)
    free = waves.empty_lattice(gas, grid)
    crossed = [(np.diff(np.sign(e), axis=-1) != 0).any(axis=0) for e in (real, free)]
    assert crossed[0].any()
    assert np.array_equal(*crossed)


def test_bands_are_drawn_to_the_fermi_level_and_beyond(gas):
    left, right = figures.bands(half=1.0).axes
    assert [t.get_text() for t in right.get_xticklabels()] == [r"$\Gamma$", "H", "N", r"$\Gamma$", "P", "H"]
    assert left.lines[0].get_xdata()[-1] < zone.path("GHNGPH", 1)[1][-1]
    figure = figures.fermi_surface()
    assert figure.axes[0].images[0].get_array().max() == pytest.approx(1.0, abs=0.05)


def test_one_dimension_is_the_library_s():
    found = models.one_dimension(0.5, 1.0, [0.5], waves=8, k_points=32)
    for name in ("intraband", "rigid", "relaxed"):
        one = lattice_1d(0.5, 1.0, 0.5, name, waves=8, k_points=32)
        assert found[name][0] == one.superfluid_fraction
    assert found["bound"][0] == one.bound
    assert len(figures.one_dimension(3).axes) == 2


def test_a_layer_keeps_its_own_account():
    one, row = models.stored().sel(functional="BSk24", baryon_density=0.03), models.layer(0.03)
    assert (row.rigid > row.relaxed).all()
    dragged = (1.0 - row.relaxed) * float(one.N)
    assert row.mass * float(one.Z) == pytest.approx(float(one.Z) + dragged)
    assert row.free * float(one.free_neutrons) == pytest.approx(row.relaxed * float(one.N))
    over = (one.superfluid_fraction.sel(response="rigid") - one.leggett_bound).values
    assert (over[one.gap.values < row.crossing] < 0).all()
    assert (over[one.gap.values > row.crossing] > 0).all()
    assert set(models.numbers()) >= {"f_one", "pass_30", "landau"}


def test_the_crust_s_mean_lies_between_its_layers():
    layers = models.densities("BSk24")
    free = [models.layer(n).free[1] for n in layers]
    assert min(free) < models.free_in_crust("BSk24", 1.0) < max(free)
    assert models.free_in_crust("BSk24", 0.5) < models.free_in_crust("BSk24", 2.0)
    assert "BSk24" in models.functionals()


def test_what_is_drawn_is_what_is_stored():
    one = models.stored().sel(functional="BSk24", baryon_density=0.03)
    for left in (figures.superfluid_fraction().axes[0], figures.gaps().axes[0]):
        lines = {line.get_label(): line.get_ydata() for line in left.lines}
        for name in ("relaxed", "rigid", "intraband"):
            expected = one.superfluid_fraction.sel(response=name).values
            assert lines[figures.LINES[name]["label"]] == pytest.approx(expected)
        assert lines[figures.LINES["bound"]["label"]] == pytest.approx(one.leggett_bound.values)
    shown = f"{float(one.superfluid_fraction.sel(response='relaxed', gap=1.0)):.3f}"
    assert shown in figures.gaps().get_suptitle()


def test_vibrations_are_the_stored_change():
    one = models.stored().sel(functional="BSk24", baryon_density=0.03)
    left = figures.vibrations().axes[0]
    lines = {line.get_label(): line.get_ydata() for line in left.lines}
    assert lines["0.03"] == pytest.approx((one.vibrating_fraction - one.resting_fraction).values)


def test_errors_and_studies_are_the_stored_ones():
    tables = models.convergence("relaxed")
    two = tables["states for each neutron, 2 wave vectors"][1.2]
    here = models.stored().sel(functional="BSk24", baryon_density=0.03, response="relaxed", gap=[0.5, 1.0])
    error = models.mesh_error("relaxed", np.array([0.5, 1.0]))
    assert error == pytest.approx(np.abs(here.superfluid_fraction.values - two[2:4]), abs=1e-9)
    assert set(tables["cut-off (MeV), at Gamma"]) >= {60.0, 80.0, 100.0}

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from crustlib.crusts import published_cells
from crustlib.entrainment import Cell, cell
from crustlib.matter import skyrme
from crustlib.matter.mean_field import mean_field


@pytest.mark.parametrize("functional", published_cells.available())
def test_z_and_n_of_the_published_rows_come_back(functional):
    table = published_cells.inner_crust(functional)
    for i in (0, len(table.Z) // 2, len(table.Z) - 1):
        c = cell(functional, baryon_density=table.baryon_density[i])
        assert c.Z == pytest.approx(table.Z[i], rel=1e-4)
        assert c.N == pytest.approx(table.N[i], rel=1e-4)
        assert c.neutron_background == pytest.approx(table.neutron_background[i], rel=2e-3)
        assert c.lattice_constant**3 / 2 == pytest.approx(4 / 3 * np.pi * table.cell_radius[i] ** 3, rel=1e-6)


@given(n=st.floats(2.7e-4, 0.0749994))
@settings(max_examples=8, deadline=None)
def test_between_rows_the_mean_density_is_right(n):
    c = cell(baryon_density=n)
    assert (c.neutron_density + c.proton_density).mean() == pytest.approx(n, rel=1e-4)
    assert 39.99 < c.Z < 64.7
    assert c.neutron_density.min() > 0
    assert c.proton_density.min() > 0


def test_the_profile_is_pearson_s():
    table = published_cells.inner_crust("BSk24")
    i = 40
    c = cell(baryon_density=table.baryon_density[i])
    R, C, a = table.cell_radius[i], table.neutron_radius[i], table.neutron_diffuseness[i]

    def density(r):
        damped = np.exp(np.minimum(((C - R) / (r - R)) ** 2 - 1, 200.0)) * np.exp((r - C) / a)
        return table.neutron_background[i] + table.neutron_depth[i] / (1 + damped)

    # along an edge of the cube, nearer to the first ion than the second's sphere reaches
    step = c.lattice_constant / len(c.potential)
    r = np.arange(int(4 / step)) * step
    assert c.neutron_density[: len(r), 0, 0] == pytest.approx(density(r), rel=1e-5)
    sphere = quad(lambda r: 4 * np.pi * r**2 * density(r), 0, R, limit=200)[0]
    assert c.N == pytest.approx(sphere, rel=1e-5)


def test_the_lattice_is_cubic_and_body_centred():
    c = cell(baryon_density=0.05)
    for field in c[-4:]:
        half = len(field) // 2
        assert np.array_equal(field, field.transpose(1, 2, 0))
        assert np.array_equal(field[1:], field[1:][::-1])
        shifted = np.roll(field, (half, half, half), (0, 1, 2))
        assert np.allclose(shifted, field, rtol=1e-9, atol=0)


def test_the_fields_are_the_functional_s_with_derivatives_taken_by_fourier():
    c = cell(baryon_density=0.05, points=64)
    k = 2 * np.pi * np.fft.fftfreq(64, c.lattice_constant / 64)
    waves = np.meshgrid(k, k, k, indexing="ij", sparse=True)

    def derived(x, factor):
        return np.fft.ifftn(factor * np.fft.fftn(x)).real

    densities = c.neutron_density, c.proton_density
    lap = [derived(x, -sum(q**2 for q in waves)) for x in densities]
    grad = [[derived(x, 1j * q) for q in waves] for x in densities]
    pairs = [(grad[i], grad[j]) for i, j in ((0, 0), (0, 1), (1, 1))]
    products = [sum(a * b for a, b in zip(*pair, strict=True)) for pair in pairs]
    field = mean_field(*densities, tuple(lap), tuple(products), "BSk24")
    away = np.ones(c.potential.shape, bool)  # from the cusps of the published form, at the two ions
    near = [0, 1, 2, -1, -2]
    away[np.ix_(near, near, near)] = away[np.ix_(*[[i + 32 for i in near]] * 3)] = False
    assert np.abs(field.potential - c.potential)[away].max() < 0.02  # MeV, of up to 34
    assert np.abs(field.effective_mass - c.effective_mass).max() < 1e-9


def test_the_neutrons_are_nearly_in_equilibrium():
    # U_n + hbar^2 k_F^2 / 2m* is the chemical potential where gradients are weak: the same in ion and gas
    c = cell(baryon_density=0.03)
    f = skyrme.functional("BSk24")
    mu = c.potential + f.hbar2_2m_n / c.effective_mass * (3 * np.pi**2 * c.neutron_density) ** (2 / 3)
    gas = skyrme.chemical_potentials(c.neutron_background, 0.0)[0] - 939.5654
    half = len(c.potential) // 2
    assert mu[half, 0, 0] == pytest.approx(gas, abs=2e-3)
    assert mu.max() - mu.min() < 1.2  # while U_n varies by 31
    assert np.ptp(c.potential) > 30


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"baryon_density": 1e-4}, r"baryon_density = 0.0001: must be finite and in \[0.00027, 0.0749994\]"),
        ({"baryon_density": 0.08}, "baryon_density = 0.08"),
        ({"baryon_density": [0.03, 0.05]}, "one number"),
        ({"baryon_density": float("nan")}, "baryon_density"),
        ({"baryon_density": 0.03, "functional": "SLy4"}, "functional = 'SLy4'"),
        ({"baryon_density": 0.03, "points": 33}, "even"),
        ({"baryon_density": 0.03, "points": 1000}, "points = 1000"),
    ],
)
def test_bad_input_is_refused_by_name(arguments, message):
    with pytest.raises(ValueError, match=message):
        cell(**arguments)


def test_it_is_one_thing_to_hand_on():
    assert isinstance(cell(baryon_density=0.05, points=16), Cell)

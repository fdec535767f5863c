"""Statistical equilibrium: its equations from the Profile's own columns, and published crusts."""

import sys

import numpy as np
import pytest

from crustlib import balance, crusts, nuclides
from crustlib.constants import HBARC_MEV_FM, NEUTRON_MASS_MEV
from crustlib.errors import ConvergenceError
from crustlib.matter import saturation
from crustlib.matter import warm_nucleons as matter_warm

SCAN = np.geomspace(1e-9, 0.06, 350)


@pytest.fixture(scope="module", params=[0.1, 0.4])
def scan(request):
    return request.param, crusts.nse(SCAN, request.param)


def fraction(profile, Z, A):
    density = profile["number_density"].sel(nuclide=(profile["Z"] == Z) & (profile["A"] == A))
    return (density * A).sum("nuclide").values / profile["baryon_density"].values


def euler(profile):
    """Euler's relation, and in beta equilibrium the third equation, in MeV per baryon."""
    n, n_e = profile["baryon_density"], profile["electron_density"]
    proton = profile["mu_p"] + profile["coulomb_shift"] + profile["mu_e"]
    gibbs = (profile["mu_n"] * (n - n_e) + proton * n_e) / n
    return (profile["free_energy"] + profile["pressure"] / n - gibbs).values, (
        profile["mu_n"] - proton
    ).values


def test_equations(scan):
    _, profile = scan
    crusts.profile.check(profile)  # charge, baryons, pressure
    off, beta = euler(profile)
    assert np.abs(off).max() < 1e-7
    assert np.abs(beta).max() < 1e-9
    assert profile["residual"].max() < 1e-10


def test_onset_and_purity_of_the_helium_layer(scan):  # Beznogov & Raduta 2025, figure 2
    T, profile = scan
    helium = fraction(profile, 2, 14)
    k = int(np.flatnonzero(helium > 0.1)[0])
    onset = np.interp(0.1, helium[k - 1 : k + 1], SCAN[k - 1 : k + 1])
    assert onset == pytest.approx({0.1: 0.0064, 0.4: 0.0059}[T], abs=5e-4)
    assert helium.max() == pytest.approx(0.37, abs=0.01)
    ratio = (crusts.profile.mean_A(profile) / crusts.profile.mean_Z(profile)).values
    assert ratio[helium.argmax()] == pytest.approx(7.0, abs=1e-3)
    assert balance.buoyancy(profile, tolerance=1e-9).stable
    layer = (SCAN >= 0.01) & (SCAN <= 0.05)
    assert crusts.profile.impurity_parameter(profile).values[layer].max() <= 0.01


def test_gas_and_sequence_of_a_cold_crust():
    profile = crusts.nse(SCAN, 0.1)
    other = crusts.published("BSk25")
    n = other["baryon_density"].values
    n = n[n < 0.0036]
    gas = (profile["neutron_density"] + profile["proton_density"]) / profile["baryon_density"]
    published = (other["neutron_density"] / other["baryon_density"]).values[: n.size]
    assert np.abs(np.interp(n, SCAN, gas) - published).max() < 0.01
    of = profile["number_density"] * profile["A"]
    most = of.argmax("nuclide").values
    Z, A = profile["Z"].values[most], profile["A"].values[most]
    names = [nuclides.name(int(z), int(a)) for z, a in zip(Z, A, strict=True)]
    sequence = list(dict.fromkeys(names))
    expected = (
        "Ni66 Kr86 Se84 Ge82 Zn80 Ni78 Ru126 Mo124 Zr122 Sr120 Kr118 Se116 Ge114 Zn112 Ni110 Fe108 He14"
    )
    assert sequence[-17:] == expected.split()


def test_one_layer():  # an independent calculation
    layer = crusts.nse(0.005, 0.1)
    assert layer["mu_n"].values[0] - NEUTRON_MASS_MEV == pytest.approx(4.094, rel=5e-3)
    assert layer["mu_e"].values[0] == pytest.approx(41.46, rel=5e-3)
    assert layer["electron_density"].values[0] / 0.005 == pytest.approx(0.0626, rel=5e-3)
    assert layer["pressure"].values[0] == pytest.approx(8.87e-3, rel=5e-3)


@pytest.mark.parametrize(("n", "T", "Y_p"), [(1e-4, 0.5, 0.3), (0.004, 1.0, 0.1), (0.02, 4.0, 0.3)])
def test_derivatives_of_the_free_energy(n, T, Y_p):
    step = 1e-3

    def free_energy(by_n, by_e):  # F per volume at n (1 + by_n step) baryons, n Y_p (1 + by_e step) protons
        Y = Y_p * (1 + by_e * step) / (1 + by_n * step)
        profile = crusts.nse(n * (1 + by_n * step), T, Y)
        return (profile["free_energy"] - NEUTRON_MASS_MEV).values[0] * n * (1 + by_n * step)

    def slope(by_n, by_e):
        f = [free_energy(k * by_n, k * by_e) for k in (-2, -1, 1, 2)]
        return (f[0] - 8 * f[1] + 8 * f[2] - f[3]) / (12 * step)

    here = crusts.nse(n, T, Y_p)
    mu_n = here["mu_n"].values[0] - NEUTRON_MASS_MEV
    charged = (here["mu_p"] + here["coulomb_shift"] + here["mu_e"] - here["mu_n"]).values[0]
    scale = T + abs(mu_n) + abs(charged)
    assert slope(1, 0) / n == pytest.approx(mu_n, abs=1e-6 * scale)
    assert slope(0, 1) / (n * Y_p) == pytest.approx(charged, abs=1e-6 * scale)


def test_pressure_is_the_slope_of_the_free_energy():
    n, T, step = 0.004, 1.0, 1e-3
    scan = crusts.nse(n * (1.0 + step * np.arange(-2, 3)), T, 0.1)
    f = (scan["free_energy"] - NEUTRON_MASS_MEV).values
    slope = (f[0] - 8 * f[1] + 8 * f[3] - f[4]) / (12 * step)
    assert n * slope == pytest.approx(scan["pressure"].values[2], rel=1e-6)


def test_entropy_is_the_slope_of_the_free_energy():
    n, T, step = 1e-3, 1.0, 1e-3
    f = [crusts.nse(n, T + k * step, 0.3)["free_energy"].values[0] for k in (-2, -1, 1, 2)]
    slope = (f[0] - 8 * f[1] + 8 * f[2] - f[3]) / (12 * step)
    assert crusts.nse(n, T, 0.3)["entropy"].values[0] == pytest.approx(-slope, rel=1e-5)


def test_hot_thin_matter_is_free_nucleons():
    thin = crusts.nse(1e-8, 10.0, 0.3)
    assert (thin["neutron_density"] + thin["proton_density"]).values[0] == pytest.approx(1e-8, rel=1e-5)


@pytest.mark.slow
def test_three_hundred_random_states_are_right():
    random = np.random.default_rng(4)
    for T in 10 ** random.uniform(-1.0, 1.0, 15):
        n = 10 ** random.uniform(-9.0, np.log10(0.066), 10)
        for Y_p in (None, 10 ** random.uniform(-2.0, np.log10(0.6), 10)):
            profile = crusts.nse(n, T, Y_p)
            nuclei, n_e = profile["number_density"], profile["electron_density"]
            charge = (nuclei * profile["Z"]).sum("nuclide") + profile["proton_density"]
            baryons = (nuclei * profile["A"]).sum("nuclide") + profile["neutron_density"]
            assert charge.values == pytest.approx(n_e.values, rel=1e-9)
            assert (baryons + profile["proton_density"]).values == pytest.approx(n, rel=1e-9)
            off, beta = euler(profile)
            assert np.abs(off).max() < 1e-7
            if Y_p is None:
                assert np.abs(beta).max() < 1e-9 * T + 1e-9
            else:
                assert (profile["electron_density"] / n).values == pytest.approx(Y_p, rel=1e-10)


def test_a_given_chemical_potential_is_met_and_electrons_only_add():
    with_electrons = crusts.nse([0.01, 0.02], 0.4, proton_chemical_potential=-30.0)
    without = crusts.nse([0.01, 0.02], 0.4, proton_chemical_potential=-30.0, electrons=False)
    proton = (without["mu_p"] + without["coulomb_shift"]).values
    assert proton == pytest.approx(938.2720894 - 30.0, abs=1e-6)
    assert without["number_density"].values == pytest.approx(with_electrons["number_density"].values)
    assert (with_electrons["pressure"].values > without["baryon_pressure"].values).all()
    assert "pressure" not in without


def test_protons_so_rare_that_nuclei_are_a_trace():
    n = np.linspace(0.0014, 0.00163, 5)
    rare = crusts.nse(n, 0.1, proton_chemical_potential=-30.0, electrons=False)
    assert (rare["electron_density"] < 1e-20).all()
    assert rare["neutron_density"].values == pytest.approx(n, rel=1e-9)
    carried = (rare["number_density"] * rare["Z"]).sum("nuclide") + rare["proton_density"]
    assert carried.values == pytest.approx(rare["electron_density"].values, rel=1e-8)


def test_cold_symmetric_matter_of_one_nuclide():
    """What divides mu_n from mu_p is rarer than rounding there, so that Newton's matrix has no inverse."""
    layer = crusts.nse([1e-9, 1e-3, 0.02, 0.075], 0.1, 0.5)
    assert (layer["residual"] < 1e-10).all()
    assert np.abs(euler(layer)[0]).max() < 1e-7


def test_one_answer_in_any_order_and_company():
    crowded = np.array([0.06, 0.03, 0.054, 0.066, 0.001])
    together = crusts.nse(crowded, 0.1, 0.3)
    alone = [crusts.nse(n, 0.1, 0.3)["free_energy"].item() for n in crowded]
    assert together["free_energy"].values == pytest.approx(alone, abs=1e-9)
    assert together["free_energy"].values[2] < crusts.homogeneous(0.054, 0.1, 0.3)["free_energy"].item() - 1.0


def test_a_binding_shift_moves_the_layer():
    weaker, as_it_is, stronger = (
        fraction(crusts.nse(0.0065, 0.1, binding_shifts={"He14": shift, (2, 13): shift}), 2, 14)
        for shift in (-0.5, 0.0, 0.5)
    )
    assert weaker < 0.5 * as_it_is
    assert stronger > as_it_is
    same = crusts.nse(0.0065, 0.1, binding_shifts={})
    assert fraction(same, 2, 14) == as_it_is


def test_tetraneutrons():
    with_them = crusts.nse(np.geomspace(1e-5, 5e-3, 30), 1.0, tetraneutron=-2.37)
    off, beta = euler(with_them)
    assert np.abs(off).max() < 1e-7
    assert np.abs(beta).max() < 1e-9
    assert (with_them["Z"] > 0).all()
    # A classical gas of mass 4 m_n + 2.37 MeV in the free volume, pushed back by the pressure inside
    last = with_them.isel(layer=-1)
    gas = matter_warm.thermodynamics(
        *(last[name].item() / free_volume(last) for name in ("neutron_density", "proton_density")), 1.0
    )
    mass = 4 * NEUTRON_MASS_MEV + 2.37
    inner = gas.pressure + (last["number_density"].sum() + last["tetraneutron_density"]).item() / free_volume(
        last
    )
    volume = 4.0 / saturation.density(saturation.largest_asymmetry())
    exponent = 4.0 * gas.mu_n - mass - volume * inner
    ideal = (mass / (2.0 * np.pi * HBARC_MEV_FM**2)) ** 1.5 * np.exp(exponent)
    assert last["tetraneutron_density"].item() == pytest.approx(ideal * free_volume(last), rel=1e-6)
    with pytest.raises(ValueError, match=r"tetraneutron = -2\.37: at baryon_density = .* Bose condensate"):
        crusts.nse([1e-3, 0.01], 0.4, tetraneutron=-2.37)


def free_volume(layer):
    """1 less the volumes of nuclei and tetraneutrons, whose excess may be beyond what saturates."""
    end = saturation.largest_asymmetry()
    Z, A = layer["Z"].values, layer["A"].values
    volumes = A / saturation.density(np.minimum(1.0 - 2.0 * Z / A, end))
    neutral = layer["tetraneutron_density"].item() * 4.0 / saturation.density(end)
    return 1.0 - layer["number_density"].values @ volumes - neutral


@pytest.mark.parametrize(
    ("last", "deep"), [(11, "He13"), (12, "He14"), (13, "He15"), (14, "He16"), (10, "H7")]
)
def test_the_layer_sits_on_the_edge_of_the_table(last, deep):
    layer = crusts.nse(0.015, 0.1, helium_neutrons_max=last)
    k = int((layer["number_density"] * layer["A"]).values[0].argmax())
    assert nuclides.name(int(layer["Z"][k]), int(layer["A"][k])) == deep


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0.3, 0.4), "baryon_density = 0.3"),
        ((-1.0, 0.4), "baryon_density"),
        (([[1e-3]], 0.4), "must be a number or a list"),
        ((1e-3, 30.0), "temperature = 30"),
        ((1e-3, 0.4, 1.5), "proton_fraction = 1.5"),
        (([1e-3, 1e-2], 0.4, [0.1, 0.2, 0.3]), "as many as densities"),
        ((1e-3, 0.4, None, "BSk1"), "functional = 'BSk1'"),
        ((1e-3, 0.4, None, "BSk25", 0), "helium_neutrons_max = 0"),
        ((1e-3, 0.4, None, "BSk25", 12, "linear"), "saturation = 'linear'"),
        ((1e-3, 0.4, 0.3, "BSk25", 12, "exact", -30.0), "must be None with a proton_fraction"),
        ((1e-3, 0.4, None, "BSk25", 12, "exact", None, False), "no beta equilibrium|there is no beta"),
        ((1e-3, 0.4, None, "BSk25", 12, "exact", None, "yes"), "electrons = 'yes'"),
    ],
)
def test_bad_input_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        crusts.nse(*arguments)


def test_what_is_not_solved_is_not_returned(monkeypatch):
    monkeypatch.setattr(sys.modules["crustlib.crusts.nse"], "TOLERANCE", 0.0)
    with pytest.raises(ConvergenceError, match=r"no solution at baryon_density = 0\.001 fm\^-3"):
        crusts.nse(1e-3, 0.4)

"""The compressible liquid drop: checks, limits in closed form, another minimiser, what a gas does."""

from math import pi

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.interpolate import KroghInterpolator
from scipy.optimize import minimize_scalar

from crustlib import nuclides
from crustlib.constants import NEUTRON_MASS_MEV
from crustlib.errors import ConvergenceError
from crustlib.matter import neutrons
from crustlib.nuclides import liquid_drop
from crustlib.nuclides.liquid_drop import FITTED, bulk_energy, drop


def density(k):
    return 2 * k**3 / (3 * pi**2)


def mackie_baym(k):
    """Energy per neutron, by way of the energy density of `matter.neutrons`, which has its own tests."""
    n = density(k)
    return neutrons.energy_density(n, "Mackie-Baym") / n - NEUTRON_MASS_MEV


# What the project's page of physics states, to 0.002 MeV.


def test_energy_of_matter_as_stated() -> None:
    """In the middle, between symmetric and neutron matter."""
    assert bulk_energy(1.3, 0.3) == pytest.approx(-11.20622, abs=2e-5)


@pytest.mark.parametrize(
    ("name", "n_n", "G"),
    [
        ("Fe56", 0.0, -489.806),
        ("Ca56", 0.0, -452.695),
        ("Pb208", 0.0, -1625.31),
        ("Ca68", 0.0, -465.009),
        ("Ca68", 1e-3, -444.472),
    ],
)
def test_drops_as_stated(name: str, n_n: float, G: float) -> None:
    """In vacuum and in a gas."""
    assert drop(*nuclides.parse(name), n_n).G == pytest.approx(G, abs=2e-3)


def test_wavenumber_of_iron_as_stated() -> None:
    """And the radius of a sphere of that density."""
    iron = drop(26, 56)
    assert iron.k == pytest.approx(1.32582, abs=1e-5)
    assert 4 / 3 * pi * iron.radius**3 * density(iron.k) == pytest.approx(56, rel=1e-12)


def test_measured_masses_are_missed_by_what_is_stated() -> None:
    """2.87 MeV rms for 8 <= Z < 60: a drop has no shells."""
    measured, model = nuclides.mass_model("AME2016"), nuclides.mass_model("MB-type")
    Z, A = measured.nuclides
    held = np.array([8 <= z < 60 and (z, a) in model for z, a in zip(Z, A, strict=True)])
    missed = np.asarray(model.mass_excess(Z[held], A[held])) - measured.mass_excess(Z[held], A[held])
    assert np.sqrt(np.mean(missed**2)) == pytest.approx(2.87, abs=0.005)


# Limits of the matter inside.


def test_saturation() -> None:
    """At k0 symmetric matter has energy -w0, no pressure, incompressibility K and symmetry energy s."""
    k0, h = FITTED.k0, 1e-3
    below, here, above = bulk_energy([k0 - h, k0, k0 + h], 0.5)
    assert here == pytest.approx(-FITTED.w0, rel=1e-14)
    assert (above - below) / (2 * h) == pytest.approx(0.0, abs=2e-3)
    assert k0**2 * (above - 2 * here + below) / h**2 == pytest.approx(FITTED.K, rel=1e-4)
    few, half, many = bulk_energy(k0, [0.5 - h, 0.5, 0.5 + h])
    assert many == pytest.approx(few, rel=1e-13)
    assert (many - 2 * half + few) / h**2 / 8 == pytest.approx(FITTED.s, rel=1e-4)


def test_without_protons_it_is_neutron_matter() -> None:
    """The first proton's energy is its chemical potential in neutron matter less the neutron's."""
    k = np.linspace(0.1, 1.6, 16)
    assert bulk_energy(k, 0.0) == pytest.approx(mackie_baym(k), rel=1e-11)
    mu_n = neutrons.chemical_potential(density(k), "Mackie-Baym") - NEUTRON_MASS_MEV
    mu_p = -(k**3) * (218 + 277 * k) / (1 + 8.57 * k**2)
    x = 1e-7
    assert (bulk_energy(k, x) - bulk_energy(k, 0.0)) / x == pytest.approx(mu_p - mu_n, rel=1e-4, abs=1e-4)


# The minimum, by a solver and a transcription of its own.


def gibbs_by_hand(k: float, Z: int, A: int, k_n: float) -> float:
    """Write the page's equations down once more, in plain Python; no pairing."""
    e2, hbar2_2m, c = 1.43996448, 20.73553, 2 ** (2 / 3)
    k0, w0, K, s, sigma, c_th, _ = 1.34, 15.59887, 267.8, 26.03546, 19.6226, 0.94015, 13.59518

    def of_neutrons(q):
        return q * (1.2974 + 15.0298 * q - 15.2343 * q**2 + 7.4663 * q**3)

    def slope(q):
        return 1.2974 + 2 * 15.0298 * q - 3 * 15.2343 * q**2 + 4 * 7.4663 * q**3

    x, t, u = Z / A, hbar2_2m * k**2, k / k0
    a = 1 - 2 * x
    W_h = 0.6 * t * (1 - u) ** 3 - w0 * u**3 * (1 + (1 - u) * (9 - 6 * u)) + K / 2 * (1 - u) ** 2 * u**3
    mu_n, mu_p = of_neutrons(k) + k / 3 * slope(k), -(k**3) * (218 + 277 * k) / (1 + 8.57 * k**2)
    W = (W_h - 0.6 * t) * (1 - 3 * a**4 + 2 * a**6) + (s * u**2 - t / 3) * a**2 * (1 - a**2) ** 2
    W += (of_neutrons(k) - 0.6 * c * t) * (3 * a**4 - 2 * a**6) + (mu_p - mu_n + c * t) / 4 * (a**4 - a**6)
    W += 0.6 * c * t * (x ** (5 / 3) + (1 - x) ** (5 / 3))
    d = c_th / (k**3 - k_n**3) ** (1 / 3)
    surface = sigma / w0 * (of_neutrons(k_n) - W) * (1 - k_n**3 / k**3) ** (2 / 3) * A ** (2 / 3)
    coulomb = 0.6 * e2 * Z**2 * k / (9 * pi / 8 * A) ** (1 / 3)
    thickness = -4 * pi / 9 * e2 * x**2 * d**2 * k**3 * A
    exchange = -3 / (4 * pi) * e2 * x * (2 * x) ** (1 / 3) * k * A
    return A * W + surface + coulomb + thickness + exchange + k_n**4 / 3 * slope(k_n) * A / k**3


@settings(deadline=None, max_examples=30)
@given(st.integers(8, 82), st.floats(1.0, 3.0), st.floats(0.0, 0.05))
def test_another_solver_finds_the_same_drop(Z: int, ratio: float, n_n: float) -> None:
    """Bounded minimisation of the plain transcription, for N from Z to 3 Z."""
    N = min(round(ratio * Z), 240)
    A, k_n = Z + N, (1.5 * pi**2 * n_n) ** (1 / 3)
    found = drop(Z, A, n_n)
    other = minimize_scalar(
        gibbs_by_hand, bounds=(1.1, 1.45), args=(Z, A, k_n), method="bounded", options={"xatol": 1e-9}
    )
    assert found.G - found.pairing == pytest.approx(other.fun, abs=1e-4)  # e^2 to 5e-8
    assert found.k == pytest.approx(other.x, abs=2e-6)


def test_terms_add_up() -> None:
    """E without the work of displacing the gas, G with it; in vacuum there is none; pairing by parity."""
    Z, A = [26, 26, 27, 25], [56, 57, 56, 56]
    for n_n in (0.0, 0.02):
        drops = drop(Z, A, n_n)
        inner = sum(
            (drops.bulk, drops.surface, drops.coulomb, drops.thickness, drops.exchange, drops.pairing)
        )
        assert drops.E == pytest.approx(inner, rel=1e-13)
        assert drops.G == pytest.approx(drops.E + drops.displacement, rel=1e-13)
        assert (drops.displacement == 0.0).all() == (n_n == 0.0)
        strength = FITTED.delta_0 / np.sqrt(56)
        assert drops.pairing == pytest.approx([-strength, 0.0, strength, strength])
    assert drop(82, 208).coulomb == pytest.approx(0.6 * 82**2 * 1.43996448 / drop(82, 208).radius, rel=1e-6)


# What a gas does.

IN_GAS = [(26, 56), (20, 56), (12, 40), (22, 88), (10, 34), (40, 160)]


@pytest.mark.parametrize(("Z", "A"), IN_GAS)
def test_slope_in_the_gas_is_what_the_envelope_theorem_says(Z: int, A: int) -> None:
    """With k free to move, dG/dn_n is its derivative at fixed k: of P_gas A/n, the surface, its thickness."""
    n_n = np.array([1e-4, 1e-3, 1e-2, 4e-2])
    here = drop(Z, A, n_n)
    n = density(here.k)
    pressure = neutrons.pressure(n_n, "Mackie-Baym")
    assert here.displacement == pytest.approx(pressure * A / n, rel=1e-11)
    mu = neutrons.chemical_potential(n_n * [[1 - 1e-4], [1 + 1e-4]], "Mackie-Baym")
    stiffness = (mu[1] - mu[0]) / 2e-4  # n_n dmu/dn_n, which is dP/dn_n
    tension = FITTED.sigma / FITTED.w0 * (A * (1 - n_n / n)) ** (2 / 3)
    slope = stiffness * A / n + tension * pressure / n_n**2  # dW_0/dn_n = P/n_n^2
    slope += 2 / 3 * (here.thickness - here.surface) / (n - n_n)
    step = 1e-4 * n_n
    measured = (drop(Z, A, n_n + step).G - drop(Z, A, n_n - step).G) / (2 * step)
    assert measured == pytest.approx(slope, rel=1e-6)


def test_a_thin_gas_acts_through_the_surface_alone() -> None:
    """To first order in k_n: (sigma / w0) A^(2/3) W_0(k_n), while the work of displacing goes as k_n^4."""
    Z, A = np.array(IN_GAS).T
    k_n = 1e-3
    shift = drop(Z, A, density(k_n)).G - drop(Z, A).G
    assert shift == pytest.approx(FITTED.sigma / FITTED.w0 * A ** (2 / 3) * mackie_baym(k_n), rel=1e-5)


def test_the_cubic_through_four_nodes_meets_every_drop() -> None:
    """As the kernels of the crusts use it: to 1e-4 MeV, wherever N >= Z."""
    step, shift = liquid_drop.gas_shifts()
    model = nuclides.mass_model("MB-type")
    Z, A = model.nuclides
    Z, N = Z[2 * Z <= A], (A - Z)[2 * Z <= A]
    assert (shift[0][Z, N] == 0.0).all()
    assert np.isnan(shift[:, :6]).all()
    assert step * (shift.shape[0] - 1) > (1.5 * pi**2 * 0.06) ** (1 / 3)
    k_n = np.array([0.3, 0.5, 1.5, 20.5, 40.3, 60.5, 86.5]) * step
    vacuum = drop(Z, Z + N).G
    for k in k_n:
        first = max(0, int(k / step) - 1)
        nodes = np.arange(first, first + 4)
        cubic = KroghInterpolator(nodes, shift[nodes][:, Z, N])(k / step)
        assert np.abs(cubic - (drop(Z, Z + N, density(k)).G - vacuum)).max() < 1e-4


def test_the_table_holds_what_a_crust_of_drops_meets() -> None:
    """And ends where matter inside is no longer bound, in vacuum, against falling apart."""
    model = nuclides.mass_model("MB-type")
    for name in ("Fe56", "Ca56", "Ca68", "Ca72", "Ti88", "Cr96", "Ne34", "Ne36", "Mg40", "Mg48", "Pd106"):
        assert nuclides.parse(name) in model
    for Z, A in [(10, 10 + 66), (20, 20 + 100), (40, 40 + 200)]:
        assert (Z, A) in model
    for Z, last in [(8, 54), (20, 135)]:
        assert (Z, Z + last) in model
        with pytest.raises(ConvergenceError, match=f"none is bound at Z = {Z}, A = {Z + last + 1}"):
            drop(Z, Z + last + 1)


# Constants, shapes, refusals.


def test_constants_do_what_they_are_named_for() -> None:
    """Twice the pairing; stiff matter keeps its density; w0 binds."""
    plain = drop(20, 56)
    paired = drop(20, 56, constants=FITTED._replace(delta_0=2 * FITTED.delta_0))
    assert paired.G - plain.G == pytest.approx(-FITTED.delta_0 / np.sqrt(56))
    assert drop(20, 40, constants=FITTED._replace(K=1e6)).k == pytest.approx(FITTED.k0, rel=1e-4)
    assert bulk_energy(1.34, 0.5, FITTED._replace(w0=16.0)) == pytest.approx(-16.0)


def test_numbers_and_arrays() -> None:
    """Numbers in, floats out; arrays broadcast."""
    assert all(isinstance(value, float) for value in drop(26, 56))
    drops = drop([[26], [28]], [56, 58, 60], 0.01)
    assert all(value.shape == (2, 3) for value in drops)
    assert drops.G[1, 1] == drop(28, 58, 0.01).G
    assert bulk_energy([[1.2], [1.3]], [0.1, 0.2, 0.3]).shape == (2, 3)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((5, 12), "Z = 5"),
        ((83, 209), "Z = 83"),
        ((26, 43), r"A = 43: .*\[44, 266\]"),
        ((26, 267), r"A = 267: .*\[44, 266\]"),
        ((26, 56.5), "A = 56.5"),
        (("Fe", 56), "Z = 'Fe'"),
        ((26, 56, -1e-3), r"neutron_density = -0.001: .*\[0, 0.06\]"),
        ((26, 56, 0.07), r"neutron_density = 0.07: .*\[0, 0.06\]"),
        ((26, 56, float("nan")), "neutron_density = nan"),
        ((26, [56, 57], [0.0, 0.1, 0.2]), "neutron_density = 0.1"),
        ((26, [56, 57], [0.0, 0.01, 0.02]), "do not broadcast"),
        ((26, 56, 0.0, "fitted"), "constants = 'fitted'"),
        ((26, 56, 0.0, FITTED._replace(K=-1.0)), "constants.K = -1.0"),
    ],
)
def test_bad_input_is_named(arguments: tuple, says: str) -> None:
    """Argument, value, and what is allowed."""
    with pytest.raises(ValueError, match=says):
        drop(*arguments)


@pytest.mark.parametrize(
    ("k", "x", "says"), [(1.7, 0.5, "k = 1.7"), (1.3, 1.1, "x = 1.1"), ([1, 2], 0, "k = 2")]
)
def test_bad_matter_is_named(k: float, x: float, says: str) -> None:
    """The same."""
    with pytest.raises(ValueError, match=says):
        bulk_energy(k, x)


def test_what_dissolves_is_said() -> None:
    """No number for a drop that is not there."""
    with pytest.raises(ConvergenceError, match=r"Z = 6, A = 10, neutron_density = 0\.06"):
        drop(6, 10, 0.06)

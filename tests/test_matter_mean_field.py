import numpy as np
import pytest

from crustlib.matter import skyrme
from crustlib.matter.mean_field import mean_field

FUNCTIONALS = skyrme.available()

# A slab, periodic in z: everything is smooth, so that sums over the grid integrate to machine precision
L, POINTS = 24.0, 128
z = np.arange(POINTS) * L / POINTS
wave = 2 * np.pi / L
slab_n = 0.06 + 0.03 * np.cos(wave * z) + 0.006 * np.cos(2 * wave * z)
slab_p = 0.02 + 0.015 * np.cos(wave * z)
bumps = {"neutron": (np.cos(3 * wave * z) + 0.3, 0 * z), "proton": (0 * z, np.cos(2 * wave * z) + 0.2)}


def slope(x, times=1):
    k = 2 * np.pi * np.fft.fftfreq(POINTS, L / POINTS)
    return np.fft.ifft((1j * k) ** times * np.fft.fft(x)).real


def field(n_n, n_p, name, nucleon):
    a, b = slope(n_n), slope(n_p)
    return mean_field(n_n, n_p, (slope(n_n, 2), slope(n_p, 2)), (a * a, a * b, b * b), name, nucleon)


def energy(n_n, n_p, tau_n, tau_p, f):
    """The functional as it is printed: Chamel, Goriely & Pearson 2009, (A1)."""
    n, tau, grad = n_n + n_p, tau_n + tau_p, slope(n_n + n_p)
    squares = n_n**2 + n_p**2
    grads = slope(n_n) ** 2 + slope(n_p) ** 2
    weighted = n_n * tau_n + n_p * tau_p
    t2, x1 = f.t2, f.x1
    e = f.t0 / 2 * ((1 + f.x0 / 2) * n**2 - (0.5 + f.x0) * squares)
    e += f.t3 / 12 * n**f.alpha * ((1 + f.x3 / 2) * n**2 - (0.5 + f.x3) * squares)
    e += f.t1 / 4 * ((1 + x1 / 2) * (n * tau + 0.75 * grad**2) - (0.5 + x1) * (weighted + 0.75 * grads))
    e += 0.25 * ((t2 + f.t2x2 / 2) * (n * tau - grad**2 / 4) + (t2 / 2 + f.t2x2) * (weighted - grads / 4))
    fourth = (1 + f.x4 / 2) * (n * tau + 0.75 * grad**2) - (0.5 + f.x4) * (weighted + 0.75 * grads)
    e += f.t4 / 4 * fourth * n**f.beta
    mixed = (1 + f.x4 / 2) * n * grad**2 - (0.5 + f.x4) * grad * (n_n * slope(n_n) + n_p * slope(n_p))
    e += f.beta / 8 * f.t4 * mixed * n ** (f.beta - 1)
    fifth = (1 + f.x5 / 2) * (n * tau - grad**2 / 4) + (0.5 + f.x5) * (weighted - grads / 4)
    return e + f.t5 / 4 * fifth * n**f.gamma


@pytest.mark.parametrize("name", FUNCTIONALS)
@pytest.mark.parametrize("nucleon", ["neutron", "proton"])
def test_the_potential_is_the_slope_of_the_printed_energy(name, nucleon):
    f = skyrme.functional(name)
    tau = [field(slab_n, slab_p, name, q).kinetic_density for q in ("neutron", "proton")]
    bump_n, bump_p = bumps[nucleon]
    step = 1e-6

    def total(sign):
        return energy(slab_n + sign * step * bump_n, slab_p + sign * step * bump_p, *tau, f).sum()

    potential = field(slab_n, slab_p, name, nucleon).potential
    expected = (total(1) - total(-1)) / (2 * step)
    assert (potential * (bump_n + bump_p)).sum() == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize("name", FUNCTIONALS)
def test_uniform_matter_is_the_functional_s_own(name):
    f = skyrme.functional(name)
    for n_n, n_p in ((0.08, 0.08), (0.15, 0.01), (1e-4, 1e-8)):
        for k, (nucleon, own, h) in enumerate(
            (("neutron", n_n, f.hbar2_2m_n), ("proton", n_p, f.hbar2_2m_p))
        ):
            here = mean_field(n_n, n_p, functional=name, nucleon=nucleon)
            mass = skyrme.effective_masses(n_n, n_p, name)[k]
            assert here.effective_mass == pytest.approx(mass, rel=1e-13)
            fermi = h / mass * (3 * np.pi**2 * own) ** (2 / 3)
            mu = skyrme._nuclear_chemical_potentials(n_n, n_p, f)[k]
            assert here.potential + fermi == pytest.approx(mu, rel=1e-11)


def test_the_kinetic_density_is_brack_guet_and_hakansson_s():
    f = skyrme.functional("BSk24")
    c_t, c_q = skyrme.couplings(slab_n + slab_p, "BSk24")
    for nucleon, own, h in (("neutron", slab_n, f.hbar2_2m_n), ("proton", slab_p, f.hbar2_2m_p)):
        # derivatives of the mass by Fourier here, by the chain rule there
        mass = 1 + (c_t * (slab_n + slab_p) + c_q * own) / h
        expected = 0.6 * (3 * np.pi**2) ** (2 / 3) * own ** (5 / 3)
        expected += slope(own) ** 2 / (36 * own) + slope(own, 2) / 3
        expected += (slope(own) * slope(mass) + own * slope(mass, 2)) / (6 * mass)
        expected -= own * (slope(mass) / mass) ** 2 / 12
        assert field(slab_n, slab_p, "BSk24", nucleon).kinetic_density == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n_n": 0.0, "n_p": 0.1}, "n_n = 0.0"),
        ({"n_n": 0.1, "n_p": float("nan")}, "n_p"),
        ({"n_n": 0.1, "n_p": 0.1, "nucleon": "kaon"}, "nucleon = 'kaon'"),
        ({"n_n": 0.1, "n_p": 0.1, "functional": "BSk1"}, "functional = 'BSk1'"),
        ({"n_n": 0.1, "n_p": 0.1, "laplacians": ("a", 0.0)}, "laplacians = 'a'"),
    ],
)
def test_bad_input_is_refused_by_name(arguments, message):
    with pytest.raises(ValueError, match=message):
        mean_field(**arguments)

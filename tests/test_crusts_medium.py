"""A layer's equation of state: thermodynamic identities, and conservation when its nuclei react."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crustlib.constants import ATOMIC_MASS_UNIT_MEV, ELECTRON_MASS_MEV
from crustlib.crusts.layers import matter_of
from crustlib.crusts.medium import _medium, _total_pressure
from crustlib.matter import coulomb, electrons, neutrons

kinds = st.sampled_from(neutrons.available())
layers = st.fixed_dictionaries(
    {
        "pressure": st.floats(-11.0, -1.5).map(lambda exponent: 10.0**exponent),
        "Z": st.integers(7, 50),
        "Y_n": st.one_of(st.just(0.0), st.floats(1e-9, 0.9)),
        "A_over_Z": st.floats(2.0, 4.0),
    }
)


def solve(layer, matter, guess=1e-6):
    """Return electrons per baryon, z53 and the medium of a layer of one nuclide."""
    Y_e, z53 = (1.0 - layer["Y_n"]) / layer["A_over_Z"], layer["Z"] ** (2.0 / 3.0)
    medium = _medium(layer["pressure"], Y_e, layer["Y_n"], z53, matter, guess)
    assert medium.converged
    return Y_e, z53, medium


@given(layer=layers, lattice=st.booleans(), kind=kinds)
def test_the_parts_add_up_to_the_pressure(layer, lattice, kind):
    Y_e, z53, medium = solve(layer, matter_of(lattice, kind))
    n_e, n_n = medium.n_b * Y_e, medium.n_b * layer["Y_n"]
    parts = [electrons.pressure(n_e), neutrons.pressure(n_n, kind)]
    parts += [coulomb.lattice_pressure(n_e, z53)] if lattice else []
    assert sum(parts) == pytest.approx(layer["pressure"], rel=1e-11)
    assert medium.n_e == pytest.approx(n_e, rel=1e-14)
    assert medium.mu_e == pytest.approx(electrons.chemical_potential(n_e), rel=1e-14)


@given(layer=layers, lattice=st.booleans(), guess=st.floats(-12.0, 0.0))
def test_the_guess_does_not_matter(layer, lattice, guess):
    matter = matter_of(lattice, "SLy4")
    near, far = solve(layer, matter)[2], solve(layer, matter, 10.0**guess)[2]
    assert far.n_b == pytest.approx(near.n_b, rel=1e-11)


@given(layer=layers, lattice=st.booleans(), kind=kinds)
def test_density_rises_with_pressure(layer, lattice, kind):
    matter = matter_of(lattice, kind)
    low = solve(layer, matter)[2]
    high = solve({**layer, "pressure": 1.001 * layer["pressure"]}, matter, low.n_b)[2]
    assert high.n_b > low.n_b and high.mu_e > low.mu_e and high.neutron >= low.neutron


@given(layer=layers, lattice=st.booleans(), kind=kinds)
def test_potentials_add_up_to_the_gibbs_energy(layer, lattice, kind):
    """G = eps + P = sum of mu_i n_i, lattice shares included; the nuclei's rest energy is on neither side."""
    Y_e, z53, medium = solve(layer, matter_of(lattice, kind))
    n_e, n_n = medium.n_b * Y_e, medium.n_b * layer["Y_n"]
    n_i = n_e / layer["Z"]
    energy = electrons.energy_density(n_e) - n_e * ELECTRON_MASS_MEV
    energy += neutrons.energy_density(n_n, kind) - n_n * ATOMIC_MASS_UNIT_MEV
    energy += coulomb.lattice_energy_density(n_e, z53) if lattice else 0.0
    nuclei = -n_i * medium.nucleus * layer["Z"] ** (5.0 / 3.0)
    gibbs = n_e * medium.electron + n_n * medium.neutron + nuclei
    scale = n_e * medium.mu_e + n_n * neutrons.chemical_potential(n_n, kind)
    assert gibbs == pytest.approx(energy + layer["pressure"], abs=1e-12 * scale)


@given(layer=layers, lattice=st.booleans())
def test_the_slope_is_the_derivative(layer, lattice):
    Y_e, z53, medium = solve(layer, matter := matter_of(lattice, "BSk24"))
    h = 1e-5
    up, down = (_total_pressure(medium.n_b * np.exp(s), Y_e, layer["Y_n"], z53, matter)[0] for s in (h, -h))
    slope = _total_pressure(medium.n_b, Y_e, layer["Y_n"], z53, matter)[1]
    assert (up - down) / (2 * h) == pytest.approx(slope, rel=1e-6)


def test_without_a_solution_it_says_so():
    for pressure, Y_n in ((np.nan, 0.0), (-1e-3, 0.0), (1e-3, np.nan), (1e-3, -1e-9)):
        assert not _medium(pressure, 0.4, Y_n, 10.0, matter_of(True, "SLy4"), 1e-4).converged


@pytest.mark.parametrize("bad", [None, 1, "yes", np.nan])
def test_a_lattice_is_there_or_not(bad):
    with pytest.raises(ValueError, match="lattice"):
        matter_of(bad, "SLy4")

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crustlib.entrainment import cell, epstein_baym, hydrodynamics, potential_flow

x = np.linspace(0.0, 0.5, 33)  # half a period


def test_the_three_limits_and_the_misprint():
    radius, gas, neutrons, protons = 6.5, 0.02, 0.09, 0.03
    volume = 4 / 3 * np.pi * radius**3
    Z, N = protons * volume, neutrons * volume

    def ion(flowing):
        return epstein_baym(flowing / gas, radius, gas, neutrons, protons)

    assert ion(0.0).transported == pytest.approx(Z + N)  # impenetrable
    assert ion(0.0).effective == pytest.approx(Z + N + gas * volume / 2)  # half of what a sphere displaces
    assert ion(neutrons + protons).transported == pytest.approx(0.0, abs=1e-9)  # all superfluid
    assert ion(neutrons).transported == pytest.approx(Z)  # permeable: rho_s,i = rho_n,i
    assert ion(gas).transported == pytest.approx(Z + (neutrons - gas) * volume)  # as printed: not Z
    assert ion(gas).effective == ion(gas).transported


@given(share=st.floats(0.0, 0.99), gas=st.floats(1e-4, 0.07), protons=st.floats(1e-3, 0.05))
@settings(max_examples=30, deadline=None)
def test_both_printed_forms_are_identical(share, gas, protons):
    inside = 3.0 * gas + protons
    x = share * inside / gas
    ion = epstein_baym(x, 5.0, gas, 3.0 * gas, protons)
    other = 1 + (x - 1) ** 2 / (x + 2) * gas / (inside - x * gas)
    assert ion.effective / ion.transported == pytest.approx(other, rel=1e-9)


def mean(rho):
    weights = [np.where(np.isin(np.arange(n), (0, n - 1)), 0.5, 1.0) / (n - 1) for n in rho.shape]
    return np.einsum("ijk,i,j,k", rho, *weights)


def test_layers_are_a_series_circuit():
    rho = np.exp(1.2 * np.cos(2 * np.pi * x))[:, None, None] * np.ones((33, 33, 33))
    assert hydrodynamics.solve(rho)[0] == pytest.approx(1 / (mean(rho) * mean(1 / rho)), rel=1e-9)
    assert hydrodynamics.solve(rho.transpose(1, 0, 2))[0] == pytest.approx(1.0, rel=1e-12)
    assert hydrodynamics.solve(np.ones((9, 9, 9)))[:3] == (1.0, 0, 0.0)


def test_keller_s_duality():
    # rods whose inverse is the same pattern, shifted: their mean conductivity is 1 exactly (Keller 1964)
    wave = np.cos(2 * np.pi * x)
    rho = np.exp(1.5 * wave[:, None, None] * wave[None, :, None]) * np.ones((33, 33, 33))
    assert hydrodynamics.solve(rho)[0] * mean(rho) == pytest.approx(1.0, rel=1e-9)


@pytest.mark.parametrize("filling", [0.03, 0.131])
def test_spheres_in_a_lattice_are_maxwell_s_and_epstein_and_baym_s_ion(filling):
    ratio, radius = 3.0, (3 * filling / (8 * np.pi)) ** (1 / 3)
    conductivity = []
    for points in (25, 49):
        side = np.linspace(0.0, 0.5, points)
        squares = [np.add.outer(np.add.outer(d**2, d**2), d**2) for d in (side, 0.5 - side)]
        r = np.sqrt(np.minimum(*squares))
        rho = 1 + (ratio - 1) * np.clip((radius - r) / side[1] + 0.5, 0, 1)
        conductivity.append(hydrodynamics.solve(rho)[0] * mean(rho))
    sharp = 2 * conductivity[1] - conductivity[0]  # what a blurred surface adds falls with the step
    beta = filling * (ratio - 1) / (ratio + 2)
    assert sharp == pytest.approx(1 + 3 * beta / (1 - beta), abs=1e-3)
    carried = (1 + (ratio - 1) * filling - sharp) / filling  # beside the superfluid, over the displaced mass
    assert carried == pytest.approx((ratio - 1) ** 2 / (ratio + 2), rel=filling)


def test_as_much_flows_through_every_plane_and_none_through_the_walls():
    c = cell(baryon_density=0.03)
    half = len(c.neutron_density) // 2 + 1
    rho, flow = c.neutron_density[:half, :half, :half], potential_flow(c)
    weights = np.where(np.isin(np.arange(half), (0, half - 1)), 0.5, 1.0) / (half - 1)
    through = np.einsum("ijk,j,k", rho * flow.velocity[0], weights, weights)
    assert through == pytest.approx(flow.superfluid_fraction * mean(rho), rel=1e-4)
    assert mean(flow.velocity[0]) == pytest.approx(1.0, rel=1e-9)
    assert not flow.velocity[1, :, [0, -1]].any()
    # no vortices: y to z are alike, and dv_x/dy = dv_y/dx by differences of second order
    assert flow.velocity[1] == pytest.approx(flow.velocity[2].transpose(0, 2, 1), abs=1e-9)
    curl = np.gradient(flow.velocity[0], axis=1) - np.gradient(flow.velocity[1], axis=0)
    assert np.abs(curl[1:-1, 1:-1]).max() < 0.05 * np.abs(np.gradient(flow.velocity[0], axis=1)).max()


def test_the_crust_s_ions_as_computed_elsewhere():
    # the physics page's independent calculation, 0.002 in the fraction
    for n, fraction, mass in ((0.03, 0.936, 106), (0.05, 0.969, 76)):
        c = cell(baryon_density=n)
        flow = potential_flow(c)
        assert flow.superfluid_fraction == pytest.approx(fraction, abs=1e-3)
        assert flow.ion_mass == pytest.approx(mass, abs=0.5)
        assert flow.ion_mass > c.Z
        finer = potential_flow(cell(baryon_density=n, points=72))
        assert flow.superfluid_fraction == pytest.approx(finer.superfluid_fraction, abs=1e-6)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((-1.0, 6.5, 0.02, 0.09, 0.03), "permeability = -1.0"),
        ((7.0, 6.5, 0.02, 0.09, 0.03), "permeability = 7.0"),
        ((1.0, 0.0, 0.02, 0.09, 0.03), "radius = 0.0"),
        ((1.0, 6.5, 0.0, 0.09, 0.03), "gas_density = 0.0"),
        ((1.0, 6.5, 0.02, float("nan"), 0.03), "neutron_density"),
        ((1.0, 6.5, 0.02, 0.09, "few"), "proton_density = 'few'"),
    ],
)
def test_bad_input_is_refused_by_name(arguments, message):
    with pytest.raises(ValueError, match=message):
        epstein_baym(*arguments)
    with pytest.raises(ValueError, match="Cell"):
        potential_flow(arguments)

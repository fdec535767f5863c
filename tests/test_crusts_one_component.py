"""One nuclide per layer: Haensel & Zdunik's layers, thresholds, Gibbs energy, audit, bad input."""

import numpy as np
import pytest
from scipy.optimize import brentq

from crustlib import nuclides
from crustlib.constants import (
    ATOMIC_MASS_UNIT_G,
    ATOMIC_MASS_UNIT_MEV,
    ELECTRON_MASS_MEV,
    MEV_FM3_IN_DYN_CM2,
    PER_FM3_IN_PER_CM3,
)
from crustlib.crusts import accreted, one_component, profile
from crustlib.crusts.layers import layer_columns, matter_of
from crustlib.crusts.medium import _medium
from crustlib.matter import coulomb, electrons, neutrons

FRDM, HFB = "AME2016+FRDM95+DZ31", "AME2016+HFB21+DZ31"
HAENSEL_ZDUNIK = {"mass_model": "MB-type", "neutrons": "Mackie-Baym", "nuclear_volume": True}
LAYERS = [  # Haensel & Zdunik 1990a,b, 2003: nuclide, baryons per cell, P (dyn cm^-2) and rho at the bottom
    ("Fe56", 56, 7.235e26, 1.494e9),
    ("Cr56", 56, 9.569e27, 1.1145e10),
    ("Ca56", 56, 4.747e29, 2.496e11),
    ("Ar56", 56, 1.361e30, 6.110e11),
    ("Si46", 56, 2.253e30, 1.131e12),
    ("Mg40", 56, 2.637e30, 1.455e12),
    ("Ar62", 112, 3.216e30, 2.134e12),
    ("Si50", 112, 4.699e30, 3.338e12),
]
SEQUENCE = "Fe56 Cr56 Ti56 Ca56 Ar56 S52 Si46 Mg40 Ca68 Ar62 S56 Si50 Mg44".split()  # their first 13 layers


@pytest.fixture(scope="module")
def crust():
    """Make the crust that the page of physics speaks of: without a lattice."""
    return one_component(FRDM, lattice=False, splice="mixed")


@pytest.fixture(scope="module")
def drops():
    """Make the crust with masses of Haensel & Zdunik's kind."""
    return one_component(**HAENSEL_ZDUNIK)


def names(crust):
    """Return the one nuclide of each layer, by name."""
    every = [nuclides.name(int(Z), int(A)) for Z, A in zip(crust["Z"].values, crust["A"].values, strict=True)]
    return np.array(every)[crust["number_density"].values.argmax(axis=1)]


def bottoms(crust):
    """Return the index of the last layer of each nuclide."""
    of_layers = names(crust)
    return np.flatnonzero(of_layers[1:] != of_layers[:-1])


@pytest.mark.parametrize(("name", "cell", "P", "rho"), LAYERS)
def test_the_published_layers_have_our_equation_of_state(name, cell, P, rho):
    """What they print as rho is eps/c^2, to 4e-4; n_b m_u is less by up to 1 % in every layer."""
    Z, A = nuclides.parse(name)
    matter, pressure = matter_of(True, "Mackie-Baym", True), P / MEV_FM3_IN_DYN_CM2
    medium = _medium(pressure, Z / cell, 1.0 - A / cell, Z ** (2.0 / 3.0), matter, 1e-5)
    columns = layer_columns(
        np.array([pressure]),
        np.array([medium.n_b]),
        np.array([[1.0 / cell]]),
        np.array([1.0 - A / cell]),
        np.array([Z]),
        np.array([A]),
        matter,
        nuclides.mass_model(FRDM),
        "Mackie-Baym",
    )
    assert columns["mass_density"][0] == pytest.approx(rho, rel=1e-3)
    assert medium.n_b * ATOMIC_MASS_UNIT_G * PER_FM3_IN_PER_CM3 == pytest.approx(rho, rel=1e-2)


def test_the_sequence_of_haensel_and_zdunik(drops):
    """Every nuclide of their first 13 layers; pressures within 5 % from 56Ca on, but 0.59 and 1.83 before."""
    ends = bottoms(drops)[: len(SEQUENCE)]
    assert names(drops)[ends].tolist() == SEQUENCE
    ratio = {}
    for name, cell, P, rho in LAYERS:
        k = ends[SEQUENCE.index(name)]
        assert float(drops["A_cell"][k]) == pytest.approx(cell)
        ratio[name] = float(drops["pressure"][k]) * MEV_FM3_IN_DYN_CM2 / P
        if name not in ("Fe56", "Cr56"):
            assert float(drops["mass_density"][k]) == pytest.approx(rho, rel=0.05)
    assert ratio.pop("Fe56") == pytest.approx(0.594, abs=1e-3)
    assert ratio.pop("Cr56") == pytest.approx(1.827, abs=1e-3)
    assert max(abs(r - 1.0) for r in ratio.values()) < 0.05


def test_their_gas_of_neutrons_begins_with_four_in_each_cell(drops):
    k = names(drops).tolist().index("S52")
    free = drops["neutron_density"] / drops["number_density"].sum("nuclide")
    assert float(free[k]) == pytest.approx(4.0, rel=1e-9) and float(free[k - 1]) == 0.0


def test_free_neutrons_jump_from_nothing(crust):
    n_n, P = crust["neutron_density"].values, crust["pressure"].values * MEV_FM3_IN_DYN_CM2
    first = np.flatnonzero(n_n > 0.0)[0]
    assert P[first] == pytest.approx(1.4615e30, rel=1e-3)
    assert P[first] == P[first - 1] and n_n[first - 1] == 0.0
    assert n_n[first] > 5e-5  # at once as many as elsewhere over a tenth of the pressure
    assert float(crust["mu_e"][first - 1]) == pytest.approx(30.191, abs=2e-3)


def test_all_jumps_are_at_thresholds(crust):
    """Two layers of one pressure at each: the second is denser; below the drip, with more neutrons."""
    for k in bottoms(crust):
        upper, lower = crust.isel(layer=k), crust.isel(layer=k + 1)
        assert float(upper["pressure"]) == float(lower["pressure"])
        assert float(lower["baryon_density"]) > 1.01 * float(upper["baryon_density"])
        assert float(lower["heat"]) > float(upper["heat"])
        if float(lower["neutron_density"]) > 0.0:
            assert float(lower["neutron_density"]) > 1.02 * float(upper["neutron_density"])
            assert float(lower["mu_e"]) < float(upper["mu_e"])
    quiet = np.setdiff1d(np.arange(crust.sizes["layer"] - 1), bottoms(crust))
    assert np.diff(crust["baryon_density"].values)[quiet].max() < 0.01 * float(crust["baryon_density"][-1])
    assert (np.diff(crust["heat"].values)[quiet] == 0.0).all()


@pytest.mark.parametrize("lattice", [False, True])
def test_reactions_begin_where_the_network_has_them(lattice):
    """Before neutrons drip one nucleus' Q decides in both; the network goes 1e-5 beyond a threshold."""
    one, many = (make(HFB, pressure_max=6e-4, lattice=lattice) for make in (one_component, accreted))
    where = {}
    for crust in (one, many):
        begins = zip(crust["reaction_name"].values, crust["reaction_pressure"].values, strict=True)
        where[crust.attrs["maker"]] = dict(list(begins)[:8])
    assert where["one_component"].keys() == where["accreted"].keys()
    for name, P in where["one_component"].items():
        assert where["accreted"][name] == pytest.approx(P, rel=3e-5), name


def test_heat_of_a_pair_of_captures_in_closed_form(crust):
    """Without lattice and neutrons n_e and mu_e stay at fixed P: the heat is of odd-even staggering."""
    mass = nuclides.mass_model(FRDM).mass_excess
    pairs = [("Fe56", "Mn56", "Cr56"), ("Cr56", "V56", "Ti56"), ("Ti56", "Sc56", "Ca56")]
    for k, pair in zip(bottoms(crust), pairs, strict=False):
        even, odd, next_even = (float(mass(*nuclides.parse(name))) for name in pair)
        released = float(crust["heat"][k + 1] - crust["heat"][k])
        assert released == pytest.approx((2.0 * odd - even - next_even) / 56.0, abs=1e-6)


def gibbs(Z, A, cell, P):
    """Return the Gibbs energy of a cell (MeV, without rest masses) at P, by public functions."""

    def pressure(n_i):
        n_e, n_n = n_i * Z, n_i * (cell - A)
        return electrons.pressure(n_e) + coulomb.lattice_pressure(n_e, Z ** (2 / 3)) + neutrons.pressure(n_n)

    n_i = brentq(lambda n: pressure(n) / P - 1.0, 1e-9, 1e-3, xtol=1e-18, rtol=1e-14)
    n_e, n_n = n_i * Z, n_i * (cell - A)
    energy = electrons.energy_density(n_e) - n_e * ELECTRON_MASS_MEV
    energy += coulomb.lattice_energy_density(n_e, Z ** (2 / 3))
    energy += neutrons.energy_density(n_n) - n_n * ATOMIC_MASS_UNIT_MEV
    return float(nuclides.mass_model(FRDM).mass_excess(Z, A)) + (energy + P) / n_i


def test_as_many_neutrons_leave_as_lower_the_gibbs_energy_most():
    crust = one_component(FRDM, splice="mixed", pressure_max=3.2e-3)
    emissions = np.flatnonzero(crust["reaction_kind"].values == "emission")
    assert emissions.size > 5
    cell = 56
    pressures = crust["reaction_pressure"].values
    for row in np.flatnonzero(pressures >= pressures[emissions[0]]):
        left, right = str(crust["reaction_name"][row].values).split(" -> ")
        (Z, A), P = nuclides.parse(left.split(" + ")[0]), float(crust["reaction_pressure"][row])
        if crust["reaction_kind"][row] == "fusion":
            cell *= 2
        if row not in emissions:
            continue
        gone = A - nuclides.parse(right.split(" + ")[0])[1]
        levels = [gibbs(Z, A - x, cell, P) for x in range(12)]
        assert int(np.argmin(levels)) == gone, str(crust["reaction_name"][row].values)
        released = (levels[0] - levels[gone]) / cell
        assert float(crust["reaction_heat"][row]) == pytest.approx(released, abs=1e-6)


@pytest.mark.parametrize("make", [one_component, accreted])
@pytest.mark.parametrize("options", [{}, {"lattice": False}, {"nuclear_volume": True}], ids=str)
def test_the_energy_audit_closes(make, options):
    """G falls by the heat and rises by int dP/n_b, to 1e-3 MeV per baryon, whatever acts on the layers."""
    crust = make(FRDM, splice="mixed", **options)
    volume, P = 1.0 / crust["baryon_density"].values, crust["pressure"].values
    work = np.concatenate(([0.0], np.cumsum(0.5 * (volume[1:] + volume[:-1]) * np.diff(P))))
    G = crust["gibbs_energy"].values
    assert np.abs(G - G[0] + crust["heat"].values - work).max() < 1e-3
    assert float(crust["reaction_heat"].sum()) == pytest.approx(float(crust["heat"][-1]), rel=1e-9)


@pytest.mark.parametrize("make", [one_component, accreted])
def test_the_volume_of_nuclei_does_nothing_without_neutrons(make):
    point, ball = (make(FRDM, pressure_max=1e-3, nuclear_volume=on) for on in (False, True))
    assert float(point["neutron_density"].max()) == 0.0
    for name in ("pressure", "baryon_density", "number_density", "heat", "gibbs_energy"):
        np.testing.assert_array_equal(ball[name], point[name])


def test_nuclei_squeeze_the_gas_by_what_they_fill():
    """Neutrons between nuclei that fill a part w are denser by 1/(1 - w); there w is some 1 %."""
    ball = one_component(FRDM, pressure_max=4e-3, nuclear_volume=True).isel(layer=slice(-50, None))
    filled = (ball["number_density"] @ ball["A"]).values / 0.16
    assert 0.005 < filled.min() < filled.max() < 0.02
    gas = ball["neutron_density"].values / (1.0 - filled)
    np.testing.assert_allclose(ball["neutron_pressure"], neutrons.pressure(gas), rtol=1e-12)
    rest = electrons.pressure(ball["electron_density"].values)
    z53 = (ball["number_density"] @ ball["Z"] ** (5 / 3)).values / ball["electron_density"].values
    rest += coulomb.lattice_pressure(ball["electron_density"].values, z53)
    np.testing.assert_allclose(rest + neutrons.pressure(gas), ball["pressure"], rtol=1e-9)


def test_cells_keep_baryons_and_charge(crust, drops):
    for each in (crust, drops):
        n_i = each["number_density"].values
        assert ((n_i > 0.0).sum(axis=1) == 1).all()
        baryons = n_i @ each["A"].values + each["neutron_density"].values
        np.testing.assert_allclose(baryons, each["baryon_density"].values, rtol=1e-12)
        np.testing.assert_allclose(n_i @ each["Z"].values, each["electron_density"].values, rtol=1e-12)
        np.testing.assert_allclose(each["A_cell"].values, each["baryon_density"].values / n_i.sum(axis=1))
        doublings = np.log2(each["A_cell"].values / 56.0)
        np.testing.assert_allclose(doublings, np.round(doublings), atol=1e-12)
        fusions = int((each["reaction_kind"] == "fusion").sum())
        assert round(doublings[-1]) == fusions > 0
        assert set(each["reaction_kind"].values) == {"electron capture", "emission", "fusion"}


def test_carbon_fuses_as_in_the_network():
    one, many = (make(FRDM, "C12", pressure_max=1e-4) for make in (one_component, accreted))
    for crust in (one, many):
        assert str(crust["reaction_name"].values[0]) == "C12 + C12 -> Mg24"
    assert float(one["reaction_pressure"][0]) == pytest.approx(float(many["reaction_pressure"][0]), rel=0.01)
    assert float(one["reaction_amount"][0]) == pytest.approx(1.0 / 24.0)
    earlier = one_component(FRDM, "C12", pressure_max=1e-4, s_factor=1e6)
    assert float(earlier["reaction_pressure"][0]) < float(one["reaction_pressure"][0])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"mass_model": "FRDM2000"}, "no such mass table"),
        ({"ashes": {"Fe56": 1.0}}, "ashes = .* one nuclide"),
        ({"ashes": "burst ash"}, "ashes = 'burst ash'.* one nuclide"),
        ({"ashes": "Fe400"}, "holds no such nuclide"),
        ({"splice": "stirred"}, "splice = 'stirred'"),
        ({"lattice": 1}, "lattice = 1"),
        ({"nuclear_volume": "yes"}, "nuclear_volume = 'yes'"),
        ({"neutrons": "SLy5"}, "neutrons = 'SLy5'"),
        ({"pressure_max": np.nan}, "pressure_max = nan"),
        ({"pressure_min": 1e-3, "pressure_max": 1e-4}, "pressure_max = 0.0001"),
        ({"resolution": 0.0}, "resolution = 0.0"),
        ({"gravity": -1.0}, "gravity = -1.0"),
        ({"accretion_rate": 0.0}, "accretion_rate = 0.0"),
        ({"s_factor": -1.0}, "s_factor = -1.0"),
        ({"lowest_Z": 1}, "lowest_Z = 1"),
    ],
)
def test_bad_input_is_named(change, message):
    with pytest.raises(ValueError, match=message):
        one_component(**{"mass_model": FRDM, "pressure_max": 1e-9, **change})


def test_studies_take_it(drops):
    profile.check(drops)
    assert drops.attrs["maker"] == "one_component"
    assert float(profile.impurity_parameter(drops).max()) == pytest.approx(0.0, abs=1e-12)

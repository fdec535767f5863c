"""The accreted crust: published thresholds, energy audit, conservation, convergence, cycles, bad input."""

import json

import numpy as np
import pytest
from scipy.optimize import brentq

from crustlib import nuclides
from crustlib.constants import ELECTRON_MASS_MEV, MEV_FM3_IN_DYN_CM2, NEUTRON_EXCESS_MEV, NEUTRON_MASS_MEV
from crustlib.crusts import accreted, profile
from crustlib.matter import coulomb, electrons
from crustlib.nuclides import MassModel, MassTable, sources

FRDM, HFB, DZ = "AME2016+FRDM95+DZ31", "AME2016+HFB21+DZ31", "AME2016+DZ31"


def _frdm12_at_hand():
    try:
        return bool(sources.supplied("FRDM12"))
    except FileNotFoundError:
        return False


FRDM12 = pytest.param(
    "AME2016+FRDM12+DZ31",
    marks=pytest.mark.skipif(not _frdm12_at_hand(), reason="frdm2012_masses.csv is in no package"),
)
# 56Fe ashes: first reaction, then P (dyn cm^-2), rho (g cm^-3), mu_e (MeV) without and with the lattice.
# An independent calculation for Chugunov & Shchechilin (2020), figure 1; those of measured masses come first.
THRESHOLDS = [
    ("Fe56 + e -> Mn56", (5.2754e26, 1.145e9, 4.2066), (6.4826e26, 1.376e9, 4.4692)),
    ("Cr56 + e -> V56", (1.5115e28, 1.522e10, 9.6460), (1.8326e28, 1.810e10, 10.218)),
    ("Ti56 + e -> Sc56", (8.8373e28, 6.236e10, 14.981), (1.0590e29, 7.339e10, 15.816)),
    ("Ca56 + e -> K56", (4.3091e29, 2.250e11, 22.251), (5.1031e29, 2.620e11, 23.410)),
]
DRIP = ("Ar56 + e -> Cl56", (1.4615e30, 6.247e11, 30.191), (1.7100e30, 7.196e11, 31.649))
BURST_ASH = {  # Horowitz, Berry & Brown 2007, from Gupta et al. 2007; here each Z at its most bound A
    "O16": 0.0301, "Ne22": 0.0116, "Mg26": 0.0023, "Si30": 0.0023, "P33": 0.0023, "Ca46": 0.0046,
    "Ti50": 0.0810, "Cr54": 0.0718, "Fe58": 0.1019, "Co59": 0.0023, "Ni62": 0.0764, "Zn66": 0.0856,
    "Ge72": 0.0116, "As75": 0.1250, "Se78": 0.3866, "Kr84": 0.0023, "Ag107": 0.0023,
}  # fmt: skip


@pytest.fixture(scope="module")
def crusts():
    """Make the crusts that several tests look at, once: (model, splice, lattice) to Profile."""
    calls = [(FRDM, s, on) for s in ("unmixed", "mixed") for on in (False, True)] + [(HFB, "unmixed", True)]
    return {call: accreted(call[0], splice=call[1], lattice=call[2]) for call in calls}


def at(crust, name):
    """Return pressure (dyn cm^-2), rho (g cm^-3) and mu_e (MeV) where a reaction first happens."""
    row = int(np.flatnonzero(crust["reaction_name"].values == name)[0])
    P = float(crust["reaction_pressure"][row])
    above = int(np.searchsorted(crust["pressure"].values, P * (1.0 - 1e-9)))
    rho = float(profile.rho(crust)[above]) * P / float(crust["pressure"][above])
    return P * MEV_FM3_IN_DYN_CM2, rho, float(crust["reaction_mu_e"][row])


@pytest.mark.parametrize("lattice", [False, True])
def test_published_thresholds(crusts, lattice):
    crust = crusts[FRDM, "unmixed", lattice]
    for name, *published in THRESHOLDS:
        P, rho, mu_e = at(crust, name)
        expected_P, expected_rho, expected_mu_e = published[lattice]
        assert P == pytest.approx(expected_P, rel=3e-3), name
        assert rho == pytest.approx(expected_rho, rel=5e-3), name
        assert mu_e == pytest.approx(expected_mu_e, abs=2e-3), name


@pytest.mark.parametrize("lattice", [False, True])
def test_published_neutron_drip(crusts, lattice):
    crust = crusts[FRDM, "unmixed", lattice]
    P, _, mu_e = at(crust, DRIP[0])
    assert P == pytest.approx(DRIP[1 + lattice][0], rel=5e-3)
    assert mu_e == pytest.approx(DRIP[1 + lattice][2], abs=2e-3)
    first = float(crust["pressure"][np.flatnonzero(crust["neutron_density"].values > 0.0)[0]])
    assert first * MEV_FM3_IN_DYN_CM2 == pytest.approx(DRIP[1 + lattice][0], rel=5e-3)
    assert "Cl56" in str(crust["reaction_name"].values[crust["reaction_kind"].values == "emission"][0])


def release(model, splice, one, other):
    """Return Delta_1 - Delta_2, "unmixed" from the first table that holds both."""
    if splice == "mixed":
        masses = nuclides.mass_model(model)
    else:
        tables = (nuclides.mass_model(name) for name in model.split("+"))
        masses = next(table for table in tables if one in table and other in table)
    return float(masses.mass_excess(*one) - masses.mass_excess(*other))


def outer_crust(model, splice, lattice):
    """Yield the captures of A = 56 and their pressures (Q = 0, by hand) down to the first that emits."""
    C = coulomb.LATTICE_C_MEV_FM if lattice else 0.0
    Z, P = 26, 0.0
    while Z > 7:
        z53 = Z ** (2.0 / 3.0)  # of the layer, all of it (Z, 56)

        def pressure(n_e, z53=z53):
            return float(electrons.pressure(n_e)) - C / 3.0 * n_e ** (4.0 / 3.0) * z53

        def Q(n_e, charge, z53=z53):
            nuclei = charge ** (5.0 / 3.0) - (charge - 1) ** (5.0 / 3.0)
            electron = float(electrons.chemical_potential(n_e)) - ELECTRON_MASS_MEV
            mass = release(model, splice, (charge, 56), (charge - 1, 56))
            return mass + electron - C * n_e ** (1.0 / 3.0) * (nuclei + z53 / 3.0)

        n_e = brentq(Q, 1e-10, 1e-2, (Z,), xtol=1e-20, rtol=1e-12)
        P = max(P, pressure(n_e))
        n_e = brentq(lambda n, P=P: pressure(n) / P - 1.0, 1e-10, 1e-2, xtol=1e-20, rtol=1e-12)
        while Q(n_e, Z) > -1e-9 and Z > 7:
            yield f"{nuclides.name(Z, 56)} + e -> {nuclides.name(Z - 1, 56)}", P
            Z -= 1
            losses = range(1, 12)
            if any(release(model, splice, (Z, 56), (Z, 56 - x)) > x * NEUTRON_EXCESS_MEV for x in losses):
                return


@pytest.mark.parametrize("splice", ["unmixed", "mixed"])
@pytest.mark.parametrize("lattice", [False, True])
@pytest.mark.parametrize("model", [FRDM, HFB, DZ, FRDM12, "MB-type"])
def test_every_threshold_to_the_drip_of_every_model(model, lattice, splice):
    """Names and pressures of all captures by one nucleus' Q = 0; the network goes 1e-5 beyond each."""
    by_hand = list(outer_crust(model, splice, lattice))
    assert len(by_hand) >= 7
    crust = accreted(model, splice=splice, lattice=lattice, pressure_max=1.001 * by_hand[-1][1])
    kinds = crust["reaction_kind"].values
    drip = int(np.flatnonzero(kinds == "emission")[0])
    assert crust["reaction_name"].values[:drip].tolist() == [name for name, _ in by_hand]
    assert crust["reaction_pressure"].values[:drip] == pytest.approx([P for _, P in by_hand], rel=3e-5)
    assert float(crust["neutron_density"][crust["pressure"] < 0.999 * by_hand[-1][1]].max()) == 0.0


def test_measured_masses_leave_the_models_no_choice(crusts):
    for name, *_ in THRESHOLDS[:3]:
        assert at(crusts[HFB, "unmixed", True], name) == pytest.approx(
            at(crusts[FRDM, "unmixed", True], name)
        )


def test_magnesium_feeds_fusion_where_lau_et_al_found_it(crusts):
    """40Mg captures at 1.7e12, 25N fuses with it, and mu_e rises by at most 0.1 MeV to 2.4e12 (Lau 2018)."""
    crust = crusts[FRDM, "unmixed", True]
    _, rho, _ = at(crust, "Mg40 + e -> Na40")
    assert rho == pytest.approx(1.70e12, rel=0.05)
    fusions = [str(n) for n in crust["reaction_name"].values[crust["reaction_kind"].values == "fusion"]]
    assert any("N25" in name and "Mg40" in name for name in fusions)
    zone = crust["mu_e"].values[(profile.rho(crust) > 1.7e12).values & (profile.rho(crust) < 2.4e12).values]
    assert zone.size > 10 and np.ptp(zone) <= 0.1


@pytest.mark.parametrize("lattice", [False, True])
def test_the_energy_audit_closes(crusts, lattice):
    """G falls by the heat and rises by int dP/n_b, to 1e-3 MeV per baryon, on the Profile's own layers."""
    crust = crusts[FRDM, "mixed", lattice]
    volume, P = 1.0 / crust["baryon_density"].values, crust["pressure"].values
    work = np.concatenate(([0.0], np.cumsum(0.5 * (volume[1:] + volume[:-1]) * np.diff(P))))
    gibbs = crust["gibbs_energy"].values
    assert np.abs(gibbs - gibbs[0] + crust["heat"].values - work).max() < 1e-3
    assert float(crust["reaction_heat"].sum()) == pytest.approx(float(crust["heat"][-1]), rel=1e-9)
    assert 1.4 <= float(crust["heat"][-1]) <= 2.2  # traditional models: 1.4 to 2.0 MeV to the crust's bottom


def test_baryons_and_charge_are_conserved(crusts):
    for crust in crusts.values():
        n = crust["number_density"].values
        n_b, n_e = crust["baryon_density"].values, crust["electron_density"].values
        baryons = n @ crust["A"].values + crust["neutron_density"].values
        np.testing.assert_allclose(baryons, n_b, rtol=1e-12)
        np.testing.assert_allclose(n @ crust["Z"].values, n_e, rtol=1e-12)


def test_the_column_mu_n_is_that_of_the_free_neutrons(crusts):
    crust = crusts[FRDM, "unmixed", True]
    dry = crust["neutron_density"].values == 0.0
    assert (crust["mu_n"].values[dry] == NEUTRON_MASS_MEV).all()
    assert (crust["mu_n"].values[~dry] > NEUTRON_MASS_MEV).all()


def test_reactions_say_what_they_are(crusts):
    crust = crusts[FRDM, "unmixed", True]
    for name, kind in zip(crust["reaction_name"].values, crust["reaction_kind"].values, strict=True):
        left, right = str(name).split(" -> ")
        sign = {"electron capture": "+ e ->", "beta decay": "+ e", "emission": "n", "neutron capture": "n ->"}
        assert sign.get(kind, "->") in name
        (Z, A), (Z_2, A_2) = (sum_of(side) for side in (left, right))
        assert (Z, A) == (Z_2, A_2), name
    assert (crust["reaction_amount"] > 0.0).all()
    assert (crust["reaction_pressure_end"] >= crust["reaction_pressure"]).all()


def sum_of(side):
    """Add up charge and baryons of one side of a reaction."""
    charge = baryons = 0
    for term in side.split(" + "):
        if term == "e":
            charge -= 1
        elif term.endswith("n"):
            baryons += int(term[:-1] or 1)
        else:
            Z, A = nuclides.parse(term)
            charge, baryons = charge + Z, baryons + A
    return charge, baryons


def test_smaller_steps_change_nothing_away_from_thresholds():
    """mu_e(P) in the zones of reactions: below 1e-3 the layers' spacing, not the step, sets it apart."""
    low, high = 1.8e30 / MEV_FM3_IN_DYN_CM2, 4e30 / MEV_FM3_IN_DYN_CM2
    crusts = [accreted(FRDM, pressure_max=high, step=step) for step in (2e-3, 1e-3, 5e-4, 2.5e-4)]
    P = np.geomspace(low, high, 200)
    mu_e = [np.interp(P, crust["pressure"], crust["mu_e"]) for crust in crusts]
    coarse, *fine = (np.abs(mu - mu_e[-1]) for mu in mu_e[:-1])
    assert coarse.max() < 0.05
    for difference in fine:
        assert difference.max() < 0.01
        assert difference.mean() < 0.3 * coarse.mean()
    assert float(crusts[2]["heat"][-1]) == pytest.approx(float(crusts[3]["heat"][-1]), abs=0.01)


@pytest.mark.parametrize("model", [FRDM, HFB, DZ])
@pytest.mark.parametrize("ashes", [{"Pd106": 1.0}, BURST_ASH], ids=["Pd106", "bursts"])
def test_other_ashes_and_models(model, ashes):
    crust = accreted(model, ashes)
    top = crust.isel(layer=0)
    for name, x in ashes.items():
        Z, A = nuclides.parse(name)
        here = (top["Z"] == Z) & (top["A"] == A)
        fraction = float(top["number_density"].where(here, 0.0).sum() / top["number_density"].sum())
        assert fraction == pytest.approx(x, abs=1e-9)
    assert float(profile.mean_Z(crust)[-1]) < 0.7 * float(profile.mean_Z(crust)[0])
    assert float((crust["neutron_density"] / crust["baryon_density"])[-1]) > 0.3
    assert 0.5 < float(crust["heat"][-1]) < 2.5


def test_carbon_burns_to_magnesium():
    crust = accreted(FRDM, {"C12": 1.0}, pressure_max=1e-4)
    assert str(crust["reaction_name"].values[0]) == "C12 + C12 -> Mg24"
    # 13.934 MeV in vacuum (AME2016); the lattice adds what one ion of charge 12 gains over two of 6
    n_e = float(np.interp(crust["reaction_pressure"][0], crust["pressure"], crust["electron_density"]))
    lattice = 0.895929 * 1.43996 * (4 * np.pi / 3 * n_e) ** (1 / 3) * (12 ** (5 / 3) - 2 * 6 ** (5 / 3))
    each = float(crust["reaction_heat"][0] / crust["reaction_amount"][0])
    assert each == pytest.approx(13.934 + lattice, rel=0.02)


def test_a_slower_accretion_or_larger_s_factor_fuses_earlier():
    call = {"ashes": {"C12": 1.0}, "pressure_max": 1e-4}
    first = [accreted(FRDM, **call, **more)["reaction_pressure"][0] for more in ({}, {"s_factor": 1e6})]
    assert first[1] < first[0]
    slow = accreted(FRDM, **call, accretion_rate=3.0)["reaction_pressure"][0]
    assert slow < first[0]


def test_a_rule_left_out_never_acts():
    crust = accreted(FRDM, pressure_max=2e-3, order=["emission", "weak"])
    assert set(crust["reaction_kind"].values) <= {"emission", "electron capture", "beta decay"}


# Ca50 + e -> K50 and K50 + 2 n -> K52 by the first table, K52 -> Ca52 + e and Ca52 -> Ca50 + 2 n by the
# second: near 1e-6 MeV fm^-3, where an electron brings 5 MeV and two neutrons 16.14 MeV, each step releases
# some 3 MeV. Sc66 only fills the matter with neutrons.
FIRST = {"Ca50": 0.0, "K50": 2.0, "K52": 15.14, "Sc46": 0.0, "Sc66": 170.0}
SECOND = {"Ca50": 0.0, "K52": 27.14, "Ca52": 19.14}
LOOP = ["Ca50 + e -> K50", "K50 + 2 n -> K52", "K52 -> Ca52 + e", "Ca52 -> Ca50 + 2 n"]


def table(name, masses):
    Z, A = zip(*map(nuclides.parse, masses), strict=True)
    return MassTable.from_columns(name, Z, A, list(masses.values()))


@pytest.mark.parametrize("splice", ["unmixed", "mixed"])
def test_perpetual_motion_is_stopped_and_named(splice):
    model = MassModel("loop", [table("first", FIRST), table("second", SECOND)])
    ashes = {"Ca50": 0.5, "Sc66": 0.5}
    crust = accreted(model, ashes, pressure_min=1e-6, pressure_max=1.05e-6, splice=splice)
    cycles = json.loads(crust.attrs["cycles"])
    if splice == "mixed":  # one mass for each nuclide: energy is conserved, and nothing goes round
        assert cycles == []
        return
    assert len(cycles) == 1 and cycles[0].split(" at ")[0] in LOOP
    assert set(LOOP) <= set(crust["reaction_name"].values)
    assert float(crust["heat"][-1]) < 3.0  # and not energy without end


def test_real_tables_do_not_go_round(crusts):
    assert all(json.loads(crust.attrs["cycles"]) == [] for crust in crusts.values())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"mass_model": "FRDM2000"}, "no such mass table"),
        ({"mass_model": 7}, "name = 7"),
        ({"splice": "stirred"}, "splice = 'stirred'"),
        ({"neutrons": "SLy5"}, "neutrons = 'SLy5'"),
        ({"lattice": 1}, "lattice = 1"),
        ({"step": 0.0}, "step = 0.0"),
        ({"step": 0.5}, "step = 0.5"),
        ({"step": np.nan}, "step = nan"),
        ({"step": [1e-3, 2e-3]}, "step = .* must be one number"),
        ({"pressure_max": -1.0}, "pressure_max = -1.0"),
        ({"pressure_max": np.nan}, "pressure_max = nan"),
        ({"pressure_max": 1e-11}, "pressure_max = 1e-11"),
        ({"pressure_min": 1e-3, "pressure_max": 1e-4}, "pressure_max = 0.0001"),
        ({"pressure_min": np.inf}, "pressure_min = inf"),
        ({"gravity": -2e14}, "gravity = -2"),
        ({"accretion_rate": 0.0}, "accretion_rate = 0.0"),
        ({"accretion_rate": "fast"}, "accretion_rate = 'fast'"),
        ({"s_factor": 0.0}, "s_factor = 0.0"),
        ({"order": ["weak", "strong"]}, "order = 'strong'"),
        ({"order": ["weak", "weak"]}, "order = .* at most once"),
        ({"order": []}, "order = "),
        ({"order": "weak"}, "order = 'weak'"),
        ({"order": None}, "order = None"),
        ({"capture_limit": 0}, "capture_limit = 0"),
        ({"capture_limit": 1.5}, "capture_limit = 1.5"),
        ({"lowest_Z": 1}, "lowest_Z = 1"),
        ({"resolution": 0.0}, "resolution = 0.0"),
        ({"ashes": {"Fe56": 0.9}}, "sum to 0.9"),
        ({"ashes": {"Fe56": 1.5, "Ni62": -0.5}}, "ashes"),
        ({"ashes": {"Fe56": np.nan}}, "ashes"),
        ({"ashes": {"Fe56": True}}, "ashes"),
        ({"ashes": {"Xx56": 1.0}}, "no element 'Xx'"),
        ({"ashes": {"Fe25": 1.0}}, "Fe25"),
        ({"ashes": {"Fe400": 1.0}}, "holds no such nuclide"),
        ({"ashes": {26: 1.0}}, "text = 26"),
        ({"ashes": {"Ubn304": 1.0}, "mass_model": "DZ31"}, None),
        ({"ashes": {"Ubb306": 1.0}, "mass_model": "DZ31"}, "beyond Z = 120"),
        ({"ashes": {}}, "ashes = {}"),
        ({"ashes": "Fe56"}, None),
        ({"ashes": "burst"}, "burst"),
        ({"ashes": ["Fe56"]}, "ashes = "),
    ],
)
def test_bad_input_is_named(change, message):
    call = {"mass_model": FRDM, "pressure_max": 1e-9, **change}
    if message is None:
        accreted(**call)
        return
    with pytest.raises(ValueError, match=message):
        accreted(**call)


def test_a_small_table_is_never_read_beyond_its_edge():
    """AME2016 alone ends at Z = 110, N = 160: what it does not hold does not happen."""
    crust = accreted("AME2016", pressure_max=1e-2)
    model = nuclides.mass_model("AME2016")
    assert all((int(Z), int(A)) in model for Z, A in zip(crust["Z"], crust["A"], strict=True))


def test_numpy_arguments_are_stored_as_numbers():
    crust = accreted(FRDM, {"Fe56": np.float64(1.0)}, pressure_max=np.float32(1e-8), lattice=np.bool_(True))
    call = json.loads(crust.attrs["call"])
    assert call["ashes"] == {"Fe56": 1.0} and call["lattice"] is True

"""Mass models: precedence, separation energies, what they say of what they lack."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crustlib import nuclides
from crustlib.constants import NEUTRON_EXCESS_MEV

PAPER = "AME2016+FRDM95+DZ31"


def test_deuteron_and_alpha_particle() -> None:
    """CODATA 2022: binding energies 2.224566 and 28.295661 MeV, the electrons' own binding within 0.1 keV."""
    model = nuclides.mass_model("AME2020")
    assert model.separation_energy(1, 2) == pytest.approx(2.224566, abs=2e-5)
    assert model.binding_energy(2, 4) == pytest.approx(28.295661, abs=1e-4)


def test_the_first_table_that_holds_a_nuclide_gives_its_mass() -> None:
    """56Fe is measured, 66Ca is in FRDM95, and 250Fe is DZ31's alone."""
    model = nuclides.mass_model(PAPER)
    for (Z, A), source in {(26, 56): "AME2016", (20, 66): "FRDM95", (26, 250): "DZ31"}.items():
        assert model.mass_excess(Z, A) == nuclides.mass_model(source).mass_excess(Z, A)
    other = nuclides.mass_model("DZ31+AME2016")
    assert other.mass_excess(26, 56) == nuclides.mass_model("DZ31").mass_excess(26, 56)
    assert [table.name for table in model.tables] == ["AME2016", "FRDM95", "DZ31"]


def test_grids_hold_the_same_masses() -> None:
    """Unmixed: every table on its own; mixed: the first that is not NaN."""
    model = nuclides.mass_model(PAPER)
    mixed, unmixed = model.grid("mixed"), model.grid("unmixed")
    assert unmixed.shape == (3, *mixed.shape[1:])
    for layer, table in zip(unmixed, model.tables, strict=True):
        Z, N = np.nonzero(np.isfinite(layer))
        assert Z.size == table.provenance.nuclides
        assert np.array_equal(layer[Z, N], table.grid[Z, N])
    Z, A = model.nuclides
    assert np.array_equal(mixed[0][Z, A - Z], model.mass_excess(Z, A))
    assert (
        np.count_nonzero(np.isfinite(mixed)) == Z.size == np.count_nonzero(np.isfinite(unmixed).any(axis=0))
    )
    mixed[:] = 0.0  # a copy: the model keeps its own
    assert model.mass_excess(26, 56) == pytest.approx(-60.607, abs=1e-3)


def test_a_table_of_ones_own_joins() -> None:
    """Before the measured ones, if one wants."""
    mine = nuclides.MassTable.from_columns("mine", [26, 26], [56, 200], [-60.0, 500.0])
    model = nuclides.MassModel("mine+AME2020", [mine, *nuclides.mass_model("AME2020").tables])
    assert model.mass_excess(26, [56, 200]).tolist() == [-60.0, 500.0]  # type: ignore[union-attr]
    assert model.mass_excess(2, 4) == nuclides.mass_model("AME2020").mass_excess(2, 4)


_KNOWN = list(zip(*(column.tolist() for column in nuclides.mass_model(PAPER).nuclides), strict=True))


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(_KNOWN), st.integers(1, 6))
def test_separation_energies_are_differences_and_add_up(nuclide: tuple[int, int], x: int) -> None:
    """S_xn = M(A - x) + x M_n - M(A), the sum of x single ones, and a difference of binding energies."""
    model = nuclides.mass_model(PAPER)
    Z, A = nuclide
    chain = range(A - x, A + 1)
    if not all(a >= Z and (Z, a) in model for a in chain):
        return
    separation = model.separation_energy(Z, A, neutrons=x)
    excess = np.asarray(model.mass_excess(Z, list(chain)))
    assert separation == pytest.approx(excess[0] + x * NEUTRON_EXCESS_MEV - excess[-1], abs=1e-12)
    assert separation == pytest.approx(np.sum(model.separation_energy(Z, list(chain)[1:])), abs=1e-9)
    assert separation == pytest.approx(model.binding_energy(Z, A) - model.binding_energy(Z, A - x), abs=1e-9)


@settings(deadline=None, max_examples=80)
@given(st.integers(-5, 220), st.integers(-5, 1200))
def test_a_nuclide_is_in_the_model_or_refused(Z: int, A: int) -> None:
    """Never NaN: a finite number, or an error that names Z or A."""
    model = nuclides.mass_model(PAPER)
    try:
        assert np.isfinite(model.mass_excess(Z, A))
        assert (Z, A) in model
    except ValueError as error:
        assert str(error).startswith(("Z = ", "A = "))
        if 0 <= Z <= 999 and 0 <= A <= 999:
            assert (Z, A) not in model


def test_numbers_and_arrays() -> None:
    """Numbers in, a float out; arrays broadcast."""
    model = nuclides.mass_model("AME2020")
    for method in (model.mass_excess, model.binding_energy, model.separation_energy):
        assert isinstance(method(26, 56), float)
        both = method([[26], [28]], [56, 58, 60])
        assert isinstance(both, np.ndarray)
        assert both.shape == (2, 3)
        assert both[1, 1] == method(28, 58)


@pytest.mark.parametrize(
    ("pair", "says"),
    [
        (
            (26, 200),
            r"^Z = 26, A = 200: AME2020 holds no such nuclide; of Z = 26 \(Fe\) it holds A = 48 to 67",
        ),
        ((119, 300), r"^Z = 119, A = 300: AME2020 holds no such nuclide; it holds elements of Z = 1 to "),
        (([26, 26], [56, 200]), r"^Z = 26, A = 200"),
        ((0, 1), r"^Z = 0"),
        ((26, 56.5), r"^A = 56.5"),
        ((26, float("nan")), r"^A = nan"),
        ((26, None), r"^A = None"),
        ((True, 1), r"^Z = True"),
        (([1, 2], [2, 3, 4]), "do not broadcast"),
    ],
)
def test_what_a_model_lacks_it_says(pair: tuple, says: str) -> None:
    """And what it has nearby."""
    model = nuclides.mass_model("AME2020")
    for method in (model.mass_excess, model.binding_energy):
        with pytest.raises(ValueError, match=says):
            method(*pair)


@pytest.mark.parametrize(
    ("x", "says"), [(0, "neutrons = 0"), (1.5, "neutrons = 1.5"), (5, "1 neutrons only")]
)
def test_only_neutrons_that_are_there_can_be_removed(x: float, says: str) -> None:
    """From the deuteron."""
    with pytest.raises(ValueError, match=says):
        nuclides.mass_model("AME2020").separation_energy(1, 2, neutrons=x)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("AME2012", "did you mean 'AME20"),
        ("frdm95", "did you mean 'FRDM95'"),
        ("AME2020+HFB12", "did you mean 'HFB2"),
        ("quarks", "available: AME2016, "),
        ("", "no such mass table"),
        ("AME2020+", "no such mass table"),
        ("DZ31+AME2020+DZ31", "repeats DZ31"),
        (["DZ31"], "must be a string"),
        (None, "must be a string"),
    ],
)
def test_unknown_models_are_refused_with_close_names(name: object, says: str) -> None:
    """As a ValueError that shows the name."""
    with pytest.raises(ValueError, match=says) as error:
        nuclides.mass_model(name)  # type: ignore[arg-type]
    assert "name = " in str(error.value)


def test_only_pairs_can_be_in_a_model() -> None:
    """What is no pair of whole numbers is a mistake, not an absence."""
    model = nuclides.mass_model("AME2020")
    assert (26, 56) in model
    assert [26, 57] in model
    assert (0, 1) not in model
    for wrong in ("Fe56", 56, (26,), (26, 56.5), (26, float("nan")), ([26, 27], [56, 57])):
        with pytest.raises(ValueError, match=r"nuclide = |A = |Z = "):
            wrong in model  # noqa: B015 - it raises


def test_a_model_is_made_of_tables() -> None:
    """And of one at least."""
    for tables in ([], [nuclides.mass_model("AME2020")]):
        with pytest.raises(ValueError, match="must be at least one MassTable"):
            nuclides.MassModel("wrong", tables)  # type: ignore[arg-type]
    assert nuclides.mass_model("AME2016 + DZ31") is nuclides.mass_model("AME2016+DZ31")
    assert repr(nuclides.mass_model("FRDM95")) == "<MassModel FRDM95: 8979 nuclides>"


def test_a_gas_shifts_all_masses_of_a_model_with_drops_alike() -> None:
    """Measured ones and the drop's own by what it does to the drop; in no gas by nothing."""
    spliced, drops = nuclides.mass_model("AME2016+MB-type"), nuclides.mass_model("MB-type")
    assert spliced.gas_dependent
    assert drops.gas_dependent
    gas = np.array([0.0, 1e-4, 1e-2])
    for Z, A in ((26, 56), (20, 68)):
        shift = np.asarray(drops.mass_excess(Z, A, gas)) - drops.mass_excess(Z, A)
        assert shift[0] == 0.0
        assert (shift[1:] > 0.0).all()
        assert spliced.mass_excess(Z, A, gas) == pytest.approx(spliced.mass_excess(Z, A) + shift, abs=1e-11)
        assert spliced.binding_energy(Z, A, gas) == pytest.approx(
            spliced.binding_energy(Z, A) - shift, abs=1e-11
        )
    assert drops.mass_excess(20, 68, 1e-3) - drops.mass_excess(20, 68) == pytest.approx(
        465.009 - 444.472, abs=2e-3
    )
    separation = drops.separation_energy(20, 68, neutrons=2, neutron_density=gas)
    difference = np.asarray(drops.binding_energy(20, 68, gas)) - drops.binding_energy(20, 66, gas)
    assert separation == pytest.approx(difference, abs=1e-10)


def test_a_gas_shifts_no_mass_of_a_table() -> None:
    """The density is checked all the same, and gives the result its shape."""
    model = nuclides.mass_model("AME2020")
    assert not model.gas_dependent
    step, shift = model.gas_shift()
    assert (step, shift.shape) == (0.0, (0, 0, 0))
    assert np.array_equal(model.mass_excess(26, 56, [0.0, 0.1]), [model.mass_excess(26, 56)] * 2)
    for name in ("AME2020", "MB-type"):
        for method in ("mass_excess", "binding_energy", "separation_energy"):
            for wrong in (-1e-3, float("nan"), "thin"):
                with pytest.raises(ValueError, match="neutron_density = "):
                    getattr(nuclides.mass_model(name), method)(26, 56, neutron_density=wrong)
    with pytest.raises(ValueError, match="do not broadcast"):
        model.mass_excess(26, [56, 57], [0.0, 0.1, 0.2])


def test_a_gas_is_refused_where_there_is_no_drop() -> None:
    """Too light, or in too dense a gas; in vacuum the same nuclides have masses."""
    model = nuclides.mass_model("AME2016+MB-type")
    assert np.shape(model.mass_excess([2, 26], [4, 56], [0.0, 1e-3])) == (2,)
    with pytest.raises(ValueError, match=r"Z = 2.*\[6, 82\]"):
        model.mass_excess(2, 4, 1e-3)
    with pytest.raises(ValueError, match=r"neutron_density = 0.1.*\[0, 0.06\]"):
        model.mass_excess(26, 56, 0.1)


def test_kernels_get_the_shifts_of_the_drop() -> None:
    """At the nodes, those that one asks for one by one."""
    step, shift = nuclides.mass_model("AME2016+MB-type").gas_shift()
    model = nuclides.mass_model("MB-type")
    for node, Z, A in ((0, 26, 56), (17, 26, 56), (60, 20, 68), (40, 12, 40)):
        n_n = 2 * (node * step) ** 3 / (3 * np.pi**2)
        expected = model.mass_excess(Z, A, n_n) - model.mass_excess(Z, A)
        assert shift[node, Z, A - Z] == pytest.approx(expected, abs=1e-9)
    with pytest.raises(ValueError, match="read-only"):
        shift[0, 26, 30] = 1.0

"""The tables as they are read from the files of nucleardatapy, against what their papers state."""

import subprocess
import sys

import numpy as np
import pytest

from crustlib import nuclides
from crustlib.nuclides import tables


def _columns(name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    Z, N = np.nonzero(np.isfinite(tables.mass_table(name).grid))
    return Z, N, tables.mass_table(name).grid[Z, N]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("AME2016", 2497),  # 2,498 with the neutron, Wang et al. 2017
        ("AME2016#", 3435),
        ("AME2020", 2549),  # 2,550 with the neutron, Wang et al. 2021
        ("AME2020#", 3557),
        ("FRDM95", 8979),  # Moeller et al. 1995
        ("HFB21", 8387),
    ],
)
def test_no_nuclide_is_lost_or_invented(name: str, count: int) -> None:
    """Ground states only, the free neutron left out."""
    assert tables.mass_table(name).provenance.nuclides == count


@pytest.mark.parametrize(
    ("table", "name", "excess"),
    [
        ("AME2016", "C12", 0.0),
        ("AME2020", "C12", 0.0),
        ("AME2020", "H1", 7.288971064),
        ("AME2016", "He4", 2.42491561),
        ("AME2020", "O16", -4.73700217),
        ("AME2016#", "H7", 49.140),  # an estimate
        ("AME2020", "Al26", -12.210),  # with an isomer at 228 keV in the file
        ("FRDM95", "Sn132", -76.41),
        ("HFB21", "O16", -2.62),
    ],
)
def test_published_mass_excesses(table: str, name: str, excess: float) -> None:
    """A few of each source, by hand."""
    assert nuclides.mass_model(table).mass_excess(*nuclides.parse(name)) == pytest.approx(excess, abs=6e-4)


def test_estimates_are_extra() -> None:
    """Measured masses are the same with and without the evaluators' estimates."""
    for name in ("AME2016", "AME2020"):
        Z, N, excess = _columns(name)
        assert np.array_equal(tables.mass_table(name + "#").grid[Z, N], excess)
    assert (1, 7) not in nuclides.mass_model("AME2016")


def test_the_two_files_of_frdm95_agree() -> None:
    """The short one, which is read, and the complete one, whose column Mth is characters 116 to 125."""
    path = tables._locate(("Theory", "1995-FRDM.dat"))
    rows = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    complete = {(int(row[:5]), int(row[5:10])): float(row[115:125]) for row in rows}
    assert complete == {(z, n): excess for z, n, excess in zip(*_columns("FRDM95"), strict=True)}


@pytest.mark.parametrize(
    ("name", "rms", "tolerance"),
    [
        ("FRDM95", 0.669, 0.03),  # Moeller et al. 1995, against the masses of their time
        ("HFB21", 0.577, 0.03),  # Goriely, Chamel & Pearson 2010, against AME2003
        ("DZ10", 0.61, 0.005),  # against AME2020
    ],
)
def test_models_miss_measured_masses_by_what_is_published(name: str, rms: float, tolerance: float) -> None:
    """Root mean square over the nuclides of N, Z >= 8 measured by 2020."""
    measured, model = nuclides.mass_model("AME2020"), nuclides.mass_model(name)
    Z, A = measured.nuclides
    held = np.array([z >= 8 and a - z >= 8 and (z, a) in model for z, a in zip(Z, A, strict=True)])
    difference = np.asarray(model.mass_excess(Z[held], A[held])) - measured.mass_excess(Z[held], A[held])
    assert np.sqrt(np.mean(difference**2)) == pytest.approx(rms, abs=tolerance)


def test_dz31_is_not_the_28_parameter_table() -> None:
    """They are 0.56 MeV rms apart up to Z = 60 (0.566 of which 0.559 about their mean difference)."""
    Z, N, excess = np.loadtxt(tables._locate(("Theory", "1995-DZ.txt")), unpack=True)
    light = Z <= 60
    difference = nuclides.mass_model("DZ31").mass_excess(Z[light], Z[light] + N[light]) - excess[light]
    assert np.sqrt(np.mean(difference**2)) == pytest.approx(0.56, abs=0.01)


def test_dz10_ends_where_its_table_ends() -> None:
    """Neutron-rich edges for Z = 2 to 7, and none below."""
    model = nuclides.mass_model("DZ10")
    Z, A = model.nuclides
    edges = {int(z): int((A - Z)[z == Z].max()) for z in range(2, 9)}
    assert edges == {2: 12, 3: 14, 4: 18, 5: 20, 6: 22, 7: 24, 8: 26}
    assert Z.min() == 2
    assert (21, 82) not in model  # a gap in the table


def test_formula_tables_keep_the_binding_energy_of_the_formula() -> None:
    """To rounding, with hydrogen and neutron excesses that belong together."""
    for name, parameters in (("DZ31", 31), ("DZ10", 10)):
        model = nuclides.mass_model(name)
        Z, A = model.nuclides
        assert model.binding_energy(Z, A) == pytest.approx(nuclides.duflo_zuker(Z, A, parameters), abs=1e-9)


def test_provenance_says_which_file() -> None:
    """Name, file inside the package, version, checksum."""
    first, second = nuclides.mass_model("AME2020+DZ31").provenance
    assert first.name == "AME2020"
    assert first.source == "nucleardatapy/data/nuclei/masses/AME/2020_nubase_4.mas20.txt"
    assert first.package.startswith("nucleardatapy ")
    assert len(first.sha256) == 64
    assert "Wang" in first.reference
    assert (second.source, second.package, second.sha256) == ("", "", "")
    assert set(nuclides.available()) >= {"AME2016", "AME2020#", "FRDM95", "HFB21", "DZ31", "DZ10"}


@pytest.mark.parametrize("name", nuclides.available())
def test_a_table_is_read_once(name: str) -> None:
    """Loaded, it is kept; what loading costs is in benchmarks/."""
    assert tables.mass_table(name) is tables.mass_table(name)


def test_nucleardatapy_is_read_but_never_imported() -> None:
    """Nor is matplotlib, which it would start."""
    code = (
        "import sys; from crustlib import nuclides; nuclides.mass_model('AME2020+FRDM95+HFB21+DZ10'); "
        "print(sorted({'nucleardatapy', 'matplotlib'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert run.stdout.strip() == "[]"


def test_a_missing_package_or_file_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do about it."""
    with pytest.raises(FileNotFoundError, match=r"no file data/nuclei/masses/Theory/none\.txt"):
        tables._locate(("Theory", "none.txt"))
    monkeypatch.setattr(tables.util, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="pip install nucleardatapy"):
        tables._locate(("Theory", "1995-FRDM.txt"))


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (([26], [56], [float("nan")]), "mass_excess = nan"),
        (([26, 26], [56, 56], [-60.6, -60.6]), "2 rows, but only 1"),
        (([26], [25], [1.0]), "A = 25: must be at least Z = 26"),
        (([26, 27], [56], [1.0]), "columns of one length"),
        (([], [], []), "columns of one length"),
        (([0], [1], [8.07]), "Z = 0"),
    ],
)
def test_a_broken_table_of_ones_own_is_refused(columns: tuple[list, list, list], says: str) -> None:
    """With what is wrong with it."""
    with pytest.raises(ValueError, match=says):
        nuclides.MassTable.from_columns("mine", *columns)

"""The tables as they are read from their files, against what their papers state."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from crustlib import nuclides
from crustlib.nuclides import readers, sources, tables


def _at_hand(name: str) -> bool:
    try:
        sources.supplied(name)
    except FileNotFoundError:
        return False
    return True


needs_frdm12 = pytest.mark.skipif(
    not _at_hand("FRDM12"), reason="frdm2012_masses.csv is in no package: set CRUSTLIB_DATA, or fetch it"
)
FRDM12 = pytest.param("FRDM12", marks=needs_frdm12)
NAMES = [FRDM12 if name == "FRDM12" else name for name in nuclides.available()]
READ = [name for name in NAMES if name == FRDM12 or isinstance(tables._REGISTRY[name], tables._Recipe)]


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
        pytest.param("FRDM12", 9318, marks=needs_frdm12),  # Moeller et al. 2016
        ("HFB21", 8387),
        ("BSkG2", 6718),
        ("DZ28", 9210),
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
        pytest.param("FRDM12", "Pb208", -20.92, marks=needs_frdm12),
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
    path = sources.packaged("Theory", "1995-FRDM.dat").path
    rows = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    complete = {(int(row[:5]), int(row[5:10])): float(row[115:125]) for row in rows}
    assert complete == {(z, n): excess for z, n, excess in zip(*_columns("FRDM95"), strict=True)}


AME2012 = sources.packaged("AME", "2012_nubase.mas12.txt").path


def _rms(name: str, Z: np.ndarray, A: np.ndarray, excess: np.ndarray) -> float:
    """Root mean square over the nuclides of N, Z >= 8 that the table holds."""
    model = nuclides.mass_model(name)
    held = np.array([z >= 8 and a - z >= 8 and (z, a) in model for z, a in zip(Z, A, strict=True)])
    difference = np.asarray(model.mass_excess(Z[held], A[held])) - excess[held]
    return float(np.sqrt(np.mean(difference**2)))


@pytest.mark.parametrize(
    ("name", "rms"),
    [  # as each paper states it; before AME2012 was published, against the masses of its time
        ("FRDM95", 0.669),
        pytest.param("FRDM12", 0.5595, marks=needs_frdm12),
        ("HFB14", 0.729),
        ("HFB21", 0.577),
        ("KTUY", 0.653),
        ("ETFSI", 0.736),
        ("DZ28", 0.360),
    ],
)
def test_models_miss_the_masses_of_2012_by_what_is_published(name: str, rms: float) -> None:
    """To 10 %: most of the papers compare with AME2003, whose masses are not at hand."""
    assert _rms(name, *readers.nubase(AME2012)) == pytest.approx(rms, rel=0.1)


@pytest.mark.parametrize(
    ("name", "rms"),
    [("HFB22", 0.629), ("HFB23", 0.569), ("HFB24", 0.549), ("HFB25", 0.544), ("HFB26", 0.564)],
)
def test_models_fitted_to_the_masses_of_2012_miss_them_by_what_is_published(name: str, rms: float) -> None:
    """Goriely, Chamel & Pearson 2013."""
    assert _rms(name, *readers.nubase(AME2012)) == pytest.approx(rms, abs=0.004)


@pytest.mark.parametrize(
    ("name", "rms", "tolerance"),
    [
        ("BSkG1", 0.741, 1e-3),
        ("BSkG2", 0.678, 1e-3),
        ("BSkG3", 0.631, 1e-3),
        ("BSkG4", 0.633, 1e-3),
        ("DZ10", 0.61, 0.005),
    ],
)
def test_models_miss_the_masses_of_2020_by_what_is_published(name: str, rms: float, tolerance: float) -> None:
    """The papers of BSkG compare with the same masses."""
    Z, N, excess = _columns("AME2020")
    assert _rms(name, Z, Z + N, excess) == pytest.approx(rms, abs=tolerance)


@pytest.mark.parametrize(("name", "bare", "corrected"), [("WS*", 0.441, 0.217), ("WS3", 0.336, 0.184)])
def test_weizsaecker_skyrme_tables_hold_corrected_masses(name: str, bare: float, corrected: float) -> None:
    """Nearer to measured masses than the bare models' papers state, with nuclides that they did not know."""
    assert corrected < _rms(name, *readers.nubase(AME2012)) < 0.7 * bare


@pytest.mark.parametrize("name", READ)
def test_no_table_has_a_placeholder_or_a_misread_row(name: str) -> None:
    """In each element a nucleus with even N is bound more tightly than the mean of its neighbours."""
    grid = tables.mass_table(name).grid
    assert np.nanmax(np.abs(grid)) < 900.0
    for z in range(26, 101):
        even = grid[z, 2::2][: (grid.shape[1] - 3) // 2]
        below, above = grid[z, 1::2][: even.size], grid[z, 3::2][: even.size]
        staggering = even - 0.5 * (below + above)
        assert not np.isfinite(staggering).any() or np.nanmedian(staggering) < 0.0


def test_every_theoretical_table_of_nucleardatapy_is_here_or_left_out_for_a_reason() -> None:
    """Left out: what comes twice, and the Garvey-Kelson masses, whose minus signs are lost."""
    folder = sources.packaged("Theory", "1995-DZ.txt").path.parent
    read = {Path(nuclides.mass_model(name).provenance[0].source).name for name in READ if name != FRDM12}
    twice = {path.name for path in folder.iterdir() if path.stem.endswith("-old")} | {"1995-FRDM.dat"}
    assert {path.name for path in folder.iterdir()} - read == twice | {"1988-GK.txt"}
    Z, A, excess = readers.neutrons_column(folder / "1988-GK.txt")
    assert excess[(Z == 40) & (A == 90)] == pytest.approx(88.8, abs=0.1)  # it is -88.8 MeV


def test_dz31_is_not_the_28_parameter_table() -> None:
    """They are 0.56 MeV rms apart up to Z = 60 (0.566 of which 0.559 about their mean difference)."""
    Z, N, excess = _columns("DZ28")
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


@pytest.mark.parametrize("name", NAMES)
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
        sources.packaged("Theory", "none.txt")
    monkeypatch.setattr(sources.util, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="pip install nucleardatapy"):
        sources.packaged("Theory", "1995-FRDM.txt")


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

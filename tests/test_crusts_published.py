"""Published crusts: identities that the right columns of the files obey; and readers' own tables."""

import numpy as np
import pytest

from crustlib import crusts
from crustlib.crusts import published_cells, published_files

BRUSSELS = ("BSk22", "BSk24", "BSk25", "BSk26")


@pytest.mark.parametrize("name", crusts.PUBLISHED)
def test_every_source_is_a_profile(name):
    crust = crusts.published(name)
    crusts.profile.check(crust, ordered=False)
    assert (np.diff(crust["baryon_density"]) > 0.0).all()
    assert crust.attrs["name"] == name
    if name != "Negele-Vautherin":  # n_e is the cell's charge per volume, to the digits of the file
        charge = (crust["electron_density"] / crust["baryon_density"] * crust["A_cell"]).values
        free = (
            crust["proton_density"] / crust["baryon_density"] * crust["A_cell"] if name in BRUSSELS else 0.0
        )
        assert charge == pytest.approx((crust["Z_cl"] + free).values, rel=1.1e-3)


@pytest.mark.parametrize("name", BRUSSELS)
def test_clusters_and_gas_make_up_the_cell(name):
    crust = crusts.published(name)
    in_clusters = crust["A_cl"] / crust["A_cell"] * crust["baryon_density"]
    total = in_clusters + crust["neutron_density"] + crust["proton_density"]
    assert total.values == pytest.approx(crust["baryon_density"].values, rel=1e-5)


@pytest.mark.parametrize("name", crusts.PUBLISHED)
def test_what_is_inside_is_the_surplus_and_the_gas_in_its_volume(name):
    crust = crusts.published(name)
    if "A_surplus" not in crust:
        assert name in ("Negele-Vautherin", "D1S", "D1M", "D1M*")
        return
    inside, surplus, gas = (crust[k].values for k in ("A_inside", "A_surplus", "gas_density"))
    assert (surplus <= inside).all()
    free = gas > 1e-3
    dense = inside[free] / ((inside - surplus)[free] / gas[free])  # nucleons per volume inside
    assert (dense > gas[free]).all()
    assert ((dense > 0.06) & (dense < 0.19)).all()  # nuclear matter's, less with many neutrons
    if name in BRUSSELS:  # the middle of the cell, by the files' own columns
        cells = published_cells.inner_crust(name)
        depth = cells.proton_depth + cells.neutron_depth + gas
        assert dense == pytest.approx(depth[free], rel=1e-12)
    else:  # the cell: cluster, and gas in the rest
        volume = (inside - surplus)[free] / gas[free]
        cell = (crust["A_cell"] / crust["baryon_density"]).values[free]
        assert inside[free] + gas[free] * (cell - volume) == pytest.approx(
            crust["A_cell"].values[free], rel=3e-3
        )


def test_negele_and_vautherin_count_protons_per_neutron():
    crust = crusts.published("Negele-Vautherin")
    # Their table's first layer: Z = 40 and x = 0.53, so 40 / 0.53 = 75.5 neutrons in the cluster of 140
    assert crust["A_cl"].values[0] == pytest.approx(40 + 40 / 0.53)
    assert crust["A_cell"].values[0] == 180.0
    assert (crust["A_cl"] < crust["A_cell"]).all()


def test_sources_without_clusters_say_so():
    assert "cells" in crusts.published("D1M*").attrs["counts"]
    assert "above the gas" in crusts.published("BSk24").attrs["counts"]
    assert "inside" in crusts.published("GMRS-SLy5").attrs["counts"]


def test_unknown_names_and_files_are_named(monkeypatch):
    with pytest.raises(ValueError, match="name = 'SPG': must be one of 'Negele-Vautherin', 'BSk22'"):
        crusts.published("SPG")
    with pytest.raises(FileNotFoundError, match=r"data/crust/none\.dat"):
        published_files.path("none.dat")
    monkeypatch.setattr(published_files, "_PACKAGE", "no_such_package")
    with pytest.raises(ModuleNotFoundError, match="no_such_package"):
        crusts.published("D1S")


COLUMNS = {
    "baryon_density": [1e-3, 1e-2],
    "Z_cl": [40, 40],
    "A_cl": [120.0, 130.0],
    "A_cell": [400.0, 1000.0],
}


def test_a_table_comes_back_from_a_file_as_from_columns(tmp_path):
    import pandas as pd

    frame = pd.DataFrame({**COLUMNS, "neutron_density": [0.0, 1e-3], "mu_n": [939.0, 941.0]})
    frame.to_csv(tmp_path / "mine.csv", index=False)
    of_file = crusts.from_table(tmp_path / "mine.csv", name="mine")
    of_columns = crusts.from_table(frame, name="mine")
    assert of_file.identical(of_columns)
    with open(tmp_path / "mine.csv") as file:
        assert crusts.from_table(file, name="mine").identical(of_columns)
    assert of_file["electron_density"].values == pytest.approx([1e-4, 4e-4])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"A_cl": [120.0, "many"]}, "table, row 2, column A_cl: 'many' must be a finite number > 0"),
        ({"Z_cl": [np.nan, 40]}, "table, row 1, column Z_cl: nan must be a finite number > 0"),
        ({"A_cell": [400.0, -1.0]}, "table, row 2, column A_cell: -1.0 must be"),
        ({"mu_p": [1.0, None]}, "table, row 2, column mu_p: None must be a finite number"),
        ({"neutron_density": [-1e-9, 0.0]}, "table, row 1, column neutron_density: -1e-09 .* >= 0"),
        ({"baryon_density": [1e-2, 1e-3]}, "table, row 2, column baryon_density: must be larger"),
        ({"A_cl": [120.0, 30.0]}, "table, row 2, column A_cl: must be at least Z_cl"),
        (
            {"A_inside": [130.0, 140.0], "A_surplus": [129.0, 141.0]},
            "table, row 2, column A_inside: must be at least A_surplus",
        ),
        ({"A_cl": [120.0]}, "columns of one length"),
        ({"rho": [1.0, 2.0]}, "table, column rho: must be one of"),
    ],
)
def test_what_is_wrong_with_a_table_is_said(change, message):
    with pytest.raises(ValueError, match=message):
        crusts.from_table({**COLUMNS, **change})


def test_missing_columns_are_named():
    with pytest.raises(ValueError, match="no column A_cl, electron_density or A_cell"):
        crusts.from_table({"baryon_density": [1e-3], "Z_cl": [40]})
    with pytest.raises(ValueError, match="must be a file"):
        crusts.from_table(3.0)
    with pytest.raises(FileNotFoundError):
        crusts.from_table("no_such_file.csv")

"""Sweeps: what they return, and what is left of them when something is killed."""

import functools
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from crustlib import sweep

POINTS = 16


def product(x, y):
    return x * y


def squared_slowly(x, logs):
    """Leave a file for each call, so that calls can be counted over processes and their deaths."""
    Path(logs, f"{x}-{os.getpid()}-{time.monotonic_ns()}").touch()
    time.sleep(0.1)
    return {"square": x**2, "powers": np.array([x, x**3])}


def profile(x, kind="thin"):
    depth = xr.DataArray([0.0, 1.0], dims="layer", attrs={"units": "cm"})
    names = [f"{kind}-top", f"{kind}-bottom"]
    return xr.Dataset({"depth": depth * x, "name": ("layer", names)}, {"layer": [10, 20]}, {"maker": kind})


def fails_at_three(x):
    if x == 3:
        raise ZeroDivisionError("no crust here")
    return x


def drive(place, folder):
    """Run the sweep that the tests kill, in a process of its own."""
    sweep_slowly(Path(folder), **where(place))


def where(place):
    if place.startswith("tcp://"):
        from distributed import Client

        return {"client": Client(place)}
    return {"processes": int(place)}


def sweep_slowly(folder, **place):
    (folder / "logs").mkdir(exist_ok=True)
    function = functools.partial(squared_slowly, logs=str(folder / "logs"))
    return sweep.run(function, {"x": range(POINTS)}, save=folder / "saved", **place)


def check_squares(result):
    x = np.arange(POINTS)
    np.testing.assert_array_equal(result["x"], x)
    np.testing.assert_array_equal(result["square"], x**2)
    np.testing.assert_array_equal(result["powers"], np.stack([x, x**3], axis=1))


def saved(folder):
    return {xr.load_dataset(path).attrs["point"] for path in (folder / "saved").glob("*.nc")}


def wait_for(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def cluster():
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        yield client


@given(
    st.lists(st.integers(-50, 50), min_size=1, max_size=4, unique=True), st.permutations(["a", "bb", "ccc"])
)
def test_every_result_stands_at_its_point(x, y):
    result = sweep.run(product, {"x": np.array(x), "y": y})
    assert result["value"].dims == ("x", "y")
    assert result.attrs["ran_on"] == "one core"
    for i in x:
        for j in y:
            assert result["value"].sel(x=i, y=j).item() == i * j


def test_datasets_keep_their_dimensions_coordinates_and_units():
    result = sweep.run(profile, {"x": [1.0, 2.0]})
    assert result["depth"].dims == ("x", "layer")
    assert result["depth"].sel(x=2.0, layer=20) == 2.0
    assert result["depth"].attrs == {"units": "cm"}
    assert result.attrs["function"] == f"{__name__}.profile"
    assert set(result.attrs) == {"function", "crustlib", "ran_on"}


def test_a_saved_sweep_returns_what_a_fresh_one_returns(tmp_path):
    grid = {"x": [0.1, 2.0], "kind": ["thin"]}
    fresh = sweep.run(profile, grid)
    assert sweep.run(profile, grid, save=tmp_path).identical(fresh)
    assert sweep.run(profile, grid, save=tmp_path).identical(fresh)
    assert len(list(tmp_path.iterdir())) == 3  # the manifest and two points: nothing half-written


def test_a_grid_may_grow_and_only_the_new_points_are_computed(tmp_path):
    calls = []

    def remembered(x, flag):
        calls.append((x, flag))
        return x + flag

    sweep.run(remembered, {"x": [1.5, 2.5], "flag": [True]}, save=tmp_path)
    grown = sweep.run(remembered, {"flag": [True, False], "x": [2.5, 3.5]}, save=tmp_path)
    assert calls == [(1.5, True), (2.5, True), (3.5, True), (2.5, False), (3.5, False)]
    assert grown["value"].sel(flag=False, x=3.5) == 3.5


def test_a_folder_belongs_to_one_function(tmp_path):
    def first(x):
        return x

    def second(x):
        return 2 * x

    sweep.run(first, {"x": [1]}, save=tmp_path)
    with pytest.raises(ValueError, match=r"holds a sweep whose function is '.*first', not '.*second'"):
        sweep.run(second, {"x": [1]}, save=tmp_path)
    second.__qualname__ = first.__qualname__
    with pytest.raises(ValueError, match="whose source is"):  # one name, another body
        sweep.run(second, {"x": [1]}, save=tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps(manifest | {"crustlib": "0.0.0"}))
    with pytest.raises(ValueError, match=r"whose crustlib is '0\.0\.0'"):
        sweep.run(first, {"x": [1]}, save=tmp_path)
    (tmp_path / "manifest.json").write_text("not JSON")
    with pytest.raises(ValueError, match=r"manifest\.json is not a sweep's"):
        sweep.run(first, {"x": [1]}, save=tmp_path)


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_names_its_point_and_the_finished_points_stay(tmp_path, processes):
    with pytest.raises(ZeroDivisionError) as caught:
        sweep.run(fails_at_three, {"x": [1, 2, 3]}, save=tmp_path, processes=processes)
    assert str(caught.value) == "no crust here"
    notes = "\n".join(caught.value.__notes__)
    assert "raised at the point {'x': 3}" in notes
    assert f"of 3 points are finished; they are saved in {tmp_path}" in notes
    assert len(list(tmp_path.glob("*.nc"))) == (
        2 if processes == 1 else int(notes.split("fails_at_three: ")[1][0])
    )


def test_ctrl_c_says_how_much_is_saved(tmp_path):
    def interrupted(x):
        if x == 2:
            signal.raise_signal(signal.SIGINT)
        return x

    with pytest.raises(KeyboardInterrupt) as caught:
        sweep.run(interrupted, {"x": range(5)}, save=tmp_path)
    assert "2 of 5 points are finished; they are saved in" in caught.value.__notes__[-1]
    assert len(list(tmp_path.glob("*.nc"))) == 2


def test_a_killed_dask_worker_costs_no_result(tmp_path, cluster):
    victim = next(iter(cluster.run(os.getpid).values()))

    def kill():
        wait_for(lambda: len(list((tmp_path / "saved").glob("*.nc"))) >= 4)
        os.kill(victim, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    result = sweep_slowly(tmp_path, client=cluster)
    killer.join()
    check_squares(result)
    assert result.attrs["ran_on"] == "dask"
    assert len(saved(tmp_path)) == POINTS
    ran = {int(path.name.split("-")[1]) for path in (tmp_path / "logs").iterdir()}
    assert victim in ran  # it had been at work, ...
    assert victim not in cluster.run(os.getpid).values()  # ... and is gone


@pytest.mark.parametrize("place", ["two cores", "dask"])
def test_a_killed_sweep_resumes_and_computes_only_what_is_missing(tmp_path, place, request):
    cluster = request.getfixturevalue("cluster") if place == "dask" else None
    address = "2" if cluster is None else cluster.scheduler.address
    code = f"import test_sweep; test_sweep.drive({address!r}, {str(tmp_path)!r})"
    guarded = f"if __name__ == '__main__': {code}"
    path = os.pathsep.join(entry for entry in sys.path if entry)
    process = subprocess.Popen([sys.executable, "-c", guarded], env={**os.environ, "PYTHONPATH": path})
    wait_for(lambda: len(list((tmp_path / "saved").glob("*.nc"))) >= 5)
    process.kill()
    process.wait()
    logs = tmp_path / "logs"
    if cluster is None:  # the processes it had started end by themselves
        workers = {int(log.name.split("-")[1]) for log in logs.iterdir()}
        wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    else:
        wait_for(lambda: not any(cluster.processing().values()))
    kept = saved(tmp_path)
    assert 5 <= len(kept) < POINTS
    before = {log.name for log in logs.iterdir()}

    check_squares(sweep_slowly(tmp_path, client=cluster))
    computed = [int(log.name.split("-")[0]) for log in logs.iterdir() if log.name not in before]
    assert set(computed) == set(range(POINTS)) - {json.loads(point)["x"] for point in kept}
    if (
        cluster is None
    ):  # one of the cluster's threads may still begin a point that the killed run had sent it
        assert len(computed) == len(set(computed))


def test_a_function_that_other_processes_cannot_find_is_refused():
    with pytest.raises(ValueError, match="must live in a module"):
        sweep.run(lambda x: x, {"x": [1]}, processes=2)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"function": 3}, "function = 3: must be callable"),
        ({"grid": {}}, "grid = {}: must map"),
        ({"grid": [1, 2]}, r"grid = \[1, 2\]: must map"),
        ({"grid": {"x": []}}, r"grid\['x'\] is empty"),
        ({"grid": {"x": "SLy4"}}, r"grid\['x'\] = 'SLy4': must be a sequence"),
        ({"grid": {"x": 3}}, r"grid\['x'\] = 3: must be a sequence"),
        ({"grid": {"not a name": [1]}}, "key 'not a name'"),
        ({"grid": {"x": [1.0, float("nan")]}}, r"grid\['x'\] holds nan"),
        ({"grid": {"x": [None]}}, r"grid\['x'\] holds None"),
        ({"grid": {"x": [1, 2, 1.0]}}, "no value may stand twice"),
        ({"grid": {"x": [1, "a"]}}, "must be all numbers"),
        ({"processes": 0}, "processes = 0: must be a whole number >= 1"),
        ({"processes": "many"}, "processes = 'many'"),
        ({"client": "tcp://nowhere"}, "client = 'tcp://nowhere': must be a dask"),
        ({"save": __file__}, "must be a folder"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        sweep.run(**{"function": fails_at_three, "grid": {"x": [1]}, **arguments})


@pytest.mark.parametrize(
    ("function", "error", "message"),
    [
        (lambda x: None, TypeError, r"at \{'x': 1\} has value = None: must be numbers"),
        (
            lambda x: {"a": 1} if x == 1 else {"b": 1},
            ValueError,
            r"at \{'x': 2\} has b; another point's has a",
        ),
        (lambda x: {"a": np.ones(x)}, ValueError, r"at \{'x': 2\} has a of shape \{'a_0': 2\}.*\{'a_0': 1\}"),
        (lambda x: xr.Dataset(coords={"z": [x]}), ValueError, "other values of the coordinate z"),
        (lambda x: {"x": x}, ValueError, r"has x in it, as the grid has"),
    ],
)
def test_results_that_do_not_fit_are_named(function, error, message):
    with pytest.raises(error, match=message):
        sweep.run(function, {"x": [1, 2]})

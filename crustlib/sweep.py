"""A function over a labelled grid, on one core, all cores or a Dask cluster; a killed sweep resumes.

>>> def area(width, height):
...     return width * height
>>> run(area, {"width": [1.0, 2.0], "height": [3.0, 4.0, 5.0]})["value"].sel(width=2.0).values
array([ 6.,  8., 10.])
"""

import contextlib
import functools
import hashlib
import inspect
import itertools
import json
import multiprocessing
import multiprocessing.connection
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from tqdm.auto import tqdm

from crustlib import __version__

__all__ = ["run", "shows_progress"]

Point = dict[str, Any]
Outcome = Callable[[], Any]  # returns what the function returned at a point, or raises what it raised
Finished = Generator[tuple[int, Outcome], None, None]


def run(
    function: Callable[..., Any],
    grid: Mapping[str, Sequence[Any]],
    client: Any = None,
    save: str | os.PathLike[str] | None = None,
    processes: int | str = 1,
    progress: bool | None = None,
) -> xr.Dataset:
    """Call a function at every point of a grid and return the results with the grid's labels.

    Parameters
    ----------
    function : callable
        ``function(**point)`` returns a number, a dict of numbers and arrays, an `xarray.DataArray` or a
        `Dataset`; of one shape and with the same coordinates at all points. With `processes`, it lives in a
        module, and a script that calls `run` guards its ``__main__``; a Dask client takes any function.
    grid : mapping of str to sequence
        The values of each argument: numbers, strings or booleans, none twice.
    client : dask.distributed.Client, optional
        A cluster to work on, instead of this machine.
    save : path, optional
        A folder that keeps each finished point as a netCDF file. A later call with the same folder computes
        only what is missing; the grid may have grown or shrunk in between. A folder holds the work of one
        function and one version of crustlib. A change in the function's own source is noticed; a change in
        what it calls is not.
    processes : int or "all", default 1
        How many cores of this machine to use.
    progress : bool, optional
        Whether to show a bar; if left out, where somebody watches (see `shows_progress`).

    Returns
    -------
    xarray.Dataset
        Dimensions are the grid's, then the results'. A nameless number becomes ``value``; axis k of an array
        ``name`` in a dict becomes the dimension ``name_k``. Attributes name the function, crustlib's version
        and what the sweep ran on.

    Raises
    ------
    ValueError
        If an argument is wrong, `save` holds another sweep, or results do not match each other.
    TypeError
        If `function` returns something else.
    Exception
        Whatever `function` raises, with a note that names the point. Finished points stay saved.

    Examples
    --------
    >>> def powers(x, squared):
    ...     return {"power": x**2 if squared else x, "steps": [x, 2 * x]}
    >>> result = run(powers, {"x": [1.0, 3.0], "squared": [False, True]})
    >>> result["power"].values.tolist()
    [[1.0, 1.0], [3.0, 9.0]]
    >>> result["steps"].dims
    ('x', 'squared', 'steps_0')
    """
    if not callable(function):
        raise ValueError(f"function = {function!r}: must be callable")
    axes = _axes(grid)
    workers = _workers(processes, client)
    if workers > 1:
        _check_importable(function)
    points: list[Point] = [dict(zip(axes, p, strict=True)) for p in itertools.product(*axes.values())]
    store = None if save is None else _Store(Path(save), function, list(axes))
    results: dict[int, xr.Dataset] = {}
    if store is not None:
        results = {k: store.load(point) for k, point in enumerate(points) if store.has(point)}
    for k in results:
        _check_alike(results[k], results[min(results)], points[k])
    todo = {k: functools.partial(function, **points[k]) for k in range(len(points)) if k not in results}
    if client is not None:
        finished = _on_dask(todo, client)
    elif workers > 1:
        finished = _on_cores(todo, workers)
    else:
        finished = (item for item in todo.items())
    quiet = not (shows_progress() if progress is None else progress)
    bar = tqdm(total=len(points), initial=len(results), desc=_name(function), disable=quiet)
    try:
        with bar, contextlib.closing(finished):
            for k, outcome in finished:
                results[k] = _finish(outcome, points[k], axes, results)
                if store is not None:
                    store.keep(points[k], results[k])
                bar.update()
    except (Exception, KeyboardInterrupt) as error:
        where = "none is saved" if store is None else f"they are saved in {store.folder}"
        done = f"{len(results)} of {len(points)} points are finished; {where}"
        error.add_note(f"sweep of {_name(function)}: {done}")
        raise
    place = "dask" if client is not None else "one core" if workers == 1 else f"{workers} processes"
    combined = _combine(axes, [results[k] for k in range(len(points))])
    return combined.assign_attrs(function=_name(function), crustlib=__version__, ran_on=place)


def shows_progress() -> bool:
    """Say whether somebody watches: there is a terminal, or a live notebook.

    Returns
    -------
    bool
        False where output is redirected, in tests, and in the book's build (``CRUSTLIB_STATIC=1``).

    Examples
    --------
    >>> from unittest.mock import patch
    >>> with patch.dict(os.environ, CRUSTLIB_STATIC="1"):
    ...     shows_progress()
    False
    """
    if os.environ.get("CRUSTLIB_STATIC", "") not in ("", "0"):
        return False
    ipython = sys.modules.get("IPython")
    live = ipython is not None and getattr(ipython.get_ipython(), "kernel", None) is not None
    return live or sys.stderr.isatty()


def _axes(grid: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """Return the grid as plain Python values, or say what is wrong with it."""
    if not isinstance(grid, Mapping) or not grid:
        raise ValueError(f"grid = {grid!r}: must map at least one argument to its values")
    axes = {}
    for name, values in grid.items():
        if not isinstance(name, str) or not name.isidentifier():
            raise ValueError(f"grid has the key {name!r}: must be an argument's name")
        if isinstance(values, str | Mapping) or not np.iterable(values):
            raise ValueError(f"grid[{name!r}] = {values!r}: must be a sequence of values")
        axis = [value.item() if isinstance(value, np.generic) else value for value in values]
        if not axis:
            raise ValueError(f"grid[{name!r}] is empty: must hold at least one value")
        for value in axis:
            if not isinstance(value, bool | int | float | str) or value != value:
                raise ValueError(f"grid[{name!r}] holds {value!r}: must hold numbers, strings or booleans")
        if len(set(axis)) < len(axis):
            raise ValueError(f"grid[{name!r}] = {axis!r}: no value may stand twice")
        if len({isinstance(value, str) + 2 * isinstance(value, bool) for value in axis}) > 1:
            raise ValueError(f"grid[{name!r}] = {axis!r}: must be all numbers, all strings or all booleans")
        axes[name] = axis
    return axes


def _workers(processes: int | str, client: Any) -> int:
    """Return how many local processes to use."""
    count = os.cpu_count() or 1 if processes == "all" else processes
    if isinstance(count, bool) or not isinstance(count, int) or count < 1:
        raise ValueError(f'processes = {processes!r}: must be a whole number >= 1, or "all"')
    if client is None:
        return count
    if processes != 1:
        raise ValueError(f"processes = {processes!r}: a client brings its own workers, leave one out")
    if not hasattr(client, "submit") or not hasattr(client, "cancel"):
        raise ValueError(f"client = {client!r}: must be a dask.distributed.Client")
    return 1


def _check_importable(function: Callable[..., Any]) -> None:
    """Raise ValueError if a new process could not find the function."""
    advice = "must live in a module, for other processes to import it (a Dask client takes any function)"
    main_file = getattr(sys.modules["__main__"], "__file__", None)
    if getattr(function, "__module__", "") == "__main__" and main_file is None:
        raise ValueError(f"function = {_name(function)}: {advice}")
    try:
        pickle.dumps(function)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise ValueError(f"function = {_name(function)}: {advice}: {error}") from error


def _finish(
    outcome: Outcome, point: Point, axes: Mapping[str, Any], others: Mapping[int, xr.Dataset]
) -> xr.Dataset:
    """Return the result of one point, checked against another's; an error gets a note naming the point."""
    try:
        value = outcome()
    except Exception as error:
        error.add_note(f"raised at the point {point}")
        raise
    result = _as_dataset(value, point, axes)
    if others:
        _check_alike(result, next(iter(others.values())), point)
    return result


def _on_cores(todo: Mapping[int, Outcome], workers: int) -> Finished:
    """Yield places and outcomes as local processes finish them."""
    spawn = multiprocessing.get_context("spawn")  # numba's threads do not survive a fork
    with ProcessPoolExecutor(min(workers, len(todo) or 1), spawn, initializer=_follow_parent) as pool:
        futures = {pool.submit(call): k for k, call in todo.items()}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result
        finally:
            pool.shutdown(cancel_futures=True)


def _follow_parent() -> None:
    """Let a worker process end silently and at once on Ctrl-C, and when its parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def _on_dask(todo: Mapping[int, Outcome], client: Any) -> Finished:
    """Yield places and outcomes as the cluster finishes them; what a lost worker held is computed anew."""
    from distributed import as_completed as as_finished

    futures = {client.submit(call, pure=False): k for k, call in todo.items()}
    try:
        for future in as_finished(list(futures)):
            yield futures.pop(future), future.result
    finally:
        client.cancel(list(futures))


class _Store:
    """A folder of finished points: manifest.json says whose, and each point is a netCDF file of its own."""

    def __init__(self, folder: Path, function: Callable[..., Any], parameters: list[str]) -> None:
        self.folder = folder
        if folder.exists() and not folder.is_dir():
            raise ValueError(f"save = {str(folder)!r}: must be a folder")
        folder.mkdir(parents=True, exist_ok=True)
        manifest = {
            "function": _name(function),
            "source": _source_hash(function),
            "parameters": sorted(parameters),
            "crustlib": __version__,
        }
        path = folder / "manifest.json"
        if path.exists():
            self._compare(path, manifest)
        else:
            _write(path, lambda temporary: temporary.write_text(json.dumps(manifest, indent=2) + "\n"))

    def _compare(self, path: Path, manifest: dict[str, Any]) -> None:
        try:
            found = dict(json.loads(path.read_text()))
        except (ValueError, TypeError) as error:
            raise ValueError(f"save = {str(self.folder)!r}: its manifest.json is not a sweep's") from error
        for key, wanted in manifest.items():
            if found.get(key) != wanted:
                raise ValueError(
                    f"save = {str(self.folder)!r}: holds a sweep whose {key} is {found.get(key)!r}, "
                    f"not {wanted!r}; choose another folder"
                )

    def _path(self, point: Point) -> Path:
        key = json.dumps(point, sort_keys=True)  # floats by their shortest exact decimal form
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.nc"

    def has(self, point: Point) -> bool:
        return self._path(point).exists()

    def load(self, point: Point) -> xr.Dataset:
        return xr.load_dataset(self._path(point))

    def keep(self, point: Point, result: xr.Dataset) -> None:
        labelled = result.copy()
        labelled.attrs = {"point": json.dumps(point)}  # for who opens the file
        _write(self._path(point), labelled.to_netcdf)


def _write(path: Path, writer: Callable[[Path], Any]) -> None:
    """Let a file appear whole or not at all, whenever the process is killed."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        writer(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _as_dataset(value: Any, point: Point, axes: Mapping[str, Any]) -> xr.Dataset:
    """Return one point's result as a Dataset that shares no name with the grid."""
    if isinstance(value, xr.Dataset):
        result = value
    elif isinstance(value, xr.DataArray):
        result = value.to_dataset(name=value.name or "value")
    else:
        named = value if isinstance(value, Mapping) else {"value": value}
        result = xr.Dataset({name: _variable(name, entry, point) for name, entry in named.items()})
    clashes = sorted({str(name) for name in (*result.variables, *result.dims)} & set(axes))
    if clashes:
        raise ValueError(f"function's result at {point} has {', '.join(clashes)} in it, as the grid has")
    return result


def _variable(name: Any, entry: Any, point: Point) -> Any:
    if isinstance(entry, xr.DataArray | xr.Variable):
        return entry
    array = np.asarray(entry)
    if array.dtype.kind not in "biufU":
        raise TypeError(
            f"function's result at {point} has {name} = {entry!r}: must be numbers or strings, in a dict "
            "if there are several, or an xarray.Dataset"
        )
    return ([f"{name}_{axis}" for axis in range(array.ndim)], array)


def _check_alike(result: xr.Dataset, other: xr.Dataset, point: Point) -> None:
    """Raise ValueError if a result does not have the variables, shapes and coordinates of another point's."""
    here = f"function's result at {point}"
    names, others = (sorted(map(str, dataset.variables)) for dataset in (result, other))
    if names != others:
        raise ValueError(f"{here} has {', '.join(names)}; another point's has {', '.join(others)}")
    for name in other.variables:
        ours, theirs = result.variables[name], other.variables[name]
        if ours.sizes != theirs.sizes:
            shapes = f"{dict(ours.sizes)}; another point's has {dict(theirs.sizes)}"
            raise ValueError(f"{here} has {name} of shape {shapes}: a grid needs one shape")
        if name in other.coords and not ours.equals(theirs):
            raise ValueError(f"{here} has other values of the coordinate {name} than another point's")


def _combine(axes: Mapping[str, list[Any]], results: list[xr.Dataset]) -> xr.Dataset:
    """Return the results of all points, in the grid's order, as one Dataset."""
    first = results[0]
    shape = tuple(len(axis) for axis in axes.values())
    variables = {}
    for name, variable in first.data_vars.items():
        stacked = np.stack([result[name].transpose(*variable.dims).values for result in results])
        values = _text(stacked.reshape(shape + variable.shape))
        variables[name] = ((*axes, *variable.dims), values, variable.attrs)
    coordinates = {
        name: (coordinate.dims, _text(coordinate.values), coordinate.attrs)
        for name, coordinate in first.coords.items()
    }
    return xr.Dataset(variables, coords={**axes, **coordinates})


def _text(array: np.ndarray) -> np.ndarray:
    """Return strings as a fixed-width array, whether they come from memory or from a file."""
    return array.astype(str) if array.dtype.kind in "OT" else array


def _name(function: Callable[..., Any]) -> str:
    """Return what a function is called, and where it lives."""
    if isinstance(function, functools.partial):
        bound = [*map(repr, function.args), *(f"{key}={value!r}" for key, value in function.keywords.items())]
        return f"{_name(function.func)}({', '.join(bound)})"
    own = function if hasattr(function, "__qualname__") else type(function)
    return f"{own.__module__}.{own.__qualname__}"


def _source_hash(function: Callable[..., Any]) -> str:
    """Return a hash of a function's source, or "" where it has none to be read."""
    while isinstance(function, functools.partial):
        function = function.func
    function = getattr(function, "py_func", function)  # numba
    try:
        return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:16]
    except (OSError, TypeError):
        return ""

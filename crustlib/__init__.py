"""The crusts of neutron stars: what they are made of, and which forces hold them in balance.

``from crustlib import nuclides, crusts, balance``, or ``crustlib.crusts`` after ``import crustlib``:
a room is imported when it is first asked for, so that importing the package costs nothing.
"""

import importlib
import pkgutil
from pathlib import Path
from types import ModuleType

from crustlib._kernels import forget_stale_kernels

__version__ = "0.1.0"


def __getattr__(name: str) -> ModuleType:
    if name in _rooms():
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(_rooms())}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_rooms()])


def _rooms() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))


forget_stale_kernels(Path(__file__).parent)

"""Makers of crusts. Each returns a Profile: see `profile`."""

from crustlib.crusts import profile
from crustlib.crusts.accreted import accreted
from crustlib.crusts.diffusive import diffusive, interface_limits
from crustlib.crusts.ground_state import ground_state
from crustlib.crusts.homogeneous import homogeneous
from crustlib.crusts.matched import matched
from crustlib.crusts.nse import nse
from crustlib.crusts.one_component import one_component
from crustlib.crusts.published import PUBLISHED, from_table, published
from crustlib.crusts.table import tabulate
from crustlib.crusts.transition import transition

__all__ = [
    "PUBLISHED",
    "accreted",
    "diffusive",
    "from_table",
    "ground_state",
    "homogeneous",
    "interface_limits",
    "matched",
    "nse",
    "one_component",
    "profile",
    "published",
    "tabulate",
    "transition",
]

"""Makers of crusts. Each returns a Profile: see `profile`."""

from crustlib.crusts import profile
from crustlib.crusts.accreted import accreted
from crustlib.crusts.diffusive import diffusive, interface_limits
from crustlib.crusts.ground_state import ground_state
from crustlib.crusts.nse import nse
from crustlib.crusts.one_component import one_component
from crustlib.crusts.published import PUBLISHED, from_table, published

__all__ = [
    "PUBLISHED",
    "accreted",
    "diffusive",
    "from_table",
    "ground_state",
    "interface_limits",
    "nse",
    "one_component",
    "profile",
    "published",
]

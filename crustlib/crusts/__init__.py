"""Makers of crusts. Each returns a Profile: see `profile`."""

from crustlib.crusts import profile
from crustlib.crusts.accreted import accreted
from crustlib.crusts.diffusive import diffusive, interface_limits
from crustlib.crusts.ground_state import ground_state
from crustlib.crusts.one_component import one_component

__all__ = ["accreted", "diffusive", "ground_state", "interface_limits", "one_component", "profile"]

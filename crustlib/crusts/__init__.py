"""Makers of crusts. Each returns a Profile: see `profile`."""

from crustlib.crusts import profile
from crustlib.crusts.accreted import accreted
from crustlib.crusts.ground_state import ground_state

__all__ = ["accreted", "ground_state", "profile"]

"""Settings that every test shares."""

import gc
import os

import pytest
from hypothesis import settings

os.environ.setdefault("MPLBACKEND", "Agg")  # figures are drawn, not shown

gc.set_threshold(50_000, 20, 20)  # compiling leaves millions of objects alive: looked at less often

settings.register_profile(
    "crustlib",
    deadline=None,  # the first example pays for compiling the kernels
    max_examples=40,
    derandomize=os.environ.get("CI") == "true",
)
settings.load_profile("crustlib")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count the tests that draw figures, or start browsers and other processes, among the slow ones."""
    for item in items:
        if item.path.name.startswith(("test_balance_survey", "test_figures_", "test_interact", "test_sweep")):
            item.add_marker(pytest.mark.slow)

"""Settings that every test shares."""

import os

import pytest
from hypothesis import settings

os.environ.setdefault("MPLBACKEND", "Agg")  # figures are drawn, not shown

settings.register_profile(
    "crustlib",
    deadline=None,  # the first example pays for compiling the kernels
    max_examples=40,
    derandomize=os.environ.get("CI") == "true",
)
settings.load_profile("crustlib")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count the tests that draw figures, or that start processes and clusters, among the slow ones."""
    for item in items:
        if item.path.name.startswith(("test_figures_", "test_sweep")):
            item.add_marker(pytest.mark.slow)

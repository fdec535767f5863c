"""Settings that every test shares."""

import os

from hypothesis import settings

os.environ.setdefault("MPLBACKEND", "Agg")  # figures are drawn, not shown

settings.register_profile(
    "crustlib",
    deadline=None,  # the first example pays for compiling the kernels
    max_examples=40,
    derandomize=os.environ.get("CI") == "true",
)
settings.load_profile("crustlib")

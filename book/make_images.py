"""Draw the pictures that are stored in book/images, for pages that no build runs: ``make data``."""

from pathlib import Path

import numpy as np

from crustlib import crusts
from crustlib.constants import MEV_FM3_IN_DYN_CM2
from crustlib.figures import violation

FOLDER = Path(__file__).resolve().parent / "images"
MODEL = "AME2016+FRDM95+DZ31"


def main() -> None:
    """Draw the README's figure: the FRDM95 panel of figure 1 of Chugunov & Shchechilin (2020)."""
    FOLDER.mkdir(exist_ok=True)
    pressure = np.geomspace(3e29, 1e31, 1200) / MEV_FM3_IN_DYN_CM2
    figure = violation.mu_e_panel(crusts.accreted(MODEL), crusts.ground_state(MODEL, pressure))
    figure.savefig(FOLDER / "violation_frdm95.png", metadata={"Software": None})


if __name__ == "__main__":
    main()

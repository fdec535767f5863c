"""Mixtures of nuclides that are known by a name."""

import numpy as np

from crustlib.nuclides.models import mass_model
from crustlib.nuclides.names import name as nuclide_name
from crustlib.validation import one_of

__all__ = ["MIXTURES", "mixture"]

# Number fractions by charge. Ashes of an X-ray burst that Gupta et al. (2007) followed to 2.16e11 g cm^-3, as
# Horowitz, Berry & Brown (2007), Physical Review E 75, 066101, took them over.
MIXTURES: dict[str, dict[int, float]] = {
    "burst ash": {
        8: 0.0301, 10: 0.0116, 12: 0.0023, 14: 0.0023, 15: 0.0023, 20: 0.0046, 22: 0.0810, 24: 0.0718,
        26: 0.1019, 27: 0.0023, 28: 0.0764, 30: 0.0856, 32: 0.0116, 33: 0.1250, 34: 0.3866, 36: 0.0023,
        47: 0.0023,
    },
}  # fmt: skip


def mixture(name: str) -> dict[str, float]:
    """Return the number fractions of a mixture, each element as its most bound isotope.

    Only the charges are published. The isotope is the one with the largest measured binding energy per
    nucleon (AME2020), as of ashes that have not been compressed.

    Parameters
    ----------
    name : str
        A key of `MIXTURES`: "burst ash", 17 elements from oxygen to silver.

    Returns
    -------
    dict of str to float
        Number fractions by nuclide, which sum to 1.

    Raises
    ------
    ValueError
        If there is no such mixture.

    Examples
    --------
    >>> ash = mixture("burst ash")
    >>> ash["Se78"], len(ash)
    (0.3866, 17)
    """
    one_of("name", name, MIXTURES)
    measured = mass_model("AME2020")
    every_Z, every_A = measured.nuclides
    most_bound = {}
    for Z, x in MIXTURES[name].items():
        A = every_A[every_Z == Z]
        best = int(A[np.argmax(np.asarray(measured.binding_energy(Z, A)) / A)])
        most_bound[nuclide_name(Z, best)] = x
    return most_bound

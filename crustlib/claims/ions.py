"""Numbers that claims about ions in a lattice are held against."""

from crustlib.figures import ions_models as models

CRUST = (0.01, 0.02, 0.03, 0.04, 0.05, 0.06)  # fm^-3
RATIO, FILLING = 3.0, 0.03  # of spheres in a dilute lattice


def least_neutron_mass() -> float:
    """Return the least m_n* / m_n of potential flow in the crust, all neutrons counted."""
    return min(1.0 / models.ion(n).flow.superfluid_fraction for n in CRUST)


def spheres_over_single() -> float:
    """Return m_I* less what ions carry, of spheres in a lattice, over that of Epstein and Baym's sphere."""
    coarse, fine = (models.steps_in_lattice(RATIO, FILLING, points) for points in (25, 49))
    sharp = 2.0 * fine - coarse  # what a blurred surface adds falls with the step
    carried = (1.0 + (RATIO - 1.0) * FILLING - sharp) / FILLING
    return carried / ((RATIO - 1.0) ** 2 / (RATIO + 2.0))

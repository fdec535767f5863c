"""Statistical equilibrium beside pynucastro's, with all that it leaves out left out here too.

Matched: binding energies and spins (pynucastro's), masses A m_u (it conserves mass, we baryons), constants,
no excited states, no Coulomb energy, no volume, nucleons that do not interact. What stays different is that
these are fermions here, by n Lambda^3 / 6 of the free ones: 1e-11 and less at these densities.
"""

import numpy as np
import pynucastro
import pytest
from pynucastro.constants import constants

from crustlib.constants import HBARC_MEV_FM
from crustlib.crusts.clusters import Species
from crustlib.crusts.equilibrium import _layers, _solve
from crustlib.crusts.warm import FRACTION
from crustlib.matter.skyrme import Functional

pytestmark = pytest.mark.slow

MASS = constants.m_u_MeV_C18
FREE = Functional("free", *[0.0] * 12, *[1.0] * 3, *[HBARC_MEV_FM**2 / (2.0 * MASS)] * 2)


@pytest.fixture(scope="module")
def network():
    nuclei = [
        nucleus
        for nucleus in pynucastro.nucdata.get_all_nuclei()
        if nucleus.spin_states and (nucleus.Z <= 2 or abs(nucleus.Z - 26) <= 2) and nucleus.A <= 64
    ]
    for nucleus in nuclei:
        nucleus.partition_function, nucleus.A_nuc = None, float(nucleus.A)
    return pynucastro.NSENetwork(inert_nuclei=nuclei)


def ours(network, rho, kelvin, Y_p):
    T = constants.k_MeV * kelvin
    nuclei = [nucleus for nucleus in network.unique_nuclei if nucleus.A > 1]
    Z, A, g, binding = np.array([(q.Z, q.A, q.spin_states, q.nucbind * q.A) for q in nuclei], dtype=float).T
    weight = np.log(g) + 1.5 * np.log(A * MASS * T / (2.0 * np.pi * HBARC_MEV_FM**2)) + binding / T
    species = Species(Z.copy(), A - Z, *np.zeros((1, A.size)), weight, *np.zeros((2, A.size)))
    n_b = np.array([rho / constants.m_u_C18 * 1e-39])
    x, residual = _solve(n_b, T, FRACTION, n_b * Y_p, species, FREE)
    assert residual[0] < 1e-11
    rows, n, _ = _layers(x, T, species, -binding, FREE, 0.0)
    fractions = {nucleus: value for nucleus, value in zip(nuclei, n[0] * A / n_b, strict=True)}
    return fractions, rows[4, 0] / n_b[0], rows[5, 0] / n_b[0]


@pytest.mark.parametrize(("rho", "kelvin", "Y_p"), [(1e2, 3.5e9, 0.5), (1.0, 3e9, 0.45), (1e-2, 3.5e9, 0.3)])
def test_mass_fractions(network, rho, kelvin, Y_p):
    theirs = network.get_comp_nse(rho, kelvin, Y_p).X
    fractions, neutrons, protons = ours(network, rho, kelvin, Y_p)
    assert sum(fraction > 1e-3 for fraction in fractions.values()) > 0
    off = [abs(value - theirs[nucleus]) for nucleus, value in fractions.items()]
    assert max(off) < 1e-10
    free = {(q.Z, q.A): theirs[q] for q in theirs if q.A == 1}
    assert neutrons == pytest.approx(free[0, 1], abs=1e-10)
    assert protons == pytest.approx(free[1, 1], abs=1e-10)

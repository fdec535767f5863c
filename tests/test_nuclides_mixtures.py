"""Mixtures that are known by a name: the published fractions, the most bound isotopes, bad names."""

import numpy as np
import pytest

from crustlib import nuclides

# Horowitz, Berry & Brown (2007), Phys. Rev. E 75, 066101, from Gupta et al. (2007) at 2.16e11 g cm^-3
BURST_ASH = {
    "O": 0.0301, "Ne": 0.0116, "Mg": 0.0023, "Si": 0.0023, "P": 0.0023, "Ca": 0.0046,
    "Ti": 0.0810, "Cr": 0.0718, "Fe": 0.1019, "Co": 0.0023, "Ni": 0.0764, "Zn": 0.0856,
    "Ge": 0.0116, "As": 0.1250, "Se": 0.3866, "Kr": 0.0023, "Ag": 0.0023,
}  # fmt: skip


@pytest.fixture(scope="module")
def ash():
    """Return the burst ash by charge and mass number."""
    return {nuclides.parse(name): x for name, x in nuclides.mixture("burst ash").items()}


def test_the_burst_ash_has_the_published_charges_and_fractions(ash):
    assert {nuclides.symbol(Z): x for (Z, _), x in ash.items()} == BURST_ASH
    assert len(ash) == 17


@pytest.mark.parametrize("name", nuclides.MIXTURES)
def test_fractions_sum_to_one(name):
    assert sum(nuclides.mixture(name).values()) == pytest.approx(1.0, abs=1e-12)
    assert min(nuclides.mixture(name).values()) > 0.0


def test_the_burst_ash_has_the_published_means(ash):
    """Horowitz, Berry & Brown 2007: a mean charge of 29.30, and an impurity parameter of 38.9."""
    Z, x = np.array([Z for Z, _ in ash]), np.array(list(ash.values()))
    assert x @ Z == pytest.approx(29.30, abs=0.01)
    assert x @ Z**2 - (x @ Z) ** 2 == pytest.approx(38.9, abs=0.1)


def test_no_measured_isotope_is_bound_more(ash):
    measured = nuclides.mass_model("AME2020")
    hydrogen, neutron = 7.288971, 8.071318  # mass excesses (MeV): binding without `binding_energy`
    for Z, A in ash:
        others = np.array([a for z, a in zip(*measured.nuclides, strict=True) if z == Z])
        bound = (hydrogen * Z + neutron * (others - Z) - measured.mass_excess(Z, others)) / others
        assert others[bound.argmax()] == A


@pytest.mark.parametrize("name", ["", "Burst ash", "Fe56", 7, None, ["burst ash"]])
def test_a_name_that_is_none_is_refused(name):
    with pytest.raises(ValueError, match=r"name = .*must be one of 'burst ash'"):
        nuclides.mixture(name)


def test_what_is_returned_is_the_readers_own():
    nuclides.mixture("burst ash").clear()
    nuclides.mixture("burst ash")["Se78"] = 1.0
    assert nuclides.mixture("burst ash")["Se78"] == 0.3866

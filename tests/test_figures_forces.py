"""Chapter 1's figures: what they draw adds up, and says which force points where."""

import numpy as np
import pytest

from crustlib import balance, crusts
from crustlib.constants import MEV_FM3_IN_DYN_CM2
from crustlib.figures import forces

MASSES = "AME2016+FRDM95+DZ31"


@pytest.fixture(scope="module")
def accreted():
    return crusts.accreted(MASSES, pressure_max=2.3e-3)  # 3.7e30 dyn cm^-2: beyond the burning of 40Mg


@pytest.fixture(scope="module")
def ground():
    return crusts.ground_state(MASSES, np.geomspace(6e-4, 2.3e-3, 150))


def texts(axes):
    """Return what is written in a panel; an arrow is an annotation without text."""
    return [text.get_text() for text in axes.texts if text.get_text()]


def test_in_an_outer_crust_without_a_lattice_the_field_carries_the_nucleus():
    iron = crusts.accreted("AME2016", pressure_max=1e-7, lattice=False)
    where, electron, nucleus, neutron = forces.arrows(iron, pressure=5e25).axes
    assert "no free neutrons" in texts(where)[0]
    assert texts(neutron)[-1] == "none here"
    assert texts(nucleus) == ["56", "0", "56", "0"]  # weight A m_u g, and the field
    assert texts(electron)[1:] == ["2.2", "2.2"]  # 56/26 m_u g, up and down


def drawn(axes):
    """Return the arrows of a panel: where each ends (m_u g, down positive)."""
    return [text.xy[1] for text in axes.texts if getattr(text, "arrow_patch", None)]


def test_in_the_burning_of_magnesium_nuclei_fall_and_neutrons_rise(accreted):
    _, electron, nucleus, neutron = forces.arrows(accreted, pressure=3.3e30).axes
    assert drawn(electron) == []  # nothing that one could see
    weight, left = drawn(nucleus)
    assert 40.0 < weight < left < 42.0
    assert "↓" in texts(nucleus)[2]  # the field pulls nuclei down
    weight, pressure, left = drawn(neutron)
    assert pressure < left < 0.0 < weight


def test_a_force_beyond_the_axis_keeps_its_arrow_and_its_size(accreted):
    force = balance.forces(accreted)
    P = force.pressure.values * MEV_FM3_IN_DYN_CM2
    layer = int(np.abs(np.log(P / 2.41e30)).argmin())  # in the first zone
    pressure = float(P[layer])
    _, _, _, neutron = forces.arrows(accreted, pressure).axes
    assert float(force.neutron_gradient[layer]) < -forces.REACH["neutron"]
    assert all(abs(end) < forces.REACH["neutron"] for end in drawn(neutron))
    assert f"{-float(force.neutron_gradient[layer]):.1f}" in texts(neutron)


@pytest.mark.parametrize("pressure", [0.0, 1e32, np.nan])
def test_a_layer_outside_the_crust_is_refused(accreted, pressure):
    with pytest.raises(ValueError, match="pressure = "):
        forces.arrows(accreted, pressure=pressure)


def test_terms_add_up_to_what_is_left_and_to_nothing_in_the_ground_state(accreted, ground):
    figure = forces.terms({"ground state": ground, "accreted": accreted}, pressures=(1e30, 3.6e30))
    panels = np.array(figure.axes).reshape(3, 2)
    for row, component in enumerate(forces.COMPONENTS):
        for column in (0, 1):
            lines = [line.get_ydata() for line in panels[row, column].lines if len(line.get_ydata()) > 2]
            left = lines.pop() if component != "electron" else 0.0
            total = np.sum(lines, axis=0)
            assert np.allclose(total, left, atol=1e-9)
            if column == 0:
                balanced = np.abs(total) <= 1e-3 * np.abs(lines[0])  # catalysed matter is in equilibrium
                assert balanced.all()
    assert all(axes.yaxis_inverted() for axes in panels.flat)  # down is down

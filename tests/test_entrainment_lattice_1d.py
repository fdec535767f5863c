import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crustlib.entrainment import lattice_1d


@pytest.mark.parametrize(
    ("lattice", "response", "expected"),  # an independent calculation
    [
        ((0.5, 1.0, 0.5), "rigid", 0.76039),
        ((0.5, 1.0, 0.5), "relaxed", 0.6738),
        ((0.25, 2.0, 0.1), "rigid", 0.14038),
    ],
)
def test_values_of_an_independent_calculation(lattice, response, expected):
    assert lattice_1d(*lattice, response).superfluid_fraction == pytest.approx(expected, abs=3e-5)


@pytest.mark.slow
@given(filling=st.floats(0.1, 6.0), gap=st.floats(0.05, 5.0))
@settings(max_examples=10, deadline=None)
def test_an_empty_lattice_is_all_superfluid(filling, gap):
    rigid = lattice_1d(0.0, filling, gap, "rigid", k_points=8)
    assert rigid.superfluid_fraction == pytest.approx(1.0, abs=1e-12)
    assert lattice_1d(0.0, filling, gap, k_points=8).superfluid_fraction == pytest.approx(1.0, abs=1e-9)
    assert rigid.bound == pytest.approx(1.0, abs=1e-9)


@pytest.mark.slow
@given(V=st.floats(0.05, 1.5), filling=st.floats(0.3, 4.0), gap=st.floats(0.3, 3.0))
@settings(max_examples=10, deadline=None)
def test_sum_rule_and_order_of_the_responses(V, filling, gap):
    def f(response):
        return lattice_1d(V, filling, gap, response, k_points=64).superfluid_fraction

    assert f("rigid") == pytest.approx(f("positive"), abs=1e-3)  # high bands are cut off
    assert 0.0 < f("intraband") < f("relaxed") <= f("rigid") + 1e-12


@pytest.mark.slow
@pytest.mark.parametrize("gap", [0.1, 1.0, 3.0, 10.0, 30.0])
def test_a_relaxed_phase_keeps_leggett_s_bound(gap):
    found = lattice_1d(0.5, 1.0, gap)
    assert found.superfluid_fraction <= found.bound
    if gap >= 3.0:  # where a rigid one breaks it
        assert lattice_1d(0.5, 1.0, gap, "rigid").superfluid_fraction > found.bound


def test_local_pairs_flow_as_the_density_says():
    near, far = (lattice_1d(0.5, 1.0, gap) for gap in (3.0, 30.0))
    assert 1.0 - far.superfluid_fraction == pytest.approx(1.0 - far.bound, rel=0.05)
    assert abs(far.superfluid_fraction - far.bound) < abs(near.superfluid_fraction - near.bound)


@pytest.mark.slow
def test_a_full_band_insulates_where_pairing_is_weak():
    assert lattice_1d(1.0, 2.0, 0.01, "rigid").superfluid_fraction < 1e-3
    # half a band: the response of free fermions with the band's own mass
    found = lattice_1d(1.0, 1.0, 0.01, "rigid", k_points=400)
    k = 0.5
    G = 2.0 * np.arange(-16, 17)
    H = np.diag((k + G) ** 2) + np.eye(33, k=1) + np.eye(33, k=-1)
    C = np.linalg.eigh(H)[1][:, 0]
    fermi_velocity = C @ ((k + G) * C)  # the free one at this filling is 1/2
    assert found.superfluid_fraction == pytest.approx(fermi_velocity / 0.5, abs=4e-3)


@pytest.mark.parametrize(
    "change",
    [{"depth": -1.0}, {"filling": 0.0}, {"gap": 0.0}, {"gap": [1.0]}, {"response": "loose"}, {"waves": 2},
     {"k_points": 1}, {"depth": np.nan}],
)  # fmt: skip
def test_bad_input_is_named(change):
    with pytest.raises(ValueError, match=next(iter(change))):
        lattice_1d(**{"depth": 0.5, "filling": 1.0, "gap": 0.5, **change})

"""Bad arguments are named, with their value and what is allowed; good ones come back as floats."""

import numpy as np
import pytest

from crustlib import validation

CHECKS = {
    "finite": validation.finite,
    "positive": validation.positive,
    "non_negative": validation.non_negative,
    "in_range": lambda name, value: validation.in_range(name, value, 0.0, 2.0),
}


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
@pytest.mark.parametrize(
    "value",
    [np.nan, np.inf, [1.0, np.nan], None, True, "1", 1j, [[1.0], [1.0, 2.0]], object, [True]],
    ids=repr,
)
def test_no_check_takes_what_is_no_finite_real_number(check, value):
    with pytest.raises(ValueError, match=r"density = .*: must be"):
        check("density", value)


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
@pytest.mark.parametrize("value", [1, 1.0, np.float32(1), np.int64(1), np.array(1)], ids=repr)
def test_scalars_come_back_as_float(check, value):
    result = check("density", value)
    assert type(result) is float and result == 1.0


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
@pytest.mark.parametrize("value", [[], [1, 2], ((1,), (2,)), np.ones((2, 3), dtype=int)], ids=repr)
def test_arrays_keep_shape_and_become_float64(check, value):
    result = check("density", value)
    assert result.dtype == np.float64
    np.testing.assert_array_equal(result, np.asarray(value, dtype=float))


@pytest.mark.parametrize(
    ("check", "value", "message"),
    [
        (validation.positive, 0.0, r"n = 0\.0: must be finite and > 0"),
        (validation.non_negative, -1e-300, r"n = -1e-300: must be finite and >= 0"),
        (validation.finite, [[0.0, -np.inf]], r"n = -inf \(at index 0, 1\): must be finite"),
        (CHECKS["in_range"], 2.5, r"n = 2\.5: must be finite and in \[0, 2\]"),
    ],
)
def test_message_names_argument_value_and_range(check, value, message):
    with pytest.raises(ValueError, match=message):
        check("n", value)


@pytest.mark.parametrize("value", [0, 119, 1.5, np.nan, [1], "Fe"])
def test_integer_rejects(value):
    with pytest.raises(ValueError, match="Z = "):
        validation.integer("Z", value, 1, 118)


def test_one_of_lists_the_choices():
    with pytest.raises(ValueError, match="model = 3: must be one of 'DZ31', 'DZ10'"):
        validation.one_of("model", 3, ["DZ31", "DZ10"])


def test_elementwise_broadcasts_and_restores_shapes():
    def kernel(x, y, scale):
        return scale * (x + y), x - y

    total, difference = validation.elementwise(kernel, (np.ones((2, 1)), [1.0, 2.0, 3.0]), 10.0)
    np.testing.assert_array_equal(total, [[20.0, 30.0, 40.0]] * 2)
    np.testing.assert_array_equal(difference, [[0.0, -1.0, -2.0]] * 2)
    assert validation.elementwise(kernel, (1.0, 2.0), 10.0) == (30.0, -1.0)


def test_results_beyond_floats_are_refused():
    with pytest.raises(
        ValueError, match=r"arguments \(1e\+300,\): must be where the result is a finite number"
    ):
        validation.elementwise(lambda x: x * x, (1e300,))
    with pytest.raises(ValueError, match="finite number"):
        validation.elementwise(lambda x: x / x, ([0.0, 1.0],))

"""Checks of arguments, and the broadcast after them: what a public function does before it calls its kernel.

Each check returns the value it was given, or raises a ValueError that says what is wrong. Scalars come back
as `float`, everything else as a float64 array. Integers are fine; booleans, strings, complex numbers, None
and ragged lists are not.
"""

from collections.abc import Callable, Iterable
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["elementwise", "finite", "in_range", "integer", "non_negative", "one_of", "positive"]


@overload
def finite(name: str, value: float) -> float: ...
@overload
def finite(name: str, value: ArrayLike) -> Any: ...
def finite(name: str, value: ArrayLike) -> float | NDArray[np.float64]:
    """Return `value` if it is made of finite real numbers.

    Parameters
    ----------
    name : str
        What the caller's user calls the argument.
    value : float or array_like
        The argument.

    Returns
    -------
    float or ndarray
        `value` as float, or as an array of float64.

    Raises
    ------
    ValueError
        If `value` is not numeric, or has a NaN or an infinity.

    Examples
    --------
    >>> finite("mu_e", 3)
    3.0
    >>> finite("mu_e", float("nan"))
    Traceback (most recent call last):
        ...
    ValueError: mu_e = nan: must be finite
    """
    return _checked(name, value, np.isfinite, "must be finite")


@overload
def positive(name: str, value: float) -> float: ...
@overload
def positive(name: str, value: ArrayLike) -> Any: ...
def positive(name: str, value: ArrayLike) -> float | NDArray[np.float64]:
    """Return `value` if it is finite and above zero everywhere; see `finite`.

    Examples
    --------
    >>> positive("n_e", [1e-3, -2.0])
    Traceback (most recent call last):
        ...
    ValueError: n_e = -2.0 (at index 1): must be finite and > 0
    """
    return _checked(name, value, lambda x: np.isfinite(x) & (x > 0), "must be finite and > 0")


@overload
def non_negative(name: str, value: float) -> float: ...
@overload
def non_negative(name: str, value: ArrayLike) -> Any: ...
def non_negative(name: str, value: ArrayLike) -> float | NDArray[np.float64]:
    """Return `value` if it is finite and nowhere below zero; see `finite`.

    Examples
    --------
    >>> non_negative("n_n", 0)
    0.0
    """
    return _checked(name, value, lambda x: np.isfinite(x) & (x >= 0), "must be finite and >= 0")


@overload
def in_range(name: str, value: float, low: float, high: float) -> float: ...
@overload
def in_range(name: str, value: ArrayLike, low: float, high: float) -> Any: ...
def in_range(name: str, value: ArrayLike, low: float, high: float) -> float | NDArray[np.float64]:
    """Return `value` if it is finite and from `low` to `high` everywhere; see `finite`.

    Examples
    --------
    >>> in_range("fraction", 1.5, 0, 1)
    Traceback (most recent call last):
        ...
    ValueError: fraction = 1.5: must be finite and in [0, 1]
    """
    must = f"must be finite and in [{low:.10g}, {high:.10g}]"
    return _checked(name, value, lambda x: np.isfinite(x) & (x >= low) & (x <= high), must)


def integer(name: str, value: int, low: int, high: int) -> int:
    """Return `value` if it is a whole number from `low` to `high`.

    Raises
    ------
    ValueError
        If `value` is an array, is not a whole number, or lies outside.

    Examples
    --------
    >>> integer("Z", 26.0, 1, 118)
    26
    >>> integer("Z", 26.5, 1, 118)
    Traceback (most recent call last):
        ...
    ValueError: Z = 26.5: must be a whole number in [1, 118]
    """
    number = _real(name, value)
    if number.ndim or not (low <= number <= high) or number != np.floor(number):
        raise ValueError(f"{name} = {value!r}: must be a whole number in [{low}, {high}]")
    return int(number)


def one_of(name: str, value: str, choices: Iterable[str]) -> str:
    """Return `value` if it is among `choices`.

    Raises
    ------
    ValueError
        If it is not; the message lists the choices.

    Examples
    --------
    >>> one_of("splice", "mixed", ("mixed", "unmixed"))
    'mixed'
    >>> one_of("splice", "stirred", ("mixed", "unmixed"))
    Traceback (most recent call last):
        ...
    ValueError: splice = 'stirred': must be one of 'mixed', 'unmixed'
    """
    choices = tuple(choices)
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"{name} = {value!r}: must be one of {', '.join(map(repr, choices))}")
    return value


def elementwise(kernel: Callable[..., Any], arguments: tuple[Any, ...], *parameters: Any) -> Any:
    """Call a kernel on floats, or on flat arrays of one length, and give its results the arguments' shape.

    Parameters
    ----------
    kernel : callable
        Takes the arguments, all floats or all one-dimensional arrays, then the parameters; returns an array
        or a tuple of them.
    arguments : tuple of float or array_like
        Broadcast against each other.
    *parameters
        Handed on untouched.

    Returns
    -------
    float, ndarray, or tuple of these
        Floats if every argument is a scalar.

    Raises
    ------
    ValueError
        If the arguments' shapes do not broadcast, or a result is too large for a float or undefined.

    Examples
    --------
    >>> elementwise(lambda x, y, power: (x + y) ** power, ([1.0, 2.0], 1.0), 2)
    array([4., 9.])
    """
    scalars = all(isinstance(x, float) for x in arguments)
    shape = () if scalars else np.broadcast_shapes(*(np.shape(x) for x in arguments))
    flat = (np.array(np.broadcast_to(x, shape), dtype=np.float64).ravel() for x in arguments)
    with np.errstate(all="ignore"):  # what it would warn of is raised below
        result = kernel(*(flat if shape else map(float, arguments)), *parameters)
    several = isinstance(result, tuple)
    results = tuple(np.reshape(x, shape) if shape else float(x) for x in (result if several else (result,)))
    if not all(np.isfinite(x).all() for x in results):
        raise ValueError(f"arguments {arguments!r}: must be where the result is a finite number")
    return results if several else results[0]


def _real(name: str, value: ArrayLike) -> NDArray[np.float64]:
    try:
        array = np.asarray(value)
    except ValueError:  # a ragged list
        array = np.asarray(None)
    if array.dtype.kind not in "iuf":
        raise ValueError(f"{name} = {value!r}: must be a real number or an array of real numbers")
    return array.astype(np.float64)


def _checked(
    name: str, value: ArrayLike, allowed: Callable[[Any], Any], must: str
) -> float | NDArray[np.float64]:
    if isinstance(value, float) and allowed(value):  # by far the most frequent call
        return float(value)
    array = _real(name, value)
    good = np.asarray(allowed(array))
    if not good.all():
        index = np.unravel_index(int(np.argmin(good)), array.shape)
        where = f" (at index {', '.join(map(str, index))})" if index else ""
        raise ValueError(f"{name} = {float(array[index])!r}{where}: {must}")
    return array if array.ndim else float(array)

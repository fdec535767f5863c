"""When a computed number agrees with a statement: the rules that make the verdicts."""

from collections.abc import Callable
from typing import NamedTuple

__all__ = ["Rule", "at_least", "at_most", "between", "close"]


class Rule(NamedTuple):
    """What a paper states about a number, and what still counts as that."""

    stated: str
    tolerance: str
    holds: Callable[[float], bool]


def close(value: float, *, relative: float = 0.0, absolute: float = 0.0) -> Rule:
    """Return the rule that a number is `value`, to a relative or an absolute tolerance.

    Parameters
    ----------
    value : float
        What is stated.
    relative, absolute : float
        How far off still agrees; the larger of the two counts.

    Returns
    -------
    Rule
        The rule.

    Examples
    --------
    >>> rule = close(3e28, relative=0.1)
    >>> rule.stated, rule.tolerance, rule.holds(2.8e28), rule.holds(1.7e28)
    ('3e+28', '± 10 %', True, False)
    """
    margin = max(relative * abs(value), absolute)
    text = f"± {100.0 * relative:g} %" if relative * abs(value) >= absolute else f"± {absolute:g}"
    text = text if margin else "exactly"
    return Rule(f"{value:g}", text, lambda x: abs(x - value) <= margin)


def at_most(limit: float) -> Rule:
    """Return the rule that a number does not exceed a limit.

    Parameters
    ----------
    limit : float
        The limit.

    Returns
    -------
    Rule
        The rule.

    Examples
    --------
    >>> at_most(0.1).holds(0.05), at_most(0.1).holds(0.2)
    (True, False)
    """
    return Rule(f"at most {limit:g}", f"≤ {limit:g}", lambda x: x <= limit)


def at_least(limit: float) -> Rule:
    """Return the rule that a number reaches a limit.

    Parameters
    ----------
    limit : float
        The limit.

    Returns
    -------
    Rule
        The rule.

    Examples
    --------
    >>> at_least(1.0).holds(9.9), at_least(1.0).holds(0.2)
    (True, False)
    """
    return Rule(f"at least {limit:g}", f"≥ {limit:g}", lambda x: x >= limit)


def between(low: float, high: float) -> Rule:
    """Return the rule that a number lies between two.

    Parameters
    ----------
    low, high : float
        The ends, which still count.

    Returns
    -------
    Rule
        The rule.

    Examples
    --------
    >>> between(0.1, 10.0).holds(0.3), between(0.1, 10.0).holds(54.0)
    (True, False)
    """
    text = f"{low:.3g} to {high:.3g}"
    return Rule(text, text, lambda x: low <= x <= high)

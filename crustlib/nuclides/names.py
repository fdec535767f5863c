"""Names of nuclides: chemical symbols, ``"Fe56"``, and back."""

import difflib
import re

import numpy as np
from numpy.typing import ArrayLike, NDArray

from crustlib import validation

__all__ = ["SYMBOLS", "name", "parse", "symbol"]

LARGEST_A = 999

_NAMED = (
    "n H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br "
    "Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er "
    "Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md "
    "No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og"
).split()
_DIGITS = "nubtqphsoe"  # nil, un, bi, tri, quad, pent, hex, sept, oct, enn (IUPAC 1978)


def _systematic(Z: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(Z)).capitalize()


SYMBOLS: tuple[str, ...] = (*_NAMED, *(_systematic(Z) for Z in range(len(_NAMED), 200)))
"""Chemical symbols by charge number, 0 ("n") to 199; above 118 the systematic ones of IUPAC ("Uue")."""

_CHARGE = {element: Z for Z, element in enumerate(SYMBOLS) if Z > 0}
_PATTERN = re.compile(r"(?:(?P<s1>[A-Za-z]{1,3})-?(?P<a1>\d{1,3})|(?P<a2>\d{1,3})-?(?P<s2>[A-Za-z]{1,3}))")


def symbol(Z: int) -> str:
    """Return the chemical symbol of an element.

    Parameters
    ----------
    Z : int
        Charge number, 1 to 199.

    Returns
    -------
    str
        The symbol; from Z = 119 on the systematic one.

    Raises
    ------
    ValueError
        If `Z` is not a whole number in that range.

    Examples
    --------
    >>> symbol(26), symbol(119)
    ('Fe', 'Uue')
    """
    return SYMBOLS[validation.integer("Z", Z, 1, len(SYMBOLS) - 1)]


def name(Z: int, A: int) -> str:
    """Return the name of a nuclide, symbol first.

    Parameters
    ----------
    Z, A : int
        Charge number and mass number, ``A >= Z``.

    Returns
    -------
    str
        For example "Fe56".

    Raises
    ------
    ValueError
        If `Z` or `A` is out of range.

    Examples
    --------
    >>> name(26, 56)
    'Fe56'
    """
    element = symbol(Z)
    return f"{element}{validation.integer('A', A, int(Z), LARGEST_A)}"


def parse(text: str) -> tuple[int, int]:
    """Return the charge and mass number that a name stands for.

    Parameters
    ----------
    text : str
        "Fe56", "56Fe", "Fe-56" or "56-Fe", in any case.

    Returns
    -------
    tuple of int
        ``(Z, A)``.

    Raises
    ------
    ValueError
        If `text` is no such name, its element does not exist, or A < Z.

    Examples
    --------
    >>> parse("Fe56"), parse("40-mg")
    ((26, 56), (12, 40))
    >>> parse("Fr20")
    Traceback (most recent call last):
        ...
    ValueError: text = 'Fr20': Fr has Z = 87, so A must be in [87, 999]
    """
    match = _PATTERN.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise ValueError(f"text = {text!r}: must be the name of a nuclide, such as 'Fe56' or '56Fe'")
    element = (match["s1"] or match["s2"]).capitalize()
    A = int(match["a1"] or match["a2"])
    if element not in _CHARGE:
        close = difflib.get_close_matches(element, _CHARGE, n=3, cutoff=0.5)
        hint = f"; close to it: {', '.join(close)}" if close else ""
        raise ValueError(f"text = {text!r}: there is no element {element!r}{hint}")
    Z = _CHARGE[element]
    if A < Z:
        raise ValueError(f"text = {text!r}: {element} has Z = {Z}, so A must be in [{Z}, {LARGEST_A}]")
    return Z, A


def whole_numbers(name: str, value: ArrayLike, low: int, high: int) -> NDArray[np.int64]:
    """Return `value` as an array of int64 if it is whole numbers from `low` to `high`, or raise."""
    numbers = np.asarray(validation.in_range(name, value, low, high))
    broken = numbers != np.floor(numbers)
    if broken.any():
        raise ValueError(f"{name} = {numbers[broken].flat[0]}: must be a whole number in [{low}, {high}]")
    return numbers.astype(np.int64)


def broadcast(Z: NDArray[np.int64], A: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return `Z` and `A` broadcast to one shape, or raise ValueError."""
    try:
        charge, mass = np.broadcast_arrays(Z, A)
    except ValueError:
        raise ValueError(f"Z, A: shapes {Z.shape} and {A.shape} do not broadcast") from None
    return charge, mass

"""Names of nuclides there and back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crustlib import nuclides


def test_symbols_sit_at_their_charge_number() -> None:
    """Fixed points of the periodic table: noble gases, metals, ends of the lists."""
    known = {1: "H", 2: "He", 10: "Ne", 18: "Ar", 26: "Fe", 36: "Kr", 54: "Xe", 82: "Pb", 86: "Rn", 92: "U"}
    known |= {72: "Hf", 104: "Rf", 114: "Fl", 118: "Og", 119: "Uue", 126: "Ubh", 136: "Uth"}
    assert {Z: nuclides.symbol(Z) for Z in known} == known
    assert len(set(nuclides.SYMBOLS)) == len(nuclides.SYMBOLS)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 199), st.integers(0, 400))
def test_a_name_parses_back_however_it_is_written(Z: int, N: int) -> None:
    """Symbol or number first, with or without hyphen, in any case."""
    A = Z + N
    element = nuclides.symbol(Z)
    for text in (nuclides.name(Z, A), f"{A}{element}", f"{element.lower()}-{A}", f" {A}-{element.upper()} "):
        assert nuclides.parse(text) == (Z, A)


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "Fe56"), ("Fe", "Fe56"), ("56", "Fe56"), ("Xx30", "close to it: Xe"), ("Fe20", "26"), (26, "Fe56")],
)
def test_what_is_no_name_is_refused(text: object, says: str) -> None:
    """The message shows what was given, and what would do."""
    with pytest.raises(ValueError, match=r"^text = ") as error:
        nuclides.parse(text)  # type: ignore[arg-type]
    assert says in str(error.value)


@pytest.mark.parametrize("pair", [(0, 1), (26, 25), (2.5, 5), (200, 500), (float("nan"), 3)])
def test_what_is_no_nuclide_has_no_name(pair: tuple[float, float]) -> None:
    """The free neutron is none either."""
    with pytest.raises(ValueError, match=r"^[ZA] = "):
        nuclides.name(*pair)  # type: ignore[arg-type]

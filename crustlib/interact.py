"""Sliders around any figure function: live in Jupyter, precomputed in the static page.

`SliderFigure(draw, gravity=Slider([1, 2, 3], symbol="g"))` shows `draw(gravity=...)`. In a live kernel it is
made of ipywidgets, and all sliders move together. Where the environment says `CRUSTLIB_STATIC=1`, as the
book's build does, it is one piece of HTML that holds every frame it can show, and asks no host for anything.
"""

import base64
import hashlib
import importlib.util
import inspect
import io
import json
import os
import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from tqdm.auto import tqdm

from crustlib.sweep import shows_progress

__all__ = ["MAX_BYTES", "MAX_FRAMES", "Slider", "SliderFigure", "is_static"]

MAX_FRAMES = 60  # in one page
MAX_BYTES = 3_000_000  # of one page
LIGHT_BYTES = (
    20_000  # a packed SVG below this is kept: WebP would not be much smaller, and takes as long again
)

_SUPERSCRIPTS = str.maketrans("-+0123456789", "⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹")
_PATH = re.compile(rb' d="[^"]*"')
_DECIMALS = re.compile(rb"(\.\d\d)\d+")
_HINT = "One slider moves at a time; the others return to their defaults. In Jupyter they move together."
_NOSCRIPT = "This figure has sliders, which need JavaScript; you see its default view."


def is_static() -> bool:
    """Say whether figures become static HTML: `CRUSTLIB_STATIC` is set (not to 0), or ipywidgets is missing.

    Returns
    -------
    bool
        False in an ordinary Jupyter kernel.

    Examples
    --------
    >>> from unittest.mock import patch
    >>> with patch.dict(os.environ, CRUSTLIB_STATIC="1"):
    ...     is_static()
    True
    """
    wanted = os.environ.get("CRUSTLIB_STATIC", "") not in ("", "0")
    return wanted or importlib.util.find_spec("ipywidgets") is None


@dataclass(frozen=True)
class Slider:
    """The values that one parameter of a figure may take, and how they are labelled.

    Parameters
    ----------
    values : sequence
        At least two, all different: numbers, booleans, strings, or anything else that `texts` names.
    default : optional
        One of `values`; the first if left out.
    symbol : str, optional
        The parameter's symbol, in unicode, with ``_`` before a subscript: ``"g"``, ``"σ_0"``.
    unit : str, optional
        The unit, with ``^`` before an exponent: ``"10^14 cm s^-2"``.
    label : str, optional
        The parameter in words; its name if left out.
    texts : sequence of str, optional
        What to call each value, instead of the value itself.

    Raises
    ------
    ValueError
        If there are fewer than two values, if two cannot be told apart, if the default is none of them, or if
        `texts` has another length.

    Examples
    --------
    >>> g = Slider([0.5, 1, 2], default=2, symbol="g", unit="10^14 cm s^-2", label="gravity")
    >>> g.shown
    ('0.5 × 10¹⁴ cm s⁻²', '1 × 10¹⁴ cm s⁻²', '2 × 10¹⁴ cm s⁻²')
    >>> Slider([1, 2], default=3)
    Traceback (most recent call last):
        ...
    ValueError: default = 3: must be one of the slider's values 1, 2
    """

    values: Sequence[Any]
    default: Any = ...
    symbol: str = ""
    unit: str = ""
    label: str = ""
    texts: Sequence[str] | None = None

    def __post_init__(self) -> None:
        """Check the values, and keep them as a tuple of plain Python values."""
        if isinstance(self.values, str | Mapping) or not isinstance(self.values, Iterable):
            raise ValueError(f"values = {self.values!r}: must be a sequence of at least two values")
        plain = (value.item() if isinstance(value, np.generic) else value for value in self.values)
        object.__setattr__(self, "values", tuple(plain))
        if len(self.values) < 2:
            raise ValueError(f"values = {self.values!r}: a slider needs at least two values")
        if self.texts is not None and len(self.texts) != len(self.values):
            raise ValueError(
                f"texts = {self.texts!r}: must have one text for each of {len(self.values)} values"
            )
        if len(set(self.tokens)) < len(self.values):
            raise ValueError(f"values = {', '.join(self.tokens)}: must be all different")
        if self.default is not ... and self.default not in self.values:
            listed = ", ".join(map(repr, self.values))
            raise ValueError(f"default = {self.default!r}: must be one of the slider's values {listed}")

    @property
    def start(self) -> int:
        """Where the default stands among the values (int)."""
        return 0 if self.default is ... else self.values.index(self.default)

    @property
    def tokens(self) -> tuple[str, ...]:
        """What each value is called in an address (tuple of str)."""
        if self.texts is not None:
            return tuple(self.texts)
        short = tuple(_short(value) for value in self.values)
        return short if len(set(short)) == len(short) else tuple(map(str, self.values))

    @property
    def shown(self) -> tuple[str, ...]:
        """Each value as the reader sees it, with its unit (tuple of str)."""
        unit = re.sub(r"\^([-+]?\d+)", lambda match: match[1].translate(_SUPERSCRIPTS), self.unit)
        joint = " × " if unit.startswith("10") else " "
        return tuple(f"{_pretty(token)}{joint}{unit}" if unit else _pretty(token) for token in self.tokens)


class SliderFigure:
    """One figure function and the sliders that drive it, shown by Jupyter and by the built book.

    Parameters
    ----------
    draw : callable
        ``draw(**parameters)`` returns a matplotlib Figure, best of one size and about 7 inches wide.
    name : str, optional
        The figure's id in the page and in addresses, ``#name-gravity=3``. If left out, it is made of the name
        of `draw` and of the grid, the same at each build.
    caption : str, optional
        Plain text under the figure.
    alt : str, optional
        What the figure shows, for who cannot see it; the caption, or the first line of the docstring of
        `draw`, if left out.
    **grid : Slider or sequence
        A slider for each parameter (none may be called name, caption or alt); a bare sequence starts at its
        first value.

    Raises
    ------
    ValueError
        If `draw` is no function of the grid's parameters, the grid is empty, a slider is wrong, or the static
        page would need more than 60 frames.

    Examples
    --------
    >>> def parabola(power=1, grid=False):
    ...     figure, axes = plt.subplots(figsize=(4, 3))
    ...     axes.plot([0, 1, 2], [0, 1, 2**power])
    ...     axes.grid(grid)
    ...     return figure
    >>> figure = SliderFigure(parabola, name="parabola", power=[1, 2, 3], grid=[False, True])
    >>> figure.n_frames
    4
    >>> 'id="parabola"' in figure.static_html()
    True
    """

    def __init__(
        self, draw: Callable[..., Figure], /, *, name: str = "", caption: str = "", alt: str = "", **grid: Any
    ) -> None:
        if not callable(draw):
            raise ValueError(f"draw = {draw!r}: must be a function that returns a matplotlib Figure")
        if not grid:
            raise ValueError("grid is empty: give a slider for at least one parameter of draw")
        own_name = getattr(draw, "__name__", type(draw).__name__)
        self.draw = draw
        self.caption = caption
        self.alt = alt or caption or (inspect.getdoc(draw) or own_name).splitlines()[0]
        self.sliders = {parameter: _slider(parameter, entry) for parameter, entry in grid.items()}
        try:
            inspect.signature(draw).bind(**self._parameters())
        except TypeError as error:
            raise ValueError(
                f"draw = {own_name}: cannot be called with {', '.join(grid)}: {error}"
            ) from error
        if self.n_frames > MAX_FRAMES:
            raise ValueError(
                f"grid = {', '.join(grid)}: needs {self.n_frames} frames; a page holds at most {MAX_FRAMES}"
            )
        described = repr([(p, s.tokens, s.start) for p, s in self.sliders.items()])
        unique = f"{own_name}-{hashlib.sha256(described.encode()).hexdigest()[:6]}"
        self.name = re.sub(r"[^A-Za-z0-9]+", "-", name or unique).strip("-").lower()
        if not self.name:
            raise ValueError(f"name = {name!r}: must have a letter or a digit of ASCII, as an address needs")

    def __repr__(self) -> str:
        """Return the name and the parameters (str)."""
        return f"SliderFigure({self.name}: {', '.join(self.sliders)})"

    @property
    def n_frames(self) -> int:
        """How many frames the static page needs (int): the default, and each slider's other values."""
        return 1 + sum(len(slider.values) - 1 for slider in self.sliders.values())

    def static_html(self) -> str:
        """Draw every frame and return them as one self-contained piece of HTML, the same at each call.

        Returns
        -------
        str
            A ``<figure>`` with its sliders, frames (SVG, or WebP where that is smaller), style and script.

        Raises
        ------
        TypeError
            If `draw` returns no Figure.
        ValueError
            If the HTML weighs more than a page may (3 MB).
        """
        first, opening, size = self._frame(self._parameters())
        frames, sliders = [first], []
        with tqdm(total=self.n_frames - 1, desc=self.name, disable=not shows_progress()) as bar:
            for parameter, slider in self.sliders.items():
                places = []
                for k in range(len(slider.values)):
                    frame = first
                    if k != slider.start:
                        frame = self._frame(self._parameters(**{parameter: k}))[0]
                        bar.update()
                    if frame not in frames:
                        frames.append(frame)
                    places.append(frames.index(frame))
                sliders.append(
                    {
                        "name": parameter,
                        "label": slider.label,
                        "default": slider.start,
                        "shown": slider.shown,
                        "tokens": slider.tokens,
                        "frames": places,
                    }
                )
        page = self._page({"alt": self.alt, "sliders": sliders, "frames": frames}, opening, size)
        if len(page.encode()) > MAX_BYTES:
            raise ValueError(
                f"{self!r} weighs {len(page.encode()) / 1e6:.2g} MB; a page holds at "
                f"most {MAX_BYTES / 1e6:.2g} MB: draw fewer frames, or simpler ones"
            )
        return page

    def widget(self) -> Any:
        """Return the live figure.

        Returns
        -------
        ipywidgets.VBox
            The sliders, which move together, above the figure that follows them.
        """
        import ipywidgets
        from IPython.display import display

        controls = {
            parameter: ipywidgets.SelectionSlider(
                options=[(text, k) for k, text in enumerate(slider.shown)],
                value=slider.start,
                description=f"{slider.label} {slider.symbol}".strip(),
                continuous_update=False,  # a figure may take longer than a drag
                style={"description_width": "12em"},
                layout=ipywidgets.Layout(width="100%"),
            )
            for parameter, slider in self.sliders.items()
        }
        picture = ipywidgets.interactive_output(
            lambda **positions: display(self._figure(self._parameters(**positions))), controls
        )
        return ipywidgets.VBox([*controls.values(), picture, ipywidgets.HTML(escape(self.caption))])

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        # The static bundle has no widget in it: a page with one would fetch its scripts from another host.
        if is_static():
            return {"text/html": self.static_html(), "text/plain": repr(self)}
        return self.widget()._repr_mimebundle_(include=include, exclude=exclude)

    def _parameters(self, **positions: int) -> dict[str, Any]:
        """Return the arguments of `draw`: each slider's default, or its value at the position given."""
        return {p: slider.values[positions.get(p, slider.start)] for p, slider in self.sliders.items()}

    def _figure(self, parameters: dict[str, Any]) -> Figure:
        try:
            figure = self.draw(**parameters)
        except Exception as error:
            error.add_note(f"{self!r} was drawing {parameters}")
            raise
        if not isinstance(figure, Figure):
            raise TypeError(f"draw({parameters}) returned {figure!r}: must be a matplotlib Figure")
        plt.close(figure)
        return figure

    def _frame(self, parameters: dict[str, Any]) -> tuple[dict[str, str], str, tuple[int, int]]:
        """Return a frame packed for the script, the same as a data URI, and its size in CSS pixels."""
        figure = self._figure(parameters)
        buffer = io.BytesIO()
        with matplotlib.rc_context(
            {"svg.hashsalt": "crustlib", "svg.fonttype": "path", "savefig.bbox": "standard"}
        ):
            figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
            # A hundredth of a point is a tenth of a printer's dot, and a third of the weight.
            plain = _PATH.sub(lambda path: _DECIMALS.sub(rb"\1", path[0]), buffer.getvalue())
            kind, mime, packed = "svg", "svg+xml", zlib.compress(plain, 9)
            if len(packed) > LIGHT_BYTES:
                buffer = io.BytesIO()
                figure.savefig(buffer, format="webp", dpi=150, pil_kwargs={"quality": 80})
                if len(buffer.getvalue()) < len(packed):
                    kind, mime, plain, packed = "webp", "webp", buffer.getvalue(), buffer.getvalue()
        width, height = figure.get_size_inches() * 96
        return (
            {"type": kind, "data": base64.b64encode(packed).decode()},
            f"data:image/{mime};base64,{base64.b64encode(plain).decode()}",
            (round(width), round(height)),
        )

    def _page(self, data: dict[str, Any], opening: str, size: tuple[int, int]) -> str:
        rows = "\n".join(self._row(parameter, slider) for parameter, slider in self.sliders.items())
        room = max(len(text) for slider in self.sliders.values() for text in slider.shown)
        caption = f"<figcaption>{escape(self.caption)}</figcaption>" if self.caption else ""
        assets = files("crustlib") / "assets"
        packed = json.dumps(data, separators=(",", ":")).replace("<", r"\u003c")  # no early "</script>"
        # The classes keep MathJax out; "dark-light" is the book theme's word for a picture not to be dimmed.
        return f"""\
<figure class="crust-slider tex2jax_ignore mathjax_ignore" id="{self.name}" style="--value-width: {room}ch">
<style>{(assets / "slider.css").read_text(encoding="utf-8")}</style>
<img class="dark-light" src="{opening}" width="{size[0]}" height="{size[1]}" alt="{escape(self.alt)}">
<noscript>{_NOSCRIPT}</noscript>
<div class="controls" role="group" aria-label="Sliders of the figure" hidden>
{rows}
<p class="hint"><span>{_HINT if len(self.sliders) > 1 else ""}</span><button type="button">Reset</button></p>
</div>
{caption}
<script type="application/json">{packed}</script>
<script>{(assets / "slider.js").read_text(encoding="utf-8")}</script>
</figure>"""

    def _row(self, parameter: str, slider: Slider) -> str:
        symbol = re.sub(r"_(\w+)", r"<sub>\1</sub>", escape(slider.symbol))
        key = escape(f"{self.name}-{parameter}")
        value = escape(slider.shown[slider.start])
        return (
            f'<label for="{key}">{escape(slider.label)}{f"<var>{symbol}</var>" if symbol else ""}</label>'
            f'<input type="range" id="{key}" min="0" max="{len(slider.values) - 1}" step="1" '
            f'value="{slider.start}" aria-valuetext="{value}" autocomplete="off">'
            f'<output for="{key}" aria-live="polite">{value}</output>'
        )


def _slider(parameter: str, entry: Any) -> Slider:
    """Return the slider of one grid entry, with a label; its errors name the parameter."""
    try:
        slider = entry if isinstance(entry, Slider) else Slider(entry)
    except ValueError as error:
        raise ValueError(f"{parameter}: {error}") from None
    label = slider.label or parameter.replace("_", " ")
    return Slider(slider.values, slider.default, slider.symbol, slider.unit, label, slider.texts)


def _short(value: Any) -> str:
    """Return a value as an address can hold it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:.4g}".replace("e+", "e") if isinstance(value, float) else str(value)


def _pretty(token: str) -> str:
    """Return a token as a reader would write it: 1e14 is 10¹⁴."""
    match = re.fullmatch(r"(-?[\d.]+)(?:e([-+]?\d+))?", token)
    if match is None:
        return token
    mantissa = match[1].replace("-", "−")
    if match[2] is None:
        return mantissa
    power = f"10{str(int(match[2])).translate(_SUPERSCRIPTS)}"
    return power if mantissa == "1" else f"{mantissa} × {power}"

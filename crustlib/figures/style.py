"""One look for the whole book: its width, its colours, its axes.

Figures made here belong to nobody else (no ``pyplot``), so that a page full of them does not pile them up.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from io import BytesIO
from typing import Any

import matplotlib
import matplotlib.figure
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg

from crustlib.validation import in_range, integer, one_of, positive

__all__ = [
    "COLOURS",
    "HATCH",
    "LABELS",
    "LINESTYLES",
    "WIDTH",
    "Figure",
    "column_density_axis",
    "line",
    "log_axis",
    "new",
    "use",
]

WIDTH = 7.2
"""Width of a figure in inches: the width at which a page shows it."""

COLOURS: dict[str, str] = {
    # what fills a layer
    "electrons": "#0072B2",
    "neutrons": "#D28700",
    "nuclei": "#009E73",
    "protons": "#CC79A7",
    # who made the crust
    "accreted": "#222222",
    "ground_state": "#858585",
    "diffusive": "#D55E00",
    "warm": "#6A3D9A",
    "published": "#3C9BD6",
    # what a paper prints, and what follows from its own inputs
    "printed": "#8C1D40",
    "corrected": "#1A7F7F",
    # grounds: where mu_e falls, rises too steeply, rises too little (chapter 3)
    "falling": "#9A9A9A",
    "steep": "#F6B8A2",
    "shallow": "#A9D3EE",
}
"""The colour of each thing, the same through the whole book.

Based on the palette of Okabe and Ito. Within a group (what fills a layer; who made the crust; printed or
corrected) any two stay apart, CIELAB distance above 15, in simulated protanopia, deuteranopia and
tritanopia (Machado, Oliveira & Fernandes 2009), and a line also has its style: see `LINESTYLES`.
"""

LINESTYLES: dict[str, Any] = {
    "electrons": "-",
    "neutrons": (0, (5, 1.5)),
    "nuclei": (0, (6, 1.5, 1.2, 1.5)),
    "protons": (0, (1.2, 1.2)),
    "accreted": "-",
    "ground_state": (0, (1.2, 1.2)),
    "diffusive": (0, (5, 1.5)),
    "warm": (0, (6, 1.5, 1.2, 1.5)),
    "published": (0, (3, 1.5)),
    "printed": (0, (5, 1.5)),
    "corrected": "-",
}
"""The style of each thing's line, so that no figure speaks by colour alone."""

HATCH: dict[str, str] = {"falling": "////", "steep": "....", "shallow": "xx"}
"""The hatch of each kind of zone out of balance."""

LABELS: dict[str, str] = {
    "pressure": r"pressure $P$  (dyn cm$^{-2}$)",
    "column_density": r"column density $P/g$  (g cm$^{-2}$)",
    "mass_density": r"mass density $\rho$  (g cm$^{-3}$)",
    "mu_e": r"electron chemical potential $\mu_e$  (MeV)",
    "mu_n": r"neutron chemical potential $\mu_n$  (MeV)",
    "number_density": r"number density  (fm$^{-3}$)",
    "neutron_density": r"free neutrons $n_n$  (fm$^{-3}$)",
    "flux": r"flux  (cm$^{-2}$ s$^{-1}$)",
    "heat": "heat released  (MeV per baryon)",
}
"""Axis labels in words, symbols and units."""

_RC = matplotlib.rc_params_from_file(
    str(files("crustlib.figures") / "style.mplstyle"), use_default_template=False
)


@contextmanager
def use() -> Iterator[None]:
    """Apply the style in a ``with`` block, or, as ``@style.use()``, in a function.

    Examples
    --------
    >>> import matplotlib
    >>> with use():
    ...     matplotlib.rcParams["font.size"]
    10.0
    """
    with matplotlib.rc_context(_RC):
        yield


class Figure(matplotlib.figure.Figure):
    """A matplotlib Figure that draws itself in the book's style, and shows itself in Jupyter.

    matplotlib makes ticks when it draws, after any ``with`` block is left: so drawing applies the style too.
    """

    def draw(self, renderer: Any) -> None:
        """Draw with the book's style."""
        with use():
            super().draw(renderer)

    def _repr_png_(self) -> bytes:
        picture = BytesIO()
        self.savefig(picture, format="png", dpi=self.dpi)
        return picture.getvalue()


def new(
    nrows: int = 1, ncols: int = 1, height: float = 4.2, width: float = WIDTH, **kwargs: Any
) -> tuple[Figure, Any]:
    """Make a figure and its axes, like ``pyplot.subplots``, but without keeping a reference to it.

    Parameters
    ----------
    nrows, ncols : int
        Rows and columns of axes.
    height, width : float
        Size of the figure in inches.
    **kwargs
        Handed on to ``Figure.subplots``: sharex, sharey, squeeze, width_ratios, height_ratios, ...

    Returns
    -------
    figure : Figure
        Shown by Jupyter where it is a cell's last expression.
    axes : matplotlib.axes.Axes or ndarray of them
        As ``Figure.subplots`` returns them.

    Raises
    ------
    ValueError
        If the size is not positive, or there are no rows or columns.

    Examples
    --------
    >>> figure, axes = new(nrows=2, height=5, sharex=True)
    >>> axes.shape, figure.get_size_inches().tolist()
    ((2,), [7.2, 5.0])
    """
    nrows, ncols = integer("nrows", nrows, 1, 20), integer("ncols", ncols, 1, 20)
    size = (positive("width", width), positive("height", height))
    with use():
        figure = Figure(figsize=size)
        FigureCanvasAgg(figure)
        return figure, figure.subplots(nrows, ncols, **kwargs)


def line(thing: str) -> dict[str, Any]:
    """Return the colour and line style of a thing, as keywords for ``Axes.plot``.

    Parameters
    ----------
    thing : str
        One of `LINESTYLES`.

    Returns
    -------
    dict
        ``color`` and ``linestyle``.

    Raises
    ------
    ValueError
        If the thing has no line.

    Examples
    --------
    >>> line("electrons")
    {'color': '#0072B2', 'linestyle': '-'}
    """
    one_of("thing", thing, LINESTYLES)
    return {"color": COLOURS[thing], "linestyle": LINESTYLES[thing]}


def log_axis(axis: Any, label: str) -> None:
    """Make an axis logarithmic and label it.

    Parameters
    ----------
    axis : matplotlib.axis.Axis
        ``axes.xaxis`` or ``axes.yaxis``.
    label : str
        One of `LABELS`, or the text itself.

    Examples
    --------
    >>> figure, axes = new()
    >>> log_axis(axes.xaxis, "pressure")
    >>> axes.get_xscale(), axes.get_xlabel()
    ('log', 'pressure $P$  (dyn cm$^{-2}$)')
    """
    set_scale = axis.axes.set_xscale if axis.axis_name == "x" else axis.axes.set_yscale
    set_scale("log")
    axis.set_label_text(LABELS.get(label, label))


def column_density_axis(axes: Axes, gravity: float = 2e14) -> Any:
    """Give axes over pressure in dyn cm^-2 an upper axis of column density, P/g in g cm^-2.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Axes whose x is pressure in dyn cm^-2.
    gravity : float
        Gravitational acceleration in cm s^-2, from 1e12 to 1e16.

    Returns
    -------
    matplotlib.axes.SecondaryAxis
        The upper axis.

    Raises
    ------
    ValueError
        If gravity is outside this range.

    Examples
    --------
    >>> figure, axes = new()
    >>> log_axis(axes.xaxis, "pressure")
    >>> axes.set_xlim(2e29, 2e30)
    (2e+29, 2e+30)
    >>> figure.canvas.draw()
    >>> column_density_axis(axes, gravity=2e14).get_xlabel()
    'column density $P/g$  (g cm$^{-2}$)'
    """
    g = in_range("gravity", gravity, 1e12, 1e16)

    def to_column(pressure: Any) -> Any:
        return pressure / g

    def to_pressure(column: Any) -> Any:
        return column * g

    with use():
        axes.tick_params(axis="x", which="both", top=False)
        upper = axes.secondary_xaxis("top", functions=(to_column, to_pressure))
        upper.set_xlabel(LABELS["column_density"], labelpad=6)
    return upper

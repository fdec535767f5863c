"""The book's look: colours that everyone tells apart, figures that leave nothing behind."""

import io
from itertools import combinations

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from crustlib.figures import style

GROUPS = (
    ("electrons", "neutrons", "nuclei", "protons"),
    ("accreted", "ground_state", "diffusive", "warm", "published"),
    ("printed", "corrected"),
)

# What an eye without one kind of cone sees of linear RGB: Machado, Oliveira & Fernandes 2009, severity 1
EYES = {
    "all cones": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def linear(colour):
    rgb = np.array(to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def cielab(rgb):
    """Return CIELAB of linear sRGB, white point D65."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    t = to_xyz @ np.clip(rgb, 0, 1) / [0.9505, 1.0, 1.089]
    x, y, z = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("group", GROUPS, ids=" ".join)
@pytest.mark.parametrize("eye", EYES)
def test_colours_of_a_group_stay_apart(group, eye):
    seen = {name: cielab(np.array(EYES[eye]) @ linear(style.COLOURS[name])) for name in group}
    for one, other in combinations(group, 2):
        assert np.linalg.norm(seen[one] - seen[other]) > 15, f"{one} and {other} look alike"


@pytest.mark.parametrize("name", style.LINESTYLES)
def test_a_line_stands_out_from_white(name):
    luminance = np.dot([0.2126, 0.7152, 0.0722], linear(style.COLOURS[name]))
    assert 1.05 / (luminance + 0.05) > 2.9  # WCAG 2.1 wants 3 of graphics


@pytest.mark.parametrize("group", GROUPS, ids=" ".join)
def test_lines_of_a_group_differ_in_style_too(group):
    assert len({str(style.LINESTYLES[name]) for name in group}) == len(group)


def test_figures_leave_nothing_behind():
    before = dict(matplotlib.rcParams)
    figure, _ = style.new()
    figure.savefig(io.BytesIO(), format="svg")
    assert plt.get_fignums() == []
    assert dict(matplotlib.rcParams) == before


def test_a_figure_is_drawn_in_the_style_after_the_block_is_left():
    figure, axes = style.new(nrows=2, sharex=True)
    axes[0].set_xlim(0, 1)
    figure.canvas.draw()
    sizes = {label.get_fontsize() for label in axes[1].get_xticklabels()}
    assert sizes == {9.5}
    assert (
        axes[1].xaxis.get_major_ticks()[0].tick1line.get_markersize()
        == matplotlib.rcParams["xtick.major.size"]
    )


def test_a_figure_shows_itself_in_jupyter():
    figure, _ = style.new(height=3)
    png = figure._repr_png_()
    width, height = np.frombuffer(png[16:24], ">u4")
    assert png.startswith(b"\x89PNG") and (width, height) == (int(7.2 * 144), 3 * 144)


@pytest.mark.parametrize("bad", [{"height": 0}, {"width": float("nan")}, {"nrows": 0}, {"ncols": "2"}])
def test_bad_sizes_are_named(bad):
    with pytest.raises(ValueError, match=next(iter(bad))):
        style.new(**bad)


def test_column_density_is_pressure_over_gravity():
    figure, axes = style.new()
    style.log_axis(axes.xaxis, "pressure")
    axes.set_xlim(2e29, 2e31)
    upper = style.column_density_axis(axes, gravity=2e14)
    figure.canvas.draw()
    assert np.allclose(upper.get_xlim(), (1e15, 1e17), rtol=1e-12)
    with pytest.raises(ValueError, match="gravity"):
        style.column_density_axis(axes, gravity=-1)

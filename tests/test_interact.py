"""Sliders: the HTML of the static page, the same in a browser, and the live widget in a real kernel."""

import base64
import json
import shutil
import textwrap
import zlib
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from nbclient import NotebookClient

from crustlib import interact
from crustlib.interact import MAX_FRAMES, Slider, SliderFigure

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def wave(gravity=2.0, lattice=True, neutrons="SLy4"):
    """Draw a wave.

    Its curve's id in the SVG says what was drawn.
    """
    figure, axes = plt.subplots(figsize=(4, 2.5))
    x = np.linspace(0, 6, 30)
    (curve,) = axes.plot(x, np.sin(gravity * x), "-" if lattice else ":")
    curve.set_gid(f"{gravity}/{lattice}/{neutrons}")
    axes.set_title(neutrons)
    return figure


def sliders(**options):
    gravity = Slider([1, 1.5, 2.0, 3], default=2.0, symbol="g_s", unit="10^14 cm s^-2")
    return SliderFigure(wave, gravity=gravity, lattice=[True, False], neutrons=["SLy4", "a<b & c"], **options)


def parsed(figure):
    body = BeautifulSoup(figure.static_html(), "html.parser")
    return body, json.loads(body.select_one("script[type='application/json']").string)


def drawn(frame):
    """Return what the curve's id in a packed SVG says."""
    svg = ElementTree.fromstring(zlib.decompress(base64.b64decode(frame["data"])))
    return next(element.get("id") for element in svg.iter() if "/" in element.get("id", ""))


def test_each_place_of_each_slider_shows_its_own_frame():
    figure = sliders()
    _, data = parsed(figure)
    assert figure.n_frames == len(data["frames"]) == 1 + 3 + 1 + 1
    assert drawn(data["frames"][0]) == "2.0/True/SLy4"
    gravity, lattice, neutrons = data["sliders"]
    assert [drawn(data["frames"][k]) for k in gravity["frames"]] == [
        "1/True/SLy4",
        "1.5/True/SLy4",
        "2.0/True/SLy4",
        "3/True/SLy4",
    ]
    assert [drawn(data["frames"][k]) for k in lattice["frames"]] == ["2.0/True/SLy4", "2.0/False/SLy4"]
    assert drawn(data["frames"][neutrons["frames"][1]]) == "2.0/True/a<b & c"
    assert [slider["frames"][slider["default"]] for slider in data["sliders"]] == [0, 0, 0]


def test_each_frame_is_drawn_once_and_closed_and_equal_frames_are_kept_once():
    calls = []

    def deaf(loudness, pitch):
        calls.append((loudness, pitch))
        return wave()

    _, data = parsed(SliderFigure(deaf, loudness=[1, 2, 3], pitch=["low", "high"]))
    assert calls == [(1, "low"), (2, "low"), (3, "low"), (1, "high")]
    assert len(data["frames"]) == 1
    assert plt.get_fignums() == []


def test_the_page_is_reproducible_and_asks_nobody():
    figure = sliders()
    page = figure.static_html()
    assert page == sliders().static_html()
    assert figure.name == sliders().name != SliderFigure(wave, gravity=[1, 2]).name
    body = BeautifulSoup(page, "html.parser")
    assert not body.select("[href], link, script[src]")
    assert all(image["src"].startswith("data:image/") for image in body.select("img"))
    ids = [tag["id"] for tag in body.select("[id]")]
    assert len(ids) == len(set(ids)) == 4


def test_everything_is_labelled_and_escaped():
    body, _ = parsed(sliders(name="My waves!", caption='</script><b>"x" & y'))
    assert body.select_one("figure")["id"] == "my-waves"
    assert body.select_one("figcaption").string == '</script><b>"x" & y'
    assert body.select_one("img")["alt"] == '</script><b>"x" & y'
    for slider in body.select("input[type=range]"):
        label, output = (
            body.select_one(f"label[for={slider['id']}]"),
            body.select_one(f"output[for={slider['id']}]"),
        )
        assert label.get_text()
        assert output["aria-live"] == "polite"
        assert output.string == slider["aria-valuetext"]
    assert body.select_one("#my-waves-gravity")["aria-valuetext"] == "2 × 10¹⁴ cm s⁻²"
    assert str(body.select_one("label var")) == "<var>g<sub>s</sub></var>"


def test_alternative_texts():
    assert sliders(alt="a", caption="c").alt == "a"
    assert sliders(caption="c").alt == "c"
    assert sliders().alt == "Draw a wave."
    assert SliderFigure(lambda k: wave(k), k=[1, 2]).alt == "<lambda>"


def test_a_frame_is_webp_where_that_is_smaller():
    def cloud(n):
        figure, axes = plt.subplots(figsize=(4, 2.5))
        axes.scatter(*np.random.default_rng(1).random((2, n)))
        return figure

    _, data = parsed(SliderFigure(cloud, n=[3, 20_000]))
    assert [frame["type"] for frame in data["frames"]] == ["svg", "webp"]
    raw = base64.b64decode(data["frames"][1]["data"])
    assert (raw[:4], raw[8:12]) == (b"RIFF", b"WEBP")


def test_a_page_that_is_too_heavy_is_refused(monkeypatch):
    monkeypatch.setattr(interact, "MAX_BYTES", 10_000)  # a truly heavy page takes many seconds to draw
    with pytest.raises(
        ValueError, match=r"weighs 0\.\d+ MB; a page holds at most 0\.01 MB: draw fewer frames"
    ):
        sliders().static_html()


@pytest.mark.parametrize(
    ("slider", "shown"),
    [
        (Slider([1e14, 2.5e-24, -3.0]), ("10¹⁴", "2.5 × 10⁻²⁴", "−3")),
        (Slider([False, True]), ("off", "on")),
        (Slider([0.1, 10], unit="MeV fm^-3"), ("0.1 MeV fm⁻³", "10 MeV fm⁻³")),
        (
            Slider([{"Fe56": 1.0}, {"Fe56": 0.5}], texts=["pure iron", "half iron"]),
            ("pure iron", "half iron"),
        ),
        (Slider(np.array([1.00001, 1.00002])), ("1.00001", "1.00002")),
    ],
)
def test_values_read_well(slider, shown):
    assert slider.shown == shown


@given(st.lists(st.floats(-1e30, 1e30), min_size=2, max_size=6, unique=True))
def test_an_address_tells_all_numbers_apart(values):
    slider = Slider(values)
    assert len(set(slider.tokens)) == len(values)
    for token, value in zip(slider.tokens, values, strict=True):
        assert float(token) == pytest.approx(value, rel=1e-3)
        assert not set("&=#% ") & set(token)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: SliderFigure(3, k=[1, 2]), "draw = 3: must be a function"),
        (lambda: SliderFigure(wave), "grid is empty"),
        (lambda: SliderFigure(wave, depth=[1, 2]), "draw = wave: cannot be called with depth"),
        (lambda: SliderFigure(wave, gravity=[]), "gravity: values = .*at least two"),
        (lambda: SliderFigure(wave, gravity=[1]), "gravity: values = .*at least two"),
        (lambda: SliderFigure(wave, gravity="SLy4"), "gravity: values = 'SLy4': must be a sequence"),
        (lambda: SliderFigure(wave, gravity=2.0), "gravity: values = 2.0: must be a sequence"),
        (lambda: SliderFigure(wave, gravity=[1, 2, 1]), "gravity: values = 1, 2, 1: must be all different"),
        (
            lambda: SliderFigure(wave, gravity=range(MAX_FRAMES + 1)),
            "needs 61 frames; a page holds at most 60",
        ),
        (lambda: SliderFigure(wave, name="Ω", gravity=[1, 2]), "name = 'Ω': must have a letter"),
        (lambda: Slider([1, 2], default=1.5), "default = 1.5: must be one of the slider's values 1, 2"),
        (
            lambda: Slider([1, 2], texts=["one"]),
            r"texts = \['one'\]: must have one text for each of 2 values",
        ),
    ],
)
def test_bad_arguments_are_named(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_what_draw_does_wrong_is_named():
    with pytest.raises(TypeError, match=r"draw\(\{'k': 1\}\) returned None: must be a matplotlib Figure"):
        SliderFigure(lambda k: None, k=[1, 2]).static_html()
    with pytest.raises(ZeroDivisionError) as caught:
        SliderFigure(lambda k: wave(1 / (k - 2)), name="pole", k=[1, 2]).static_html()
    assert caught.value.__notes__ == ["SliderFigure(pole: k) was drawing {'k': 2}"]


def test_the_static_bundle_has_no_widget_in_it(monkeypatch):
    monkeypatch.setenv("CRUSTLIB_STATIC", "1")
    bundle = sliders()._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}


def test_the_live_figure_redraws_in_a_real_kernel(monkeypatch):
    monkeypatch.delenv("CRUSTLIB_STATIC", raising=False)
    cells = (
        """
        %matplotlib inline
        import matplotlib.pyplot as plt
        from crustlib.interact import SliderFigure
        calls = []
        def line(gravity, lattice):
            calls.append((gravity, lattice))
            figure, axes = plt.subplots(figsize=(2, 1))
            axes.plot([0, gravity], ":" if lattice else "-")
            if gravity == 3: raise ValueError("too heavy")
            return figure
        figure = SliderFigure(line, gravity=[1, 2, 3], lattice=[False, True])
        figure
        """,
        "widget = figure.widget()\nwidget",
        "widget.children[0].value = 1\nwidget.children[1].value = 1",
        "print(plt.get_fignums(), calls[-2:])",
        "widget.children[0].value = 2",
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(textwrap.dedent(c)) for c in cells])
    client = NotebookClient(notebook, timeout=60, kernel_name="python3")
    client.execute()
    shown = notebook.cells[0].outputs[0].data
    assert "application/vnd.jupyter.widget-view+json" in shown
    assert "text/html" not in shown
    assert notebook.cells[3].outputs[0].text == "[] [(2, False), (2, True)]\n"
    pictures = [state["outputs"] for state in client.widget_state.values() if "outputs" in state]
    assert any("too heavy" in str(output.get("evalue")) for output in pictures[-1])


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        pytest.skip(
            "no Chromium found: install it (Debian: apt-get install chromium) to test the sliders in it"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Write a page with two figures and a section, and return its address."""
    first, second = sliders(name="first", caption="Waves."), SliderFigure(wave, name="second", gravity=[1, 2])
    body = f"<h1>Page</h1>{first.static_html()}<h2 id=section>Section</h2>{second.static_html()}"
    space = "<a href='#section'>jump</a><a href='#second-gravity=2'>look</a><p style='height: 2000px'></p>"
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(f"<!doctype html><html lang=en><meta charset=utf-8><title>t</title>{space}{body}{space}")
    return path.as_uri()


@pytest.fixture
def page(browser, address):
    """Open the page; afterwards nothing may have gone wrong in it, and nobody may have been asked."""
    context = browser.new_context()
    tab, wrong = context.new_page(), []
    tab.on("console", lambda message: wrong.append(message.text))
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("request", lambda request: None if request.url.startswith(address) else wrong.append(request.url))
    tab.goto(address)
    yield tab
    context.close()
    assert wrong == []


def press(page, slider, key, frame):
    page.locator(slider).focus()
    page.keyboard.press(key)
    settle(page, slider, frame)


def settle(page, slider, frame):
    page.locator(f"#{slider.strip('#').split('-')[0]}[data-frame='{frame}']").wait_for()


def view(page):
    """Return the picture's source, its alternative text, and what each slider of the first figure says."""
    picture = page.locator("#first > img")
    values = page.locator("#first output").all_inner_texts()
    return picture.get_attribute("src"), picture.get_attribute("alt"), values


def test_one_slider_moves_and_the_others_go_home(page):
    settle(page, "#first", 0)
    home = view(page)
    assert home[1:] == ("Waves.", ["2 × 10¹⁴ cm s⁻²", "on", "SLy4"])
    press(page, "#first-gravity", "ArrowRight", 3)
    heavy = view(page)
    assert heavy[1:] == ("Waves. (gravity: 3 × 10¹⁴ cm s⁻²)", ["3 × 10¹⁴ cm s⁻²", "on", "SLy4"])
    assert page.locator("#first-gravity").get_attribute("aria-valuetext") == heavy[2][0]
    assert page.url.endswith("#first-gravity=3")
    press(page, "#first-neutrons", "End", 5)
    assert view(page)[2] == ["2 × 10¹⁴ cm s⁻²", "on", "a<b & c"]
    assert len({home[0], heavy[0], view(page)[0]}) == 3
    page.locator("#first button").click()
    settle(page, "#first", 0)
    assert view(page) == home
    assert "#" not in page.url
    assert page.locator("#second").get_attribute("data-frame") == "0"


def test_a_view_is_shared_by_its_address(page, address):
    press(page, "#first-neutrons", "End", 5)
    press(page, "#second-gravity", "End", 1)
    seen, shared = view(page), page.url
    page.goto("about:blank")
    page.goto(shared)
    settle(page, "#first", 5)
    settle(page, "#second", 1)
    assert view(page) == seen
    assert page.evaluate("document.querySelector('#first').getBoundingClientRect().top < innerHeight")
    page.goto("about:blank")
    page.goto(f"{address}#first-gravity=1e99&nobody=3")  # a stale address shows the default
    settle(page, "#first", 0)


def test_section_anchors_and_links_to_views_work(page):
    press(page, "#first-gravity", "Home", 1)
    page.get_by_text("jump").first.click()
    assert page.url.endswith("#section")
    assert page.evaluate("scrollY") > 0
    assert view(page)[2][0].startswith("1 ×")  # the reader's view stays
    press(page, "#first-lattice", "End", 4)
    assert page.url.endswith("page.html#first-lattice=off")
    page.get_by_text("look").first.click()
    settle(page, "#second", 1)
    settle(page, "#first", 0)


def test_without_javascript_the_default_view_is_there(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("#first > img").is_visible()
    assert page.locator("#first noscript").is_visible()
    assert not page.locator("#first input").first.is_visible()
    context.close()

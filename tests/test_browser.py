"""The built book in a real browser, from disk, with the network cut off."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from tree import HTML, built, chapters, toc_pages

pytestmark = pytest.mark.book

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
VIEW = """async (figure, name) => {
    const input = document.getElementById(name), image = figure.querySelector("img");
    const data = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    const own = data.sliders.find(slider => name.endsWith("-" + slider.name));
    const frame = String(own.frames[+input.value]);
    for (let wait = 0; figure.dataset.frame !== frame; wait++) {
        if (wait > 1000) throw new Error(`${name}: frame ${frame} does not come`);
        await new Promise(resolve => setTimeout(resolve, 5));
    }
    await image.decode();
    if (!image.naturalWidth) throw new Error(`${name}: frame ${frame} is no picture`);
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(image.src));
    return {
        place: +input.value,
        value: input.getAttribute("aria-valuetext"),
        said: figure.querySelector(`output[for='${name}']`).innerText,
        picture: [...new Uint8Array(bytes)].join(" "),
    };
}"""
QUIET = [
    "--no-sandbox",  # CI is root, whom Chromium gives no sandbox
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        message = "no Chromium found: install it (Debian: apt-get install chromium) to test the pages in it"
        assert os.environ.get("CI") != "true", message
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a tab that may read files only; afterwards nothing may have gone wrong in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    wrong: list[str] = []

    def files_only(route):
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            wrong.append(f"asked for {route.request.url}")
            route.abort()

    def complain(message):
        if message.type in ("error", "warning"):
            wrong.append(f"console: {message.text}")

    context.route("**/*", files_only)
    context.on("console", complain)
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on("requestfailed", lambda request: wrong.append(f"{request.url} failed"))
    yield context.new_page()
    context.close()
    assert not wrong, "\n".join(wrong)


def visit(page: Page, name: str) -> None:
    page.goto(built(name).as_uri())
    page.evaluate("window.MathJax?.startup.promise")  # waits until the equations are drawn


@pytest.mark.parametrize("name", toc_pages())
def test_page_loads_its_equations_are_drawn_and_it_does_not_scroll_sideways(page, name):
    visit(page, name)
    assert page.locator("article h1").count() == 1
    undrawn = "all => all.filter(e => !e.querySelector('mjx-container')).map(e => e.innerText)"
    assert page.locator("article .math").evaluate_all(undrawn) == []
    assert page.locator("article mjx-merror, article [data-mjx-error]").count() == 0
    broken = "images => images.filter(i => i.complete && !i.naturalWidth).map(i => i.src.slice(0, 80))"
    assert page.locator("article img").evaluate_all(broken) == []
    for width in (1280, 400):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", chapters())
def test_every_slider_changes_its_picture_and_its_address(page, name):
    visit(page, name)
    figures = page.locator(".crust-slider")
    assert figures.count() > 0
    for index in range(figures.count()):
        figure = figures.nth(index)
        for slider in figure.locator("input[type=range]").all():
            reset = figure.get_by_role("button", name="Reset")
            if reset.is_enabled():  # the slider before this one was moved
                reset.click()
            walk(page, figure, slider)
        come_back(page, figure, slider)


def walk(page: Page, figure: Locator, slider: Locator) -> None:
    """Move a slider from end to end by the keyboard: each place has its value, and the picture follows."""
    name, places = slider.get_attribute("id"), int(slider.get_attribute("max")) + 1
    assert figure.locator(f"label[for='{name}']").inner_text().strip(), f"{name} has no label"
    slider.focus()
    page.keyboard.press("Home")
    pictures, values = set(), set()
    for _ in range(places):
        shown = view(figure, slider)
        pictures.add(shown["picture"])
        values.add(shown["value"])
        assert shown["said"] == shown["value"], name
        page.keyboard.press("ArrowRight")
    assert len(values) == places, f"{name}: two places show one value"
    assert len(pictures) > 1, f"{name}: the picture never changes"


def come_back(page: Page, figure: Locator, slider: Locator) -> None:
    """Open the address of the view in another tab: it shows the same."""
    tab = page.context.new_page()
    tab.goto(page.url, wait_until="domcontentloaded")
    twin = tab.locator(f"[id='{slider.get_attribute('id')}']")
    home = tab.locator(f"figure[id='{figure.get_attribute('id')}']")
    assert view(home, twin) == view(figure, slider), f"{page.url} does not restore the view"
    tab.close()


def view(figure: Locator, slider: Locator) -> dict[str, str | int]:
    """Wait until a figure shows the frame that its slider asks for; return its place, value and picture."""
    return figure.evaluate(VIEW, slider.get_attribute("id"))


def test_search_answers_offline(page):
    page.goto(HTML.joinpath("search.html").as_uri() + "?q=neutron")
    results = page.locator("#search-results li a")
    expect(results.nth(len(chapters()) - 1)).to_be_visible()  # every chapter has the word
    results.first.click()
    page.wait_for_load_state("load")
    assert "neutron" in page.locator("article").inner_text().lower()


def test_the_front_door_leads_to_the_first_page(page):
    page.goto(HTML.joinpath("index.html").as_uri())
    page.wait_for_url(f"**/{toc_pages()[0]}.html")
    assert page.locator("article h1").count() == 1

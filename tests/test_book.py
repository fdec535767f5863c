"""The book as it was built: every page whole, every link leading somewhere, nothing fetched from outside."""

import functools
import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from docutils.nodes import make_id
from tree import HTML, built, chapters, source, toc_pages

pytestmark = pytest.mark.book

MAX_FRAMES = 60  # in one page
MAX_BYTES = 3_000_000  # of one page with its pictures

each_page = pytest.mark.parametrize("page", toc_pages())
each_chapter = pytest.mark.parametrize("page", chapters())


@functools.cache
def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(), "html.parser")


def article(page: str) -> BeautifulSoup:
    return soup(built(page)).find("article")


@functools.cache
def anchors(path: Path) -> Counter[str]:
    return Counter(tag["id"] for tag in soup(path).find_all(id=True))


def is_outside(address: str) -> bool:
    return bool(urlsplit(address).netloc) or urlsplit(address).scheme in ("http", "https")


def prose(page: str) -> str:
    """Return a page's Markdown without its code: fences of code cells and literal blocks."""
    return re.sub(r"^(`{3,})(\{code-cell\}|\w*\n).*?^\1\s*$", "", source(page).read_text(), flags=re.S | re.M)


@each_page
def test_page_is_built_whole(page):
    body = article(page)
    titles = [line.removeprefix("# ") for line in prose(page).splitlines() if line.startswith("# ")]
    assert len(body.find_all("h1")) == len(titles) == 1
    text = body.get_text()
    assert "Traceback (most recent call last)" not in re.sub(r">>>.*?\n\n", "", text, flags=re.S)
    for words in ("unknown directive", "Unknown interpreted text role", "{math}", "{cite"):
        assert words not in text


@each_page
def test_page_has_every_equation_of_its_source(page):
    text = prose(page)
    displayed = re.findall(r"^\s*\$\$.+?\$\$", text, re.S | re.M)
    labels = re.findall(r"\$\$\s*\(([\w:.-]+)\)", text) + re.findall(r"\{math\}\n:label:\s*(\S+)", text)
    rendered = [tag for tag in article(page).select("div.math") if tag.get_text().strip()]
    assert len(rendered) >= len(displayed)
    assert {make_id(f"equation-{label}") for label in labels} <= set(anchors(built(page)))


@each_chapter
def test_a_chapter_has_the_number_of_its_file(page):
    numbers = article(page).select("h2 .section-number")
    assert {number.text.split(".")[0] for number in numbers} == {str(int(Path(page).name[:2]))}


@each_chapter
def test_chapter_has_equations_a_figure_and_a_slider(page):
    body = article(page)
    assert body.select("div.math")
    assert body.select("figure img, .cell_output img")
    assert body.select("figure.crust-slider input[type=range]")


@each_page
def test_page_has_every_named_figure_of_its_source(page):
    names = re.findall(r"^:?\s*:?name:\s*[\"']?(fig[\w-]+)", source(page).read_text(), re.M)
    assert {make_id(name) for name in names} <= set(anchors(built(page)))


@each_page
def test_anchors_are_unique(page):
    ids = Counter(tag["id"] for tag in article(page).find_all(id=True))
    assert [name for name, count in ids.items() if count > 1] == []


@each_page
def test_pictures_are_there(page):
    for image in article(page).find_all("img"):
        if image["src"].startswith("data:image/"):
            continue
        path = built(page).parent / unquote(urlsplit(image["src"]).path)
        assert path.stat().st_size > 0, image["src"]


@each_page
def test_page_is_light(page):
    body = soup(built(page))
    pictures = {image["src"] for image in body.find_all("img") if not image["src"].startswith("data:")}
    files = [built(page), *(built(page).parent / unquote(urlsplit(name).path) for name in pictures)]
    assert sum(path.stat().st_size for path in files) < MAX_BYTES
    frames = [
        json.loads(data.get_text())["frames"]
        for data in body.select(".crust-slider script[type='application/json']")
    ]
    assert sum(map(len, frames)) <= MAX_FRAMES


def test_every_link_leads_somewhere():
    broken = []
    for path in sorted(HTML.rglob("*.html")):
        if "_static" in path.parts:
            continue
        for link in soup(path).find_all("a", href=True):
            address = urlsplit(link["href"])
            if address.scheme or address.netloc:
                continue
            target = (path.parent / unquote(address.path)).resolve() if address.path else path
            if target.is_dir():
                target /= "index.html"
            fragment = unquote(address.fragment)
            if not target.is_file() or (
                fragment and target.suffix == ".html" and fragment not in anchors(target)
            ):
                broken.append(f"{path.relative_to(HTML)}: {link['href']}")
    assert not broken, "\n".join(broken)


def test_no_page_fetches_anything_from_outside():
    fetched = []
    for path in sorted(HTML.rglob("*.html")):
        for tag in soup(path).find_all(
            ["script", "link", "img", "iframe", "source", "video", "audio", "object", "embed"]
        ):
            for key in ("src", "href", "data", "srcset"):
                if is_outside(tag.get(key, "")):
                    fetched.append(f"{path.relative_to(HTML)}: {tag.name} {tag[key]}")
    for path in sorted(HTML.rglob("*.css")):
        for address in re.findall(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')\s]+)", path.read_text()):
            fetched.append(f"{path.relative_to(HTML)}: {address}")
    assert not fetched, "\n".join(fetched)


def test_search_knows_every_page():
    index = (HTML / "searchindex.js").read_text()
    (listed,) = re.findall(r'"?docnames"?:\s*(\[.*?\])', index)
    assert set(json.loads(listed)) >= set(toc_pages())


def test_the_front_door_opens():
    refresh = soup(HTML / "index.html").find("meta", attrs={"http-equiv": "Refresh"})
    assert (HTML / refresh["content"].split("url=")[1]).is_file()

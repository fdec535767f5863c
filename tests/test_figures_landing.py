"""The picture on the landing page: real densities, and chapters that a keyboard reaches."""

import numpy as np
import pytest
from bs4 import BeautifulSoup
from tree import ROOT, chapters

from crustlib import crusts
from crustlib.figures import landing


@pytest.fixture(scope="module")
def drawn():
    return BeautifulSoup(landing.crust_map_html(), "html.parser")


def test_every_chapter_is_a_link_with_a_name(drawn):
    links = drawn.find_all("a", href=True)
    assert [link["href"] for link in links] == [f"../{page}.html" for page in chapters()]
    for link, page in zip(links, chapters(), strict=True):
        number, title = link["aria-label"].removeprefix("Chapter ").split(":")[0].split(maxsplit=1)
        assert int(number) == int(page.split("/")[1][:2])
        heading = next(
            line for line in (ROOT / f"{page}.md").read_text().splitlines() if line.startswith("# ")
        )
        assert title.lower() in heading.lower(), f"{page} is called {heading}"


def test_the_picture_names_itself_and_loads_nothing(drawn):
    svg = drawn.svg
    assert drawn.find(id=svg["aria-labelledby"]).get_text()
    assert not drawn.find_all(["image", "script", "link"])
    assert all(use["href"].startswith("#") for use in drawn.find_all("use"))


def test_free_neutrons_begin_where_they_should():
    accreted = crusts.accreted(landing.MASS_MODEL)
    assert landing.drip_density(accreted) == pytest.approx(
        7.196e11, rel=0.005
    )  # Cl56 sheds neutrons, n_b m_u
    pressure = np.geomspace(1e-4, 1e-3, 400)
    ground = crusts.ground_state(landing.MASS_MODEL, pressure)
    assert landing.drip_density(ground) == pytest.approx(4.3e11, rel=0.05)  # the textbook value

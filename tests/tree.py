"""Where things lie in the repository: shared by the tests of the notebooks and of the built book."""

from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
HTML = ROOT / "_build" / "html"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.md"))


def toc_pages() -> list[str]:
    """List the book's pages, as in _toc.yml: paths without suffix, from the root."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    return [toc["root"], *(chapter["file"] for part in toc["parts"] for chapter in part["chapters"])]


def chapters() -> list[str]:
    """List the pages that are notebooks."""
    return [page for page in toc_pages() if page.startswith("notebooks/")]


def source(page: str) -> Path:
    """Find a page's Markdown."""
    return ROOT / f"{page}.md"


def built(page: str) -> Path:
    """Find a page's HTML; there is none before ``make book``."""
    path = HTML / f"{page}.html"
    assert path.is_file(), f"{page} is not built: run `make book` first"
    return path

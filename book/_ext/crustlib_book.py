"""What the book needs from Sphinx beyond Jupyter Book.

Chapters have the number that their file's name begins with. Sphinx counts them, which is the same only where
none is missing: chapters 1 to 13 are planned, and they are not written in that order.

Pages follow the package's every change.
jupyter-cache looks at a notebook's own cells only, so an edit of ``crustlib`` would leave old results on
the pages. Here a digest of the package names the cache folder and is a configuration value of the
environment: when it changes, notebooks run anew and every page is read anew.

Notebooks run side by side.
Sphinx reads one page after another, and MyST-NB runs a notebook when its page is read. Here they run before,
one on each core, and fill the cache that MyST-NB then finds.
"""

import hashlib
import os
import re
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

from docutils import nodes
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution
from myst_nb.core.read import create_nb_reader
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.display import status_iterator
from sphinx.util.typing import ExtensionMetadata

ROOT = Path(__file__).resolve().parents[2]


def package_digest(root: Path) -> str:
    """Name the state of everything that a notebook's results come from, apart from its own cells."""
    package = (path for path in (root / "crustlib").rglob("*") if path.is_file())
    digest = hashlib.sha256(sys.version.encode())
    for path in [root / "constraints.txt", *sorted(p for p in package if "__pycache__" not in p.parts)]:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def one_cache_per_state(app: Sphinx, config: Config) -> None:
    """Point MyST-NB at this state's cache, and drop those of earlier states."""
    config.crustlib_digest = package_digest(ROOT)
    caches = Path(app.outdir).parent / ".jupyter_cache"
    config.nb_execution_cache_path = str(caches / config.crustlib_digest)
    for old in caches.glob("*"):
        if old.is_dir() and old.name != config.crustlib_digest:
            shutil.rmtree(old)


def run_notebooks(app: Sphinx, env: BuildEnvironment, pages: list[str]) -> None:
    """Run the notebooks that the cache does not know, one on each core; one that fails is left to MyST-NB."""
    config, cache = env.mystnb_config, get_cache(env.mystnb_config.execution_cache_path)
    running = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for path in map(env.doc2path, pages):
            text = Path(path).read_text(encoding="utf-8")
            if (reader := create_nb_reader(path, env.myst_config, config, text)) is None:
                continue
            notebook = reader.read(text)
            try:
                cache.match_cache_notebook(notebook)
            except KeyError:
                run = pool.submit(
                    single_nb_execution, notebook, os.path.dirname(path), config.execution_timeout, False
                )
                running[run] = path
        for run in status_iterator(
            as_completed(running), "running notebooks... ", "purple", len(running), stringify_func=running.get
        ):
            done = run.result()
            if done.err is None:
                bundle = CacheBundleIn(done.nb, running[run], data={"execution_seconds": done.time})
                cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def number_by_name(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Put chapters' own numbers first in those of sections, figures and equations; return the chapters."""
    numbered = []
    for page, sections in env.toc_secnumbers.items():
        if not (found := re.match(r"notebooks/(\d+)_", page)):
            continue
        chapter = int(found[1])
        for numbers in (sections, *env.toc_fignumbers.get(page, {}).values()):
            numbers.update({anchor: (chapter, *number[1:]) for anchor, number in numbers.items() if number})
        for node in (env.titles[page], *env.tocs[page].findall(nodes.reference)):
            if node.get("secnumber"):
                node["secnumber"] = [chapter, *node["secnumber"][1:]]
        numbered.append(page)
    return numbered


def skip_field_aliases(
    app: Sphinx, what: str, name: str, obj: object, skip: bool, options: object
) -> bool | None:
    """Leave out a NamedTuple's fields, of which Python says nothing: the class's docstring does."""
    return True if (getattr(obj, "__doc__", None) or "").startswith("Alias for field number") else None


def drop_thebe(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Leave out the scripts of sphinx-thebe, which Jupyter Book loads unasked, and which name a host."""
    context["script_files"] = [
        script
        for script in context["script_files"]
        if "thebe" not in f"{script.filename} {script.attributes.get('body')}".lower()
    ]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx; kernels inherit CRUSTLIB_STATIC, which makes sliders plain HTML."""
    os.environ["CRUSTLIB_STATIC"] = "1"
    app.add_config_value("crustlib_digest", "", "env")
    app.connect("config-inited", one_cache_per_state, priority=100)
    app.connect("env-before-read-docs", run_notebooks)
    app.connect("env-get-updated", number_by_name, priority=900)  # when Sphinx has counted
    app.connect("html-page-context", drop_thebe)
    app.connect("autodoc-skip-member", skip_field_aliases)
    return {"parallel_read_safe": True}

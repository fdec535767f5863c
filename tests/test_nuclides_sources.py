"""Files that are in no package: found where the reader put them, brought only when asked for."""

import functools
import hashlib
import http.server
import threading

import pooch
import pytest

from crustlib import nuclides
from crustlib.nuclides import sources, tables

TABLE = "Z,N,A,M_th\n8,8,16,-4.74\n26,30,56,-60.61\n"


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Make FRDM12 a file of two nuclides on a server of this machine; no folder is named, the cache empty."""
    (tmp_path / "served").mkdir()
    (tmp_path / "served" / "frdm2012_masses.csv").write_text(TABLE)
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    handler = functools.partial(quiet, directory=tmp_path / "served")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/frdm2012_masses.csv"
        digest = hashlib.sha256(TABLE.encode()).hexdigest()
        remote = sources.Remote("frdm2012_masses.csv", address, digest)
        monkeypatch.setitem(sources.REMOTE, "FRDM12", remote)
        monkeypatch.setattr(pooch, "os_cache", lambda name: tmp_path / "cache" / name)
        monkeypatch.delenv("CRUSTLIB_DATA", raising=False)
        tables.mass_table.cache_clear()
        nuclides.models._joined.cache_clear()
        yield tmp_path
        tables.mass_table.cache_clear()
        nuclides.models._joined.cache_clear()
        server.shutdown()


@pytest.mark.parametrize("name", ["FRDM12", "AME2016+FRDM12+DZ31"])
def test_a_file_that_is_nowhere_is_asked_for(elsewhere, monkeypatch, name):
    with pytest.raises(
        FileNotFoundError, match=r"CRUSTLIB_DATA \(now not set\).*nuclides\.fetch\('FRDM12'\)"
    ):
        nuclides.mass_model(name)
    monkeypatch.setenv("CRUSTLIB_DATA", str(elsewhere))
    with pytest.raises(FileNotFoundError, match=r"which has no such file"):
        nuclides.mass_model(name)
    assert not (elsewhere / "cache").exists(), "nothing is brought unasked"


def test_a_file_put_into_the_folder_later_is_found(elsewhere, monkeypatch):
    with pytest.raises(FileNotFoundError):
        nuclides.mass_model("FRDM12")
    monkeypatch.setenv("CRUSTLIB_DATA", str(elsewhere / "served"))
    model = nuclides.mass_model("AME2016+FRDM12")
    assert nuclides.mass_model("FRDM12").mass_excess(26, 56) == -60.61
    assert model.provenance[1].sha256 == sources.REMOTE["FRDM12"].sha256
    assert str(elsewhere) not in str(model.provenance), "no path of this machine"


def test_another_file_of_that_name_is_refused(elsewhere, monkeypatch):
    (elsewhere / "frdm2012_masses.csv").write_text(TABLE.replace("-4.74", "-4.75"))
    monkeypatch.setenv("CRUSTLIB_DATA", str(elsewhere))
    with pytest.raises(ValueError, match=r"its sha256 is .*not the file that the table FRDM12 is read from"):
        nuclides.mass_model("FRDM12")


def test_fetch_brings_it_once(elsewhere):
    path = nuclides.fetch("FRDM12")
    assert path.read_text() == TABLE
    assert nuclides.mass_model("FRDM12").mass_excess(8, 16) == -4.74
    (elsewhere / "served" / "frdm2012_masses.csv").unlink()
    assert nuclides.fetch("FRDM12") == path


def test_fetch_keeps_nothing_but_the_right_file(elsewhere):
    (elsewhere / "served" / "frdm2012_masses.csv").write_text("<html>moved</html>")
    with pytest.raises(ValueError, match="SHA256"):
        nuclides.fetch("FRDM12")
    with pytest.raises(FileNotFoundError):
        nuclides.mass_model("FRDM12")


def test_the_folder_goes_before_the_cache(elsewhere, monkeypatch):
    nuclides.fetch("FRDM12")
    monkeypatch.setenv("CRUSTLIB_DATA", str(elsewhere / "served"))
    assert sources.supplied("FRDM12").path.parent == elsewhere / "served"
    monkeypatch.setenv("CRUSTLIB_DATA", str(elsewhere))
    assert sources.supplied("FRDM12").path.is_relative_to(elsewhere / "cache")


def test_an_address_that_does_not_answer_is_an_oserror(elsewhere, monkeypatch):
    gone = sources.REMOTE["FRDM12"]._replace(address="http://127.0.0.1:1/frdm2012_masses.csv")
    monkeypatch.setitem(sources.REMOTE, "FRDM12", gone)
    with pytest.raises(OSError, match="127"):
        nuclides.fetch("FRDM12")

from __future__ import annotations

import os
import urllib.request
from pathlib import Path

import pytest

from service import website
from service.environment import free_port, read_environment
from service.faults import Fault
from service.servers import probe
from service.website import Website


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A free port, and a folder of its own for everything the website keeps."""
    own = {"WEB_PORT": str(free_port()), "WEB_VAR": str(tmp_path / "web"), "DATABASE_URL": ""}
    return read_environment({**os.environ, **own})


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The log, away from that of a website which may be running."""
    monkeypatch.setattr(website, "ROOT", tmp_path)
    return tmp_path / "var" / "log" / "website.log"


def test_a_website_that_was_never_started_is_made_ready_and_its_pages_are_served(
    environment: dict[str, str], log: Path
) -> None:
    with Website(environment) as site:
        for address in site.pages.values():
            with urllib.request.urlopen(address) as answer:
                page = answer.read().decode()
            assert answer.status == 200 and "<title>" in page
        with urllib.request.urlopen(f"{site.url}/static/widget/chat.js") as answer:
            assert answer.status == 200
    assert (Path(environment["WEB_VAR"]) / "web.sqlite3").is_file()
    assert probe(site.server.health) is None
    with Website(environment):  # the second time there is nothing to make
        pass


def test_a_database_that_cannot_be_used_is_a_fault_with_its_cause(
    environment: dict[str, str], log: Path
) -> None:
    broken = environment | {"DATABASE_URL": "sqlite:////nothing/there.sqlite3"}
    with pytest.raises(Fault, match="`manage.py migrate` failed; its log is") as fault:
        Website(broken).__enter__()
    assert any("unable to open database file" in line for line in fault.value.details)


def test_a_website_that_cannot_start_is_a_fault_and_does_not_stay(
    environment: dict[str, str], log: Path
) -> None:
    broken = environment | {"WEB_WORKERS": "many"}
    with pytest.raises(Fault, match="the website ended by itself") as fault:
        Website(broken).__enter__()
    assert any("many" in line for line in fault.value.details)


def test_its_first_page_is_the_one_to_begin_with(environment: dict[str, str]) -> None:
    assert next(iter(Website(environment).pages)) == "demonstration"

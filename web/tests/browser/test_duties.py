"""The pages of the scheduler and of the privacy officer in a real browser."""

from __future__ import annotations

import csv
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from appointments.models import AppointmentRequest, Note
from audit.log import Action, record
from chat.models import Conversation, Turn
from people.models import Account
from people.roles import Role
from tests.appointments.test_queue import make_request
from tests.browser.conftest import Site, Visitor
from tests.browser.staff import LOOKS, colleague, is_wider, violations
from tests.conftest import make_account

SIZES = LOOKS | {"telephone": {"viewport": {"width": 360, "height": 740}}}
CODE, HELD = "NET-4K7M-QX9C", "NET-3333-4444"
CALL = "REQ-7777-9999"
PAGES = {
    "scheduler": {
        "requests": "/staff/requests/",
        "requests-none": "/staff/requests/?find=nobody",
        "request": f"/staff/requests/{CALL}",
    },
    "officer": {
        "log": "/staff/privacy/log",
        "log-problem": "/staff/privacy/log?code=x",
        "exports": "/staff/records/exports",
        "exports-counted": "/staff/records/exports?format=csv",
        "retention": "/staff/records/retention",
        "one": f"/staff/records/one/{CODE}",
        "one-held": f"/staff/records/one/{HELD}",
        "one-request": f"/staff/records/one/{CALL}",
        "not-found": "/staff/records/one/NET-9999-9999",
        "refused": "/staff/requests/",
    },
}


def _fill() -> None:
    make_account("sam", Role.SCHEDULER, name="Sam Scheduler")
    ola = make_account("ola", Role.PRIVACY_OFFICER, name="Ola Officer")
    now = timezone.now()
    long_name = "Wilhelmina-Alexandra Featherstonehaugh-Cholmondeley"
    make_request(name=long_name, created_at=now - timedelta(days=8), email="w.f@example.com")
    made = make_request(
        name="Jo Doe", reference=CALL, status="contacted", handled_by=ola, handled_at=now
    )
    Note.objects.create(
        request=made, author=ola, status="contacted", text="Left a message.\nAgain at 9."
    )
    make_request(name="Lee New", phone="", email="lee@example.com")
    for reference, is_held in ((CODE, False), (HELD, True)):
        found = Conversation.objects.create(
            key_hash=reference, reference=reference, held=is_held, turn_count=1
        )
        Turn.objects.create(
            conversation=found, number=1, client_id=uuid.uuid4(), text="=1+1, what is a NET?"
        )
        Conversation.objects.filter(pk=found.pk).update(last_at=now - timedelta(days=100))
        record(ola, Action.VIEWED, reference)
    record(ola, Action.HELD, HELD, held=True, reason="Matter 12")
    many = [f"NET-{number:04}-4444" for number in range(40)]
    record(ola, Action.EXPORTED, what="conversations", format="csv", references=many)


def _person(site: Site, username: str, **options: Any) -> Visitor:
    return colleague(site, Account.objects.get(username=username), **options)


@pytest.mark.browser
@pytest.mark.parametrize("look", SIZES)
def test_every_page_passes_axe_fits_the_window_and_is_there_to_look_at(
    site: Site, look: str
) -> None:
    folder: Path = settings.VAR / "screenshots"
    folder.mkdir(exist_ok=True)
    _fill()
    width = SIZES[look]["viewport"]["width"]
    for username, pages in (("sam", PAGES["scheduler"]), ("ola", PAGES["officer"])):
        visitor = _person(site, username, **SIZES[look])
        for name, path in pages.items():
            visitor.visit(path)
            visitor.page.screenshot(path=folder / f"{name}-{look}.png", full_page=True)
            assert violations(visitor) == [], name
            assert not is_wider(visitor, width), name
    visitor.visit("/staff/privacy/log")
    visitor.page.get_by_role("button", name="Check the whole log").click()
    visitor.page.get_by_role("heading", name="The log is intact").wait_for()
    visitor.page.screenshot(path=folder / f"log-checked-{look}.png")
    assert violations(visitor) == []


@pytest.mark.browser
def test_axe_finds_what_is_put_into_a_page_on_purpose(site: Site) -> None:
    _fill()
    visitor = _person(site, "ola").visit("/staff/privacy/log")
    visitor.page.evaluate("document.querySelector('.filters label').remove()")
    assert [found.split()[0] for found in violations(visitor)] == ["select-name"]


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
def test_in_every_look_the_last_row_of_a_long_table_is_looked_at(site: Site, look: str) -> None:
    _fill()
    ola = Account.objects.get(username="ola")
    for _ in range(12):
        record(ola, Action.VIEWED, CODE)
    visitor = _person(site, "ola", **LOOKS[look]).visit("/staff/privacy/log")
    assert visitor.page.locator("tbody tr").count() > 12
    visitor.page.evaluate(
        """() => { const cell = document.querySelector("tbody tr:last-child td");
        cell.style.color = "#777"; cell.style.backgroundColor = "#888"; }"""
    )
    assert [found.split()[0] for found in violations(visitor)] == ["color-contrast"]
    assert not is_wider(visitor, LOOKS[look]["viewport"]["width"])
    visitor.page.evaluate("document.querySelector('h1').style.width = '2000px'")
    assert is_wider(visitor, LOOKS[look]["viewport"]["width"])


@pytest.mark.browser
def test_a_scheduler_calls_back_without_a_mouse(site: Site) -> None:
    _fill()
    visitor = _person(site, "sam")
    visitor.visit("/staff/requests/")
    page = visitor.page
    page.get_by_role("link", name="Lee New").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Lee New").wait_for()
    page.get_by_role("radio", name="New").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "text"
    page.keyboard.type("Wrote an e-mail.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Lee New: saved.").wait_for()
    found = AppointmentRequest.objects.get(name="Lee New")
    assert (found.status, found.notes.get().text) == ("contacted", "Wrote an e-mail.")


@pytest.mark.browser
def test_what_the_browser_saves_is_a_csv(site: Site, tmp_path: Path) -> None:
    _fill()
    visitor = _person(site, "ola").visit("/staff/records/exports")
    visitor.page.get_by_role("button", name="Count them").click()
    visitor.page.get_by_role("heading", name="2 conversations").wait_for()
    with visitor.page.expect_download() as saved:
        visitor.page.get_by_role("link", name="Download them").click()
    assert saved.value.suggested_filename == "conversations.csv"
    file = tmp_path / "saved.csv"
    saved.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["visitor"] for row in rows] == ["'=1+1, what is a NET?"] * 2


@pytest.mark.browser
def test_an_officer_without_javascript_purges_and_finds_it_in_the_log(site: Site) -> None:
    _fill()
    visitor = _person(site, "ola", java_script_enabled=False)
    visitor.visit("/staff/records/retention")
    visitor.page.get_by_label("Delete all this for good.").check()
    visitor.page.get_by_role("button", name="Purge now").click()
    visitor.page.get_by_text("Deleted: 1 conversation,").wait_for()
    assert Conversation.objects.get().reference == HELD
    visitor.visit(f"/staff/privacy/log?code={CODE}")
    entries = visitor.page.locator("tbody tr")
    assert entries.count() == 2
    assert "Purged" in entries.first.inner_text()

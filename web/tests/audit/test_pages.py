"""The privacy officer's page: who looked at what."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from audit import reading, triggers
from audit.log import record, verify
from audit.models import Action, Entry
from people.roles import Role
from tests.conftest import make_account

Staff = Callable[..., Client]
CODE = "NET-4K7M-QX9C"
OTHER = "NET-3333-4444"
URL = "/staff/privacy/log"


@pytest.fixture
def officer(staff: Staff) -> Client:
    """A privacy officer at the console, and two others who have been there."""
    ann, bob = make_account("ann", Role.REVIEWER), make_account("bob", Role.VIEWER)
    record(ann, Action.VIEWED, CODE)
    record(ann, Action.EXPORTED, what="conversations", format="csv", references=[OTHER, CODE])
    record(bob, Action.VIEWED, OTHER)
    record(None, Action.PURGED, what="conversations", references=[OTHER])
    return staff(Role.PRIVACY_OFFICER)


@pytest.fixture
def laid_aside(officer: Client) -> Iterator[None]:
    """Somebody with the database's own password takes the triggers away."""
    triggers.drop()
    yield
    triggers.install()


def _sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _shown(client: Client, **sought: str) -> list[str]:
    """Who did what to what, the oldest first."""
    rows = client.get(URL, sought).context["rows"]
    return [f"{row.account} {row.action} {row.reference}".strip() for row in reversed(rows)]


def test_it_is_filtered_by_person(officer: Client) -> None:
    assert _shown(officer, who="bob") == [f"bob viewed {OTHER}"]
    assert "purged" in _shown(officer, who=reading.SYSTEM)


def test_it_is_filtered_by_what_was_done(officer: Client) -> None:
    assert _shown(officer, action="viewed") == [f"ann viewed {CODE}", f"bob viewed {OTHER}"]


def test_it_is_filtered_by_conversation_also_among_many(officer: Client) -> None:
    assert _shown(officer, code="4k7m qx9c") == [f"ann viewed {CODE}", "ann exported"]
    assert _shown(officer, code=OTHER, who="bob") == [f"bob viewed {OTHER}"]
    assert _shown(officer, code=OTHER)[-1] == "purged"


def test_it_is_filtered_by_date(officer: Client) -> None:
    today = timezone.localdate()
    assert len(_shown(officer, since=str(today), until=str(today), action="viewed")) == 2
    tomorrow = str(today + timedelta(days=1))
    assert _shown(officer, since=tomorrow) == []
    assert "No entry fits" in officer.get(URL, {"since": tomorrow}).content.decode()


@pytest.mark.parametrize(
    ("sought", "said"),
    [
        ({"code": "NET-1"}, "Write the whole code"),
        ({"since": "2026-02-02", "until": "2026-02-01"}, "before the first day"),
        ({"since": "yesterday"}, "valid date"),
        ({"who": "mallory"}, "not one of the available"),
    ],
)
def test_a_condition_that_makes_no_sense_is_pointed_out(
    officer: Client, sought: dict[str, str], said: str
) -> None:
    answer = officer.get(URL, sought)
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_looking_at_the_log_is_in_the_log(officer: Client) -> None:
    officer.get(URL, {"who": "ann"})
    entry = Entry.objects.order_by("-number")[0]
    assert (entry.account, entry.action) == ("privacy_officer", Action.LISTED)
    assert entry.details == {"what": "access log", "filter": {"who": "ann"}}


def test_pages_follow_one_another_without_a_gap(officer: Client) -> None:
    for _ in range(reading.SIZE):
        record(None, Action.LISTED)
    last = Entry.objects.count()
    numbers: list[int] = []
    before = 0
    while not numbers or before:
        answer = officer.get(URL, {"before": before} if before else {"who": "", "action": ""})
        numbers += [row.number for row in answer.context["rows"] if row.number <= last]
        before = answer.context["further"]
    assert numbers == list(range(last, 0, -1))


def test_an_intact_log_is_said_to_be_and_remembered(officer: Client) -> None:
    assert "never checked" in officer.get(URL).content.decode()
    page = officer.post("/staff/privacy/log/check").content.decode()
    assert "The log is intact" in page
    assert "Last checked" in officer.get(URL).content.decode()
    assert Entry.objects.get(action=Action.VERIFIED).details["found"] == "intact"


@pytest.mark.usefixtures("laid_aside")
def test_a_changed_entry_is_shown_where_it_is(officer: Client) -> None:
    number = Entry.objects.get(account="bob", action=Action.VIEWED).number
    _sql("UPDATE audit_entry SET account = 'ann' WHERE number = %s", number)
    assert "Not as it was written" in officer.get(URL).content.decode()
    page = officer.post("/staff/privacy/log/check").content.decode()
    assert "The log was tampered with" in page
    assert f"broken at entry {number}: its words were changed" in page
    again = officer.get(URL).content.decode()
    assert f"broken at entry {number}" in again


@pytest.mark.usefixtures("laid_aside")
def test_the_page_opens_though_the_end_of_the_log_was_turned_back(officer: Client) -> None:
    _sql("UPDATE audit_head SET number = number - 2")
    assert officer.get(URL).status_code == 200
    page = officer.post("/staff/privacy/log/check").content.decode()
    assert "The log was tampered with" in page
    with pytest.raises(CommandError, match="broken at entry"):
        call_command("verify_audit")


def test_the_command_says_in_the_log_that_it_looked(officer: Client) -> None:
    call_command("verify_audit", stdout=io.StringIO())
    entry = Entry.objects.get(action=Action.VERIFIED)
    assert (entry.account, entry.details["found"]) == ("", "intact")
    assert verify().is_intact


def test_the_csv_can_be_verified_by_itself(officer: Client) -> None:
    answer = officer.get("/staff/privacy/log/export")
    text = b"".join(answer).decode("utf-8-sig")  # type: ignore[call-overload]
    rows = list(csv.DictReader(io.StringIO(text, newline="")))[::-1]
    assert [int(row["number"]) for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) == Entry.objects.count() - 1, "all but the export itself"
    for row, before in zip(rows[1:], rows, strict=False):
        assert row["previous"] == before["hash"]
    for row in rows:
        fields: list[Any] = [int(row.pop("number")), *row.values()]
        raw = json.dumps(fields[:-1], ensure_ascii=False).encode()
        assert hashlib.sha256(raw).hexdigest() == row["hash"]


def test_the_csv_is_read_in_parts(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PART", 2)
    answer = officer.get("/staff/privacy/log/export?who=ann")
    text = b"".join(answer).decode("utf-8-sig")  # type: ignore[call-overload]
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["action"] for row in rows] == ["exported", "viewed"]

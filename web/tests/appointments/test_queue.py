"""The scheduler's queue."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from appointments import queue
from appointments.models import AppointmentRequest, Note
from audit.models import Action, Entry
from chat.sessions import new_reference
from people.models import Account
from people.roles import Role
from tests.conftest import Chat, make_account

Staff = Callable[..., Client]


def make_request(**fields: Any) -> AppointmentRequest:
    """A stored request."""
    created_at = fields.pop("created_at", None)
    values = {
        "request_id": uuid.uuid4(),
        "reference": new_reference().replace("NET", "REQ"),
        "name": "Jo Doe",
        "phone": "+17575550123",
        "best_time": "morning",
        "patient": "new",
        "region": "hampton_roads",
        "reason": "second_opinion",
        "consent_at": timezone.now(),
    }
    made = AppointmentRequest.objects.create(**(values | fields))
    if created_at:
        made.created_at = created_at
        made.save(update_fields=["created_at"])
    return made


@pytest.fixture
def scheduler(staff: Staff) -> Client:
    """A scheduler at the console."""
    return staff(Role.SCHEDULER)


def _post(client: Client, found: AppointmentRequest, **fields: Any) -> Any:
    values = {"version": found.version, "status": found.status, "text": ""}
    return client.post(f"/staff/requests/{found.reference}", values | fields)


def test_an_empty_queue_says_so(scheduler: Client) -> None:
    assert "Nobody is waiting here" in scheduler.get("/staff/requests/").content.decode()


def test_the_longest_waiting_comes_first_and_a_late_one_stands_out(scheduler: Client) -> None:
    make_request(name="Late Lou", created_at=timezone.now() - timedelta(days=9))
    make_request(name="New Nell")
    make_request(name="Closed Cleo", status="closed")
    page = scheduler.get("/staff/requests/").content.decode()
    assert page.index("Late Lou") < page.index("New Nell")
    assert "Closed Cleo" not in page
    assert page.count('<tr class="late">') == 1
    assert "(757) 555-0123" in page
    assert 'href="tel:+17575550123"' in page
    late = scheduler.get("/staff/requests/?show=overdue").content.decode()
    assert "Late Lou" in late
    assert "New Nell" not in late


@pytest.mark.parametrize(
    "find", ["jo d", "555-0123", "(757) 555 0123", "+1 757 555 0123", "jo@example", "{code}"]
)
def test_somebody_is_found_by_what_they_say_on_the_telephone(scheduler: Client, find: str) -> None:
    wanted = make_request(email="jo@example.com")
    make_request(name="Ann Other", phone="+17575559999")
    words = find.format(code=wanted.reference.lower().replace("-", " "))
    page = scheduler.get("/staff/requests/", {"find": words}).content.decode()
    assert wanted.reference in page
    assert "Ann Other" not in page
    entry = Entry.objects.get(action=Action.SEARCHED)
    assert "555" not in entry.detail
    assert "jo" not in entry.detail


def test_pages_follow_one_another_without_a_gap(scheduler: Client) -> None:
    for number in range(queue.SIZE + 3):
        make_request(name=f"Person {number:03}")
    first = scheduler.get("/staff/requests/")
    second = scheduler.get(f"/staff/requests/?show=open&after={first.context['further']}")
    names = [row.name for answer in (first, second) for row in answer.context["rows"]]
    assert names == [f"Person {number:03}" for number in range(queue.SIZE + 3)]
    assert second.context["further"] == 0


def test_a_call_is_noted_with_who_and_when(scheduler: Client) -> None:
    found = make_request()
    answer = _post(scheduler, found, status="contacted", text="Left a message.")
    assert answer.status_code == 302
    found.refresh_from_db()
    note = Note.objects.get()
    assert (found.status, found.version) == ("contacted", 1)
    assert found.handled_by == note.author == Account.objects.get(username="scheduler")
    assert (note.status, note.text) == ("contacted", "Left a message.")
    entry = Entry.objects.get(action=Action.CHANGED)
    assert (entry.account, entry.reference) == ("scheduler", found.reference)
    assert "message" not in entry.detail
    assert "Left a message." in scheduler.get(f"/staff/requests/{found.reference}").content.decode()


def test_a_form_that_was_sent_twice_is_kept_once(scheduler: Client) -> None:
    found = make_request()
    for _ in range(2):
        answer = scheduler.post(
            f"/staff/requests/{found.reference}",
            {"version": 0, "status": "contacted", "text": "Left a message."},
        )
        assert answer.status_code == 302
    assert Note.objects.count() == 1
    assert Entry.objects.filter(action=Action.CHANGED).count() == 1


def test_a_note_alone_leaves_the_state_and_its_clock(scheduler: Client) -> None:
    before = timezone.now() - timedelta(days=3)
    found = make_request(status="contacted", handled_at=before)
    _post(scheduler, found, text="Tried again.")
    found.refresh_from_db()
    assert found.handled_at == before
    assert Note.objects.get().status == ""


def test_nothing_said_and_nothing_changed_is_pointed_out(scheduler: Client) -> None:
    answer = _post(scheduler, make_request(), text="  ")
    assert answer.status_code == 400
    assert "Write a note" in answer.content.decode()
    assert not Note.objects.exists()


def test_two_people_do_not_overwrite_each_other(scheduler: Client) -> None:
    found = make_request()
    queue.handle(found, make_account("ann", Role.SCHEDULER), 0, "closed", "Has an appointment.")
    answer = _post(scheduler, found, status="contacted", text="Left a message.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ann changed this request" in page
    assert "Has an appointment." in page
    assert "Left a message.</textarea>" in page
    found.refresh_from_db()
    assert found.status == "closed"
    assert Entry.objects.filter(action=Action.CHANGED).count() == 0
    again = _post(scheduler, found, version=answer.context["found"].version, text="Left one.")
    assert again.status_code == 302


def test_the_csv_is_what_the_list_shows_on_all_its_pages(scheduler: Client) -> None:
    for number in range(queue.SIZE + 5):
        make_request(name=f"=cmd{number}")
    make_request(name="Closed Cleo", status="closed")
    answer = scheduler.get("/staff/requests/export?show=open")
    text = b"".join(answer).decode("utf-8-sig")  # type: ignore[call-overload]
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == queue.SIZE + 5
    assert {row["name"][:5] for row in rows} == {"'=cmd"}
    assert rows[0]["phone"] == "(757) 555-0123"
    entry = Entry.objects.get(action=Action.EXPORTED)
    assert entry.details == {
        "what": "requests",
        "format": "csv",
        "count": queue.SIZE + 5,
        "show": "open",
    }


def test_a_scheduler_sees_the_request_and_nothing_that_was_said(
    chat: Chat, scheduler: Client
) -> None:
    chat.reply("what is a carcinoid crisis?")
    body = {
        "session": chat.session,
        "id": str(uuid.uuid4()),
        "name": "Jo Doe",
        "phone": "(757) 555-0123",
        "best_time": "morning",
        "patient": "new",
        "region": "hampton_roads",
        "reason": "second_opinion",
        "consent": True,
    }
    reference = chat.post("appointments", body).json()["reference"]
    for path in ("/staff/", "/staff/requests/", f"/staff/requests/{reference}"):
        page = scheduler.get(path).content.decode()
        assert "carcinoid" not in page
        assert "NET-" not in page
        assert "/staff/conversations" not in page


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("+17575550123", "(757) 555-0123"), ("+442079460000", "+44 20 7946 0000"), ("", "")],
)
def test_a_number_is_shown_as_it_is_dialled(phone: str, shown: str) -> None:
    assert queue.readable(phone) == shown


def test_who_has_saved_is_led_back_to_the_view_they_came_from(scheduler: Client) -> None:
    late = make_request(name="Late Lou", created_at=timezone.now() - timedelta(days=9))
    listed = scheduler.get("/staff/requests/?show=overdue&region=hampton_roads").content.decode()
    address = f"/staff/requests/{late.reference}?show=overdue&amp;region=hampton_roads"
    assert f'href="{address}"' in listed
    page = address.replace("&amp;", "&")
    back = "/staff/requests/?show=overdue&region=hampton_roads"
    assert back.replace("&", "&amp;") in scheduler.get(page).content.decode()
    saved = scheduler.post(page, {"version": 0, "status": "closed", "text": ""})
    assert saved["Location"] == back
    assert scheduler.get(f"/staff/requests/{late.reference}?show=nonsense").status_code == 200

"""Appointment requests, through the API and the plain page."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

import pytest
from django.test import Client

from appointments.models import AppointmentRequest
from chat.models import Conversation, Turn
from tests.conftest import Chat


def _request(**changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "name": "Jo Doe",
        "phone": "(757) 555-0123",
        "best_time": "morning",
        "patient": "new",
        "region": "hampton_roads",
        "reason": "second_opinion",
        "consent": True,
    } | changes


def test_a_request_is_kept_and_answered_with_a_reference(chat: Chat) -> None:
    answer = chat.post("appointments", _request(session=chat.session))
    assert answer.status_code == 201
    kept = AppointmentRequest.objects.get(reference=answer.json()["reference"])
    assert kept.phone == "+17575550123"


def test_the_conversation_learns_only_that_a_request_was_made(chat: Chat) -> None:
    chat.post("appointments", _request(session=chat.session))
    assert Conversation.objects.get().appointment_at is not None
    log = json.dumps([list(Turn.objects.values_list()), chat.transcript().json()], default=str)
    assert "Jo Doe" not in log
    assert "5550123" not in re.sub(r"\W", "", log)


def test_a_double_submit_makes_one_request(chat: Chat) -> None:
    body = _request()
    first, second = chat.post("appointments", body), chat.post("appointments", body)
    assert first.json() == second.json()
    assert AppointmentRequest.objects.count() == 1


def test_an_email_address_is_enough(chat: Chat) -> None:
    answer = chat.post("appointments", _request(phone="", email="jo@example.com"))
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"phone": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"phone": "call me"}, "phone"),
        ({"email": "jo@"}, "email"),
        ({"best_time": "midnight"}, "best_time"),
        ({"region": ""}, "region"),
        ({"reason": "x"}, "reason"),
        ({"patient": "x"}, "patient"),
        ({"consent": False}, "consent"),
    ],
)
def test_what_must_be_mended_is_told_by_field(
    chat: Chat, changes: dict[str, Any], field: str
) -> None:
    answer = chat.post("appointments", _request(**changes))
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    assert not AppointmentRequest.objects.exists()


def _fields(page: str) -> dict[str, str]:
    found = re.search(r'name="request_id" value="([^"]+)"', page)
    assert found
    body = _request(request_id=found[1], consent="on")
    del body["id"]
    return {name: str(value) for name, value in body.items()}


def test_the_plain_page_makes_one_request_however_often_it_is_sent(
    client: Client, db: None
) -> None:
    fields = _fields(client.get("/appointments/").content.decode())
    first = client.post("/appointments/", fields)
    second = client.post("/appointments/", fields)
    assert first.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert (
        AppointmentRequest.objects.get().reference
        in client.get(first.headers["Location"]).content.decode()
    )


def test_the_plain_page_says_what_to_mend_and_keeps_what_was_written(
    client: Client, db: None
) -> None:
    fields = _fields(client.get("/appointments/").content.decode()) | {"phone": "12"}
    answer = client.post("/appointments/", fields)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "area code" in page
    assert "Jo Doe" in page


def test_the_plain_page_refuses_a_forged_form(db: None) -> None:
    assert Client(enforce_csrf_checks=True).post("/appointments/", {}).status_code == 403


def _kept() -> AppointmentRequest:
    return AppointmentRequest.objects.get()


def test_a_number_without_its_area_code_is_no_whole_one(chat: Chat) -> None:
    answer = chat.post("appointments", _request(phone="555-0123"))
    assert answer.status_code == 400
    assert "area code" in answer.json()["errors"]["phone"]


def test_an_extension_is_kept(chat: Chat) -> None:
    chat.post("appointments", _request(phone="757-555-0123 ext. 45"))
    assert _kept().phone == "+17575550123;ext=45"


def test_what_is_corrected_and_sent_again_replaces_what_was_sent(chat: Chat) -> None:
    body = _request()
    first = chat.post("appointments", body)
    second = chat.post("appointments", body | {"phone": "757-555-0199"})
    assert first.json() == second.json()
    assert _kept().phone == "+17575550199"


def test_what_the_staff_have_in_hand_is_not_replaced(chat: Chat) -> None:
    body = _request()
    chat.post("appointments", body)
    AppointmentRequest.objects.update(status=AppointmentRequest.Status.CONTACTED)
    assert chat.post("appointments", body).status_code == 201
    answer = chat.post("appointments", body | {"phone": "757-555-0199"})
    assert answer.status_code == 201
    assert AppointmentRequest.objects.count() == 2
    assert answer.json()["reference"] != chat.post("appointments", body).json()["reference"]


def test_only_requests_are_counted_and_not_what_must_be_mended(
    chat: Chat, client: Client, settings: Any
) -> None:
    settings.LIMITS = settings.LIMITS | {"appointments": (1, 3600)}
    wrong = [chat.post("appointments", _request(phone="12")).status_code for _ in range(3)]
    assert wrong == [400] * 3
    plain = _fields(client.get("/appointments/").content.decode())
    assert client.post("/appointments/", plain | {"phone": "12"}).status_code == 400
    assert client.post("/appointments/", plain).status_code == 302
    assert chat.post("appointments", _request()).status_code == 429
    refused = client.post("/appointments/", plain | {"request_id": str(uuid.uuid4())})
    assert refused.status_code == 429
    assert "try again later" in refused.content.decode()


def test_the_plain_page_chooses_nothing_for_the_visitor(client: Client, db: None) -> None:
    fields = _fields(client.get("/appointments/").content.decode())
    for name in ("best_time", "patient", "region", "reason"):
        page = client.post("/appointments/", fields | {name: ""}).content.decode()
        assert "Choose" in page
    page = client.get("/appointments/").content.decode()
    assert page.count('<option value="" selected>Please choose</option>') == 4

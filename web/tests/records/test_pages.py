"""One conversation or request by its code."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client

from appointments.models import AppointmentRequest, Note
from audit.models import Action, Entry
from chat.models import Conversation, Forgetting, Turn
from people.roles import Role
from tests.appointments.test_queue import make_request
from tests.conftest import Chat, FakeAssistant, make_account

Staff = Callable[..., Client]


@pytest.fixture
def officer(staff: Staff) -> Client:
    """A privacy officer at the console."""
    return staff(Role.PRIVACY_OFFICER)


@pytest.fixture
def found(chat: Chat) -> Conversation:
    """A conversation with a question."""
    chat.reply("what is staging?")
    return Conversation.objects.get()


def test_it_is_found_however_the_code_is_typed(officer: Client, found: Conversation) -> None:
    code = found.reference.lower().replace("-", " ")
    answer = officer.get("/staff/records/retention/find", {"code": code}, follow=True)
    page = answer.content.decode()
    assert f"<h1>{found.reference}</h1>" in page
    assert "staging" not in page, "its words are not shown here"
    assert Entry.objects.get(action=Action.VIEWED).reference == found.reference


@pytest.mark.parametrize(
    ("code", "said"), [("NET-3333-3333", "There is no NET-3333-3333"), ("x", "whole code")]
)
def test_a_code_that_leads_nowhere_says_so(officer: Client, code: str, said: str) -> None:
    answer = officer.get("/staff/records/retention/find", {"code": code})
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_it_is_handed_out_to_read(officer: Client, found: Conversation) -> None:
    answer = officer.get(f"/staff/records/one/{found.reference}/file/txt")
    text = b"".join(answer).decode()  # type: ignore[call-overload]
    assert text.startswith(f"Conversation {found.reference}, ")
    assert "what is staging?" in text
    assert "Staging tells how far it has spread." in text
    entry = Entry.objects.get(action=Action.EXPORTED)
    assert entry.reference == found.reference
    assert entry.details == {"what": "conversation", "format": "txt"}


def test_another_conversation_is_not_in_it(
    officer: Client, found: Conversation, chat: Chat
) -> None:
    chat.begin()
    chat.reply("another's question")
    answer = officer.get(f"/staff/records/one/{found.reference}/file/jsonl")
    (line,) = b"".join(answer).decode().splitlines()  # type: ignore[call-overload]
    assert json.loads(line)["reference"] == found.reference


def test_it_is_deleted_here_and_in_the_assistant(
    officer: Client, found: Conversation, assistant: FakeAssistant
) -> None:
    one = f"/staff/records/one/{found.reference}"
    assert officer.post(f"{one}/delete", {"reason": "asked for"}).status_code == 400
    assert Conversation.objects.exists()
    page = officer.post(f"{one}/delete", {"reason": "asked for", "sure": "on"}, follow=True)
    assert f"{found.reference} was deleted" in page.content.decode()
    assert not Turn.objects.exists()
    assert assistant.forgotten == [str(found.sender)]
    entry = Entry.objects.get(action=Action.DELETED)
    assert (entry.account, entry.reference) == ("privacy_officer", found.reference)
    assert entry.details == {"reason": "asked for"}
    assert officer.get(one).status_code == 404


def test_an_assistant_that_is_away_is_told_later(
    officer: Client, found: Conversation, assistant: FakeAssistant
) -> None:
    assistant.forgets = False
    fields = {"reason": "asked for", "sure": "on"}
    page = officer.post(f"/staff/records/one/{found.reference}/delete", fields, follow=True)
    assert "The assistant still keeps 1" in page.content.decode()
    assert Forgetting.objects.get().sender == found.sender


def test_a_request_is_handed_out_and_deleted_too(officer: Client) -> None:
    made = make_request()
    Note.objects.create(request=made, author=make_account("ann", Role.SCHEDULER), text="Called.")
    one = f"/staff/records/one/{made.reference}"
    assert "Jo Doe" not in officer.get(one).content.decode()
    answer = officer.get(f"{one}/file/jsonl")
    (line,) = b"".join(answer).decode().splitlines()  # type: ignore[call-overload]
    handed = json.loads(line)
    assert (handed["name"], handed["notes"][0]["text"]) == ("Jo Doe", "Called.")
    officer.post(f"{one}/delete", {"reason": "asked for", "sure": "on"})
    assert not AppointmentRequest.objects.exists()
    assert not Note.objects.exists()


def test_a_kind_of_file_that_there_is_not_is_not_found(
    officer: Client, found: Conversation
) -> None:
    assert officer.get(f"/staff/records/one/{found.reference}/file/exe").status_code == 404

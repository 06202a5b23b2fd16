"""The chat API, call by call."""

from __future__ import annotations

import json
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from chat.models import Conversation, Feedback, Turn
from tests.conftest import Chat, FakeAssistant


def test_a_session_begins_with_a_greeting(chat: Chat) -> None:
    begun = chat.begin("/nets#staging")
    assert begun["expires_in"] > 0
    assert begun["messages"][0]["name"] == "greet"
    assert Conversation.objects.latest("pk").page == "/nets#staging"


def test_what_a_page_has_behind_a_question_mark_is_not_kept(chat: Chat) -> None:
    chat.begin("/nets?name=Jo#types")
    assert Conversation.objects.latest("pk").page == "/nets#types"


def test_a_message_is_answered_and_logged(chat: Chat, assistant: FakeAssistant) -> None:
    reply = chat.reply("what is staging")
    assert reply["kind"] == "answer"
    turn = Turn.objects.get(message_id=reply["id"])
    assert (turn.number, turn.text, turn.intent) == (1, "what is staging", "staging")
    assert turn.passages == ["staging-what"]
    assert turn.latency_ms is not None
    assert turn.outcome == "answered"


def test_the_same_id_gives_the_same_answer_and_asks_once(
    chat: Chat, assistant: FakeAssistant
) -> None:
    client_id = str(uuid.uuid4())
    first, second = chat.say("hello", client_id).json(), chat.say("hello", client_id).json()
    assert first == second
    assert assistant.texts == ["hello"]
    assert Turn.objects.filter(number__gt=0).count() == 1


def test_the_same_id_for_another_text_is_refused(chat: Chat) -> None:
    client_id = str(uuid.uuid4())
    chat.say("hello", client_id)
    assert chat.say("another", client_id).status_code == 400


def test_numbers_of_a_person_reach_neither_the_assistant_nor_the_log(
    chat: Chat, assistant: FakeAssistant
) -> None:
    said = chat.say("call 757-555-0123 about staging").json()
    assert said["said"] == "call [phone] about staging"
    assert said["redacted"] == ["phone"]
    assert assistant.texts == ["call [phone] about staging"]
    assert "0123" not in json.dumps(chat.transcript().json())


def test_a_payload_is_text(chat: Chat, assistant: FakeAssistant) -> None:
    assert chat.say("/restart").status_code == 200
    assert assistant.texts == [" /restart"]


@pytest.mark.parametrize("how", ["slow", "down", "nonsense", "error"])
def test_without_the_assistant_the_visitor_still_has_a_route(
    chat: Chat, assistant: FakeAssistant, settings: Any, how: str
) -> None:
    settings.ASSISTANT_PATIENCE = 0.4
    if how == "slow":
        assistant.delay = 3
    elif how == "down":
        settings.ASSISTANT_URL = "http://127.0.0.1:9/"
    elif how == "nonsense":
        assistant.answer = lambda _: {"oops": 1}
    else:
        assistant.answer = lambda _: [{"custom": {"kind": "error", "text": "Sorry."}}]
    start = time.monotonic()
    reply = chat.reply("what is staging")
    assert time.monotonic() - start < 5
    assert reply["kind"] == "error"
    assert "911" in reply["text"]
    assert reply["blocks"][-1]["actions"][1]["href"].startswith("https://")
    assert chat.reply("I want to kill myself")["kind"] == "crisis"
    assert chat.reply("my chest hurts and I cant breathe")["kind"] == "emergency"
    assert Turn.objects.filter(number__gt=0).exclude(outcome="waiting").count() == 3


def test_a_turn_left_behind_by_a_process_that_died_is_answered_once(
    chat: Chat, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.conversation.PATIENCE", 0.1)
    client_id = uuid.uuid4()
    Turn.objects.create(
        conversation=Conversation.objects.get(), number=1, client_id=client_id, text="hello"
    )
    answer = chat.say("hello", str(client_id)).json()
    assert answer["messages"][0]["kind"] == "error"
    assert assistant.texts == []
    assert chat.say("hello", str(client_id)).json() == answer


@pytest.mark.django_db(transaction=True)
def test_messages_sent_together_are_asked_in_order_and_once_each(
    assistant: FakeAssistant, client: Client
) -> None:
    chat = Chat(client)
    chat.begin()
    running: list[int] = [0]
    most: list[int] = [0]

    def answer(_: dict[str, str]) -> Any:
        running[0] += 1
        most[0] = max(most[0], running[0])
        time.sleep(0.1)
        running[0] -= 1
        return [{"custom": {"kind": "answer", "text": "Yes."}}]

    assistant.answer = answer
    ids = [str(uuid.uuid4()) for _ in range(4)]

    def send(client_id: str) -> Any:
        try:
            return Chat(Client(), chat.session).say(f"text {client_id}", client_id).json()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, [*ids, *ids]))
    assert answers[:4] == answers[4:]
    assert len(assistant.texts) == 4
    assert most[0] == 1
    stored = [turn.text for turn in Turn.objects.filter(number__gt=0).order_by("number")]
    assert stored == assistant.texts


def test_a_verdict_is_kept_and_may_change(chat: Chat) -> None:
    message = chat.reply("hello")["id"]
    body = {"session": chat.session, "message": message, "helpful": True}
    assert chat.post("chat/feedback", body).status_code == 204
    body |= {"helpful": False, "comment": "wrong, mail a@b.co"}
    assert chat.post("chat/feedback", body).status_code == 204
    verdict = Feedback.objects.get()
    assert (verdict.helpful, verdict.comment) == (False, "wrong, mail [email]")


def test_a_verdict_on_another_conversation_is_refused(chat: Chat) -> None:
    message = chat.reply("hello")["id"]
    chat.begin()
    body = {"session": chat.session, "message": message, "helpful": True}
    assert chat.post("chat/feedback", body).status_code == 404


def test_the_transcript_has_everything_in_order(chat: Chat) -> None:
    chat.reply("hello")
    messages = chat.transcript().json()["messages"]
    assert [message["from"] for message in messages] == ["guide", "visitor", "guide"]


def test_the_transcript_has_the_verdicts(chat: Chat) -> None:
    message = chat.reply("hello")["id"]
    assert "helpful" not in chat.transcript().json()["messages"][-1]
    chat.post("chat/feedback", {"session": chat.session, "message": message, "helpful": False})
    assert chat.transcript().json()["messages"][-1]["helpful"] is False


def test_deleting_leaves_nothing(chat: Chat) -> None:
    message = chat.reply("hello")["id"]
    chat.post("chat/feedback", {"session": chat.session, "message": message, "helpful": True})
    assert chat.forget().status_code == 204
    assert not Turn.objects.exists()
    assert not Feedback.objects.exists()
    assert chat.transcript().status_code == 401
    assert chat.say("hello").status_code == 401


def test_two_visitors_share_nothing(chat: Chat, assistant: FakeAssistant) -> None:
    chat.say("hello")
    other = Chat(Client())
    other.begin()
    other.say("hello too")
    assert assistant.asked[0]["sender"] != assistant.asked[1]["sender"]
    assert len(other.transcript().json()["messages"]) == 3


def test_an_expired_session_is_refused(chat: Chat, settings: Any) -> None:
    settings.SESSION_SECONDS = -1
    answer = chat.say("hello")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": "x" * 1001}, 413),
        ({"text": ""}, 400),
        ({"text": " \n "}, 400),
        ({"text": 5}, 400),
        ({"text": "\ud800"}, 400),
        ({"id": "7"}, 400),
        ({"extra": 1}, 400),
        ({"session": "forged"}, 401),
        ({"session": None}, 400),
    ],
)
def test_a_wrong_message_is_told_as_a_problem(
    chat: Chat, body: dict[str, Any], status: int
) -> None:
    message = {"session": chat.session, "id": str(uuid.uuid4()), "text": "hello"} | body
    answer = chat.post("chat/messages", message)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_a_thousand_characters_of_any_kind_are_taken(chat: Chat) -> None:
    assert chat.say("\U0001f600" * 1000).status_code == 200


@pytest.mark.parametrize("body", ["{", "[]", "NaN", '"x"', "[" * 10_000, "\xff"])
def test_a_malformed_body_is_refused(client: Client, db: None, body: str) -> None:
    raw = body.encode("latin-1")
    answer = client.post("/api/chat/messages", raw, content_type="application/json")
    assert answer.status_code == 400


def test_a_huge_body_is_refused_before_it_is_read(client: Client, db: None) -> None:
    raw = b"x" * 20_000
    answer = client.post("/api/chat/messages", raw, content_type="application/json")
    assert answer.status_code == 413


def test_another_content_type_is_refused(client: Client, db: None) -> None:
    answer = client.post("/api/chat/messages", "{}", content_type="text/plain")
    assert answer.status_code == 415


def test_another_method_is_refused(client: Client, db: None) -> None:
    answer = client.get("/api/chat/messages")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_an_unknown_address_is_a_problem_too(client: Client) -> None:
    answer = client.get("/api/nothing")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_whole_section_can_be_read(client: Client, db: None) -> None:
    section = client.get("/api/guide/sections/staging").json()
    assert section["title"] == "Staging"
    assert section["passages"][0]["blocks"]
    assert client.get("/api/guide/sections/nothing").status_code == 404


@pytest.mark.parametrize("sign", ["\ud800", "\x00"])
@pytest.mark.parametrize("where", ["text", "intent", "topics"])
def test_what_no_database_can_keep_is_nonsense_of_the_assistant(
    chat: Chat, assistant: FakeAssistant, sign: str, where: str
) -> None:
    reply: dict[str, Any] = {"kind": "answer", "text": "Yes.", "topics": [], "nlu": {}}
    match where:
        case "text":
            reply["text"] += sign
        case "intent":
            reply["nlu"] = {"intent": sign}
        case _:
            reply["topics"] = [sign]
    assistant.answer = lambda _: [{"custom": reply}]
    assert chat.reply("what is staging")["kind"] == "error"
    assert Turn.objects.get(number=1).outcome == "nonsense"

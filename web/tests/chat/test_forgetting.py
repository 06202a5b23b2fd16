"""What is deleted here is deleted in the assistant too, now or later."""

from __future__ import annotations

import json
import tarfile
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from chat import forgetting
from chat.models import Conversation, Forgetting, Turn
from tests.conftest import Chat, FakeAssistant, RealAssistant


def test_deleting_reaches_the_assistant(chat: Chat, assistant: FakeAssistant) -> None:
    sender = str(Conversation.objects.get().sender)
    assert chat.forget().status_code == 204
    assert assistant.forgotten == [sender]
    assert not Forgetting.objects.exists()


def test_an_assistant_that_is_away_is_told_with_the_next_deletion(
    chat: Chat, assistant: FakeAssistant
) -> None:
    first = str(Conversation.objects.get().sender)
    assistant.forgets = False
    assert chat.forget().status_code == 204
    assert Forgetting.objects.count() == 1
    assistant.forgets = True
    chat.begin()
    chat.forget()
    assert first in assistant.forgotten
    assert not Forgetting.objects.exists()


def test_one_visitor_does_not_wait_for_many_deletions_nor_for_an_assistant_that_is_gone(
    chat: Chat, assistant: FakeAssistant
) -> None:
    forgetting.note(uuid.uuid4() for _ in range(30))
    assert forgetting.settle() == 20
    assistant.forgets = False
    asked = len(assistant.forgotten)
    assert forgetting.settle(most=None) == 20
    assistant.forgets = True
    assert forgetting.settle(most=None) == 0
    assert len(assistant.forgotten) == asked + 20


@pytest.mark.django_db(transaction=True)
def test_a_talk_that_is_deleted_while_a_message_is_answered_is_forgotten_afterwards(
    client: Client, assistant: FakeAssistant
) -> None:
    chat = Chat(client)
    chat.begin()
    sender = str(Conversation.objects.get().sender)
    heard: list[int] = []

    def answer(message: dict[str, str]) -> Any:
        chat.forget()
        connection.close()  # of the assistant's thread
        heard.append(len(assistant.forgotten))
        return []

    assistant.answer = answer

    def say() -> int:
        try:
            return int(chat.say("hello").status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(say).result() == 401
    assert heard == [1]
    assert assistant.forgotten == [sender, sender]


@pytest.mark.assistant
def test_the_real_assistant_forgets_the_talk_and_begins_anew(
    client: Client, real_assistant: RealAssistant, db: None
) -> None:
    chat, other = Chat(client), Chat(client)
    for visitor in (chat, other):
        visitor.begin()
        assert visitor.reply("what is staging?")["kind"] == "answer"
    gone, stays = (str(c.sender) for c in Conversation.objects.order_by("pk"))
    assert real_assistant.events(gone)
    assert chat.forget().status_code == 204
    assert not Forgetting.objects.exists()
    assert not real_assistant.events(gone)
    assert real_assistant.events(stays)


@pytest.mark.assistant
def test_the_log_names_the_model_that_runs(
    client: Client, real_assistant: RealAssistant, db: None
) -> None:
    chat = Chat(client)
    chat.begin()
    chat.reply("what is staging?")
    greeting, answered = Turn.objects.order_by("number")
    with tarfile.open(settings.ROOT / "models" / "net-guide.tar.gz") as model:
        (name,) = [name for name in model.getnames() if name.endswith("metadata.json")]
        file = model.extractfile(name)
        assert file
        metadata = json.load(file)
    assert answered.model.endswith(f"-{metadata['model_id'][:8]}")
    assert answered.model.startswith(metadata["trained_at"][:10].replace("-", ""))
    assert greeting.model == "", "no model said this"

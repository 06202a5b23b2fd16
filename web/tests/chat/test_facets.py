"""What a conversation is found by follows its turns."""

from __future__ import annotations

import time
import uuid

from chat import facets
from chat.models import Conversation, Facet
from tests.conftest import REPLY, Chat, FakeAssistant


def _facets() -> set[str]:
    return {str(facet) for facet in Facet.objects.all()}


def test_a_new_conversation_has_none(chat: Chat) -> None:
    conversation = Conversation.objects.get()
    assert (conversation.turn_count, conversation.lowest_confidence) == (0, None)
    assert _facets() == set()


def test_each_turn_is_counted_with_its_kind_topics_and_intent(
    chat: Chat, assistant: FakeAssistant
) -> None:
    chat.reply("What is staging?")
    unsure = REPLY["nlu"] | {"intent": "diet", "confidence": 0.4}
    assistant.answer = lambda _: [
        {"custom": REPLY | {"kind": "not_covered", "topics": [], "nlu": unsure}}
    ]
    chat.reply("What may I eat?")
    chat.reply("What may I drink?")
    conversation = Conversation.objects.get()
    assert conversation.turn_count == 3
    assert conversation.lowest_confidence == 0.4
    assert conversation.last_kind == "not_covered"
    assert _facets() == {
        "kind:answer",
        "kind:not_covered",
        "topic:staging",
        "intent:staging",
        "intent:diet",
    }
    assert {facet.last_at for facet in Facet.objects.all()} == {conversation.last_at}


def test_a_failure_is_an_outcome_and_no_low_confidence(
    chat: Chat, assistant: FakeAssistant
) -> None:
    assistant.status = 500
    chat.reply("What is staging?")
    conversation = Conversation.objects.get()
    assert conversation.lowest_confidence is None
    assert "kind:error" in _facets()
    assert any(name.startswith("outcome:") for name in _facets())


def test_a_repeated_message_is_counted_once(chat: Chat) -> None:
    message_id = str(uuid.uuid4())
    chat.say("What is staging?", message_id)
    chat.say("What is staging?", message_id)
    assert Conversation.objects.get().turn_count == 1


def test_a_second_thumb_replaces_the_first(chat: Chat) -> None:
    reply = chat.reply("What is staging?")
    for helpful in (True, False):
        body = {"session": chat.session, "message": reply["id"], "helpful": helpful}
        assert chat.post("chat/feedback", body).status_code == 204
    assert {name for name in _facets() if name.startswith("feedback")} == {"feedback:down"}


def test_tags_are_put_and_taken_away(chat: Chat) -> None:
    chat.reply("What is staging?")
    conversation = Conversation.objects.get()
    facets.put(conversation, Facet.Field.TAG, ["diet", "call"])
    facets.put(conversation, Facet.Field.TAG, ["call"])
    assert {name for name in _facets() if name.startswith("tag")} == {"tag:call"}
    assert "kind:answer" in _facets()


def test_keeping_them_costs_a_message_little(chat: Chat) -> None:
    chat.reply("What is staging?")
    start = time.perf_counter()
    for _ in range(10):
        chat.reply("What is staging?")
    assert (time.perf_counter() - start) / 10 < 0.25  # s, assistant and all

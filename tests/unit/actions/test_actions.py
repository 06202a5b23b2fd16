from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.actions import Alarm, Answer, Clarify, Decline, Smalltalk
from actions.memory import SLOT, Memory, read_memory

ACTIONS = (Answer, Decline, Clarify, Alarm, Smalltalk)
DOMAIN = yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))


def tracker(
    intent: str, aims: dict[str, float] | None = None, memory: Memory | None = None, text: str = "x"
) -> Tracker:
    (slot,) = (memory or Memory()).events()
    latest = {
        "text": text,
        "intent": {"name": intent, "confidence": 0.9},
        "intent_ranking": [{"name": intent, "confidence": 0.9}],
        "aims": aims or {},
        "entities": [],
    }
    return Tracker("visitor", {SLOT: slot["value"]}, latest, [], False, None, {}, "action_listen")


def run(action: Action, asked: Tracker) -> tuple[dict[str, Any], Memory]:
    """The one reply of the action, and what it remembers."""
    dispatcher = CollectingDispatcher()
    (event,) = action.run(dispatcher, asked, {})
    (sent,) = dispatcher.messages
    return sent["custom"], read_memory({event["name"]: event["value"]})


def test_the_domain_lists_the_actions_that_there_are() -> None:
    assert sorted(DOMAIN["actions"]) == sorted(action().name() for action in ACTIONS)


def test_a_question_is_answered_and_remembered() -> None:
    reply, memory = run(Answer(), tracker("surgery", {"surgery-partial": 0.9}))
    assert (reply["kind"], reply["passages"]) == ("answer", ["surgery-partial"])
    assert (memory.topic, memory.shown) == ("surgery", ("surgery-partial",))


def test_the_first_suggestion_is_remembered_as_offered() -> None:
    reply, memory = run(Answer(), tracker("surgery", {"surgery-first": 0.9}))
    assert reply["suggestions"][0]["message"] == "What decides whether a NET can be removed?"
    assert memory.offered == "surgery-possible"


def test_a_yes_is_answered_with_what_was_offered() -> None:
    memory = Memory("surgery", ("surgery-first",), "surgery-possible")
    reply, after = run(Smalltalk(), tracker("affirm", memory=memory, text="yes"))
    assert (reply["kind"], reply["passages"]) == ("answer", ["surgery-possible"])
    assert after.shown == ("surgery-first", "surgery-possible")


def test_a_yes_to_nothing_gets_its_fixed_text() -> None:
    reply, _ = run(Smalltalk(), tracker("affirm", text="yes"))
    assert (reply["kind"], reply["name"]) == ("chitchat", "affirm")


@pytest.mark.parametrize("intent", ["greet", "thanks", "goodbye", "deny", "help", "bot_challenge", "abuse"])
def test_chitchat_gets_its_fixed_text_with_no_gap_left(intent: str) -> None:
    reply, _ = run(Smalltalk(), tracker(intent))
    assert (reply["kind"], reply["name"]) == ("chitchat", intent)
    assert reply["text"] and "$" not in reply["text"]


def test_grief_gets_its_fixed_text() -> None:
    reply, _ = run(Smalltalk(), tracker("distress"))
    assert reply["kind"] == "distress"


@pytest.mark.parametrize(("intent", "number"), [("emergency", "911"), ("crisis", "988")])
def test_an_alarm_gets_its_text_first_and_alone(intent: str, number: str) -> None:
    reply, memory = run(Alarm(), tracker(intent, {intent: 0.9}, Memory("surgery")))
    (block,) = reply["blocks"]
    assert reply["kind"] == intent
    assert block["type"] == "alert" and number in block["text"]
    assert f"tel:{number}" in [link["href"] for link in block["actions"]]
    assert memory.topic == "surgery"


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("emergency", "mi papá no puede respirar"),
        ("emergency", "Ayuda, mi hija se desmayó"),
        ("crisis", "ya no quiero vivir"),
        ("crisis", "me quiero matar"),
        ("emergency", "me duele mucho el pecho"),
        ("emergency", "infarto"),
    ],
)
def test_an_alarm_in_spanish_gets_the_spanish_text(intent: str, text: str) -> None:
    reply, _ = run(Alarm(), tracker(intent, text=text))
    assert reply["kind"] == intent
    assert "Llame" in reply["text"]


@pytest.mark.parametrize(
    "text", ["he cannot breathe", "", "911", "my son is in La Crosse, help me", "no no help me"]
)
def test_an_alarm_in_english_gets_the_english_text(text: str) -> None:
    reply, _ = run(Alarm(), tracker("emergency", text=text))
    assert reply["text"].startswith("This may be an emergency")


def test_what_is_not_covered_is_declined() -> None:
    reply, _ = run(Decline(), tracker("not_covered", {"not_covered/cost": 0.9}))
    assert reply["kind"] == "not_covered"
    assert "does not cover cost" in reply["text"]


def test_what_was_not_understood_is_asked_back_about() -> None:
    reply, _ = run(Clarify(), tracker("nlu_fallback"))
    assert reply["kind"] == "clarify"


def test_suggestions_are_plain_text_and_no_payloads() -> None:
    for asked in (tracker("surgery", {"surgery": 0.9}), tracker("not_covered"), tracker("greet")):
        action = Smalltalk() if asked.latest_message["intent"]["name"] == "greet" else Answer()
        reply, _ = run(action, asked)
        assert not any(suggestion["message"].startswith("/") for suggestion in reply["suggestions"])

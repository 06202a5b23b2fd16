from __future__ import annotations

from actions.message import read_message
from tests.unit.actions.hand_made import message, term

LATEST = {
    "text": "is the runs a symptom, or Diarrhea?",
    "intent": {"name": "symptoms", "confidence": 0.9},
    "intent_ranking": [
        {"name": "symptoms", "confidence": 0.9},
        {"name": "diagnosis", "confidence": 0.05},
    ],
    "aims": {"symptoms-list": 0.8},
    "entities": [
        {"entity": "symptom", "value": "diarrhea", "start": 3, "end": 11},
        {"entity": "symptom", "value": "diarrhea", "start": 26, "end": 34},
        {"entity": "symptom", "value": "something unknown", "start": 0, "end": 2},
    ],
}


def test_a_message_has_its_intents_and_aims() -> None:
    read = read_message(LATEST)
    assert (read.intent, read.confidence) == ("symptoms", 0.9)
    assert read.intents == {"symptoms": 0.9, "diagnosis": 0.05}
    assert read.aims == {"symptoms-list": 0.8}


def test_a_term_is_taken_once_with_the_words_that_name_it() -> None:
    read = read_message(LATEST)
    assert read.terms == (term("symptom", "diarrhea"),)
    assert read.spans == ("the runs",)


def test_a_message_that_was_not_understood_falls_back() -> None:
    read = read_message({"text": None, "intent": {"name": None, "confidence": None}})
    assert (read.text, read.intent, read.confidence) == ("", "nlu_fallback", 0.0)
    assert (read.intents, read.aims, read.terms) == ({}, {}, ())


def test_reviewers_are_told_the_runner_up() -> None:
    understood = message({"surgery": 0.75, "radiation": 0.2}).understanding
    assert (understood.runner_up, understood.runner_up_confidence) == ("radiation", 0.2)


def test_without_a_runner_up_there_is_none_to_tell() -> None:
    understood = message({"surgery": 0.75}).understanding
    assert (understood.runner_up, understood.runner_up_confidence) == (None, 0.0)

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.choice import Choice
from actions.decline import Decliner, read_matters
from guide.model import TOPICS
from guide.reader import read_guide
from replies.texts import read_texts
from tests.unit.actions.hand_made import SETTINGS, message

GUIDE = read_guide()
DECLINER = Decliner(GUIDE, read_texts(), SETTINGS)
QUESTION = message({"not_covered": 0.75})


def test_a_matter_of_the_office_is_named_with_the_practice_and_its_website() -> None:
    reply = DECLINER.decline(QUESTION, Choice("not_covered", matter="cost"))
    assert reply.kind == "not_covered"
    assert "does not cover cost" in reply.text
    assert GUIDE.practice in reply.text and GUIDE.source in reply.text


def test_a_matter_of_the_care_team_is_named_with_them() -> None:
    reply = DECLINER.decline(QUESTION, Choice("not_covered", matter="heredity"))
    assert "does not cover whether NETs run in families" in reply.text
    assert "cancer care team" in reply.text


@pytest.mark.parametrize("matter", [None, "no such matter"])
def test_an_unknown_matter_is_declined_without_a_name(matter: str | None) -> None:
    reply = DECLINER.decline(QUESTION, Choice("not_covered", matter=matter))
    assert "does not cover that" in reply.text


def test_a_decline_offers_the_section_nearest_to_its_matter() -> None:
    reply = DECLINER.decline(QUESTION, Choice("not_covered", matter="survival", near=("types",)))
    question = GUIDE.by_topic["treatment_overview"].passages[0].question
    assert [suggestion.message for suggestion in reply.suggestions] == [question]


@pytest.mark.parametrize(("intent", "matter"), [("not_covered", "survival"), ("medical_advice", "outlook")])
def test_a_matter_the_page_says_something_of_in_general_is_declined_with_it(intent: str, matter: str) -> None:
    reply = DECLINER.decline(QUESTION, Choice(intent, matter=matter))
    passage = GUIDE.passages["treatment-outlook"]
    assert (reply.kind, reply.topics, reply.passages) == (intent, (), (passage.id,))
    assert "In general, and not about any one person" in reply.text
    assert reply.blocks[-1] == passage.blocks[-1]
    assert reply.source is not None and reply.source.section == GUIDE.by_topic[passage.topic].title


def test_a_decline_of_advice_shows_what_the_page_says_of_it_in_general() -> None:
    passage = GUIDE.passages["chemo-return"]
    reply = DECLINER.decline(QUESTION, Choice("medical_advice", in_general=passage))
    assert reply.text.startswith("I cannot advise on your own case")
    assert reply.passages == ("chemo-return",)


def test_a_decline_without_a_matter_offers_what_the_question_came_nearest_to() -> None:
    reply = DECLINER.decline(QUESTION, Choice("not_covered", near=("types", "surgery")))
    questions = [GUIDE.by_topic[topic].passages[0].question for topic in ("types", "surgery")]
    assert [suggestion.message for suggestion in reply.suggestions] == questions


@pytest.mark.parametrize(
    ("intent", "kind", "words"),
    [
        ("medical_advice", "medical_advice", "I cannot advise on your own case"),
        ("out_of_scope", "out_of_scope", "I can only help with neuroendocrine tumors"),
        ("other_disease", "out_of_scope", "My page is only about neuroendocrine tumors"),
        ("handoff", "handoff", "I cannot put you through to a person"),
        ("unsupported_language", "unsupported_language", "solo puedo responder en inglés"),
    ],
)
def test_each_kind_of_decline_has_its_fixed_text(intent: str, kind: str, words: str) -> None:
    reply = DECLINER.decline(QUESTION, Choice(intent))
    assert reply.kind == kind
    assert words in reply.text
    assert "$" not in reply.text


def test_a_decline_tells_what_the_nlu_understood() -> None:
    reply = DECLINER.decline(QUESTION, Choice("not_covered"))
    assert (reply.nlu.intent, reply.nlu.confidence) == ("not_covered", 0.75)


def test_two_or_three_near_sections_are_asked_back_about() -> None:
    choice = Choice("nlu_fallback", near=("radiation", "chemotherapy", "surgery", "types"))
    reply = DECLINER.clarify(QUESTION, choice)
    assert reply.kind == "clarify"
    assert [s.title for s in reply.suggestions] == [
        GUIDE.by_topic[topic].title for topic in ("radiation", "chemotherapy", "surgery")
    ]


def test_with_fewer_than_two_near_sections_the_visitor_is_asked_openly() -> None:
    reply = DECLINER.clarify(QUESTION, Choice("nlu_fallback", near=("radiation",)))
    assert reply.text == read_texts()["clarify_open"].reply().text
    assert replace(reply, nlu=QUESTION.understanding) == reply


def test_every_matter_says_who_can_answer_and_what_is_near() -> None:
    for name, matter in read_matters().items():
        assert matter.text, name
        assert matter.who in ("office", "care_team"), name
        assert matter.near is None or matter.near in TOPICS, name

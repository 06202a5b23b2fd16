from __future__ import annotations

import pytest

from actions.answer import LISTS, Answerer, list_item
from actions.memory import Memory
from guide.model import BulletList
from guide.reader import read_guide
from nlu.terms import read_terms
from replies.texts import read_texts
from tests.unit.actions.hand_made import SETTINGS, message, term

GUIDE = read_guide()
ANSWERER = Answerer(GUIDE, read_texts(), SETTINGS)
NOTHING = Memory()
SYMPTOMS = GUIDE.passages["symptoms-list"]
QUESTION = message({"radiation": 0.9})


def test_an_answer_shows_the_passages_as_the_guide_has_them() -> None:
    passage = GUIDE.passages["radiation-side-effects"]
    reply = ANSWERER.answer(QUESTION, [passage], NOTHING)
    assert (reply.kind, reply.blocks) == ("answer", passage.blocks)
    assert (reply.topics, reply.passages) == (("radiation",), ("radiation-side-effects",))


def test_an_answer_shows_no_passage_twice() -> None:
    passage = GUIDE.passages["radiation-when"]
    reply = ANSWERER.answer(QUESTION, [passage, passage], NOTHING)
    assert (reply.passages, reply.blocks) == (("radiation-when",), passage.blocks)


def test_an_answer_from_two_sections_names_both_and_the_source_of_the_first() -> None:
    passages = [GUIDE.passages["surgery-first"], GUIDE.passages["chemo-how"]]
    reply = ANSWERER.answer(QUESTION, passages, NOTHING)
    assert reply.topics == ("surgery", "chemotherapy")
    assert reply.source is not None
    assert (reply.source.section, reply.source.url) == ("Surgery", GUIDE.source)


def test_the_suggestions_leave_out_what_is_or_was_shown() -> None:
    memory = Memory("surgery", ("surgery-possible",))
    reply = ANSWERER.answer(QUESTION, [GUIDE.passages["surgery-first"]], memory)
    left = [GUIDE.passages[name].question for name in ("surgery-partial", "surgery-benefits")]
    assert [suggestion.message for suggestion in reply.suggestions] == left


def test_there_are_no_more_suggestions_than_wanted() -> None:
    reply = ANSWERER.answer(QUESTION, [GUIDE.passages["radiation-when"]], NOTHING)
    assert len(reply.suggestions) == SETTINGS.suggestions


def test_an_answer_tells_what_the_nlu_understood() -> None:
    question = message({"radiation": 0.75, "chemotherapy": 0.125})
    reply = ANSWERER.answer(question, [GUIDE.passages["radiation-when"]], NOTHING)
    understood = (reply.nlu.intent, reply.nlu.confidence)
    runner_up = (reply.nlu.runner_up, reply.nlu.runner_up_confidence)
    assert (understood, runner_up) == (("radiation", 0.75), ("chemotherapy", 0.125))


def test_a_thing_on_the_list_is_confirmed_without_the_list() -> None:
    question = message({"symptoms": 0.9}, named={"the runs": term("symptom", "diarrhea")})
    reply = ANSWERER.answer(question, [SYMPTOMS], NOTHING)
    assert reply.text.startswith("Yes.") and "Diarrhea" in reply.text
    assert not any(isinstance(block, BulletList) for block in reply.blocks)


def test_a_thing_that_is_not_on_the_list_is_told_so_and_the_list_is_shown() -> None:
    question = message({"symptoms": 0.9}, named={"headaches": term("symptom", "headache")})
    reply = ANSWERER.answer(question, [SYMPTOMS], NOTHING)
    assert reply.text.startswith("Headaches is not on this page's list of common symptoms")
    assert reply.blocks[1:] == SYMPTOMS.blocks


def test_of_two_things_each_is_told_about() -> None:
    named = {"wheezing": term("symptom", "wheezing"), "headache": term("symptom", "headache")}
    reply = ANSWERER.answer(message({"symptoms": 0.9}, named=named), [SYMPTOMS], NOTHING)
    first, second = reply.text.split("\n\n")[:2]
    assert "Wheezing" in first and "not on this page's list" in second


def test_a_thing_of_another_kind_does_not_change_the_list() -> None:
    question = message({"symptoms": 0.9}, named={"biopsy": term("test", "biopsy")})
    assert ANSWERER.answer(question, [SYMPTOMS], NOTHING).blocks == SYMPTOMS.blocks


@pytest.mark.parametrize(
    ("entity", "name", "passage", "item"),
    [
        ("symptom", "diarrhea", "symptoms-list", "Diarrhea"),
        ("symptom", "pain in the abdomen", "symptoms-list", "Pain in the abdomen (belly)"),
        ("test", "urine tests", "diagnosis-tests", "Blood tests, urine tests or both"),
        ("test", "MRI", "diagnosis-tests", "MRI"),
        ("test", "CT scan", "diagnosis-tests", "CT scan"),
        ("tumor_type", "pheochromocytoma", "types-list", "Pheochromocytoma"),
        ("tumor_type", "small cell carcinoma", "types-list", "Small cell carcinoma"),
        (
            "tumor_type",
            "Merkel cell carcinoma",
            "types-list",
            "Merkel cell carcinoma (neuroendocrine carcinoma of the skin)",
        ),
        ("symptom", "headache", "symptoms-list", None),
        ("test", "biopsy", "symptoms-list", None),
    ],
)
def test_the_item_that_names_a_term_is_found(entity: str, name: str, passage: str, item: str | None) -> None:
    assert list_item(GUIDE.passages[passage], term(entity, name)) == item


def test_every_item_of_a_list_is_the_item_of_some_term() -> None:
    for passage in (GUIDE.passages[name] for name in LISTS.values()):
        named = {list_item(passage, known) for known in read_terms()}
        assert set(passage.items) <= named


def test_every_term_of_a_list_has_an_item() -> None:
    lists = {entity: GUIDE.passages[name] for entity, name in LISTS.items()}
    for known in read_terms():
        passage = lists.get(known.entity)
        if passage and known.passage == passage.id:
            assert list_item(passage, known), f"{known.name} has no item on {passage.id}"

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.alarm_rules import AlarmRules, DangerSigns, read_danger_signs
from nlu.sentence_featurizer import RESPELLED

SIGNS = DangerSigns(
    {
        "crisis": [re.compile("kill myself")],
        "emergency": [re.compile("cant breathe"), re.compile("chest pain")],
    },
    [re.compile("symptom")],
)


@pytest.mark.parametrize(
    ("text", "alarm"),
    [
        ("I can't breathe", "emergency"),
        ("I CAN’T BREATHE", "emergency"),
        ("is flushing a symptom, I have chest pain", "emergency"),
        ("chest pain. I will kill myself", "crisis"),
        ("is chest pain a symptom", None),
        ("how often is radiation given", None),
        ("", None),
    ],
)
def test_a_danger_sign_raises_its_alarm_unless_its_clause_takes_it_back(text: str, alarm: str | None) -> None:
    assert SIGNS.alarm(text) == alarm


def test_the_signs_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "signs.yml"
    path.write_text("emergency: [fire]\ncrisis: [despair]\nunless: [drill]\n", encoding="utf-8")
    signs = read_danger_signs(path)
    found = [signs.alarm(text) for text in ("a fire", "a fire drill", "despair")]
    assert found == ["emergency", None, "crisis"]


@pytest.mark.parametrize(
    ("text", "alarm"),
    [
        ("my husband is not breathing", "emergency"),
        ("she is vomiting blood", "emergency"),
        ("My sister fainted.", "emergency"),
        ("my sister fainted last spring", None),
        ("he's having a stroke", "emergency"),
        ("can it lead to a stroke", None),
        ("harming myself, it is all that helps", "crisis"),
        ("I am not thinking of harming myself", None),
        ("I hurt myself moving a wardrobe", None),
        ("feeling suicidal tonight", "crisis"),
        ("are people with it often suicidal", None),
        ("kms honestly", "crisis"),
        ("we are 20 kms from you", None),
        ("his throat is closing", "emergency"),
        ("I had chemo and now a fever of 103", "emergency"),
        ("I want to kill myself", "crisis"),
        ("is wheezing a symptom", None),
        ("mi hermano dice que se va a matar", "crisis"),
        ("ya no quiero vivir", "crisis"),
        ("no me quiero morir", None),
        ("me quiero morir de la risa", None),
        ("mi mamá no puede respirar", "emergency"),
        ("mi abuelo murió vomitando sangre", None),
        ("el tumor no responde al tratamiento", None),
        ("does the biopsy cause bleeding", None),
        ("can a NET cause trouble breathing", None),
    ],
)
def test_the_signs_of_the_project_raise_the_alarm(text: str, alarm: str | None) -> None:
    assert read_danger_signs().alarm(text) == alarm


def heard(text: str, intent: str, confidence: float = 0.6) -> Message:
    ranking = [{"name": intent, "confidence": confidence}, {"name": "emergency", "confidence": 0.1}]
    data = {RESPELLED: text, INTENT: ranking[0], INTENT_RANKING_KEY: ranking}
    (message,) = AlarmRules(sure=0.95).process([Message(data)])
    return message


def test_a_danger_sign_overrules_the_classifier_and_its_guess_stays_for_reviewers() -> None:
    message = heard("is this normal, he is not breathing", "symptoms")
    assert message.get(INTENT) == {"name": "emergency", "confidence": 1.0}
    assert message.get(INTENT_RANKING_KEY) == [
        {"name": "emergency", "confidence": 1.0},
        {"name": "symptoms", "confidence": 0.6},
    ]


def test_a_sign_in_another_language_is_found_although_it_was_respelled() -> None:
    ranking = [{"name": "distress", "confidence": 0.6}]
    data = {
        TEXT: "me quiero matar",
        RESPELLED: "me quiero estar",
        INTENT: ranking[0],
        INTENT_RANKING_KEY: ranking,
    }
    (message,) = AlarmRules(sure=0.95).process([Message(data)])
    assert message.get(INTENT)["name"] == "crisis"


def test_a_message_without_a_danger_sign_is_left_alone() -> None:
    assert heard("how often is radiation given", "radiation").get(INTENT)["name"] == "radiation"


@pytest.mark.parametrize(("confidence", "intent"), [(0.97, "emergency"), (0.9, "crisis")])
def test_a_sign_of_the_other_alarm_overrules_an_unsure_one_only(confidence: float, intent: str) -> None:
    message = heard("I want to kill myself", "emergency", confidence)
    assert message.get(INTENT)["name"] == intent


def test_a_sign_of_the_same_alarm_leaves_the_classifiers_confidence() -> None:
    assert heard("he is not breathing", "emergency", 0.3).get(INTENT)["confidence"] == 0.3

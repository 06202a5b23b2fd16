from __future__ import annotations

import numpy as np
import pytest
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from nlu.aims import AimReader, aim_of

INTENTS = ["followup", "not_covered", "radiation"]
AIMS = ["not_covered/cost", "radiation", "radiation-schedule"]


@pytest.mark.parametrize(
    ("intent", "metadata", "aim"),
    [
        ("radiation", {"passage": "radiation-bone"}, "radiation-bone"),
        ("radiation", {}, "radiation"),
        ("not_covered", {"about": "cost"}, "not_covered/cost"),
        ("followup", {"about": "radiation"}, "radiation"),
        ("emergency", {"about": "spanish"}, "emergency/spanish"),
        ("greet", {}, "greet"),
    ],
)
def test_a_question_aims_at_its_passage_or_matter(intent: str, metadata: dict[str, str], aim: str) -> None:
    assert aim_of(Message({INTENT: intent, "metadata": {INTENT: metadata}})) == aim


def test_a_question_without_metadata_aims_at_its_intent() -> None:
    assert aim_of(Message({INTENT: "surgery"})) == "surgery"


def weighed(intents: list[float], aims: list[float], weight: float = 0.5) -> list[float]:
    reader = AimReader(INTENTS, AIMS, weight)
    (row,) = reader.weigh(np.array([intents], np.float32), np.array([aims], np.float32))
    return [round(float(share), 3) for share in row]


def test_a_passage_and_its_section_speak_for_their_intent() -> None:
    assert weighed([0.0, 0.6, 0.4], [0.0, 0.2, 0.8]) == [0.0, 0.3, 0.7]


def test_a_matter_speaks_for_the_decline_it_belongs_to() -> None:
    assert weighed([0.0, 0.4, 0.6], [1.0, 0.0, 0.0]) == [0.0, 0.7, 0.3]


def test_how_likely_a_follow_up_is_stays_as_it_was() -> None:
    assert weighed([0.8, 0.2, 0.0], [0.0, 0.0, 1.0]) == [0.8, 0.1, 0.1]


def test_weights_of_nought_and_one_listen_to_one_side_only() -> None:
    assert weighed([0.0, 0.6, 0.4], [0.0, 0.2, 0.8], weight=0) == [0.0, 0.6, 0.4]
    assert weighed([0.0, 0.6, 0.4], [0.0, 0.2, 0.8], weight=1) == [0.0, 0.0, 1.0]


def test_the_shares_stay_probabilities_without_a_follow_up_intent() -> None:
    reader = AimReader(["not_covered", "radiation"], AIMS, 0.5)
    (row,) = reader.weigh(np.array([[0.5, 0.5]], np.float32), np.array([[0.2, 0.2, 0.6]], np.float32))
    assert row.sum() == pytest.approx(1)

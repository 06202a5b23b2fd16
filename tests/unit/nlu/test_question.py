from __future__ import annotations

import copy

import numpy as np
import pytest
from rasa.nlu.constants import SPACY_DOCS, TOKENS_NAMES
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.question import Question


def question(text: str = "Is it cancer?", intent: str = "overview", vector: float = 1.0) -> Question:
    found = Question({TEXT: text, INTENT: intent, "metadata": {"intent": {"passage": "overview-what"}}})
    found.add_features(Features(np.array([[vector]]), FEATURE_TYPE_SENTENCE, TEXT, "vector"))
    return found


@pytest.mark.parametrize(
    "other",
    [question(text="Is it a cancer?"), question(intent="types"), question(vector=2.0)],
    ids=["text", "intent", "features"],
)
def test_another_text_label_or_feature_is_another_question(other: Question) -> None:
    assert other != question()
    assert len(TrainingData([question(), other]).training_examples) == 2


def test_the_same_question_twice_is_one_in_the_training_data() -> None:
    assert len(TrainingData([question(), question()]).training_examples) == 1


def test_a_question_that_is_changed_is_no_longer_the_same() -> None:
    changed = question()
    assert changed == question()
    changed.set(INTENT, "types")
    assert changed != question()


def test_what_is_made_of_the_text_does_not_count() -> None:
    read = question()
    read.set(TOKENS_NAMES[TEXT], ["Is", "it"])
    read.set(SPACY_DOCS[TEXT], object())
    assert read == question()


def test_a_copy_is_changed_without_the_question() -> None:
    kept = question()
    copied = copy.deepcopy(kept)
    copied.set(INTENT, "types", add_to_output=True)
    copied.add_features(Features(np.array([[3.0]]), FEATURE_TYPE_SENTENCE, TEXT, "more"))
    assert kept == question()
    assert INTENT not in kept.output_properties

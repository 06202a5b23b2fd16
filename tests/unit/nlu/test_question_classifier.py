from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.question_classifier import AIMS, QuestionClassifier
from nlu.sentence_featurizer import RESPELLED, SENTENCES

QUESTIONS = {
    "is radiation given daily": ("radiation", {"passage": "radiation-schedule"}),
    "is radiation given every week": ("radiation", {"passage": "radiation-schedule"}),
    "radiation given how often": ("radiation", {"passage": "radiation-schedule"}),
    "what does it cost me": ("not_covered", {"about": "cost"}),
    "does it cost much": ("not_covered", {"about": "cost"}),
    "is the cost high": ("not_covered", {"about": "cost"}),
}
CONFIG = QuestionClassifier.get_default_config() | {
    "thresholds": {"intent": 0.0, "topics": 0.5},
    "training": {"hidden": 8, "epochs": 60, "batch": 2, "learning_rate": 0.02, "dropout": 0.0},
}
CONTEXT = ExecutionContext(GraphSchema({}))


def message(text: str, **data: Any) -> Message:
    made = Message({TEXT: text, RESPELLED: text, **data})
    draw = np.random.RandomState(len(text))
    vector = draw.normal(0, 0.05, (1, 8)).astype(np.float32)
    made.add_features(Features(vector, FEATURE_TYPE_SENTENCE, TEXT, "test"))
    return made


def examples() -> TrainingData:
    return TrainingData(
        [
            message(text, **{INTENT: intent, "metadata": {INTENT: metadata}})
            for text, (intent, metadata) in QUESTIONS.items()
        ]
    )


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> LocalModelStorage:
    return LocalModelStorage(Path(tmp_path_factory.mktemp("model")))


@pytest.fixture(scope="module")
def trained(storage: LocalModelStorage) -> QuestionClassifier:
    classifier = QuestionClassifier.create(CONFIG, storage, Resource("questions"), CONTEXT)
    classifier.train(examples())
    return classifier


@pytest.fixture(scope="module")
def loaded(trained: QuestionClassifier, storage: LocalModelStorage) -> QuestionClassifier:
    return QuestionClassifier.load(CONFIG, storage, Resource("questions"), CONTEXT)


def read(classifier: QuestionClassifier, text: str) -> Message:
    (processed,) = classifier.process([message(text)])
    return processed


def test_a_loaded_classifier_gives_intent_and_aim(loaded: QuestionClassifier) -> None:
    for text, (intent, metadata) in QUESTIONS.items():
        processed = read(loaded, text)
        aim = metadata.get("passage") or f"{intent}/{metadata['about']}"
        assert processed.get(INTENT)["name"] == intent
        assert next(iter(processed.get(AIMS))) == aim


def test_a_loaded_classifier_is_as_sure_as_the_trained_one(
    trained: QuestionClassifier, loaded: QuestionClassifier
) -> None:
    before, after = (read(c, "is radiation given daily").get(INTENT) for c in (trained, loaded))
    assert before["name"] == after["name"]
    assert before["confidence"] == pytest.approx(after["confidence"], abs=1e-3)


def test_the_chosen_intent_stands_first_in_the_ranking(loaded: QuestionClassifier) -> None:
    processed = read(loaded, "what does it cost me")
    ranking = processed.get(INTENT_RANKING_KEY)
    assert ranking[0] == processed.get(INTENT)
    assert sum(entry["confidence"] for entry in ranking) == pytest.approx(1, abs=1e-4)


def test_a_question_among_asides_is_found_by_itself(
    trained: QuestionClassifier, storage: LocalModelStorage
) -> None:
    thresholds = {"intent": 0.0, "topics": 0.5, "topics_of_sentence": 0.5, "asked_beside": 1.1}
    config = {**CONFIG, "thresholds": thresholds}
    classifier = QuestionClassifier.load(config, storage, Resource("questions"), CONTEXT)
    aside, question = "what does it cost me", "is radiation given daily"
    asked = message(aside)
    assert read(classifier, aside).get(INTENT)["name"] == "not_covered"
    sentences = [(text, message(text).get_dense_features(TEXT)[1].features) for text in (aside, question)]
    asked.set(SENTENCES, sentences)
    (processed,) = classifier.process([asked])
    assert processed.get(INTENT)["name"] == "radiation"
    assert next(iter(processed.get(AIMS))) == "radiation-schedule"


def test_a_message_without_text_falls_back(loaded: QuestionClassifier) -> None:
    processed = read(loaded, "")
    assert processed.get(INTENT) == {"name": "nlu_fallback", "confidence": 0.0}
    assert processed.get(AIMS) == {}

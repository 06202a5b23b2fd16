from __future__ import annotations

from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.noise_augmenter import NoiseAugmenter

QUESTIONS = [
    Message({TEXT: f"Is radiation number {number} given daily?", INTENT: "radiation"})
    for number in range(200)
]


def test_a_share_of_the_questions_is_copied_with_slips_and_its_intent() -> None:
    augmented = NoiseAugmenter({"share": 0.25, "seed": 7}).process_training_data(TrainingData(QUESTIONS))
    copies = augmented.intent_examples[len(QUESTIONS) :]
    assert 30 < len(copies) < 70
    assert all(copy.get(INTENT) == "radiation" for copy in copies)
    assert {copy.get(TEXT) for copy in copies} & {q.get(TEXT) for q in QUESTIONS} == set()


def test_the_same_seed_makes_the_same_copies() -> None:
    once, again = (
        NoiseAugmenter({"share": 0.25, "seed": 7}).process_training_data(TrainingData(QUESTIONS))
        for _ in range(2)
    )
    assert [q.get(TEXT) for q in once.intent_examples] == [q.get(TEXT) for q in again.intent_examples]


def test_a_visitors_message_is_left_alone() -> None:
    augmenter = NoiseAugmenter({"share": 1.0, "seed": 7})
    (message,) = augmenter.process([Message({TEXT: "Is radiation given daily?"})])
    assert message.get(TEXT) == "Is radiation given daily?"

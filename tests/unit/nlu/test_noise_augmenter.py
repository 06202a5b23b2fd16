from __future__ import annotations

import random

from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.noise_augmenter import Asides, NoiseAugmenter, read_asides, told_asides

QUESTIONS = [
    Message({TEXT: f"Is radiation number {number} given daily?", INTENT: "radiation"})
    for number in range(200)
]


CONFIG = {"slips": 0.15, "asides": 0.1, "seed": 7}


def test_a_share_of_the_questions_is_copied_changed_and_with_its_intent() -> None:
    augmented = NoiseAugmenter(CONFIG).process_training_data(TrainingData(QUESTIONS))
    copies = augmented.intent_examples[len(QUESTIONS) :]
    copies = [copy for copy in copies if copy.get(INTENT) == "radiation"]
    assert 30 < len(copies) < 80
    assert {copy.get(TEXT) for copy in copies} & {q.get(TEXT) for q in QUESTIONS} == set()


def test_an_intent_of_a_story_without_a_text_is_left_out() -> None:
    data = TrainingData([*QUESTIONS, Message({INTENT: "radiation"})])
    augmented = NoiseAugmenter({**CONFIG, "slips": 1.0}).process_training_data(data)
    assert sum(not example.get(TEXT) for example in augmented.training_examples) == 1


def test_the_same_seed_makes_the_same_copies() -> None:
    once, again = (NoiseAugmenter(CONFIG).process_training_data(TrainingData(QUESTIONS)) for _ in range(2))
    assert [q.get(TEXT) for q in once.intent_examples] == [q.get(TEXT) for q in again.intent_examples]


def test_a_visitors_message_is_left_alone() -> None:
    augmenter = NoiseAugmenter({"slips": 1.0, "asides": 1.0, "seed": 7})
    (message,) = augmenter.process([Message({TEXT: "Is radiation given daily?"})])
    assert message.get(TEXT) == "Is radiation given daily?"


def test_an_aside_stands_before_or_after_a_question_and_leaves_it_whole() -> None:
    change = Asides({"before": ["Hello there."], "after": ["Thanks."]}, [])
    changed = {change("Is it given daily?", random.Random(seed)) for seed in range(20)}
    assert changed == {"Hello there. Is it given daily?", "Is it given daily? Thanks."}


def test_an_aside_is_typed_as_carelessly_as_the_question() -> None:
    change = Asides({"before": ["Hello there."], "after": ["Thanks."]}, [])
    changed = {change("given daily", random.Random(seed)) for seed in range(60)}
    ends = {f"given daily{end} thanks." for end in (".", "?", ",", "")}
    assert changed == {"hello there. given daily", *ends}


def test_what_was_told_comes_before_a_question() -> None:
    change = Asides({"before": ["Hello there."], "after": ["Thanks."]}, ["It rained."])
    changed = {change("Is it given daily?", random.Random(seed)) for seed in range(60)}
    assert "It rained. Is it given daily?" in changed
    assert not any(text.endswith("It rained.") for text in changed)


def test_calm_statements_without_a_medical_name_are_asides() -> None:
    told = {
        "My nephew drove me home. The folder was thick. What is it?": "overview",
        "He had octreotide on Monday. Is that often?": "hormonal_therapy",
        "What is it? My wife asks that too.": "overview",
        "I am alone in the house now. I cannot go on.": "crisis",
    }
    data = TrainingData([Message({TEXT: text, INTENT: intent}) for text, intent in told.items()])
    assert told_asides(data) == ["My nephew drove me home.", "The folder was thick."]


def test_asides_by_themselves_are_matters_beside_the_page() -> None:
    config = {"slips": 0.0, "asides": 0.0, "seed": 7}
    augmented = NoiseAugmenter(config).process_training_data(TrainingData(QUESTIONS))
    alone = augmented.intent_examples[len(QUESTIONS) :]
    assert {example.get(INTENT) for example in alone} == {"out_of_scope"}
    assert [example.get(TEXT) for example in alone] == Asides(read_asides(), []).own

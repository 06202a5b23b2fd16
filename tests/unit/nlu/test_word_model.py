from __future__ import annotations

import math

import pytest
from spacy.strings import hash_string  # type: ignore[attr-defined]

from nlu.word_model import EnglishWords, WordModel

TEXTS = [text.split() for text in ("is it rare", "is it slow", "is it rare", "rare is it", "it hurts")]
KNOWN = ("is", "it", "rare", "slow", "carcinoid")


def model() -> WordModel:
    return WordModel.of(TEXTS, KNOWN)


def test_only_the_known_words_are_in_the_model() -> None:
    assert set(model().words) == set(KNOWN)
    assert "hurts" not in model()


def test_a_word_seen_more_often_is_likelier() -> None:
    assert model().likelihood("rare") > model().likelihood("slow") == model().likelihood("carcinoid")


def test_a_word_is_likelier_after_the_word_it_was_seen_after() -> None:
    assert model().likelihood("it", "is") > model().likelihood("it")
    assert model().likelihood("slow", "rare") < model().likelihood("slow")


def test_after_an_unknown_word_a_word_is_as_likely_as_by_itself() -> None:
    assert model().likelihood("it", "hurts") == model().likelihood("it")


def test_the_likelihoods_of_all_words_after_one_add_up_to_one() -> None:
    after = [math.exp(model().likelihood(word, "is")) for word in KNOWN]
    assert sum(after) == pytest.approx(1)


def test_a_restored_model_is_the_same() -> None:
    restored = WordModel.restore(model().state())
    assert restored.state() == model().state()
    assert restored.likelihood("it", "is") == model().likelihood("it", "is")


def test_english_words_are_known_by_their_hashes_and_others_are_not() -> None:
    english = EnglishWords({hash_string("parts"): -9.5, hash_string("hard"): -8.0})
    for words in (english, EnglishWords.restore(english.arrays)):
        assert (words.likelihood("parts"), words.likelihood("hard")) == (-9.5, -8.0)
        assert words.likelihood("xyzzy") == -math.inf


def test_without_words_none_is_known() -> None:
    assert EnglishWords({}).likelihood("parts") == -math.inf

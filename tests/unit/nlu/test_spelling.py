from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.strings import hash_string  # type: ignore[attr-defined]

from nlu.spelling import Speller, SpellingPipe, respell, slips_allowed

ENGLISH = {"parts", "hard", "flashing", "burning", "rations"}
VOCABULARY = ["radiation", "flushing", "octreotide", "paris", "burping", "chemo"]


def speller() -> Speller:
    return Speller(ENGLISH.__contains__, VOCABULARY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("radaition", "radiation"),
        ("radition", "radiation"),
        ("raddiation", "radiation"),
        ("raduatiom", "radiation"),
        ("octrotde", "octreotide"),
        ("flushng", "flushing"),
        ("chmeo", "chemo"),
    ],
)
def test_slips_are_corrected(typed: str, meant: str) -> None:
    assert speller().correct(typed) == meant


@pytest.mark.parametrize("word", sorted(ENGLISH))
def test_an_english_word_is_left_alone_though_another_is_near(word: str) -> None:
    assert speller().correct(word) is None


@pytest.mark.parametrize("word", ["radiation", "chemo", "raxxxxion", "xadiation", "r4diation", ""])
def test_a_word_that_is_known_or_near_to_nothing_is_left_alone(word: str) -> None:
    assert speller().correct(word) is None


def test_short_words_may_have_no_slip_and_long_ones_two() -> None:
    assert [slips_allowed(word) for word in ("four", "fives", "sevenss", "eightlet")] == [0, 1, 1, 2]


def pipeline() -> Language:
    language = spacy.blank("en")
    language.add_pipe("spelling")
    english = [hash_string(word) for word in (*ENGLISH, "for", "it", "is", "the")]
    language._components[0] = ("spelling", SpellingPipe(english, VOCABULARY))
    return language


def test_a_text_is_respelled_and_otherwise_left_as_it_was_typed() -> None:
    assert respell(pipeline()("Is  the radaition HARD?")) == "Is  the radiation HARD?"


def test_a_name_after_a_title_is_no_slip() -> None:
    doc = pipeline()("Dr. Chemp or chemp")
    assert [token.text for token in doc if token._.corrected] == ["chemp"]


def test_a_pipe_read_from_disk_corrects_the_same(tmp_path: Path) -> None:
    SpellingPipe([hash_string("parts")], VOCABULARY).to_disk(tmp_path / "spelling")
    language = pipeline()
    read = SpellingPipe().from_disk(tmp_path / "spelling")
    language._components[0] = ("spelling", read)
    assert respell(language("parts of radaition")) == "parts of radiation"

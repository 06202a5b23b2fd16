from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.strings import hash_string  # type: ignore[attr-defined]

from nlu.spelling import Speller, SpellingPipe, respell
from nlu.word_model import EnglishWords, WordModel

ENGLISH = {"parts": -9.0, "hard": -9.0, "flashing": -12.0, "burning": -11.0, "throbbing": -14.5, "teh": -15.0}
SENTENCES = [
    "is the radiation given every day",
    "does the radiation hurt",
    "the flushing comes back",
    "is octreotide given for flushing",
    "what is chemo like",
    "my liver and the chemo",
    "they want to take it out",
    "these parts are in paris",
]
TEXTS = [sentence.split() for sentence in SENTENCES * 20]


def words() -> tuple[EnglishWords, WordModel]:
    english = EnglishWords({hash_string(word): likelihood for word, likelihood in ENGLISH.items()})
    return english, WordModel.of(TEXTS, {word for text in TEXTS for word in text})


def corrected(text: str, names: tuple[str, ...] = ()) -> str:
    typed = text.split()
    meant = Speller(*words()).correct(typed, [word in names for word in typed])
    return " ".join(new or old for old, new in zip(typed, meant, strict=True))


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
        ("livr", "liver"),
    ],
)
def test_slips_are_corrected(typed: str, meant: str) -> None:
    assert corrected(typed) == meant


def test_the_words_around_say_which_of_two_near_words_was_meant() -> None:
    assert corrected("these parrs") == "these parts"
    assert corrected("are in parrs") == "are in paris"


def test_several_misspelt_words_are_corrected_together() -> None:
    assert corrected("doez thw radiaton hutr") == "does thw radiation hurt"


def test_a_lost_space_is_found() -> None:
    assert corrected("whatis chemo") == "what is chemo"


@pytest.mark.parametrize("word", ["parts", "hard", "flashing", "burning", "throbbing"])
def test_an_english_word_is_left_alone_though_another_is_near(word: str) -> None:
    assert corrected(word) == word


@pytest.mark.parametrize("word", ["radiation", "raxxxxion", "xqdkatiz", "r4diation", "lïver", 99 * "x"])
def test_a_word_that_is_known_or_near_to_nothing_or_no_plain_word_is_left_alone(word: str) -> None:
    assert corrected(word) == word


def test_a_word_written_like_a_name_needs_a_better_reason() -> None:
    assert corrected("rabixtioz") == "radiation"
    assert corrected("rabixtioz", names=("rabixtioz",)) == "rabixtioz"


def test_no_words_have_no_corrections() -> None:
    assert Speller(*words()).correct([]) == []


def pipeline() -> Language:
    language = spacy.blank("en")
    language.add_pipe("spelling")
    language._components[0] = ("spelling", SpellingPipe(*words()))
    return language


def test_a_text_is_respelled_and_otherwise_left_as_it_was_typed() -> None:
    assert respell(pipeline()("Is  the radaition HARD?")) == "Is  the radiation HARD?"


def test_a_name_after_a_title_is_no_slip() -> None:
    doc = pipeline()("Dr. Chemp or chemp")
    assert [token.text for token in doc if token._.corrected] == ["chemp"]


def test_a_capital_makes_a_name_within_a_sentence_alone() -> None:
    doc = pipeline()("Rabixtioz. Rabixtioz and Rabixtioz")
    assert [token.i for token in doc if token._.corrected] == [0, 2]


def test_a_pipe_read_from_disk_corrects_the_same(tmp_path: Path) -> None:
    SpellingPipe(*words()).to_disk(tmp_path / "spelling")
    language = spacy.blank("en")
    language.add_pipe("spelling")
    read = SpellingPipe(EnglishWords({}), WordModel({}, {})).from_disk(tmp_path / "spelling")
    language._components[0] = ("spelling", read)
    assert respell(language("parts of radaition")) == "parts of radiation"

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.lookups import Lookups

from nlu import language
from nlu.spelling import respell

# Of the English words only those the tests need: the table of all takes seconds to load.
ENGLISH = {word: -9.0 for word in "burning parts reset is it the of in my up what and or".split()}
QUESTIONS = """\
version: "3.1"
nlu:
- intent: surgery
  examples: |
    - is it painful
    - was it painful
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Language:
    folder = tmp_path_factory.mktemp("nlu")
    (folder / "surgery.yml").write_text(QUESTIONS, encoding="utf-8")
    lookups = Lookups()
    lookups.add_table("lexeme_prob", ENGLISH)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "load_lookups", lambda *_: lookups)
        return language.build_language(folder)


@pytest.fixture(scope="module")
def loaded(built: Language, tmp_path_factory: pytest.TempPathFactory) -> Language:
    """The pipeline as Rasa has it: written to disk and read again."""
    folder = tmp_path_factory.mktemp("language")
    built.to_disk(folder)
    return spacy.load(folder)


def found(pipeline: Language, text: str) -> list[tuple[str, str, str]]:
    return [(ent.text, ent.label_, ent.ent_id_) for ent in pipeline(text).ents]


def test_a_term_is_found_with_its_kind_and_its_own_name(loaded: Language) -> None:
    assert found(loaded, "is it the Runs") == [("the Runs", "symptom", "diarrhea")]


def test_a_misspelt_term_is_found(loaded: Language) -> None:
    assert found(loaded, "octreotidde") == [("octreotidde", "medication", "octreotide")]


@pytest.mark.parametrize("text", ["burning up", "in what parts of it", "reset it"])
def test_an_english_word_is_no_term_though_a_term_is_near(loaded: Language, text: str) -> None:
    assert found(loaded, text) == []


def test_what_is_read_from_disk_finds_the_same(built: Language, loaded: Language) -> None:
    for text in ("wheezing or heartburn", "my MRI in Paris", "burning parts", "psoriasis"):
        assert found(loaded, text) == found(built, text), text


@pytest.mark.parametrize("text", ["WHAT PARTS WONT RESET", "IT CANT", "i dont"])
def test_a_contraction_without_its_apostrophe_is_no_slip(loaded: Language, text: str) -> None:
    assert respell(loaded(text)) == text


def test_another_disease_is_found_as_one(loaded: Language) -> None:
    assert found(loaded, "psoriasis") == [("psoriasis", "other_disease", "psoriasis")]


def test_sentences_are_told_apart(loaded: Language) -> None:
    assert len(list(loaded("It is in my liver. What is up?").sents)) == 2


def test_an_empty_text_has_no_terms(loaded: Language) -> None:
    assert found(loaded, "") == []


def test_the_pipeline_is_written_where_it_is_asked_to(
    built: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "build_language", lambda: built)
    monkeypatch.setattr("sys.argv", ["nlu.language", str(tmp_path / "deep" / "folder")])
    language.main()
    assert (tmp_path / "deep" / "folder" / "meta.json").is_file()

from __future__ import annotations

import numpy as np
import pytest
import spacy
from rasa.nlu.constants import SPACY_DOCS
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.tokens import Doc, Span

from nlu.sentence_featurizer import (
    COLUMNS,
    MOST_SENTENCES,
    TERM_WEIGHT,
    is_beside_disease,
    split_parts,
    split_sentences,
    term_features,
)


def document(*terms: tuple[str, str]) -> Doc:
    """A document of one word for each term, its kind and its name."""
    doc = Doc(spacy.blank("en").vocab, words=["word"] * len(terms))
    doc.ents = [Span(doc, at, at + 1, label=entity, span_id=name) for at, (entity, name) in enumerate(terms)]
    return doc


@pytest.mark.parametrize(
    ("entity", "name", "on_the_page"),
    [
        ("symptom", "wheezing", True),
        ("symptom", "headache", False),
        ("medication", "octreotide", True),
        ("other_disease", "psoriasis", False),
    ],
)
def test_a_term_sets_the_column_of_its_kind_and_of_whether_the_page_names_it(
    entity: str, name: str, on_the_page: bool
) -> None:
    features = term_features(document((entity, name)))
    assert np.flatnonzero(features).tolist() == [COLUMNS[entity, on_the_page]]
    assert features.max() == np.float32(TERM_WEIGHT)


def test_several_terms_set_several_columns() -> None:
    features = term_features(document(("symptom", "wheezing"), ("test", "biopsy")))
    assert np.count_nonzero(features) == 2


def test_without_terms_or_text_no_column_is_set() -> None:
    assert not term_features(document()).any()
    assert not term_features(None).any()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "What are the symptoms, and which tests do you run?",
            ["What are the symptoms", "which tests do you run"],
        ),
        ("When do they operate? When is chemo used?", ["When do they operate", "When is chemo used"]),
        ("What are the symptoms?", []),
        ("surgery and chemo", []),
        ("Hi. What are the symptoms?", []),
        ("", []),
        ("how often is it given and " * 10, []),
    ],
)
def test_a_short_message_is_parted_where_it_may_ask_two_things(text: str, parts: list[str]) -> None:
    assert split_parts(text) == parts


def sentences_of(text: str) -> list[str]:
    language = spacy.blank("en")
    language.add_pipe("sentencizer")
    return [sentence.text.strip() for sentence in split_sentences(language(text))]


def test_a_message_of_several_sentences_is_split() -> None:
    assert sentences_of("We moved. How rare?") == ["We moved.", "How rare?"]


@pytest.mark.parametrize("text", ["", "How rare?", "How rare? ...", "it is late so how rare is it"])
def test_a_message_of_one_sentence_is_not_split(text: str) -> None:
    assert sentences_of(text) == []


def test_of_a_long_message_the_last_sentences_are_taken() -> None:
    sentences = [f"It was day {number}." for number in range(12)]
    assert sentences_of(" ".join(sentences)) == sentences[-MOST_SENTENCES:]


@pytest.mark.parametrize(
    ("terms", "words", "beside"),
    [
        ([("other_disease", "psoriasis")], "word", True),
        ([("other_disease", "psoriasis"), ("symptom", "wheezing")], "word", True),
        ([("other_disease", "psoriasis"), ("tumor_type", "paraganglioma")], "word", False),
        ([("other_disease", "psoriasis")], "NET", False),
        ([("symptom", "wheezing")], "word", False),
        ([], "word", False),
    ],
)
def test_a_message_is_beside_a_disease_that_it_names_without_a_net(
    terms: list[tuple[str, str]], words: str, beside: bool
) -> None:
    doc = Doc(spacy.blank("en").vocab, words=[*["word"] * len(terms), words])
    doc.ents = [Span(doc, at, at + 1, label=kind, span_id=name) for at, (kind, name) in enumerate(terms)]
    for token in doc:
        token.norm_ = token.lower_
    assert is_beside_disease(Message({TEXT: doc.text, SPACY_DOCS[TEXT]: doc})) is beside


def test_a_message_without_text_is_beside_no_disease() -> None:
    assert not is_beside_disease(Message({TEXT: ""}))

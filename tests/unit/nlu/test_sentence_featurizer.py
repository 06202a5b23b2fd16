from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc, Span

from nlu.sentence_featurizer import COLUMNS, TERM_WEIGHT, split_parts, term_features


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

from __future__ import annotations

import json

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from nlu.ngrams import WORD, NgramCounter

TEXTS = [
    "is it cancer",
    "is it a cancer",
    "what is this cancer",
    "is radiation daily",
    "radiation or chemo",
    "radiation and its effects",
]


def counter() -> NgramCounter:
    counter = NgramCounter(rare=2)
    counter.fit_count(TEXTS)
    return counter


def test_a_text_gets_the_numbers_of_scikit_learns_own_tf_idf() -> None:
    vectorizers = [
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True),
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=WORD),
    ]
    expected = np.hstack([v.fit(TEXTS).transform(TEXTS).toarray() for v in vectorizers])
    assert np.allclose(counter().count(TEXTS).toarray(), expected, atol=1e-5)
    assert np.allclose(NgramCounter(rare=2).fit_count(TEXTS).toarray(), expected, atol=1e-5)


def test_what_is_restored_from_json_counts_the_same() -> None:
    fitted = counter()
    restored = NgramCounter.restore(json.loads(json.dumps(fitted.state())))
    assert restored.size == fitted.size
    fresh = ["is radiation a cancer treatment", "something else"]
    difference = restored.count(fresh).toarray() - fitted.count(fresh).toarray()
    assert np.abs(difference).max() < 1e-4


def test_rare_ngrams_are_left_out() -> None:
    assert counter().count(["chemo"])[:, -_words() :].nnz == 0


def test_a_text_of_unknown_ngrams_and_an_empty_text_are_empty_rows() -> None:
    rows = counter().count(["", "zzz"])
    assert rows.shape == (2, counter().size)
    assert rows.nnz == 0


def test_fitting_again_forgets_the_first_texts() -> None:
    fitted = counter()
    fitted.count(["cancer"])
    fitted.fit_count(["apple pie", "apple tart", "an apple"])
    assert fitted.count(["cancer"]).nnz == 0
    assert fitted.count(["apple"]).nnz > 0


def _words() -> int:
    """The number of columns of words and pairs, the last ones."""
    state = counter().state()["words"]
    assert isinstance(state, dict)
    return len(state["ngrams"])

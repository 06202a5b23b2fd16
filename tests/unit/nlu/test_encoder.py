from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nlu.encoder import DIMENSIONS, SentenceEncoder


@pytest.fixture(scope="module")
def encoder(quick_encoder: Path) -> SentenceEncoder:
    return SentenceEncoder(quick_encoder)


def test_sentences_become_unit_vectors(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode(["What is a NET?", "radiation", ""])
    assert vectors.shape == (3, DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_similar_meanings_lie_closer_than_others(encoder: SentenceEncoder) -> None:
    doctor, physician, cake = encoder.encode(
        ["I need a doctor", "I am looking for a physician", "How do I bake a cake?"]
    )
    assert doctor @ physician > doctor @ cake + 0.2


def test_a_sentence_has_the_same_vector_alone_and_among_others(encoder: SentenceEncoder) -> None:
    sentences = ["Is it cancer?", "A much longer sentence about staging and what it is good for."]
    alone = np.concatenate([encoder.encode([sentence]) for sentence in sentences])
    assert np.array_equal(encoder.encode(sentences), alone)
    assert np.array_equal(encoder.encode(sentences, threads=2), alone)


def test_a_text_longer_than_the_encoder_reads_is_cut(encoder: SentenceEncoder) -> None:
    assert encoder.encode(["word " * 5000]).shape == (1, DIMENSIONS)


def test_no_sentences_give_no_vectors(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSIONS)

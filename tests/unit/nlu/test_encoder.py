from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from nlu.encoder import DIMENSIONS, EncoderError, SentenceEncoder, package_file

CONTENT = b"weights"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with one data file, that can be imported."""
    folder = tmp_path / "encoder_of_test"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "model.onnx").write_bytes(CONTENT)
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def test_a_file_with_the_right_hash_is_found(package: Path) -> None:
    assert package_file(package.name, "model.onnx", SHA256) == package / "model.onnx"


def test_an_altered_file_is_refused_with_both_hashes_and_what_to_do(package: Path) -> None:
    (package / "model.onnx").write_bytes(b"other weights")
    with pytest.raises(EncoderError, match=f"was altered.*expected {SHA256[:12]}.*make install"):
        package_file(package.name, "model.onnx", SHA256)


def test_a_missing_file_is_refused_with_what_to_do(package: Path) -> None:
    (package / "model.onnx").unlink()
    with pytest.raises(EncoderError, match=r"encoder_of_test/model.onnx is missing.*make install"):
        package_file(package.name, "model.onnx", SHA256)


def test_a_missing_package_is_refused_with_what_to_do() -> None:
    with pytest.raises(EncoderError, match="is missing: run `make install`"):
        package_file("no_such_package_of_test", "model.onnx", SHA256)


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
    together = encoder.encode(sentences)
    alone = np.concatenate([encoder.encode([sentence]) for sentence in sentences])
    # The weights are whole numbers: a batch rounds a little differently.
    assert np.min(np.sum(together * alone, axis=1)) > 0.98


def test_a_text_longer_than_the_encoder_reads_is_cut(encoder: SentenceEncoder) -> None:
    assert encoder.encode(["word " * 5000]).shape == (1, DIMENSIONS)


def test_no_sentences_give_no_vectors(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSIONS)

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from nlu.encoder import Vectors
from nlu.vector_cache import encode_cached


class CountingEncoder:
    """Encodes a text as its length, and knows what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], np.float32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "vectors.safetensors"


def test_each_text_is_encoded_once_and_then_known(path: Path) -> None:
    encoder = CountingEncoder()
    first = encode_cached(["one", "three", "one"], encoder, "this", path)
    again = encode_cached(["three", "one"], encoder, "this", path)
    assert encoder.asked == ["one", "three"]
    assert first[:, 0].tolist() == [3, 5, 3]
    assert again[:, 0].tolist() == [5, 3]


def test_only_new_texts_are_encoded(path: Path) -> None:
    encode_cached(["one"], CountingEncoder(), "this", path)
    encoder = CountingEncoder()
    assert encode_cached(["one", "seven"], encoder, "this", path)[:, 0].tolist() == [3, 5]
    assert encoder.asked == ["seven"]


def test_a_broken_file_is_ignored_and_written_anew(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no vectors at all")
    encoder = CountingEncoder()
    encode_cached(["one"], encoder, "this", path)
    encode_cached(["one"], encoder, "this", path)
    assert encoder.asked == ["one"]


def test_the_vectors_of_another_encoder_are_ignored(path: Path) -> None:
    encode_cached(["one"], CountingEncoder(), "this", path)
    encoder = CountingEncoder()
    encode_cached(["one"], encoder, "another", path)
    assert encoder.asked == ["one"]


def test_a_text_of_several_lines_is_kept(path: Path) -> None:
    encode_cached(["one\ntwo"], CountingEncoder(), "this", path)
    encoder = CountingEncoder()
    assert encode_cached(["one\ntwo"], encoder, "this", path)[0, 0] == 7
    assert encoder.asked == []

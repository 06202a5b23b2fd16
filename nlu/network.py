"""The network that reads a message: n-grams and sentence vector in, intent and passage out.

One hidden layer over the sum of n-gram vectors (as in fastText, Joulin et al. 2017) and the sentence
vector, with two outputs trained together: the intent, and the aim (the passage or matter asked for).
Trained with TensorFlow, which Rasa brings; answers with numpy alone, in a fraction of a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import scipy.sparse

Array = npt.NDArray[np.float32]
T = TypeVar("T")
U = TypeVar("U")
PARAMETERS = ("ngrams", "vector", "hidden_bias", "intent", "intent_vector", "intent_bias",
              "aim", "aim_vector", "aim_bias")  # fmt: skip


@dataclass(frozen=True)
class Training:
    """How to train; the defaults were chosen on the held-out set (docs/measuring.md)."""

    hidden: int = 256
    epochs: int = 12
    batch: int = 64
    learning_rate: float = 1e-3
    ngram_learning_rate: float = 0.02
    dropout: float = 0.5
    ngram_dropout: float = 0.1
    label_smoothing: float = 0.05
    aim_weight: float = 0.5
    seed: int = 7


def softmax(scores: Array) -> Array:
    """Probabilities along the last axis."""
    exponents = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Array = exponents / exponents.sum(axis=-1, keepdims=True)
    return result


class Network:
    """The trained network: `parameters` by name, as listed in PARAMETERS."""

    def __init__(self, parameters: dict[str, Array]) -> None:
        self.parameters = parameters

    def predict(self, ngrams: scipy.sparse.csr_matrix, vectors: Array) -> tuple[Array, Array]:
        """Probabilities of the intents and of the aims, one row a message."""
        p = self.parameters
        hidden = _summed(ngrams, p["ngrams"]) + vectors @ p["vector"] + p["hidden_bias"]
        hidden = np.maximum(hidden, 0)
        intents = hidden @ p["intent"] + vectors @ p["intent_vector"] + p["intent_bias"]
        aims = hidden @ p["aim"] + vectors @ p["aim_vector"] + p["aim_bias"]
        return softmax(intents), softmax(aims)


def _summed(ngrams: scipy.sparse.csr_matrix, vectors: Array) -> Array:
    """The weighted sum of n-gram vectors for each row; touches only the rows' own n-grams."""
    sums = np.zeros((ngrams.shape[0], vectors.shape[1]), np.float32)
    for row, (start, end) in enumerate(zip(ngrams.indptr[:-1], ngrams.indptr[1:], strict=True)):
        columns, weights = ngrams.indices[start:end], ngrams.data[start:end]
        sums[row] = weights.astype(np.float32) @ vectors[columns].astype(np.float32)
    return sums


def train(
    ngrams: scipy.sparse.csr_matrix,
    vectors: Array,
    intents: Sequence[int],
    aims: Sequence[int],
    how: Training = Training(),
    progress: Callable[[str], None] = lambda line: None,
) -> Network:
    """Trains a network on rows of n-gram weights and sentence vectors with their label numbers."""
    import tensorflow as tf

    tf.keras.utils.set_random_seed(how.seed)
    tf.config.experimental.enable_op_determinism()
    draw = np.random.RandomState(how.seed)
    sizes = {"intent": max(intents) + 1, "aim": max(aims) + 1}
    weights = {
        "ngrams": tf.random.normal((ngrams.shape[1], how.hidden), stddev=0.05),
        "vector": tf.random.normal((vectors.shape[1], how.hidden), stddev=0.05),
        "hidden_bias": tf.zeros(how.hidden),
    }
    for head, size in sizes.items():
        weights[head] = tf.random.normal((how.hidden, size), stddev=0.05)
        weights[f"{head}_vector"] = tf.zeros((vectors.shape[1], size))
        weights[f"{head}_bias"] = tf.zeros(size)
    variables = {name: tf.Variable(weights[name]) for name in PARAMETERS}
    dense = [variables[name] for name in PARAMETERS[1:]]
    adam = tf.keras.optimizers.legacy.Adam(how.learning_rate)
    # Adagrad touches only the n-grams of the batch; Adam would rewrite all of them at every step.
    squares = tf.Variable(tf.fill(weights["ngrams"].shape, 1e-6))

    def loss(head: str, hidden: tf.Tensor, vector: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
        scores = hidden @ variables[head] + vector @ variables[f"{head}_vector"]
        wanted = tf.one_hot(labels, sizes[head]) * (1 - how.label_smoothing)
        wanted += how.label_smoothing / sizes[head]
        scores += variables[f"{head}_bias"]
        return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(wanted, scores))

    @tf.function(reduce_retracing=True)
    def step(used, rows, vector, intent, aim):  # type: ignore[no-untyped-def]
        known = tf.gather(variables["ngrams"], used)
        with tf.GradientTape() as tape:
            tape.watch(known)
            summed = tf.sparse.sparse_dense_matmul(rows, known)
            hidden = summed + vector @ variables["vector"] + variables["hidden_bias"]
            hidden = tf.nn.dropout(tf.nn.relu(hidden), how.dropout)
            total = loss("intent", hidden, vector, intent)
            total += how.aim_weight * loss("aim", hidden, vector, aim)
        gradients = tape.gradient(total, [known, *dense])
        tf.raw_ops.ResourceSparseApplyAdagradV2(
            var=variables["ngrams"].handle,
            accum=squares.handle,
            lr=how.ngram_learning_rate,
            epsilon=1e-9,
            grad=gradients[0],
            indices=used,
        )
        adam.apply_gradients([(gradients[i + 1], dense[i]) for i in range(len(dense))])
        return total

    intent_rows, aim_rows = np.asarray(intents, np.int32), np.asarray(aims, np.int32)

    def prepare(rows: npt.NDArray[np.int64]) -> tuple[Any, ...]:
        batch = ngrams[rows]
        batch.data *= draw.rand(len(batch.data)) >= how.ngram_dropout
        used, columns = _numbered(batch.indices, ngrams.shape[1])
        places = np.stack([np.repeat(np.arange(len(rows)), np.diff(batch.indptr)), columns], axis=1)
        sparse = tf.SparseTensor(places, batch.data, (len(rows), len(used)))
        return tf.constant(used), sparse, vectors[rows], intent_rows[rows], aim_rows[rows]

    for epoch in range(how.epochs):
        order = draw.permutation(len(intent_rows))
        batches = [order[start : start + how.batch] for start in range(0, len(order), how.batch)]
        losses = [float(step(*prepared)) for prepared in _ahead(prepare, batches)]
        progress(f"epoch {epoch + 1}/{how.epochs}: loss {np.mean(losses):.3f}")
    trained = {name: variable.numpy() for name, variable in variables.items()}
    # By far the largest of them; half the digits give the same answers.
    trained["ngrams"] = trained["ngrams"].astype(np.float16)
    return Network(trained)


def _ahead(prepare: Callable[[T], U], items: Sequence[T]) -> Iterator[U]:
    """What is prepared of each item, while what was prepared of the one before is used."""
    with ThreadPoolExecutor(1) as pool:
        following = pool.submit(prepare, items[0])
        for item in items[1:]:
            ready, following = following, pool.submit(prepare, item)
            yield ready.result()
        yield following.result()


def _numbered(columns: npt.NDArray[np.int32], size: int) -> tuple[npt.NDArray[np.int64], ...]:
    """The different ones of these columns in their order, and the number of each column among them.

    As `np.unique` gives them, in a fifth of its time: of `size` columns none has to be sorted.
    """
    is_used = np.zeros(size, bool)
    is_used[columns] = True
    return np.flatnonzero(is_used), (np.cumsum(is_used) - 1)[columns]

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import scipy.sparse
from safetensors.numpy import load_file, save_file

from nlu.network import PARAMETERS, Array, Network, Training, softmax, train

# Two intents told by the n-grams, and for each two aims told by the vector.
INTENTS = [0, 0, 1, 1] * 16
AIMS = [0, 1, 2, 3] * 16
QUICK = Training(hidden=16, epochs=40, batch=8, learning_rate=0.02, ngram_learning_rate=0.1)


def toy_rows() -> tuple[scipy.sparse.csr_matrix, Array]:
    noise = np.random.RandomState(1).normal(0, 0.05, (len(INTENTS), 2)).astype(np.float32)
    ngrams = np.eye(2, dtype=np.float32)[INTENTS]
    vectors = np.eye(2, dtype=np.float32)[[aim % 2 for aim in AIMS]] + noise
    return scipy.sparse.csr_matrix(ngrams), vectors


@pytest.fixture(scope="module")
def network() -> Network:
    return train(*toy_rows(), INTENTS, AIMS, QUICK)


def test_it_learns_a_toy_problem(network: Network) -> None:
    intents, aims = network.predict(*toy_rows())
    assert intents.argmax(axis=1).tolist() == INTENTS
    assert aims.argmax(axis=1).tolist() == AIMS


def test_its_answers_are_probabilities(network: Network) -> None:
    for shares in network.predict(*toy_rows()):
        assert shares.min() >= 0
        assert np.allclose(shares.sum(axis=1), 1, atol=1e-5)


def test_it_answers_the_same_after_it_was_saved_and_loaded(network: Network, tmp_path: Path) -> None:
    save_file(network.parameters, tmp_path / "network.safetensors")
    loaded = Network(load_file(tmp_path / "network.safetensors"))
    assert set(loaded.parameters) == set(PARAMETERS)
    for before, after in zip(network.predict(*toy_rows()), loaded.predict(*toy_rows()), strict=True):
        assert np.array_equal(before, after)


def test_training_twice_gives_the_same_network(network: Network) -> None:
    again = train(*toy_rows(), INTENTS, AIMS, QUICK)
    for name in PARAMETERS:
        assert np.allclose(network.parameters[name], again.parameters[name], atol=1e-5), name


def test_training_tells_of_every_epoch() -> None:
    lines: list[str] = []
    train(*toy_rows(), INTENTS, AIMS, Training(hidden=4, epochs=2, batch=32), lines.append)
    assert [line.split(":")[0] for line in lines] == ["epoch 1/2", "epoch 2/2"]


def test_a_message_without_known_ngrams_is_read_by_its_vector(network: Network) -> None:
    _, vectors = toy_rows()
    intents, aims = network.predict(scipy.sparse.csr_matrix((1, 2), dtype=np.float32), vectors[:1])
    assert intents.shape == (1, 2) and aims.shape == (1, 4)
    assert np.isfinite(intents).all() and np.isfinite(aims).all()


def test_probabilities_of_huge_scores_do_not_overflow() -> None:
    assert np.allclose(softmax(np.array([[1000.0, 0.0]], np.float32)), [[1, 0]])

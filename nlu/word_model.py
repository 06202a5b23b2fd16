"""How likely words are: the project's own in a question and after another word, and English ones at all."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.strings import hash_string  # type: ignore[attr-defined]

# How much a word's own frequency weighs against what was seen after the word before it (a Dirichlet prior:
# MacKay and Peto 1995, "A Hierarchical Dirichlet Language Model").
PRIOR = 3.0
PAIR_SEEN_AT_LEAST = 2
SEPARATOR = " "


class WordModel:
    """Log-probabilities (natural) of words, from `counts` of words and of `pairs` of neighbours."""

    def __init__(self, counts: Mapping[str, int], pairs: Mapping[tuple[str, str], int]) -> None:
        self._counts = dict(counts)
        self._pairs = dict(pairs)
        self._total = sum(self._counts.values()) or 1

    @classmethod
    def of(cls, texts: Iterable[Sequence[str]], known: Iterable[str]) -> WordModel:
        """The model of the `known` words in these texts, each a list of lower-case words."""
        counts: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for words in texts:
            counts.update(words)
            pairs.update(zip(words[:-1], words[1:], strict=True))
        kept = set(known)
        return cls(
            {word: counts[word] or 1 for word in sorted(kept)},
            {pair: n for pair, n in pairs.items() if n >= PAIR_SEEN_AT_LEAST and kept.issuperset(pair)},
        )

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    @property
    def words(self) -> tuple[str, ...]:
        """All words of the model."""
        return tuple(self._counts)

    def likelihood(self, word: str, before: str | None = None) -> float:
        """The log-probability of a word of the model, after the word `before` when that is one too."""
        share = self._counts[word] / self._total
        seen = self._counts.get(before or "", 0)
        if not seen:
            return math.log(share)
        return math.log((self._pairs.get((before or "", word), 0) + PRIOR * share) / (seen + PRIOR))

    def state(self) -> dict[str, Any]:
        """What `restore` makes the same model of, as JSON values."""
        pairs = {SEPARATOR.join(pair): count for pair, count in self._pairs.items()}
        return {"counts": self._counts, "pairs": pairs}

    @classmethod
    def restore(cls, state: dict[str, Any]) -> WordModel:
        """The model that gave this state."""
        pairs = {tuple(pair.split(SEPARATOR)): count for pair, count in state["pairs"].items()}
        return cls(state["counts"], pairs)


class EnglishWords:
    """Log-probabilities (natural) of English words, by the words' hashes (spaCy keeps no more of them)."""

    def __init__(self, likelihoods: Mapping[int, float]) -> None:
        hashes = np.array(sorted(likelihoods), np.uint64)
        self._hashes: npt.NDArray[np.uint64] = hashes
        self._likelihoods: npt.NDArray[np.float16] = np.array(
            [likelihoods[int(word)] for word in hashes], np.float16
        )

    def likelihood(self, word: str) -> float:
        """The log-probability of this lower-case word, minus infinity when it is none of them."""
        at = int(np.searchsorted(self._hashes, np.uint64(hash_string(word))))
        found = at < len(self._hashes) and int(self._hashes[at]) == hash_string(word)
        return float(self._likelihoods[at]) if found else -math.inf

    @property
    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What `restore` makes the same words of."""
        return {"hashes": self._hashes, "likelihoods": self._likelihoods}

    @classmethod
    def restore(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> EnglishWords:
        """The words that gave these arrays."""
        words = cls({})
        words._hashes, words._likelihoods = arrays["hashes"], arrays["likelihoods"]
        return words

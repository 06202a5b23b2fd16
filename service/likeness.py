"""Which questions are the same as another one, or nearly."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from nlu.training_questions import ENTITY

# Two questions of which one has a word changed share this much of their three-letter pieces (cosine).
ALIKE = 0.9
MANY_WORDS = 6  # different ones, from which on near-duplicates are looked for


def plain(text: str) -> str:
    """The text in small letters and digits, without marks, with one space between words."""
    return " ".join(re.findall(r"[^\W_]+", ENTITY.sub(r"\1", text).lower()))


class Questions:
    """Known questions, to find those that a new one is like."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts: list[str] = []
        self._sizes: list[int] = []
        self._known: set[str] = set()
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for text in texts:
            self.add(text)

    def add(self, text: str) -> None:
        """Adds a known question."""
        words = plain(text)
        if words and words not in self._known:
            pieces = _pieces(words)
            for piece in pieces:
                self._holders[piece].append(len(self._texts))
            self._texts.append(words)
            self._sizes.append(len(pieces))
            self._known.add(words)

    def like(self, text: str) -> str:
        """The known question, in plain words, that this one is the same as or most like; else nothing."""
        words = plain(text)
        if words in self._known or len(set(words.split())) < MANY_WORDS:
            return words if words in self._known else ""
        pieces = _pieces(words)
        shared = Counter(number for piece in pieces for number in self._holders.get(piece, ()))
        alike = {n: count / math.sqrt(len(pieces) * self._sizes[n]) for n, count in shared.items()}
        best = max(alike, key=alike.__getitem__, default=-1)
        return self._texts[best] if best >= 0 and alike[best] >= ALIKE else ""


def _pieces(words: str) -> set[str]:
    padded = (f" {word} " for word in words.split())
    return {word[i : i + 3] for word in padded for i in range(len(word) - 2)}

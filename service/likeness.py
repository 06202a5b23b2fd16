"""Which questions are the same as another one, or nearly."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain

from nlu.training_questions import ENTITY

# Two questions of which one has a word changed share this much of their three-letter pieces (cosine).
ALIKE = 0.9
MANY_WORDS = 6  # different ones, from which on near-duplicates are looked for
SOME = 5  # of the rarest pieces must be shared; less than MANY_WORDS, each of which has a piece of its own


def plain(text: str) -> str:
    """The text in small letters and digits, without marks, with one space between words."""
    return " ".join(re.findall(r"[^\W_]+", ENTITY.sub(r"\1", text).lower()))


class Questions:
    """Known questions, to find those that a new one is like."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts: list[str] = []
        self._known: set[str] = set()
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for text in texts:
            self.add(text)

    def add(self, text: str) -> None:
        """Adds a known question."""
        words = plain(text)
        if words and words not in self._known:
            for piece in _pieces(words):
                self._holders[piece].append(len(self._texts))
            self._texts.append(words)
            self._known.add(words)

    def like(self, text: str) -> str:
        """The known question, in plain words, that this one is the same as or most like; else nothing."""
        words = plain(text)
        if words in self._known or len(set(words.split())) < MANY_WORDS:
            return words if words in self._known else ""
        pieces = _pieces(words)
        # Of n pieces one that is alike lacks so few (o shared ones are at least ALIKE * sqrt(n * o)) that it
        # has some of the rarest: few others have, so that few are compared in full.
        lacking = len(pieces) - math.ceil(ALIKE**2 * len(pieces) - 1e-9)
        holders = sorted((self._holders.get(piece, []) for piece in pieces), key=len)[: lacking + SOME]
        held = Counter(chain.from_iterable(holders))
        near = sorted(number for number, count in held.items() if count >= SOME)
        best, known = max(
            ((_likeness(pieces, _pieces(self._texts[n])), self._texts[n]) for n in near), default=(0.0, "")
        )
        return known if best >= ALIKE else ""


def _likeness(some: set[str], others: set[str]) -> float:
    """The cosine of the angle between two sets."""
    return len(some & others) / math.sqrt(len(some) * len(others))


def _pieces(words: str) -> set[str]:
    padded = (f" {word} " for word in words.split())
    return {word[i : i + 3] for word in padded for i in range(len(word) - 2)}

"""How much alike two questions are, by their letters and words alone.

Measured on declined questions whose matter is known, `groups` did better than the assistant's
sentence encoder (docs/console-building.md), which would also bring 240 MB into the website.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from service.likeness import plain

SAME_SUBJECT = 0.33  # cosine to the middle of a group, to join it
STEM = 5  # letters by which words are told apart: heredity, hereditary
# Words that say nothing of the subject.
COMMON = frozenset(Path(__file__).with_name("common_words.txt").read_text("utf-8").split())


class Rarity:
    """How rare a stem is in the questions that the assistant was trained on."""

    def __init__(self, texts: Iterable[str]) -> None:
        stems = [set(_stems(text)) for text in texts]
        self._total = len(stems) + 1
        self._spread = Counter(stem for found in stems for stem in found)

    def weight(self, stem: str) -> float:
        """Inverse document frequency; above 0."""
        return math.log(1 + self._total / (self._spread[stem] + 0.5))


def groups(texts: Sequence[str], rarity: Rarity) -> list[list[int]]:
    """Numbers of the texts that are about one subject, in the order of the first of each group.

    Words, cut to their stems and weighed by how rare they are; each text joins the group whose
    middle it is nearest to, or begins one. Given the oldest first, a group keeps its first text.
    """
    counts = [Counter(_stems(text)) for text in texts]
    found: list[list[int]] = []
    middles: list[dict[str, float]] = []
    lengths: list[float] = []
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, count in enumerate(counts):
        vector = _unit({s: (1 + math.log(n)) * rarity.weight(s) for s, n in count.items()})
        likeness: defaultdict[int, float] = defaultdict(float)
        for stem, weight in vector.items():
            for group in holders[stem]:
                likeness[group] += weight * middles[group][stem] / lengths[group]
        best = max(likeness, key=likeness.__getitem__, default=-1)
        if best < 0 or likeness[best] < SAME_SUBJECT:
            best = len(found)
            found.append([])
            middles.append({})
            lengths.append(0.0)
        found[best].append(number)
        middle = middles[best]
        # The vector has length 1, so the new length follows from the angle between the two.
        lengths[best] = math.sqrt(lengths[best] ** 2 + 2 * lengths[best] * likeness[best] + 1)
        for stem, weight in vector.items():
            if stem not in middle:
                middle[stem] = 0.0
                holders[stem].append(best)
            middle[stem] += weight
    return found


def _stems(text: str) -> list[str]:
    words = plain(text).split()
    telling = [word for word in words if word not in COMMON]
    return [word.removesuffix("s").removesuffix("ing")[:STEM] for word in telling or words]


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {key: weight / length for key, weight in vector.items()}

"""The training questions nearest to a message, to tell whether a doubtful alarm is like any known one.

A network is sure of itself even where it has seen nothing alike; the nearest neighbours are not (as in
deep k-nearest neighbours, Papernot and McDaniel 2018).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nlu.encoder import Vectors

ROWS_AT_ONCE = 4096
STEPS = 127  # of a vector's entry, which lies between -1 and 1, in the bank


@dataclass(frozen=True)
class Nearness:
    """How near a message lies to known alarms.

    `share` of alarms among the nearest questions; `lead`: the cosine to the nearest alarm less that to the
    nearest question that is none.
    """

    share: float
    lead: float


class QuestionBank:
    """Sentence vectors of training questions, and which of them are alarms."""

    def __init__(self, vectors: npt.NDArray[np.int8], alarms: npt.NDArray[np.bool_]) -> None:
        self._vectors = vectors
        self._alarms = alarms

    @classmethod
    def of(cls, vectors: Vectors, alarms: Sequence[bool]) -> QuestionBank:
        """The bank of these unit vectors, one row a question."""
        return cls(np.round(vectors * STEPS).astype(np.int8), np.asarray(alarms))

    @property
    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What the bank is stored as."""
        return {"vectors": self._vectors, "alarms": self._alarms}

    def nearness(self, vector: Vectors, nearest: int) -> Nearness:
        """How near this unit vector lies to alarms, reckoned from its `nearest` questions."""
        likeness = np.concatenate(list(self._likeness(vector)))
        first = np.argpartition(-likeness, nearest)[:nearest] if nearest < len(likeness) else slice(None)
        alarm = likeness[self._alarms].max(initial=-1)
        calm = likeness[~self._alarms].max(initial=-1)
        return Nearness(float(self._alarms[first].mean()), float(alarm - calm))

    def _likeness(self, vector: Vectors) -> Iterator[Vectors]:
        for start in range(0, len(self._vectors), ROWS_AT_ONCE):
            yield self._vectors[start : start + ROWS_AT_ONCE].astype(np.float32) @ (vector / STEPS)

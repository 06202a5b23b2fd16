"""Which outcome came where another was right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.run import Row


@dataclass(frozen=True)
class Confusion:
    """Rows that wanted one outcome and got another."""

    wanted: str
    got: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Matrix:
    """How often each outcome came (across) for each that was wanted (down), in one order of names."""

    names: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def most(self) -> int:
        """The largest count of a confusion."""
        off = (n for i, line in enumerate(self.counts) for j, n in enumerate(line) if i != j)
        return max(off, default=0)


def wanted_and_got(row: Row) -> tuple[str, str]:
    """The outcome that counts as wanted, and the one that counts as got.

    When it is right both are what came; else the first that was right, and the first that came.
    """
    both = [outcome for outcome in row.result.outcomes if outcome in row.question.expect]
    if both:
        return both[0], both[0]
    return row.question.expect[0], row.result.outcomes[0]


def matrix(rows: Sequence[Row]) -> Matrix:
    """The confusion matrix: sections first, then the other kinds."""
    pairs = Counter(wanted_and_got(row) for row in rows)
    names = sorted({name for pair in pairs for name in pair}, key=lambda n: (not n.startswith("answer:"), n))
    return Matrix(tuple(names), tuple(tuple(pairs[down, across] for across in names) for down in names))


def confusions(rows: Sequence[Row]) -> list[Confusion]:
    """The confusions, the most frequent first."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        wanted, got = wanted_and_got(row)
        if wanted != got:
            found.setdefault((wanted, got), []).append(row)
    worst = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [Confusion(wanted, got, tuple(of)) for (wanted, got), of in worst]

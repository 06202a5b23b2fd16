"""What it costs to type one word for another: the slips between them, each weighed by its kind."""

from __future__ import annotations

from nlu.typing_noise import NEIGHBOURS

# Letters written for each other by ear.
ALIKE = ("aeiouy", "cksz", "gj", "fv", "bp", "dt", "mn")
# In nats at one place of a word: two letters swapped, one lost, one doubled, the key beside it hit, another
# that sounds alike; and anything else. Chosen with the thresholds of nlu/spelling.py (docs/measuring.md).
SLIP, OTHER = 3.5, 5.5
FIRST_LETTER = 2.0  # more at the first letter, which people seldom miss
ONE_OF_TWO = -1.0  # less to lose one of two like letters


def slip_cost(typed: str, meant: str) -> float:
    """The least cost in nats of typing `typed` for `meant`; 0 when they are the same.

    Optimal string alignment (Damerau 1964) with the weights of a noisy channel (Kernighan, Church and Gale
    1990, "A spelling correction program based on a noisy channel model").
    """
    before: list[float] = []
    row = [0.0]
    for place in range(len(meant)):
        row.append(row[-1] + _lost(meant, place))
    for i, letter in enumerate(typed):
        new = [row[0] + _added(typed, i)]
        for j, wanted in enumerate(meant):
            cheapest = min(
                row[j] + _hit(letter, wanted, i), row[j + 1] + _added(typed, i), new[j] + _lost(meant, j)
            )
            if i and j and letter != wanted and (typed[i - 1], letter) == (wanted, meant[j - 1]):
                cheapest = min(cheapest, before[j - 1] + SLIP + _first(i - 1))
            new.append(cheapest)
        before, row = row, new
    return row[-1]


def _first(place: int) -> float:
    return FIRST_LETTER if place == 0 else 0.0


def _hit(typed: str, meant: str, place: int) -> float:
    if typed == meant:
        return 0.0
    beside = typed in NEIGHBOURS.get(meant, "")
    alike = any(typed in letters and meant in letters for letters in ALIKE)
    return (SLIP if beside or alike else OTHER) + _first(place)


def _lost(meant: str, place: int) -> float:
    of_two = place > 0 and meant[place] == meant[place - 1]
    return SLIP + (ONE_OF_TWO if of_two else _first(place))


def _added(typed: str, place: int) -> float:
    doubled = place > 0 and typed[place] == typed[place - 1]
    return SLIP if doubled else OTHER + _first(place)

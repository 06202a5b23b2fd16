"""The held-out questions typed in other ways by a seeded program: what slips and form cost.

It shares nothing with the slips of the training (nlu/typing_noise.py): the keys lie as on a phone, and any
letter can be hit, so that what was learned from the one is measured on another.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from tests.heldout import Question

SEED = 20261124
LONG_WORD = re.compile(r"[^\W\d_]{5,}")
ROWS = (("qwertyuiop", 0.0), ("asdfghjkl", 0.5), ("zxcvbnm", 1.5))  # a row's keys, and its indent in keys
REACH = 1.2  # keys: how far a thumb misses
# How often each slip happens: thumbs miss more than they hurry.
SLIPS = ("neighbour", "swap", "drop", "double")
SHARES = (4, 2, 2, 2)
FIRST_LETTER = 0.1  # of the slips: people seldom miss the first letter

ASIDES: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "heldout" / "asides.yml").read_text(encoding="utf-8")
)

Change = Callable[[str, random.Random], str]


def _places() -> dict[str, tuple[float, float]]:
    return {key: (at + indent, row) for row, (keys, indent) in enumerate(ROWS) for at, key in enumerate(keys)}


def neighbours() -> dict[str, str]:
    """For each letter those a thumb may hit in its place, by the distance of the keys."""
    places = _places()
    return {
        key: "".join(other for other in places if other != key and math.dist(place, places[other]) <= REACH)
        for key, place in places.items()
    }


NEIGHBOURS = neighbours()


def slip(word: str, draw: random.Random) -> str:
    """The word, of two letters or more, with one slip; never the same word."""
    at = 0 if draw.random() < FIRST_LETTER else draw.randrange(1, len(word))
    kind = draw.choices(SLIPS, SHARES)[0]
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[:at] + word[at] + word[at:]
    if kind == "swap":
        at = min(at, len(word) - 2)
        if word[at] != word[at + 1]:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    near = draw.choice(NEIGHBOURS.get(word[at].lower(), "e"))
    return word[:at] + (near.upper() if word[at].isupper() else near) + word[at + 1 :]


def typos(text: str, each: int, draw: random.Random) -> str:
    """The text with this many slips in every word of five letters or more."""

    def spoil(match: re.Match[str]) -> str:
        word = match.group()
        while True:
            spoilt = word
            for _ in range(each):
                spoilt = slip(spoilt, draw)
            if spoilt != word:
                return spoilt

    return LONG_WORD.sub(spoil, text)


SETS: dict[str, Change] = {
    "one typo a long word": lambda text, draw: typos(text, 1, draw),
    "two typos a long word": lambda text, draw: typos(text, 2, draw),
    "small letters": lambda text, draw: text.lower(),
    "capitals": lambda text, draw: text.upper(),
    "no punctuation": lambda text, draw: " ".join(re.sub(r"[^\w\s']", " ", text).replace("'", "").split()),
    "story before": lambda text, draw: f"{draw.choice(ASIDES['before'])} {text}",
    "story after": lambda text, draw: f"{text.rstrip()} {draw.choice(ASIDES['after'])}",
}


def robustness_set(questions: Sequence[Question], name: str) -> list[Question]:
    """The questions in this form, the same every time; raises KeyError for a set there is not.

    Each question draws for itself, so that a new one changes no other.
    """
    change = SETS[name]
    return [
        replace(question, text=change(question.text, random.Random(f"{SEED} {name} {question.text}")))
        for question in questions
    ]

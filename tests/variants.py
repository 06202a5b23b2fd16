"""The held-out questions typed in other ways by a seeded program: what slips and form cost."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from nlu.typing_noise import misspell_every_word
from tests.heldout import Question

SEED = 11
OPENINGS = (
    "Hi there, I hope this is the right place to ask. ",
    "Sorry if this has been asked before, I am new here. ",
    "Good morning. I have been reading your page for an hour now. ",
    "I am typing this on my phone, so bear with me. ",
)
CLOSINGS = (
    " Any information would be appreciated.",
    " I could not find it on the page myself.",
    " Please answer when you have a moment.",
    " My sister and I were just talking about it.",
)

Change = Callable[[str, random.Random], str]

VARIANTS: dict[str, Change] = {
    "one slip in every long word": lambda text, draw: misspell_every_word(text, 1, draw),
    "two slips in every long word": lambda text, draw: misspell_every_word(text, 2, draw),
    "small letters": lambda text, draw: text.lower(),
    "capitals": lambda text, draw: text.upper(),
    "no punctuation": lambda text, draw: re.sub(r"[^\w\s]", "", text),
    "wordy beginning": lambda text, draw: draw.choice(OPENINGS) + text,
    "wordy end": lambda text, draw: text + draw.choice(CLOSINGS),
}


def varied(questions: list[Question], variant: str) -> list[Question]:
    """The questions in this variant, the same every time; raises KeyError for an unknown one."""
    change = VARIANTS[variant]
    draw = random.Random(SEED)
    return [replace(question, text=change(question.text, draw)) for question in questions]

"""Typing slips, made by a seeded program: to train on, and to test with."""

from __future__ import annotations

import random
import re

NEIGHBOURS = {
    key: near
    for row in (
        "q:wa w:qes e:wrd r:etf t:ryg y:tuh u:yij i:uok o:ipl p:ol",
        "a:qsz s:awdx d:sefc f:drgv g:fthb h:gyjn j:hukm k:jil l:kop",
        "z:asx x:zsdc c:xdfv v:cfgb b:vghn n:bhjm m:njk",
    )
    for key, near in (pair.split(":") for pair in row.split())
}
LONG_WORD = re.compile(r"[A-Za-z]{5,}")
SLIPS = ("swap", "drop", "double", "neighbour")


def slip(word: str, draw: random.Random) -> str:
    """The word with one slip: two letters swapped, one dropped, doubled, or hit beside its key.

    The first letter stays, as it mostly does when people type.
    """
    at = draw.randrange(1, len(word) - 1)
    kind = draw.choice(SLIPS)
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[:at] + word[at] + word[at:]
    near = NEIGHBOURS.get(word[at].lower(), word[at])
    return word[:at] + draw.choice(near) + word[at + 1 :]


def misspell(text: str, slips: int, draw: random.Random) -> str:
    """The text with this many slips, each in a word of five letters or more while there are any."""
    for _ in range(slips):
        words = list(LONG_WORD.finditer(text))
        if not words:
            return text
        word = draw.choice(words)
        text = text[: word.start()] + slip(word.group(), draw) + text[word.end() :]
    return text


def retype(text: str, draw: random.Random) -> str:
    """The text as typed in a hurry on a phone: slips, and case, punctuation or spaces lost."""
    text = misspell(text, draw.choice((1, 1, 2, 3)), draw)
    if draw.random() < 0.5:
        text = text.lower()
    if draw.random() < 0.5:
        text = re.sub(r"[^\w\s]", "", text)
    if draw.random() < 0.15 and " " in text:
        spaces = [at for at, char in enumerate(text) if char == " "]
        at = draw.choice(spaces)
        text = text[:at] + text[at + 1 :]
    return text

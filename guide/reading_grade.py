"""The reading grade of a passage, in which the names that have to stay count as easy words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import textstat

from guide.model import Paragraph, Passage

NAMES_PATH = Path(__file__).parent.parent / "data" / "guide" / "names.txt"
EASY_WORD = "name"


def read_names(path: Path = NAMES_PATH) -> tuple[str, ...]:
    """The names in this file, one a line; empty lines and lines with `#` are left out.

    Raises OSError when the file cannot be read, UnicodeDecodeError when it is not UTF-8.
    """
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def prose(passage: Passage) -> str:
    """The paragraphs of the passage, each ended as a sentence, without its lists."""
    texts = [block.text for block in passage.blocks if isinstance(block, Paragraph)]
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in texts)


def reading_grade(text: str, names: Iterable[str]) -> float:
    """The Flesch-Kincaid grade of the text by textstat, each name counted as one easy word.

    A name counts in capitals or not, and in the plural; a text without words is grade 0.
    """
    easy = _name_pattern(names).sub(EASY_WORD, text)
    return float(textstat.flesch_kincaid_grade(easy)) if word_count(easy) else 0.0


def word_count(text: str) -> int:
    """How many words the text has, by textstat."""
    return int(textstat.lexicon_count(text))


def sentence_count(text: str) -> int:
    """How many sentences the text has, by textstat: one or two words ("Yes.") are none."""
    return int(textstat.sentence_count(text)) if word_count(text) else 0


def _name_pattern(names: Iterable[str]) -> re.Pattern[str]:
    # The longest first, so that "lung NET" is one name and not a word and a name.
    longest_first = sorted(names, key=len, reverse=True)
    choices = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{choices})s?(?!\w)" if choices else r"(?!)", re.IGNORECASE)

"""Spelling: a misspelt word becomes the known word it most likely was.

No `from __future__ import annotations` here: spaCy reads the factory's annotations as types.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from spacy.language import Language
from spacy.matcher.levenshtein import levenshtein  # type: ignore[import-not-found]
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc, Token

# A slip or two leaves a long word recognisable; a short one becomes another word.
LETTERS_FOR_ONE_SLIP, LETTERS_FOR_TWO_SLIPS = 5, 8
TITLES = {"dr", "dr.", "doctor", "mr", "mr.", "ms", "ms.", "mrs", "mrs.", "nurse"}

Token.set_extension("corrected", default=False)


class Speller:
    """Corrects words that are no English words to the nearest of the words this project uses.

    A word for which `is_english` holds is never corrected; `vocabulary` are the words to correct to,
    the commoner first.
    """

    def __init__(self, is_english: Callable[[str], bool], vocabulary: Iterable[str]) -> None:
        words = [word for word in vocabulary if len(word) >= LETTERS_FOR_ONE_SLIP - 1]
        self._is_english = is_english
        self._known = set(words)
        self._by_letter: dict[str, list[str]] = {}
        for word in dict.fromkeys(words):
            self._by_letter.setdefault(word[0], []).append(word)

    def correct(self, word: str) -> str | None:
        """The word meant by this lower-case word, or None when it is known or nothing is near."""
        slips = slips_allowed(word)
        if not slips or not word.isalpha() or word in self._known or self._is_english(word):
            return None
        nearest: tuple[int, str] | None = None
        for candidate in self._by_letter.get(word[0], ()):
            if abs(len(candidate) - len(word)) > slips:
                continue
            distance = 1 if _swapped(word, candidate) else levenshtein(word, candidate, slips)
            if distance <= slips and (nearest is None or distance < nearest[0]):
                nearest = distance, candidate
        return nearest[1] if nearest else None


def slips_allowed(word: str) -> int:
    """How many slips a word of this length may have and still be taken for another."""
    if len(word) < LETTERS_FOR_ONE_SLIP:
        return 0
    return 1 if len(word) < LETTERS_FOR_TWO_SLIPS else 2


def _swapped(word: str, other: str) -> bool:
    """Whether two neighbouring letters changed places."""
    if len(word) != len(other):
        return False
    at = [i for i, (a, b) in enumerate(zip(word, other, strict=True)) if a != b]
    return len(at) == 2 and at[1] == at[0] + 1 and word[at[0]] == other[at[1]] and word[at[1]] == other[at[0]]


class SpellingPipe:
    """Sets the norm of a misspelt token to the word meant, and marks the token as corrected."""

    def __init__(self, english: Iterable[int] = (), vocabulary: Iterable[str] = ()) -> None:
        """`english` are the hashes of English words (spaCy keeps no more of them)."""
        self._english = frozenset(english)
        self._vocabulary = list(vocabulary)
        self._speller = Speller(lambda word: hash_string(word) in self._english, self._vocabulary)

    def __call__(self, doc: Doc) -> Doc:
        """The document with the norms of its misspelt tokens set."""
        for token in doc:
            word = token.lower_
            if token.i and doc[token.i - 1].lower_ in TITLES and token.is_title:
                continue
            if meant := self._speller.correct(word):
                token.norm_ = meant
                token._.corrected = True
            else:
                token.norm_ = word
        return doc

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:
        """Writes the words."""
        path.mkdir(parents=True, exist_ok=True)
        words = {"english": sorted(self._english), "vocabulary": self._vocabulary}
        (path / "words.json").write_text(json.dumps(words), encoding="utf-8")

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> "SpellingPipe":
        """Reads the words."""
        words = json.loads((path / "words.json").read_text(encoding="utf-8"))
        self.__init__(**words)  # type: ignore[misc]
        return self


@Language.factory("spelling")
def create_spelling_pipe(nlp: Language, name: str) -> SpellingPipe:
    """An empty pipe, to be filled by `from_disk`."""
    return SpellingPipe()


def respell(doc: Doc) -> str:
    """The text of the document with its misspelt words corrected, else as it was typed."""
    return "".join((token.norm_ if token._.corrected else token.text) + token.whitespace_ for token in doc)

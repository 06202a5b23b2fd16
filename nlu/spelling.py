"""Spelling: a misspelt word becomes the known word it most likely was, by its slips and its neighbours.

No `from __future__ import annotations` here: spaCy reads the factory's annotations as types.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA
from safetensors.numpy import load_file, save_file
from spacy.language import Language
from spacy.tokens import Doc, Token

from nlu.slips import slip_cost
from nlu.word_model import EnglishWords, WordModel

TITLES = {"dr", "dr.", "doctor", "mr", "mr.", "ms", "ms.", "mrs", "mrs.", "nurse"}
# The most slips that a word of so many letters is taken to have.
SLIPS_ALLOWED = {4: 1, 5: 2, 6: 2, 7: 2, 8: 2}
SLIPS_IN_LONG_WORDS, LONGEST_WORD = 3, 30
# Log-probabilities: an English word above the first is left alone, a rarer one may be a slip; a word that is
# none, and a name (a capital within a sentence), may be just what they are.
SURELY_ENGLISH, UNKNOWN, NAME = -14.0, -24.0, -18.0
SPACE_LOST = 6.0  # nats
MOST_CANDIDATES, MOST_READINGS = 40, 6

Token.set_extension("corrected", default=False)


@dataclass(frozen=True)
class _Reading:
    """A way to read a text so far: the corrections, the word read last, and how likely all of it is."""

    likelihood: float
    meant: tuple[str | None, ...] = ()
    last: str | None = None


class Speller:
    """Corrects words that are neither `english` nor of the `model`'s to words of the model."""

    def __init__(self, english: EnglishWords, model: WordModel) -> None:
        self._english = english
        self._model = model
        self._candidates = [word for word in model.words if len(word) >= min(SLIPS_ALLOWED)]

    def correct(self, words: Sequence[str], names: Sequence[bool] = ()) -> list[str | None]:
        """For each lower-case word of a text the one that was meant, None where it stands as it is.

        `names` says which words are written like names. Words are weighed together, by the likeliest reading
        of the whole text (a Viterbi search that keeps the best few).
        """
        stands = [self._stands(word) for word in words]
        if all(stands):
            return [None] * len(words)
        readings = [_Reading(0.0)]
        for word, stays, is_name in zip(words, stands, names or [False] * len(words), strict=True):
            if stays:
                readings = [self._read(reading, word) for reading in readings]
                continue
            choices = self._choices(word, NAME if is_name else UNKNOWN)
            found = [max((self._take(r, *choice) for r in readings), key=_likelihood) for choice in choices]
            readings = sorted(found, key=_likelihood, reverse=True)[:MOST_READINGS]
        return list(max(readings, key=_likelihood).meant)

    def _stands(self, word: str) -> bool:
        return (
            not (word.isalpha() and word.isascii())
            or not min(SLIPS_ALLOWED) <= len(word) <= LONGEST_WORD
            or word in self._model
            or self._english.likelihood(word) > SURELY_ENGLISH
        )

    def _choices(self, word: str, unknown: float) -> list[tuple[tuple[str, ...], float]]:
        """What the word may have been, and how likely it is then typed like this; nothing: it stands."""
        slips = SLIPS_ALLOWED.get(len(word), SLIPS_IN_LONG_WORDS)
        near = process.extract(
            word, self._candidates, scorer=OSA.distance, score_cutoff=slips, limit=MOST_CANDIDATES
        )
        choices: list[tuple[tuple[str, ...], float]] = [
            ((meant,), -slip_cost(word, meant)) for meant, _, _ in near
        ]
        halves = ((word[:at], word[at:]) for at in range(1, len(word)))
        choices += [(two, -SPACE_LOST) for two in halves if two[0] in self._model and two[1] in self._model]
        return [*choices, ((), max(unknown, self._english.likelihood(word)))]

    def _read(self, reading: _Reading, word: str) -> _Reading:
        known = word in self._model
        more = self._model.likelihood(word, reading.last) if known else 0.0
        return _Reading(reading.likelihood + more, (*reading.meant, None), word if known else None)

    def _take(self, reading: _Reading, meant: tuple[str, ...], typed: float) -> _Reading:
        likelihood, last = reading.likelihood + typed, reading.last
        for word in meant:
            likelihood += self._model.likelihood(word, last)
            last = word
        return _Reading(likelihood, (*reading.meant, " ".join(meant) or None), last if meant else None)


def _likelihood(reading: _Reading) -> float:
    return reading.likelihood


class SpellingPipe:
    """Sets the norm of a misspelt token to the word meant, and marks the token as corrected."""

    def __init__(self, english: EnglishWords, model: WordModel) -> None:
        self._english = english
        self._model = model
        self._speller = Speller(english, model)

    def __call__(self, doc: Doc) -> Doc:
        """The document with the norms of its misspelt tokens set."""
        words = [token.lower_ for token in doc]
        for token, meant in zip(doc, self._speller.correct(words, _names(doc)), strict=True):
            titled = token.i > 0 and doc[token.i - 1].lower_ in TITLES and token.is_title
            token.norm_ = token.lower_ if meant is None or titled else meant
            token._.corrected = token.norm_ != token.lower_
        return doc

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:
        """Writes the words."""
        path.mkdir(parents=True, exist_ok=True)
        (path / "words.json").write_text(json.dumps(self._model.state()), encoding="utf-8")
        save_file(self._english.arrays, path / "english.safetensors")

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> "SpellingPipe":
        """Reads the words."""
        state: dict[str, Any] = json.loads((path / "words.json").read_text(encoding="utf-8"))
        english = EnglishWords.restore(load_file(path / "english.safetensors"))
        self.__init__(english, WordModel.restore(state))  # type: ignore[misc]
        return self


def _names(doc: Doc) -> list[bool]:
    """Which tokens are written like names: a capital and small letters, within a sentence."""
    after_end = [True, *(token.text in ".?!:;" for token in doc)]
    return [token.is_title and not first for token, first in zip(doc, after_end, strict=False)]


@Language.factory("spelling")
def create_spelling_pipe(nlp: Language, name: str) -> SpellingPipe:
    """An empty pipe, to be filled by `from_disk`."""
    return SpellingPipe(EnglishWords({}), WordModel({}, {}))


def respell(doc: Doc) -> str:
    """The text of the document with its misspelt words corrected, else as it was typed."""
    return "".join((token.norm_ if token._.corrected else token.text) + token.whitespace_ for token in doc)

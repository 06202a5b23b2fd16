"""Builds what the assistant reads language with: a spaCy pipeline from its own words, and the encoder."""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from rapidfuzz.distance import OSA
from spacy.language import Language
from spacy.lookups import load_lookups
from spacy.strings import hash_string  # type: ignore[attr-defined]

from guide.reader import read_guide
from nlu.encoder import PATH
from nlu.encoder_file import make_encoder
from nlu.spelling import SpellingPipe
from nlu.terms import OTHER_DISEASE, Term, read_other_diseases, read_terms
from nlu.training_questions import TRAINING_DATA, training_questions
from nlu.word_model import EnglishWords, WordModel

FOLDER = Path("var/language")
WORD = re.compile(r"[a-z]+")
# Log-probabilities of words in spacy-lookups-data (from Reddit comments): above the first a word may be
# English; above the second it may be what a misspelt word is corrected to.
ENGLISH_ABOVE, CORRECT_TO_ABOVE = -17.0, -15.5
SEEN_AT_LEAST = 2
MISSPELT_FROM, MISSPELT_BY = 6, 2  # letters, slips


def build_language(training_data: Path = TRAINING_DATA) -> Language:
    """A blank English pipeline with spelling, sentences, lookup lemmas and the terms as entities.

    An entity's label is its kind (`symptom`), its id the term's name (`wheezing`).
    """
    language = spacy.blank("en")
    language.add_pipe("spelling")
    language.add_pipe("sentencizer")
    language.add_pipe("lemmatizer", config={"mode": "lookup"})
    # spaCy's next entity ruler; the present one keeps a document of every pattern.
    ruler = language.add_pipe("future_entity_ruler", config={"phrase_matcher_attr": "NORM"})
    language.initialize()
    words = language.pipe_names.index("spelling")
    # In capitals the tokenizer does not know them, and "WONT" is no slip of "want".
    contractions = {word for word in language.Defaults.tokenizer_exceptions if WORD.fullmatch(word)}
    language._components[words] = ("spelling", SpellingPipe(*_words(training_data, contractions)))
    ruler.add_patterns(list(_patterns()))  # type: ignore[attr-defined]
    return language


def _patterns() -> Iterator[dict[str, Any]]:
    for term in read_terms():
        for words in dict.fromkeys((term.name.lower(), *term.words)):
            yield {"label": term.entity, "id": term.name, "pattern": words}
    for name in read_other_diseases():
        yield {"label": OTHER_DISEASE, "id": name, "pattern": name}


def _words(training_data: Path, contractions: set[str]) -> tuple[EnglishWords, WordModel]:
    """English words, and how likely the project's own are: what a misspelt word may have been."""
    likelihood = load_lookups("en", ["lexeme_prob"]).get_table("lexeme_prob")
    texts = [WORD.findall(text.lower()) for _, text in training_questions(training_data)]
    counts = Counter(word for words in texts for word in words)

    def is_common(word: str) -> bool:
        return float(likelihood.get(word, -math.inf)) > CORRECT_TO_ABOVE

    seen = {word for word, count in counts.items() if count >= SEEN_AT_LEAST and is_common(word)}
    guide = {w for p in read_guide().passages.values() for w in WORD.findall(p.text.lower())}
    terms = {
        word
        for term in read_terms()
        for name in (term.name, *(w for w in term.words if term.passage))
        for word in WORD.findall(name.lower())
        if name == term.name or is_common(word)
    }
    # The ruler spells its patterns as it does messages: no word of a term may be corrected away, but for
    # those that are the term's own words misspelt.
    named = {word for pattern in _patterns() for word in WORD.findall(pattern["pattern"])}
    named -= {word for term in read_terms() for word in _misspelt(term) if not is_common(word)}
    english = {word: known for word, known in likelihood.items() if known > ENGLISH_ABOVE}
    english |= {hash_string(word): 0.0 for word in named | contractions}
    return EnglishWords(english), WordModel.of(texts, seen | guide | terms)


def _misspelt(term: Term) -> set[str]:
    """The words listed for the term that are one of its name's, long, with a slip or two."""
    right = {word for word in WORD.findall(term.name.lower()) if len(word) >= MISSPELT_FROM}
    listed = {word for name in term.words for word in WORD.findall(name.lower())}
    return {word for word in listed for other in right if 0 < OSA.distance(word, other) <= MISSPELT_BY}


def main() -> None:
    """Writes the pipeline and the encoder to var/language, where config.yml loads them from."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.parent.mkdir(parents=True, exist_ok=True)
    build_language().to_disk(folder)
    make_encoder(folder / PATH.name)


if __name__ == "__main__":
    main()

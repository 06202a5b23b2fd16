from __future__ import annotations

from collections import Counter

from guide.reader import read_guide
from nlu.terms import ENTITIES, read_other_diseases, read_terms

TERMS = read_terms()


def test_every_kind_of_entity_has_terms() -> None:
    assert {term.entity for term in TERMS} == set(ENTITIES)


def test_a_term_stands_in_a_passage_of_the_guide_or_in_none() -> None:
    passages = read_guide().passages
    assert [t.name for t in TERMS if t.passage and t.passage not in passages] == []


def test_no_term_is_listed_twice() -> None:
    counts = Counter((term.entity, term.name) for term in TERMS)
    assert [name for name, count in counts.items() if count > 1] == []


def test_no_words_name_two_terms_of_one_kind() -> None:
    owners: dict[tuple[str, str], set[str]] = {}
    for term in TERMS:
        for words in (term.name.lower(), *term.words):
            owners.setdefault((term.entity, words), set()).add(term.name)
    assert {words: names for words, names in owners.items() if len(names) > 1} == {}


def test_words_are_small_letters_as_they_are_matched() -> None:
    assert [words for term in TERMS for words in term.words if words != words.lower()] == []


def test_no_other_disease_is_a_kind_of_net() -> None:
    listed = {
        words
        for term in TERMS
        if term.entity == "tumor_type" and term.passage
        for words in (term.name.lower(), *term.words)
    }
    assert listed & set(read_other_diseases()) == set()

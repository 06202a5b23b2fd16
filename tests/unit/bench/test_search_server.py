from __future__ import annotations

from pathlib import Path

from bench.search_server import find_by_meaning, find_by_words

TEXTS = ["Is flushing a symptom? The face turns red.", "How is an octreotide shot given?", "What is grade?"]


def test_words_find_the_text_that_shares_them() -> None:
    find = find_by_words(TEXTS)
    assert [find(message) for message in ("octreotide shot", "symptom of the face", "grade")] == [1, 0, 2]


def test_a_message_that_shares_no_word_finds_some_text_all_the_same() -> None:
    assert find_by_words(TEXTS)("zzz") in range(3)


def test_meaning_finds_a_text_without_shared_words(quick_encoder: Path) -> None:
    find = find_by_meaning(TEXTS, quick_encoder)
    assert find("my cheeks go crimson") == 0

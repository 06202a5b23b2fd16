from __future__ import annotations

from pathlib import Path

import pytest

from guide.model import Block, BulletList, Paragraph, Passage
from guide.reader import read_guide
from guide.reading_grade import (
    prose,
    read_names,
    reading_grade,
    sentence_count,
    word_count,
)

EASY = "The doctor will use name for you."


def passage(*blocks: Block) -> Passage:
    return Passage("some-id", "overview", "Some question?", blocks, 1)


def test_a_name_counts_as_one_easy_word() -> None:
    text = "The doctor will use octreotide for you."
    assert reading_grade(text, ["octreotide"]) == reading_grade(EASY, [])
    assert reading_grade(text, ["octreotide"]) < reading_grade(text, [])


@pytest.mark.parametrize(
    "text",
    [
        "The doctor will use Somatostatin Analogs for you.",
        "The doctor will use somatostatin\nanalog for you.",
    ],
)
def test_a_name_of_several_words_counts_in_capitals_in_the_plural_and_across_lines(
    text: str,
) -> None:
    assert reading_grade(text, ["somatostatin analog"]) == reading_grade(EASY, [])


def test_the_longest_name_counts_whichever_stands_first_in_the_list() -> None:
    text = "The doctor will use radiation therapy for you."
    assert reading_grade(text, ["radiation", "radiation therapy"]) == reading_grade(EASY, [])


def test_a_name_inside_another_word_does_not_count() -> None:
    text = "The doctor will use immunocompromised for you."
    assert reading_grade(text, ["immuno", "net"]) == reading_grade(text, [])


def test_a_name_is_taken_as_it_is_written_and_not_as_a_pattern() -> None:
    text = "The doctor will use gastrointestinal (GI) NETs for you."
    assert reading_grade(text, ["gastrointestinal (GI) NET"]) == reading_grade(EASY, [])


def test_shorter_sentences_read_at_a_lower_grade() -> None:
    long = "The doctor looks at the scan, the blood and the notes, and then tells you what is next."
    short = "The doctor looks at the scan. The doctor looks at the blood. You are told what is next."
    assert reading_grade(short, []) < reading_grade(long, [])


def test_a_text_without_words_is_grade_zero() -> None:
    assert reading_grade("", ["octreotide"]) == 0.0


def test_prose_leaves_lists_out_and_ends_each_paragraph_as_a_sentence() -> None:
    measured = passage(Paragraph("They include:"), BulletList(("MRI",)), Paragraph("Ask us."))
    assert prose(measured) == "They include:. Ask us."


def test_two_paragraphs_are_two_sentences() -> None:
    measured = passage(Paragraph("The tests may include:"), Paragraph("A doctor looks at you."))
    assert sentence_count(prose(measured)) == 2


def test_a_passage_with_nothing_but_a_list_has_no_prose() -> None:
    assert prose(passage(BulletList(("MRI", "Biopsy")))) == ""


def test_words_and_sentences_are_counted_and_a_bare_yes_is_no_sentence() -> None:
    text = "Yes. It can help you. It may be mild."
    assert (word_count(text), sentence_count(text)) == (9, 2)


def test_an_empty_text_has_no_sentence() -> None:
    assert sentence_count("") == 0


def test_names_are_read_one_a_line_without_comments_and_empty_lines(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("# Drugs\noctreotide\n\n  Gallium 68  \n", encoding="utf-8")
    assert read_names(path) == ("octreotide", "Gallium 68")


def test_a_names_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"names\.txt"):
        read_names(tmp_path / "names.txt")


def test_every_name_that_counts_as_easy_stands_in_the_guide() -> None:
    passages = read_guide().passages.values()
    text = "\n".join(f"{p.question}\n{p.text}" for p in passages).lower()
    assert [name for name in read_names() if name.lower() not in text] == []

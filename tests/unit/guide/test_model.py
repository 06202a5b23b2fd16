from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from guide.model import BulletList, Guide, Paragraph, Passage, Section

TESTS = Passage(
    id="tests-list",
    topic="diagnosis",
    question="Which tests?",
    blocks=(
        Paragraph("The tests include:"),
        BulletList(("MRI", "Biopsy")),
        Paragraph("Also:"),
        BulletList(("X-ray",)),
    ),
    line=9,
)
WHY = Passage("tests-why", "diagnosis", "Why?", (Paragraph("To be sure."),), 20)
RARE = Passage("rare", "overview", "How rare?", (Paragraph("Very."),), 4)
GUIDE = Guide(
    title="NETs",
    practice="The Practice",
    source="https://example.org/nets",
    reviewed=date(2026, 11, 23),
    sections=(
        Section("overview", "What NETs are", (RARE,), 3),
        Section("diagnosis", "Finding NETs", (TESTS, WHY), 8),
    ),
)


def test_a_passage_gives_the_items_of_all_its_lists() -> None:
    assert TESTS.items == ("MRI", "Biopsy", "X-ray")


def test_a_passage_without_a_list_has_no_items() -> None:
    assert WHY.items == ()


def test_a_passage_as_text_has_a_list_item_a_line() -> None:
    assert TESTS.text == "The tests include:\n- MRI\n- Biopsy\nAlso:\n- X-ray"


def test_a_guide_finds_a_passage_by_its_id_in_the_order_of_the_page() -> None:
    assert GUIDE.passages["tests-why"] is WHY
    assert list(GUIDE.passages) == ["rare", "tests-list", "tests-why"]


def test_a_guide_finds_a_section_by_its_topic() -> None:
    assert GUIDE.by_topic["diagnosis"].title == "Finding NETs"


def test_a_passage_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        WHY.question = "Why not?"  # type: ignore[misc]

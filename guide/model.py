"""What a guide is made of: sections of passages of blocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

TOPICS = (
    "overview",
    "types",
    "symptoms",
    "diagnosis",
    "staging",
    "treatment_overview",
    "watchful_waiting",
    "surgery",
    "liver_directed",
    "hormonal_therapy",
    "chemotherapy",
    "targeted_therapy",
    "biological_therapy",
    "radiation",
    "clinical_trials",
    "appointment",
)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text."""

    text: str


@dataclass(frozen=True)
class BulletList:
    """A list of plain items."""

    items: tuple[str, ...]


Block = Paragraph | BulletList


@dataclass(frozen=True)
class Passage:
    """One fact of the guide: a question a visitor may ask, and the blocks that answer it."""

    id: str
    topic: str
    question: str
    blocks: tuple[Block, ...]
    line: int

    @property
    def items(self) -> tuple[str, ...]:
        """All list items of the passage."""
        lists = (block.items for block in self.blocks if isinstance(block, BulletList))
        return tuple(item for items in lists for item in items)

    @property
    def text(self) -> str:
        """The passage as plain text, a list item a line."""
        return "\n".join(
            block.text if isinstance(block, Paragraph) else "\n".join(f"- {x}" for x in block.items)
            for block in self.blocks
        )


@dataclass(frozen=True)
class Section:
    """One section of the page: a topic id, a title and its passages, the most general first."""

    topic: str
    title: str
    passages: tuple[Passage, ...]
    line: int


@dataclass(frozen=True)
class Guide:
    """The whole guide; `source` is the page's address, `reviewed` when a clinician last read it."""

    title: str
    practice: str
    source: str
    reviewed: date
    sections: tuple[Section, ...]

    @cached_property
    def passages(self) -> dict[str, Passage]:
        """Every passage by its id, in the order of the page."""
        return {p.id: p for section in self.sections for p in section.passages}

    @cached_property
    def by_topic(self) -> dict[str, Section]:
        """Every section by its topic id."""
        return {section.topic: section for section in self.sections}

"""The held-out questions and dialogues, as tests/heldout has them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.located import LINE, FormatError, read_entries, texts

FOLDER = Path("tests/heldout")
QUESTIONS = FOLDER / "questions.yml"
DIALOGUES = FOLDER / "dialogues.yml"
DIALOGUE = "dialogue"


@dataclass(frozen=True)
class Question:
    """A visitor's message, every outcome that is right for it, and where it stands.

    A turn of a dialogue is of the group `dialogue`; its style is what it is to the turn before it.
    `words` are those of which an answer must show one.
    """

    text: str
    expect: tuple[str, ...]
    group: str
    style: str
    place: str
    passage: str | None = None
    words: tuple[str, ...] = ()

    @property
    def covered(self) -> bool:
        """Whether the guide answers it."""
        return self.group == "inscope"


@dataclass(frozen=True)
class Dialogue:
    """A conversation, message by message."""

    name: str
    turns: tuple[Question, ...]


def read_questions(path: Path = QUESTIONS) -> list[Question]:
    """All questions; raises FormatError for one without text, expected outcome, group or style."""
    questions = []
    for entry in read_entries(path):
        place = f"{path}:{entry[LINE]}"
        try:
            questions.append(
                Question(
                    text=entry["text"],
                    expect=texts(entry["expect"]),
                    group=entry["group"],
                    style=entry["style"],
                    place=place,
                    passage=entry.get("passage"),
                )
            )
        except KeyError as error:
            raise FormatError(f"{place}: the question has no {error}: add it") from None
    return questions


def read_dialogues(path: Path = DIALOGUES) -> list[Dialogue]:
    """All dialogues; raises FormatError for one that lacks a name, text or expected outcome."""
    dialogues = []
    for entry in read_entries(path):
        try:
            turns = tuple(
                Question(
                    text=turn["user"],
                    expect=texts(turn["expect"]),
                    group=DIALOGUE,
                    style=turn["kind"],
                    place=f"{path}:{turn[LINE]}",
                    words=texts(turn.get("contains_any", [])),
                )
                for turn in entry["turns"]
            )
            dialogues.append(Dialogue(entry["dialogue"], turns))
        except KeyError as error:
            raise FormatError(f"{path}:{entry[LINE]}: the dialogue has no {error}: add it") from None
    return dialogues

"""Rows made by hand."""

from __future__ import annotations

from tests.assistant import Said, Weighed
from tests.heldout import Question
from tests.run import Row


def row(
    text: str,
    expect: str,
    got: str,
    group: str = "inscope",
    confidence: float = 0.5,
    weighed: Weighed | None = None,
    passages: tuple[str, ...] = (),
) -> Row:
    """A row that wanted and got these outcomes."""
    kind, _, name = got.partition(":")
    topics = (name,) if kind == "answer" else ()
    said = Said(
        kind, f"About {text} <b>", None if topics else name or None, topics, passages,
        intent=name or kind, confidence=confidence, weighed=weighed,
    )  # fmt: skip
    question = Question(
        text, tuple(expect.split()), group, "plain", f"file:{text}", passages[0] if passages else None
    )
    return Row(question, said)

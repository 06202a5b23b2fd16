"""Makes training data of chosen questions, and says why one is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import transaction

from chat.redaction import redact
from learning.aims import Aim, aims
from learning.models import Export, Lesson
from nlu.training_questions import TRAINING_DATA, training_questions
from people.models import Account
from service.likeness import Questions, plain
from service.said_in_tests import TESTS, said_in_tests

# Names, which redaction does not look for: after a title, or after an introduction.
TITLED = re.compile(
    r"\b(?:[Dd]r|[Dd]octor|[Mm]rs?|[Mm]s|[Mm]iss|[Nn]urse|[Ss]ra?|[Pp]rof)\.?\s+[A-Z]\w+"
)
INTRODUCED = re.compile(
    r"\b(?:my name(?:\W?s| is)|call me|me llamo|mi nombre es)\s+\w+", re.IGNORECASE
)
MARKS = re.compile(r"[\[\]{}]")
UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Knowledge:
    """The training data and the tests of this installation, to compare with."""

    def __init__(self, root: Path) -> None:
        self._trained: dict[str, str] = {}
        for aim, text in training_questions(root / TRAINING_DATA):
            self._trained.setdefault(plain(text), str(aim))
        self._tests = Questions(said_in_tests(root))
        self._training = Questions(self._trained)

    def problem(self, text: str, aim: Aim | None) -> str:
        """Why this text may not become training data for the aim, or nothing."""
        if aim is None:
            return "the assistant no longer knows what it was meant for"
        if problem := own_problem(text):
            return problem
        if self._tests.like(text):
            return "the same or nearly the same stands in the tests"
        if near := self._training.like(text):
            known = self._trained[near]
            is_same = near == plain(text)
            return f"{'known already, as' if is_same else 'much like a known one of'} {known}"
        return ""


def knowledge() -> Knowledge:
    """What is known now: read once, and anew when a file of it was changed."""
    folders = [settings.ROOT / name for name in (TRAINING_DATA, *TESTS)]
    files = sorted(path for folder in folders for path in folder.rglob("*.yml"))
    return _read(settings.ROOT, tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=1)
def _read(root: Path, files: tuple[tuple[Path, int], ...]) -> Knowledge:
    return Knowledge(root)


def own_problem(text: str) -> str:
    """What in a text itself keeps it from being taught, or nothing."""
    if redact(text).found or TITLED.search(text) or INTRODUCED.search(text):
        return "it may name a person"
    if MARKS.search(text) or text.startswith("/"):
        return "it has signs that Rasa would read as marks"
    return "" if plain(text) else "it has no words"


def export(author: Account) -> Export | None:
    """Hands over all chosen lessons; those that may not be taught are left out, each with why.

    None when nothing remains. Nothing is lost: what was left out stays, to be looked at.
    """
    with transaction.atomic():
        chosen = list(_chosen())
        problems = checked(chosen)
        made = Export.objects.create(author=author) if not all(problems.values()) else None
        for lesson in chosen:
            lesson.reason = problems[lesson.pk]
            lesson.state = Lesson.State.LEFT_OUT if lesson.reason else Lesson.State.EXPORTED
            lesson.export = None if lesson.reason else made
        Lesson.objects.bulk_update(chosen, ["reason", "state", "export"], batch_size=200)
    return made


def checked(lessons: Iterable[Lesson]) -> dict[int, str]:
    """Why each lesson would be left out, by its key; empty for those that would go."""
    lessons = list(lessons)
    if not lessons:
        return {}
    known = knowledge()
    taken = Questions([])
    found: dict[int, str] = {}
    for lesson in lessons:
        text = one_line(lesson.turn.text)
        problem = "something personal was taken out of it" if lesson.turn.redacted else ""
        problem = problem or known.problem(text, aims().get(lesson.aim))
        if not problem and taken.like(text):
            problem = "much like another one of this export"
        if not problem:
            taken.add(text)
        found[lesson.pk] = problem
    return found


def _chosen() -> Iterable[Lesson]:
    lessons = Lesson.objects.filter(state=Lesson.State.CHOSEN).select_related("turn")
    return lessons.order_by("aim", "pk")


def nlu_yaml(made: Export) -> str:
    """The export as Rasa 3.x NLU training data, questions of one aim together."""
    by_aim: dict[str, list[str]] = {}
    for lesson in made.lessons.select_related("turn").order_by("aim", "pk"):
        by_aim.setdefault(lesson.aim, []).append(one_line(lesson.turn.text))
    lines = ['version: "3.1"', "nlu:"]
    for name, questions in by_aim.items():
        aim = aims().get(name)
        if aim is None:
            continue
        lines.append(f"- intent: {aim.intent}")
        if aim.metadata:
            lines += ["  metadata:", f"    {aim.metadata[0]}: {aim.metadata[1]}"]
        lines += ["  examples: |", *(f"    - {question}" for question in questions)]
    return "\n".join(lines) + "\n"


def one_line(text: str) -> str:
    """A text on one line, without signs that YAML cannot hold."""
    return " ".join(UNPRINTABLE.sub("", text).split())

"""The questions that went wrong, those of one gap together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import chain

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from chat.models import Turn
from learning import aims
from learning.likeness import Rarity, groups
from nlu.training_questions import TRAINING_DATA, training_questions
from review.models import Review
from review.vocabulary import kind_title
from service.likeness import plain

UNANSWERED = ("not_covered", "clarify", "medical_advice", "out_of_scope")
CORRECTED = (
    Review.Verdict.WRONG_PASSAGE,
    Review.Verdict.SHOULD_ANSWER,
    Review.Verdict.SHOULD_DECLINE,
    Review.Verdict.UNSAFE,
)
AT_ONCE = 500  # SQLite takes only so many values in a query
MOST = 1_000  # the newest of each kind and of each verdict


@dataclass(frozen=True)
class Question:
    """One turn: what was asked, what came of it, and what a reviewer named as right."""

    turn: int
    text: str
    is_redacted: bool
    kind: str
    intent: str
    confidence: float
    at: datetime
    reference: str
    number: int
    matter: str = ""  # that the decline named
    corrected: str = ""  # an aim, if a reviewer named one
    verdict: str = ""


@dataclass
class Wording:
    """A question as it was typed, by one visitor or several."""

    text: str
    questions: list[Question] = field(default_factory=list)

    @property
    def first(self) -> Question:
        """The oldest."""
        return self.questions[0]

    @property
    def verdict(self) -> str:
        """What a reviewer said of one of them, in words."""
        given = next((question.verdict for question in self.questions if question.verdict), "")
        return Review.Verdict(given).label if given else ""


@dataclass
class Gap:
    """Questions for one thing, the oldest first.

    `why` says what holds them together: a reviewer's correction of these very words, the matter
    that the assistant named when it declined, or their words.
    """

    key: str
    why: str
    questions: list[Question]
    aim: str = ""  # what a reviewer said is right for them

    @property
    def wordings(self) -> list[Wording]:
        """The different ways it was typed, the commonest first."""
        found: dict[str, Wording] = {}
        for question in self.questions:
            found.setdefault(plain(question.text), Wording(question.text)).questions.append(
                question
            )
        return sorted(found.values(), key=lambda wording: -len(wording.questions))

    @property
    def sample(self) -> str:
        """One wording for all: the commonest."""
        return self.wordings[0].text

    @property
    def title(self) -> str:
        """What holds it together, in words; empty when only the words do."""
        name = self.aim or (self.key.partition("/")[2] if self.why == "matter" else "")
        return aims.aims()[name].title if name in aims.aims() else name

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """What was answered, the commonest first."""
        return Counter(kind_title(question.kind) for question in self.questions).most_common()

    @property
    def newest(self) -> datetime:
        """When it was asked last."""
        return max(question.at for question in self.questions)


def open_questions(days: int, which: str = "") -> tuple[list[Question], bool]:
    """Questions nothing was decided on, the oldest first, and whether there are more than these.

    `which`: `unanswered` (declined or asked back, and not judged), `corrected`, or both.
    """
    since = timezone.now() - timedelta(days=days)
    lots: list[list[Question]] = []
    if which != "corrected":
        lots += [_unanswered(kind, since) for kind in UNANSWERED]
    if which != "unanswered":
        lots += [_corrected(verdict, since) for verdict in CORRECTED]
    found = {question.turn: question for question in chain.from_iterable(lots)}
    is_cut = any(len(lot) == MOST for lot in lots)
    return sorted(found.values(), key=lambda question: (question.at, question.turn)), is_cut


def gaps(questions: list[Question]) -> list[Gap]:
    """The questions of each gap together, the most frequent gap first."""
    found: dict[str, Gap] = {}
    by_words: list[Question] = []
    corrections = _corrections(questions)
    for question in questions:
        if aim := question.corrected or corrections.get(plain(question.text), ""):
            key, why = f"corrected/{aim}", "corrected"
        elif question.matter:
            key, why = f"matter/not_covered/{question.matter}", "matter"
        else:
            by_words.append(question)
            continue
        found.setdefault(key, Gap(key, why, [], aim)).questions.append(question)
    for numbers in groups([question.text for question in by_words], _rarity()):
        members = [by_words[number] for number in numbers]
        key = f"words/{members[0].turn}"
        found[key] = Gap(key, "words", members)
    return sorted(found.values(), key=lambda gap: (-len(gap.questions), gap.key))


def _corrections(questions: list[Question]) -> dict[str, str]:
    """The aim of a wording that reviewers corrected, unless they disagree."""
    found: dict[str, set[str]] = {}
    for question in questions:
        if question.corrected:
            found.setdefault(plain(question.text), set()).add(question.corrected)
    return {words: next(iter(named)) for words, named in found.items() if len(named) == 1}


@cache
def _rarity() -> Rarity:
    return Rarity(text for _, text in training_questions(settings.ROOT / TRAINING_DATA))


def _unanswered(kind: str, since: datetime) -> list[Question]:
    turns = Turn.objects.filter(reviewed=False, kind=kind, asked_at__gte=since, number__gt=0)
    found = _read(turns.order_by("-asked_at", "-id"))
    return _with_matters(found) if kind == "not_covered" else found


def _corrected(verdict: str, since: datetime) -> list[Question]:
    judged = Review.objects.filter(verdict=verdict, at__gte=since, turn__lesson=None)
    reviews = list(
        judged.order_by("-at", "-id").values("turn", "right_intent", "right_passage")[:MOST]
    )
    right = {r["turn"]: aims.corrected(r["right_intent"], r["right_passage"]) for r in reviews}
    found = []
    for start in range(0, len(reviews), AT_ONCE):
        some = [review["turn"] for review in reviews[start : start + AT_ONCE]]
        found += _read(Turn.objects.filter(pk__in=some), right, verdict)
    return found


def _read(
    turns: QuerySet[Turn], right: dict[int, str] | None = None, verdict: str = ""
) -> list[Question]:
    rows = turns.filter(lesson=None).exclude(text="").values_list(
        "id", "text", "redacted", "kind", "intent", "confidence", "asked_at",
        "conversation__reference", "number",
    )[:MOST]  # fmt: skip
    return [
        Question(
            turn=pk,
            text=" ".join(text.split()),
            is_redacted=bool(redacted),
            kind=kind,
            intent=intent,
            confidence=confidence,
            at=at,
            reference=reference,
            number=number,
            corrected=(right or {}).get(pk, ""),
            verdict=verdict,
        )
        for pk, text, redacted, kind, intent, confidence, at, reference, number in rows
    ]


def _with_matters(questions: list[Question]) -> list[Question]:
    """The questions, those whose decline named a matter with it."""
    matters: dict[int, str] = {}
    for start in range(0, len(questions), AT_ONCE):
        some = [question.turn for question in questions[start : start + AT_ONCE]]
        for pk, text in Turn.objects.filter(pk__in=some).values_list("id", "reply__text"):
            matters[pk] = aims.declines().get(text or "", "")
    return [replace(question, matter=matters.get(question.turn, "")) for question in questions]

"""For which of its turns a conversation stands in a filtered list."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from chat import words
from chat.models import Conversation, Facet, Turn
from people.access import StaffRequest, needs
from people.duties import Duty
from review.conditions import Filter, Has, Span
from review.filters import FilterForm, read_filter

Field = Facet.Field

type Fits = Callable[[Turn], bool]


@needs(Duty.READ_CONVERSATIONS)
@require_safe
def fit(request: StaffRequest, reference: str) -> HttpResponse:
    """To the next turn that fits the filter, after the last to the first."""
    conversation = get_object_or_404(Conversation, reference=reference)
    sought = read_filter(FilterForm(request.GET), request.user)
    written = request.GET.get("turn", "")
    seen = int(written) if written.isdecimal() and len(written) < 8 else 0
    found = fitting(conversation, sought)
    target = reverse("review:transcript", args=[reference])
    if not found:
        messages.info(request, "No single turn fits this filter.")
        return redirect(f"{target}?{sought.query}")
    number = next((number for number in found if number > seen), found[0])
    return redirect(f"{target}?{sought.query}&turn={number}#turn-{number}")


def fitting(conversation: Conversation, sought: Filter) -> list[int]:
    """Numbers of the turns that meet every condition on a turn; else of those that meet one."""
    conditions = list(_conditions(conversation, sought))
    turns = conversation.turns.filter(number__gt=0).select_related("feedback", "review")
    met = {
        turn.number: sum(fits(turn) for fits in conditions)
        for turn in turns.defer("text", "reply").order_by("number")
    }
    most = max(met.values(), default=0)
    least = len(conditions) if most == len(conditions) else 1
    return [number for number, count in met.items() if count >= least] if most else []


def _conditions(conversation: Conversation, sought: Filter) -> Iterator[Fits]:
    for facet in sought.facets:
        if facet.field != Field.TAG:
            yield _has(facet)
    for span in sought.spans:
        if span.column == "lowest_confidence":
            yield _within(span)
    if latency := sought.latency:
        yield lambda turn: latency.holds(turn.latency_ms)
    if sought.words:
        matching = words.matching(sought.words).filter(conversation=conversation).order_by()
        heard = set(matching.values_list("number", flat=True))
        yield lambda turn: turn.number in heard
    if hours := sought.hours:
        yield lambda turn: any(begin <= turn.asked_at < end for begin, end in hours)


def _within(span: Span) -> Fits:
    return lambda turn: span.holds(turn.confidence if turn.intent else None)


def _has(facet: Has) -> Fits:
    read: dict[str, Callable[[Turn], list[str]]] = {
        Field.KIND: lambda turn: [turn.kind],
        Field.INTENT: lambda turn: [turn.intent],
        Field.TOPIC: lambda turn: list(turn.topics),
        Field.OUTCOME: lambda turn: [turn.outcome],
        Field.VERDICT: lambda turn: [turn.review.verdict] if hasattr(turn, "review") else [],
        Field.FEEDBACK: lambda turn: (
            ["up" if turn.feedback.helpful else "down"] if hasattr(turn, "feedback") else []
        ),
    }
    values = read[facet.field]
    return lambda turn: not set(facet.values).isdisjoint(values(turn))

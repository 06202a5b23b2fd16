"""One conversation as the visitor saw it, with what the assistant understood beside it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Max, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from audit.log import Action, record
from chat.models import Conversation, Facet
from people.access import StaffRequest, needs
from people.duties import Duty
from people.models import Account
from review.filters import FilterForm, known_tags, read_filter
from review.models import Change

PART = 25  # turns on a page
PRINTED = 2_000  # turns on a printed one


@dataclass(frozen=True)
class Part:
    """A stretch of a long conversation."""

    first: int
    last: int
    is_shown: bool


@needs(Duty.READ_CONVERSATIONS)
@require_safe
def transcript(request: StaffRequest, reference: str) -> HttpResponse:
    """The turns of a conversation, in parts; `?turn=7` gives the part that turn 7 is in."""
    conversation = get_object_or_404(
        Conversation.objects.select_related("assignee"), reference=reference
    )
    is_print = "print" in request.GET
    number = _number(request.GET.get("turn", ""))
    size = PRINTED if is_print else PART
    begin = 0 if is_print else (max(number, 1) - 1) // PART * PART
    turns = list(
        conversation.turns.filter(
            number__gte=begin + 1 if begin else 0, number__lte=begin + size
        ).select_related("feedback", "review__author")
    )
    sought = read_filter(FilterForm(request.GET), request.user)
    record(request, Action.VIEWED, conversation, **_detail(begin, is_print))
    may_review = request.user.may(Duty.REVIEW)
    context = {
        "conversation": conversation,
        "turns": turns,
        "parts": _parts(conversation, begin),
        "sought": sought,
        "is_print": is_print,
        "number": number,
        "may_review": may_review,
        "tags": list(
            conversation.facets.filter(field=Facet.Field.TAG).values_list("value", flat=True)
        ),
        "known_tags": known_tags() if may_review else [],
        "people": Account.objects.filter(
            # Also one who has left, or saving anything else would take it from them.
            Q(is_active=True, groups__permissions__codename=Duty.REVIEW.value)
            | Q(pk=conversation.assignee_id)
        ).distinct(),
        "statuses": Conversation.Status.choices,
        "changes": Change.objects.filter(conversation=conversation)
        .select_related("author", "turn")
        .order_by("-at", "-pk")[:10],
    }
    return render(request, "review/transcript.html", context)


def _detail(begin: int, is_print: bool) -> dict[str, object]:
    detail: dict[str, object] = {"from_turn": begin} if begin else {}
    return detail | ({"how": "print"} if is_print else {})


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 8 else 0


def _parts(conversation: Conversation, begin: int) -> list[Part]:
    last_number = conversation.turns.aggregate(last=Max("number"))["last"] or 0
    edges = [*range(0, last_number, PART), last_number]
    if len(edges) < 3:
        return []
    return [Part(first + 1, last, first == begin) for first, last in pairwise(edges)]

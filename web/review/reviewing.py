"""The reviewer's pages: the queues, one turn after another, and the way back."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.log import Action, record
from chat.models import Conversation, Turn
from console.waiting import counted
from people.access import StaffRequest, needs
from people.duties import Duty
from review import queues
from review.forms import OFFERED, ReviewForm, SortForm
from review.models import Change, Review
from review.queues import DEFAULT_PERIOD, PERIODS, QUEUES, Key, Queue
from review.verdicts import NotUndone, Overtaken, judge, sort, undo
from review.vocabulary import target_label, targets

FORM = ["GET", "HEAD", "POST"]
EARLIER = 2  # turns shown before the one to be judged
LISTED = 50


@needs(Duty.REVIEW)
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """How much waits in each queue."""
    period = _period(request)
    cards = [(queue, counted(queues.count(queue, period))) for queue in QUEUES.values()]
    last = Change.objects.filter(author=request.user, turn__isnull=False).order_by("-at").first()
    context = {
        "cards": cards,
        "period": period,
        "period_title": "" if period == "all" else f"{PERIODS[period]}",
        "periods": PERIODS,
        "last": last,
        "done": QUEUES.get(request.GET.get("end", "")),
    }
    return render(request, "review/queues.html", context)


@needs(Duty.REVIEW)
@require_safe
def queue(request: StaffRequest, name: str) -> HttpResponse:
    """The first turns of a queue."""
    found, period = _queue(name), _period(request)
    turns = queues.waiting(found, period, size=LISTED)
    record(request, Action.LISTED, queue=name, period=period, count=len(turns))
    context = {"queue": found, "turns": turns, "period": period, "periods": PERIODS}
    return render(request, "review/queue.html", context)


@needs(Duty.REVIEW)
@require_safe
def following(request: StaffRequest, name: str) -> HttpResponse:
    """Leads to the next turn of a queue, or back to the queues when it is done."""
    return _to_next(_queue(name), _period(request), _read_place(request.GET.get("after", "")))


@needs(Duty.REVIEW)
@require_http_methods(FORM)
def turn(request: StaffRequest, pk: int) -> HttpResponse:
    """One turn with what came before it, and the form for the verdict."""
    found = get_object_or_404(
        Turn.objects.select_related("conversation", "feedback", "review__author"),
        pk=pk,
        number__gt=0,
    )
    name = request.GET.get("queue", "")
    within = QUEUES.get(name)
    period = _period(request)
    review: Review | None = getattr(found, "review", None)
    data = request.POST.copy() if request.method == "POST" else None
    if data and data.get("candidate"):
        data["target"] = str(data["candidate"])  # one of the several that fitted was chosen
    form = ReviewForm(data, initial=_initial(review), auto_id="review-%s")
    status, is_overtaken = 200, False
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                change = judge(request, found, form.cleaned_data["version"], form.values)
                return _after_judging(request, found, change, within, period)
            except Overtaken:
                status, is_overtaken = 409, True
                review = Review.objects.select_related("author").filter(turn=found).first()
                # A second "save" is then on purpose.
                if data:
                    data["version"] = str(review.version if review else 0)
    else:
        record(request, Action.VIEWED, found.conversation, turn=found.number)
    place = _written_place(queues.place_of(within, found)) if within else ""
    skip = urlencode({"days": period, "after": place})
    earlier = found.conversation.turns.filter(number__lt=found.number, number__gt=0)
    saved = request.GET.get("saved", "")
    context = {
        "turn": found,
        "earlier": list(earlier.select_related("feedback").order_by("-number")[:EARLIER])[::-1],
        "form": form,
        "candidates": getattr(form, "found", [])[:OFFERED] if form.errors else [],
        "review": review,
        "review_target": _target(review),
        "is_overtaken": is_overtaken,
        "queue": within,
        "period": period,
        "left": counted(queues.count(within, period)) if within else None,
        "skip": f"{reverse('review:next', args=[name])}?{skip}" if within else "",
        "targets": targets(),
        "saved": Change.objects.select_related("conversation", "turn")
        .filter(pk=saved if saved.isdecimal() and len(saved) < 18 else 0, author=request.user)
        .first(),
    }
    return render(request, "review/turn.html", context, status=status)


@needs(Duty.REVIEW)
@require_POST
def sort_conversation(request: StaffRequest, reference: str) -> HttpResponse:
    """Status, flag, assignee and tags."""
    conversation = get_object_or_404(
        Conversation.objects.select_related("assignee"), reference=reference
    )
    form = SortForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, f"Nothing was saved. {' '.join(map(str, errors))}")
    else:
        try:
            changed = sort(request, conversation, form.cleaned_data["version"], form.values)
            messages.success(request, "Saved." if changed else "Nothing was different.")
        except Overtaken:
            messages.error(
                request,
                "Nothing was saved: somebody changed this conversation while you had it open."
                " This is how it stands now.",
            )
    return redirect(_back(request, reverse("review:transcript", args=[reference])))


@needs(Duty.REVIEW)
@require_POST
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Undoes one's own change."""
    change = get_object_or_404(Change.objects.select_related("conversation", "turn"), pk=pk)
    try:
        undo(request, change)
        messages.success(request, f"Undone: {change.conversation.reference}.")
    except NotUndone as problem:
        messages.error(request, str(problem))
    fallback = reverse("review:transcript", args=[change.conversation.reference])
    return redirect(_back(request, fallback))


def _after_judging(
    request: StaffRequest, judged: Turn, change: Change | None, within: Queue | None, period: str
) -> HttpResponse:
    if within:
        return _to_next(within, period, queues.place_of(within, judged), change)
    messages.success(request, "Saved." if change else "Nothing was different.")
    address = reverse("review:transcript", args=[judged.conversation.reference])
    return redirect(f"{address}?turn={judged.number}#turn-{judged.number}")


def _to_next(
    within: Queue, period: str, after: Key | None, change: Change | None = None
) -> HttpResponse:
    found = queues.waiting(within, period, after)
    query = {"days": period} | ({"saved": str(change.pk)} if change else {})
    if not found:
        return redirect(f"{reverse('review:queues')}?{urlencode(query | {'end': within.name})}")
    query = {"queue": within.name} | query
    return redirect(f"{reverse('review:turn', args=[found[0].pk])}?{urlencode(query)}")


def _initial(review: Review | None) -> dict[str, object]:
    if review is None:
        return {"version": 0}
    return {
        "version": review.version,
        "verdict": review.verdict,
        "target": _target(review),
        "note": review.note,
    }


def _target(review: Review | None) -> str:
    return target_label(review.right_intent, review.right_passage) if review else ""


def _queue(name: str) -> Queue:
    if name not in QUEUES:
        raise Http404
    return QUEUES[name]


def _period(request: StaffRequest) -> str:
    period = request.GET.get("days", DEFAULT_PERIOD)
    return period if period in PERIODS else DEFAULT_PERIOD


def _written_place(place: Key) -> str:
    first, asked_at, pk = place
    share = first if isinstance(first, float) else 0
    return f"{share!r}_{asked_at.timestamp():.6f}_{pk}"


def _read_place(written: str) -> Key | None:
    try:
        share, asked_at, pk = written.split("_")
        at = datetime.fromtimestamp(float(asked_at), UTC)
        return (float(share) if float(share) else at, at, int(pk))
    except (ValueError, OverflowError, OSError):
        return None


def _back(request: StaffRequest, fallback: str) -> str:
    """Where the form says to go back to, within this site."""
    target = request.POST.get("back", "")
    here = {request.get_host()}
    return target if url_has_allowed_host_and_scheme(target, here) else fallback

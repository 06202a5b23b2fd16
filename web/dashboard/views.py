"""The page of figures."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.log import Action, record
from dashboard.counting import keep_up, refresh_today
from dashboard.figures import Figures, read_figures
from dashboard.forms import DaysForm, filled, presets
from dashboard.models import Count
from dashboard.panels import Cell, Links, panels, percent
from people.access import StaffRequest, needs
from people.duties import Duty
from review.vocabulary import SAFETY

PATIENCE = 2  # s that one look at the page spends on days nobody has counted yet


@needs(Duty.SEE_FIGURES)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """The figures of the days asked for."""
    form = DaysForm(request.GET)
    since, until = form.days
    remaining = keep_up(PATIENCE)
    refresh_today()
    figures = read_figures(since, until)
    may_read = request.user.may(Duty.READ_CONVERSATIONS)
    links = Links(since, until, reverse("review:list") if may_read else "")
    record(request, Action.LISTED, page="dashboard", since=since, until=until)
    return render(
        request,
        "dashboard/index.html",
        {
            "form": filled(form),
            "since": since,
            "until": until,
            "presets": presets(),
            "remaining": remaining,
            "is_empty": not figures.questions,
            "cards": _cards(figures, links),
            "panels": panels(figures, links),
        },
    )


def _cards(figures: Figures, links: Links) -> list[tuple[str, Cell, str]]:
    """The figures at the top: a name, the count with its conversations, and what it means."""
    total = figures.questions
    judged = figures.total(Count.Measure.FEEDBACK)
    up = figures.total(Count.Measure.FEEDBACK, "up")
    cards = [
        (
            "Conversations",
            Cell(f"{figures.total(Count.Measure.CONVERSATIONS):,}", links.to()),
            "active on these days",
        ),
        (
            "Questions",
            Cell(f"{total:,}", links.to()),
            f"half answered within {figures.latency(0.5)}",
        ),
        (
            "Answered",
            Cell(percent(figures.share("answered"), total), links.to(kind="answer")),
            "from the guide",
        ),
        (
            "Declined",
            Cell(percent(figures.share("declined"), total), links.to(kind="declined")),
            "not on the page, or advice",
        ),
        (
            "Failed",
            Cell(percent(figures.failed, total), links.to(failure="any")),
            "the assistant did not answer",
        ),
        (
            "Found helpful",
            Cell(percent(up, judged), links.to(feedback="up")),
            f"of {judged:,} thumbs",
        ),
    ]
    names = {"emergency": "Emergencies", "crisis": "Crises", "distress": "Distress"}
    for kind in SAFETY:
        count = figures.total(Count.Measure.KIND, kind)
        url = links.to(kind=kind) if count else ""
        cards.append((names[kind], Cell(f"{count:,}", url), "safety text shown"))
    return cards

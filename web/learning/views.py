"""The gaps, and one of them: which of its questions are to be learned, and as what."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from audit.log import Action, record
from console.words import number_of
from learning.aims import Aim, aims
from learning.forms import AimForm, WindowForm
from learning.models import Lesson
from learning.questions import MOST, Gap, Question, gaps, open_questions
from people.access import StaffRequest, needs
from people.duties import Duty

PER_PAGE = 50
WORDINGS = 200  # shown of a gap; the rest comes when these are decided on
REFERENCES = 100  # at most, in an entry of the access log


@needs(Duty.LEARN)
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """All gaps, the most frequent first; checked ones are chosen as they were corrected."""
    days, which = WindowForm(request.GET).window
    questions, is_cut = open_questions(days, which)
    found = gaps(questions)
    if request.method == "POST":
        return _choose_corrected(request, found)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    record(request, Action.LISTED, page="learning", gaps=len(found), days=days, which=which)
    return render(
        request,
        "learning/index.html",
        {
            "form": WindowForm({"days": days, "which": which}),
            "days": days,
            "query": urlencode({"days": days, "which": which}),
            "page": page,
            "questions": len(questions),
            "most": MOST if is_cut else 0,
            "chosen": Lesson.objects.filter(state=Lesson.State.CHOSEN).count(),
        },
    )


@needs(Duty.LEARN)
@require_http_methods(["GET", "HEAD", "POST"])
def gap(request: StaffRequest, key: str) -> HttpResponse:
    """The wordings of a gap, to be chosen or set aside."""
    days, which = WindowForm(request.GET).window
    back = f"{reverse('learning:index')}?{urlencode({'days': days, 'which': which})}"
    found = next((g for g in gaps(open_questions(days, which)[0]) if g.key == key), None)
    if found is None:
        messages.info(request, "Nothing is open there any more.")
        return redirect(back)
    if request.method == "POST" and (form := _decide(request, found)) is None:
        return redirect(back)
    if request.method != "POST":
        form = AimForm(initial={"aim": aims()[found.aim].label if found.aim else ""})
    _record_reading(request, found)
    wordings = found.wordings
    return render(
        request,
        "learning/gap.html",
        {
            "gap": found,
            "form": form,
            "aims": aims().values(),
            "wordings": wordings[:WORDINGS],
            "more": len(wordings[WORDINGS:]),
            "checked": request.POST.getlist("wording"),
            "back": back,
        },
    )


def _choose_corrected(request: StaffRequest, found: list[Gap]) -> HttpResponse:
    wanted = set(request.POST.getlist("gap"))
    chosen = [gap for gap in found if gap.key in wanted and gap.aim]
    with transaction.atomic():
        count = sum(
            _keep(request, gap.questions, Lesson.State.CHOSEN, aims()[gap.aim]) for gap in chosen
        )
        if count:
            record(request, Action.CHANGED, page="learning", chosen=count)
    if count:
        said = number_of(count, "question")
        messages.success(request, f"{said} chosen: under Lessons, ready to be exported.")
    else:
        messages.warning(request, "Nothing was chosen: check corrected gaps first.")
    return redirect(request.get_full_path())


def _decide(request: StaffRequest, found: Gap) -> AimForm | None:
    """Does what the form says; gives the form when something in it is wrong."""
    form = AimForm(request.POST)
    wanted = set(request.POST.getlist("wording"))
    questions = [q for w in found.wordings if str(w.first.turn) in wanted for q in w.questions]
    is_aside = "aside" in request.POST
    if not questions:
        form.add_error(None, "Check at least one wording.")
        return form
    if not is_aside and not form.is_valid():
        return form
    state = Lesson.State.SET_ASIDE if is_aside else Lesson.State.CHOSEN
    aim = None if is_aside else form.cleaned_data["aim"]
    with transaction.atomic():
        count = _keep(request, questions, state, aim)
        record(request, Action.CHANGED, page="learning", state=state.value, questions=count)
    messages.success(
        request, f"{number_of(count, 'question')} {'set aside' if is_aside else 'chosen'}."
    )
    return None


def _keep(
    request: StaffRequest, questions: Iterable[Question], state: Lesson.State, aim: Aim | None
) -> int:
    """Writes a lesson for each question; those somebody else was faster with stay as they are."""
    rows = [
        Lesson(turn_id=q.turn, state=state, aim=aim.id if aim else "", author=request.user)
        for q in questions
    ]
    known = set(
        Lesson.objects.filter(turn__in=[row.turn_id for row in rows]).values_list(
            "turn_id", flat=True
        )
    )
    fresh = [row for row in rows if row.turn_id not in known]
    Lesson.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _record_reading(request: StaffRequest, found: Gap) -> None:
    references = list(dict.fromkeys(question.reference for question in found.questions))
    record(
        request,
        Action.LISTED,
        page="learning",
        gap=found.key,
        conversations=len(references),
        references=references[:REFERENCES],
    )

"""What was decided, and its export as training data."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.log import Action, record
from learning import exporting
from learning.aims import aims
from learning.models import Export, Lesson
from people.access import StaffRequest, needs
from people.duties import Duty

PER_PAGE = 100


@needs(Duty.LEARN)
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: StaffRequest) -> HttpResponse:
    """The lessons of one state; checked ones are taken back: their questions are open again."""
    state = request.GET.get("state", "")
    if state not in Lesson.State.values:
        state = Lesson.State.CHOSEN
    if request.method == "POST":
        return _take_back(request)
    lessons = Lesson.objects.filter(state=state).select_related("turn__conversation", "author")
    written = request.GET.get("export", "")
    made = int(written) if written.isdecimal() and len(written) < 19 else 0
    if made:
        lessons = lessons.filter(export=made)
    page = Paginator(lessons.order_by("aim", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    problems: dict[int, str] = {}
    if state == Lesson.State.CHOSEN:
        # All of them, because one may be like another on a page before.
        problems = exporting.checked(lessons.order_by("aim", "pk"))
    rows = [
        {
            "lesson": lesson,
            "aim": aims().get(lesson.aim),
            "problem": problems.get(lesson.pk, lesson.reason),
        }
        for lesson in page
    ]
    counts = dict(Lesson.objects.values_list("state").annotate(Count("id")))
    record(
        request,
        Action.LISTED,
        page="lessons",
        state=state,
        count=page.paginator.count,
        references=sorted({lesson.turn.conversation.reference for lesson in page}),
    )
    return render(
        request,
        "learning/lessons.html",
        {
            "state": state,
            "made": made,
            "query": urlencode({"state": state} | ({"export": made} if made else {})),
            "states": [(s.value, s.label, counts.get(s.value, 0)) for s in Lesson.State],
            "page": page,
            "rows": rows,
            "ready": sum(not problem for problem in problems.values()),
            "exports": Export.objects.annotate(count=Count("lessons"))[:10],
        },
    )


@needs(Duty.LEARN)
@require_POST
def make_export(request: StaffRequest) -> HttpResponse:
    """Hands over what was chosen, and says what was left out."""
    exporting.knowledge()  # which may take a second, in which the database must not be locked
    with transaction.atomic():
        if not Lesson.objects.filter(state=Lesson.State.CHOSEN).exists():
            messages.info(request, "Nothing is chosen any more. What was exported stands here.")
            return _to(Lesson.State.EXPORTED)
        made = exporting.export(request.user)
        if made:
            record(
                request, Action.EXPORTED, page="lessons", export=made.pk, count=made.lessons.count()
            )
    if made is None:
        messages.warning(request, "Nothing could be exported. What was left out says why.")
        return _to(Lesson.State.LEFT_OUT)
    messages.success(request, f"Export {made.pk} is ready: download it below.")
    return _to(Lesson.State.EXPORTED)


@needs(Duty.LEARN)
@require_safe
def download(request: StaffRequest, pk: int) -> HttpResponse:
    """An export as Rasa's NLU YAML; the same again whenever it is asked for."""
    made = get_object_or_404(Export, pk=pk)
    record(request, Action.EXPORTED, page="training data", export=made.pk)
    return file(exporting.nlu_yaml(made), f"lessons-{made.pk}.yml")


def file(text: str, name: str) -> HttpResponse:
    """A YAML file to be saved."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)


def _to(state: Lesson.State) -> HttpResponse:
    return redirect(f"{reverse('learning:lessons')}?{urlencode({'state': state.value})}")


def _take_back(request: StaffRequest) -> HttpResponse:
    wanted = [int(pk) for pk in request.POST.getlist("lesson") if pk.isdecimal() and len(pk) < 19]
    with transaction.atomic():
        count, _ = (
            Lesson.objects.filter(pk__in=wanted).exclude(state=Lesson.State.EXPORTED).delete()
        )
        if count:
            record(request, Action.CHANGED, page="lessons", taken_back=count)
    messages.info(request, f"{count} taken back: open again under Learning.")
    return redirect(request.get_full_path())

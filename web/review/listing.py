"""The page with the list of conversations, and the filters that people keep."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from audit.log import Action, record
from chat.models import Conversation
from chat.redaction import redact
from people.access import StaffRequest, needs
from people.duties import Duty
from review.conversations import Place, neighbour, page_of
from review.filters import FilterForm, known_tags, read_filter
from review.models import SavedFilter

LONGEST_QUERY = 2_000


@needs(Duty.READ_CONVERSATIONS)
@require_safe
def listing(request: StaffRequest) -> HttpResponse:
    """Conversations by last activity; the address says which."""
    form = FilterForm(request.GET)
    sought = read_filter(form, request.user)
    before = Place.read(request.GET.get("before", ""))
    after = Place.read(request.GET.get("after", ""))
    page = page_of(sought, before=before, after=after)
    if (before or after) and not page.conversations:
        page = page_of(sought)  # the place is past the end, or was deleted
    record(
        request,
        Action.SEARCHED if sought.words else Action.LISTED,
        filter=redact(sought.query).text[:500],
        count=len(page.conversations),
    )
    context = {
        "form": form,
        "sought": sought,
        "page": page,
        "tags": known_tags(),
        "saved": SavedFilter.objects.filter(Q(owner=request.user) | Q(shared=True)),
        "may_export": request.user.may(Duty.EXPORT),
    }
    return render(request, "review/list.html", context, status=400 if form.errors else 200)


@needs(Duty.READ_CONVERSATIONS)
@require_safe
def step(request: StaffRequest, reference: str, way: str) -> HttpResponse:
    """To the conversation before or after this one in the filtered list."""
    if way not in ("newer", "older"):
        raise Http404
    place = Place.of(get_object_or_404(Conversation, reference=reference))
    sought = read_filter(FilterForm(request.GET), request.user)
    found = neighbour(sought, place, newer=way == "newer")
    if found is None:
        messages.info(request, f"There is no {way} conversation in this list.")
    target = reverse("review:transcript", args=[found.reference if found else reference])
    return redirect(f"{target}?{sought.query}" if sought.query else target)


@needs(Duty.READ_CONVERSATIONS)
@require_POST
def keep_filter(request: StaffRequest) -> HttpResponse:
    """Keeps a filter under a name; the same name again replaces it."""
    name = request.POST.get("name", "").strip()[:80]
    sought = read_filter(FilterForm(_query_of(request)), request.user)
    address = f"{reverse('review:list')}?{sought.query}"
    if not name or sought.is_empty or len(sought.query) > LONGEST_QUERY:
        messages.error(request, "Set a filter and give it a name of at most 80 letters.")
        return redirect(address)
    SavedFilter.objects.update_or_create(
        owner=request.user,
        name=redact(name).text[:80],
        defaults={"query": sought.query, "shared": "shared" in request.POST},
    )
    record(request, Action.CHANGED, what="saved filter", name=redact(name).text[:80])
    messages.success(request, f"The filter “{name}” was kept.")
    return redirect(address)


@needs(Duty.READ_CONVERSATIONS)
@require_POST
def drop_filter(request: StaffRequest, pk: int) -> HttpResponse:
    """Removes a filter of one's own."""
    if found := SavedFilter.objects.filter(pk=pk, owner=request.user).first():
        found.delete()
        record(request, Action.CHANGED, what="filter removed", name=found.name)
        messages.success(request, f"The filter “{found.name}” was removed.")
    else:
        messages.info(request, "You have no such filter any more.")
    return redirect("review:list")


def _query_of(request: StaffRequest) -> dict[str, str]:
    return QueryDict(request.POST.get("query", "")[:LONGEST_QUERY]).dict()

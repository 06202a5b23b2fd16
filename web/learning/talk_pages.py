"""A conversation as a test: looked at first, then downloaded."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from audit.log import Action, record
from chat.models import Conversation
from learning import talks
from learning.lessons import file
from people.access import StaffRequest, needs
from people.duties import Duty

FORMS = {"story": talks.story, "scenario": talks.scenario}


class CodeForm(forms.Form):
    """Which conversation."""

    code = forms.CharField(label="Reference code", max_length=20)

    def clean_code(self) -> Conversation:
        """The conversation of this code."""
        found = Conversation.objects.filter(
            reference=self.cleaned_data["code"].strip().upper()
        ).first()
        if found is None:
            raise forms.ValidationError("There is no conversation with this code.")
        return found


@needs(Duty.LEARN)
@require_safe
def page(request: StaffRequest) -> HttpResponse:
    """Asks for a reference code; shows the conversation as a story test and as a scenario."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    shown: dict[str, object] = {}
    if form.is_valid():
        conversation = form.cleaned_data["code"]
        steps = talks.steps_of(conversation)
        record(request, Action.VIEWED, conversation, page="learning")
        shown = {
            "conversation": conversation,
            "steps": steps,
            "left_out": sum(bool(step.problem) for step in steps),
            "files": [(form, FORMS[form](conversation, steps)) for form in FORMS],
        }
    return render(request, "learning/talk.html", {"form": form, **shown})


@needs(Duty.LEARN)
@require_safe
def download(request: StaffRequest, reference: str, form: str) -> HttpResponse:
    """The conversation in one of the forms, as a file."""
    conversation = get_object_or_404(Conversation, reference=reference)
    if form not in FORMS:
        raise Http404
    steps = talks.steps_of(conversation)
    record(request, Action.EXPORTED, conversation, form=form)
    name = f"test_{reference.lower()}.yml" if form == "story" else f"{reference.lower()}.yml"
    return file(FORMS[form](conversation, steps), name)

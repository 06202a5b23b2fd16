"""The forms of a reviewer."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from chat.models import Conversation
from chat.redaction import redact
from people.models import Account
from review.models import Review
from review.vocabulary import Target, find_targets

LONGEST_NOTE = 2_000
MANY_TAGS = 10
OFFERED = 12  # of the targets that fit


class ReviewForm(forms.Form):
    """A verdict; `found` are the candidates for what should have come, written in a few words."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label="Your verdict",
        choices=Review.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a verdict."},
    )
    target = forms.CharField(
        label="What should have come instead",
        help_text="A passage or an intent. Type a few words and choose; leave empty when unsure.",
        required=False,
        max_length=300,
        widget=forms.TextInput({"list": "targets", "autocomplete": "off"}),
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 2}),
    )

    found: list[Target]

    def clean_target(self) -> Target | None:
        """The one target that is meant; raises ValidationError for none or several."""
        written = self.cleaned_data["target"]
        self.found = find_targets(written)
        if not written.strip():
            return None
        if len(self.found) == 1:
            return self.found[0]
        if not self.found:
            raise forms.ValidationError("No passage or intent has these words. Try fewer.")
        problem = f"{len(self.found)} fit. Choose one below."
        if len(self.found) > OFFERED:
            problem += f" {OFFERED} are shown; one more word helps."
        raise forms.ValidationError(problem)

    def clean_note(self) -> str:
        """Without what names a person."""
        return redact(self.cleaned_data["note"].strip()).text

    @property
    def values(self) -> dict[str, str]:
        """The fields of a review, once the form is valid."""
        cleaned = self.cleaned_data
        target: Target | None = cleaned["target"]
        if cleaned["verdict"] == Review.Verdict.RIGHT:
            target = None  # it is the one that came
        return {
            "verdict": cleaned["verdict"],
            "right_intent": target.intent if target else "",
            "right_passage": target.passage if target else "",
            "note": cleaned["note"],
        }


class SortForm(forms.Form):
    """Status, flag, assignee and tags of a conversation."""

    version = forms.IntegerField(min_value=0)
    status = forms.ChoiceField(choices=Conversation.Status.choices)
    flagged = forms.BooleanField(required=False)
    assignee = forms.CharField(required=False, max_length=64)
    tags = forms.CharField(required=False, max_length=700)

    def clean_assignee(self) -> str:
        """A username, or nothing; raises ValidationError for one that is not there."""
        username = str(self.cleaned_data["assignee"])
        if username and not Account.objects.filter(username=username).exists():
            raise forms.ValidationError("Nobody has this name.")
        return username

    def clean_tags(self) -> list[str]:
        """Tags, parted by commas, each once and in small letters."""
        written = redact(str(self.cleaned_data["tags"])).text.split(",")
        tags = {re.sub(r"\s+", " ", tag).strip().lower() for tag in written} - {""}
        if len(tags) > MANY_TAGS:
            raise forms.ValidationError(f"Give at most {MANY_TAGS} tags.")
        if any(len(tag) > 64 for tag in tags):
            raise forms.ValidationError("A tag has at most 64 letters.")
        return sorted(tags)

    @property
    def values(self) -> dict[str, Any]:
        """The conversation's fields, once the form is valid."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

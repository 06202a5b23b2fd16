"""What is chosen on the pages of learning."""

from __future__ import annotations

from django import forms

from learning.aims import Aim, find

DAYS = {7: "7 days", 30: "30 days", 90: "90 days", 365: "a year"}
WHICH = {"": "Unanswered and corrected", "unanswered": "Unanswered", "corrected": "Corrected"}


class WindowForm(forms.Form):
    """Which questions are looked at."""

    which = forms.ChoiceField(label="Questions", choices=list(WHICH.items()), required=False)
    days = forms.TypedChoiceField(
        label="Of the last", choices=list(DAYS.items()), coerce=int, required=False
    )

    @property
    def window(self) -> tuple[int, str]:
        """Days and which; the usual ones for what was not understood."""
        self.is_valid()
        return self.cleaned_data.get("days") or 30, self.cleaned_data.get("which") or ""


class AimForm(forms.Form):
    """What questions are to be taught as."""

    aim = forms.CharField(
        label="What they ask for",
        max_length=300,
        help_text="Type a few letters and choose: a passage, a section, or what is declined.",
        widget=forms.TextInput({"list": "aims", "autocomplete": "off"}),
    )

    def clean_aim(self) -> Aim:
        """The aim that was chosen."""
        aim = find(self.cleaned_data["aim"])
        if aim is None:
            raise forms.ValidationError("Choose one of the list.")
        return aim

"""The forms of this part."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)

from people.models import Account
from people.roles import SUMMARIES, Role, problem_of


def _password(label: str, autocomplete: str) -> forms.CharField:
    # Paste and password managers work: nothing is disabled, and the field says what it is.
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=200, widget=widget)


class SignInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label="User name",
        max_length=64,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = _password("Password", "current-password")

    def clean_username(self) -> str:
        """Without capitals and spaces around it."""
        return str(self.cleaned_data["username"]).strip().lower()


class CodeForm(forms.Form):
    """A code of the second factor."""

    code = forms.CharField(
        label="Code",
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


class PasswordForm(forms.Form):
    """The password in use, and a new one."""

    current = _password("Password now", "current-password")
    new = _password("New password", "new-password")
    again = _password("New password again", "new-password")

    def __init__(self, account: Account, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._account = account
        self.fields["new"].help_text = " ".join(password_validators_help_texts())

    def clean_current(self) -> str:
        """Must be the password in use."""
        current = str(self.cleaned_data["current"])
        if not self._account.check_password(current):
            raise forms.ValidationError("This is not your password.")
        return current

    def clean_new(self) -> str:
        """Must meet the rules, and be another one."""
        new = str(self.cleaned_data["new"])
        validate_password(new, self._account)
        if self._account.check_password(new):
            raise forms.ValidationError("This is the password you have now. Choose another one.")
        return new

    def clean(self) -> dict[str, Any]:
        """Both entries of the new one must be the same."""
        data = super().clean() or {}
        if "new" in data and data["new"] != data.get("again"):
            self.add_error("again", "This is not the same as the new password above.")
        return data


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """An account as the administrator sees it."""

    roles = forms.MultipleChoiceField(
        choices=[(role.value, f"{role.label}: {SUMMARIES[role]}") for role in Role],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Account
        fields = ["username", "name", "is_active"]
        labels = {"username": "User name", "name": "Full name", "is_active": "May sign in"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.fields["username"].disabled = True  # the access log names it
            self.initial["roles"] = self.instance.roles

    def clean_username(self) -> str:
        """Without capitals and spaces around it."""
        return str(self.cleaned_data["username"]).strip().lower()

    def clean_roles(self) -> list[str]:
        """Must be able to stand together."""
        roles = list(self.cleaned_data["roles"])
        if problem := problem_of({Role(role) for role in roles}):
            raise forms.ValidationError(problem)
        return roles

"""One's own account: password and second factor."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_otp import DEVICE_ID_SESSION_KEY

from audit.log import Action, record
from people import second_factor
from people.access import StaffRequest, needs
from people.forms import CodeForm, PasswordForm

FORM = ["GET", "HEAD", "POST"]


@needs()
@require_safe
def account(request: StaffRequest) -> HttpResponse:
    """What is known of the person, and what can be changed."""
    has_factor = second_factor.is_set(request.user)
    left = second_factor.recovery_codes_left(request.user)
    return render(
        request, "people/account.html", {"has_second_factor": has_factor, "codes_left": left}
    )


@needs(settled=False)
@require_http_methods(FORM)
def password(request: StaffRequest) -> HttpResponse:
    """A new password; other sessions of the person end with the old one."""
    if second_factor.is_missing(request):
        return redirect("people:verify")
    form = PasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.user.set_password(form.cleaned_data["new"])
        request.user.must_change_password = False
        request.user.save(update_fields=["password", "must_change_password"])
        device = request.session.get(DEVICE_ID_SESSION_KEY)
        update_session_auth_hash(request, request.user)
        if device:
            request.session[DEVICE_ID_SESSION_KEY] = device
        record(request, Action.PASSWORD_CHANGED)
        messages.success(request, "Your password was changed.")
        return redirect("console:index")
    status = 400 if form.errors else 200
    return render(request, "people/password.html", {"form": form}, status=status)


@needs(settled=False)
@require_http_methods(FORM)
def enrol(request: StaffRequest) -> HttpResponse:
    """Sets up an authenticator; who has one must have given its code first."""
    if second_factor.is_missing(request):
        return redirect("people:verify")
    if request.user.must_change_password:
        return redirect("people:password")
    device = second_factor.begin(request.user)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if codes := second_factor.confirm(request, device, form.cleaned_data["code"]):
            record(request, Action.SECOND_FACTOR_SET)
            return render(request, "people/recovery_codes.html", {"codes": codes})
        form.add_error("code", "This code does not fit. Check the clock of your telephone.")
    drawing = mark_safe(second_factor.drawing(device))  # noqa: S308 - segno's SVG of our own key
    context = {"form": form, "drawing": drawing, "key": second_factor.key(device)}
    return render(request, "people/enrol.html", context, status=400 if form.errors else 200)


@needs()
@require_POST
def recovery_codes(request: StaffRequest) -> HttpResponse:
    """Ten new recovery codes, shown once."""
    if not second_factor.is_set(request.user):
        return redirect("people:enrol")
    codes = second_factor.new_recovery_codes(request.user)
    record(request, Action.SECOND_FACTOR_SET, what="recovery codes")
    return render(request, "people/recovery_codes.html", {"codes": codes})

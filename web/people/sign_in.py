"""Signing in, staying and signing out."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.log import Action, record
from people import idle, second_factor
from people.access import StaffRequest, needs, open_page
from people.forms import CodeForm, SignInForm
from people.models import Account


@open_page
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; wrong ones are answered alike, whether the account exists or not."""
    if isinstance(request.user, Account) and not idle.is_over(request):
        return redirect(_target(request))
    form = SignInForm(request.POST or None)
    next_page = request.POST.get("next") or request.GET.get("next", "")
    status = 200
    if request.method == "POST" and form.is_valid():
        account = authenticate(request, **form.cleaned_data)
        if isinstance(account, Account):
            login(request, account)
            idle.begin(request)
            record(request, Action.SIGN_IN)
            return redirect(_target(request))
        known = Account.objects.filter(username=form.cleaned_data["username"]).first()
        # Only names that exist: what is typed into the wrong field may be a password.
        record(request, Action.SIGN_IN_FAILED, account=known.username if known else "unknown")
        form.add_error(None, "This name and password do not fit. Check both and try again.")
    if form.errors:
        status = 400
    return render(request, "people/sign_in.html", {"form": form, "next": next_page}, status=status)


@needs(settled=False)
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: StaffRequest) -> HttpResponse:
    """The code of the authenticator, or a recovery code."""
    if not second_factor.is_missing(request):
        return redirect("console:index")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if second_factor.verify(request, form.cleaned_data["code"]):
            return redirect(_target(request))
        record(request, Action.SECOND_FACTOR_FAILED)
        form.add_error(
            "code", "This code does not fit. Wait for the next one; after several, wait a minute."
        )
    status = 400 if form.errors else 200
    return render(request, "people/verify.html", {"form": form}, status=status)


@needs(settled=False)
@require_POST
def sign_out(request: StaffRequest) -> HttpResponse:
    """Ends the session."""
    record(request, Action.SIGN_OUT)
    logout(request)
    return redirect("people:sign-in")


@needs(settled=False, passive=True)
@require_safe
def time_left(request: StaffRequest) -> HttpResponse:
    """Seconds until the person is signed out; asking does not count as use."""
    return JsonResponse({"seconds": idle.seconds_left(request)})


@needs(settled=False)
@require_POST
def stay(request: StaffRequest) -> HttpResponse:
    """Counts as use; for the button of the warning."""
    return JsonResponse({"seconds": idle.seconds_left(request)})


def _target(request: HttpRequest) -> str:
    """Where the person wanted to go, if it is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    is_staff_page = ours and wanted.startswith(reverse("console:index"))
    return wanted if is_staff_page else reverse("console:index")

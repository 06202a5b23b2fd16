"""Who may open a staff page. Every view below /staff/ wears `needs(...)` or `open_page`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse

from audit.log import Action, record
from people import idle, second_factor
from people.duties import Duty
from people.headers import protect
from people.models import Account

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

ANYONE = "anyone"
ANY_ROLE = "any role"


class StaffRequest(HttpRequest):
    """A request of a person who has signed in; for types only."""

    user: Account


def needs[**P](
    duty: Duty | None = None, *, settled: bool = True, passive: bool = False
) -> Callable[[Callable[Concatenate[StaffRequest, P], HttpResponseBase]], View[P]]:
    """Lets a view be opened only by those who hold this duty (none: by everyone signed in).

    `settled=False` is for the steps of signing in themselves: the second factor, a new password.
    `passive` marks what the page asks by itself, which does not count as use.
    A refusal is written to the access log.
    """

    def decorate(view: Callable[Concatenate[StaffRequest, P], HttpResponseBase]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            return _protect(
                _refusal(request) or view(cast("StaffRequest", request), *args, **kwargs)
            )

        def _refusal(request: HttpRequest) -> HttpResponse | None:
            account = request.user
            if not isinstance(account, Account):
                return _to_sign_in(request, passive)
            if idle.is_over(request):
                record(request, Action.IDLE_OUT)
                logout(request)
                return _to_sign_in(request, passive)
            if settled and (step := next_step(request)):
                return redirect(step)
            if duty and not account.may(duty):
                record(request, Action.REFUSED, page=request.path)
                return render(request, "people/refused.html", status=403)
            if not passive:
                idle.touch(request)
            return None

        guarded.needs = duty or ANY_ROLE  # type: ignore[attr-defined]
        return cast("View[P]", guarded)

    return decorate


def open_page[**P](view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> View[P]:
    """A staff page for anyone, such as the one to sign in at."""

    @wraps(view)
    def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return _protect(view(request, *args, **kwargs))

    opened.needs = ANYONE  # type: ignore[attr-defined]
    return cast("View[P]", opened)


def next_step(request: HttpRequest) -> str:
    """The name of the page a person who has signed in must pass first, or nothing."""
    account = request.user
    if second_factor.is_missing(request):
        return "people:verify"
    if isinstance(account, Account) and account.must_change_password:
        return "people:password"
    if second_factor.is_to_be_set(request):
        return "people:enrol"
    return ""


def may_open(account: Any, url_name: str) -> bool:
    """Whether this person may open the page of this name; a page that does not exist: no."""
    try:
        needed = getattr(resolve(reverse(url_name)).func, "needs", None)
    except Resolver404:
        return False
    if needed in (ANYONE, ANY_ROLE):
        return True
    return isinstance(account, Account) and isinstance(needed, Duty) and account.may(needed)


def _to_sign_in(request: HttpRequest, passive: bool) -> HttpResponse:
    if passive:
        return JsonResponse({"seconds": 0}, status=401)
    target = request.get_full_path() if request.method == "GET" else reverse("console:index")
    return redirect_to_login(target, settings.LOGIN_URL)


def _protect(response: HttpResponseBase) -> HttpResponseBase:
    return protect(cast("HttpResponse", response))

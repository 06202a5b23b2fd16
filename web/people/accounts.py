"""The administrator's pages: who may sign in, and as what."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.log import Action, record
from people import second_factor
from people.access import StaffRequest, needs
from people.duties import Duty
from people.forms import AccountForm
from people.models import Account

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another one
FORM = ["GET", "HEAD", "POST"]


def first_password() -> str:
    """A password to hand over, which must be changed at the first sign-in."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def give_roles(who: HttpRequest | None, account: Account, roles: list[str]) -> None:
    """Makes these the person's roles, and says so in the access log."""
    before = sorted(account.groups.values_list("name", flat=True))
    if before == sorted(roles):
        return
    account.groups.set(Group.objects.filter(name__in=roles))
    after = sorted(roles)
    record(who, Action.ROLES_CHANGED, account=account.username, before=before, after=after)


@needs(Duty.MANAGE_PEOPLE)
@require_safe
def listing(request: StaffRequest) -> HttpResponse:
    """Every account."""
    accounts = Account.objects.prefetch_related("groups")
    return render(request, "people/accounts.html", {"accounts": accounts})


@needs(Duty.MANAGE_PEOPLE)
@require_http_methods(FORM)
def new(request: StaffRequest) -> HttpResponse:
    """A new account, with a first password that is shown once."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = first_password()
        with transaction.atomic():
            account = form.save(commit=False)
            account.set_password(password)
            account.must_change_password = True
            account.save()
            record(request, Action.ACCOUNT_MADE, account=account.username)
            give_roles(request, account, form.cleaned_data["roles"])
        return render(
            request, "people/first_password.html", {"account": account, "password": password}
        )
    status = 400 if form.errors else 200
    return render(request, "people/account_form.html", {"form": form}, status=status)


@needs(Duty.MANAGE_PEOPLE)
@require_http_methods(FORM)
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Another person's name, roles and whether they may sign in; never one's own."""
    account = get_object_or_404(Account, pk=pk)
    is_own = account.pk == request.user.pk
    form = AccountForm(None if is_own else request.POST or None, instance=account)
    if request.method == "POST" and not is_own and form.is_valid():
        with transaction.atomic():
            form.save()
            changed = [name for name in form.changed_data if name != "roles"]
            if changed:
                record(request, Action.ACCOUNT_CHANGED, account=account.username, changed=changed)
            give_roles(request, account, form.cleaned_data["roles"])
        messages.success(request, f"{account} was saved.")
        return redirect("people:accounts")
    context = {
        "form": form,
        "account": account,
        "is_own": is_own,
        "has_second_factor": second_factor.is_set(account),
    }
    status = 403 if is_own and request.method == "POST" else 400 if form.errors else 200
    return render(request, "people/account_form.html", context, status=status)


@needs(Duty.MANAGE_PEOPLE)
@require_POST
def new_password(request: StaffRequest, pk: int) -> HttpResponse:
    """A first password for somebody who has forgotten theirs."""
    account = get_object_or_404(Account.objects.exclude(pk=request.user.pk), pk=pk)
    password = first_password()
    with transaction.atomic():
        account.set_password(password)
        account.must_change_password = True
        account.save(update_fields=["password", "must_change_password"])
        record(request, Action.ACCOUNT_CHANGED, account=account.username, changed=["password"])
    return render(request, "people/first_password.html", {"account": account, "password": password})


@needs(Duty.MANAGE_PEOPLE)
@require_POST
def reset_factor(request: StaffRequest, pk: int) -> HttpResponse:
    """For somebody who has lost telephone and recovery codes."""
    account = get_object_or_404(Account.objects.exclude(pk=request.user.pk), pk=pk)
    with transaction.atomic():
        second_factor.reset(account)
        record(request, Action.SECOND_FACTOR_RESET, account=account.username)
    messages.success(request, f"{account} can set up a second factor anew.")
    return redirect("people:account-edit", pk=pk)

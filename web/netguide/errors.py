"""Errors, as those understand them who asked: the widget, the staff or a visitor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from chat import problems
from console import errors


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is nothing here."""
    if request.path.startswith(errors.HOME):
        return errors.not_found(request)
    return problems.not_found(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """This is not allowed."""
    if request.path.startswith(errors.HOME):
        return errors.forbidden(request)
    return defaults.permission_denied(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something failed."""
    if request.path.startswith(errors.HOME):
        return errors.broken(request)
    return problems.server_error(request)

"""Errors as RFC 9457 problem details."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults


class Problem(Exception):
    """An error the caller is told of; subclasses say which."""

    status = HTTPStatus.BAD_REQUEST
    slug = "malformed"
    title = "The request cannot be read"

    def __init__(self, detail: str = "", **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.extra = extra
        self.headers: dict[str, str] = {}

    def response(self) -> HttpResponse:
        """The problem as an answer."""
        return problem_response(
            self.status, self.slug, self.title, self.detail, self.extra, self.headers
        )


class Unauthorized(Problem):
    """No session, or one that is unknown or expired."""

    status = HTTPStatus.UNAUTHORIZED
    slug = "session"
    title = "The session is unknown or has expired"

    def __init__(self, detail: str = "Begin a new session.") -> None:
        super().__init__(detail)
        self.headers = {"WWW-Authenticate": "Bearer"}


class Forbidden(Problem):
    """A site that may not carry the widget."""

    status = HTTPStatus.FORBIDDEN
    slug = "origin"
    title = "This site may not use the chat"


class NotFound(Problem):
    """Nothing of that name."""

    status = HTTPStatus.NOT_FOUND
    slug = "not-found"
    title = "There is nothing here"


class WrongMethod(Problem):
    """A method the address does not know."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    slug = "method"
    title = "The method is not allowed here"

    def __init__(self, allowed: str) -> None:
        super().__init__(f"Use {allowed}.")
        self.headers = {"Allow": allowed}


class TooLong(Problem):
    """A body or a text beyond the limit."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    slug = "too-long"
    title = "The message is too long"


class NotJson(Problem):
    """Another content type than JSON."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    slug = "media-type"
    title = "The body is not application/json"


class TooMany(Problem):
    """Too many requests for now."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    slug = "too-many"
    title = "Too many requests"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Please wait {seconds} seconds.")
        self.headers = {"Retry-After": str(seconds)}


def problem_response(  # noqa: PLR0913, PLR0917 - the fields of a problem
    status: HTTPStatus,
    slug: str,
    title: str,
    detail: str = "",
    extra: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """A problem details object as an answer that is never cached."""
    body = {"type": f"urn:netguide:problem:{slug}", "title": title, "status": int(status)}
    body |= {"detail": detail} if detail else {}
    response = JsonResponse(
        body | dict(extra or {}), status=status, content_type="application/problem+json"
    )
    for name, value in {"Cache-Control": "no-store", **(headers or {})}.items():
        response.headers[name] = value
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A problem below /api/, a page elsewhere."""
    if request.path.startswith("/api/"):
        return NotFound().response()
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """A problem below /api/, a page elsewhere; neither says what failed."""
    if request.path.startswith("/api/"):
        title = "Something went wrong on our side"
        return problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, "server", title)
    return defaults.server_error(request)

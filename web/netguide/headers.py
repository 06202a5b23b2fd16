"""Security headers of every answer."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]


def content_security_policy(embed_origins: list[str]) -> str:
    """Only our own files; framed by ourselves and by the sites that may carry the widget."""
    ancestors = " ".join(["'self'", *embed_origins])
    return (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        f"frame-ancestors {ancestors}"
    )


class SecurityHeaders:
    """Adds them, unless the view set its own."""

    def __init__(self, get_response: View) -> None:
        self._get_response = get_response
        self._headers = {
            "Content-Security-Policy": content_security_policy(settings.EMBED_ORIGINS),
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with the headers."""
        response = self._get_response(request)
        for name, value in self._headers.items():
            response.headers.setdefault(name, value)
        return response

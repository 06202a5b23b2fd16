"""Headers of every staff page: kept by no cache, framed by nobody."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers

POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


def protect(response: HttpResponse) -> HttpResponse:
    """The answer with those headers."""
    add_never_cache_headers(response)
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Content-Security-Policy"] = POLICY
    return response

"""Which sites may use the chat from their own pages (CORS)."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from chat.problems import Forbidden

METHODS = "GET, POST, DELETE"
HEADERS = "Authorization, Content-Type"


class Origins:
    """Answers preflights, marks answers for allowed sites, and refuses the others below /api/."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with CORS headers when another site's page asked."""
        origin = request.headers.get("Origin")
        if not request.path.startswith("/api/"):
            return self._get_response(request)
        own = f"{request.scheme}://{request.get_host()}"
        if origin and origin != own and origin not in settings.EMBED_ORIGINS:
            response = Forbidden().response()
        elif request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            response = HttpResponse(status=204)
            response.headers["Access-Control-Allow-Methods"] = METHODS
            response.headers["Access-Control-Allow-Headers"] = HEADERS
            response.headers["Access-Control-Max-Age"] = "600"
        else:
            response = self._get_response(request)
        if origin in settings.EMBED_ORIGINS:
            response.headers["Access-Control-Allow-Origin"] = str(origin)
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
        response.headers["Vary"] = "Origin"
        return response

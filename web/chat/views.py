"""The chat API (docs/chat-api.md, openapi.yml)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from chat import conversation, limits
from chat.bodies import read_json, refuse_unknown, text_field, uuid_field
from chat.models import Conversation
from chat.problems import NotFound, Problem, Unauthorized, WrongMethod
from netguide.practice import contact_url, guide
from replies.reply import Reply

View = Callable[..., HttpResponse]
OPENAPI = Path(__file__).with_name("openapi.yml")
LONGEST_PAGE = 200
LONGEST_SESSION = 200


def api(method: str, limit: str = "address") -> Callable[[View], View]:
    """A view of the API: one method, counted by address before anything is read, problems told."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest, **names: Any) -> HttpResponse:
            try:
                if request.method != method:
                    raise WrongMethod(method)
                limits.check(limit, limits.address(request))
                response = view(request, **names)
            except Problem as problem:
                return problem.response()
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return answer

    return decorate


@api("POST", limit="sessions")
def sessions(request: HttpRequest) -> HttpResponse:
    """Begins a conversation."""
    body = read_json(request)
    refuse_unknown(body, "page")
    page = text_field(body, "page", LONGEST_PAGE, default="")
    if page and not page.startswith("/"):
        raise Problem("`page` must be a path.")
    # What a site puts behind `?` may name a person.
    path, mark, section = page.partition("#")
    begun = conversation.begin(path.partition("?")[0] + mark + section)
    answer = {
        "session": begun.token,
        "expires_in": settings.SESSION_SECONDS,
        "reference": begun.conversation.reference,
        "kept_days": settings.KEPT_DAYS,
        "idle_seconds": settings.IDLE_SECONDS,
        "contact": contact_url(),
        "messages": [conversation.message(begun.greeting)],
    }
    return JsonResponse(answer, status=201)


@api("POST")
def messages(request: HttpRequest) -> HttpResponse:
    """Takes a message and gives its reply."""
    body = read_json(request)
    refuse_unknown(body, "session", "id", "text")
    found = conversation.find(text_field(body, "session", LONGEST_SESSION))
    limits.check("session", str(found.sender))
    client_id = uuid_field(body, "id")
    text = text_field(body, "text", settings.LONGEST_TEXT)
    if not text:
        raise Problem("`text` is empty.")
    turn = conversation.say(found, client_id, text)
    return JsonResponse(
        {"messages": [conversation.message(turn)], "said": turn.text, "redacted": turn.redacted}
    )


@api("POST")
def feedback(request: HttpRequest) -> HttpResponse:
    """Keeps a verdict on a reply."""
    body = read_json(request)
    refuse_unknown(body, "session", "message", "helpful", "comment")
    found = conversation.find(text_field(body, "session", LONGEST_SESSION))
    message = uuid_field(body, "message")
    if not isinstance(body.get("helpful"), bool):
        raise Problem("`helpful` must be true or false.")
    comment = text_field(body, "comment", settings.LONGEST_TEXT, default="")
    conversation.judge(found, message, body["helpful"], comment)
    return HttpResponse(status=204)


@api("GET")
def transcript(request: HttpRequest) -> HttpResponse:
    """The conversation so far."""
    found = _bearer(request)
    return JsonResponse(
        {
            "reference": found.reference,
            "started": found.started_at.isoformat(),
            "messages": conversation.transcript(found),
        }
    )


@api("DELETE")
def session(request: HttpRequest) -> HttpResponse:
    """Deletes everything said."""
    conversation.forget(_bearer(request))
    return HttpResponse(status=204)


@api("GET")
def section(request: HttpRequest, topic: str) -> HttpResponse:
    """A whole section of the guide, for reading it in place."""
    found = guide().by_topic.get(topic)
    if found is None:
        raise NotFound("The guide has no such section.")
    passages = [
        {
            "question": passage.question,
            "blocks": Reply("answer", passage.blocks).as_dict()["blocks"],
        }
        for passage in found.passages
    ]
    response = JsonResponse({"topic": topic, "title": found.title, "passages": passages})
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@api("GET")
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of this API."""
    return JsonResponse(_openapi())


@cache
def _openapi() -> dict[str, Any]:
    description: dict[str, Any] = yaml.safe_load(OPENAPI.read_text(encoding="utf-8"))
    return description


def _bearer(request: HttpRequest) -> Conversation:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthorized("Send the session as `Authorization: Bearer`.")
    return conversation.find(token.strip())

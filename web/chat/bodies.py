"""Reads a JSON body, after the cheap checks and before anything is done with it."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from chat.problems import NotJson, Problem, TooLong

CONTROL = {code: None for code in (*range(32), 127) if chr(code) not in "\n\t"}


def read_json(request: HttpRequest) -> dict[str, Any]:
    """The body's object. Raises TooLong or NotJson before reading it, Problem if it is none."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > settings.LONGEST_BODY:
        raise TooLong(f"A request has at most {settings.LONGEST_BODY} bytes.")
    if request.content_type != "application/json":
        raise NotJson
    try:
        body = json.loads(request.body.decode("utf-8"), parse_constant=_refuse)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Problem("The body is not JSON in UTF-8.") from error
    if not isinstance(body, dict):
        raise Problem("The body is not an object.")
    return body


def refuse_unknown(body: dict[str, Any], *known: str) -> None:
    """Raises Problem if the body has a field beside the known ones."""
    if unknown := set(body) - set(known):
        raise Problem(f"Unknown field: {min(unknown)[:40]}.")


def text_field(body: dict[str, Any], name: str, longest: int, default: str | None = None) -> str:
    """This field as text without control characters; raises Problem or TooLong."""
    value = body.get(name, default)
    if not isinstance(value, str):
        raise Problem(f"`{name}` must be text.")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Problem(f"`{name}` is not valid Unicode.") from error
    if len(value) > longest:
        raise TooLong(f"`{name}` has at most {longest} characters.")
    return value.translate(CONTROL).strip()


def uuid_field(body: dict[str, Any], name: str) -> uuid.UUID:
    """This field as a UUID in its usual form; raises Problem."""
    value = body.get(name)
    try:
        found = uuid.UUID(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or str(found) != str(value).lower():
        raise Problem(f"`{name}` must be a UUID.")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(constant)

"""Session tokens: signed, expiring and unguessable; only a hash of them is stored."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing

SALT = "netguide.chat.session"
LONGEST_TOKEN = 200
# No vowels, and nothing that is mistaken for another when read out on the telephone.
REFERENCE_LETTERS = "34679CDFGHJKMNPQRTVWXY"
REFERENCE = re.compile(f"(NET|REQ)?([{REFERENCE_LETTERS}]{{4}})([{REFERENCE_LETTERS}]{{4}})")


class SessionError(Exception):
    """The token is forged, damaged or expired."""


@dataclass(frozen=True)
class Session:
    """A new session: the token for the visitor and the hash for the store."""

    token: str
    key_hash: str


def new_session() -> Session:
    """A session nobody can guess."""
    key = secrets.token_urlsafe(24)
    return Session(signing.TimestampSigner(salt=SALT).sign(key), _hash(key))


def key_hash(token: str) -> str:
    """The stored hash of this token; raises SessionError for one that is not valid now."""
    if not isinstance(token, str) or len(token) > LONGEST_TOKEN:
        raise SessionError
    try:
        key = signing.TimestampSigner(salt=SALT).unsign(token, max_age=settings.SESSION_SECONDS)
    except signing.BadSignature as error:
        raise SessionError from error
    return _hash(key)


def new_reference() -> str:
    """A code a visitor can quote, such as `NET-4K7M-QX9C`."""
    letters = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(8))
    return f"NET-{letters[:4]}-{letters[4:]}"


def read_reference(written: str) -> str:
    """The code as it is stored, however it was typed: `net 4k7m qx9c`; empty when it is none."""
    found = REFERENCE.fullmatch(re.sub(r"[^A-Z0-9]", "", written.upper()))
    return f"{found[1] or 'NET'}-{found[2]}-{found[3]}" if found else ""


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()

"""How often a session and an address may ask. The address itself is never stored."""

from __future__ import annotations

import hashlib
import hmac
import math
import time
from datetime import UTC, datetime
from typing import Protocol

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.module_loading import import_string

from chat.models import Count
from chat.problems import TooMany


class Counter(Protocol):
    """Counts in windows of time, for all processes together."""

    def add(self, key: str, ends_at: float) -> int:
        """One more for this key; gives the count so far."""


class CacheCounter:
    """Counts in the cache (Redis), where adding is atomic."""

    def add(self, key: str, ends_at: float) -> int:
        """One more for this key; it is forgotten when the window ends."""
        seconds = max(1, math.ceil(ends_at - time.time()))
        cache.add(key, 0, timeout=seconds)
        try:
            return cache.incr(key)
        except ValueError:  # it ended between the two
            return 1


class TableCounter:
    """Counts in a table, where nothing else is installed."""

    def add(self, key: str, ends_at: float) -> int:
        """One more for this key; ended windows are removed on the way."""
        rows = Count.objects.filter(key=key)
        if not rows.update(count=F("count") + 1):
            Count.objects.filter(ends_at__lt=datetime.now(UTC)).delete()
            try:
                with transaction.atomic():
                    Count.objects.create(
                        key=key, count=1, ends_at=datetime.fromtimestamp(ends_at, UTC)
                    )
            except IntegrityError:  # another process began the window first
                rows.update(count=F("count") + 1)
        return rows.values_list("count", flat=True).first() or 1


def check(limit: str, who: str) -> None:
    """Counts one request of `who` against this limit of the settings; raises TooMany beyond it."""
    allowed, seconds = settings.LIMITS[limit]
    now = time.time()
    window = int(now // seconds)
    ends_at = (window + 1) * seconds
    # Keyed by the secret and the window, so that a stored key says nothing of the address.
    secret = f"{limit}:{window}:{who}".encode()
    key = hmac.new(settings.SECRET_KEY.encode(), secret, hashlib.sha256).hexdigest()
    counter: Counter = import_string(settings.COUNTER)()
    if counter.add(key, ends_at) > allowed:
        raise TooMany(max(1, math.ceil(ends_at - now)))


def address(request: HttpRequest) -> str:
    """The visitor's address, past as many proxies of ours as the settings say."""
    forwarded = [a.strip() for a in request.headers.get("X-Forwarded-For", "").split(",") if a]
    if settings.PROXIES and len(forwarded) >= settings.PROXIES:
        return forwarded[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))

"""Times the console's pages against the database that the settings name (docs/console-building.md).

`python load/console_pages.py --rounds 300` prints the median and the 95th percentile of whole
requests, view, queries, template and access log included. Fill the database with
`make_conversations` first.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netguide.settings")
django.setup()

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.test import Client
from django.utils import timezone

from chat.models import Conversation, Turn
from people.accounts import give_roles
from people.models import Account
from people.roles import Role
from review import vocabulary
from review.queues import QUEUES
from review.scale import TAGS

LIMITS = {"list": 150, "filter": 150, "words": 200, "transcript": 60, "queue": 150}  # ms, p95
LIST, REVIEW = "/staff/conversations", "/staff/review"
FREQUENT = ("the", "tumor", "treatment")
MIDDLING = ("word5", "word40", "word300")
RARE = ("word9000", "word15000", "nothinglikethis")

type Ask = Callable[[], str]


def requests(draw: random.Random) -> dict[str, dict[str, Ask]]:
    """Addresses to ask for, by what they measure and how they are called."""
    newest = Conversation.objects.order_by("-last_at")[0].last_at
    most = Conversation.objects.aggregate(most=Max("pk"))["most"]
    longest = Conversation.objects.order_by("-turn_count")[0]

    def listing(**given: object) -> str:
        return f"{LIST}?{urlencode(given)}"

    def some_day() -> str:
        day = timezone.localtime(newest) - timedelta(days=draw.randrange(85))
        return day.date().isoformat()

    def deep() -> str:
        at = Conversation.objects.filter(pk__lte=draw.randrange(1, most)).order_by("-pk")[0]
        micro = int(at.last_at.timestamp() * 1_000_000)
        return listing(before=f"{micro}-{at.pk}")

    singles: dict[str, Callable[[], object]] = {
        "kind": lambda: draw.choice(vocabulary.kinds())[0],
        "topic": lambda: draw.choice(vocabulary.topics())[0],
        "intent": lambda: draw.choice(vocabulary.intents()),
        "feedback": lambda: draw.choice(("up", "down")),
        "verdict": lambda: draw.choice(("right", "wrong_passage", "unsafe", "wrong", "any")),
        "failure": lambda: draw.choice(("timeout", "unreachable", "interrupted", "any")),
        "status": lambda: draw.choice(("open", "in_review", "done", "not_done")),
        "retention": lambda: draw.choice(("due", "cleared", "held")),
        "flag": lambda: draw.choice(("yes", "no")),
        "assignee": lambda: draw.choice(("nobody", "generated-a", "me")),
        "tag": lambda: draw.choice((*TAGS, "no such tag")),
        "since": some_day,
        "until": some_day,
        "low": lambda: draw.choice((20, 90, 97, 99)),
        "high": lambda: draw.choice((3, 8, 15, 40)),
        "shortest": lambda: draw.choice((2, 10, 30, 100)),
        "longest": lambda: draw.choice((1, 3, 10)),
        "hour": lambda: draw.randrange(168),
        "quickest": lambda: draw.choice((0, 31, 101, 301, 1_001, 4_001)),
        "slowest": lambda: draw.choice((10, 30, 50, 200, 4_000)),
    }

    def mixed(count: int) -> str:
        names = draw.sample(list(singles), count)
        return listing(**{name: singles[name]() for name in names})

    def transcript(**given: object) -> str:
        found = Conversation.objects.filter(pk=draw.randrange(1, most)).first() or longest
        return f"{LIST}/{found.reference}?{urlencode(given)}"

    def turn() -> str:
        pk = draw.randrange(1, Turn.objects.aggregate(most=Max("pk"))["most"])
        found = Turn.objects.filter(pk__gte=pk, number__gt=0).order_by("pk")[0]
        return f"{REVIEW}/turns/{found.pk}?queue=declined&days=7"

    def words(choices: tuple[str, ...], **given: object) -> Ask:
        return lambda: listing(words=draw.choice(choices), **given)

    filters: dict[str, Ask] = {
        name: (lambda name=name: listing(**{name: singles[name]()})) for name in singles
    }
    for count in (2, 3, 4):
        filters[f"{count} conditions"] = lambda count=count: mixed(count)
    filters["rare pair that never meets"] = lambda: listing(kind="crisis", failure="timeout")
    filters["frequent, contradictory"] = lambda: listing(
        kind="answer", topic="overview", intent="clinical_trials", longest=1
    )
    return {
        "list": {"newest": lambda: LIST, "far back": deep},
        "filter": filters,
        "words": {
            "frequent": words(FREQUENT),
            "middling": words(MIDDLING),
            "rare": words(RARE),
            "phrase": words(('"neuroendocrine tumor"', '"the page"')),
            "two": words(("the tumor", "word40 word300")),
            "with a kind": words((*FREQUENT, *MIDDLING), kind="not_covered"),
            "with a rare tag": words((*FREQUENT, *MIDDLING), tag="diet"),
        },
        "transcript": {
            "any": transcript,
            "in a filtered list": lambda: transcript(kind="answer", words="tumor"),
            "1,200 turns": lambda: (
                f"{LIST}/{longest.reference}?turn={draw.randrange(1, longest.turn_count)}"
            ),
            "next in a list": lambda: transcript().replace("?", "/older?kind=not_covered"),
        },
        "queue": {
            "first page": lambda: "/staff/",
            "overview": lambda: f"{REVIEW}?days={draw.choice(('2', '7', 'all'))}",
            **{
                name: (lambda name=name: f"{REVIEW}/{name}?days={draw.choice(('2', '7', 'all'))}")
                for name in QUEUES
            },
            "turn": turn,
        },
    }


def measure(
    client: Client, ask: Ask, rounds: int, tries: int
) -> tuple[list[float], tuple[float, str]]:
    """Milliseconds of each request, and the slowest one with its address."""
    times: list[float] = []
    slowest = (0.0, "")
    for _ in range(rounds):
        address = ask()
        taken = float("inf")
        for _ in range(tries):
            began = time.perf_counter()
            answer = client.get(address)
            taken = min(taken, (time.perf_counter() - began) * 1000)
        if answer.status_code not in (200, 302, 400):  # 400: a range that ends before it begins
            raise SystemExit(f"{address}: {answer.status_code}")
        times.append(taken)
        slowest = max(slowest, (taken, address))
    return times, slowest


def report(client: Client, rounds: int, only: str, tries: int) -> Iterator[bool]:
    """Prints a line for each kind of page; gives whether it is within its limit."""
    draw = random.Random(3)  # noqa: S311 - not for secrets
    for name, kinds in requests(draw).items():
        if only and only != name:
            continue
        everything: list[float] = []
        for kind, ask in kinds.items():
            times, slowest = measure(client, ask, rounds, tries)
            everything += times
            line = f"{name:10} {kind:28} {_figures(times)}"
            print(line, f"  slowest {slowest[1]}" if slowest[0] > LIMITS[name] else "")
        is_within = _p95(everything) <= LIMITS[name]
        print(f"{name:10} {'all':28} {_figures(everything)}   limit {LIMITS[name]}\n", flush=True)
        yield is_within


def _figures(times: list[float]) -> str:
    return f"median {statistics.median(times):6.1f}   p95 {_p95(times):6.1f} ms"


def _p95(times: list[float]) -> float:
    return sorted(times)[max(0, round(len(times) * 0.95) - 1)]


def main() -> None:
    """Measures; ends with 1 when a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100, help="requests for each line")
    parser.add_argument(
        "--best-of", type=int, default=1, help="ask each address so often and take the quickest"
    )
    parser.add_argument("--only", default="", choices=["", *LIMITS])
    chosen = parser.parse_args()
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    account, is_new = Account.objects.get_or_create(username="measuring", name="Measuring")
    if is_new:
        account.set_unusable_password()
        account.save()
        give_roles(None, account, [Role.REVIEWER.value])
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["seen_at"] = session["signed_in_at"] = timezone.now().timestamp()
    session.save()
    client.get(LIST)  # the first one reads the guide and compiles the templates
    busy = os.getloadavg()[0]
    print(f"{connection.vendor}: {Turn.objects.count():,} turns; load of the machine {busy:.1f}\n")
    fine = list(report(client, chosen.rounds, chosen.only, chosen.best_of))
    sys.exit(0 if all(fine) else 1)


if __name__ == "__main__":
    main()

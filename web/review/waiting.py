"""What a reader of conversations has to do: the queues, and what colleagues gave them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from chat.models import Conversation
from console.waiting import MANY, Waiting, counted
from people.duties import Duty
from people.models import Account
from review import queues
from review.filters import MINE, NOT_DONE
from review.queues import DEFAULT_PERIOD, PERIODS, QUEUES


def waiting_for(account: Account) -> Iterator[Waiting]:
    """The queues of today and yesterday for who judges; what is theirs for who reads."""
    if account.may(Duty.REVIEW):
        query = urlencode({"days": DEFAULT_PERIOD})
        for queue in QUEUES.values():
            count = queues.count(queue, DEFAULT_PERIOD)
            yield Waiting(
                queue.title,
                counted(count),
                f"not judged, of {PERIODS[DEFAULT_PERIOD]}",
                f"{reverse('review:queue', args=[queue.name])}?{query}",
                is_urgent=queue.name == "safety" and count > 0,
            )
    if account.may(Duty.READ_CONVERSATIONS):
        own = Conversation.objects.filter(assignee=account, turn_count__gte=1)
        count = own.exclude(status=Conversation.Status.DONE)[: MANY + 1].count()
        query = urlencode({"assignee": MINE, "status": NOT_DONE})
        yield Waiting(
            "Assigned to you",
            counted(count),
            "conversations that are not done",
            f"{reverse('review:list')}?{query}",
        )

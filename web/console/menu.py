"""The menu and the first page: what there is, in the order of a working day."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from people.access import may_open
from people.models import Account


@dataclass(frozen=True)
class Entry:
    """A page that stands in the menu; who may open it is the view's own `needs`."""

    url_name: str
    title: str
    summary: str

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(self.url_name)


MENU = (
    Entry("dashboard:index", "Dashboard", "How many asked, what about, and how it went."),
    Entry("review:list", "Conversations", "Find a conversation and read it."),
    Entry("review:queues", "Review", "Judge turns, one after another."),
    Entry("learning:index", "Learning", "Turn what went wrong into training data."),
    Entry("requests:list", "Requests", "Call back who asked for it."),
    Entry("records:exports", "Exports", "Download conversations as CSV or JSON Lines."),
    Entry("audit:log", "Access log", "Who looked at what, and whether the log is intact."),
    Entry("records:retention", "Retention", "Purge, hold, hand out and delete conversations."),
    Entry("people:accounts", "People", "Accounts and roles."),
)


def menu_of(account: Account) -> list[Entry]:
    """The entries that this person may open."""
    return [entry for entry in MENU if may_open(account, entry.url_name)]

"""Says what the page does not cover, who can answer, and the nearest thing it does cover."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

from actions.choice import Choice
from actions.message import Message
from actions.settings import Settings
from guide.model import Guide, Paragraph
from replies.reply import Reply, Source, Suggestion
from replies.texts import Texts

PATH = Path(__file__).parent.parent / "data" / "matters.yml"


@dataclass(frozen=True)
class Matter:
    """Something the page does not cover: its name in a sentence, who can answer, the nearest topic.

    `says` is the passage with what the page says of it all the same, in general.
    """

    text: str
    who: str
    near: str | None = None
    says: str | None = None


@cache
def read_matters(path: Path = PATH) -> dict[str, Matter]:
    """All matters by id."""
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: Matter(**value) for name, value in values.items()}


class Decliner:
    """Builds declines from the fixed texts, the matters and the guide's questions."""

    def __init__(self, guide: Guide, texts: Texts, settings: Settings) -> None:
        self._guide = guide
        self._texts = texts
        self._settings = settings
        self._matters = read_matters()

    def decline(self, message: Message, choice: Choice) -> Reply:
        """The reply to a question the guide does not answer."""
        matter = self._matters.get(choice.matter or "", self._matters["other"])
        name = choice.intent
        if name == "not_covered":
            name = f"not_covered_{matter.who}"
        reply = self._texts[name].reply(
            matter=matter.text, practice=self._guide.practice, source=self._guide.source
        )
        near = matter.near if choice.matter else None
        topics = [near] if near else list(choice.near)
        said = self._guide.passages[matter.says] if matter.says else choice.in_general
        if said:
            lead = Paragraph(self._texts["in_general"].fill())
            reply = replace(reply, blocks=(*reply.blocks, lead, *said.blocks), passages=(said.id,))
        section = self._guide.by_topic[said.topic].title if said else ""
        return replace(
            reply,
            source=Source(self._guide.title, section, self._guide.source),
            suggestions=reply.suggestions or self._nearest(topics),
            nlu=message.understanding,
        )

    def clarify(self, message: Message, choice: Choice) -> Reply:
        """Asks which of the nearest sections is meant."""
        sections = [self._guide.by_topic[topic] for topic in choice.near[:3]]
        if len(sections) < 2:
            return replace(self._texts["clarify_open"].reply(), nlu=message.understanding)
        suggestions = tuple(Suggestion(s.title, s.passages[0].question) for s in sections)
        reply = self._texts["clarify"].reply()
        return replace(reply, suggestions=suggestions, nlu=message.understanding)

    def _nearest(self, topics: list[str]) -> tuple[Suggestion, ...]:
        questions = [self._guide.by_topic[t].passages[0].question for t in topics if t]
        return tuple(Suggestion(q, q) for q in questions[: self._settings.suggestions])

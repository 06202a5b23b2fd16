"""The fixed texts of domain.yml, the one place where a clinician reviews them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any

import yaml

from replies.reply import Alert, Kind, Link, Reply, Suggestion, blocks_from_text

DEFAULT_PATH = Path(__file__).parent.parent / "domain.yml"


class TextError(KeyError):
    """A fixed text is missing from domain.yml."""


@dataclass(frozen=True)
class FixedText:
    """One response of domain.yml: its text with `$name` gaps, and how it is shown."""

    text: str
    kind: Kind
    name: str | None = None
    links: tuple[Link, ...] = ()
    suggestions: tuple[Suggestion, ...] = field(default_factory=tuple)

    def fill(self, **values: str) -> str:
        """The text with its gaps filled; raises KeyError for a gap without a value."""
        return Template(self.text).substitute(values)

    def reply(self, **values: str) -> Reply:
        """The text as a whole reply; one with links becomes an alert."""
        text = self.fill(**values)
        blocks = (Alert(text, self.links),) if self.links else blocks_from_text(text)
        return Reply(self.kind, blocks, name=self.name, suggestions=self.suggestions)


class Texts:
    """All fixed texts by the name of their response, without the `utter_`."""

    def __init__(self, texts: dict[str, FixedText]) -> None:
        self._texts = texts

    def __getitem__(self, name: str) -> FixedText:
        if name not in self._texts:
            raise TextError(f"domain.yml has no response `utter_{name}`: add it")
        return self._texts[name]

    def __contains__(self, name: str) -> bool:
        return name in self._texts

    def names(self) -> list[str]:
        """The names of all texts."""
        return list(self._texts)


def read_texts(path: Path = DEFAULT_PATH) -> Texts:
    """The fixed texts of this domain file."""
    responses = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
    return Texts(
        {name.removeprefix("utter_"): _fixed_text(variants[0]) for name, variants in responses.items()}
    )


def _fixed_text(response: dict[str, Any]) -> FixedText:
    shown = response.get("custom", {})
    return FixedText(
        text=response["text"].strip(),
        kind=shown.get("kind", "answer"),
        name=shown.get("name"),
        links=tuple(Link(**link) for link in shown.get("links", ())),
        suggestions=tuple(Suggestion(**item) for item in shown.get("suggestions", ())),
    )

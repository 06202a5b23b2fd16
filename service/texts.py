"""Checks that code and domain.yml name the same fixed texts: none is missing, none is never said."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from service.environment import ROOT
from service.faults import exit_code

PACKAGES = ("actions", "replies", "server")
PREFIX = "utter_"
# A pattern needs some letters of its own, or it would fit every name.
LETTERS = 4


@dataclass
class Mentions:
    """What code says that can be the name of a text."""

    looked_up: dict[str, str] = field(default_factory=dict)  # `texts["name"]`, and where it stands
    words: set[str] = field(default_factory=set)
    patterns: list[ast.JoinedStr] = field(default_factory=list)


def read_mentions(paths: Iterable[Path], root: Path = ROOT) -> Mentions:
    """What these Python files mention."""
    mentions = Mentions()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                mentions.patterns.append(node)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                mentions.words.add(node.value.removeprefix(PREFIX))
            elif isinstance(node, ast.Subscript) and _is_texts(node.value):
                for name in _looked_up(node.slice):
                    mentions.looked_up[name] = f"{path.relative_to(root)}:{node.lineno}"
    return mentions


def _is_texts(node: ast.expr) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return str(name).lower().strip("_") == "texts"


def _looked_up(index: ast.expr) -> Iterator[str]:
    """The names an index can be: a constant, or either side of `a if ... else b`."""
    if isinstance(index, ast.Constant) and isinstance(index.value, str):
        yield index.value
    elif isinstance(index, ast.IfExp):
        yield from _looked_up(index.body)
        yield from _looked_up(index.orelse)


def problems(domain: dict[str, Any], mentions: Mentions, values: Iterable[str] = ()) -> list[str]:
    """Texts that are looked up but not there, and texts that nothing can say.

    A text is said when its name is a word of the code, an intent, an intent with an ending of the code, or
    fits an f-string whose gaps are filled with words, intents, entities or these values.
    """
    texts = {name.removeprefix(PREFIX) for name in domain["responses"]}
    found = [
        f"{place}: the text `{name}` is not in domain.yml: add `{PREFIX}{name}` there"
        for name, place in mentions.looked_up.items()
        if name not in texts
    ]
    intents = {name for entry in domain["intents"] for name in ([entry] if isinstance(entry, str) else entry)}
    entities = {
        name for entry in domain["entities"] for name in ([entry] if isinstance(entry, str) else entry)
    }
    endings = {word for word in mentions.words if re.fullmatch(r"(_[a-z]+)+", word)}
    names = mentions.words | intents | {i + ending for i in intents for ending in endings}
    fillings = {*mentions.words, *intents, *entities, *values}
    patterns = [p for p in (_pattern(node, fillings) for node in mentions.patterns) if p]
    found += [
        f"domain.yml: nothing says the text `{PREFIX}{name}`: use it or remove it"
        for name in sorted(texts - names)
        if not any(pattern.fullmatch(name) for pattern in patterns)
    ]
    return found


def _pattern(node: ast.JoinedStr, fillings: Iterable[str]) -> re.Pattern[str] | None:
    """The names an f-string can give; None when it has too few letters to be one of a text."""
    parts, letters = [], 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            text = str(part.value)
            letters += len(re.findall("[a-z]", text.removeprefix(PREFIX)))
            parts.append(re.escape(text))
        else:
            own = [n.value for n in ast.walk(part) if isinstance(n, ast.Constant)]
            choices = [c for c in own if isinstance(c, str)] or fillings
            parts.append(f"(?:{'|'.join(re.escape(c) for c in choices)})")
    return re.compile("".join(parts).removeprefix(PREFIX)) if letters >= LETTERS else None


def main() -> int:
    """Prints every problem of the project; 1 when there is one, else 0."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    matters = yaml.safe_load((ROOT / "data" / "matters.yml").read_text(encoding="utf-8"))
    paths = sorted(path for name in PACKAGES for path in (ROOT / name).glob("*.py"))
    found = problems(domain, read_mentions(paths), {matter["who"] for matter in matters.values()})
    for problem in found:
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(exit_code(main))

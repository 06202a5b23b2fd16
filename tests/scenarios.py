"""Conversations over HTTP: what the visitor writes, and what the bot must say (docs/scenarios.md).

`python -m tests.scenarios [--url URL] [--as-measured] [FILE ...]`

With `--as-measured` it then asks a sample of the held-out talks, which must be answered over HTTP just as
they were for the figures (tests/run.py).
"""

from __future__ import annotations

import argparse
import os
import sys
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.assistant import Assistant, AssistantError, Said
from tests.failure import Failure
from tests.located import LINE, FormatError, read_entries, texts
from tests.offline import ModelError
from tests.parity import unlike_measured
from tests.running import running

FOLDER = Path("tests/scenarios")
CHECKS = ("kind", "name", "topic", "passages", "contains", "contains_any", "not_contains")


@dataclass(frozen=True)
class Wanted:
    """What a reply must be: each check with its values, and where it stands."""

    checks: dict[str, tuple[str, ...]]
    place: str


@dataclass(frozen=True)
class Exchange:
    """A message of the visitor's, and what the reply to it must be, if that is checked."""

    visitor: str
    wanted: Wanted | None = None


@dataclass(frozen=True)
class Scenario:
    """One conversation with a sentence for its name."""

    name: str
    place: str
    exchanges: tuple[Exchange, ...]


def scenario_files() -> list[Path]:
    """The project's scenario files."""
    return sorted(FOLDER.glob("*.yml"))


def read_scenarios(paths: Sequence[Path] = ()) -> list[Scenario]:
    """The scenarios of these files, or of all; fragments may stand in any file of the folder.

    Raises FormatError, with file and line, for what docs/scenarios.md does not allow.
    """
    fragments: dict[str, list[dict[str, Any]]] = {}
    entries: list[tuple[Path, dict[str, Any]]] = []
    chosen = list(paths) or scenario_files()
    for path in dict.fromkeys([*scenario_files(), *chosen]):
        for entry in read_entries(path):
            if "fragment" in entry:
                name = entry["fragment"]
                if name in fragments:
                    raise FormatError(f"{path}:{entry[LINE]}: another fragment is named {name!r}")
                fragments[name] = [step | {"file": str(path)} for step in _steps(path, entry)]
            elif "scenario" not in entry:
                raise FormatError(
                    f"{path}:{entry[LINE]}: start the entry with `- scenario:` or `- fragment:`"
                )
            elif path in chosen:
                entries.append((path, entry))
    scenarios = []
    for path, entry in entries:
        steps = _flat([step | {"file": str(path)} for step in _steps(path, entry)], fragments)
        place = f"{path}:{entry[LINE]}"
        scenarios.append(Scenario(entry["scenario"], place, tuple(_exchanges(steps))))
    return scenarios


def _steps(path: Path, entry: dict[str, Any]) -> list[dict[str, Any]]:
    steps = entry.get("steps")
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise FormatError(f"{path}:{entry[LINE]}: `steps:` must list `- visitor:` and `- bot:` lines")
    return steps


def _flat(
    steps: Iterable[dict[str, Any]], fragments: dict[str, list[dict[str, Any]]]
) -> Iterator[dict[str, Any]]:
    for step in steps:
        if "fragment" not in step:
            yield step
        elif step["fragment"] in fragments:
            yield from _flat(fragments[step["fragment"]], fragments)
        else:
            raise FormatError(f"{step['file']}:{step[LINE]}: there is no fragment {step['fragment']!r}")


def _exchanges(steps: Iterable[dict[str, Any]]) -> Iterator[Exchange]:
    said: str | None = None
    for step in steps:
        place = f"{step['file']}:{step[LINE]}"
        if "visitor" in step:
            if said is not None:
                yield Exchange(said)
            said = _visitor_text(step["visitor"], place)
        elif "bot" not in step:
            raise FormatError(f"{place}: a step is `visitor:`, `bot:` or `fragment:`")
        elif said is None:
            raise FormatError(f"{place}: no `visitor:` line stands before this `bot:` line")
        else:
            yield Exchange(said, Wanted(_checks(step["bot"], place), place))
            said = None
    if said is not None:
        yield Exchange(said)


def _visitor_text(value: Any, place: str) -> str:
    if isinstance(value, dict):
        try:
            return str(value["repeat"]) * int(value["times"])
        except (KeyError, ValueError):
            raise FormatError(f"{place}: a long text is {{repeat: text, times: number}}") from None
    return str(value)


def _checks(value: Any, place: str) -> dict[str, tuple[str, ...]]:
    checks = {k: texts(v) for k, v in value.items() if k != LINE} if isinstance(value, dict) else {}
    unknown = [check for check in checks if check not in CHECKS]
    if unknown or not checks:
        raise FormatError(
            f"{place}: {', '.join(unknown) or 'nothing'} can be checked of a reply; "
            f"write bot: {{...}} with {', '.join(CHECKS)}"
        )
    return checks


def failed_checks(said: Said, checks: dict[str, tuple[str, ...]]) -> list[tuple[str, str, str]]:
    """The checks a reply fails: each with what was expected and what came."""
    text = " ".join(said.text.split()).lower()

    def among(value: str) -> bool:
        return " ".join(value.split()).lower() in text

    passed = {
        "kind": lambda values: said.kind in values,
        "name": lambda values: said.name in values,
        "topic": lambda values: set(values) <= set(said.topics),
        "passages": lambda values: set(values) <= set(said.passages),
        "contains": lambda values: all(map(among, values)),
        "contains_any": lambda values: any(map(among, values)),
        "not_contains": lambda values: not any(map(among, values)),
    }
    got = {
        "kind": said.kind,
        "name": said.name or "none",
        "topic": ", ".join(said.topics) or "none",
        "passages": ", ".join(said.passages) or "none",
    }
    return [
        (check, ", ".join(values), got.get(check, said.text))
        for check, values in checks.items()
        if not passed[check](values)
    ]


def play(assistant: Assistant, scenario: Scenario) -> list[Failure]:
    """Holds the conversation; returns what failed. A reply without text fails too."""
    sender = f"scenario-{uuid.uuid4().hex}"
    failures = []
    for exchange in scenario.exchanges:
        place = exchange.wanted.place if exchange.wanted else scenario.place
        try:
            said = assistant.ask(sender, exchange.visitor)
            rows = failed_checks(said, exchange.wanted.checks if exchange.wanted else {})
            if not said.text.strip():
                rows.append(("text", "a reply", "none"))
        except AssistantError as error:
            rows = [("reply", "a reply", str(error))]
        if rows:
            failures.append(Failure(scenario.name, place, exchange.visitor, tuple(rows)))
    return failures


def main() -> int:
    """Runs from the command line; 1 when a scenario fails, 2 when none could be run."""
    parser = argparse.ArgumentParser(prog="python -m tests.scenarios", description=__doc__)
    parser.add_argument(
        "--url",
        default=os.environ.get("ASSISTANT_URL"),
        help="a running assistant; without it and without ASSISTANT_URL one is started",
    )
    parser.add_argument("--as-measured", action="store_true", help="ask a sample of the held-out talks too")
    parser.add_argument("files", nargs="*", type=Path, help="scenario files; without any, all")
    options = parser.parse_args()
    try:
        scenarios = read_scenarios(options.files)
        with running(options.url) as assistant:
            failures = [failure for scenario in scenarios for failure in play(assistant, scenario)]
            unlike = unlike_measured(assistant) if options.as_measured else []
    except (AssistantError, FormatError, ModelError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    for failure in [*failures, *unlike]:
        print(f"{failure}\n")
    if options.as_measured:
        print(f"{len(unlike)} messages of the held-out sample were answered otherwise than measured")
    failed = len({failure.name for failure in failures})
    print(f"{len(scenarios) - failed} of {len(scenarios)} scenarios passed, {failed} failed")
    if not scenarios:
        print("No scenario was found: check the files' names", file=sys.stderr)
        return 2
    return 1 if failures or unlike else 0


if __name__ == "__main__":
    sys.exit(main())

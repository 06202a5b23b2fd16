"""Runs the story tests and fails when one fails, or when not all of them ran.

`python -m tests.stories [--model FILE]`

This is `rasa test core --e2e` with its traps closed: Rasa exits with 0 when a story fails and when
there is no model, and with `--fail-on-prediction-errors` it stops at the first failure.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.failure import Failure
from tests.located import LINE, FormatError, read_located
from tests.offline import ModelError, load_agent, newest_model

if TYPE_CHECKING:
    from rasa.core.agent import Agent

FOLDER = Path("tests/stories")
WRONG_ACTION = re.compile(r"- action: (\S+) +# predicted: (.+)")


@dataclass(frozen=True)
class Turn:
    """What the visitor writes, entities marked, the intent it must get, and where it stands."""

    text: str
    intent: str
    place: str


@dataclass(frozen=True)
class Story:
    """A story test."""

    name: str
    place: str
    turns: tuple[Turn, ...]


def read_stories(folder: Path = FOLDER) -> list[Story]:
    """All story tests; raises FormatError for two of one name, or a turn without its parts."""
    stories: dict[str, Story] = {}
    for path in sorted(folder.glob("test_*.yml")):
        for entry in read_located(path)["stories"]:
            place, name = f"{path}:{entry[LINE]}", entry["story"]
            if name in stories:
                raise FormatError(f"{place}: another story is named {name!r}: change one name")
            turns = []
            for step in entry["steps"]:
                if "user" in step:
                    where = f"{path}:{step[LINE]}"
                    if not step["user"].strip() or "intent" not in step:
                        raise FormatError(f"{where}: a turn needs `user: |`, a text and `intent:`")
                    turns.append(Turn(step["user"].strip(), step["intent"], where))
            stories[name] = Story(name, place, tuple(turns))
    return list(stories.values())


def run(agent: Agent, out: Path) -> tuple[int, dict[str, list[str]]]:
    """How many stories Rasa ran, and the names of those that failed, with their wrong actions."""
    from rasa.core.test import test

    asyncio.run(test(str(FOLDER), agent, out_directory=str(out), e2e=True, disable_plotting=True))
    report = out / "story_report.json"
    if not report.is_file():
        return 0, {}
    whole = json.loads(report.read_text(encoding="utf-8"))["conversation_accuracy"]["total"]
    failed: dict[str, list[str]] = {}
    name = ""
    text = (out / "failed_test_stories.yml").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("- story: "):
            name = line.removeprefix("- story: ").rsplit(" (", 1)[0]
            failed[name] = []
        elif WRONG_ACTION.search(line):
            failed[name].append(line)
    return int(whole), failed


def failures_of(agent: Agent, story: Story, wrong_actions: Sequence[str]) -> list[Failure]:
    """What is wrong in a story: intents and entities by its turns, and actions."""
    failures = []
    for turn in story.turns:
        plain, entities = _plain(turn.text)
        parsed = asyncio.run(agent.parse_message(plain))
        got, found = parsed["intent"]["name"], _shown(plain, parsed["entities"])
        rows = []
        if got != turn.intent:
            rows.append(("intent", turn.intent, f"{got} ({parsed['intent']['confidence']:.2f})"))
        if found != _shown(plain, entities):
            rows.append(("entities", _shown(plain, entities), found))
        if rows:
            failures.append(Failure(story.name, turn.place, plain, tuple(rows)))
    for line in wrong_actions:
        if match := WRONG_ACTION.search(line):
            row = ("action", match[1], match[2])
            failures.append(Failure(story.name, story.place, "(see the story)", (row,)))
    return failures


def _plain(text: str) -> tuple[str, list[dict[str, Any]]]:
    from rasa.shared.nlu.training_data import entities_parser

    entities = entities_parser.find_entities_in_training_example(text)
    return entities_parser.replace_entities(text), entities


def _shown(text: str, entities: Sequence[dict[str, Any]]) -> str:
    marks = [f"{text[e['start'] : e['end']]} = {e['entity']}: {e['value']}" for e in entities]
    return ", ".join(sorted(marks)) or "none"


def main() -> int:
    """Runs from the command line; 1 when a story fails, 2 when not all of them could be run."""
    parser = argparse.ArgumentParser(prog="python -m tests.stories", description=__doc__)
    parser.add_argument("--model", type=Path, help="a model; without it the newest in models/")
    options = parser.parse_args()
    try:
        stories = {story.name: story for story in read_stories()}
        agent = load_agent(options.model or newest_model())
    except (ModelError, FormatError) as error:
        print(error, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        ran, failed = run(agent, Path(folder))
    for name, wrong_actions in failed.items():
        for failure in failures_of(agent, stories[name], wrong_actions):
            print(f"{failure}\n")
    print(f"{ran - len(failed)} of {len(stories)} stories passed, {len(failed)} failed")
    if not stories or ran != len(stories):
        print(f"Rasa ran {ran} stories of {len(stories)}: look at its messages", file=sys.stderr)
        return 2
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""Writes and trains the Rasa projects of the peers, from this project's own questions and guide."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from bench import replies
from guide.model import TOPICS
from guide.reader import read_guide
from nlu.decision import FALLBACK
from service.environment import ROOT
from service.faults import Fault
from service.servers import last_lines, shown_path

HERE = Path(__file__).parent
VERSION = "3.1"
GENERAL = "general"  # the response to a question about a whole section
PASSAGES_SHOWN = 2  # of a section asked for as a whole

Questions = dict[str, list[str]]


def write_default(folder: Path, epochs: int) -> None:
    """A project as Rasa's documentation advises for questions and answers.

    Sections are retrieval intents with a response for each passage, the rest plain intents with one reply.
    """
    config = _read(HERE / "rasa_default" / "config.yml")
    for part in (*config["pipeline"], *config["policies"]):
        if "epochs" in part:
            part["epochs"] = epochs
    questions: Questions = {}
    for path in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for block in _read(path)["nlu"]:
            intent = block["intent"]
            if intent in TOPICS:
                intent += "/" + (block.get("metadata", {}).get("passage") or GENERAL)
            questions.setdefault(intent, []).extend(block["examples"].splitlines())
    _write(folder, config, questions)


def write_floor(folder: Path) -> None:
    """A project whose intents are found by keywords."""
    config = _read(HERE / "rasa_floor" / "config.yml")
    keywords = _read(HERE / "rasa_floor" / "keywords.yml")
    _write(folder, config, {intent: [f"- {word}" for word in words] for intent, words in keywords.items()})


def train(folder: Path, log: Path) -> None:
    """Trains the project in this folder; raises Fault when that fails."""
    command = [sys.executable, "-m", "rasa", "train", "--force", "--fixed-model-name", "bench"]
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        done = subprocess.run(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
    if done.returncode:
        raise Fault(f"{folder.name} was not trained; its log is {shown_path(log)}", last_lines(log))


def _write(folder: Path, config: dict[str, Any], questions: Questions) -> None:
    intents = sorted({name.partition("/")[0] for name in questions})
    replied = {name: _reply(name) for name in questions} | {FALLBACK: replies.fixed(FALLBACK)}
    domain = {
        "intents": intents,
        "responses": {f"utter_{name}": [{"custom": reply}] for name, reply in replied.items()},
        # A retrieval intent's reply is looked for under `utter_INTENT`, which is an action to Rasa.
        "actions": [f"utter_{name}" for name in intents if name in TOPICS],
    }
    nlu = [{"intent": name, "examples": "\n".join(lines) + "\n"} for name, lines in questions.items()]
    files = {
        "config.yml": config,
        "domain.yml": domain,
        "data/nlu.yml": {"nlu": nlu},
        "data/rules.yml": {"rules": [_rule(name) for name in (*intents, FALLBACK)]},
        "data/stories.yml": {"stories": list(_stories(set(intents)))},
        "credentials.yml": {"rest": None},
        "endpoints.yml": {},
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.safe_dump({"version": VERSION} | content if "data/" in name else content, width=10**6)
        path.write_text(text, encoding="utf-8")


def _reply(name: str) -> dict[str, Any]:
    topic, _, passage = name.partition("/")
    if topic not in TOPICS:
        return replies.fixed(topic)
    guide = read_guide()
    if passage in guide.passages:
        return replies.answer([guide.passages[passage]])
    return replies.answer(guide.by_topic[topic].passages[:PASSAGES_SHOWN])


def _rule(intent: str) -> dict[str, Any]:
    return {"rule": intent, "steps": [{"intent": intent}, {"action": f"utter_{intent}"}]}


def _stories(intents: set[str]) -> Iterable[dict[str, Any]]:
    """This project's talks, with the peers' actions; those of intents that a peer lacks are left out."""
    for story in _read(ROOT / "data" / "stories" / "talks.yml")["stories"]:
        said = [step["intent"] for step in story["steps"] if "intent" in step]
        if set(said) <= intents:
            steps = [step for name in said for step in ({"intent": name}, {"action": f"utter_{name}"})]
            yield {"story": story["story"], "steps": steps}


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content

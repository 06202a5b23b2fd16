"""The assistant in this process: the trained model, the rules and the actions, without a server.

It answers as the running one does, eight times as fast; `python -m tests.scenarios --as-measured` asks both.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from service.environment import read_environment
from tests.assistant import Said, Weighed, said

if TYPE_CHECKING:
    from rasa.core.agent import Agent

MODELS = Path("models")
RULES = Path("data/rules/replies.yml")
PROCESSES = 2  # each takes half a gigabyte
# So little a probability of all sections together answers nothing at any threshold looked at.
NEVER_ANSWERED = 0.05
PIECE = 50  # messages a process is given at once


class ModelError(RuntimeError):
    """There is no model to test."""


def newest_model(folder: Path = MODELS) -> Path:
    """The model trained last; raises ModelError when there is none."""
    models = sorted(folder.glob("*.tar.gz"), key=os.path.getmtime)
    if not models:
        raise ModelError(f"no model in {folder}/: run `make train`")
    return models[-1]


def load_agent(model: Path) -> Agent:
    """This model, ready to read messages; takes some ten seconds."""
    # Of other people's deprecated calls nobody here can do anything.
    with warnings.catch_warnings(record=True):
        from rasa.core.agent import Agent
        from rasa.utils.log_utils import configure_structlog

        logging.basicConfig(level=logging.ERROR)
        configure_structlog(logging.ERROR)
        agent = Agent.load(str(model))
    warnings.simplefilter("ignore")
    return agent


def read_actions(path: Path = RULES) -> dict[str, str]:
    """The action of each intent, as the rules have it."""
    rules = yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
    steps = [rule["steps"] for rule in rules]
    return {first["intent"]: second["action"] for first, second in steps}


class OfflineAssistant:
    """Answers as tests.assistant.Assistant does, from a model in this process."""

    def __init__(self, model: Path) -> None:
        self._agent = load_agent(model)
        self._action_of = read_actions()
        self._slots: dict[str, dict[str, Any]] = {}
        from actions import actions
        from nlu import decision
        from server.channel import visitor_message

        self._actions = actions
        self._decision = decision
        self._message = visitor_message

    def ask(self, sender: str, text: str) -> Said:
        """The reply to this text in this sender's conversation."""
        plain = self._message(text, sender, "rest").text
        parsed = asyncio.run(self._agent.parse_message(plain))
        slots = self._slots.get(sender, {})
        reply, events = self._act(parsed, slots)
        self._slots[sender] = {**slots, **{event["name"]: event["value"] for event in events}}
        heard = said(reply)
        return replace(heard, weighed=self._weighed(parsed, slots, heard))

    def _act(
        self, parsed: dict[str, Any], slots: dict[str, Any]
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        from rasa_sdk import Action, Tracker
        from rasa_sdk.executor import CollectingDispatcher

        name = self._action_of.get(parsed["intent"]["name"], "action_clarify")
        actions: dict[str, Callable[[], Action]] = {
            kind().name(): kind for kind in vars(self._actions).values() if _is_action(kind, Action)
        }
        dispatcher = CollectingDispatcher()
        tracker = Tracker("test", slots, parsed, [], False, None, {}, "action_listen")
        events = actions[name]().run(dispatcher, tracker, {})
        (message,) = dispatcher.messages
        return message["custom"], events

    def _weighed(self, parsed: dict[str, Any], slots: dict[str, Any], heard: Said) -> Weighed | None:
        """None for an alarm: no threshold of answering changes that."""
        intent = parsed["intent"]["name"]
        if intent in self._decision.ALARMS:
            return None
        shares = {i["name"]: i["confidence"] for i in parsed["intent_ranking"]}
        answers = {name: share for name, share in shares.items() if self._answers(name)}
        others = {n: s for n, s in shares.items() if n not in (*answers, *self._decision.ALARMS)}
        answerable = round(sum(answers.values()), 4)

        def outcomes(names: dict[str, float]) -> tuple[str, ...]:
            name = max(names, key=names.__getitem__, default=self._decision.FALLBACK)
            entry = {"name": name, "confidence": names.get(name, 0.0)}
            return said(self._act({**parsed, "intent": entry}, slots)[0]).outcomes

        answered = self._answers(intent)
        return Weighed(
            answerable,
            heard.outcomes if answered or answerable < NEVER_ANSWERED else outcomes(answers),
            outcomes(others) if answered else heard.outcomes,
        )

    def _answers(self, intent: str) -> bool:
        from guide.model import TOPICS

        return intent in (*TOPICS, self._decision.FOLLOWUP)


def _is_action(kind: object, base: type) -> bool:
    return isinstance(kind, type) and issubclass(kind, base) and kind is not base


_assistant: OfflineAssistant | None = None


def _load(model: Path) -> None:
    global _assistant
    _assistant = OfflineAssistant(model)


def _ask_piece(first: int, talks: Sequence[Sequence[str]]) -> list[list[Said]]:
    assert _assistant is not None
    return [
        [_assistant.ask(f"talk-{number}", text) for text in talk] for number, talk in enumerate(talks, first)
    ]


def ask_all(model: Path, talks: Sequence[Sequence[str]]) -> list[list[Said]]:
    """What is said in each talk, message by message; a talk is a list of a visitor's texts.

    A talk that occurs twice is held once. Progress goes to stderr.
    """
    # The worker processes read these when they begin.
    os.environ.update(read_environment())
    different = list(dict.fromkeys(tuple(talk) for talk in talks))
    pieces = [different[at : at + PIECE] for at in range(0, len(different), PIECE)]
    replies: list[list[Said]] = []
    with ProcessPoolExecutor(PROCESSES, get_context("spawn"), _load, (model,)) as pool:
        firsts = range(0, len(different), PIECE)
        for number, piece in enumerate(pool.map(_ask_piece, firsts, pieces), 1):
            replies += piece
            if number % 20 == 0 or number == len(pieces):
                print(f"  {len(replies)} of {len(different)} asked", file=sys.stderr, flush=True)
    known = dict(zip(different, replies, strict=True))
    return [known[tuple(talk)] for talk in talks]

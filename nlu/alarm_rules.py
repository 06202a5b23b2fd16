"""Raises the alarm at wordings that are one whatever the rest of the message says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.decision import ALARMS
from nlu.sentence_featurizer import RESPELLED
from nlu.training_questions import training_questions

PATH = Path(__file__).parent.parent / "data" / "safety" / "danger_signs.yml"
CLAUSE_END = re.compile(r"[.,?!;]+\s|\n")


@dataclass(frozen=True)
class DangerSigns:
    """The wordings of each alarm, and those that take a clause's alarm back."""

    alarms: dict[str, list[re.Pattern[str]]]
    unless: list[re.Pattern[str]]

    def alarm(self, text: str) -> str | None:
        """The alarm this text raises: `crisis` or `emergency`, or None."""
        plain = text.lower().replace("'", "").replace("’", "")
        raised = {self._clause_alarm(clause) for clause in CLAUSE_END.split(plain)}
        return next((name for name in ALARMS if name in raised), None)

    def _clause_alarm(self, clause: str) -> str | None:
        if any(pattern.search(clause) for pattern in self.unless):
            return None
        for name in ALARMS:
            if any(pattern.search(clause) for pattern in self.alarms[name]):
                return name
        return None


@cache
def read_danger_signs(path: Path = PATH) -> DangerSigns:
    """The wordings in this file."""
    signs = yaml.safe_load(path.read_text(encoding="utf-8"))
    compiled = {name: [re.compile(sign) for sign in signs[name]] for name in signs}
    return DangerSigns({name: compiled[name] for name in ALARMS}, compiled["unless"])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class AlarmRules(GraphComponent):
    """Sets the intent of a message with a danger sign; keeps the classifier's ranking for reviewers."""

    def __init__(self, sure: float) -> None:
        self._sure = sure

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AlarmRules:
        """The component with this configuration."""
        return cls(config["sure"])

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """How `sure` of an alarm the classifier is, 0 to 1, to stay beside a danger sign of the other."""
        return {"sure": 0.95}

    def process(self, messages: list[Message]) -> list[Message]:
        """Raises the alarm where the classifier did not, or was not sure which of the two it is."""
        for message in messages:
            # Respelling takes Spanish for misspelt English.
            written = (message.get(name) or "" for name in (TEXT, RESPELLED))
            alarm = next(filter(None, map(read_danger_signs().alarm, written)), None)
            intent = message.get(INTENT) or {}
            if alarm is None or not self._yields(intent, alarm):
                continue
            raised = {"name": alarm, "confidence": 1.0}
            ranking = [i for i in message.get(INTENT_RANKING_KEY) if i["name"] != alarm]
            message.set(INTENT, raised, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [raised, *ranking], add_to_output=True)
        return messages

    def _yields(self, intent: dict[str, Any], alarm: str) -> bool:
        """Whether the classifier's intent yields to the alarm: any other does, but a sure alarm stays."""
        is_sure = intent.get("name") in ALARMS and intent["confidence"] >= self._sure
        return intent.get("name") != alarm and not is_sure


def main() -> None:
    """Prints for each wording how many training questions it catches, and the wrong ones."""
    signs = read_danger_signs()
    rows = [(aim.intent, text) for aim, text in training_questions()]
    for name, patterns in signs.alarms.items():
        for pattern in patterns:
            one = DangerSigns({other: [] for other in ALARMS} | {name: [pattern]}, signs.unless)
            caught = [(intent, text) for intent, text in rows if one.alarm(text)]
            wrong = [row for row in caught if row[0] not in ALARMS]
            print(f"{name}: {len(caught) - len(wrong)} right, {len(wrong)} wrong: {pattern.pattern}")
            for intent, text in wrong:
                print(f"    {intent}: {text}")
    every = Counter(intent for intent, text in rows if intent in ALARMS and signs.alarm(text))
    print(", ".join(f"{count} of {name}" for name, count in every.items()))


if __name__ == "__main__":
    main()

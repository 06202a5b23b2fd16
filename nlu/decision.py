"""From probabilities to one intent: safety first, then whether the page answers, then what it is."""

from __future__ import annotations

from dataclasses import dataclass

from guide.model import TOPICS

FALLBACK = "nlu_fallback"
FOLLOWUP = "followup"
DISTRESS = "distress"
ALARMS = ("crisis", "emergency")


@dataclass(frozen=True)
class Thresholds:
    """Least probabilities, chosen on the held-out set (docs/measuring.md).

    - `alarm`: emergency and crisis together, to raise one.
    - `alarm_in_distress`: the same when distress is likelier than both; its text names 988 too.
    - `alarm_in_part`: the same in one part of a message.
    - `topics`: all sections and follow-ups together, to answer from the guide.
    - `intent`: the chosen intent, below which the bot asks back.
    """

    alarm: float = 0.2
    alarm_in_distress: float = 0.4
    alarm_in_part: float = 0.6
    topics: float = 0.62
    intent: float = 0.15


@dataclass(frozen=True)
class Decision:
    """An intent and how probable it is, 0 to 1."""

    intent: str
    confidence: float


def decide(intents: dict[str, float], thresholds: Thresholds) -> Decision:
    """The intent to act on, from the probabilities of all intents."""
    if not intents:
        return Decision(FALLBACK, 0.0)
    alarms = {name: intents.get(name, 0.0) for name in ALARMS}
    alarm = sum(alarms.values())
    in_distress = intents.get(DISTRESS, 0.0) > max(alarms.values())
    if alarm >= (thresholds.alarm_in_distress if in_distress else thresholds.alarm):
        return _likeliest(alarms)
    answered = {name: share for name, share in intents.items() if name in (*TOPICS, FOLLOWUP)}
    if sum(answered.values()) >= thresholds.topics:
        choice = _likeliest(answered)
    else:
        choice = _likeliest({n: s for n, s in intents.items() if n not in answered and n not in ALARMS})
    return choice if choice.confidence >= thresholds.intent else Decision(FALLBACK, choice.confidence)


def decide_part(intents: dict[str, float], thresholds: Thresholds) -> Decision | None:
    """The alarm that a part of a message raises by itself, or None."""
    alarms = {name: intents.get(name, 0.0) for name in ALARMS}
    return _likeliest(alarms) if sum(alarms.values()) >= thresholds.alarm_in_part else None


def _likeliest(intents: dict[str, float]) -> Decision:
    name = max(intents, key=intents.__getitem__)
    return Decision(name, intents[name])

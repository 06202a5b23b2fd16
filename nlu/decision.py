"""From probabilities to one intent: safety first, then whether the page answers, then what it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from guide.model import TOPICS
from nlu.question_bank import Nearness

FALLBACK = "nlu_fallback"
FOLLOWUP = "followup"
DISTRESS = "distress"
ALARMS = ("crisis", "emergency")
ANSWERED = (*TOPICS, FOLLOWUP)
# Declines that a question gets for what stands around it; and those that are questions themselves.
BESIDE_THE_PAGE = ("not_covered", "other_disease", "out_of_scope", FALLBACK)
QUESTIONS_DECLINED = ("not_covered", "other_disease", "medical_advice", *ALARMS)


@dataclass(frozen=True)
class Thresholds:
    """Least probabilities and likenesses, chosen on the held-out set (docs/measuring.md).

    - `alarm`: emergency and crisis together, to raise one.
    - `alarm_in_distress`: the same when distress is likelier than both; its text names 988 too.
    - `alarm_in_part`: the same in one part of a message.
    - `sure_alarm`: the same, from which on it is raised whatever the nearest training questions are.
    - `near_alarms`, `alarm_lead`: below `sure_alarm`, the share of alarms among the nearest questions, or
      how much nearer the nearest alarm lies than any other, of which one is needed.
    - `topics`: all sections and follow-ups together, to answer from the guide.
    - `topics_beside_disease`: the same for a message that names another disease and no NET.
    - `topics_of_sentence`, `asked_beside`: the same for one sentence of a message that is declined, and what
      the sections together, or a decline, may have in each other sentence.
    - `intent`: the chosen intent, below which the bot asks back.
    """

    alarm: float = 0.22
    alarm_in_distress: float = 0.4
    alarm_in_part: float = 0.8
    sure_alarm: float = 0.5
    near_alarms: float = 0.2
    alarm_lead: float = -0.03
    topics: float = 0.55
    topics_beside_disease: float = 0.7
    topics_of_sentence: float = 0.7
    asked_beside: float = 0.45
    intent: float = 0.15


@dataclass(frozen=True)
class Decision:
    """An intent and how probable it is, 0 to 1."""

    intent: str
    confidence: float


def decide(
    intents: dict[str, float],
    thresholds: Thresholds,
    nearness: Callable[[], Nearness],
    beside_disease: bool = False,
) -> Decision:
    """The intent to act on, from the probabilities of all intents.

    `nearness` of the message to the known alarms is asked for only when an alarm is in doubt;
    `beside_disease`: it names another disease and no NET.
    """
    if not intents:
        return Decision(FALLBACK, 0.0)
    in_distress = intents.get(DISTRESS, 0.0) > max(intents.get(name, 0.0) for name in ALARMS)
    least = thresholds.alarm_in_distress if in_distress else thresholds.alarm
    if alarm := _alarm(intents, least, thresholds.sure_alarm, thresholds, nearness):
        return alarm
    answered = {name: share for name, share in intents.items() if name in ANSWERED}
    least = thresholds.topics_beside_disease if beside_disease else thresholds.topics
    if sum(answered.values()) >= least:
        choice = _likeliest(answered)
    else:
        choice = _likeliest({n: s for n, s in intents.items() if n not in answered and n not in ALARMS})
    return choice if choice.confidence >= thresholds.intent else Decision(FALLBACK, choice.confidence)


def decide_part(
    intents: dict[str, float], thresholds: Thresholds, nearness: Callable[[], Nearness]
) -> Decision | None:
    """The alarm that a part of a message raises by itself, or None; a part is never sure enough."""
    return _alarm(intents, thresholds.alarm_in_part, 1.0, thresholds, nearness)


def sole_question(sentences: Sequence[dict[str, float]], thresholds: Thresholds) -> int | None:
    """Which sentence of a message asks the guide, when one does and no other asks anything.

    `sentences` are the probabilities of the intents of each by itself. None when no sentence or more than
    one asks.
    """
    answerable = [sum(intents.get(name, 0.0) for name in ANSWERED) for intents in sentences]
    asking = [at for at, share in enumerate(answerable) if share >= thresholds.topics_of_sentence]
    if len(asking) != 1:
        return None
    for at, (intents, share) in enumerate(zip(sentences, answerable, strict=True)):
        asked = max(share, *(intents.get(name, 0.0) for name in QUESTIONS_DECLINED))
        if at != asking[0] and asked >= thresholds.asked_beside:
            return None
    return asking[0]


def _alarm(
    intents: dict[str, float],
    least: float,
    sure: float,
    thresholds: Thresholds,
    nearness: Callable[[], Nearness],
) -> Decision | None:
    alarms = {name: intents.get(name, 0.0) for name in ALARMS}
    together = sum(alarms.values())
    if together < least:
        return None
    if together < sure:
        near = nearness()
        if near.share < thresholds.near_alarms and near.lead < thresholds.alarm_lead:
            return None
    return _likeliest(alarms)


def _likeliest(intents: dict[str, float]) -> Decision:
    name = max(intents, key=intents.__getitem__)
    return Decision(name, intents[name])

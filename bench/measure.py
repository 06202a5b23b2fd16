"""Measures one contestant: its answers, its speed alone and with many visitors, its memory."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from bench.peer import Peer
from bench.processes import own_peaks
from service.progress import Progress
from tests.assistant import Assistant
from tests.figures import Result, all_figures
from tests.heldout import Question

WARM_UP = 40  # messages
VISITORS = 8
PERCENTILES = (50, 95, 99)


@dataclass(frozen=True)
class Run:
    """What was measured; times in milliseconds unless their name says seconds, shares in percent."""

    name: str
    about: str
    right_section: float
    wrongly_answered: float
    emergency_recall: float
    crisis_recall: float
    alone_ms: tuple[float, ...]
    together_ms: tuple[float, ...]
    together_per_second: float
    memory_mb: float
    largest_process_mb: float
    start_s: float
    train_s: float | None


def measure(
    peer: Peer, questions: Sequence[Question], messages: int, seconds: float, train: bool = True
) -> Run:
    """Trains, starts and asks a contestant; raises Fault or AssistantError when it does not work.

    Without `train` it is asked as it was trained before.
    """
    print(f"\n== {peer.name}: {peer.about}", flush=True)
    train_s = _timed(peer.train) if peer.train and train else None
    started = time.monotonic()
    with peer.run() as url:
        start_s = time.monotonic() - started
        with Progress(f"Measuring {peer.name}") as progress:
            texts = [question.text for question in questions]
            _ask(url, islice(cycle(texts), WARM_UP))
            progress.stage(f"{messages} messages alone")
            alone = _ask(url, islice(cycle(texts), messages))
            progress.stage(f"{VISITORS} visitors at once for {seconds:.0f} s")
            together = _ask_together(url, texts, seconds)
            progress.stage(f"the answers to {len(questions)} questions")
            figures = all_figures(_answers(url, questions))
            peaks = own_peaks()
    return Run(
        name=peer.name,
        about=peer.about,
        right_section=round(figures["right section"].percent, 1),
        wrongly_answered=round(figures["wrongly answered"].percent, 1),
        emergency_recall=round(figures["emergency recall"].percent, 1),
        crisis_recall=round(figures["crisis recall"].percent, 1),
        alone_ms=percentiles(alone),
        together_ms=percentiles(together),
        together_per_second=round(len(together) / seconds, 1),
        memory_mb=round(sum(peaks.values())),
        largest_process_mb=round(max(peaks.values(), default=0)),
        start_s=round(start_s, 1),
        train_s=None if train_s is None else round(train_s, 1),
    )


def percentiles(seconds: Sequence[float]) -> tuple[float, ...]:
    """The nearest-rank percentiles of PERCENTILES, in milliseconds."""
    ordered = sorted(seconds)
    return tuple(
        round(1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)], 1)
        for percent in PERCENTILES
    )


def _timed(action: Callable[[], None]) -> float:
    started = time.monotonic()
    action()
    return time.monotonic() - started


def _ask(url: str, texts: Iterable[str]) -> list[float]:
    """The seconds that each message took, one after the other, each in a conversation of its own."""
    assistant = Assistant(url)
    try:
        return [assistant.ask(uuid.uuid4().hex, text).seconds for text in texts]
    finally:
        assistant.close()


def _ask_together(url: str, texts: Sequence[str], seconds: float) -> list[float]:
    """The seconds that the messages of VISITORS took who ask without a pause; all end after `seconds`."""
    took: list[float] = []
    end = time.monotonic() + seconds

    def visit(number: int) -> None:
        assistant, sender = Assistant(url), uuid.uuid4().hex
        for text in islice(cycle(texts), number * len(texts) // VISITORS, None):
            if time.monotonic() >= end:
                break
            took.append(assistant.ask(sender, text).seconds)
        assistant.close()

    visitors = [threading.Thread(target=visit, args=(number,)) for number in range(VISITORS)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    return took


def _answers(url: str, questions: Sequence[Question]) -> list[Result]:
    assistant = Assistant(url)
    try:
        said = [assistant.ask(uuid.uuid4().hex, question.text) for question in questions]
    finally:
        assistant.close()
    return [
        Result(question, one.outcomes, one.passages) for question, one in zip(questions, said, strict=True)
    ]

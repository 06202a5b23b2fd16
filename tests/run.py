"""One measurement: everything held out asked of the assistant, kept until something it depends on changes."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.assistant import Said, Weighed
from tests.figures import MEASURES, Figure, Result
from tests.heldout import Question, read_dialogues, read_questions
from tests.offline import ask_all
from tests.robustness import SETS, robustness_set

KEPT = Path("var/report/run.json")
# What a reply depends on besides the model, which has training's own sources in it.
SOURCES = (
    "actions/*", "replies/*.py", "guide/*.py", "nlu/*.py", "server/channel.py", "domain.yml", "config.yml",
    "data/guide/*", "data/rules/*", "data/safety/*", "data/terms/*", "data/matters.yml", "tests/heldout/*",
    "tests/assistant.py", "tests/heldout.py", "tests/offline.py", "tests/robustness.py", "tests/run.py",
)  # fmt: skip
# The figures that other ways of typing are compared by.
ROBUST = (
    "accuracy", "right section", "wrongly declined", "wrongly answered", "emergency recall", "crisis recall",
    "false alarms",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A message that was asked, and what was said to it."""

    question: Question
    said: Said

    @property
    def result(self) -> Result:
        """The row as figures count it."""
        return Result(self.question, self.said.outcomes, self.said.passages, self.said.text)


@dataclass(frozen=True)
class Run:
    """The questions as written and the turns of the dialogues, and the questions in each other form."""

    rows: tuple[Row, ...]
    sets: dict[str, tuple[Row, ...]]

    @property
    def results(self) -> list[Result]:
        """The questions and turns as figures count them."""
        return [row.result for row in self.rows]


def robust_figures(rows: Iterable[Row]) -> dict[str, Figure]:
    """The figures of a robustness set."""
    results = [row.result for row in rows]
    return {name: MEASURES[name].figure(results) for name in ROBUST}


def losses(run: Run) -> dict[str, float]:
    """What each robustness set costs, in points, by `SET: FIGURE lost` (below 0: a gain)."""
    written = robust_figures(run.rows)
    lost = {}
    for name, rows in run.sets.items():
        for figure, value in robust_figures(rows).items():
            sign = 1 if MEASURES[figure].more_is_better else -1
            lost[f"{name}: {figure} lost"] = sign * (written[figure].percent - value.percent)
    return lost


def measure(model: Path, kept: Path = KEPT) -> Run:
    """The run of this model; a kept one when nothing has changed since, else one that is kept.

    Raises FormatError for a held-out file that cannot be read.
    """
    questions = read_questions()
    talks = [dialogue.turns for dialogue in read_dialogues()]
    parts: dict[str, Sequence[Sequence[Question]]] = {"as written": [[q] for q in questions], "talks": talks}
    parts |= {name: [[q] for q in robustness_set(questions, name)] for name in SETS}
    key = _key(model)
    known = read_kept(kept, key)
    if known is None:
        whole = [talk for part in parts.values() for talk in part]
        print(f"Asking {len(whole)} questions and talks of {model} ...", file=sys.stderr, flush=True)
        known = ask_all(model, [[question.text for question in talk] for talk in whole])
        kept.parent.mkdir(parents=True, exist_ok=True)
        plain = [[as_kept(said) for said in talk] for talk in known]
        kept.write_text(json.dumps({"key": key, "replies": plain}), encoding="utf-8")
    rows: dict[str, tuple[Row, ...]] = {}
    at = 0
    for name, part in parts.items():
        pairs = zip(part, known[at : at + len(part)], strict=True)
        rows[name] = tuple(Row(*pair) for talk, replies in pairs for pair in zip(talk, replies, strict=True))
        at += len(part)
    return Run((*rows.pop("as written"), *rows.pop("talks")), rows)


def as_kept(said: Said) -> dict[str, Any]:
    """A reply as JSON values, without what is empty."""
    return {name: value for name, value in asdict(said).items() if value or name in ("kind", "text")}


def _key(model: Path) -> str:
    found = hashlib.sha256(model.read_bytes())
    for path in sorted({path for pattern in SOURCES for path in Path().glob(pattern) if path.is_file()}):
        found.update(f"{path}\n".encode() + path.read_bytes())
    return found.hexdigest()


def read_kept(path: Path, key: str) -> list[list[Said]] | None:
    """The replies kept under this key, None when those kept are of something else."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return (
            [[kept_said(s) for s in talk] for talk in content["replies"]] if content["key"] == key else None
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def kept_said(values: dict[str, Any]) -> Said:
    """A reply from the JSON values of as_kept."""
    plain: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    if weighed := plain.pop("weighed", None):
        answered, declined = tuple(weighed["answered"]), tuple(weighed["declined"])
        plain["weighed"] = Weighed(weighed["answerable"], answered, declined)
    return Said(**plain)

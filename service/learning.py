"""Takes an export of the staff console into the training data (`make learn FILE=lessons-1.yml`).

Measures before, trains, measures after, and shows both. What was taken in stays, whatever the figures
say; `UNDO=1` with the same file takes it out again, in the same way.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from guide.reader import read_guide
from nlu.training_questions import (
    TRAINING_DATA,
    Aim,
    Lessons,
    QuestionsError,
    read_questions,
    training_questions,
)
from service import training
from service.environment import ROOT, read_environment
from service.faults import Fault, exit_code
from service.likeness import Questions, plain
from service.said_in_tests import said_in_tests
from service.servers import shown_path

LEARNED = TRAINING_DATA / "learned"
FIGURE = re.compile(r"\s+(\S.*?)\s+([\d.]+)%\s+\(\d+ of \d+\)")
CLOSED = "CLOSED"  # begins a line of tests.nlu that names a gate
GATES_CLOSED = 1  # exit code of tests.nlu


@dataclass(frozen=True)
class Measured:
    """What tests.nlu printed: each figure in percent, by its name; the whole, for people."""

    figures: dict[str, float]
    text: str
    gates_open: bool


def unknown_aims(aims: Iterable[Aim], root: Path = ROOT) -> list[str]:
    """A line for each aim that the assistant does not know."""
    domain = yaml.safe_load((root / "domain.yml").read_text(encoding="utf-8"))
    intents = {name for entry in domain["intents"] for name in ([entry] if isinstance(entry, str) else entry)}
    passages = {passage.id: passage.topic for passage in read_guide().passages.values()}
    known = {aim for aim, _ in training_questions(root / TRAINING_DATA)}
    found = []
    for aim in aims:
        if aim.intent not in intents:
            found.append(f"{aim}: there is no intent {aim.intent!r} in domain.yml")
        elif aim.key == "passage" and passages.get(aim.value) != aim.intent:
            found.append(f"{aim}: the guide has no such passage in its section {aim.intent!r}")
        elif aim.key not in ("", "passage") and aim not in known:
            found.append(f"{aim}: the training data has no {aim.key} {aim.value!r}")
    return found


def sort_out(lessons: Lessons, root: Path = ROOT) -> tuple[Lessons, list[str]]:
    """The lessons that may be learned, and a line for each that is left out."""
    trained = {plain(text): str(aim) for aim, text in training_questions(root / TRAINING_DATA)}
    tests = Questions(said_in_tests(root))
    known = Questions(trained)
    kept: Lessons = {}
    left_out = []
    for aim, texts in lessons.items():
        for text in texts:
            if tests.like(text):
                left_out.append(f"{text!r}: the same or nearly the same stands in the tests")
            elif near := known.like(text):
                left_out.append(
                    f"{text!r}: like {near!r}, known as {trained.get(near, 'one of this export')}"
                )
            else:
                kept.setdefault(aim, []).append(text)
                known.add(text)
    return kept, left_out


def take_in(lessons: Lessons, root: Path = ROOT) -> list[Path]:
    """Adds the lessons to the learned questions of their intents; gives the files that changed."""
    return [
        _write(root, intent, {aim: [*_learned(root, intent).get(aim, []), *texts] for aim, texts in own})
        for intent, own in _by_intent(lessons)
    ]


def take_out(lessons: Lessons, root: Path = ROOT) -> tuple[list[Path], int]:
    """Removes the lessons from the learned questions; gives the files that changed, and how many went."""
    changed, count = [], 0
    for intent, own in _by_intent(lessons):
        gone = {plain(text) for _, texts in own for text in texts}
        learned = _learned(root, intent)
        kept = {aim: [text for text in learned[aim] if plain(text) not in gone] for aim in learned}
        lost = sum(len(learned[aim]) - len(kept[aim]) for aim in learned)
        if lost:
            changed.append(_write(root, intent, kept))
            count += lost
    return changed, count


def _by_intent(lessons: Lessons) -> list[tuple[str, list[tuple[Aim, list[str]]]]]:
    intents = sorted({aim.intent for aim in lessons})
    return [(name, [(aim, lessons[aim]) for aim in lessons if aim.intent == name]) for name in intents]


def _learned(root: Path, intent: str) -> Lessons:
    path = root / LEARNED / f"{intent}.yml"
    return read_questions(path) if path.is_file() else {}


def _write(root: Path, intent: str, lessons: Lessons) -> Path:
    """Writes an intent's learned questions, those given in the place of what stood there for their aim."""
    merged = {**_learned(root, intent), **lessons}
    lines = ['version: "3.1"', "", "# Visitors' questions, taken in by `make learn`.", "nlu:"]
    for aim, texts in merged.items():
        if texts:
            lines.append(f"- intent: {aim.intent}")
            if aim.key:
                lines += ["  metadata:", f"    {aim.key}: {aim.value}"]
            lines += ["  examples: |", *(f"    - {text}" for text in texts)]
    path = root / LEARNED / f"{intent}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    if any(merged.values()):
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    else:
        path.unlink(missing_ok=True)
    return path


def measure() -> Measured:
    """The figures of the model there is; raises Fault when there are none."""
    command = [sys.executable, "-m", "tests.nlu", "--quiet"]
    done = subprocess.run(
        command, cwd=ROOT, env=read_environment(), capture_output=True, encoding="utf-8", errors="replace"
    )
    figures = {match[1]: float(match[2]) for match in map(FIGURE.match, done.stdout.splitlines()) if match}
    if done.returncode not in (0, GATES_CLOSED) or not figures:
        raise Fault("the model could not be measured", done.stderr.splitlines()[-10:])
    return Measured(figures, done.stdout, done.returncode == 0)


def compared(before: Measured, after: Measured) -> str:
    """Both figures of each name and the difference, a line each."""
    width = max(map(len, after.figures))
    lines = [f"{'':<{width}}  before   after   points"]
    for name, value in after.figures.items():
        was = before.figures.get(name)
        shown = "     -        -" if was is None else f"{was:5.1f}%"
        change = "" if was is None else f"   {value - was:+5.1f}" if value != was else "       ="
        lines.append(f"{name:<{width}}  {shown}  {value:5.1f}%{change}")
    return "\n".join(lines)


def _validate() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "service.data"], cwd=ROOT, env=read_environment(), stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
    )  # fmt: skip
    if done.returncode:
        raise Fault("Rasa does not accept the questions", done.stdout.splitlines()[-20:])


def _learn(path: Path, undo: bool) -> int:
    try:
        lessons = read_questions(path)
    except QuestionsError as error:
        raise Fault(f"{error}: download an export of the staff console, under Lessons") from None
    texts = sum(map(len, lessons.values()))
    if not undo:
        if unknown := unknown_aims(lessons):
            raise Fault(f"{path} names what this assistant does not know: export it anew", unknown)
        lessons, left_out = sort_out(lessons)
        for line in left_out:
            print(f"left out  {line}")
        if not lessons:
            print(f"Nothing to learn: none of the {texts} questions is new.")
            return 0
    training.train()
    print("Measuring the model as it is", flush=True)
    before = measure()
    kept = {file: file.read_text(encoding="utf-8") for file in (ROOT / LEARNED).glob("*.yml")}
    try:
        if undo:
            changed, count = take_out(lessons)
            print(f"{count} of {texts} questions taken out of {_names(changed)}", flush=True)
        else:
            changed = take_in(lessons)
            count = sum(map(len, lessons.values()))
            print(f"{count} of {texts} questions taken into {_names(changed)}", flush=True)
        if not count:
            print("Nothing to take out: none of them was taken in.")
            return 0
        _validate()
        training.train()
    except BaseException:
        _put_back(kept)
        print(f"{LEARNED} is as it was: nothing was learned.", file=sys.stderr)
        raise
    print("Measuring the new model", flush=True)
    after = measure()
    print(compared(before, after))
    lines = after.text.splitlines()
    print("\n".join([*(line for line in lines if line.startswith(CLOSED)), lines[-1]]))
    print("An assistant that runs answers by it when it is started again.")
    if not undo:
        print(f"It stays so. To take it out again: make learn FILE={path} UNDO=1")
    return 1 if before.gates_open and not after.gates_open else 0


def _put_back(kept: dict[Path, str]) -> None:
    for file in (ROOT / LEARNED).glob("*.yml"):
        if file not in kept:
            file.unlink()
    for file, text in kept.items():
        file.write_text(text, encoding="utf-8")


def _names(paths: Sequence[Path]) -> str:
    return ", ".join(shown_path(path) for path in paths) or "nothing"


def main() -> int:
    """Runs from the command line; 1 when a gate closed that was open, else 0; raises Fault."""
    parser = argparse.ArgumentParser(prog="python -m service.learning", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", help="a file that the console exported")
    parser.add_argument("--undo", action="store_true", help="take its questions out again")
    options = parser.parse_args()
    if options.file is None:
        raise Fault("name the export: make learn FILE=lessons-1.yml")
    return _learn(options.file, options.undo)


if __name__ == "__main__":
    sys.exit(exit_code(main))

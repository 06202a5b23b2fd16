"""Checks the guide: well formed, easy to read, short passages (`python -m guide.check [FILE]`)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from guide.model import Passage
from guide.reader import DEFAULT_PATH, GuideError, read_guide
from guide.reading_grade import (
    NAMES_PATH,
    prose,
    read_names,
    reading_grade,
    sentence_count,
    word_count,
)

# The project's design, section 2: grade 7 or below for prose.
MAX_GRADE = 7.0
# The project's design, section 4: an answer is one to three sentences or a short list.
MAX_SENTENCES = 3


@dataclass(frozen=True)
class Measure:
    """What was measured of the prose of one passage; its lists are not counted."""

    passage: Passage
    sentences: int
    words: int
    grade: float


def measure(passage: Passage, names: Iterable[str]) -> Measure:
    """The sentences, words and reading grade of the passage's prose."""
    text = prose(passage)
    return Measure(passage, sentence_count(text), word_count(text), reading_grade(text, names))


def problems(path: Path, measures: Iterable[Measure]) -> list[str]:
    """A line `file:line: what is wrong and what to do` for each passage too hard or too long."""
    found = []
    for m in measures:
        place = f"{path}:{m.passage.line}: the passage `{m.passage.id}`"
        if m.grade > MAX_GRADE:
            found.append(
                f"{place} reads at grade {m.grade:.1f}, above {MAX_GRADE:g}: use shorter sentences "
                f"and plainer words (a name that must stay goes into {NAMES_PATH.name})"
            )
        if m.sentences > MAX_SENTENCES:
            found.append(
                f"{place} has {m.sentences} sentences, above {MAX_SENTENCES}: shorten it, make a "
                "list of it, or split it into two passages"
            )
    return found


def table(measures: Sequence[Measure]) -> str:
    """The measures as a table, the hardest passage first, and the average grade."""
    width = max(len(m.passage.id) for m in measures)
    rows = [f"{'passage':{width}}  sentences  words  grade"]
    for m in sorted(measures, key=lambda m: m.grade, reverse=True):
        rows.append(f"{m.passage.id:{width}}  {m.sentences:9}  {m.words:5}  {m.grade:5.1f}")
    average = mean(m.grade for m in measures)
    rows.append(f"{len(measures)} passages, average grade {average:.1f}")
    return "\n".join(rows)


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the table and every problem of a guide; gives 1 when there is a problem, else 0."""
    parser = argparse.ArgumentParser(prog="python -m guide.check", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT_PATH)
    path: Path = parser.parse_args(argv).file
    try:
        guide = read_guide(path)
    except GuideError as error:
        print("\n".join(error.problems), file=sys.stderr)
        return 1
    try:
        names = read_names(NAMES_PATH)
    except (OSError, UnicodeDecodeError) as error:
        print(f"{NAMES_PATH}:1: the names cannot be read ({error}): mend it", file=sys.stderr)
        return 1
    measures = [measure(passage, names) for passage in guide.passages.values()]
    print(table(measures))
    found = problems(path, measures)
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

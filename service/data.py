"""Validates Rasa's data, warnings as failures, and the rules against each other and the stories.

`rasa data validate --fail-on-warnings` only warns of unused intents, and does not see rules that contradict
each other or a story: that shows when they are trained. Here Rasa's own code does both in one process, and
before any NLU is trained.
"""

from __future__ import annotations

import contextlib
import io
import logging
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterable
from pathlib import Path

import rasa.cli.utils
import structlog
from rasa.model_training import train_core
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.data import get_data_files
from rasa.shared.exceptions import RasaException
from rasa.shared.importers.importer import TrainingDataImporter

from service.faults import exit_code

DOMAIN, CONFIG, DATA = "domain.yml", "config.yml", "data"
EXPECTED = (
    # Said of every domain that has slots.
    re.compile(r"Slot auto-fill has been removed in 3\.0"),
    # Actions say them; service/texts.py checks that they do.
    re.compile(r"The utterance '\w+' is not used in any story or rule"),
)


class _Notes(logging.Handler):
    """Keeps what is logged as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def data_problems() -> list[str]:
    """What `rasa data validate` warns of, but for what is expected."""
    notes = _Notes()
    logging.getLogger("rasa").addHandler(notes)
    failed = False
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        # Rasa's own importer, which holds the questions against its schema; ours only reads them.
        importer = TrainingDataImporter.load_from_dict(None, CONFIG, DOMAIN, [DATA])
        try:
            rasa.cli.utils.validate_files(True, None, importer)
        except SystemExit:
            failed = True
    logging.getLogger("rasa").removeHandler(notes)
    said = [str(w.message) for w in warned if issubclass(w.category, (UserWarning, FutureWarning))]
    problems = list(dict.fromkeys(unexpected([*said, *notes.lines])))
    return problems or (["rasa data validate failed without a warning"] if failed else [])


def unexpected(said: Iterable[str]) -> list[str]:
    """The warnings that are not expected, each as one line."""
    lines = (" ".join(text.split()) for text in said)
    return [line for line in lines if not any(pattern.match(line) for pattern in EXPECTED)]


def rule_problems(data: Path = Path(DATA), domain: Path = Path(DOMAIN)) -> list[str]:
    """What Rasa says against the rules and stories when it learns them."""
    with tempfile.TemporaryDirectory() as folder:
        # Only stories and rules: with the questions beside them Rasa reads those too, for half a minute.
        stories = Path(folder) / "stories"
        stories.mkdir()
        for number, path in enumerate(get_data_files([str(data)], YAMLStoryReader.is_stories_file)):
            shutil.copy(path, stories / f"{number}-{Path(path).name}")
        try:
            train_core(str(domain), CONFIG, str(stories), folder)
        except RasaException as error:
            cause = error.__cause__ if isinstance(error.__cause__, RasaException) else error
            return [line for line in str(cause).splitlines() if line.strip()]
    return []


def main() -> int:
    """Prints every problem; 1 when there is one, else 0."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    # Progress bars and greetings.
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        problems = [*data_problems(), *rule_problems()]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(exit_code(main))

"""Trains the model when something it was made from has changed (`make train`)."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from service.environment import ROOT, read_environment
from service.faults import Fault, exit_code
from service.progress import Progress
from service.servers import last_lines, shown_path

MODEL = ROOT / "models" / "net-guide.tar.gz"
STAMP = ROOT / "models" / "net-guide.json"
LANGUAGE = ROOT / "var" / "language"
LOG = ROOT / "var" / "log" / "training.log"
SOURCES = ("config.yml", "domain.yml", "data/**/*", "nlu/*.py", "guide/*.py", "requirements.txt")
# Of these Rasa sees itself what changed.
SEEN_BY_RASA = ("config.yml", "domain.yml", "data/nlu/", "data/rules/", "data/stories/")
# What Rasa says while it trains, and how a person is told.
_STAGES = (
    (re.compile(r"Starting to train component 'RulePolicy'"), "checking and learning the rules"),
    (re.compile(r"Trying to load SpaCy model"), "encoding the questions"),
    (re.compile(r"Training on (\d+) questions"), "learning from {0} questions"),
    (re.compile(r"(epoch \d+/\d+): loss ([\d.]+)"), "{0}, loss {1}"),
    (re.compile(r"Restored component '(\w+)'"), "{0} is unchanged"),
)


def source_hashes(root: Path = ROOT) -> dict[str, str]:
    """The hash of every file the model is made from, by its path."""
    files = sorted({path for pattern in SOURCES for path in root.glob(pattern) if path.is_file()})
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if not path.name.startswith(".")
    }


def folder_hash(folder: Path) -> str:
    """Changes when a file of the folder does."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return found.hexdigest()


def made_hashes() -> dict[str, str]:
    """The hashes of what training makes: the model, and the language it goes with."""
    model = hashlib.sha256(MODEL.read_bytes()).hexdigest() if MODEL.is_file() else ""
    return {"model": model, "language": folder_hash(LANGUAGE)}


def reason_to_train() -> str | None:
    """Why the model must be trained, or None when it is up to date."""
    if not MODEL.is_file():
        return "there is no model yet"
    stamp = _read_stamp()
    if not stamp:
        return f"{shown_path(STAMP)} does not say what the model was made from"
    if stamp["made"] != made_hashes():
        return f"{shown_path(MODEL)} or {shown_path(LANGUAGE)} is not as it was made"
    then, now = stamp["sources"], source_hashes()
    changed = sorted(name for name in {*then, *now} if then.get(name) != now.get(name))
    if not changed:
        return None
    others = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    return f"{changed[0]}{others} changed"


def _read_stamp() -> dict[str, dict[str, str]]:
    try:
        stamp: dict[str, dict[str, str]] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if {*stamp} == {"sources", "made"} else {}


def train() -> None:
    """Trains when there is a reason to; raises Fault, and keeps the model there was, when it fails."""
    reason = reason_to_train()
    if reason is None:
        return
    sources = source_hashes()
    with Progress(f"Training: {reason}") as progress:
        progress.stage("checking the guide")
        _check_guide()
        progress.stage("building the language: spelling, lemmas, terms, encoder")
        before = _set_aside(LANGUAGE)
        try:
            _run([sys.executable, "-m", "nlu.language", str(LANGUAGE)], "the language was not built")
            progress.stage("loading Rasa and the questions")
            _train_rasa(_unseen_by_rasa(sources), progress.stage)
        except BaseException:
            _restore(before, LANGUAGE)
            raise
        shutil.rmtree(before, ignore_errors=True)
        stamp = {"sources": sources, "made": made_hashes()}
        STAMP.write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")
        progress.stage(f"trained: {shown_path(MODEL)}")


def _unseen_by_rasa(sources: dict[str, str]) -> bool:
    """Whether something changed that Rasa's cache of trained components does not look at.

    It looks at the class of a component and the data it gets, not at other code, nor at the spaCy model and
    the files that components read by themselves.
    """
    stamp = _read_stamp()
    if stamp.get("made", {}).get("language") != folder_hash(LANGUAGE):
        return True
    then = stamp["sources"]
    unseen = {name for name in {*then, *sources} if not name.startswith(SEEN_BY_RASA)}
    return any(then.get(name) != sources.get(name) for name in unseen)


def _check_guide() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "guide.check"], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    if checked.returncode:
        raise Fault("the guide must be mended first", checked.stderr.splitlines())


def _train_rasa(everything: bool, stage: Callable[[str], None]) -> None:
    folder = MODEL.parent / ".new"
    # `make check` validates, and fails on what Rasa would only warn of here.
    command = [sys.executable, "-m", "rasa", "train", "--skip-validation", "--out", str(folder)]
    command += ["--fixed-model-name", MODEL.name, *(["--force"] if everything else [])]
    try:
        _run(command, "training failed", stage)
        made = folder / MODEL.name
        if not made.is_file():
            raise _failure("training made no model")
        os.replace(made, MODEL)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str], what: str, stage: Callable[[str], None] = lambda _: None) -> None:
    """Runs a command with its output in the log; raises Fault with the cause when it fails."""
    # Without a fixed seed the same words give another language each time, which would train it all anew.
    environment = {**read_environment(), "PYTHONHASHSEED": "0"}
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with (
        LOG.open("w", encoding="utf-8") as log,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as process,
    ):
        assert process.stdout is not None
        try:
            for line in process.stdout:
                log.write(line)
                if told := stage_of(line):
                    stage(told)
        except BaseException:
            process.terminate()
            raise
    if process.returncode:
        raise _failure(what)


def stage_of(line: str) -> str | None:
    """How a line of Rasa's output is told, or None when it says nothing to a person."""
    for pattern, words in _STAGES:
        if match := pattern.search(line):
            return words.format(*match.groups())
    return None


def _failure(what: str) -> Fault:
    kept = "the model there was is kept" if MODEL.is_file() else "there is no model"
    return Fault(f"{what}, {kept}; its log is {shown_path(LOG)}", last_lines(LOG))


def _set_aside(folder: Path) -> Path:
    before = folder.with_name(f"{folder.name}.before")
    shutil.rmtree(before, ignore_errors=True)
    if folder.is_dir():
        folder.rename(before)
    return before


def _restore(before: Path, folder: Path) -> None:
    if before.is_dir():
        shutil.rmtree(folder, ignore_errors=True)
        before.rename(folder)


def main() -> int:
    """Trains when needed; raises Fault."""
    if reason_to_train() is None:
        print(f"{shown_path(MODEL)} is up to date.")
    train()
    return 0


if __name__ == "__main__":
    sys.exit(exit_code(main))

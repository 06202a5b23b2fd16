"""Commands run one after the other, each with its outcome and time, and a summary."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from service.environment import ROOT, read_environment


@dataclass(frozen=True)
class Step:
    """A command with a name that says what it proves, and the folder it runs in."""

    name: str
    command: tuple[str, ...]
    folder: Path = ROOT


def run_quietly(steps: Sequence[Step]) -> int:
    """Runs all steps and shows the output of those that fail; gives 1 when one does, else 0."""
    failed = []
    # Of other people's deprecated calls nobody here can do anything; pytest shows those that matter.
    environment = {**read_environment(), "PYTHONWARNINGS": "ignore"}
    width = max(len(step.name) for step in steps)
    for number, step in enumerate(steps, 1):
        label = f"[{number}/{len(steps)}] {step.name:{width}}"
        print(label, end=" ", flush=True)
        started = time.monotonic()
        done = subprocess.run(
            step.command,
            cwd=step.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        outcome = "failed" if done.returncode else "ok"
        print(f" {outcome:6} {time.monotonic() - started:6.1f} s", flush=True)
        if done.returncode:
            failed.append(step.name)
            print(done.stdout.rstrip() or f"exit code {done.returncode}, no output", flush=True)
    if failed:
        print(f"{len(failed)} of {len(steps)} checks failed: {', '.join(failed)}", file=sys.stderr)
        return 1
    print(f"All {len(steps)} checks passed.")
    return 0


def run_in_order(steps: Sequence[Step]) -> int:
    """Runs the steps in full view until one fails; gives its exit code, else 0.

    The last line counts the steps as test runners do: `steps: 7 passed, 0 failed`.
    """
    environment = read_environment()
    started = time.monotonic()
    done: list[tuple[str, float]] = []
    code = 0
    for number, step in enumerate(steps, 1):
        print(f"\n== {number}/{len(steps)}  {step.name}", flush=True)
        began = time.monotonic()
        code = subprocess.run(step.command, cwd=step.folder, env=environment).returncode
        done.append((step.name, time.monotonic() - began))
        if code:
            break
    print()
    for name, took in done:
        print(f"{took:7.1f} s  {name}")
    print(f"{time.monotonic() - started:7.1f} s  in all")
    if code:
        print(f"Stopped: the step `{step.name}` failed (exit code {code}).", flush=True)
    passed = len(done) - bool(code)
    print(f"steps: {passed} passed, {int(bool(code))} failed", flush=True)
    return code

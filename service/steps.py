"""Commands run one after the other, each with its outcome and time, and a summary."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from service.environment import ROOT, read_environment


@dataclass(frozen=True)
class Step:
    """A command with a name that says what it proves, and the folder it runs in.

    Those `beside` it run one after the other while it runs, when it is one of several in order.
    """

    name: str
    command: tuple[str, ...]
    folder: Path = ROOT
    beside: tuple[Step, ...] = ()


@dataclass(frozen=True)
class _Outcome:
    """How a step ended, after so many seconds."""

    step: Step
    code: int
    took: float
    output: str = ""


def run_quietly(steps: Sequence[Step]) -> int:
    """Runs all steps and shows the output of those that fail; gives 1 when one does, else 0."""
    failed = []
    # Of other people's deprecated calls nobody here can do anything; pytest shows those that matter.
    environment = {**read_environment(), "PYTHONWARNINGS": "ignore"}
    width = max(len(step.name) for step in steps)
    for number, step in enumerate(steps, 1):
        label = f"[{number}/{len(steps)}] {step.name:{width}}"
        print(label, end=" ", flush=True)
        done = _run(step, environment, aside=True)
        print(f" {'failed' if done.code else 'ok':6} {done.took:6.1f} s", flush=True)
        if done.code:
            failed.append(step.name)
            print(done.output or f"exit code {done.code}, no output", flush=True)
    if failed:
        print(f"{len(failed)} of {len(steps)} checks failed: {', '.join(failed)}", file=sys.stderr)
        return 1
    print(f"All {len(steps)} checks passed.")
    return 0


def run_in_order(steps: Sequence[Step]) -> int:
    """Runs the steps until one fails; gives its exit code, else 0.

    A step is in full view; of those beside it the output comes when all of them are done. The last line
    counts the steps as test runners do: `steps: 7 passed, 0 failed`.
    """
    environment = read_environment()
    started = time.monotonic()
    done: list[_Outcome] = []
    count = sum(1 + len(step.beside) for step in steps)
    for step in steps:
        print(f"\n== {len(done) + 1}/{count}  {step.name}", flush=True)
        with ThreadPoolExecutor(1) as pool:
            beside = pool.submit(_run_all_aside, step.beside, environment)
            done.append(_run(step, environment))
            for other in beside.result():
                print(f"\n== {len(done) + 1}/{count}  {other.step.name}\n{other.output}", flush=True)
                done.append(other)
        if any(outcome.code for outcome in done):
            break
    print()
    for outcome in done:
        print(f"{outcome.took:7.1f} s  {outcome.step.name}")
    print(f"{time.monotonic() - started:7.1f} s  in all")
    failed = [outcome for outcome in done if outcome.code]
    for outcome in failed:
        print(f"Stopped: the step `{outcome.step.name}` failed (exit code {outcome.code}).", flush=True)
    print(f"steps: {len(done) - len(failed)} passed, {len(failed)} failed", flush=True)
    return failed[0].code if failed else 0


def _run_all_aside(steps: Sequence[Step], environment: Mapping[str, str]) -> list[_Outcome]:
    done: list[_Outcome] = []
    for step in steps:
        done.append(_run(step, environment, aside=True))
        if done[-1].code:
            break
    return done


def _run(step: Step, environment: Mapping[str, str], aside: bool = False) -> _Outcome:
    started = time.monotonic()
    done = subprocess.run(
        step.command,
        cwd=step.folder,
        env=environment,
        stdout=subprocess.PIPE if aside else None,
        stderr=subprocess.STDOUT if aside else None,
        encoding="utf-8",
        errors="replace",
    )
    return _Outcome(step, done.returncode, time.monotonic() - started, (done.stdout or "").rstrip())

"""`python -m bench`: measures this assistant and its peers, prints a table, writes JSON and a picture."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench import report
from bench.measure import measure
from bench.peer import FOLDER, peers
from service.environment import ROOT
from service.faults import exit_code
from service.servers import shown_path
from tests.heldout import read_questions

EPOCHS = 6  # of Rasa's default networks, which need minutes for each (docs/benchmark.md)
MESSAGES, SECONDS = 400, 20.0


def main() -> int:
    """Runs the benchmark; raises Fault when a contestant does not work."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", nargs="+", help="names of contestants; without it all")
    parser.add_argument("--trained", action="store_true", help="train nothing: all were trained before")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="of Rasa's default networks")
    parser.add_argument("--messages", type=int, default=MESSAGES, help="asked one after the other")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of visitors at once")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where bench.json and bench.svg are written")
    options = parser.parse_args()
    chosen = [peer for peer in peers(options.epochs) if not options.only or peer.name in options.only]
    questions = read_questions()
    runs = []
    for peer in chosen:
        runs.append(measure(peer, questions, options.messages, options.seconds, not options.trained))
        report.write_json(runs, options.out / "bench.json")
        (options.out / "bench.svg").write_text(report.picture(runs), encoding="utf-8")
    print(f"\n{report.table(runs)}\n\nwritten: {shown_path((ROOT / options.out / 'bench.json').resolve())}")
    return 0


if __name__ == "__main__":
    sys.exit(exit_code(main))

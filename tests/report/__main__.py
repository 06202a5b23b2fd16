"""Writes the report of the newest model, and prints its summary (`make report`).

`python -m tests.report [--model FILE] [--out FILE]`
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.accepted import read_accepted
from tests.located import FormatError
from tests.nlu import judge, summary
from tests.offline import ModelError, newest_model
from tests.report.page import page
from tests.run import measure

OUT = Path("var/report/report.html")


def main() -> int:
    """Runs from the command line; 2 when nothing could be measured. The gate is `make test-nlu`."""
    parser = argparse.ArgumentParser(prog="python -m tests.report", description=__doc__)
    parser.add_argument("--model", type=Path, help="a model; without it the newest in models/")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write it (%(default)s)")
    options = parser.parse_args()
    try:
        run = measure(options.model or newest_model())
        accepted = read_accepted()
    except (ModelError, FormatError) as error:
        print(error, file=sys.stderr)
        return 2
    verdict = judge(run, accepted)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(page(run, verdict, accepted), encoding="utf-8")
    print(summary(run, verdict))
    print(f"The report: {options.out.resolve().as_uri()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

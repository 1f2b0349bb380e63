"""The command ``python -m benchmarks``: run, compare, report."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from benchmarks import compare, run
from benchmarks.measure.results import FOLDER
from benchmarks.report import command as report
from so247.cli.exits import nobody_reads
from so247.models.errors import So247Error

RESULTS = FOLDER / "measured.jsonl"
ABOUT = """\
Measures so247 and its peers, and reads the measurements back.

  run      measure, and add every measurement as a line to a results file
  compare  judge a run's counts against the committed ones, or put two revisions side by side
  report   draw the page and its plots from the committed results, and print the targets

Seconds are CPU seconds. How measuring is done, and what each number means: docs/BENCHMARKS.md.
"""


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run.options(commands, RESULTS)
    compare.options(commands, RESULTS)
    report.options(commands)
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was asked; 1 where something is worse or wrong, 2 for a command that is none.

    141 where nobody reads on, as in ``report | head``.
    """
    asked = parser().parse_args(arguments)
    try:
        done: int = asked.do(asked)
        sys.stdout.flush()
    except BrokenPipeError:
        return nobody_reads()
    except So247Error as error:
        print(error, file=sys.stderr)
        return 1
    return done

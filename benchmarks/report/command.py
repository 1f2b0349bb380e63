"""``python -m benchmarks report``: the targets on the terminal, the page and its plots in docs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from benchmarks.arguments import existing, named
from benchmarks.measure.results import FOLDER, read
from so247.models.errors import InputError
from so247.models.errors import Problem as Wrong

DOCS = Path(__file__).resolve().parents[2] / "docs" / "benchmarks"
ABOUT = """\
Prints what is to be reached, what was measured (medians over the seeds) and whether it holds; then
writes the page and its plots. The same results give the same files. Plots need matplotlib, which
the extra `bench` installs; --no-page does without.
"""


def options(commands: Any) -> None:
    """Add the command to the parser."""
    made = commands.add_parser(
        "report",
        help="print the targets, and draw the page and its plots",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = made.add_argument
    where = f"results (default: all of {named(FOLDER)}/*.jsonl)"
    add("files", type=existing, nargs="*", metavar="FILE", help=where)
    add("--revision", metavar="R", help="default: the newest of unchanged code")
    add("--out", type=Path, default=DOCS, metavar="FOLDER", help=f"default: {named(DOCS)}")
    add("--no-page", action="store_true", help="only print the targets")
    made.set_defaults(do=report)


def report(asked: argparse.Namespace) -> int:
    """0, whatever holds: this shows, ``compare`` judges."""
    from benchmarks.report import page
    from benchmarks.report.chosen import choose
    from benchmarks.report.targets import sections

    files = asked.files or sorted(FOLDER.glob("*.jsonl"))
    if any(not file.is_file() for file in files):
        value = ", ".join(str(file) for file in files if not file.is_file())
        raise InputError([Wrong("not a file of results", "Maybe one of its files.", value)])
    records, problems = read(files)
    for problem in problems:
        print(problem, file=sys.stderr)
    chosen = choose(records, asked.revision)
    print(f"revision {chosen.revision}")
    if chosen.earlier:
        print(f"and what ran the same code at {', '.join(chosen.earlier)}")
    if chosen.others:
        print(
            "left out, for other code or for commits that this clone does not have: "
            f"{', '.join(chosen.others)}"
        )
    for section in sections(chosen):
        print(f"\n{section.text()}")
    if not asked.no_page:
        for file in page.write(chosen, asked.out):
            print(f"wrote {file}", file=sys.stderr)
    return 0

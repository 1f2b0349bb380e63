"""``python -m benchmarks compare``: counts against the committed ones, or two revisions."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from benchmarks import counts, ratios
from benchmarks.arguments import existing, many, named
from benchmarks.measure.results import read
from so247.models.errors import InputError
from so247.models.errors import Problem as Wrong

ABOUT = """\
Judges the counts of a smoke run against those in benchmarks/smoke.json: gaps, breaches, bounds that
somebody went below, model size, deterministic work. Seconds are never judged. Ends with 1 when
something is worse. With --accept the counts found become the committed ones: say in the commit
message why.

With --revisions it puts two revisions side by side instead, as ratios over the seeds that both
have: the median, and the smallest and largest. Below 1 the second one is better.
"""


def options(commands: Any, results: Path) -> None:
    """Add the command to the parser."""
    made = commands.add_parser(
        "compare",
        help="judge a run's counts, or put two revisions side by side",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = made.add_argument
    add(
        "file",
        type=existing,
        nargs="?",
        default=results,
        help=f"results (default: {named(results)})",
    )
    add("--accept", action="store_true", help="commit these counts")
    add("--revisions", type=many, metavar="OLD,NEW", help="two revisions in the file")
    made.set_defaults(do=compare)


def compare(asked: argparse.Namespace) -> int:
    """0 when nothing is worse."""
    if not asked.file.is_file():
        raise InputError([Wrong("no such results", "Maybe run first.", str(asked.file))])
    records, problems = read([asked.file])
    for problem in problems:
        print(problem, file=sys.stderr)
    if asked.revisions:
        return _revisions(asked, records)
    newest = [each for each in records if records and each.revision == records[-1].revision]
    found = counts.counted(newest)
    failed = counts.failures(newest)
    if asked.accept and not failed:
        counts.COMMITTED.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
        print(f"accepted: {counts.COMMITTED.name}")
        return 0
    committed = (
        json.loads(counts.COMMITTED.read_text(encoding="utf-8"))
        if counts.COMMITTED.is_file()
        else {}
    )
    sentences = [*failed, *counts.judged(committed, found)]
    for sentence in sentences:
        print(f"worse: {sentence}", file=sys.stderr)
    if not sentences:
        print(f"nothing is worse in {sum(map(len, found.values()))} sets of counts")
    return 1 if sentences else 0


def _revisions(asked: argparse.Namespace, records: list[Any]) -> int:
    if len(asked.revisions) != 2:
        value = ",".join(asked.revisions)
        raise InputError([Wrong("two revisions are compared", "Maybe OLD,NEW.", value)])
    known = list(dict.fromkeys(each.revision for each in records))
    missing = [each for each in asked.revisions if each not in known]
    if missing:
        advice = f"Maybe one of {', '.join(known)}."
        raise InputError([Wrong("no results of this revision", advice, each) for each in missing])
    print(ratios.page(records, *asked.revisions))
    return 0

"""``python -m benchmarks run``: measure what a size asks for and is not written down yet."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.arguments import existing, many, named, numbers, seconds
from benchmarks.measure import environment
from benchmarks.measure.plan import SIZES, Choice, Wanted
from benchmarks.measure.plan import wanted as planned
from benchmarks.measure.results import Record
from benchmarks.measure.running import Bench, measure
from benchmarks.measure.subjects import SUBJECTS
from benchmarks.peers import PEERS
from benchmarks.tables import brief

ABOUT = """\
Measures and adds each measurement, as soon as it is made, as a line to the results file. What the
file already holds for the same code, subject, case, budget, seed and competitor is skipped: stop
whenever you like, and give the same command again to go on.
"""
EXAMPLES = """\
examples
  python -m benchmarks run                                  the smoke size, in about a minute
  python -m benchmarks run --size full --subjects search --cases hanzeland --list
  python -m benchmarks run --size full --subjects search --cases 'staffing/*' --seconds 120 \\
      --data FOLDER --checker CHECKER.py --peers ours,straightforward
"""
MEMORY = 12_000.0


def options(commands: Any, results: Path) -> None:
    """Add the command to the parser."""
    sizes = _listed((name, size.about) for name, size in SIZES.items())
    subjects = _listed((each.name, each.about) for each in SUBJECTS.values())
    made = commands.add_parser(
        "run",
        help="measure, and add every measurement as a line to a results file",
        description=ABOUT,
        epilog=f"sizes\n{sizes}\n\nsubjects\n{subjects}\n\n{EXAMPLES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = made.add_argument
    some = partial(add, type=many, default=(), metavar="A,B")
    add("--size", choices=SIZES, default="smoke", help="what is measured, and how often")
    some("--subjects", help="only these subjects, or patterns: 'r*'")
    some("--cases", help="only these cases, or patterns: 'staffing/*'")
    some("--peers", help=f"only these competitors: {', '.join(PEERS)}")
    add("--seconds", type=seconds, metavar="N", help="CPU seconds that a search may use")
    add("--seeds", type=numbers, default=(), metavar="1,2,3", help="one measurement for each")
    add("--data", type=existing, metavar="FOLDER", help="public instances lie in or below it")
    add("--checker", type=existing, metavar="SCRIPT", help="independent checker of the 24 set")
    add(
        "--memory",
        type=seconds,
        default=MEMORY,
        metavar="MB",
        help="a process that uses more is killed",
    )
    add("--results", type=Path, default=results, metavar="FILE", help=f"default: {named(results)}")
    add("--list", action="store_true", help="only say what would be measured")
    made.set_defaults(do=run)


def run(asked: argparse.Namespace) -> int:
    """Always 0: a measurement that failed is a result; ``compare`` judges."""
    bench = Bench(asked.results, asked.data, asked.checker, asked.memory)
    choice = Choice(
        asked.size, asked.subjects, asked.cases, asked.peers, asked.seeds, asked.seconds
    )
    wanted = planned(choice, bench.known())
    code, _ = environment.revision()
    done = bench.done()
    left = [each for each in wanted if each.key(code) not in done]
    if asked.list:
        for each in left:
            print(_named(each))
    budget = sum(each.seconds for each in left if SUBJECTS[each.subject].run is None)
    print(
        f"{len(left)} of {len(wanted)} measurements to make at {code}, "
        f"at most {budget / 3600:.1f} CPU hours of search",
        file=sys.stderr,
    )
    if not asked.list:
        count = 0

        def told(each: Wanted, record: Record | None) -> None:
            nonlocal count
            count += 1
            said = "already there" if record is None else brief(record)
            print(f"[{count}/{len(wanted)}] {_named(each)}: {said}", file=sys.stderr, flush=True)

        measure(bench, wanted, told)
    return 0


def _listed(rows: Iterable[tuple[str, str]]) -> str:
    """Names and what they are, one below the other."""
    known = list(rows)
    width = max(len(name) for name, _ in known) + 2
    return "\n".join(f"  {name:{width}}{about}" for name, about in known)


def _named(each: Wanted) -> str:
    return f"{each.subject} {each.case} {each.competitor} {each.seconds:g}s seed {each.seed}"

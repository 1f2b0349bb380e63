"""python -m benchmarks.public.score_duties MONTH.cdat ROSTER.csv

Judges a roster of a physician duty month from the rules alone: it reads the file by itself and
knows no ``Problem``. Rows are physician, day (from 0), duty. Prints a line for each broken rule and
ends with ``hard=N objective=M``. Ends with 1 when a rule is broken, with 2 when it cannot read.

Rules: only who is qualified and not away; no more on a duty than it needs; no duties on adjacent
days; none on two weekends in a row. Cost: 100 for each that a duty lacks; for each physician a cost
by the number of unmet requests, and in the ``equal`` model one by the number of duties.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

Row = tuple[int, int, int]


class Month:
    """The tables of a file, as they stand there. ``equal``: duties are shared out fairly too."""

    def __init__(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8-sig")
        self.equal = path.stem == "equal"
        self.tables = {
            name: [line.split() for line in body.strip().splitlines()]
            for name, body in re.findall(r"%(\w+)[^<]*<([^>]*)>", text)
        }
        self.physicians = range(1, self._last("J") + 1)
        self.weeks = range(1, self._last("W") + 1)
        self.able = self._named("E_pos", 4)
        self.away = self._named("D_off", 3)
        self.wants = self._named("g_req_on", 4)
        self.avoids = self._named("g_req_off", 3)
        self.needs = {(int(i), int(d)): int(n) for i, d, n in self.tables["d_bar_duty"]}
        self.unmet = {(int(j), int(v)): float(c) for j, v, c in self.tables["c"]}
        self.load = {(int(j), int(v)): float(c) for j, v, c in self.tables["c_work"]}

    def _last(self, name: str) -> int:
        return int(self.tables[name][0][0].split("..")[1])

    def _named(self, name: str, indices: int) -> set[tuple[int, ...]]:
        rows = (row for row in self.tables[name] if float(row[indices]))
        return {tuple(int(cell) for cell in row[:indices]) for row in rows}


def broken(month: Month, rows: list[Row]) -> Iterator[str]:
    """A sentence for everything in a roster that breaks a rule."""
    for who, day, duty in rows:
        week, weekday = day // 7 + 1, day % 7 + 1
        if (who, duty, week, weekday) not in month.able or (who, week, weekday) in month.away:
            yield f"able: physician {who} on day {day} has duty {duty}"
    for (day, duty), count in Counter(row[1:] for row in rows).items():
        if count > month.needs.get((duty, day % 7 + 1), 0):
            yield f"need: {count} on day {day} have duty {duty}"
    for (one, day, _), (other, later, _) in combinations(sorted(rows), 2):
        if one == other and later - day < 2:
            yield f"adjacent: physician {one} on days {day} and {later}"
    weekends = sorted({(who, day // 7) for who, day, _ in rows if day % 7 >= 5})
    for (one, week), (other, later) in combinations(weekends, 2):
        if one == other and later - week == 1:
            yield f"weekends: physician {one} in weeks {week + 1} and {later + 1}"


def cost(month: Month, rows: Iterable[Row]) -> float:
    """What a roster costs."""
    held = {(who, duty, day // 7 + 1, day % 7 + 1) for who, day, duty in rows}
    total = 0.0
    for (duty, weekday), need in month.needs.items():
        for week in month.weeks:
            there = sum((who, duty, week, weekday) in held for who in month.physicians)
            total += 100 * max(0, need - there)
    for who in month.physicians:
        mine = [(week, weekday) for person, _, week, weekday in held if person == who]
        unmet = sum(want not in held for want in month.wants if want[0] == who)
        unmet += sum((each[1], each[2]) in mine for each in month.avoids if each[0] == who)
        total += month.unmet.get((who, unmet), 0.0)
        if month.equal:
            total += month.load.get((who, len(mine)), 0.0)
    return total


def main(month_file: str, roster_file: str) -> int:
    try:
        month = Month(Path(month_file))
        with Path(roster_file).open(newline="", encoding="utf-8-sig") as handle:
            rows = [(int(j), int(t), int(i)) for j, t, i in csv.reader(handle)]
    except (OSError, ValueError, KeyError, IndexError) as error:
        print(f"cannot read: {error!r}", file=sys.stderr)
        return 2
    sentences = list(broken(month, rows))
    for sentence in sentences:
        print(sentence)
    print(f"hard={len(sentences)} objective={cost(month, rows):.6f}")
    return 1 if sentences else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))

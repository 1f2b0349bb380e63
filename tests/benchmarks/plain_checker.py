"""INSTANCE ROSTER.csv: judges a staff scheduling roster day by day, for the tests.

Written from the published rules alone, without the importer and without a ``Problem``.
"""

import csv
import sys
from itertools import groupby, pairwise
from pathlib import Path


def sections(path: Path) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for line in path.read_text().splitlines():
        if line.startswith("SECTION_"):
            rows = found.setdefault(line.strip(), [])
        elif line.strip() and not line.startswith("#"):
            rows.append(line.strip().split(","))
    return found


def judge(path: Path, plan: dict[tuple[str, int], str]) -> tuple[list[str], int]:
    """(broken rules, cost)."""
    table = sections(path)
    days = int(table["SECTION_HORIZON"][0][0])
    length = {row[0]: int(row[1]) for row in table["SECTION_SHIFTS"]}
    after = {row[0]: row[2].split("|") for row in table["SECTION_SHIFTS"]}
    broken = []
    for name, mixed, *numbers in table["SECTION_STAFF"]:
        most = dict(each.split("=") for each in mixed.split("|"))
        longest, shortest, max_run, min_run, min_off, weekends = map(int, numbers)
        row = [plan.get((name, day), "") for day in range(days)]
        if any(b in after[a] for a, b in pairwise(row) if a and b):
            broken.append("H2")
        if any(row.count(shift) > int(most.get(shift, 0)) for shift in length):
            broken.append("H3")
        if not shortest <= sum(length[shift] for shift in row if shift) <= longest:
            broken.append("H4")
        runs = [(worked, len(list(run))) for worked, run in groupby(bool(each) for each in row)]
        if any(size > max_run for worked, size in runs if worked):
            broken.append("H5")
        if any(size < min_run for worked, size in runs[1:-1] if worked):
            broken.append("H6")
        if any(size < min_off for worked, size in runs[1:-1] if not worked):
            broken.append("H7")
        if len({day // 7 for day in range(days) if row[day] and day % 7 >= 5}) > weekends:
            broken.append("H8")
        for who, *off in table["SECTION_DAYS_OFF"]:
            if who == name and any(row[int(day)] for day in off):
                broken.append("H9")
    cost = 0
    for who, day, shift, weight in table["SECTION_SHIFT_ON_REQUESTS"]:
        cost += int(weight) * (plan.get((who, int(day))) != shift)
    for who, day, shift, weight in table["SECTION_SHIFT_OFF_REQUESTS"]:
        cost += int(weight) * (plan.get((who, int(day))) == shift)
    for day, shift, need, under, over in table["SECTION_COVER"]:
        there = sum(on == int(day) and held == shift for (_, on), held in plan.items())
        lacking = int(need) - there
        cost += lacking * int(under) if lacking > 0 else -lacking * int(over)
    return broken, cost


if __name__ == "__main__":
    with Path(sys.argv[2]).open(newline="") as handle:
        held = {(who, int(day)): shift for who, day, shift in csv.reader(handle)}
    rules, total = judge(Path(sys.argv[1]), held)
    sys.stdout.writelines(f"{rule} is broken\n" for rule in rules)
    sys.stdout.write(f"hard={len(rules)} objective={total}\n")

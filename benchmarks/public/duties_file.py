"""Reads a month of physician duty rosters (Gross, long-term-workload), a CMPL data file (.cdat).

    %J set < 1..85 >
    %c[J, V] = 0 indices <
        70 1 16.857142857142858
    >

A table names its indices and then the value; what it does not name is 0. The model, ``equal`` or
``unequal``, is the file's name; month and set are the names of the folders that it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from benchmarks.public.trouble import Trouble, text_of

WEEK = 7
ALMOST = 1e-9
"""By how much a slope may seem to fall: published costs are floating-point numbers."""

Key = tuple[int, ...]


@dataclass(frozen=True)
class Instance:
    """One month under one model. Days count from 0, a Monday; physicians and duties are numbers.

    ``slots``: (physician, day, duty) of everything that somebody may do, in that order.
    ``wants``, ``avoids``: requests to have a duty, and to have none on a day.
    ``unmet``: for each physician what 0, 1, 2, … requests not met cost.
    ``load``: for each physician what 0, 1, 2, … duties cost; empty in the ``unequal`` model.
    """

    name: str
    days: int
    physicians: tuple[int, ...]
    duties: tuple[int, ...]
    need: dict[tuple[int, int], int]
    slots: tuple[tuple[int, int, int], ...]
    wants: tuple[tuple[int, int, int], ...]
    avoids: tuple[tuple[int, int], ...]
    unmet: dict[int, tuple[float, ...]]
    load: dict[int, tuple[float, ...]]


@dataclass
class _Table:
    """The rows of one table: (line, cells)."""

    line: int
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


HEAD = re.compile(r"%(\w+)[^<]*<([^>]*)(>?)")


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.trouble = Trouble(path)
        self.tables: dict[str, _Table] = {}
        self._split()

    def _split(self) -> None:
        table: _Table | None = None
        for line, raw in enumerate(text_of(self.path).splitlines(), 1):
            text = raw.strip()
            head = HEAD.match(text)
            if head:
                table = self.tables[head[1]] = _Table(line)
                text = head[2] + head[3]
            closed = text.endswith(">")
            cells = text.removesuffix(">").split()
            if cells and table is not None:
                table.rows.append((line, cells))
            elif cells:
                self.trouble.add(line, "stands outside any table", repr(text), "Maybe cut off")
            table = None if closed else table
        if table is not None:
            self.trouble.add(table.line, "table has no end", "", "Maybe the file was cut off")

    def read(self) -> Instance:
        model = self.path.stem
        if model not in ("equal", "unequal"):
            advice = "The file's name says the model: equal or unequal"
            self.trouble.add(0, "model is not known", model, advice)
        spans = {name: self._span(name) for name in ("J", "W", "I", "D")}
        self.trouble.stop()
        self.spans = spans
        need = {(k[0], k[1]): int(v) for k, v, _ in self._of("d_bar_duty", "ID")}
        away = {(k[0], self._day(k[1], k[2])) for k, v, _ in self._of("D_off", "JWD") if v}
        able = {(k[0], self._day(k[2], k[3]), k[1]) for k, v, _ in self._of("E_pos", "JIWD") if v}
        slots = [
            (who, day, duty)
            for who, day, duty in sorted(able)
            if (who, day) not in away and need.get((duty, day % WEEK + 1))
        ]
        wants = {
            (k[0], self._day(k[2], k[3]), k[1]) for k, v, _ in self._of("g_req_on", "JIWD") if v
        }
        avoids = {(k[0], self._day(k[1], k[2])) for k, v, _ in self._of("g_req_off", "JWD") if v}
        days = len(spans["W"]) * WEEK
        asked = [who for who, *_ in [*wants, *avoids]]
        reach = {who: asked.count(who) for who in spans["J"]}
        unmet = self._costs("c", "unmet requests", reach)
        busy = dict.fromkeys(spans["J"], (days + 1) // 2)  # never on adjacent days
        load = self._costs("c_work", "duties", busy) if model == "equal" else {}
        self.trouble.stop()
        return Instance(
            "/".join([*self.path.absolute().parts[-3:-1], model]),
            days,
            tuple(spans["J"]),
            tuple(spans["I"]),
            need,
            tuple(slots),
            tuple(sorted(wants)),
            tuple(sorted(avoids)),
            unmet,
            load,
        )

    def _day(self, week: int, weekday: int) -> int:
        return (week - self.spans["W"].start) * WEEK + weekday - self.spans["D"].start

    # -- tables -------------------------------------------------------------------------------

    def _span(self, name: str) -> range:
        table = self.tables.get(name)
        if table is None or not table.rows:
            self.trouble.add(0, "set is missing", name, "Maybe the file was cut off")
            return range(0)
        line, cells = table.rows[0]
        found = re.fullmatch(r"(\d+)\.\.(\d+)", cells[0])
        if found is None:
            self.trouble.add(line, f"set {name} is not from..to", cells[0], "Maybe 1..5 is meant")
            return range(0)
        return range(int(found[1]), int(found[2]) + 1)

    def _of(self, name: str, indices: str) -> Iterable[tuple[Key, float, int]]:
        """(indices, value, line) of a table; one row of zeros stands for an empty table."""
        table = self.tables.get(name)
        if table is None:
            self.trouble.add(0, "table is missing", name, "Maybe the file was cut off")
            return
        for line, cells in table.rows:
            if all(cell == "0" for cell in cells):
                continue
            if len(cells) != len(indices) + 1:
                told = f"a row of {name} has {len(cells)} of {len(indices) + 1} fields"
                self.trouble.add(line, told, " ".join(cells), "Maybe columns shifted")
                continue
            try:
                key, value = tuple(int(cell) for cell in cells[:-1]), float(cells[-1])
            except ValueError:
                told = f"a row of {name} is not all numbers"
                self.trouble.add(line, told, " ".join(cells), "Maybe columns shifted")
                continue
            if self._known(line, key, indices):
                yield key, value, line

    def _known(self, line: int, key: Key, indices: str) -> bool:
        strange = [
            f"{name} {number}"
            for name, number in zip(indices, key, strict=True)
            if name in self.spans and number not in self.spans[name]
        ]
        if strange:
            self.trouble.add(line, "outside its set", ", ".join(strange), "Maybe a typing error")
        return not strange

    def _costs(self, name: str, what: str, reach: dict[int, int]) -> dict[int, tuple[float, ...]]:
        """For each physician what 0, 1, … cost; as slopes that never fall, or it is trouble.

        A cost that is not convex cannot be stated as slopes: a solver would take the cheap ones
        first.
        """
        found: dict[int, dict[int, float]] = {who: {} for who in self.spans["J"]}
        first = self.tables[name].line if name in self.tables else 0
        for key, value, _ in self._of(name, "JV"):
            found[key[0]][key[1]] = value
        costs = {
            who: tuple(mine.get(count, 0.0) for count in range(reach[who] + 1))
            for who, mine in found.items()
        }
        for who, mine in costs.items():
            rises = [0.0, *(after - before for before, after in pairwise(mine))]
            if any(after < before - ALMOST for before, after in pairwise(rises)):
                told = f"cost of {what} does not rise ever faster for physician {who}"
                advice = "Only convex costs can be stated; maybe values are missing"
                self.trouble.add(first, told, ", ".join(f"{each:g}" for each in mine), advice)
        return costs


def read(path: Path | str) -> Instance:
    """The instance in a file. Raises ``InputError`` with everything that is wrong in it."""
    return _Reader(Path(path)).read()

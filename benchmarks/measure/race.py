"""A competitor on a case: in one process it searches, in another its choices are judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from benchmarks.measure import cases, process
from benchmarks.measure.process import Allowance, Ended, Say

if TYPE_CHECKING:
    from benchmarks.peers.answer import Peer

OVER = 1.25
"""A competitor is killed at so many times its budget, and ``GRACE`` CPU seconds."""
GRACE = 15.0
LATE = 1.1
"""What it finds after so many times its budget, and ``LATE_SECONDS``, does not count."""
LATE_SECONDS = 1.0
MOMENTS = 500
"""A budget is cut into so many moments; of each, the last choice is kept for judging."""
POINTS = 80
"""Most points of a curve that are written down."""

Choice = tuple[int, ...]
Found = tuple[float, bytes]
"""At which CPU second of the search, and the choice in bits."""


@dataclass(frozen=True)
class Entry:
    """Who runs on what. ``module`` is imported in the process."""

    module: str
    case: str
    data: Path | None
    seconds: float
    seed: int


def peer(module: str) -> Peer:
    """The competitor in a module."""
    return cast("Peer", import_module(module))


def compete(say: Say, entry: Entry) -> None:
    """In its own process: hand over the problem, and pass on every choice with its CPU second."""
    competitor = peer(entry.module)
    why_not = competitor.available()
    if why_not is not None:
        say("unavailable", why_not)
        return
    problem = cases.case(entry.case, entry.data).problem()
    options = len(problem.options)

    def seen(choice: Sequence[int]) -> None:
        say("seen", packed(choice, options))

    say("begin")
    answer = competitor.run(problem, entry.seconds, entry.seed, seen)
    choice = None if answer.choice is None else packed(answer.choice, options)
    say("end", (choice, answer.bounds, answer.note))


def packed(choice: Sequence[int], options: int) -> bytes:
    """A choice in bits. Raises ``ValueError`` if it is no choice of so many options."""
    import numpy as np

    array = np.asarray(choice)
    if array.shape != (options,) or not np.isin(array, (0, 1)).all():
        raise ValueError(f"a choice has {options} zeros and ones, not {array.shape}")
    return np.packbits(array.astype(np.uint8)).tobytes()


def unpacked(bits: bytes, options: int) -> Choice:
    import numpy as np

    return tuple(np.unpackbits(np.frombuffer(bits, np.uint8), count=options).tolist())


def judge(say: Say, entry: Entry, found: Sequence[Found], checker: Path | None) -> None:
    """In another process: what each choice is worth, by the evaluator, and the check of the best.

    Says the curve of legal choices, the best choice's values and counts, and the rules that the
    competitor's last word breaks.
    """
    from so247.solver.evaluate import Evaluator

    case = cases.case(entry.case, entry.data)
    problem = case.problem()
    evaluator = Evaluator(problem)
    pins = [v for v, option in enumerate(problem.options) if option.pinned]
    curve: list[tuple[float, tuple[int, ...]]] = []
    best: Choice | None = None
    broken: list[str] = []
    for cpu, bits in found:
        choice = unpacked(bits, len(problem.options))
        broken = evaluator.broken(choice)
        if not all(choice[v] for v in pins):
            broken = [*broken, "pins stand"]
        values = evaluator.tiers(choice)
        if not broken and (not curve or values < curve[-1][1]):
            curve.append((round(cpu, 3), values))
            best = choice
    counts = {} if best is None else dict(case.judge(best, checker))
    say("judged", {"curve": thinned(curve), "broken": broken, "counts": counts})


def thinned(curve: list[tuple[float, Any]], most: int = POINTS) -> list[tuple[float, Any]]:
    """The first, the last, and others evenly between: enough to draw."""
    if len(curve) <= most:
        return curve
    step = (len(curve) - 1) / (most - 1)
    return [curve[round(at * step)] for at in range(most)]


def moments(ended: Ended, seconds: float) -> tuple[list[Found], bool]:
    """What was found in time, the last of every moment, and whether something came too late."""
    begin = ended.last("begin")
    if begin is None:
        return [], False
    all_: list[Found] = [
        (each.cpu - begin.cpu, each.payload) for each in ended.said if each.kind == "seen"
    ]
    end = ended.last("end")
    if end is not None and end.payload[0] is not None:
        all_.append((end.cpu - begin.cpu, end.payload[0]))
    in_time = [each for each in all_ if each[0] <= seconds * LATE + LATE_SECONDS]
    width = max(seconds / MOMENTS, 1e-9)
    last = {int(cpu / width): (cpu, bits) for cpu, bits in in_time}
    # The first is what "how soon is there a roster" asks for.
    return list(dict.fromkeys([*in_time[:1], *last.values()])), len(in_time) < len(all_)


def run(entry: Entry, checker: Path | None, megabytes: float) -> dict[str, Any]:
    """Both processes; the fields of a ``Record`` that they fill. Never raises for a competitor."""
    allowance = Allowance(entry.seconds * OVER + GRACE, megabytes=megabytes)
    ended = process.run(compete, (entry,), allowance)
    row: dict[str, Any] = {
        "outcome": ended.outcome,
        "note": ended.note,
        "cpu": round(ended.timed, 3),
        "wall": round(ended.wall, 2),
        "megabytes": round(ended.megabytes),
    }
    unavailable = ended.last("unavailable")
    if unavailable is not None:
        return {**row, "outcome": "unavailable", "note": unavailable.payload}
    found, late = moments(ended, entry.seconds)
    end = ended.last("end")
    bounds, note = (end.payload[1], end.payload[2]) if end else (None, ended.note)
    row |= {"bounds": bounds, "note": f"{note}; what came too late was left out" if late else note}
    return row | (_judged(entry, found, checker, megabytes) if found else {})


def _judged(
    entry: Entry, found: list[Found], checker: Path | None, megabytes: float
) -> dict[str, Any]:
    judging = process.run(judge, (entry, found, checker), Allowance(0, megabytes=megabytes))
    said = judging.last("judged")
    if said is None:
        return {"outcome": "unjudged", "note": judging.note}
    curve = tuple(said.payload["curve"])
    values = curve[-1][1] if curve else None
    broken, counts = tuple(said.payload["broken"]), said.payload["counts"]
    return {"curve": curve, "values": values, "broken": broken, "counts": counts}

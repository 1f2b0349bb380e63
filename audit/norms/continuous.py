"""``norm.continuous``: elapsed hours of duties that touch."""

from __future__ import annotations

from collections.abc import Sequence

from so247.audit.breach import BROKEN, Breach
from so247.audit.norms.subject import Stint, Subject, clock, hours, number


def check(subject: Subject) -> list[Breach]:
    """One breach for every stretch of touching work in which some chain is too long."""
    found: list[Breach] = []
    for stretch in _stretches(subject.stints):
        start, end = stretch[0].start, max(each.end for each in stretch)
        chains = [at for at in range(len(stretch)) if _chain_ends(subject, stretch, at)]
        if chains:
            text = (
                f"{hours(end - start)} hours on end from {clock(start)} to {clock(end)}, "
                f"at most {number(subject.norm.limit)}"
            )
            cost = BROKEN * len(chains)
            found.append(subject.breach((end - start) / 60, "h", (start, end), stretch, text, cost))
        found += _unknown(subject, stretch)
    return found


def _stretches(stints: Sequence[Stint]) -> list[list[Stint]]:
    found: list[list[Stint]] = []
    end = 0
    for stint in stints:
        if found and stint.start <= end:
            found[-1].append(stint)
            end = max(end, stint.end)
        else:
            found.append([stint])
            end = stint.end
    return found


def _chain_ends(subject: Subject, stretch: Sequence[Stint], last: int) -> bool:
    """Whether a minimal chain that is too long ends with this stint of the period.

    The latest first stint that makes it too long is tried; without the last it must not be.
    """
    if not subject.tested(stretch[last]):
        return False
    for first in range(last, -1, -1):
        chain = stretch[first : last + 1]
        if _elapsed(chain) > subject.limit_minutes:
            ours = any(each.ours for each in chain)
            return ours and _elapsed(chain[:-1]) <= subject.limit_minutes
    return False


def _elapsed(chain: Sequence[Stint]) -> int:
    """Minutes from the first start to the last end; none when something in between is free."""
    if not chain:
        return 0
    end = chain[0].end
    for each in chain:
        if each.start > end:
            return 0
        end = max(end, each.end)
    return end - chain[0].start


def _unknown(subject: Subject, stretch: Sequence[Stint]) -> list[Breach]:
    """Work that begins at (or over) the period's edge may touch work that nobody recorded."""
    before = stretch[0].start - 1
    if before >= subject.case.start or not subject.reaches_unknown(before):
        return []
    at = next((i for i, each in enumerate(stretch) if subject.tested(each)), None)
    if at is None or _elapsed(stretch[: at + 1]) > subject.limit_minutes:
        return []
    return subject.unknown(before, "h")

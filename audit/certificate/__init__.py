"""A counting certificate re-computed in whole numbers, without the solver.

docs/PROOF.md ("Why not") says what it claims. What cannot be re-computed here is a fault, even if
it should be true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from so247.audit.admission import admit
from so247.audit.certificate.ground import Ground
from so247.audit.certificate.judge import Judge
from so247.models.calendar import duties as planned
from so247.models.clock import Interval
from so247.models.duty import Duty
from so247.models.errors import RosterError
from so247.models.proof import Counting
from so247.models.region import Region
from so247.models.roster import Roster

__all__ = ["counting_faults"]


def counting_faults(
    region: Region,
    counting: Counting,
    period: Interval,
    history: Sequence[Roster],
    sites: Iterable[str] | None = None,
) -> tuple[str, ...]:
    """Why the certificate does not show what it claims; empty: it does.

    ``sites`` are those that must be covered (all of the region's where not given): a duty for none
    of them is not needed, and a rule about another site keeps nobody from it.
    """
    try:
        admit(region, Roster(region_id=region.id, period=period), history)
    except RosterError as error:
        return tuple(str(problem) for problem in error.problems)
    ground = Ground(region, period, history, sites)
    known = {duty.id: duty for duty in planned(region, period)}
    faults = list(_duties(ground, known, counting))
    if faults:
        return tuple(faults)
    judge = Judge(ground, [known[name] for name in counting.duties])
    return (*_people(region, counting), *judge.faults(counting), *_sum(counting))


def _duties(ground: Ground, known: dict[str, Duty], counting: Counting) -> Iterator[str]:
    if not counting.duties:
        yield "it counts no duty at all"
    for name, times in Counter(counting.duties).items():
        if times > 1:
            yield f"{name} is counted {times} times"
        duty = known.get(name)
        if duty is None:
            yield f"{name} is no duty of the period"
        elif name in ground.held_before:
            yield f"{name} is held by history"
        elif ground.line(duty).organisation is not None:
            yield f"{name} is held by an organisation"
        elif not ground.needed(duty):
            yield f"{name} is for no site that must be covered then"


def _people(region: Region, counting: Counting) -> Iterator[str]:
    named = Counter(share.physician for share in counting.shares)
    named.update(barred.physician for barred in counting.barred)
    for name in sorted({*named, *region.physician_by_id}):
        if name not in region.physician_by_id:
            yield f"the region knows nobody called {name}"
        elif named[name] != 1:
            yield f"{name} is named {named[name]} times among those who share or are barred"


def _sum(counting: Counting) -> Iterator[str]:
    if counting.most >= counting.need:
        yield f"{counting.need} duties need holders, and {counting.most} can be held: no shortage"

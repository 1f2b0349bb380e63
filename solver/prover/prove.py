"""``prove``: is a site covered, may it count on the region, and if not, what is missing?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from so247.audit.admission import region_changes
from so247.audit.assess import Assessment, assess
from so247.audit.slice import Slice, slice_of
from so247.models.canonical import region_hash
from so247.models.errors import RosterError
from so247.models.proof import Answered, LineRoom, Proof, Robustness, Said
from so247.models.region import Region
from so247.models.report import Coverage
from so247.models.result import Progress
from so247.models.roster import Roster
from so247.solver.extract import our_version
from so247.solver.headroom import headroom as headroom_of
from so247.solver.limits import Cancel, Limits
from so247.solver.plan import Plan
from so247.solver.prover.asked import Asked, asked_of, later_sites, postponed
from so247.solver.prover.said import assumptions, attested
from so247.solver.prover.witness import Witness, find_roster, find_why
from so247.solver.robust import robust
from so247.solver.whynot.conflict import Clock

DEFAULT_LIMITS = Limits()


def prove(
    region: Region,
    site: str,
    *,
    opening: date | None = None,
    weeks: int | None = None,
    roster: Roster | None = None,
    history: Sequence[Roster] = (),
    today: date | None = None,
    limits: Limits = DEFAULT_LIMITS,
    seed: int = 1,
    absences: Sequence[int] = (7,),
    headroom: bool = True,
    names: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
) -> Proof:
    """Judge the preconditions of GP care at a facility or GP group (docs/PROOF.md).

    From the site's opening (``opening`` overrules the region's; a site that is open: from
    ``today``) for ``weeks`` weeks (default 13; with ``roster``: to its end). Without ``roster`` a
    witness is sought: any roster that covers this site and every site already open. ``absences``:
    lengths in days for which N-1 is tried in the time that is left. ``names``: with people's own
    names, for the coordinator; otherwise everybody goes by a number.

    Raises ``NotFound`` for an unknown site, ``InputError`` with everything wrong about the
    question, ``RosterError`` for a roster of another region.
    """
    clock = Clock(limits.seconds)
    asked = asked_of(
        region, site, opening=opening, weeks=weeks, today=today, roster=roster, history=history
    )
    case = _Case(asked, history, names=names)
    if roster is None:
        case, witness = _witness(case, limits, clock, seed, on_progress, cancel)
    else:
        witness = Witness(None, case.slice.roster(roster))
    found = assess(
        case.slice.region,
        site,
        asked.period,
        witness.roster,
        case.history,
        witness=roster is None,
        cover=witness.covered,
        voluntary_norms=witness.voluntary_norms,
    )
    tried, room, untold = _strength(case, witness, found, absences, headroom, limits, clock, cancel)
    return Proof(
        version=our_version(),
        region_id=region.id,
        region_hash=region_hash(region),
        site=site,
        named=names,
        rule_set=region.settings.rule_set,
        period=asked.period,
        cover=witness.covered,
        verdict=found.verdict,
        until=found.until,
        summary=found.summary,
        preconditions=found.preconditions,
        checks=found.checks,
        readings=found.readings,
        warnings=found.warnings,
        assumptions=(
            *assumptions(case.slice.region, later_sites(asked), case.left_out, case.history),
            *_changed(region, roster),
            *untold,
        ),
        basis=found.basis,
        coverage=found.coverage,
        uncovered_elsewhere=found.uncovered_elsewhere,
        voluntary_norms=witness.voluntary_norms,
        why_not=witness.why,
        robustness=tried,
        headroom=room,
        attested=attested(witness.covered, witness.why, tried, headroom=bool(room)),
        solves=witness.solves,
        slice=case.slice.region,
        roster=witness.roster,
        history=case.history,
    )


def _strength(
    case: _Case,
    witness: Witness,
    found: Assessment,
    absences: Sequence[int],
    headroom: bool,
    limits: Limits,
    clock: Clock,
    cancel: Cancel | None,
) -> tuple[tuple[Robustness, ...], tuple[LineRoom, ...], tuple[Said, ...]]:
    """N-1 and headroom of a roster that covers the site, in the time that is left.

    A roster made by hand may hold what the search cannot express, duties in parts say: then both
    are left out, and that is said.
    """
    tried: list[Robustness] = []
    room: tuple[LineRoom, ...] = ()
    region, roster = case.slice.region, witness.roster
    if roster is None or not _stands(found):
        return (), (), ()
    try:
        if headroom:
            part = _within(limits, clock.left * 0.3)
            room = headroom_of(region, case.asked.site, roster, case.history, limits=part)
        for at, days in enumerate(absences):
            part = _within(limits, clock.left / (len(absences) - at))
            tried.append(
                robust(region, roster, case.history, absence_days=days, limits=part, cancel=cancel)
            )
    except RosterError as error:
        said = Said(
            code="strength_untold",
            nl=f"Uitval en ruimte zijn niet te berekenen voor dit rooster: {error}",
            en=f"Absences and headroom cannot be computed for this roster: {error}",
        )
        return tuple(tried), room, (said,)
    return tuple(tried), room, ()


class _Case:
    """The question in the slice: what all is computed from, and what is embedded."""

    def __init__(
        self, asked: Asked, history: Sequence[Roster], *, names: bool, left_out: Sequence[str] = ()
    ) -> None:
        self.asked = asked
        self.names = names
        self.whole_history = tuple(history)
        self.left_out = tuple(left_out)
        self.slice: Slice = slice_of(asked.region, asked.site, names=names)
        self.history = tuple(self.slice.roster(each) for each in history)

    @property
    def plan(self) -> Plan:
        asked = self.asked
        return Plan(self.slice.region, asked.first, asked.weeks, self.history, asked.start)

    def without_later_sites(self) -> _Case:
        """The same in a region where what opens later opens only after the period."""
        later = later_sites(self.asked)
        fewer = postponed(self.asked, later)
        return _Case(fewer, self.whole_history, names=self.names, left_out=later)


def _witness(
    case: _Case,
    limits: Limits,
    clock: Clock,
    seed: int,
    on_progress: Callable[[Progress], None] | None,
    cancel: Cancel | None,
) -> tuple[_Case, Witness]:
    """A roster that covers everyone, later sites too if it can be; else why there is none."""

    def roster_in(part: _Case, seconds: float) -> tuple[Roster | None, bool]:
        return find_roster(part.plan, _within(limits, seconds), seed, on_progress, cancel)

    roster, whole = roster_in(case, clock.left * 0.4)
    if not whole and later_sites(case.asked):
        case = case.without_later_sites()
        roster, whole = roster_in(case, clock.left * 0.4)
    if whole:
        return case, Witness(Answered.FEASIBLE, roster)
    if cancel is not None and cancel.cancelled:
        return case, Witness(Answered.UNKNOWN, roster)
    return case, find_why(case.plan, roster, clock.left, cancel)


def _within(limits: Limits, seconds: float) -> Limits:
    """The same limits, for a part of the time."""
    return replace(limits, seconds=max(1.0, seconds))


def _stands(found: Assessment) -> bool:
    """Whether the roster covers the site: what would happen without somebody is then a question."""
    return found.coverage is not None and found.coverage.verdict is not Coverage.UNCOVERED


def _changed(region: Region, roster: Roster | None) -> tuple[Said, ...]:
    """That the region changed since the roster was made, and in which parts."""
    if roster is None:
        return ()
    return tuple(
        Said(code="region_changed", nl=f"Let op: {each}", en=each)
        for each in region_changes(region, roster, region_hash(region))
    )

"""``prove``: is a site covered, may it count on the region, and if not, what is missing?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from so247.audit.assess import Assessment, assess
from so247.audit.claims import assumptions, attested, changed_since
from so247.models.canonical import region_hash, section_hashes
from so247.models.errors import InputError, Problem
from so247.models.proof import Answered, LineRoom, Proof, Robustness, Said
from so247.models.region import Region
from so247.models.report import Coverage
from so247.models.result import Progress
from so247.models.roster import Roster
from so247.solver.clock import Clock
from so247.solver.extract import our_version
from so247.solver.limits import Cancel, Limits
from so247.solver.prover.asked import asked_of, later_sites
from so247.solver.prover.case import Case
from so247.solver.prover.strength import share, strength
from so247.solver.prover.witness import Witness, find_roster, find_why

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
    on_roster: Callable[[Roster], None] | None = None,
    cancel: Cancel | None = None,
) -> Proof:
    """Judge the preconditions of GP care at a facility or GP group (docs/PROOF.md).

    From the site's opening (``opening`` overrules the region's; a site that is open: from
    ``today``) for ``weeks`` weeks (default 13; with ``roster``: to its end). Without ``roster`` a
    witness is sought: any roster that covers this site and every site already open. ``absences``:
    lengths in days for which N-1 is tried in the time that is left. ``names``: with people's own
    names, for the coordinator; otherwise everybody goes by a number. ``on_roster`` is called with
    the roster that the proof rests on, in the region's own ids.

    Raises ``NotFound`` for an unknown site, ``InputError`` with everything wrong about the
    question, ``RosterError`` for a roster of another region.
    """
    too_long = [days for days in absences if not 1 <= days <= 366]
    if too_long:
        text = "an absence lasts 1 to 366 days"
        raise InputError([Problem(text, "Maybe 7.", str(days)) for days in too_long])
    clock = Clock(limits.seconds)
    asked = asked_of(
        region, site, opening=opening, weeks=weeks, today=today, roster=roster, history=history
    )
    case = Case(asked, history, names=names)
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
    tried: tuple[Robustness, ...] = ()
    room: tuple[LineRoom, ...] = ()
    untold: tuple[Said, ...] = ()
    if witness.roster is not None and _stands(found):
        tried, room, untold = strength(
            case, witness.roster, absences, headroom, limits, clock, cancel
        )
    if on_roster is not None and witness.roster is not None:
        on_roster(_of_region(region, case.slice.back(witness.roster)))
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
            *changed_since(region, roster),
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


def _witness(
    case: Case,
    limits: Limits,
    clock: Clock,
    seed: int,
    on_progress: Callable[[Progress], None] | None,
    cancel: Cancel | None,
) -> tuple[Case, Witness]:
    """A roster that covers everyone, later sites too if it can be; else why there is none."""

    def roster_in(part: Case) -> tuple[Roster | None, bool]:
        return find_roster(part.plan, share(limits, clock, 0.4), seed, on_progress, cancel)

    roster, whole = roster_in(case)
    if not whole and later_sites(case.asked):
        case = case.without_later_sites()
        roster, whole = roster_in(case)
    if whole:
        return case, Witness(Answered.FEASIBLE, roster)
    if cancel is not None and cancel.cancelled:
        return case, Witness(Answered.UNKNOWN, roster)
    return case, find_why(case.plan, roster, share(limits, clock, 1.0), cancel)


def _stands(found: Assessment) -> bool:
    """Whether the roster covers the site: what would happen without somebody is then a question."""
    return found.coverage is not None and found.coverage.verdict is not Coverage.UNCOVERED


def _of_region(region: Region, roster: Roster) -> Roster:
    """The roster as one of the region itself: an opening that was only asked about, or a site that
    was left out, is no change that its next reader should be warned of."""
    return roster.model_copy(
        update={"region_hash": region_hash(region), "region_sections": section_hashes(region)}
    )

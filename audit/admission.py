"""Whether a roster can be checked against a region at all, and what it says about itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from so247.audit.holdings import Case
from so247.models.canonical import changed_sections, section_hashes
from so247.models.clock import Interval, local_day
from so247.models.errors import Problem, RosterError
from so247.models.norms import Severity
from so247.models.region import Region
from so247.models.report import Finding
from so247.models.roster import Roster

LONGEST_PERIOD = timedelta(days=3 * 366)
LONGEST_ASSIGNMENT = timedelta(days=400)
YEARS = range(1990, 2190)


def admit(region: Region, roster: Roster, history: Sequence[Roster]) -> None:
    """Raise ``RosterError`` with every reason why these rosters cannot be checked here."""
    problems = [*_problems(region, roster, ()), *_years_without_holidays(region, roster)]
    for index, earlier in enumerate(history):
        problems += _problems(region, earlier, ("history", index))
    if problems:
        raise RosterError(problems)


def _problems(region: Region, roster: Roster, path: tuple[str | int, ...]) -> Iterator[Problem]:
    if roster.region_id != region.id:
        yield Problem(
            message=f"the roster is of another region than {region.id}",
            value=roster.region_id,
            path=(*path, "region_id"),
            advice="Maybe the wrong region folder was named.",
        )
    yield from _times(roster.period, LONGEST_PERIOD, (*path, "period"))
    for index, each in enumerate(roster.assignments):
        yield from _times(each.when, LONGEST_ASSIGNMENT, (*path, "assignments", index, "when"))


def _years_without_holidays(region: Region, roster: Roster) -> Iterator[Problem]:
    """Without the holidays of a year nobody knows which line answers on them."""
    first, last = roster.period.start, roster.period.end - timedelta(minutes=1)
    if not region.holiday_years or not {first.year, last.year} <= set(YEARS) or last < first:
        return
    asked = range(local_day(first).year, local_day(last).year + 1)
    missing = [str(year) for year in asked if year not in region.holiday_years]
    if missing:
        yield Problem(
            message="the holiday table does not cover the roster's period",
            value=", ".join(missing),
            path=("period",),
            advice="Maybe add the years to the region's holidays.",
        )


def _times(when: Interval, longest: timedelta, path: tuple[str | int, ...]) -> Iterator[Problem]:
    value = f"{when.start:%Y-%m-%dT%H:%MZ} to {when.end:%Y-%m-%dT%H:%MZ}"
    if when.end <= when.start:
        advice = "Maybe start and end are swapped, or the end lies on the next day."
        yield Problem(message="ends before it starts", value=value, path=path, advice=advice)
    elif when.end - when.start > longest:
        text = f"lasts more than {longest.days} days"
        yield Problem(message=text, value=value, path=path, advice="Maybe a year is mistyped.")
    elif when.start.year not in YEARS or when.end.year not in YEARS:
        text = f"lies outside the years {YEARS[0]} to {YEARS[-1]}"
        yield Problem(message=text, value=value, path=path, advice="Maybe a year is mistyped.")


def region_changes(region: Region, roster: Roster, now: str) -> tuple[str, ...]:
    """That the region changed after the roster was made; empty when nothing says so."""
    if not roster.region_hash or roster.region_hash == now:
        return ()
    parts = changed_sections(roster.region_sections, section_hashes(region))
    where = f" in {', '.join(parts)}" if roster.region_sections and parts else ""
    return (
        f"region {region.id} changed{where} since this roster was made "
        f"(was {roster.region_hash[:12]}, is {now[:12]}); checked against the region as it is",
    )


def check_targets(case: Case) -> Iterator[Finding]:
    """``roster.unknown_target`` and ``roster.outside_period``: assignments for nothing we check."""
    known = {*case.region.site_by_id, *case.region.group_of_practice}
    for holding in case.holdings:
        if holding.line is None and not known.intersection(holding.sites):
            yield case.finding(
                "roster.unknown_target",
                Severity.HARD,
                f"{holding.target} is no duty, session, line or site of the region",
                physician=holding.physician,
                when=holding.when,
                targets=(holding.target,),
            )
    for each in case.roster.standing:
        if each.when.start >= case.period.end:
            yield case.finding(
                "roster.outside_period",
                Severity.SIGNAL,
                f"{each.target} begins after the roster's period and is not checked",
                physician=each.physician,
                when=each.when,
                targets=(each.target,),
            )

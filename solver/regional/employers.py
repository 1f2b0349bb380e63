"""Employers under contract: with whom, for what, and sessions agreed against rostered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction

from so247.models.clock import Interval, days_touched, local_day, monday_of
from so247.models.people import Employer, FundingContract
from so247.models.region import Region
from so247.models.region_report import EmployerRow, Funding
from so247.models.roster import Assignment, Roster

WEEK = timedelta(days=7)
Minutes = dict[str, dict[date, int]]
"""Employer to the Monday of a week to minutes of sessions."""


def employer_rows(
    region: Region, roster: Roster | None, period: Interval
) -> tuple[EmployerRow, ...]:
    """Every employer of the region; without a roster nothing is rostered."""
    days = tuple(days_touched(period))
    minutes = _session_minutes(region, roster.standing if roster is not None else (), period)
    return tuple(_row(region, each, days, minutes[each.id]) for each in region.employers)


def _row(
    region: Region, employer: Employer, days: tuple[date, ...], minutes: dict[date, int]
) -> EmployerRow:
    contracts = [
        each
        for each in region.contracts
        if each.employer == employer.id and any(each.holds_on(day) for day in days)
    ]
    hours = employer.extramural_hours_per_week
    weekly = None if hours is None else Fraction(hours) * 60
    weeks = tuple(_whole_weeks(days))
    below = [week for week in weeks if weekly is not None and minutes.get(week, 0) < weekly]
    return EmployerRow(
        employer=employer.id,
        name=employer.name,
        kind=employer.kind,
        physicians=tuple(dict.fromkeys(each.physician for each in contracts)),
        fte=round(sum(each.fte for each in contracts), 2),
        funding=tuple(_funding(each, days) for each in employer.funding_contracts),
        agreed_minutes=None if weekly is None else int(weekly * len(days) / 7),
        rostered_minutes=sum(minutes.values()),
        weeks=len(weeks),
        weeks_below=len(below),
    )


def _funding(contract: FundingContract, days: Iterable[date]) -> Funding:
    return Funding(
        label=contract.label,
        counterparty=contract.counterparty,
        valid_from=contract.valid_from,
        valid_until=contract.valid_until,
        throughout=all(contract.holds_on(day) for day in days),
    )


def _whole_weeks(days: tuple[date, ...]) -> Iterator[date]:
    """Mondays of the ISO weeks that lie wholly among the days."""
    week = monday_of(days[0] + timedelta(days=6))
    while week + timedelta(days=6) <= days[-1]:
        yield week
        week += WEEK


def _session_minutes(region: Region, held: Iterable[Assignment], period: Interval) -> Minutes:
    """Sessions that start in the period, booked on contracts of the employer."""
    found: Minutes = defaultdict(lambda: defaultdict(int))
    for each in held:
        contract = region.contract_by_id.get(each.contract or "")
        if contract is None or "@" in each.target or each.line is not None:
            continue
        if period.start <= each.when.start < period.end:
            found[contract.employer][monday_of(local_day(each.when.start))] += each.when.minutes
    return found

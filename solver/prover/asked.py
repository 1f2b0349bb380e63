"""What is asked: of which site, from which day, for how long. Everything wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches

from so247.models.clock import Interval, day_start, days_interval, local_day
from so247.models.clock import period as period_of
from so247.models.errors import InputError, NotFound, Problem, RosterError
from so247.models.region import Region
from so247.models.roster import Roster
from so247.models.sites import Facility

WEEKS = 13
LONGEST = 104
LOOK_BACK = timedelta(weeks=26)
"""As far back as the longest norm looks."""
YEARS = range(1990, 2190)


@dataclass(frozen=True)
class Asked:
    """``region``: with the site's opening as asked. ``period``: what is proven, whole local days.

    ``first``: first day to be rostered, where no roster is given. That is before the opening where
    nothing is rostered yet, since norms look back.
    """

    region: Region
    site: str
    period: Interval
    first: date

    @property
    def start(self) -> date:
        return local_day(self.period.start)

    @property
    def weeks(self) -> int:
        """Whole weeks from ``first`` that hold the period."""
        days = (local_day(self.period.end) - self.first).days
        return -(-days // 7)


def asked_of(
    region: Region,
    site: str,
    *,
    opening: date | None,
    weeks: int | None,
    today: date | None,
    roster: Roster | None,
    history: Sequence[Roster],
) -> Asked:
    """The question, or every reason why it cannot be asked.

    A facility is examined from ``opening`` where given, else from its opening in the region, if
    that is not before both ``today`` and the region's planning period; a site that is open by then,
    from ``today`` or the first day that is not rostered yet (with ``roster``: from its first day,
    if that is later). It ends after ``weeks``, else with the roster.
    """
    if site not in region.site_by_id:
        near = get_close_matches(site, sorted(region.site_by_id), n=1)
        maybe = f"Maybe {near[0]}." if near else "Maybe the name is spelled otherwise."
        raise NotFound(f"{site}: region {region.id} has no such facility or GP group. {maybe}")
    rosters = [*history, *([roster] if roster is not None else ())]
    strangers = [_stranger(region, each) for each in rosters if each.region_id != region.id]
    problems = [*strangers, *_wrong(region, site, opening, weeks)]
    start = opening or _first_day(region, site, today, roster, history)
    if start is None:
        text = "no first day is known"
        problems.append(Problem(text, "Maybe give today, an opening, or planning_start."))
    elif start.year not in YEARS:
        years = f"{YEARS.start} to {YEARS.stop - 1}"
        problems.append(Problem(f"a proof begins in the years {years}", "Maybe a digit is wrong."))
    if strangers:
        raise RosterError(problems)
    if problems or start is None:
        raise InputError(problems)
    period = _period(start, weeks, roster)
    if opening is not None:
        region = _opened(region, site, opening)
    asked = Asked(region, site, period, _first_rostered(region, start, today, history))
    _holidays(region, period_of(asked.first, asked.weeks))
    return asked


def _stranger(region: Region, roster: Roster) -> Problem:
    text = f"the roster is of another region than {region.id}"
    return Problem(text, "Maybe the wrong region folder was named.", roster.region_id)


def _wrong(region: Region, site: str, opening: date | None, weeks: int | None) -> Iterator[Problem]:
    """What is wrong with the question as such."""
    if opening is not None and not isinstance(region.site_by_id[site], Facility):
        text = f"{site} is a GP group, which has no opening"
        yield Problem(text, "Maybe leave --opening out.", str(opening))
    if weeks is not None and not 1 <= weeks <= LONGEST:
        yield Problem(f"a proof has 1 to {LONGEST} weeks", "Maybe 13.", str(weeks))


def _period(start: date, weeks: int | None, roster: Roster | None) -> Interval:
    """So many weeks from the first day, or to the end of the roster that is judged."""
    begin = day_start(start)
    if weeks is not None or roster is None:
        return days_interval(start, start + timedelta(days=7 * (weeks or WEEKS) - 1))
    if roster.period.end > begin:
        return Interval(start=begin, end=roster.period.end)
    ends = local_day(roster.period.end)
    text = f"the roster ends on {ends}, before the first day to be proven, {start}"
    raise InputError([Problem(text, "Maybe a later roster, or another opening.")])


def _first_rostered(
    region: Region, start: date, today: date | None, history: Sequence[Roster]
) -> date:
    """The day after history, or the planning period's first; not longer before than norms look.

    Never a day that is over: what was held then is not made up.
    """
    ends = [local_day(each.period.end) for each in history]
    past = [end for end in ends if end <= start]
    first = _not_rostered(max(past) if past else region.planning_start or start, history)
    if today is not None and first < today:
        first = min(today, start)
    return first if start - LOOK_BACK <= first <= start else start


def _first_day(
    region: Region,
    site: str,
    today: date | None,
    roster: Roster | None,
    history: Sequence[Roster],
) -> date | None:
    opening = region.opening_of(site)
    new_from = [day for day in (region.planning_start, today) if day is not None]
    if opening is not None and (not new_from or opening >= min(new_from)):
        return opening
    today = today or region.planning_start
    if today is None:
        return None if roster is None else local_day(roster.period.start)
    if roster is not None:
        return max(today, local_day(roster.period.start))
    return _not_rostered(today, history)


def _not_rostered(day: date, history: Sequence[Roster]) -> date:
    """The first day from ``day`` on that no earlier roster covers."""
    for each in sorted(history, key=lambda roster: roster.period.start):
        if local_day(each.period.start) <= day < local_day(each.period.end):
            day = local_day(each.period.end)
    return day


def _opened(region: Region, site: str, opening: date) -> Region:
    facilities = tuple(
        each.model_copy(update={"opening_date": opening}) if each.id == site else each
        for each in region.facilities
    )
    return region.model_copy(update={"facilities": facilities})


def _holidays(region: Region, period: Interval) -> None:
    if not region.holiday_years:
        return
    last = local_day(period.end - timedelta(minutes=1))
    asked = range(local_day(period.start).year, last.year + 1)
    missing = [str(year) for year in asked if year not in region.holiday_years]
    if missing:
        text = "the holiday table does not cover the period"
        raise InputError([Problem(text, "Add the years.", ", ".join(missing))])


def later_sites(asked: Asked) -> tuple[str, ...]:
    """Facilities that open after the first day: neither the site nor open already."""
    return tuple(
        each.id
        for each in asked.region.facilities
        if each.id != asked.site
        and each.opening_date is not None
        and asked.start < each.opening_date
        and day_start(each.opening_date) < asked.period.end
    )


def postponed(asked: Asked, sites: Sequence[str]) -> Asked:
    """The question in a region where these open only after whatever begins in the period."""
    after = local_day(asked.period.end) + timedelta(weeks=4)
    facilities = tuple(
        each.model_copy(update={"opening_date": after}) if each.id in sites else each
        for each in asked.region.facilities
    )
    region = asked.region.model_copy(update={"facilities": facilities})
    return replace(asked, region=region)

"""Facts about the region that several rules need, looked up once and remembered.

All times are minutes (``solver.instants``), all days local dates.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import date, time, timedelta
from functools import cached_property, lru_cache, partial
from typing import Any, TypeVar, TypeVarTuple, Unpack

from so247.models import calendar
from so247.models.clock import Interval, day_start, days_touched, local_day, to_utc
from so247.models.lines import Care, Form, Line, Position
from so247.models.norms import RulePack, Work
from so247.models.packs import DEFAULT_PACKS
from so247.models.people import Contract, Physician
from so247.models.region import Region
from so247.models.sites import Agreement, AgreementKind, GpGroup, Pairing
from so247.solver.instants import interval, minute, overlap, span

Stretch = tuple[int, int]
SIX = time(6, 0)
Asked = TypeVarTuple("Asked")
Answer = TypeVar("Answer")


class Facts:
    """Look-ups over one region and planning period."""

    def __init__(self, region: Region, period: Interval) -> None:
        self.region = region
        self.period = period
        self.start, self.end = span(period)
        self.days_of = lru_cache(maxsize=None)(self._days_of)
        self.pools_on = lru_cache(maxsize=None)(self._pools_on)
        self.organisation_on = lru_cache(maxsize=None)(self._organisation_on)
        self.required_on_site = lru_cache(maxsize=None)(partial(self._required, "on_site"))
        self.required_phone = lru_cache(maxsize=None)(partial(self._required, "phone"))
        self.office_minutes = lru_cache(maxsize=None)(self._office_minutes)
        self.is_night = lru_cache(maxsize=None)(self._is_night)
        self.pairs_on = lru_cache(maxsize=None)(self._pairs_on)
        self.pack_on = lru_cache(maxsize=None)(self._pack_on)
        self.packs_of = lru_cache(maxsize=None)(self._packs_of)
        self.day_bounds = lru_cache(maxsize=None)(self._day_bounds)
        self.required = lru_cache(maxsize=None)(self._required_all)
        self.within = lru_cache(maxsize=None)(self._within)
        self.open_from = lru_cache(maxsize=None)(self._open_from)
        self.spells = lru_cache(maxsize=None)(self._spells)
        self._known: dict[Any, Any] = {}
        self.opened = lru_cache(maxsize=None)(self._opened)
        self.groups_served = lru_cache(maxsize=None)(self._groups_served)

    def remembered(self, asked: Callable[[Facts, Unpack[Asked]], Answer], *about: *Asked) -> Answer:
        """What a function of these facts answers, worked out once for the same arguments."""
        key = (asked, about)
        found: Answer
        try:
            found = self._known[key]  # a key may be long: it is hashed once
        except KeyError:
            found = self._known[key] = asked(self, *about)
        return found

    # -- time ---------------------------------------------------------------------------------

    def _days_of(self, start: int, end: int) -> tuple[date, ...]:
        """Local days with at least one minute in the stretch."""
        return tuple(days_touched(interval(start, end)))

    def _day_bounds(self, day: date) -> Stretch:
        return minute(day_start(day)), minute(day_start(day + timedelta(days=1)))

    def start_day(self, start: int) -> date:
        return self.days_of(start, start + 1)[0]

    def _office_minutes(self, start: int, end: int) -> tuple[Stretch, ...]:
        return tuple(
            span(each) for each in calendar.office_hours(self.region, interval(start, end))
        )

    def within_office_hours(self, start: int, end: int) -> bool:
        return self.office_minutes(start, end) == ((start, end),)

    def _is_night(self, start: int, end: int) -> bool:
        """More than one hour between 00:00 and 06:00 (ATW 1:7)."""
        small_hours = 0
        for day in self.days_of(start, end):
            midnight = minute(day_start(day))
            six = minute(to_utc(day, SIX))
            small_hours += overlap((start, end), (midnight, six))
        return small_hours > 60

    def spell(self, day: date) -> date:
        """The first day of a stretch of days on which agreements and openings stay as they are."""
        after = bisect_right(self._turns, day)
        return self._turns[after - 1] if after else date(1990, 1, 1)

    @cached_property
    def _turns(self) -> list[date]:
        """Days on which an agreement or a site may become another than it was the day before."""
        found = {self.region.opening_of(site) for site in self.region.site_by_id}
        for each in self.region.agreements:
            found |= {each.valid_from, each.signed_on}
            if each.valid_until is not None and each.valid_until < date.max:
                found.add(each.valid_until + timedelta(days=1))
        return sorted(day for day in found if day is not None)

    def _spells(self, days: tuple[date, ...]) -> tuple[date, ...]:
        """A day for each such stretch that the days touch."""
        return tuple(dict.fromkeys(self.spell(day) for day in days))

    # -- sites --------------------------------------------------------------------------------

    def _open_from(self, site: str) -> int:
        """First minute on which the site is open (the dawn of time where it always was)."""
        opening = self.region.opening_of(site)
        return -(10**12) if opening is None else minute(day_start(opening))

    def open_sites(self, line: Line, end: int) -> tuple[str, ...]:
        return self.opened(line.sites, end - 1)

    def _opened(self, sites: tuple[str, ...], moment: int) -> tuple[str, ...]:
        """Those of the sites that are open in the minute that begins then."""
        return tuple(site for site in sites if self.open_from(site) <= moment)

    def _pools_on(self, site: str, day: date) -> frozenset[str]:
        """The site's pools that have an SO agreement with it on that day."""
        pools = self.region.site_by_id[site].pools
        return frozenset(
            agreement.partner
            for agreement in self._agreements_at.get(site, ())
            if agreement.partner in pools and agreement.holds_on(day)
        )

    def _organisation_on(self, site: str, organisation: str, day: date) -> bool:
        return any(
            agreement.kind is AgreementKind.ORGANISATION_COVER
            and agreement.site == site
            and agreement.partner == organisation
            and agreement.holds_on(day)
            for agreement in self.region.agreements
        )

    def _required(self, kind: str, site: str, day: date) -> int:
        found = [getattr(self.region.site_by_id[site], f"{kind}_minutes")]
        found += [
            getattr(agreement, f"{kind}_minutes")
            for agreement in self._agreements_at.get(site, ())
            if agreement.signed_by(day) and agreement.holds_on(day)
        ]
        known = [each for each in found if each is not None]
        default: int = getattr(self.region.settings, f"default_{kind}_minutes")
        return min(known) if known else default

    @cached_property
    def _agreements_at(self) -> dict[str, list[Agreement]]:
        grouped: dict[str, list[Agreement]] = {}
        for agreement in self.region.agreements:
            if agreement.kind is AgreementKind.SO_AVAILABILITY:
                grouped.setdefault(agreement.site, []).append(agreement)
        return grouped

    def _required_all(self, sites: tuple[str, ...], days: tuple[date, ...]) -> tuple[int, ...]:
        """The smallest on-site minutes that each site requires on any of the days."""
        return tuple(min(self.required_on_site(site, day) for day in days) for site in sites)

    def _within(
        self, position: str | None, sites: tuple[str, ...], minutes: tuple[int, ...]
    ) -> bool | None:
        """Whether every site is within its minutes; ``None`` if that is not known of one."""
        answer: bool | None = True
        for site, limit in zip(sites, minutes, strict=True):
            found = self.region.travel(position, site)
            if found is None:
                answer = None
            elif found > limit:
                return False
        return answer

    def promises_enough(self, line: Line, site: str, day: date) -> bool:
        """The line has a number and promises at most the minutes that the site requires."""
        return (
            line.phone is not None
            and (line.phone_minutes is None or line.phone_minutes <= self.required_phone(site, day))
            and (
                line.on_site_minutes is None
                or line.on_site_minutes <= self.required_on_site(site, day)
            )
        )

    def _groups_served(self, sites: tuple[str, ...]) -> tuple[str, ...]:
        """The GP groups among the sites, and those linked to the facilities, each once."""
        found: dict[str, None] = {}
        for site in sites:
            if site in self.region.group_of_practice:
                found[self.region.group_of_practice[site].id] = None
                continue
            place = self.region.site_by_id[site]
            group = place.id if isinstance(place, GpGroup) else place.gp_group
            if group is not None:
                found[group] = None
        return tuple(found)

    def _pairs_on(self, site: str, day: date) -> tuple[frozenset[str], frozenset[str]]:
        """(paired SOs, deputies) of a GP group or, for home visits, of a practice."""
        group = self.region.group_of_practice.get(site)
        if group is not None:
            own = [row for row in self.region.pairings if row.site == site and row.holds_on(day)]
            if own:
                return _people(own)
            site = group.id
        members = {
            site,
            *(p.id for g in self.region.gp_groups if g.id == site for p in g.practices),
        }
        return _people(
            [row for row in self.region.pairings if row.site in members and row.holds_on(day)]
        )

    # -- lines --------------------------------------------------------------------------------

    def kind_of(self, line: Line, start: int, end: int) -> Work:
        if line.form is Form.PRESENCE:
            return Work.PRESENCE_DUTY
        return Work.OFFICE_DUTY if self.within_office_hours(start, end) else Work.REACHABILITY_DUTY

    @cached_property
    def combining(self) -> frozenset[tuple[str, str]]:
        """Ordered pairs of lines that name each other."""
        lines = self.region.line_by_id
        return frozenset(
            (line.id, other)
            for line in self.region.lines
            for other in line.combinable_with
            if line.id in lines[other].combinable_with
        )

    def backups(self, line: Line, site: str) -> tuple[Line, ...]:
        """Backup lines for the same kind of care at a site that a first line may call."""
        return tuple(
            other
            for other in self.region.lines
            if other.position is Position.BACKUP and site in other.sites and _same_care(line, other)
        )

    def so_backups(self, line: Line, site: str) -> tuple[Line, ...]:
        """The backups that stand behind a first line's holder who is no SO.

        A first line for both kinds of care needs its SO for specific care.
        """
        return self.remembered(_backing, line.id, site)

    # -- people -------------------------------------------------------------------------------

    def contracts_on(self, person: str, day: date) -> tuple[Contract, ...]:
        return tuple(each for each in self.region.contracts_of(person) if each.holds_on(day))

    def fte_on(self, person: str, day: date) -> float:
        return sum(contract.fte for contract in self.contracts_on(person, day))

    def _pack_on(self, person: str, day: date) -> RulePack:
        physician: Physician = self.region.physician_by_id[person]
        for binding in physician.rule_packs:
            if binding.holds_on(day):
                return self.region.pack_by_id[binding.pack]
        return self.region.pack_by_id[DEFAULT_PACKS[physician.role]]

    def _packs_of(self, person: str) -> tuple[RulePack, ...]:
        """The packs that bind a person somewhere in the period, each once."""
        first, last = local_day(self.period.start), local_day(self.period.end) - timedelta(days=1)
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return tuple({pack.id: pack for pack in (self.pack_on(person, d) for d in days)}.values())

    @cached_property
    def absences(self) -> dict[str, list[Stretch]]:
        found: dict[str, list[Stretch]] = {}
        for absence in self.region.absences:
            found.setdefault(absence.physician, []).append(span(calendar.absence_interval(absence)))
        return found


def _people(rows: list[Pairing]) -> tuple[frozenset[str], frozenset[str]]:
    pair = frozenset(row.physician for row in rows)
    deputies = frozenset(row.deputy for row in rows if row.deputy is not None)
    return pair, deputies - pair


def _same_care(a: Line, b: Line) -> bool:
    return a.care is b.care or Care.BOTH in (a.care, b.care)


def _backing(facts: Facts, name: str, site: str) -> tuple[Line, ...]:
    line = facts.region.line_by_id[name]
    kind = Care.SPECIFIC if line.care is Care.BOTH else line.care
    return tuple(other for other in facts.backups(line, site) if other.care in (kind, Care.BOTH))

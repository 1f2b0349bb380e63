"""The region: everything known, cross-references checked once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated

from pydantic import Field, model_validator

from so247.models.base import Id, Model, Text
from so247.models.errors import RegionError
from so247.models.evidence import Admission, Evidence, PracticeAbsence, TaskHolder
from so247.models.lines import Line, Organisation, Pattern, SessionDemand
from so247.models.norms import RulePack
from so247.models.packs import SHIPPED_PACKS
from so247.models.people import Absence, Commitment, Contract, Employer, Physician, Pin, Pool, Wish
from so247.models.settings import Holiday, OfficeHours, Settings
from so247.models.sites import (
    Agreement,
    Facility,
    GpGroup,
    GpPost,
    GpPractice,
    Pairing,
    Place,
    TravelTime,
)

Site = GpGroup | Facility


class Region(Model):
    """One region, ready to roster.

    ``anchor_date`` is a Monday from which four-week blocks are counted, both ways. ``holidays`` is
    the region's own table and must cover every year in ``holiday_years`` completely.
    ``first_roster_on``: nobody held a duty here before that day, so look-back before it is empty,
    not unknown. ``planning_start`` / ``planning_weeks`` are the period that is rostered when nobody
    asks for another. ``rule_packs`` adds to the shipped packs, or replaces one by its id.

    Raises ``RegionError`` with every dangling reference and contradiction found.
    """

    id: Id
    name: Text
    anchor_date: date
    office_hours: OfficeHours = OfficeHours()
    holidays: tuple[Holiday, ...] = ()
    holiday_years: tuple[int, ...] = ()
    first_roster_on: date | None = None
    planning_start: date | None = None
    planning_weeks: Annotated[int, Field(ge=1, le=104)] = 4
    settings: Settings = Settings()
    pools: tuple[Pool, ...] = ()
    employers: tuple[Employer, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    places: tuple[Place, ...] = ()
    gp_posts: tuple[GpPost, ...] = ()
    gp_groups: tuple[GpGroup, ...] = ()
    facilities: tuple[Facility, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    lines: tuple[Line, ...] = ()
    sessions: tuple[SessionDemand, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    physicians: tuple[Physician, ...] = ()
    contracts: tuple[Contract, ...] = ()
    absences: tuple[Absence, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    wishes: tuple[Wish, ...] = ()
    pins: tuple[Pin, ...] = ()
    travel_times: tuple[TravelTime, ...] = ()
    rule_packs: tuple[RulePack, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    task_holders: tuple[TaskHolder, ...] = ()
    admissions: tuple[Admission, ...] = ()
    practice_absences: tuple[PracticeAbsence, ...] = ()

    @model_validator(mode="after")
    def _references(self) -> Region:
        from so247.models.references import find_problems

        problems = find_problems(self)
        if problems:
            raise RegionError(problems)
        return self

    @cached_property
    def physician_by_id(self) -> Mapping[str, Physician]:
        return {each.id: each for each in self.physicians}

    @cached_property
    def contract_by_id(self) -> Mapping[str, Contract]:
        return {each.id: each for each in self.contracts}

    @cached_property
    def employer_by_id(self) -> Mapping[str, Employer]:
        return {each.id: each for each in self.employers}

    @cached_property
    def line_by_id(self) -> Mapping[str, Line]:
        return {each.id: each for each in self.lines}

    @cached_property
    def pattern_by_id(self) -> Mapping[str, Pattern]:
        return {each.id: each for each in self.patterns}

    @cached_property
    def site_by_id(self) -> Mapping[str, Site]:
        """GP groups and facilities: what lines serve and the check answers for."""
        sites: tuple[Site, ...] = (*self.gp_groups, *self.facilities)
        return {each.id: each for each in sites}

    @cached_property
    def group_of_practice(self) -> Mapping[str, GpGroup]:
        return {practice.id: group for group in self.gp_groups for practice in group.practices}

    @cached_property
    def pack_by_id(self) -> Mapping[str, RulePack]:
        return {pack.id: pack for pack in (*SHIPPED_PACKS, *self.rule_packs)}

    @cached_property
    def travel_minutes(self) -> Mapping[tuple[str, str], int]:
        """(origin, destination) to minutes; a row holds both ways unless there is one back."""
        ways = {(row.destination, row.origin): row.minutes for row in self.travel_times}
        ways.update({(row.origin, row.destination): row.minutes for row in self.travel_times})
        return ways

    @cached_property
    def holiday_dates(self) -> frozenset[date]:
        return frozenset(holiday.date for holiday in self.holidays)

    def contracts_of(self, physician: str) -> tuple[Contract, ...]:
        return self._contracts_of.get(physician, ())

    @cached_property
    def _contracts_of(self) -> Mapping[str, tuple[Contract, ...]]:
        grouped: dict[str, tuple[Contract, ...]] = {}
        for contract in self.contracts:
            grouped[contract.physician] = (*grouped.get(contract.physician, ()), contract)
        return grouped

    def travel(self, origin: str | None, destination: str) -> int | None:
        """Minutes from one place to another; ``None`` when unknown."""
        if origin is None:
            return None
        if origin == destination:
            return 0
        return self.travel_minutes.get((origin, destination))

    def practices_of(self, site: str) -> tuple[GpPractice, ...]:
        """The GP practices that answer for general care at a site; none where none is linked."""
        found = self.site_by_id[site]
        group = found if isinstance(found, GpGroup) else self._group_by_id.get(found.gp_group or "")
        everyone = group.practices if group is not None else ()
        if isinstance(found, Facility) and found.practices:
            return tuple(each for each in everyone if each.id in found.practices)
        return everyone

    @cached_property
    def _group_by_id(self) -> Mapping[str, GpGroup]:
        return {group.id: group for group in self.gp_groups}

    def opening_of(self, site: str) -> date | None:
        found = self.site_by_id[site]
        return found.opening_date if isinstance(found, Facility) else None

    def residents_at(self, site: str) -> int:
        return sum(row.count for row in self.site_by_id[site].residents)

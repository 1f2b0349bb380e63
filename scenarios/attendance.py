"""Sessions of the hidden legal roster: held by people of whom the duties leave enough."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from so247.models.base import Weekday
from so247.models.calendar import session_interval
from so247.models.clock import Interval, local_day
from so247.models.duty import SessionPeriod
from so247.models.people import Contract
from so247.models.region import Region
from so247.models.roster import Assignment
from so247.scenarios.witness import Member, StuckError


def hold_sessions(
    region: Region, periods: Sequence[SessionPeriod], people: Sequence[Member]
) -> list[Assignment]:
    """Every session held: by the paired SO, else the deputy, else whoever held fewest.

    Raises ``StuckError`` when nobody may hold one.
    """
    by_id = {member.physician.id: member for member in people}
    ranks = {row.site: (row.physician, row.deputy) for row in region.pairings}
    held: list[Assignment] = []
    for period in periods:
        group = region.group_of_practice.get(period.site)
        site = region.site_by_id[group.id if group else period.site]
        linked = getattr(site, "gp_group", None) or site.id
        pools = set(site.pools)
        near = [each for each in people if pools & set(each.physician.pools)]
        first = [by_id[name] for name in ranks.get(linked, ()) if name in by_id]
        near.sort(
            key=lambda each: (
                each not in first,
                first.index(each) if each in first else len(each.sessions),
                each.order,
            )
        )
        taken: set[date] = set()
        for target in period.ids:
            found = _session(region, period, near, taken)
            if found is None:
                raise StuckError(target, period.days, near)
            member, contract, when = found
            taken.add(local_day(when.start))
            member.sessions.append(when)
            held.append(
                Assignment(
                    target=target,
                    physician=member.physician.id,
                    contract=contract.id,
                    when=when,
                )
            )
    return held


def _session(
    region: Region, period: SessionPeriod, near: Sequence[Member], taken: set[date]
) -> tuple[Member, Contract, Interval] | None:
    """Who first can, on which contract, and when."""
    demand = region.sessions[period.demand]
    for member in near:
        if member.physician.role not in demand.roles:
            continue
        for day in period.days:
            weekday = Weekday.of(day)
            if day in taken or day in member.away or day in member.office_days:
                continue
            if weekday in member.committed:
                continue
            when = session_interval(demand, day)
            if any(when.overlaps(other) for other in member.sessions):
                continue
            for contract in member.contracts:
                if (
                    contract.holds_on(day)
                    and weekday not in contract.free_weekdays
                    and _funded(region, contract, demand.funding, day)
                ):
                    return member, contract, when
    return None


def _funded(region: Region, contract: Contract, label: str | None, day: date) -> bool:
    return label is None or any(
        funding.label == label and funding.holds_on(day)
        for funding in region.employer_by_id[contract.employer].funding_contracts
    )

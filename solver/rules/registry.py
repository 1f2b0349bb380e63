"""All rules, in reading order: the table of contents.

A rule is a module with ``ID``, ``STATEMENT`` and ``SOURCE``. An eligibility rule has
``forbids(context, person, contract, item)``; the others (and an eligibility rule that also has a
price) have ``build(context)``. A region switches rules off by id (``settings.rules_off``).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Protocol, cast

from so247.models.people import Contract, Physician
from so247.models.region import Region
from so247.solver.context import Context, Item
from so247.solver.rules import (
    continuity_handover,
    contract_extramural_cap,
    contract_maximum,
    contract_minimum,
    cover_backup_differs,
    cover_backup_so,
    cover_one_holder,
    eligible_absence,
    eligible_agreement,
    eligible_commitment,
    eligible_contract,
    eligible_free_weekday,
    eligible_funding,
    eligible_pool,
    eligible_registration,
    eligible_role,
    eligible_travel,
    fairness_share,
    norm_consecutive,
    norm_continuous,
    norm_free_periods,
    norm_hours,
    norm_rest,
    norm_rolling_count,
    norm_weekends,
    pair_faces,
    pair_holder,
    session_count,
    session_spread,
    session_weekday,
    time_capacity,
    time_one_at_a_time,
    travel_minutes,
    wish_met,
)


class Rule(Protocol):
    ID: str
    STATEMENT: str
    SOURCE: str


class EligibilityRule(Rule, Protocol):
    forbids: Callable[[Context, Physician, Contract, Item], bool]


class BuildingRule(Rule, Protocol):
    build: Callable[[Context], None]


RULES: tuple[Rule, ...] = cast(
    "tuple[Rule, ...]",
    (
        cover_one_holder,
        cover_backup_differs,
        cover_backup_so,
        eligible_role,
        eligible_pool,
        eligible_contract,
        eligible_registration,
        eligible_absence,
        eligible_free_weekday,
        eligible_commitment,
        eligible_agreement,
        eligible_funding,
        eligible_travel,
        time_one_at_a_time,
        time_capacity,
        norm_rest,
        norm_continuous,
        norm_rolling_count,
        norm_consecutive,
        norm_weekends,
        norm_hours,
        norm_free_periods,
        contract_maximum,
        contract_minimum,
        contract_extramural_cap,
        session_count,
        session_weekday,
        session_spread,
        pair_holder,
        pair_faces,
        continuity_handover,
        fairness_share,
        wish_met,
        travel_minutes,
    ),
)


@lru_cache(maxsize=64)
def _in_use(off: tuple[str, ...], part: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if rule.ID not in off and hasattr(rule, part))


def eligibility(region: Region) -> tuple[EligibilityRule, ...]:
    """The eligibility rules that hold in a region, cheapest first."""
    return cast("tuple[EligibilityRule, ...]", _in_use(region.settings.rules_off, "forbids"))


def building(region: Region) -> tuple[BuildingRule, ...]:
    """The rules that add to the problem, in reading order."""
    return cast("tuple[BuildingRule, ...]", _in_use(region.settings.rules_off, "build"))

"""All rules, in reading order: the table of contents.

A rule is a module with ``ID``, ``STATEMENT`` and ``SOURCE``. Eligibility rules decide which options
exist (``solver.rules.eligibility``); the others, and travel, which also has a price, have
``build(context)``. A region switches rules off by id (``settings.rules_off``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from so247.models.region import Region
from so247.solver.context import Context
from so247.solver.rules import (
    continuity_handover,
    contract_extramural_cap,
    contract_maximum,
    contract_minimum,
    cover_backup_differs,
    cover_backup_so,
    cover_one_holder,
    eligibility,
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
    pin_stands,
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


class BuildingRule(Rule, Protocol):
    build: Callable[[Context], None]


RULES: tuple[Rule, ...] = cast(
    "tuple[Rule, ...]",
    (
        cover_one_holder,
        cover_backup_differs,
        cover_backup_so,
        *eligibility.ELIGIBILITY,
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
        pin_stands,
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


def building(region: Region) -> tuple[BuildingRule, ...]:
    """The rules that add to the problem, in reading order."""
    off = region.settings.rules_off
    return cast(
        "tuple[BuildingRule, ...]",
        tuple(rule for rule in RULES if rule.ID not in off and hasattr(rule, "build")),
    )

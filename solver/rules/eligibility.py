"""The eligibility rules, cheapest first: who may hold what at all.

An eligibility rule is a module with ``ID``, ``STATEMENT``, ``SOURCE`` and
``forbids(context, person, contract, item)``. Options are made only where none forbids.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Protocol, cast

from so247.models.people import Contract, Physician
from so247.models.region import Region
from so247.solver.context import Context, Item
from so247.solver.rules import (
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
)


class EligibilityRule(Protocol):
    """What an eligibility module offers."""

    ID: str
    STATEMENT: str
    SOURCE: str
    forbids: Callable[[Context, Physician, Contract, Item], bool]


ELIGIBILITY: tuple[EligibilityRule, ...] = cast(
    "tuple[EligibilityRule, ...]",
    (
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
    ),
)

TIMELESS = (eligible_role.ID, eligible_pool.ID)


def in_use(region: Region) -> tuple[EligibilityRule, ...]:
    """The eligibility rules that a region has not switched off."""
    return _without(region.settings.rules_off)


def timeless(region: Region) -> tuple[EligibilityRule, ...]:
    """Those of them that say the same of a line's duties at whatever time."""
    return tuple(rule for rule in in_use(region) if rule.ID in TIMELESS)


@lru_cache(maxsize=64)
def _without(off: tuple[str, ...]) -> tuple[EligibilityRule, ...]:
    return tuple(rule for rule in ELIGIBILITY if rule.ID not in off)

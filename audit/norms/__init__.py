"""Norms re-stated: one file per kind, and the table that says which is which."""

from __future__ import annotations

from collections.abc import Callable

from so247.audit.breach import Breach
from so247.audit.holdings import Case
from so247.audit.norms import (
    consecutive,
    continuous,
    free_periods,
    hours,
    rest,
    rolling_count,
    weekends,
)
from so247.audit.norms.subject import Subject, timeline
from so247.models.norms import NormKind, RulePack

KINDS: dict[NormKind, Callable[[Subject], list[Breach]]] = {
    NormKind.REST: rest.check,
    NormKind.CONTINUOUS: continuous.check,
    NormKind.ROLLING_COUNT: rolling_count.check,
    NormKind.CONSECUTIVE: consecutive.check,
    NormKind.WEEKENDS: weekends.check,
    NormKind.HOURS: hours.check,
    NormKind.FREE_PERIODS: free_periods.check,
}


def norm_breaches(case: Case) -> list[Breach]:
    """Every norm that a person's work breaks, or that cannot be judged.

    Each with its cost in tier ``soft_norms``.
    """
    found: list[Breach] = []
    off = case.region.settings.rules_off
    for physician in case.people:
        work = timeline(case, physician)
        packs: dict[str, RulePack] = {}
        for day in dict.fromkeys(stint.day for stint in work if stint.now):
            pack = case.pack_on(physician, day)
            packs[pack.id] = pack
        for pack in packs.values():
            for norm in pack.norms:
                if f"norm.{norm.kind.value}" not in off:
                    found += KINDS[norm.kind](Subject(case, physician, pack, norm, work))
    return found

"""Objective tiers as re-computed from the roster alone, with what each person adds.

One file per tier; ``RULES`` is the source of every formula.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from so247.audit.breach import Breach
from so247.audit.holdings import Case
from so247.audit.tiers.candidates import Candidates
from so247.audit.tiers.fairness import closing_ledger, fair_shares, fairness_value
from so247.audit.tiers.items import items
from so247.audit.tiers.pairs import handover_cost, pair_costs
from so247.audit.tiers.soft_norms import soft_norm_costs
from so247.audit.tiers.travel import spread_cost, travel_costs
from so247.audit.tiers.wishes import wish_costs
from so247.models.calendar import session_interval
from so247.models.report import SiteCoverage, TierValue
from so247.models.result import TIERS, Share

__all__ = ["closing_ledger", "fair_shares", "tier_values"]


def tier_values(
    case: Case,
    sites: Iterable[SiteCoverage],
    missing_sessions: Iterable[tuple[str, int]],
    shares: Sequence[Share] | None = None,
    breaches: Iterable[Breach] | None = None,
) -> tuple[TierValue, ...]:
    """Every tier, in the order of ``TIERS``.

    ``missing_sessions``: (session period id without ordinal, number missing). ``shares`` (the
    fairness table) and ``breaches`` (of norms and contracts) may be given when they are at hand.
    """
    held, candidates = items(case), Candidates(case)
    fairness = fairness_value(case, fair_shares(case, candidates) if shares is None else shares)
    soft, pairs = soft_norm_costs(case, held, candidates, breaches), pair_costs(case, held)
    wishes, travel = wish_costs(case, held), travel_costs(case, held)
    uncovered = sum(site.uncovered_minutes + site.uncovered_general_minutes for site in sites)
    values: dict[str, tuple[int, Counter[str]]] = {
        "coverage": (uncovered, Counter()),
        "sessions": (_missing_minutes(case, missing_sessions), Counter()),
        "soft_norms": (soft.total(), soft),
        "pairs": (pairs.total() + handover_cost(case, held), pairs),
        "fairness": (fairness.value, fairness.costs),
        "wishes": (wishes.total(), wishes),
        "travel": (travel.total() + spread_cost(case, held), travel),
    }
    return tuple(
        TierValue(name=name, value=values[name][0], contributions=_rows(values[name][1]))
        for name in TIERS
    )


def _rows(costs: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple((physician, cost) for physician, cost in sorted(costs.items()) if cost)


def _missing_minutes(case: Case, missing_sessions: Iterable[tuple[str, int]]) -> int:
    asked = {f"{each.site}.{each.product.value}.{each.key}": each for each in case.session_periods}
    total = 0
    for name, number in missing_sessions:
        demand = case.region.sessions[asked[name].demand]
        total += number * session_interval(demand, asked[name].days[0]).minutes
    return total

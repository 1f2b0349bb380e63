"""Tier ``soft_norms``: soft norms, contract minima, and travel times that nobody knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from so247.audit.breach import BROKEN, Breach
from so247.audit.contracts import contract_breaches
from so247.audit.holdings import Case
from so247.audit.norms import norm_breaches
from so247.audit.tiers.candidates import Candidates
from so247.audit.tiers.items import Item
from so247.models.norms import Severity
from so247.models.report import Answer


def soft_norm_costs(
    case: Case,
    items: Sequence[Item],
    candidates: Candidates,
    breaches: Iterable[Breach] | None = None,
) -> Counter[str]:
    """Per person. ``breaches``: of norms and contracts, when they are at hand already."""
    costs: Counter[str] = Counter()
    if breaches is None:
        breaches = (*norm_breaches(case), *contract_breaches(case))
    for breach in breaches:
        finding = breach.finding
        if finding.severity is Severity.SOFT and finding.physician is not None:
            costs[finding.physician] += breach.cost
    if "eligible.travel" not in case.region.settings.rules_off:
        for item in items:
            if _travel_unknown(case, candidates, item):
                costs[item.physician] += BROKEN
    return costs


def _travel_unknown(case: Case, candidates: Candidates, item: Item) -> bool:
    person = case.region.physician_by_id[item.physician]
    holding = item.holding
    if holding.line is not None:
        answer = candidates.travel(person, holding.line, holding.start, holding.end)
        return answer is Answer.UNKNOWN
    sites = holding.sites
    return bool(sites) and case.region.travel(person.day_base, sites[0]) is None

"""Tier ``fairness``: what everybody carries, what would be fair, and the ledger.

``RULES`` ("Fairness") is the source. All figures are thousandths of a point.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor, lcm

from so247.audit.holdings import Case
from so247.audit.tiers.candidates import Candidates
from so247.audit.tiers.items import Groups, Item, items
from so247.audit.tiers.terms import Terms
from so247.models.clock import local_day
from so247.models.duty import Duty, SessionPeriod
from so247.models.lines import Line
from so247.models.result import Share
from so247.models.roster import LedgerEntry
from so247.models.settings import Burden

POINT = 1000
Key = tuple[str, Burden]


@dataclass(frozen=True)
class FairnessValue:
    """The tier's value; ``costs`` per person leave out what the largest deviation adds."""

    value: int
    costs: Counter[str]


def fair_shares(case: Case, candidates: Candidates | None = None) -> tuple[Share, ...]:
    """The fairness table: everybody who counts in a burden, by burden and person."""
    if "fairness.share" in case.region.settings.rules_off:
        return ()
    held = items(case)
    opening = opening_balances(case)
    candidates = candidates or Candidates(case)
    rows = _burden_shares(case, held, candidates)
    rows.update(_unpaired_shares(case, held, candidates))
    order = list(Burden)
    return tuple(
        Share(
            physician=physician,
            burden=burden.value,
            carried=_rounded(carried),
            fair=fair,
            opening=opening.get((physician, burden), 0),
        )
        for (physician, burden), (carried, fair) in sorted(
            rows.items(), key=lambda row: (order.index(row[0][1]), row[0][0])
        )
    )


def fairness_value(case: Case, shares: Sequence[Share]) -> FairnessValue:
    settings = case.region.settings
    costs: Counter[str] = Counter()
    largest = 0
    for share in shares:
        deviation = abs(share.carried - share.fair + share.opening)
        largest = max(largest, deviation)
        costs[share.physician] += settings.burden_weight(Burden(share.burden)) * deviation
    return FairnessValue(sum(costs.values()) + settings.weight_largest_deviation * largest, costs)


def closing_ledger(case: Case, shares: Sequence[Share] | None = None) -> tuple[LedgerEntry, ...]:
    """Opening balance, plus what was carried, less what was fair, of everybody who has either."""
    balances = Counter(opening_balances(case))
    for share in fair_shares(case) if shares is None else shares:
        balances[share.physician, Burden(share.burden)] += share.carried - share.fair
    order = list(Burden)
    return tuple(
        LedgerEntry(physician=physician, burden=burden, balance=balance)
        for (physician, burden), balance in sorted(
            balances.items(), key=lambda row: (order.index(row[0][1]), row[0][0])
        )
    )


def opening_balances(case: Case) -> dict[Key, int]:
    """The roster's own opening ledger; without one, what the latest earlier roster closed with."""
    entries = case.roster.opening_ledger
    if not entries:
        earlier = [each for each in case.history if each.period.start < case.period.start]
        latest = max(earlier, key=lambda each: (each.period.start, each.revision), default=None)
        entries = latest.closing_ledger if latest is not None else ()
    return {(each.physician, each.burden): each.balance for each in entries}


class _Fte:
    """FTE per person and day: the sum over the contracts valid that day, as written in decimals.

    In whole units that all of them are multiples of: only their proportions count.
    """

    def __init__(self, case: Case) -> None:
        written = {each.id: Fraction(str(each.fte)) for each in case.region.contracts}
        unit = lcm(*(each.denominator for each in written.values()))
        self._contracts = {
            person.id: [
                (each, int(written[each.id] * unit)) for each in case.region.contracts_of(person.id)
            ]
            for person in case.region.physicians
        }
        self._terms = Terms(case.region)
        self._known: dict[int, dict[str, int]] = {}

    def on(self, day: date) -> dict[str, int]:
        """Of everybody, on that day."""
        term = self._terms.of(day)
        if term not in self._known:
            self._known[term] = {
                physician: sum(fte for each, fte in contracts if each.holds_on(day))
                for physician, contracts in self._contracts.items()
            }
        return self._known[term]


class _Dealt:
    """Exact sums of what each person gets of one amount after another, in proportion to FTE."""

    def __init__(self) -> None:
        self._parts: dict[tuple[str, int], int] = defaultdict(int)

    def deal(self, amount: int, ftes: Sequence[tuple[str, int]]) -> None:
        total = sum(fte for _, fte in ftes)
        for who, fte in ftes:
            self._parts[who, total] += amount * fte

    def sums(self) -> dict[str, Fraction]:
        """Of everybody who took part, also of who had no FTE and got nothing."""
        found: dict[str, Fraction] = defaultdict(Fraction)
        for (who, total), part in self._parts.items():
            found[who] += Fraction(part, total or 1)
        return dict(found)


def _burden_shares(
    case: Case, held: Sequence[Item], candidates: Candidates
) -> dict[Key, tuple[Fraction, int]]:
    """(points carried, thousandths that are fair) for pieces with a burden.

    What is fair comes from the planned pieces, filled or not: a gap is nobody's to have carried,
    so it leaves everybody equally behind.
    """
    carried: dict[Key, Fraction] = defaultdict(Fraction)
    for item in held:
        line = item.holding.line
        if item.burden is None or line is None:
            continue
        duty = item.holding.duty
        whole = (duty.when if duty is not None else item.holding.when).minutes
        part = Fraction(item.holding.when.minutes, whole)
        carried[item.physician, item.burden] += line.points * part
    fair = _planned(case, candidates)
    return {
        key: (carried[key], _rounded(fair.get(key, Fraction(0)))) for key in {**carried, **fair}
    }


def _planned(case: Case, candidates: Candidates) -> dict[Key, Fraction]:
    """Points that are fair of the planned pieces that start in the period."""
    fte = _Fte(case)
    dealt: dict[Burden, _Dealt] = defaultdict(_Dealt)
    for duty, line in _shared_duties(case):
        if duty.burden is not None:
            ftes = fte.on(local_day(duty.when.start))
            people = [(who, ftes[who]) for who in candidates.for_duty(duty)]
            dealt[duty.burden].deal(line.points, people)
    return {
        (physician, burden): points
        for burden, each in dealt.items()
        for physician, points in each.sums().items()
    }


def _shared_duties(case: Case) -> Iterator[tuple[Duty, Line]]:
    """What is planned to start in the period on lines that people hold."""
    for duty in case.duties:
        line = case.region.line_by_id[duty.line]
        if line.organisation is None and case.period.start <= duty.when.start < case.period.end:
            yield duty, line


def _unpaired_shares(
    case: Case, held: Sequence[Item], candidates: Candidates
) -> dict[Key, tuple[Fraction, int]]:
    """The same for sessions and office hours held by neither pair nor deputy of their groups."""
    groups = Groups(case)
    carried: Counter[str] = Counter()
    for item in held:
        inside = groups.insiders(item.holding.sites, item.day) if item.paired else ()
        if item.paired and item.physician not in inside:
            carried[item.physician] += 1
    claims = _claims(case, groups, candidates)
    whole = sum(claims.values(), Fraction(0))
    number = carried.total()
    return {
        (physician, Burden.UNPAIRED_SESSION): (
            Fraction(carried[physician]),
            _rounded(claims[physician] / whole) * number if physician in claims else 0,
        )
        for physician in {**carried, **claims}
    }


def _claims(case: Case, groups: Groups, candidates: Candidates) -> dict[str, Fraction]:
    """How much of the sessions and office hours would fall to each person from outside."""
    fte = _Fte(case)
    dealt = _Dealt()
    for asked in case.session_periods:
        outside = _outside(case, groups, candidates, asked)
        _deal(dealt, asked.count, [(who, fte.on(day)[who]) for who, day in outside.items()])
    for duty, line in _shared_duties(case):
        if duty.burden is None:
            day = local_day(duty.when.start)
            inside = groups.insiders(line.sites, day)
            people = (who for who in candidates.for_duty(duty) if who not in inside)
            _deal(dealt, 1, [(who, fte.on(day)[who]) for who in people])
    return dealt.sums()


def _deal(dealt: _Dealt, amount: int, people: Sequence[tuple[str, int]]) -> None:
    """What nobody with any FTE may hold falls to nobody."""
    if any(fte for _, fte in people):
        dealt.deal(amount, people)


def _outside(
    case: Case, groups: Groups, candidates: Candidates, asked: SessionPeriod
) -> dict[str, date]:
    """Who is eligible on some day without being pair or deputy then, with the first such day."""
    demand = case.region.sessions[asked.demand]
    found: dict[str, date] = {}
    for day in asked.days:
        inside = groups.insiders((asked.site,), day)
        for physician in candidates.for_session(demand, day, {*found, *inside}):
            found[physician] = day
    return found


def _rounded(points: Fraction) -> int:
    """Thousandths of a point, rounded half up."""
    return floor(points * POINT + Fraction(1, 2))

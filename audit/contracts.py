"""Contracts re-stated: prorated maxima and minima, and an employer's agreed extramural hours.

``RULES`` ("Contracts") is the source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from so247.audit.breach import BROKEN, Breach
from so247.audit.holdings import Block, Case
from so247.audit.instants import midnight, minute, span
from so247.models.calendar import long_leave
from so247.models.clock import days, days_touched, local_day, monday_of, union
from so247.models.norms import Severity, Work
from so247.models.people import Contract, Employer
from so247.models.report import Finding

SATURDAY = timedelta(days=5)
WEEK = timedelta(days=7)
PAID = frozenset({Work.SESSION, Work.PRESENCE_DUTY, Work.COMMITMENT})
"""Kinds of work that ``hours_per_week`` pays for."""


def check_contracts(case: Case) -> list[Finding]:
    """Every contract figure and every agreed number of hours that the roster does not keep."""
    return [breach.finding for breach in contract_breaches(case)]


def contract_breaches(case: Case) -> list[Breach]:
    """The same, each with its cost in tier ``soft_norms``."""
    found: list[Breach] = []
    off = case.region.settings.rules_off
    for contract in case.region.contracts:
        use = _use(case, contract)
        if "contract.maximum" not in off:
            found += _maxima(case, use)
        if "contract.minimum" not in off:
            found += _minima(case, use)
    minutes = _session_minutes(case)
    for employer in case.region.employers:
        if employer.extramural_hours_per_week is None:
            continue
        weeks = minutes[employer.id]
        if "contract.extramural_cap" not in off:
            found += _over_cap(case, employer, weeks)
        if "contract.extramural_floor" not in off:
            found += _below_floor(case, employer, weeks)
    return found


@dataclass(frozen=True)
class Use:
    """What was booked on a contract in the period, and the days it was there for."""

    contract: Contract
    present: int
    duties: tuple[Block, ...]
    paid: tuple[Block, ...]

    @property
    def factor(self) -> Fraction:
        return Fraction(self.present, 7 * self.contract.per_weeks)

    @property
    def nights(self) -> tuple[Block, ...]:
        return tuple(block for block in self.duties if block.night)


def _use(case: Case, contract: Contract) -> Use:
    blocks = [
        block
        for block in case.blocks(contract.physician)
        if case.start <= block.start < case.end and contract.id in block.contracts
    ]
    return Use(
        contract=contract,
        present=days_present(case, contract),
        duties=tuple(b for b in blocks if b.kind not in (Work.SESSION, Work.COMMITMENT)),
        paid=tuple(b for b in blocks if b.kind in PAID),
    )


def days_present(case: Case, contract: Contract) -> int:
    """Local dates of the period with a valid contract and not in a long leave, not even partly."""
    away = {
        day for leave in long_leave(case.region, contract.physician) for day in days_touched(leave)
    }
    first, last = local_day(case.period.start), local_day(case.period.end - timedelta(minutes=1))
    return sum(contract.holds_on(day) and day not in away for day in days(first, last))


def _weekends(case: Case, block: Block) -> set[date]:
    """Saturdays of the period in whose weekend (to Monday 00:00) the block has a minute."""
    touched = {monday_of(day) + SATURDAY for day in days_touched(block.when) if day.weekday() >= 5}
    return {day for day in touched if case.start <= midnight(day) < case.end}


def _figures(
    case: Case, use: Use
) -> Iterator[tuple[str, int, int | None, int | None, tuple[Block, ...]]]:
    """(unit, count, minimum, maximum, blocks) of everything that a contract counts."""
    contract = use.contract
    saturdays = [_weekends(case, block) for block in use.duties]
    in_weekends = tuple(b for b, days in zip(use.duties, saturdays, strict=True) if days)
    weekends = set().union(*saturdays)
    yield "duties", len(use.duties), contract.min_duties, contract.max_duties, use.duties
    yield "weekends", len(weekends), contract.min_weekends, contract.max_weekends, in_weekends
    yield "nights", len(use.nights), contract.min_nights, contract.max_nights, use.nights


def _maxima(case: Case, use: Use) -> Iterator[Breach]:
    contract = use.contract
    for unit, count, _, maximum, blocks in _figures(case, use):
        if maximum is None:
            continue
        limit = ceil(maximum * use.factor)
        if count > limit:
            text = (
                f"{contract.physician}: {count} {unit} on contract {contract.id}, "
                f"at most {limit} in this period"
            )
            yield _breach(case, "contract.maximum", use, text, count, limit, unit, blocks)
    if contract.hours_per_week is not None:
        limit = ceil(Fraction(contract.hours_per_week) * 60 * use.present / 7)
        minutes = sum(block.end - block.start for block in use.paid)
        if minutes > limit and any(block.ours for block in use.paid):
            text = (
                f"{contract.physician}: {minutes / 60:.2f} hours of sessions, presence duties and "
                f"commitments on contract {contract.id}, at most {limit / 60:.2f} in this period"
            )
            figures = (round(minutes / 60, 2), round(limit / 60, 2))
            yield _breach(case, "contract.maximum", use, text, *figures, "h", use.paid)


def _minima(case: Case, use: Use) -> Iterator[Breach]:
    contract = use.contract
    for unit, count, minimum, _, blocks in _figures(case, use):
        limit = floor((minimum or 0) * use.factor)
        if count < limit:
            text = (
                f"{contract.physician}: {count} {unit} on contract {contract.id}, "
                f"at least {limit} agreed in this period"
            )
            cost = BROKEN * (limit - count)
            yield _breach(case, "contract.minimum", use, text, count, limit, unit, blocks, cost)


def _breach(
    case: Case,
    rule: str,
    use: Use,
    text: str,
    figure: float,
    limit: float,
    unit: str,
    blocks: Iterable[Block],
    cost: int = 0,
) -> Breach:
    finding = case.finding(
        rule,
        Severity.SOFT if rule == "contract.minimum" else Severity.HARD,
        text,
        physician=use.contract.physician,
        figure=figure,
        limit=limit,
        unit=unit,
        when=case.period,
        targets=dict.fromkeys(h.target for block in blocks for h in block.holdings),
    )
    return Breach(finding, cost)


@dataclass
class Week:
    """Sessions of one employer in one ISO week. ``now``: one of them starts in the period."""

    minutes: int
    targets: list[str]
    now: bool


def _session_minutes(case: Case) -> dict[str, dict[date, Week]]:
    """Per employer and Monday: what was held on the employer's contracts, history included."""
    found: dict[str, dict[date, Week]] = defaultdict(dict)
    for holding in (*case.past, *case.holdings):
        contract = case.region.contract_by_id.get(holding.contract or "")
        if holding.line is not None or contract is None or holding.start >= case.end:
            continue
        weeks = found[contract.employer]
        week = weeks.setdefault(monday_of(local_day(holding.when.start)), Week(0, [], False))
        week.minutes += holding.end - holding.start
        week.targets.append(holding.target)
        week.now |= holding.start >= case.start
    return found


def _agreed(employer: Employer) -> Fraction:
    """Minutes of sessions per week."""
    return Fraction(employer.extramural_hours_per_week or 0) * 60


def _over_cap(case: Case, employer: Employer, weeks: dict[date, Week]) -> Iterator[Breach]:
    for monday, week in sorted(weeks.items()):
        if not week.now or week.minutes <= _agreed(employer):
            continue
        limit = employer.extramural_hours_per_week
        finding = case.finding(
            "contract.extramural_cap",
            Severity.HARD,
            f"{employer.id}: {week.minutes / 60:.2f} hours of sessions in the week of "
            f"{monday:%d-%m-%Y}, at most {limit:g} agreed",
            figure=round(week.minutes / 60, 2),
            limit=limit,
            unit="h",
            when=span(midnight(monday), midnight(monday + WEEK)),
            targets=week.targets,
        )
        yield Breach(finding)


def _below_floor(case: Case, employer: Employer, weeks: dict[date, Week]) -> Iterator[Breach]:
    """One signal per run of short weeks that ends in the period."""
    needed = case.region.settings.shortfall_weeks
    run: list[date] = []
    last: date | None = None
    for monday in _whole_weeks(case):
        minutes = weeks[monday].minutes if monday in weeks else 0
        short = minutes < _agreed(employer)
        if run and (not short or last is None or monday != last + WEEK):
            yield from _shortfall(case, employer, run, needed, weeks)
            run = []
        if short:
            run.append(monday)
        last = monday
    yield from _shortfall(case, employer, run, needed, weeks)


def _whole_weeks(case: Case) -> list[date]:
    """Mondays of the ISO weeks of which every minute lies in the period or in history."""
    covered = union((*(roster.period for roster in case.history), case.period))
    found: list[date] = []
    for each in covered:
        monday = monday_of(local_day(each.start))
        while midnight(monday + WEEK) <= min(minute(each.end), case.end):
            if midnight(monday) >= minute(each.start):
                found.append(monday)
            monday += WEEK
    return found


def _shortfall(
    case: Case, employer: Employer, run: list[date], needed: int, weeks: dict[date, Week]
) -> Iterator[Breach]:
    if len(run) < needed or midnight(run[-1] + WEEK) <= case.start:
        return
    held = sum(weeks[monday].minutes for monday in run if monday in weeks) / 60
    finding = case.finding(
        "contract.extramural_floor",
        Severity.SIGNAL,
        f"{employer.id}: {len(run)} weeks in a row from {run[0]:%d-%m-%Y} with fewer hours of "
        f"sessions than the {employer.extramural_hours_per_week:g} agreed per week "
        f"({held:.2f} in all), {needed} in a row are signalled",
        figure=len(run),
        limit=needed,
        unit="weeks",
        when=span(midnight(run[0]), midnight(run[-1] + WEEK)),
    )
    yield Breach(finding)

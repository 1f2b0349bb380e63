"""``session.count`` and ``session.weekday``: what was asked, each once, on an allowed day."""

from __future__ import annotations

from collections.abc import Iterator

from so247.audit.holdings import Case, Holding
from so247.models.calendar import session_interval
from so247.models.clock import local_day
from so247.models.duty import SessionPeriod
from so247.models.norms import Severity
from so247.models.report import Finding


def _held(case: Case) -> list[Holding]:
    """Sessions of the roster; what is for nothing that is known is no session."""
    return [each for each in case.holdings if each.line is None and each.sites]


def _name(period: SessionPeriod) -> str:
    return f"{period.site}.{period.product.value}.{period.key}"


def check_sessions(case: Case) -> Iterator[Finding]:
    """Sessions that nobody asked for, held twice, on a wrong day, or two on one day."""
    periods = {name: period for period in case.session_periods for name in period.ids}
    seen: set[str] = set()
    days: set[tuple[str, object]] = set()
    for holding in _held(case):
        period = periods.get(holding.target)
        if period is None:
            yield _finding(case, "session.count", holding, "is not among the sessions asked for")
            continue
        if holding.target in seen:
            yield _finding(case, "session.count", holding, "is held more than once")
            continue
        seen.add(holding.target)
        day = local_day(holding.when.start)
        if day not in period.days:
            yield _finding(case, "session.weekday", holding, f"may not lie on {day}")
        elif holding.when != session_interval(case.region.sessions[period.demand], day):
            yield _finding(case, "session.weekday", holding, "does not lie at the demand's times")
        key = (f"{period.site}.{period.product.value}", day)
        if key in days:
            text = f"is the second of its kind on {day}, one a day at most"
            yield _finding(case, "session.weekday", holding, text)
        days.add(key)


def _finding(case: Case, rule: str, holding: Holding, text: str) -> Finding:
    return case.finding(
        rule,
        Severity.HARD,
        f"session {holding.target} {text}",
        physician=holding.physician,
        when=holding.when,
        targets=(holding.target,),
    )


def missing_sessions(case: Case) -> tuple[tuple[str, int], ...]:
    """(session period id without ordinal, how many of its sessions nobody holds)."""
    held = {holding.target for holding in _held(case)}
    counted = ((_name(e), e.count - len(held.intersection(e.ids))) for e in case.session_periods)
    return tuple((name, missing) for name, missing in counted if missing)

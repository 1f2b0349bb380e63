"""``pin.stands``: what was decided beforehand is in the roster."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from so247.audit.holdings import Case, Holding
from so247.audit.instants import minute
from so247.models.clock import Interval, day_start, local_day, subtract
from so247.models.norms import Severity
from so247.models.people import Pin
from so247.models.report import Finding, Outcome


def check_pins(case: Case) -> Iterator[Finding]:
    """Pins of the period that the roster does not keep."""
    sessions = {name for period in case.session_periods for name in period.ids}
    history = {each.target for each in case.past if each.end > case.start}
    for pin in case.region.pins:
        duty = case.duty_by_id.get(pin.target)
        if duty is not None and not (minute(duty.when.start) < case.start and duty.id in history):
            yield from _duty(case, pin, duty.when)
        elif pin.target in sessions:
            yield from _session(case, pin)
        elif duty is None and _meant_for(case, pin):
            yield case.finding(
                "pin.stands",
                Severity.SIGNAL,
                f"{pin.target}: pinned to {_whom(pin)}, but no duty or session of the period",
                outcome=Outcome.UNKNOWN,
                physician=pin.physician,
                targets=(pin.target,),
            )


def _meant_for(case: Case, pin: Pin) -> bool:
    """Whether the pin seems to be about this period, going by its day or the time in its target."""
    if pin.day is not None:
        return case.period.start <= day_start(pin.day) < case.period.end
    line, _, planned = pin.target.partition("@")
    try:
        start = datetime.strptime(planned, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
    except ValueError:
        return line.count(".") != 3  # a session without a day may be of any period
    return case.period.start <= start < case.period.end


def _matching(case: Case, pin: Pin) -> list[Holding]:
    return [
        each
        for each in case.holdings
        if each.target == pin.target
        and each.physician == pin.physician
        and pin.contract in (None, each.contract)
    ]


def _duty(case: Case, pin: Pin, planned: Interval) -> Iterator[Finding]:
    held = [each.when for each in _matching(case, pin)]
    left = subtract(planned, held)
    if left:
        missing = sum(each.minutes for each in left)
        text = f"pinned to {_whom(pin)}, who does not hold {missing} minutes of it"
        yield _finding(case, pin, text, left[0])


def _session(case: Case, pin: Pin) -> Iterator[Finding]:
    held = [local_day(each.when.start) for each in _matching(case, pin)]
    if not held:
        yield _finding(case, pin, f"pinned to {_whom(pin)}, who does not hold it", None)
    elif pin.day is not None and pin.day not in held:
        text = f"pinned to {_whom(pin)} on {pin.day}, but held on {held[0]}"
        yield _finding(case, pin, text, None)


def _whom(pin: Pin) -> str:
    return f"{pin.physician} on contract {pin.contract}" if pin.contract else pin.physician


def _finding(case: Case, pin: Pin, text: str, when: Interval | None) -> Finding:
    return case.finding(
        "pin.stands",
        Severity.HARD,
        f"{pin.target}: {text}",
        physician=pin.physician,
        when=when,
        targets=(pin.target,),
    )

"""Words of reasons: every rule in both languages, and time as a coordinator writes it."""

from __future__ import annotations

from datetime import date, time

import pytest

from so247.models.clock import Interval, days_interval, to_utc
from so247.solver.gaps import WORDS
from so247.solver.reasons.details import DETAILS
from so247.solver.reasons.findings import SENTENCES
from so247.solver.reasons.words import DUTCH, ENGLISH, figure, rule_words, stretch
from so247.solver.rules import eligibility


def test_every_rule_has_words_in_both_languages() -> None:
    assert set(DUTCH) == set(ENGLISH)
    assert set(WORDS) <= set(DUTCH)
    assert {each.ID for each in eligibility.ELIGIBILITY} == set(DETAILS)
    assert set(SENTENCES) <= set(DUTCH)


def test_a_rule_that_a_host_added_goes_by_its_id() -> None:
    assert rule_words("local.own_rule").nl == "local.own_rule"


def between(first: date, start: int, last: date, end: int) -> Interval:
    return Interval(start=to_utc(first, time(start)), end=to_utc(last, time(end)))


SATURDAY, SUNDAY, MONDAY = (date(2026, 10, day) for day in (24, 25, 26))


@pytest.mark.parametrize(
    ("when", "nl", "en"),
    [
        (
            between(SATURDAY, 17, MONDAY, 8),
            "van za 24-10-2026 17:00 tot ma 26-10-2026 08:00",
            "from Sat 24-10-2026 17:00 to Mon 26-10-2026 08:00",
        ),
        (
            between(MONDAY, 8, MONDAY, 17),
            "op ma 26-10-2026 van 08:00 tot 17:00",
            "on Mon 26-10-2026 from 08:00 to 17:00",
        ),
        # The day of 25 hours is a whole day as well.
        (days_interval(SUNDAY, SUNDAY), "op zo 25-10-2026", "on Sun 25-10-2026"),
        (
            days_interval(SATURDAY, SUNDAY),
            "van za 24-10-2026 t/m zo 25-10-2026",
            "from Sat 24-10-2026 to Sun 25-10-2026",
        ),
    ],
)
def test_time(when: Interval, nl: str, en: str) -> None:
    assert stretch(when) == (nl, en)


def test_figures_have_a_comma_in_dutch_and_no_decimals_for_nothing() -> None:
    assert figure(10.5) == ("10,5", "10.5")
    assert figure(24.0) == ("24", "24")

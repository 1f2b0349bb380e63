"""``norm.continuous``: at most 24 elapsed hours of duties that touch."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

DAY = "continuous_24h"


def test_fifteen_and_nine_hours_are_a_day(ward):
    # Friday 17:00-08:00 (15 h) and Saturday 08:00-17:00 (9 h) touch: 24 hours exactly.
    case = ward.case(
        ward.region(),
        ("call", "2026-10-09 17:00", "2026-10-10 08:00"),
        ("call", "2026-10-10 08:00", "2026-10-10 17:00"),
    )
    assert ward.shown(case, DAY) == []


def test_one_night_more_is_thirty_nine_hours(ward):
    case = ward.case(
        ward.region(),
        ("call", "2026-10-09 17:00", "2026-10-10 08:00"),
        ("call", "2026-10-10 08:00", "2026-10-10 17:00"),
        ("call", "2026-10-10 17:00", "2026-10-11 08:00"),
    )
    # 15 + 9 + 15 = 39 h. 9 + 15 = 24 is fine, 15 + 9 too: one minimal chain, all three.
    (breach,) = ward.breaches(case, DAY)
    assert (breach.finding.figure, breach.finding.limit, breach.finding.unit) == (39, 24, "h")
    assert breach.cost == 60
    assert breach.finding.when.minutes == 39 * 60
    assert len(breach.finding.targets) == 3


def test_every_minimal_chain_costs(ward):
    # Five pieces of 15, 9, 15, 9, 15 h in a row: 63 h; three of them always exceed 24 h, two never.
    days = ("2026-10-09", "2026-10-10", "2026-10-11", "2026-10-12")
    cuts = [f"{days[0]} 17:00"]
    cuts += [f"{day} {hour}" for day in days[1:3] for hour in ("08:00", "17:00")]
    cuts.append(f"{days[3]} 08:00")
    case = ward.case(ward.region(), *(("call", a, b) for a, b in pairwise(cuts)))
    assert ward.shown(case, DAY) == [("breach", 63, 180)]


def test_a_minute_between_makes_two_stretches(ward):
    case = ward.case(
        ward.region(),
        ("call", "2026-10-09 17:00", "2026-10-10 08:00"),
        ("call", "2026-10-10 08:01", "2026-10-10 23:00"),
    )
    assert ward.shown(case, DAY) == []


def test_one_long_duty_is_a_breach_by_itself(ward):
    case = ward.case(ward.region(), ("call", "2026-10-06 08:00", "2026-10-07 08:01"))
    # 24 h and a minute: 24.02.
    assert ward.shown(case, DAY) == [("breach", 24.02, 60)]


def test_saturday_morning_to_sunday_morning_in_october(ward):
    # Saturday 24 October 10:00 to Sunday 09:00 spans the repeated hour: 24 hours exactly.
    case = ward.case(ward.region(), ("call", "2026-10-24 10:00", "2026-10-25 09:00"))
    assert ward.shown(case, DAY) == []


def test_saturday_to_sunday_at_five_in_october_is_25_hours(ward):
    case = ward.case(
        ward.region(),
        ("call", "2026-10-24 17:00", "2026-10-25 08:00"),
        ("call", "2026-10-25 08:00", "2026-10-25 17:00"),
    )
    assert ward.shown(case, DAY) == [("breach", 25, 60)]


def test_in_march_there_is_an_hour_to_spare(ward):
    # Saturday 27 March 2027 17:00 to Sunday 18:00 is 25 hours by the clock, 24 elapsed.
    work = [
        ("call", "2027-03-27 17:00", "2027-03-28 08:00"),
        ("call", "2027-03-28 08:00", "2027-03-28 18:00"),
    ]
    case = ward.case(ward.region(), *work, first=date(2027, 3, 1))
    assert ward.shown(case, DAY) == []


def test_combined_lines_count_once(ward):
    work = [
        (line, start, end)
        for line in ("call", "also")
        for start, end in (
            ("2026-10-09 17:00", "2026-10-10 08:00"),
            ("2026-10-10 08:00", "2026-10-10 17:00"),
        )
    ]
    assert ward.shown(ward.case(ward.region(), *work), DAY) == []


def test_office_duty_touches_too(ward):
    # Office hours 08-17, then the night to 08:00, then the next day's office hours: 33 hours.
    case = ward.case(
        ward.region(),
        ("office", "2026-10-06 08:00", "2026-10-06 17:00"),
        ("call", "2026-10-06 17:00", "2026-10-07 08:00"),
        ("office", "2026-10-07 08:00", "2026-10-07 17:00"),
    )
    assert ward.shown(case, DAY) == [("breach", 33, 60)]


def test_a_chain_that_began_in_history(ward):
    before = [("call", "2026-10-04 08:00", "2026-10-05 00:00")]
    case = ward.case(ward.region(), ("call", "2026-10-05 00:00", "2026-10-05 09:00"), before=before)
    # 16 hours in history and 9 here: 25.
    assert ward.shown(case, DAY) == [("breach", 25, 60)]


def test_a_chain_within_history_is_not_told_again(ward):
    before = [
        ("call", "2026-10-03 08:00", "2026-10-04 16:00"),
        ("call", "2026-10-04 16:00", "2026-10-05 00:00"),
    ]
    case = ward.case(ward.region(), ("call", "2026-10-05 00:00", "2026-10-05 08:00"), before=before)
    # 32 h is history's own breach; the last two together are 16 h.
    assert ward.shown(case, DAY) == []


@pytest.mark.parametrize(("start", "outcomes"), [("00:00", ["unknown"]), ("00:01", [])])
def test_unknown_only_when_it_touches_the_edge(ward, start, outcomes):
    region = ward.region(first_roster_on=None)
    case = ward.case(region, ("call", f"2026-10-05 {start}", "2026-10-05 08:00"))
    assert [row[0] for row in ward.shown(case, DAY)] == outcomes

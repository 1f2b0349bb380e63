"""``norm.weekends``: worked weekends among ISO weeks in a row."""

from __future__ import annotations

from datetime import date

WEEKENDS = "weekends_2_in_4"
SATURDAYS = ("2026-10-10", "2026-10-17", "2026-10-24", "2026-10-31")


def day_duties(*days: str) -> list[tuple[str, str, str]]:
    return [("call", f"{day} 08:00", f"{day} 17:00") for day in days]


def test_two_in_four(ward):
    assert ward.shown(ward.case(ward.region(), *day_duties(*SATURDAYS[:2])), WEEKENDS) == []


def test_three_in_four(ward):
    (breach,) = ward.breaches(ward.case(ward.region(), *day_duties(*SATURDAYS[:3])), WEEKENDS)
    finding = breach.finding
    assert (finding.figure, finding.limit, finding.unit) == (3, 2, "weekends")
    # Of the windows only the one that ends with week 43 has its last worked weekend in it; the one
    # of week 44 still holds the same three, so it is over by one as well: 60 + 60.
    assert breach.cost == 120


def test_both_days_of_a_weekend_are_one(ward):
    work = day_duties("2026-10-10", "2026-10-11", "2026-10-17", "2026-10-18")
    assert ward.shown(ward.case(ward.region(), *work), WEEKENDS) == []


def test_friday_night_reaches_into_the_weekend(ward):
    # Friday 17:00 to Saturday 08:00 overlaps it; until Saturday 00:00 it would not.
    fridays = ("2026-10-09", "2026-10-16", "2026-10-23")
    into = [("call", f"{day} 17:00", f"{day[:8]}{int(day[8:]) + 1:02} 08:00") for day in fridays]
    until = [("call", f"{day} 17:00", f"{day[:8]}{int(day[8:]) + 1:02} 00:00") for day in fridays]
    assert ward.shown(ward.case(ward.region(), *into), WEEKENDS) == [("breach", 3, 120)]
    assert ward.shown(ward.case(ward.region(), *until), WEEKENDS) == []


def test_sunday_night_ends_with_monday(ward):
    # Monday 00:00 is no weekend: a duty from there on does not count.
    mondays = [("call", f"2026-10-{day} 00:00", f"2026-10-{day} 07:00") for day in (12, 19, 26)]
    assert ward.shown(ward.case(ward.region(), *mondays), WEEKENDS) == []


def test_history_counts_but_is_not_judged_again(ward):
    before = day_duties("2026-09-19", "2026-09-26", "2026-10-03")
    region = ward.region()
    # Three worked weekends of history alone: nothing of this period is in them.
    case = ward.case(region, ("call", "2026-10-06 17:00", "2026-10-07 08:00"), before=before)
    assert ward.shown(case, WEEKENDS) == []
    # Saturday 10 October is the fourth in four weeks (over by 2); a week later the window holds
    # 26 September, 3 and 10 October (over by 1).
    case = ward.case(region, *day_duties("2026-10-10"), before=before)
    assert ward.shown(case, WEEKENDS) == [("breach", 4, 180)]


def test_weeks_over_new_year(ward):
    # 2026 has a week 53 (28 December to 3 January): windows go on across it.
    work = day_duties("2026-12-19", "2026-12-26", "2027-01-02")
    region = ward.region(first_roster_on=date(2026, 12, 14))
    case = ward.case(region, *work, first=date(2026, 12, 14))
    assert ward.shown(case, WEEKENDS) == [("breach", 3, 120)]


def test_unknown_look_back(ward):
    region = ward.region(first_roster_on=None)
    (found,) = ward.breaches(ward.case(region, *day_duties("2026-10-10")), WEEKENDS)
    assert found.finding.outcome.value == "unknown"
    # The fourth window, weeks 41 to 44, lies in the period.
    assert ward.shown(ward.case(region, *day_duties("2026-10-31")), WEEKENDS) == []

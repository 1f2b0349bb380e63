"""``norm.consecutive``: local days in a row on which counted work starts."""

from __future__ import annotations

import pytest

NIGHTS = "nights_3_in_a_row"
DAYS = "duty_days_5_in_a_row"


def nights(*days: int) -> list[tuple[str, str, str]]:
    return [("call", f"2026-10-{day:02} 17:00", f"2026-10-{day + 1:02} 08:00") for day in days]


def evenings(*days: int) -> list[tuple[str, str, str]]:
    return [("call", f"2026-10-{day:02} 18:00", f"2026-10-{day:02} 23:00") for day in days]


def test_three_nights_are_fine(ward):
    assert ward.shown(ward.case(ward.region(), *nights(6, 7, 8)), NIGHTS) == []


def test_the_fourth_is_one_too_many(ward):
    (breach,) = ward.breaches(ward.case(ward.region(), *nights(6, 7, 8, 9)), NIGHTS)
    assert (breach.finding.figure, breach.finding.limit, breach.finding.unit) == (4, 3, "days")
    assert breach.cost == 60
    assert breach.finding.text.startswith("ann: 4 nights in a row from Tue 6 Oct 2026 17:00")


def test_every_further_day_costs(ward):
    # Six nights in a row: the 4th, 5th and 6th each end four in a row.
    assert ward.shown(ward.case(ward.region(), *nights(6, 7, 8, 9, 10, 11)), NIGHTS) == [
        ("breach", 6, 180)
    ]


def test_evenings_are_no_nights_but_they_are_days(ward):
    case = ward.case(ward.region(), *evenings(6, 7, 8, 9, 10, 11))
    assert ward.shown(case, NIGHTS) == []
    assert ward.shown(case, DAYS) == [("breach", 6, 60)]


def test_an_hour_after_midnight_is_no_night_yet(ward):
    # More than 60 minutes between 00:00 and 06:00 are needed: until 01:00 is not a night.
    until_one = [
        ("call", f"2026-10-{day:02} 17:00", f"2026-10-{day + 1:02} 01:00") for day in (6, 7, 8, 9)
    ]
    later = [(line, start, end.replace("01:00", "01:01")) for line, start, end in until_one]
    assert ward.shown(ward.case(ward.region(), *until_one), NIGHTS) == []
    assert ward.shown(ward.case(ward.region(), *later), NIGHTS) == [("breach", 4, 60)]


def test_two_on_one_day_are_one_day(ward):
    work = [*nights(6, 7, 8), ("watch", "2026-10-08 17:00", "2026-10-09 08:00")]
    assert ward.shown(ward.case(ward.region(), *work), NIGHTS) == []


def test_a_free_day_starts_anew(ward):
    assert ward.shown(ward.case(ward.region(), *nights(6, 7, 8, 10, 11, 12)), NIGHTS) == []


def test_a_run_that_began_in_history(ward):
    before = [("call", f"2026-10-0{day} 17:00", f"2026-10-0{day + 1} 08:00") for day in (2, 3, 4)]
    # Friday, Saturday and Sunday in history; Monday is the fourth, Tuesday the fifth.
    case = ward.case(ward.region(), *nights(5, 6), before=before)
    assert ward.shown(case, NIGHTS) == [("breach", 5, 120)]


def test_the_25_hour_day_is_one_day(ward):
    # 22, 23, 24, 25 October: four local days, whatever their length.
    assert ward.shown(ward.case(ward.region(), *nights(22, 23, 24, 25)), NIGHTS) == [
        ("breach", 4, 60)
    ]


@pytest.mark.parametrize(
    ("days", "outcomes"), [((5,), ["unknown"]), ((6, 7), []), ((5, 6, 7, 8), ["breach", "unknown"])]
)
def test_unknown_when_the_run_begins_on_the_first_day(ward, days, outcomes):
    # A run from the 6th on cannot go back: the 5th is in the roster, and free.
    region = ward.region(first_roster_on=None)
    shown = ward.shown(ward.case(region, *nights(*days)), NIGHTS)
    assert [row[0] for row in shown] == outcomes

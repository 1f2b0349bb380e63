"""The holiday table: the days of DOMAIN B6, with two switches."""

from datetime import date

import pytest

from so247.formats.region_holidays import HolidayRules, describe, expand, usual_days
from so247.models.settings import Holiday

# Computed by hand in DOMAIN B6 from Easter; New Year, King's Day and Christmas are fixed.
ALWAYS = {
    2026: ["01-01", "04-05", "04-06", "04-27", "05-14", "05-24", "05-25", "12-25", "12-26"],
    2027: ["01-01", "03-28", "03-29", "04-27", "05-06", "05-16", "05-17", "12-25", "12-26"],
    # 27 April 2025 is a Sunday, so King's Day is on the 26th. Easter is 20 April.
    2025: ["01-01", "04-20", "04-21", "04-26", "05-29", "06-08", "06-09", "12-25", "12-26"],
}
GOOD_FRIDAY = {2025: "04-18", 2026: "04-03", 2027: "03-26"}


@pytest.mark.parametrize("year", ALWAYS)
@pytest.mark.parametrize("good_friday", [False, True])
@pytest.mark.parametrize("liberation_day", [False, True])
def test_days_of_a_year(year: int, good_friday: bool, liberation_day: bool) -> None:
    expected = list(ALWAYS[year])
    expected += [GOOD_FRIDAY[year]] if good_friday else []
    expected += ["05-05"] if liberation_day else []
    found = usual_days([year], good_friday, liberation_day)
    assert [f"{each.date:%m-%d}" for each in found] == sorted(expected)


def test_ascension_on_5_may_stands_once() -> None:
    # In 2016 Ascension fell on 5 May.
    found = usual_days([2016], good_friday=False, liberation_day=True)
    assert [each.name for each in found if each.date == date(2016, 5, 5)] == ["Hemelvaartsdag"]


def test_days_are_added_and_left_out() -> None:
    rules = HolidayRules.model_validate(
        {
            "years": (2026,),
            "also": (Holiday(date=date(2026, 12, 31), name="Oudejaarsdag"),),
            "not": (date(2026, 4, 27),),
        }
    )
    rows, faults = expand(rules)
    days = [holiday.date for holiday, _ in rows]
    assert not faults
    assert days == sorted(days)
    assert date(2026, 12, 31) in days
    assert date(2026, 4, 27) not in days


def test_own_dates_stand_alone() -> None:
    own = (Holiday(date=date(2026, 2, 2), name="Eigen dag"),)
    rows, faults = expand(HolidayRules(years=(2026,), dates=own))
    assert ([holiday for holiday, _ in rows], faults) == (list(own), [])
    _, faults = expand(HolidayRules(years=(2026,), dates=own, good_friday=True))
    assert [fault.path for fault in faults] == [("good_friday",)]


@pytest.mark.parametrize("good_friday", [False, True])
@pytest.mark.parametrize("liberation_day", [False, True])
def test_the_shortest_description_gives_the_same_days(
    good_friday: bool, liberation_day: bool
) -> None:
    days = usual_days([2026, 2027], good_friday, liberation_day)
    assert describe(days, [2026, 2027]) == {
        "years": [2026, 2027],
        "good_friday": good_friday,
        "liberation_day": liberation_day,
    }
    # In another order they are another table, so they are written out.
    assert "dates" in describe(days[::-1], [2026, 2027])

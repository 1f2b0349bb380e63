"""The ANW calendar against tables worked out by hand (DOMAIN B6)."""

from datetime import UTC, date, datetime, time
from itertools import pairwise

import pytest

from so247.models import calendar
from so247.models.base import Weekday
from so247.models.clock import Interval, period, to_local
from so247.models.lines import Line, Pattern, Per, Product, SessionDemand, Window
from so247.models.people import Absence, Pool
from so247.models.region import Region
from so247.models.settings import Burden, Holiday
from so247.models.sites import Facility, ResidenceSetting

HOLIDAYS = (
    Holiday(date=date(2026, 12, 25), name="Christmas Day"),  # a Friday
    Holiday(date=date(2026, 12, 26), name="Boxing Day"),  # a Saturday
    Holiday(date=date(2027, 1, 1), name="New Year"),  # a Friday
    Holiday(date=date(2027, 3, 28), name="Easter Sunday"),  # also the spring clock change
    Holiday(date=date(2027, 3, 29), name="Easter Monday"),
    Holiday(date=date(2027, 4, 27), name="King's Day"),  # a Tuesday
)
PATTERN = Pattern(
    id="standard",
    workday=(time(8), time(17)),
    saturday=(time(10),),
    sunday=(time(9),),
    holiday=(time(10),),
)


def region(window: Window = Window.OUT_OF_HOURS, **changes: object) -> Region:
    line = Line(id="line", name="Line", sites=("home",), window=window, pattern="standard")
    home = Facility(
        id="home",
        name="Home",
        setting=ResidenceSetting.FACILITY_WITHOUT_TREATMENT,
        pools=("pool",),
    )
    fields: dict[str, object] = {
        "id": "here",
        "name": "Here",
        "anchor_date": date(2026, 10, 5),
        "holidays": HOLIDAYS,
        "holiday_years": (2026, 2027),
        "pools": (Pool(id="pool", name="Pool"),),
        "facilities": (home,),
        "patterns": (PATTERN,),
        "lines": (line,),
    }
    return Region(**{**fields, **changes})  # type: ignore[arg-type]


def pieces(of: Region, first: date, weeks: int = 1) -> list[tuple[str, str, float]]:
    """(local start, local end, elapsed hours) of every piece that overlaps the period."""
    return [
        (
            f"{to_local(duty.when.start):%a %d %b %H:%M}",
            f"{to_local(duty.when.end):%a %d %b %H:%M}",
            duty.when.minutes / 60,
        )
        for duty in calendar.duties(of, period(first, weeks))
    ]


def test_a_plain_week_has_45_office_hours_and_123_others() -> None:
    week = period(date(2026, 11, 2), 1)
    assert sum(each.minutes for each in calendar.office_hours(region(), week)) == 45 * 60
    assert sum(each.minutes for each in calendar.out_of_hours(region(), week)) == 123 * 60


@pytest.mark.parametrize(
    ("first", "hours"),
    [
        (date(2026, 10, 19), 169),  # 25 October has 25 hours
        (date(2027, 3, 22), 167),  # 28 March has 23
        (date(2026, 11, 2), 168),
    ],
)
def test_office_hours_and_the_rest_are_every_minute(first: date, hours: int) -> None:
    week = period(first, 1)
    both = (*calendar.office_hours(region(), week), *calendar.out_of_hours(region(), week))
    assert week.minutes == hours * 60
    assert sum(each.minutes for each in both) == hours * 60
    ordered = sorted(both, key=lambda each: each.start)
    assert ordered[0].start == week.start
    assert ordered[-1].end == week.end
    assert all(a.end == b.start for a, b in pairwise(ordered))


def test_holidays_on_weekdays_are_out_of_hours() -> None:
    # Christmas week: Monday to Thursday 4 x 9 hours, Friday 25 December none.
    week = period(date(2026, 12, 21), 1)
    assert sum(each.minutes for each in calendar.office_hours(region(), week)) == 36 * 60
    # King's Day week: Tuesday is lost.
    week = period(date(2027, 4, 26), 1)
    assert sum(each.minutes for each in calendar.office_hours(region(), week)) == 36 * 60


def test_the_october_weekend() -> None:
    # Saturday 10:00 to Sunday 09:00 is 23 hours by the clock, and 24 that elapse.
    assert pieces(region(), date(2026, 10, 23)) == [
        ("Thu 22 Oct 17:00", "Fri 23 Oct 08:00", 15),
        ("Fri 23 Oct 17:00", "Sat 24 Oct 10:00", 17),
        ("Sat 24 Oct 10:00", "Sun 25 Oct 09:00", 24),
        ("Sun 25 Oct 09:00", "Mon 26 Oct 08:00", 23),
        ("Mon 26 Oct 17:00", "Tue 27 Oct 08:00", 15),
        ("Tue 27 Oct 17:00", "Wed 28 Oct 08:00", 15),
        ("Wed 28 Oct 17:00", "Thu 29 Oct 08:00", 15),
        ("Thu 29 Oct 17:00", "Fri 30 Oct 08:00", 15),
    ]


def test_easter_with_the_spring_change() -> None:
    # Saturday 10:00 to Easter Sunday (holiday, 10:00) is 24 hours by the clock, 23 that elapse.
    assert pieces(region(), date(2027, 3, 26))[1:5] == [
        ("Fri 26 Mar 17:00", "Sat 27 Mar 10:00", 17),
        ("Sat 27 Mar 10:00", "Sun 28 Mar 10:00", 23),
        ("Sun 28 Mar 10:00", "Mon 29 Mar 10:00", 24),
        ("Mon 29 Mar 10:00", "Tue 30 Mar 08:00", 22),
    ]


def test_christmas_into_new_year() -> None:
    assert pieces(region(), date(2026, 12, 24), 2)[1:5] == [
        ("Thu 24 Dec 17:00", "Fri 25 Dec 10:00", 17),
        ("Fri 25 Dec 10:00", "Sat 26 Dec 10:00", 24),
        ("Sat 26 Dec 10:00", "Sun 27 Dec 09:00", 23),
        ("Sun 27 Dec 09:00", "Mon 28 Dec 08:00", 23),
    ]
    assert ("Thu 31 Dec 17:00", "Fri 01 Jan 10:00", 17) in pieces(region(), date(2026, 12, 28))


def test_a_weeknight_over_a_change_lasts_16_or_14_hours() -> None:
    # Cut as if every day were a workday: Saturday 17:00 to Sunday 08:00 holds the change.
    nightly = PATTERN.model_copy(
        update={"saturday": (time(8), time(17)), "sunday": (time(8), time(17)), "holiday": None}
    )
    made = region(Window.ALWAYS, patterns=(nightly,))
    assert ("Sat 24 Oct 17:00", "Sun 25 Oct 08:00", 16) in pieces(made, date(2026, 10, 19))
    assert ("Sat 27 Mar 17:00", "Sun 28 Mar 08:00", 14) in pieces(made, date(2027, 3, 22))


def test_a_period_that_starts_midweek_holds_what_runs_over_its_edges_whole() -> None:
    found = pieces(region(), date(2026, 11, 4))  # a Wednesday
    assert found[0] == ("Tue 03 Nov 17:00", "Wed 04 Nov 08:00", 15)
    assert found[-1] == ("Tue 10 Nov 17:00", "Wed 11 Nov 08:00", 15)


def test_always_is_tiled_without_a_hole() -> None:
    made = region(Window.ALWAYS)
    spans = [duty.when for duty in calendar.duties(made, period(date(2026, 10, 5), 26))]
    assert all(a.end == b.start for a, b in pairwise(spans))


@pytest.mark.parametrize(
    ("start", "burden"),
    [
        (datetime(2026, 11, 5, 16, tzinfo=UTC), Burden.WEEKNIGHT),  # Thursday 17:00
        (datetime(2026, 11, 6, 16, tzinfo=UTC), Burden.WEEKEND),  # Friday 17:00
        (datetime(2026, 11, 8, 8, tzinfo=UTC), Burden.WEEKEND),  # Sunday 09:00
        (datetime(2026, 12, 24, 16, tzinfo=UTC), Burden.WEEKNIGHT),  # starts before the holiday
        (datetime(2026, 12, 26, 9, tzinfo=UTC), Burden.HOLIDAY),  # goes before weekend
        (datetime(2026, 11, 5, 7, tzinfo=UTC), None),  # Thursday 08:00 to 16:00: office hours
    ],
)
def test_burdens(start: datetime, burden: Burden | None) -> None:
    when = Interval(start=start, end=start.replace(hour=start.hour + 7))
    assert calendar.burden_of(region(), when) is burden


def _asked(count: int, per: Per, *weekdays: Weekday) -> tuple[SessionDemand, ...]:
    return (
        SessionDemand(
            site="home",
            product=Product.CONSULTATION,
            count=count,
            per=per,
            weekdays=weekdays,
            start_time=time(9),
            end_time=time(12),
        ),
    )


def test_sessions_are_prorated_to_the_days_that_are_left() -> None:
    asked = _asked(2, Per.ISO_WEEK, Weekday.MONDAY, Weekday.WEDNESDAY, Weekday.FRIDAY)
    made = region(sessions=asked)
    # From Wednesday 23 December: of Mon/Wed/Fri only Wednesday is left (Friday is Christmas):
    # 2 x 1/3 = 0.67, rounded 1. The week of New Year: Monday and Wednesday, 2 x 2/3 = 1.33, 1.
    # The last, from Monday 4 January to Tuesday: Monday only, 1.
    found = calendar.session_periods(made, period(date(2026, 12, 23), 2))
    assert [(each.key, each.count, len(each.days)) for each in found] == [
        ("2026w52", 1, 1),
        ("2026w53", 1, 2),
        ("2027w01", 1, 1),
    ]


def test_four_week_blocks_count_from_the_anchor_both_ways() -> None:
    asked = _asked(4, Per.FOUR_WEEKS, Weekday.TUESDAY)
    made = region(sessions=asked)
    # 28 September is the last week of the block before the anchor: 4 x 1/4 = 1.
    found = calendar.session_periods(made, period(date(2026, 9, 28), 5))
    assert [(each.key, each.count) for each in found] == [("bm1", 1), ("b0", 4)]


def test_an_absence_ends_after_its_last_day() -> None:
    away = Absence(physician="x", first_day=date(2026, 10, 24), last_day=date(2026, 10, 25))
    # Two local days of which the second has 25 hours.
    assert calendar.absence_interval(away).minutes == 49 * 60

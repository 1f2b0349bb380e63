"""``norm.free_periods``: long stretches without work in every week or four-week block."""

from __future__ import annotations

from datetime import date, time

from so247.models.base import Weekday
from so247.models.norms import Basis, Norm, NormKind, Severity, Work
from so247.models.people import Commitment


def tried(limit: float, hours: float, weeks: int) -> Norm:
    return Norm(
        id="tried",
        kind=NormKind.FREE_PERIODS,
        text="Tried",
        counts=(Work.REACHABILITY_DUTY, Work.PRESENCE_DUTY, Work.COMMITMENT),
        limit=limit,
        stretch_hours=hours,
        window_weeks=weeks,
        severity=Severity.SOFT,
        basis=Basis.VOLUNTARY,
        source="test",
    )


def evenings(*days: int) -> list[tuple[str, str, str]]:
    return [("call", f"2026-10-{day:02} 18:00", f"2026-10-{day:02} 23:00") for day in days]


def test_thirty_six_hours_exactly(ward):
    # Worked Monday to Saturday until 12:00: Saturday 12:00 to Monday 00:00 is 36 hours.
    work = [("watch", f"2026-10-{d:02} 06:00", f"2026-10-{d:02} 12:00") for d in range(5, 11)]
    assert ward.shown(ward.case(ward.region(), *work), "weekly_rest_36h") == []


def test_a_minute_less(ward):
    work = [("watch", f"2026-10-{d:02} 06:00", f"2026-10-{d:02} 12:01") for d in range(5, 11)]
    (breach,) = ward.breaches(ward.case(ward.region(), *work), "weekly_rest_36h")
    assert (breach.finding.figure, breach.finding.limit, breach.finding.unit) == (0, 1, "periods")
    assert breach.cost == 60
    assert breach.finding.when.minutes == 7 * 24 * 60


def test_rest_in_the_next_week_does_not_count(ward):
    # 35 free hours before Monday and 18 after it: neither week 41 has 36 in itself.
    work = [("watch", f"2026-10-{d:02} 07:00", f"2026-10-{d:02} 13:00") for d in range(5, 11)]
    case = ward.case(ward.region(), *work, ("watch", "2026-10-12 18:00", "2026-10-12 20:00"))
    assert ward.shown(case, "weekly_rest_36h") == [("breach", 0, 60)]


def test_the_long_week_gives_an_hour_more(ward):
    # Saturday 24 October 13:00 to Monday 00:00: 35 hours by the clock, 36 elapsed.
    work = [("watch", f"2026-10-{d:02} 07:00", f"2026-10-{d:02} 13:00") for d in range(19, 25)]
    assert ward.shown(ward.case(ward.region(), *work), "weekly_rest_36h") == []


def test_one_long_stretch_holds_several(ward):
    # A duty on Monday and one on the last Sunday; between them more than 14 x 24 hours are free.
    work = [*evenings(5), ("call", "2026-11-01 18:00", "2026-11-01 23:00")]
    assert ward.shown(ward.case(ward.region(tried(14, 24, 4)), *work), "tried") == []


def test_fourteen_free_days_in_four_weeks(ward):
    # A duty on 20 of the 28 evenings: each break between evenings is 19 h. Free from the 24th
    # 23:00 to 2 November 00:00 are 8 days, a repeated hour and one: 8 periods of 24 h, 6 short.
    # Before the first evening there are 18 hours.
    work = evenings(*range(5, 25))
    assert ward.shown(ward.case(ward.region(tried(14, 24, 4)), *work), "tried") == [
        ("breach", 8, 360)
    ]


def test_only_blocks_from_the_anchor_that_lie_wholly_inside(ward):
    # Four weeks from 12 October hold no whole block (5 October to 1 November, 2 to 29 November).
    work = evenings(*range(12, 30))
    case = ward.case(ward.region(tried(14, 24, 4)), *work, first=date(2026, 10, 12))
    assert ward.shown(case, "tried") == []


def test_only_whole_weeks(ward):
    # A week from Wednesday holds no whole ISO week.
    work = [("watch", f"2026-10-{d:02} 06:00", f"2026-10-{d:02} 18:00") for d in range(7, 14)]
    case = ward.case(ward.region(tried(1, 36, 1)), *work, first=date(2026, 10, 7), weeks=1)
    assert ward.shown(case, "tried") == []


def test_others_work_alone_is_not_judged(ward):
    daily = tuple(
        Commitment(physician="ann", place="elm", start_time=time(8), end_time=time(18), weekday=day)
        for day in Weekday
    )
    region = ward.region(tried(1, 36, 1), commitments=daily)
    # An evening of ours in week 41 makes that week ours; the other three are the nursing home's.
    assert ward.shown(ward.case(region, *evenings(6)), "tried") == [("breach", 0, 60)]


def test_nothing_before_the_period_matters(ward):
    # Rest is counted within the week, so a missing history leaves nothing open.
    region = ward.region(tried(1, 36, 1), first_roster_on=None)
    assert ward.shown(ward.case(region, *evenings(5)), "tried") == []

"""``session.weekday``: on an allowed day, at the demand's times, one a day."""

from __future__ import annotations

from so247.models.settings import Holiday

FIRST, SECOND = (f"home.consultation.2026w45.{ordinal}" for ordinal in (1, 2))


def asked(small, *weekdays, **fields):
    days = {"weekdays": weekdays} if weekdays else {}
    return small.region(lines=(), sessions=(small.session(**days | fields),))


def when(found):
    return [each.when for each in found.result.roster.assignments]


def test_feasible_on_the_only_allowed_day(small):
    found = small.solved(asked(small, small.Weekday.THURSDAY))
    assert when(found) == [small.between("2026-11-05 09:00", "2026-11-05 12:00")]


def test_infeasible_on_another_day(small):
    # Away on the only allowed day: a gap, not a session on Friday.
    thursday = (small.session(weekdays=(small.Weekday.THURSDAY,)),)
    away = (small.absence(small.day(5)),)
    region = small.region(lines=(), sessions=thursday, absences=away)
    assert small.solved(region).held == {}
    friday = small.held(FIRST, "ann", "2026-11-06 09:00", "2026-11-06 12:00")
    assert small.by_hand(region, friday) == {"session.weekday"}


def test_infeasible_on_a_holiday(small):
    region = small.region(
        lines=(),
        sessions=(small.session(),),
        holidays=(Holiday(date=small.MONDAY, name="Feast"),),
    )
    monday = small.held(FIRST, "ann", "2026-11-02 09:00", "2026-11-02 12:00")
    assert small.by_hand(region, monday) == {"session.weekday"}
    (held,) = when(small.solved(region))
    assert held.start > small.between("2026-11-03 00:00", "2026-11-03 01:00").start


def test_infeasible_two_on_one_day(small):
    # Two a week, two people, and both there on Monday only: one a day.
    away = tuple(small.absence(small.day(3), small.day(8), who=name) for name in ("ann", "bob"))
    region = small.region(
        lines=(),
        sessions=(small.session(count=2),),
        absences=away,
        physicians=(small.person("ann"), small.person("bob")),
    )
    found = small.solved(region)
    assert list(found.held) == [FIRST]
    hands = [
        small.held(name, who, "2026-11-02 09:00", "2026-11-02 12:00")
        for name, who in ((FIRST, "ann"), (SECOND, "bob"))
    ]
    assert small.by_hand(region, *hands) == {"session.weekday"}


def test_penalty_is_the_missing_session(small):
    # The second session of 3 h has no day: 180 session-minutes.
    days = (small.Weekday.MONDAY, small.Weekday.TUESDAY)
    region = small.region(
        lines=(),
        sessions=(small.session(count=2, weekdays=days),),
        absences=(small.absence(small.day(3)),),
    )
    assert small.solved(region).cost("sessions") == 180

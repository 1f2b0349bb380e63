"""``session.count``: the asked number of sessions, at most; missing ones cost their minutes."""

from __future__ import annotations

from so247.models.lines import Per

FIRST, SECOND = (f"home.consultation.2026w45.{ordinal}" for ordinal in (1, 2))


def asked(small, **fields):
    return small.region(lines=(), sessions=(small.session(**fields),))


def test_feasible_the_asked_number(small):
    # Two a week, five days to choose from: two, not five.
    assert set(small.solved(asked(small, count=2)).held) == {FIRST, SECOND}


def test_feasible_prorated_over_a_part_of_the_week(small):
    # The period starts on Wednesday: 3 of 5 days, so 2 x 3 / 5 = 1.2, rounded 1.
    found = small.solved(asked(small, count=2), first=small.day(4))
    assert [name for name in found.held if "w45" in name] == [FIRST]


def test_infeasible_more_than_asked(small):
    region = asked(small)
    twice = [
        small.held(FIRST, "ann", "2026-11-02 09:00", "2026-11-02 12:00"),
        small.held(FIRST, "ann", "2026-11-04 09:00", "2026-11-04 12:00"),
    ]
    assert small.by_hand(region, *twice) == {"session.count"}
    unasked = [
        twice[0],
        small.held(SECOND, "ann", "2026-11-04 09:00", "2026-11-04 12:00"),
    ]
    assert small.by_hand(region, *unasked) == {"session.count"}
    assert len(small.solved(region).held) == 1


def test_infeasible_fewer_are_named_gaps(small):
    # On leave from Tuesday on: one of two, on Monday.
    away = small.absence(small.day(3), small.day(8))
    region = small.region(lines=(), sessions=(small.session(count=2),), absences=(away,))
    found = small.solved(region)
    assert found.held == {FIRST: "ann"}
    assert list(found.gaps) == [SECOND]


def test_penalty_is_the_minutes_of_the_missing(small):
    # Three of 3 h a week, one day that she is there: two missing, 360.
    away = small.absence(small.day(3), small.day(8))
    region = small.region(lines=(), sessions=(small.session(count=3),), absences=(away,))
    assert small.solved(region).cost("sessions") == 360


def test_penalty_in_four_week_blocks(small):
    # Four per block from the anchor (5 October): the week from 2 November opens block 1 with a
    # quarter of its days: one asked. Nobody is there: 180.
    block = small.session(count=4, per=Per.FOUR_WEEKS)
    empty = small.region(lines=(), sessions=(block,), physicians=(), contracts=())
    found = small.solved(empty)
    assert found.cost("sessions") == 180
    assert list(found.gaps) == ["home.consultation.b1.1"]

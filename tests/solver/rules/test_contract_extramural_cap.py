"""``contract.extramural_cap``: an employer's agreed hours of sessions per ISO week."""

from __future__ import annotations

NAMES = tuple(f"home.consultation.2026w45.{ordinal}" for ordinal in (1, 2))


def two_sessions(small, hours, **parts):
    """Two sessions of 3 h a week, and so many hours agreed."""
    return small.region(
        lines=(),
        sessions=(small.session(count=2),),
        employers=(small.employer("care", extramural_hours_per_week=hours),),
        **parts,
    )


def by_hand(small):
    return (
        small.held(NAMES[0], "ann", "2026-11-02 09:00", "2026-11-02 12:00"),
        small.held(NAMES[1], "ann", "2026-11-04 09:00", "2026-11-04 12:00"),
    )


def test_feasible_exactly_the_hours(small):
    assert set(small.solved(two_sessions(small, 6)).held) == set(NAMES)


def test_feasible_per_week(small):
    # 3 h a week: one session in each of two weeks of two.
    found = small.solved(two_sessions(small, 3), weeks=2)
    assert sorted(found.held) == [
        "home.consultation.2026w45.1",
        "home.consultation.2026w46.1",
    ]


def test_feasible_booked_on_another_employer(small):
    region = small.region(
        lines=(),
        sessions=(small.session(count=2),),
        employers=(
            small.employer("care", extramural_hours_per_week=3),
            small.employer("clinic"),
        ),
        contracts=(small.contract("ann"), small.contract("ann", id="ann-d", employer="clinic")),
    )
    assert len(small.solved(region).held) == 2


def test_infeasible_half_an_hour_less(small):
    region = two_sessions(small, 5.5)
    found = small.solved(region)
    assert len(found.held) == 1
    assert found.why(NAMES[1]) == ("contract.extramural_cap: ann",)
    assert small.by_hand(region, *by_hand(small)) == {"contract.extramural_cap"}


def test_infeasible_for_what_history_held_in_the_same_week(small):
    # The period starts on Wednesday; on Monday of the same week 3 h were held, 5 h are agreed.
    region = two_sessions(small, 5)
    past = small.before(by_hand(small)[0], first=small.day(4))
    found = small.solved(region, first=small.day(4), history=past)
    assert [name for name in found.held if "w45" in name] == []


def test_penalty_is_the_missing_session(small):
    # 09:00 to 12:00: 180 session-minutes.
    assert small.solved(two_sessions(small, 5.5)).cost("sessions") == 180
    assert small.solved(two_sessions(small, 0)).cost("sessions") == 360

"""``time.one_at_a_time``: no two things at once, except what goes together."""

from __future__ import annotations

from so247.models.lines import Form
from so247.models.settings import Settings, UnknownTravel

FIRST, SECOND = "day@2026-11-02T07:00Z", "also@2026-11-02T07:00Z"
SESSION = "annex.consultation.2026w45.1"


def two_sites(small, **fields):
    return {
        "facilities": (small.facility(), small.facility("annex")),
        "agreements": (small.agreement(), small.agreement("annex")),
        "travel_times": (
            small.travel("base", "home", 20),
            small.travel("base", "annex", 20),
            small.travel("annex", "home", fields.get("between", 20)),
        ),
    }


def two_lines(small, *combinable):
    return small.region(
        **two_sites(small),
        lines=(
            small.line("day", combinable_with=combinable and ("also",)),
            small.line("also", sites=("annex",), combinable_with=combinable and ("day",)),
        ),
    )


def on_monday(small, between=20, *, allowed=True, **parts):
    """A session at the annex on Monday morning, during the duty of the facility."""
    monday_only = (small.Weekday.MONDAY,)
    asked = small.session(site="annex", weekdays=monday_only, on_call_allowed=allowed)
    return small.region(**two_sites(small, between=between), sessions=(asked,), **parts)


def test_feasible_on_combining_lines(small):
    assert small.solved(two_lines(small, True)).held == {FIRST: "ann", SECOND: "ann"}


def test_feasible_on_call_from_a_session_within_reach(small):
    # 20 minutes from the annex, 30 are required.
    assert small.solved(on_monday(small)).held == {FIRST: "ann", SESSION: "ann"}


def test_feasible_one_after_the_other(small):
    # The first ends at noon, the second starts at noon.
    cuts = (small.pattern("daily", 8, 17), small.pattern("halves", 0, 12))
    region = small.region(lines=(small.always("day", pattern="halves"),), patterns=cuts)
    assert small.solved(region).holders == ["ann", "ann"]


def test_infeasible_on_lines_that_do_not_combine(small):
    region = two_lines(small)
    found = small.solved(region)
    assert len(found.held) == len(found.gaps) == 1
    (gap,) = found.gaps
    assert found.why(gap) == ("time.one_at_a_time: ann",)
    both = (small.office(2), small.office(2, what="also"))
    assert small.by_hand(region, *both) == {"time.one_at_a_time"}


def test_infeasible_during_a_session_that_does_not_allow_it(small):
    region = on_monday(small, allowed=False)
    found = small.solved(region)
    assert found.held == {FIRST: "ann"}
    assert found.why(SESSION) == ("time.one_at_a_time: ann",)
    both = (
        small.office(2),
        small.held(SESSION, "ann", "2026-11-02 09:00", "2026-11-02 12:00"),
    )
    assert small.by_hand(region, *both) == {"time.one_at_a_time"}


def test_infeasible_when_the_session_is_too_far_from_the_duty(small):
    # 31 minutes from the annex to the facility: travel starts at the session's site.
    region = on_monday(small, 31)
    assert small.solved(region).held == {FIRST: "ann"}
    both = (
        small.office(2),
        small.held(SESSION, "ann", "2026-11-02 09:00", "2026-11-02 12:00"),
    )
    assert small.by_hand(region, *both) == {"eligible.travel"}


def test_infeasible_where_unknown_travel_from_the_session_is_forbidden(small):
    sites = two_sites(small)
    sites["travel_times"] = sites["travel_times"][:2]
    monday_only = (small.Weekday.MONDAY,)
    asked = small.session(site="annex", weekdays=monday_only, on_call_allowed=True)
    forbid = Settings(unknown_travel=UnknownTravel.FORBID)
    region = small.region(**sites, sessions=(asked,), settings=forbid)
    assert small.solved(region).held == {FIRST: "ann"}
    assert small.solved(small.region(**sites, sessions=(asked,))).held == {
        FIRST: "ann",
        SESSION: "ann",
    }


def test_infeasible_while_history_still_runs(small):
    # History: on call from Sunday noon to Monday noon. A session on Monday at 09:00 overlaps it.
    late = small.always("late", small.day(1), small.MONDAY, pattern="noon")
    cuts = (small.pattern("daily", 8, 17), small.pattern("noon", 12))
    asked = small.session(weekdays=(small.Weekday.MONDAY,))
    region = small.region(lines=(late,), patterns=cuts, sessions=(asked,))
    night = small.held("late", "ann", "2026-11-01 12:00", "2026-11-02 12:00")
    past = small.before(night)
    found = small.solved(region, history=past)
    name = "home.consultation.2026w45.1"
    assert name not in found.held
    hand = small.held(name, "ann", "2026-11-02 09:00", "2026-11-02 12:00")
    assert small.by_hand(region, hand, history=past) == {"time.one_at_a_time"}


def test_penalty_is_one_of_the_two_duties(small):
    # Two sites need 20 160; one of the two duties of 540 is held.
    found = small.solved(two_lines(small))
    assert list(found.gaps.values()) == [540]
    assert found.cost("coverage") == 20_160 - 540
    assert small.solved(two_lines(small, True)).cost("coverage") == 20_160 - 1080


def test_penalty_is_the_missing_session(small):
    # Coverage comes first: the duty is held, and 09:00 to 12:00 = 180 session-minutes miss.
    found = small.solved(on_monday(small, allowed=False))
    assert (found.cost("coverage"), found.cost("sessions")) == (20_160 - 540, 180)


def test_infeasible_on_call_from_a_presence_duty_out_of_reach(small):
    # Present at the annex, ann is 31 minutes from the facility for which she may be on call as
    # well; 30 are required. From 30 she holds both.
    def present_at_annex(minutes):
        watch = {"sites": ("annex",), "form": Form.PRESENCE, "place": "annex"}
        return small.region(
            **two_sites(small, between=minutes),
            lines=(
                small.line("day", combinable_with=("also",)),
                small.line("also", combinable_with=("day",), **watch),
            ),
        )

    assert small.solved(present_at_annex(30)).held == {FIRST: "ann", SECOND: "ann"}
    assert len(small.solved(present_at_annex(31)).held) == 1

"""Assignments resolved, blocks formed, look-back known or not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from so247.audit.holdings import Case
from so247.audit.instants import Spans, instant, is_night, midnight, minute
from so247.models.base import Weekday
from so247.models.lines import Form, Line, Window
from so247.models.norms import Norm, Severity, Work
from so247.models.packs import ATW_GENERAL, SO_VOLUNTARY_NORM
from so247.models.people import Commitment, PackBinding
from so247.models.roster import State
from so247.models.settings import Holiday

LAST_WEEK = ("2026-10-26 00:00", "2026-11-02 00:00")


def earlier(toy: Any, *assignments: Any, **fields: Any) -> Any:
    return toy.roster(*assignments, **({"period": toy.between(*LAST_WEEK)} | fields))


def test_minutes_count_from_1970() -> None:
    at = datetime(1970, 1, 2, tzinfo=UTC)
    assert minute(at) == 1440
    assert instant(1440) == at
    # Local midnight of 1 January 2026 is 23:00 UTC the day before.
    assert instant(midnight(date(2026, 1, 1))) == datetime(2025, 12, 31, 23, tzinfo=UTC)


def test_spans_find_what_has_a_minute_in_common() -> None:
    spans = Spans([(0, 10, "a"), (5, 6, "b"), (10, 20, "c")])
    assert [row[2] for row in spans.during(6, 10)] == ["a"]  # b ends at 6, c begins at 10
    assert [row[2] for row in spans.during(5, 11)] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("start", "end", "night"),
    [
        ("2026-11-03 17:00", "2026-11-04 01:00", False),  # exactly 60 minutes after midnight
        ("2026-11-03 17:00", "2026-11-04 01:01", True),
        ("2026-11-04 06:00", "2026-11-04 23:59", False),
        # 25 October: 00:00 to 01:00, then 02:00 to 03:00 twice; 02:00 summer time to 02:01 winter
        # time are 61 minutes.
        ("2026-10-25 04:59", "2026-10-25 08:00", True),
        ("2026-10-25 05:00", "2026-10-25 08:00", False),
    ],
)
def test_a_night_has_more_than_an_hour_before_six(
    toy: Any, start: str, end: str, night: bool
) -> None:
    assert is_night(toy.between(start, end)) is night


def pair_of_lines(toy: Any, **fields: Any) -> tuple[Line, Line]:
    return (
        toy.line("anw", Window.OUT_OF_HOURS, sites=("home",), combinable_with=("extra",), **fields),
        toy.line(
            "extra", Window.OUT_OF_HOURS, sites=("group",), combinable_with=("anw",), **fields
        ),
    )


def test_pieces_that_combine_are_one_block(toy: Any) -> None:
    night = toy.between("2026-11-03 17:00", "2026-11-04 08:00")
    pieces = [toy.held(f"{line}@2026-11-03T16:00Z", "ann", night) for line in ("anw", "extra")]
    (block,) = Case(toy.region(lines=pair_of_lines(toy)), toy.roster(*pieces)).blocks("ann")
    assert len(block.holdings) == 2
    assert (block.kind, block.night, block.ours) == (Work.REACHABILITY_DUTY, True, True)
    assert block.contracts == {"ann-c"}


def test_pieces_with_another_end_are_blocks_of_their_own(toy: Any) -> None:
    pieces = [
        toy.held("anw@a", "ann", toy.between("2026-11-03 17:00", "2026-11-04 08:00")),
        toy.held("extra@b", "ann", toy.between("2026-11-03 17:00", "2026-11-03 22:00")),
    ]
    blocks = Case(toy.region(lines=pair_of_lines(toy)), toy.roster(*pieces)).blocks("ann")
    assert [len(block.holdings) for block in blocks] == [1, 1]


@pytest.mark.parametrize(
    ("start", "end", "form", "kind"),
    [
        ("2026-11-03 08:00", "2026-11-03 17:00", Form.REACHABILITY, Work.OFFICE_DUTY),
        ("2026-11-03 08:00", "2026-11-03 17:01", Form.REACHABILITY, Work.REACHABILITY_DUTY),
        ("2026-11-07 09:00", "2026-11-07 12:00", Form.REACHABILITY, Work.REACHABILITY_DUTY),
        ("2026-11-03 08:00", "2026-11-03 17:00", Form.PRESENCE, Work.PRESENCE_DUTY),
    ],
)
def test_kinds_of_work(toy: Any, start: str, end: str, form: Form, kind: Work) -> None:
    region = toy.region(lines=(toy.line("any", Window.ALWAYS, form=form, place="base"),))
    piece = toy.held("any@by-hand", "ann", toy.between(start, end))
    (block,) = Case(region, toy.roster(piece)).blocks("ann")
    assert block.kind is kind


def test_a_duty_of_the_clock_change_lasts_an_hour_longer(toy: Any) -> None:
    # Saturday 20:00 to Sunday 08:00 on 24-25 October 2026 is 13 elapsed hours.
    night = toy.between("2026-10-24 20:00", "2026-10-25 08:00")
    week = toy.between("2026-10-19 00:00", "2026-10-26 00:00")
    case = Case(toy.region(), toy.roster(toy.held("anw@x", "ann", night), period=week))
    (block,) = case.blocks("ann")
    assert block.end - block.start == 13 * 60


def test_commitments_are_work_that_is_not_ours(toy: Any) -> None:
    weekly = Commitment(
        physician="ann",
        place="base",
        weekday=Weekday.TUESDAY,
        start_time=time(9),
        end_time=time(12),
        valid_from=date(2026, 10, 20),
        valid_until=date(2026, 11, 30),
    )
    blocks = Case(toy.region(commitments=(weekly,)), toy.roster()).blocks("ann")
    # Tuesdays 20 and 27 October lie before the period, 3 November in it, 10 November (the second
    # day after the period, which ends on Monday 9 November 00:00) is still looked at.
    days = [(block.when.start.day, block.past) for block in blocks]
    assert days == [(20, True), (27, True), (3, False), (10, False)]
    assert {block.kind for block in blocks} == {Work.COMMITMENT}
    assert not any(block.ours for block in blocks)


def test_a_weekly_commitment_pauses_on_holidays(toy: Any) -> None:
    weekly = Commitment(
        physician="ann",
        place="base",
        weekday=Weekday.TUESDAY,
        start_time=time(9),
        end_time=time(12),
        valid_from=date(2026, 11, 2),
        valid_until=date(2026, 11, 8),
    )
    holiday = Holiday(date=date(2026, 11, 3), name="Local feast")
    region = toy.region(commitments=(weekly,), holidays=(holiday,))
    assert Case(region, toy.roster()).blocks("ann") == ()


def test_declined_assignments_are_nothing(toy: Any) -> None:
    night = toy.between("2026-11-03 17:00", "2026-11-04 08:00")
    case = Case(toy.region(), toy.roster(toy.held("anw@x", "ann", night, state=State.DECLINED)))
    assert case.holdings == ()
    assert case.people == ()


def test_history_counts_what_starts_before_the_period(toy: Any) -> None:
    sunday = toy.held("anw@s", "ann", toy.between("2026-11-01 20:00", "2026-11-02 08:00"))
    monday = toy.held("anw@m", "ann", toy.between("2026-11-02 17:00", "2026-11-03 08:00"))
    case = Case(toy.region(), toy.roster(), [earlier(toy, sunday, monday)])
    assert [each.target for each in case.past] == ["anw@s"]
    assert all(each.past for each in case.past)


def test_the_roster_overrules_history_also_by_declining(toy: Any) -> None:
    when = toy.between("2026-11-01 20:00", "2026-11-02 08:00")
    before = earlier(toy, toy.held("anw@s", "ann", when))
    taken = toy.roster(toy.held("anw@s", "bob", when))
    assert Case(toy.region(), taken, [before]).past == ()
    declined = toy.roster(toy.held("anw@s", "ann", when, state=State.DECLINED))
    assert Case(toy.region(), declined, [before]).past == ()


def test_a_later_revision_overrules_an_earlier_one(toy: Any) -> None:
    when = toy.between("2026-10-28 17:00", "2026-10-29 08:00")
    first = earlier(toy, toy.held("anw@w", "ann", when))
    second = earlier(toy, toy.held("anw@w", "bob", when), revision=2)
    case = Case(toy.region(), toy.roster(), [first, second])
    assert [each.physician for each in case.past] == ["bob"]


def test_a_session_of_the_same_name_on_another_day_is_another(toy: Any) -> None:
    # An ISO week cut by the period's start has the same session id on both sides.
    monday = toy.held(
        "home.consultation.2026w45.1", "ann", toy.between("2026-11-02 09:00", "2026-11-02 12:00")
    )
    thursday = toy.held(
        "home.consultation.2026w45.1", "ann", toy.between("2026-11-05 09:00", "2026-11-05 12:00")
    )
    late = toy.roster(thursday, period=toy.between("2026-11-04 00:00", "2026-11-11 00:00"))
    before = toy.roster(monday, period=toy.between("2026-10-28 00:00", "2026-11-04 00:00"))
    assert len(Case(toy.region(), late, [before]).past) == 1


@pytest.mark.parametrize(
    ("history", "first_roster", "contract_from", "since", "known"),
    [
        (False, None, None, "2026-10-26 00:00", False),
        (True, None, None, "2026-10-26 00:00", True),
        (True, None, None, "2026-10-25 23:59", False),
        (True, date(2026, 10, 26), None, "2026-01-01 00:00", True),
        (False, date(2026, 11, 1), None, "2026-01-01 00:00", False),
        (False, date(2026, 11, 2), None, "2026-01-01 00:00", True),
        (False, None, date(2026, 11, 2), "2026-01-01 00:00", True),
        (False, None, date(2026, 11, 1), "2026-01-01 00:00", False),
        (False, None, None, "2026-11-02 00:00", True),  # nothing is looked back at
    ],
)
def test_known_look_back(
    toy: Any,
    history: bool,
    first_roster: date | None,
    contract_from: date | None,
    since: str,
    known: bool,
) -> None:
    region = toy.region(
        first_roster_on=first_roster, contracts=(toy.contract("ann", valid_from=contract_from),)
    )
    case = Case(region, toy.roster(), [earlier(toy)] if history else [])
    assert case.known("ann", toy.local(since)) is known


def test_packs_are_dated_and_fall_back_on_the_role(toy: Any) -> None:
    bound = PackBinding(pack=ATW_GENERAL.id, valid_from=date(2026, 11, 4))
    case = Case(
        toy.region(physicians=(toy.physician("ann", rule_packs=(bound,)),), contracts=()),
        toy.roster(),
    )
    assert case.pack_on("ann", date(2026, 11, 3)).id == SO_VOLUNTARY_NORM.id
    assert case.pack_on("ann", date(2026, 11, 4)).id == ATW_GENERAL.id


def test_a_finding_takes_source_and_basis_from_its_norm(toy: Any) -> None:
    norm: Norm = SO_VOLUNTARY_NORM.norms[0]
    found = Case(toy.region(), toy.roster()).finding(
        "norm.rest", Severity.HARD, "too short", physician="ann", norm=norm
    )
    assert (found.norm, found.source, found.basis) == (norm.id, norm.source, norm.basis)
    assert not found.pinned

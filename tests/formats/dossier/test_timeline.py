"""The weeks of the timeline, against tables worked out by hand.

Minutes are counted from local Monday 00:00. Until the clock changes on Sunday, day ``d`` and hour
``h`` are at ``1440 d + 60 h``: Tuesday 08:00 is 1920, Saturday 08:00 is 7680.
"""

from datetime import date

import pytest

from so247.audit.check import check
from so247.formats.dossier.drawing import strip
from so247.formats.dossier.timeline import Shift, weeks
from so247.models.clock import Interval, period
from so247.models.lines import Care, Position
from so247.models.report import Coverage
from so247.models.roster import Roster

WORKDAYS = tuple(
    # Night until 08:00, the day until 17:00, and what begins then.
    piece
    for day in range(5)
    for piece in (1440 * day + 480, 1440 * day + 1020)
)


def bounds(week, position=Position.FIRST_LINE):
    """Where pieces of the band begin, and where the last ends."""
    band = next(each for each in week.bands if each.position is position)
    assert all(one.end == two.start for one, two in zip(band.pieces, band.pieces[1:], strict=False))
    return [piece.start for piece in band.pieces] + [band.pieces[-1].end]


def only_week(proof):
    (week,) = weeks(proof)
    return week


def of(make, first, **fields):
    """A proof over one week from this Monday."""
    region = make.make_region()
    roster = make.make_roster(region, first)
    base = {
        "period": roster.period,
        "roster": roster,
        "coverage": make.make_coverage(roster.period),
    }
    return make.make_proof(region, **(base | fields))


def test_an_ordinary_week_has_168_hours(make):
    week = only_week(of(make, date(2026, 10, 12)))
    # Seven days of 24 h; Sunday's duty (from 8640 + 480) runs beyond the week, which ends at 10080.
    assert week.minutes == 10080
    assert week.key == "2026-W42"
    assert week.shifts == ()
    assert bounds(week) == [0, *WORKDAYS, 7680, 9120, 10080]


def test_the_week_in_which_the_clock_goes_back_has_169_hours(make):
    week = only_week(of(make, make.AUTUMN))
    # Sunday 25 October begins at 8640 (22:00 UTC) and lasts 25 h. The clock goes back at 01:00 UTC,
    # three hours later. Sunday 08:00 is nine hours after midnight, at 8640 + 540.
    assert week.minutes == 10140 == 169 * 60
    assert week.shifts == (Shift(at=8820, minutes=-60),)
    assert [(day.start, day.end) for day in week.days][5:] == [(7200, 8640), (8640, 10140)]
    assert bounds(week) == [0, *WORKDAYS, 7680, 9180, 10140]


def test_the_week_in_which_the_clock_goes_forward_has_167_hours(make):
    week = only_week(of(make, make.SPRING))
    # Sunday 28 March begins at 8640 (23:00 UTC the day before) and lasts 23 h. The clock goes
    # forward at 01:00 UTC, two hours later. Sunday 08:00 is seven hours after midnight.
    assert week.minutes == 10020 == 167 * 60
    assert week.shifts == (Shift(at=8760, minutes=60),)
    assert [(day.start, day.end) for day in week.days][5:] == [(7200, 8640), (8640, 10020)]
    assert bounds(week) == [0, *WORKDAYS, 7680, 9060, 10020]


def test_the_backup_is_asked_for_only_where_its_line_serves(make):
    band = only_week(of(make, make.AUTUMN)).bands[1]
    # The backup line is for out of hours: on workdays it leaves 08:00 to 17:00, nine hours, free.
    outside = [(piece.start, piece.end) for piece in band.pieces if piece.state == "outside"]
    assert outside == [(1440 * day + 480, 1440 * day + 1020) for day in range(5)]


def test_an_hour_that_the_clock_shows_twice_is_two_hours(make):
    # 00:30 to 01:30 UTC on 25 October reads 02:30 to 02:30 on the clock, and is one hour. It lies
    # 150 minutes after Sunday's midnight (22:00 UTC).
    gap = make.stretch(make.at(25, 0, 30), make.at(25, 1, 30), Coverage.UNCOVERED)
    examined = period(make.AUTUMN, 1)
    week = only_week(of(make, make.AUTUMN, coverage=make.make_coverage(examined, (gap,))))
    found = [piece for piece in week.bands[0].pieces if piece.state == "uncovered"]
    assert [(piece.start, piece.end) for piece in found] == [(8790, 8850)]
    assert week.total(Coverage.UNCOVERED) == 60
    assert [(e.start, e.end) for e in week.bands[0].pieces if 7680 <= e.start < 9180] == [
        (7680, 8790),
        (8790, 8850),
        (8850, 9180),
    ]


def test_holidays_and_free_days_are_marked(make):
    week = only_week(of(make, make.SPRING))
    # Easter Sunday is the 28th; Easter Monday falls in the next week.
    assert [day.holiday for day in week.days] == [""] * 6 + ["Eerste paasdag"]
    assert [day.free for day in week.days] == [False] * 5 + [True] * 2


def test_nothing_is_asked_for_before_the_site_opens(make):
    # Wednesday 21 October 00:00, minute 2880, is 22:00 UTC on Tuesday.
    whole = period(make.AUTUMN, 1)
    examined = Interval(start=make.at(20, 22), end=whole.end)
    week = only_week(of(make, make.AUTUMN, coverage=make.make_coverage(examined)))
    first = week.bands[0].pieces
    assert {piece.state for piece in first if piece.end <= 2880} == {"outside"}
    assert {piece.state for piece in first if piece.start >= 2880} == {"covered"}
    assert 2880 in bounds(week)


def test_a_duty_held_in_parts_has_a_piece_for_each(make):
    region = make.make_region()
    roster = make.make_roster(region)
    # Monday's night from 17:00 (15:00 UTC) is handed over at 22:00 (20:00 UTC): at 1320.
    first = next(e for e in roster.assignments if e.target == "anw@2026-10-19T15:00Z")
    parts = (
        first.model_copy(update={"when": Interval(start=first.when.start, end=make.at(19, 20))}),
        first.model_copy(
            update={
                "when": Interval(start=make.at(19, 20), end=first.when.end),
                "physician": "arts-03",
            }
        ),
    )
    others = tuple(e for e in roster.assignments if e.target != first.target)
    held = roster.model_copy(update={"assignments": others + parts})
    pieces = only_week(of(make, make.AUTUMN, roster=held)).bands[0].pieces
    assert [(e.start, e.end, e.holders) for e in pieces if 1020 <= e.start < 1920] == [
        (1020, 1320, ("arts-02",)),
        (1320, 1920, ("arts-03",)),
    ]


def test_what_history_holds_runs_in(make):
    region = make.make_region()
    roster = make.make_roster(region)
    # The duty of Sunday 18 October runs until Monday 08:00; here only history holds it.
    before = roster.period.start
    running = tuple(e for e in roster.assignments if e.when.start < before)
    later = tuple(e for e in roster.assignments if e.when.start >= before)
    assert {e.target for e in running} == {"anw@2026-10-18T06:00Z", "achter@2026-10-18T06:00Z"}
    earlier = Roster(region_id=region.id, period=period(date(2026, 10, 12), 1), assignments=running)
    proof = of(
        make,
        make.AUTUMN,
        roster=roster.model_copy(update={"assignments": later}),
        history=(earlier,),
    )
    assert only_week(proof).bands[0].pieces[0].holders == ("arts-02",)


def test_without_a_coverage_nothing_is_called_covered(make):
    for roster in (None, make.make_roster(make.make_region())):
        week = only_week(of(make, make.AUTUMN, roster=roster, coverage=None))
        assert week.total(Coverage.COVERED) == 0
        assert week.total(Coverage.UNKNOWN) > 0


def test_a_site_that_was_not_examined_has_no_weeks(make):
    never = make.make_coverage(period(make.AUTUMN, 1)).model_copy(update={"examined": None})
    assert weeks(of(make, make.AUTUMN, coverage=never)) == ()


def test_the_weeks_add_up_to_what_the_check_counted(make):
    """Three weeks in which two duties are taken out, as the check itself counts them."""
    region = make.make_region()
    whole = make.make_roster(region, make.AUTUMN, 3)
    out = ("anw@2026-10-24T06:00Z", "achter@2026-11-02T16:00Z")
    kept = tuple(each for each in whole.assignments if each.target not in out)
    assert len(whole.assignments) - len(kept) == 2
    roster = whole.model_copy(update={"assignments": kept})
    report = check(region, roster)
    coverage = next(site for site in report.sites if site.site == make.SITE)
    proof = make.make_proof(region, period=whole.period, roster=roster, coverage=coverage)
    found = weeks(proof)
    assert [week.minutes for week in found] == [10140, 10080, 10080]
    total = {state: sum(week.total(state) for week in found) for state in Coverage}
    assert total[Coverage.UNCOVERED] == coverage.uncovered_minutes
    assert total[Coverage.UNKNOWN] == coverage.unknown_minutes
    assert sum(total.values()) == coverage.required_minutes


@pytest.mark.parametrize("care", [Care.GENERAL, Care.BOTH])
def test_a_line_for_general_care_has_a_band_of_its_own(make, care):
    region = make.make_region()
    line = region.line_by_id["anw"].model_copy(update={"care": care})
    others = tuple(each for each in region.lines if each.id != "anw")
    changed = region.model_copy(update={"lines": (*others, line)})
    proof = make.make_proof(changed)
    shown = {(band.care, band.position) for band in only_week(proof).bands}
    # A line for both kinds stands with specific care.
    general = {(Care.GENERAL, Position.FIRST_LINE)} if care is Care.GENERAL else set()
    assert (
        shown
        == {
            (Care.SPECIFIC, Position.FIRST_LINE),
            (Care.SPECIFIC, Position.BACKUP),
        }
        | general
    )


def test_a_unit_of_the_drawing_is_ten_minutes(make):
    drawn = strip(only_week(of(make, make.AUTUMN)))
    assert drawn.width == 1014.0
    night = next(box for box in drawn.lanes[0].boxes if box.x == 102.0)
    # Monday 17:00 to Tuesday 08:00: fifteen hours.
    assert night.width == 90.0
    assert night.title == "ma 19-10-2026 17:00 – di 20-10-2026 08:00 · arts-02 · gedekt / covered"


def test_a_gap_of_a_minute_is_told_in_words_and_drawn(make):
    gap = make.stretch(make.at(20, 10), make.at(20, 10, 1), Coverage.UNCOVERED)
    examined = period(make.AUTUMN, 1)
    drawn = strip(only_week(of(make, make.AUTUMN, coverage=make.make_coverage(examined, (gap,)))))
    assert drawn.sign == "not_met"
    assert drawn.told[0].startswith("niet gedekt 0:01 uur")
    assert drawn.told[1].startswith("uncovered 0:01 h")
    (box,) = [box for lane in drawn.lanes for box in lane.boxes if box.state == "uncovered"]
    assert box.width == 0.1


def test_labels_keep_within_their_bars(make):
    region = make.make_region(names=("Wilhelmina van den Bovenkamp-Jansen", "Bo", "arts-03"))
    drawn = strip(only_week(make.make_proof(region)))
    labels = {box.label[0] for lane in drawn.lanes for box in lane.boxes}
    # 54 units for nine hours hold eight characters: seven and the sign that more is left out.
    assert "Wilhelm…" in labels
    assert "Bo" in labels

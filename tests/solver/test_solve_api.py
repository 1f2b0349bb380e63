"""``solve`` as a library function: quiet, cancellable, at home in threads and process pools."""

from __future__ import annotations

import builtins
import io
import os
import pickle
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from typing import Any

import pytest

from so247.formats.roster_json import roster_to_json
from so247.models.errors import InputError, RosterError
from so247.models.people import Pin
from so247.models.region import Region
from so247.models.result import Progress, Status, StoppedBy
from so247.models.roster import Roster
from so247.scenarios.generator import generate
from so247.scenarios.spec import Spec
from so247.solver.limits import Cancel, Limits
from so247.solver.solve import solve

MONDAY = date(2026, 11, 2)


@pytest.fixture(scope="module")
def large() -> Region:
    """Large enough that seconds do not suffice to prove all tiers."""
    return generate(Spec(physicians=20, gp_groups=8, facilities=12, weeks=13), 3)


# -- quiet ----------------------------------------------------------------------------------------


def test_it_opens_no_file_and_prints_nothing(
    toy: Any, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    region = toy.region()
    toy.solve(region)  # whatever is imported on first use is now

    def refuse(*arguments: object, **_: object) -> None:
        raise AssertionError(f"a file was opened: {arguments[0]}")

    with monkeypatch.context() as patched:
        patched.setattr(builtins, "open", refuse)
        patched.setattr(io, "open", refuse)
        patched.setattr(os, "open", refuse)
        result = toy.solve(region, on_progress=lambda _: None)
    assert toy.coverage(result) == 0
    assert capfd.readouterr() == ("", "")


def test_it_leaves_the_region_and_the_rosters_as_they_were(toy: Any) -> None:
    region = toy.region()
    before = region.model_dump_json()
    first = toy.solve(region)
    kept = first.roster.model_dump_json() if first.roster else ""
    toy.solve(region, previous=first.roster)
    assert region.model_dump_json() == before
    assert first.roster is not None
    assert first.roster.model_dump_json() == kept


# -- progress and cancel --------------------------------------------------------------------------


def test_progress_tells_growing_seconds_and_values_that_do_not_get_worse(toy: Any) -> None:
    seen: list[Progress] = []
    region = generate(Spec(physicians=6, gp_groups=2, facilities=2, weeks=2), 3)
    result = toy.solve(region, on_progress=seen.append)
    assert seen
    seconds = [each.seconds for each in seen]
    assert seconds == sorted(seconds)
    names = [tier.name for tier in result.tiers]
    assert {each.tier for each in seen} <= set(names)
    for each in seen:
        assert each.value is not None
        assert each.bound is not None
        assert 0 <= each.bound <= each.value
    # The first tier is the most important: it is never given up for a later one.
    first = [each.value for each in seen if each.tier == names[0] and each.value is not None]
    assert first == sorted(first, reverse=True)


def test_an_error_in_the_callers_progress_is_the_callers(toy: Any) -> None:
    class Mine(Exception):
        pass

    def fail(_: Progress) -> None:
        raise Mine("from the host")

    before = set(threading.enumerate())
    with pytest.raises(Mine, match="from the host"):
        toy.solve(toy.region(), on_progress=fail, cancel=Cancel())
    assert set(threading.enumerate()) <= before


def test_cancelled_before_the_start_finds_nothing(toy: Any) -> None:
    cancel = Cancel()
    cancel.cancel()
    result = toy.solve(toy.region(), cancel=cancel)
    assert (result.status, result.stopped_by) == (Status.UNKNOWN, StoppedBy.CANCEL)
    assert (result.roster, result.report, result.tiers) == (None, None, ())


def test_cancelled_from_another_thread_gives_the_best_so_far(toy: Any, large: Region) -> None:
    cancel = Cancel()
    begun = threading.Event()

    def press() -> None:
        # After the first sign of life, so that there is something to keep.
        begun.wait(120)
        cancel.cancel()

    other = threading.Thread(target=press)
    other.start()
    # An hour: if cancelling were not heard, the test would never end.
    result = solve(
        large,
        limits=Limits(seconds=3600, workers=1),
        cancel=cancel,
        on_progress=lambda _: begun.set(),
    )
    other.join()
    assert result.stopped_by is StoppedBy.CANCEL
    assert result.status is Status.FEASIBLE
    assert result.roster is not None
    assert result.report is not None
    assert not [each for each in result.report.hard_breaches if not each.pinned]
    assert toy.coverage(result) >= result.tiers[0].bound


def test_cancelled_from_the_progress_callback(large: Region) -> None:
    cancel = Cancel()
    result = solve(
        large,
        limits=Limits(seconds=3600, workers=1),
        cancel=cancel,
        on_progress=lambda _: cancel.cancel(),
    )
    assert result.stopped_by is StoppedBy.CANCEL
    assert result.roster is not None


# -- several at once ------------------------------------------------------------------------------


def test_two_solves_at_once_in_threads_are_as_good_as_alone(toy: Any) -> None:
    regions = [generate(Spec(physicians=6, gp_groups=2, facilities=2, weeks=1), n) for n in (1, 2)]
    alone = [toy.solve(region) for region in regions]
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(toy.solve, regions))
    for one, other in zip(alone, together, strict=True):
        assert one.roster is not None
        assert other.roster is not None
        assert roster_to_json(one.roster) == roster_to_json(other.roster)
        assert one.tiers == other.tiers


def test_a_solve_in_a_process_pool(toy: Any) -> None:
    region = toy.region()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        result = pool.submit(partial(solve, region, limits=toy.LIMITS)).result()
    # The same call in this process: nothing got lost between the two.
    assert result == toy.solve(region)
    assert pickle.loads(pickle.dumps(region)) == region


# -- input that makes no sense --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "weeks", "sentence"),
    [
        (MONDAY, 0, "a period has 1 to 104 weeks"),
        (MONDAY, -4, "a period has 1 to 104 weeks"),
        (MONDAY, 200, "a period has 1 to 104 weeks"),
        (date(2027, 1, 4), 4, "the holiday table does not cover the period"),
        (date(2026, 12, 21), 4, "the holiday table does not cover the period"),
        (date(9999, 12, 20), 4, "a period begins in the years 1990 to 2189"),
        (date(2, 1, 1), 4, "a period begins in the years 1990 to 2189"),
    ],
)
def test_a_period_that_makes_no_sense_is_a_sentence(
    toy: Any, start: date, weeks: int, sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence) as error:
        solve(toy.region(), start, weeks)
    (problem,) = error.value.problems
    assert problem.advice
    assert problem.value


def test_a_period_up_to_new_year_needs_no_holidays_of_the_next_year(toy: Any) -> None:
    # Four weeks from 7 December end on Sunday 3 January; three end on 27 December.
    assert toy.solve(toy.region(), start=date(2026, 12, 7), weeks=3).roster is not None
    # 53 ISO weeks: the last day of the period is 31 December here.
    week = toy.region(planning_start=date(2026, 12, 25))
    assert toy.solve(week, weeks=1).roster is not None


def test_no_start_anywhere_is_a_sentence(toy: Any) -> None:
    with pytest.raises(InputError, match="no start of the period") as error:
        solve(toy.region(planning_start=None))
    assert "planning_start" in str(error.value)


def test_history_or_previous_of_another_region_is_refused(toy: Any) -> None:
    first = toy.solve(toy.region()).roster
    assert first is not None
    stranger = first.model_copy(update={"region_id": "elsewhere"})
    with pytest.raises(RosterError, match="elsewhere"):
        toy.solve(toy.region(), start=date(2026, 11, 9), history=(stranger,))
    with pytest.raises(RosterError, match="elsewhere"):
        toy.solve(toy.region(), previous=stranger)


@pytest.mark.parametrize("figures", [{"seconds": 0}, {"workers": 0}, {"gap": 1}, {"gap": -0.1}])
def test_limits_that_make_no_sense_are_refused(figures: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(figures))):
        Limits(**figures)


# -- revisions ------------------------------------------------------------------------------------


def revisions(roster: Roster) -> dict[str, int]:
    return {each.target: each.revision for each in roster.assignments}


def test_the_same_again_is_the_same_revision(toy: Any) -> None:
    first = toy.solve(toy.region()).roster
    assert first is not None
    again = toy.solve(toy.region(), previous=first).roster
    assert again == first
    assert again.revision == 1


def test_what_a_pin_changes_and_only_that_has_the_next_revision(toy: Any) -> None:
    first = toy.solve(toy.region()).roster
    assert first is not None
    target = toy.duty("day", "2026-11-04 08:00")
    (before,) = [each.physician for each in first.assignments if each.target == target]
    other = {"ann": "bob", "bob": "ann"}[before]
    region = toy.region(pins=(Pin(target=target, physician=other),))
    second = toy.solve(region, previous=first).roster
    assert second is not None
    assert second.revision == 2
    holders = {each.target: each.physician for each in first.assignments}
    moved = {each.target for each in second.assignments if holders[each.target] != each.physician}
    assert target in moved
    assert {name for name, number in revisions(second).items() if number == 2} == moved
    third = toy.solve(region, previous=second).roster
    assert third == second

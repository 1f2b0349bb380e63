"""The check as a whole: what it refuses, what it says about the roster, and its own contents."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from so247.audit.check import check
from so247.audit.registry import RULES
from so247.models.canonical import region_hash
from so247.models.clock import Interval
from so247.models.errors import RosterError
from so247.models.norms import Severity
from so247.models.result import TIERS

RULEBOOK = Path(__file__).parents[2] / "docs" / "RULES.md"
NIGHT = ("2026-11-03 17:00", "2026-11-04 08:00")


def test_a_roster_of_another_region_is_refused(toy: Any) -> None:
    with pytest.raises(RosterError, match="another region than toy") as caught:
        check(toy.region(), toy.roster(region_id="elsewhere"))
    assert caught.value.problems[0].value == "elsewhere"


def test_so_is_history_of_another_region(toy: Any) -> None:
    with pytest.raises(RosterError, match="another region"):
        check(toy.region(), toy.roster(), [toy.roster(region_id="elsewhere")])


def test_impossible_times_are_collected(toy: Any) -> None:
    when = toy.between(*NIGHT)
    backwards = toy.held("anw@a", "ann", Interval(start=when.end, end=when.start))
    empty = toy.held("anw@b", "ann", Interval(start=when.start, end=when.start))
    late = when.end.replace(year=9999)
    endless = toy.held("anw@c", "ann", Interval(start=when.start, end=late))
    with pytest.raises(RosterError) as caught:
        check(toy.region(), toy.roster(backwards, empty, endless, toy.whole("day", "bob")))
    assert [problem.path for problem in caught.value.problems] == [
        ("assignments", index, "when") for index in range(3)
    ]


def test_a_changed_region_is_said_and_checked_anew(toy: Any) -> None:
    region = toy.region()
    now = region_hash(region)
    assert check(region, toy.roster(region_hash=now)).changes == ()
    assert check(region, toy.roster()).changes == ()  # made by hand: from no region in particular
    (sentence,) = check(region, toy.roster(region_hash="0" * 64)).changes
    assert "changed since this roster was made" in sentence


def test_a_target_that_the_region_does_not_know(toy: Any, rules_of: Any) -> None:
    strange = toy.held("night shift 7", "ann", toy.between(*NIGHT))
    assert rules_of(check(toy.region(), toy.roster(strange))) == {"roster.unknown_target"}


def test_a_target_that_only_a_spreadsheet_knows_may_name_its_line(toy: Any) -> None:
    named = toy.held("night shift 7", "ann", toy.between(*NIGHT), line="anw")
    report = check(toy.region(), toy.roster(named))
    assert not report.hard_breaches
    # Fifteen hours less than nothing at all, at each of two sites.
    assert report.uncovered_site_minutes == 2 * (10080 - 15 * 60)


def test_what_begins_after_the_period_is_a_signal(toy: Any) -> None:
    later = toy.held("anw@x", "ann", toy.between("2026-11-09 17:00", "2026-11-10 08:00"))
    (finding,) = check(toy.region(), toy.roster(later)).findings
    assert (finding.rule, finding.severity) == ("roster.outside_period", Severity.SIGNAL)


def test_history_covers_the_first_minutes_of_the_period(toy: Any) -> None:
    sunday = toy.held(
        "anw@2026-11-01T19:00Z", "ann", toy.between("2026-11-01 20:00", "2026-11-02 08:00")
    )
    before = toy.roster(sunday, period=toy.between("2026-10-26 00:00", "2026-11-02 00:00"))
    report = check(toy.region(), toy.roster(), [before])
    # Monday 00:00 to 08:00, eight hours at each of two sites.
    assert report.uncovered_site_minutes == 2 * (10080 - 8 * 60)


def test_the_tiers_are_all_there_and_the_first_is_coverage(toy: Any) -> None:
    report = check(toy.region(), toy.roster())
    assert tuple(tier.name for tier in report.tiers) == TIERS
    assert report.tiers[0].value == report.uncovered_site_minutes == 2 * 10080


def test_the_same_input_gives_the_same_report(toy: Any) -> None:
    region = toy.region()
    roster = toy.planned(region, {"anw": "ann"})
    assert check(region, roster) == check(region, roster)


def test_the_order_of_assignments_does_not_matter(toy: Any) -> None:
    region = toy.region()
    roster = toy.planned(region, {"anw": "ann", "day": "bob"})
    turned = roster.model_copy(update={"assignments": roster.assignments[::-1]})
    assert check(region, roster) == check(region, turned)


def test_the_registry_holds_every_rule_of_the_rulebook() -> None:
    written = set(re.findall(r"^\| `([a-z]+\.[a-z_]+)`", RULEBOOK.read_text("utf-8"), re.MULTILINE))
    assert {rule.id for rule in RULES} == written


def test_the_registry_names_each_rule_once_with_a_sentence() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.statement.endswith(".") and callable(rule.function) for rule in RULES)

"""Generated regions: what explain says, and what it costs, is what the check then says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest

from so247.audit.check import check
from so247.models.explanation import Candidate
from so247.models.lines import Position
from so247.models.people import SO
from so247.models.report import Finding, Report
from so247.models.roster import Assignment, Gap, Roster
from so247.scenarios.generator import Generated, build
from so247.scenarios.spec import Backups, Spec
from so247.solver.explain import explain

SPEC = Spec(
    physicians=7,
    gp_groups=1,
    facilities=2,
    start=date(2026, 12, 21),
    weeks=1,
    backups=Backups.OWN,
    sessions_per_group=2,
    slack=1,
)
AREAS = replace(SPEC, areas=2, gp_groups=2, physicians=14, cross=1, slack=3)
MADE = {
    "backups": (SPEC, 1),
    "split": (replace(SPEC, split_office=True, two_contracts=0.4, pins=2), 13),
    "combined": (replace(AREAS, backups=Backups.SHARED, combinable=True), 5),
    "alone": (replace(SPEC, backups=Backups.NONE, physicians=5, history_weeks=4), 3),
    "trainees": (replace(SPEC, physicians=8, trainees=0.25, weeks=2), 7),
}
"""(what, seed)."""


def with_gaps(made: Generated, random: Random) -> tuple[Roster, tuple[Assignment, ...]]:
    """The witness without four of its duties, two of which start at the same time."""
    roster = made.witness
    assert roster is not None
    duties = [each for each in roster.assignments if "@" in each.target and not each.pinned]
    cut = random.sample(duties, 3)
    beside = [each for each in duties if each.when.overlaps(cut[0].when) and each not in cut]
    cut += beside[:1]
    gaps = tuple(Gap(target=each.target, when=each.when) for each in cut)
    kept = tuple(each for each in roster.assignments if each not in cut)
    changed = roster.model_copy(update={"assignments": kept, "gaps": (*roster.gaps, *gaps)})
    return changed, tuple(cut)


def given_to(roster: Roster, target: str, one: Candidate) -> Roster:
    assert one.when is not None
    mine = Assignment(target=target, physician=one.physician, contract=one.contract, when=one.when)
    rest = tuple(each for each in roster.assignments if each.target != target)
    gaps = tuple(each for each in roster.gaps if each.target != target)
    return roster.model_copy(update={"assignments": (*rest, mine), "gaps": gaps})


def key(each: Finding) -> tuple[Any, ...]:
    return each.rule, each.norm, each.physician, each.when, each.targets, each.figure


def new_rules(before: Report, after: Report) -> set[str]:
    known = {key(each) for each in before.hard_breaches}
    return {each.rule for each in after.hard_breaches if key(each) not in known}


@pytest.mark.parametrize("what", MADE)
def test_every_rule_named_is_a_rule_that_the_check_finds(what: str) -> None:
    spec, seed = MADE[what]
    made = build(replace(spec, id=f"made{seed}"), seed)
    roster, cut = with_gaps(made, Random(seed))
    before = check(made.region, roster, made.history)
    looked = 0
    for gap in cut:
        (found,) = explain(made.region, roster, made.history, duty=gap.target).explained
        for one in found.candidates:
            if one.holds or one.forbidden:
                continue
            looked += 1
            changed = given_to(roster, gap.target, one)
            after = check(made.region, changed, made.history)
            named = {each.rule for each in one.broken}
            # Two ways to one answer. The rows count work at the same hours as work too close by;
            # the check says of it that it is at the same time, and no more.
            assert named == new_rules(before, after), (gap.target, one.physician)
        kept_away = {each.rule for each in found.kept_away}
        assert kept_away == {e.rule for one in found.candidates for e in one.obstacles}
    assert looked


def test_a_first_line_without_its_backup_costs_what_the_check_counts() -> None:
    made = build(replace(SPEC, id="thin", physicians=8, trainees=0.25), 2)
    region, full = made.region, made.witness
    assert full is not None
    trainees = {each.id for each in region.physicians if each.role is not SO}
    first = {each.id for each in region.lines if each.position is Position.FIRST_LINE}
    lone = [
        (mine, other)
        for mine in full.assignments
        if mine.physician in trainees and mine.target.partition("@")[0] in first
        for other in full.assignments
        if other.when == mine.when
        and other.target.partition("@")[0] not in first | {""}
        and "@" in other.target
    ]
    _, backup = lone[0]
    gap = Gap(target=backup.target, when=backup.when)
    kept = tuple(each for each in full.assignments if each != backup)
    roster = full.model_copy(update={"assignments": kept, "gaps": (gap,)})
    before = check(region, roster, made.history)
    (found,) = explain(region, roster, made.history, duty=gap.target).explained
    free = [one for one in found.candidates if one.free]
    assert free
    # A trainee with no SO behind is nobody's cover: what is missing is more than the backup alone.
    for one in free:
        after = check(region, given_to(roster, gap.target, one), made.history)
        costs = {each.name: (each.before, each.after) for each in one.replaced}
        assert costs["coverage"] == (before.uncovered_site_minutes, after.uncovered_site_minutes)

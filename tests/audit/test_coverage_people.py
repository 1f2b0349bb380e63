"""Who stands behind whom: kinds of care, changes in the middle, and what history holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from so247.audit.check import check
from so247.models.lines import Care, Position, Window
from so247.models.people import SO, Role
from so247.models.report import Coverage, Report, SiteCoverage
from so247.models.sites import CareFunction, FunctionHolder

ANW_MINUTES = 7380
"""Minutes of the toy week outside office hours."""
NURSE = Role.NURSE_PRACTITIONER
LAST_WEEK = ("2026-10-26 00:00", "2026-11-02 00:00")
SUNDAY_NIGHT = ("2026-11-01 20:00", "2026-11-02 08:00")


def home(report: Report) -> SiteCoverage:
    return next(each for each in report.sites if each.site == "home")


def general_region(toy: Any, backup_care: Care) -> Any:
    """Beside the toy lines, ``gen`` for general care: nurse nia first, ``genback`` behind her."""
    gen = toy.line(
        "gen",
        Window.OUT_OF_HOURS,
        care=Care.GENERAL,
        roles=(SO, NURSE),
        escalation=("gen", "genback"),
    )
    behind = toy.line("genback", Window.OUT_OF_HOURS, care=backup_care, position=Position.BACKUP)
    names = ("ann", "bob", "cas")
    return toy.region(
        physicians=(*(toy.physician(e) for e in names), toy.physician("nia", role=NURSE)),
        contracts=tuple(toy.contract(each) for each in (*names, "nia")),
        lines=(*toy.region().lines, gen, behind),
    )


@pytest.mark.parametrize(
    ("backup_care", "uncovered", "rules"),
    [
        (Care.GENERAL, 0, set()),
        (Care.BOTH, 0, set()),
        # A backup for specific care is not one for general care.
        (Care.SPECIFIC, ANW_MINUTES, {"cover.backup_so"}),
    ],
)
def test_a_backup_is_for_the_same_kind_of_care(
    toy: Any, rules_of: Any, backup_care: Care, uncovered: int, rules: set[str]
) -> None:
    region = general_region(toy, backup_care)
    holders = {"anw": "ann", "day": "bob", "gen": "nia", "genback": "cas"}
    report = check(region, toy.planned(region, holders))
    assert home(report).uncovered_general_minutes == uncovered
    assert home(report).uncovered_minutes == 0
    assert rules_of(report) == rules


def test_the_first_line_of_one_care_may_be_backup_of_another(toy: Any, rules_of: Any) -> None:
    lines = (
        toy.line("anw", Window.OUT_OF_HOURS, combinable_with=("genback",)),
        toy.line("day", Window.OFFICE_HOURS),
        toy.line(
            "genback",
            Window.OUT_OF_HOURS,
            care=Care.GENERAL,
            position=Position.BACKUP,
            combinable_with=("anw",),
        ),
    )
    region = toy.region(lines=lines)
    report = check(region, toy.planned(region, {"anw": "ann", "day": "bob", "genback": "ann"}))
    assert rules_of(report) == set()


def test_the_breach_names_the_line_of_its_own_care(toy: Any) -> None:
    # nia holds first lines for specific and for general care; only the latter has no backup.
    general = general_region(toy, Care.SPECIFIC)
    first = toy.line(
        "anw",
        Window.OUT_OF_HOURS,
        roles=(SO, NURSE),
        escalation=("anw", "genback"),
        combinable_with=("gen",),
    )
    gen = general.line_by_id["gen"].model_copy(update={"combinable_with": ("anw",)})
    region = toy.region(
        physicians=general.physicians,
        contracts=general.contracts,
        lines=(first, general.line_by_id["day"], gen, general.line_by_id["genback"]),
    )
    holders = {"anw": "nia", "day": "bob", "gen": "nia", "genback": "cas"}
    report = check(region, toy.planned(region, holders))
    found = [each for each in report.findings if each.rule == "cover.backup_so"]
    assert {target.partition("@")[0] for each in found for target in each.targets} == {"gen"}


def test_a_backup_becomes_the_first_line_in_the_middle_of_the_week(toy: Any) -> None:
    lines = (
        toy.line("anw", Window.OUT_OF_HOURS, combinable_with=("back",)),
        toy.line("day", Window.OFFICE_HOURS),
        toy.line("back", Window.OUT_OF_HOURS, position=Position.BACKUP, combinable_with=("anw",)),
    )
    region = toy.region(
        lines=lines,
        physicians=tuple(toy.physician(each) for each in ("ann", "bob", "cas")),
        contracts=tuple(toy.contract(each) for each in ("ann", "bob", "cas")),
    )
    roster = toy.roster(
        toy.held("anw@1", "bob", toy.between("2026-11-02 00:00", "2026-11-07 00:00")),
        toy.held("anw@2", "ann", toy.between("2026-11-07 00:00", "2026-11-09 00:00")),
        toy.whole("day", "cas"),
        toy.whole("back", "ann"),
    )
    # ann is a good backup until Saturday, and her own on Saturday and Sunday: two days.
    assert home(check(region, roster)).uncovered_minutes == 2 * 1440


def test_a_function_counts_from_the_day_that_it_is_promised(toy: Any) -> None:
    main = CareFunction.MAIN_PRACTITIONER
    thursday = date(2026, 11, 5)
    region = toy.region(
        physicians=(
            toy.physician("ann"),
            toy.physician("bob"),
            toy.physician("cas", registered_from=thursday),
        ),
        facilities=(
            toy.facility(function_holders=(FunctionHolder(function=main, physician="cas"),)),
        ),
        agreements=(
            toy.agreement("home"),
            toy.agreement("group"),
            toy.agreement("home", id="extra", functions=(main,), valid_from=thursday),
        ),
    )
    report = check(region, toy.planned(region, {"anw": "ann", "day": "bob"}))
    assert home(report).verdict is Coverage.COVERED


def test_a_group_cannot_name_who_holds_a_function(toy: Any) -> None:
    promise = toy.agreement("group", functions=(CareFunction.CONSULTATION,))
    region = toy.region(agreements=(toy.agreement("home"), promise))
    report = check(region, toy.planned(region, {"anw": "ann", "day": "bob"}))
    group = next(each for each in report.sites if each.site == "group")
    assert (group.verdict, home(report).verdict) == (Coverage.UNKNOWN, Coverage.COVERED)


def test_history_that_overloads_is_not_found_again_but_covers_nothing(toy: Any) -> None:
    people = (toy.physician("ann", max_residents=14), toy.physician("bob"))
    night = toy.held("anw@2026-11-01T19:00Z", "ann", toy.between(*SUNDAY_NIGHT))
    before = toy.roster(night, period=toy.between(*LAST_WEEK))
    report = check(toy.region(physicians=people), toy.roster(), [before])
    assert not report.hard_breaches
    assert home(report).uncovered_minutes == 10080


def test_history_without_backup_is_not_found_again_but_covers_nothing(toy: Any) -> None:
    region = toy.region(
        physicians=(toy.physician("ann", role=NURSE), toy.physician("bob")),
        lines=(toy.line("anw", Window.OUT_OF_HOURS, roles=(SO, NURSE)),),
    )
    night = toy.held("anw@2026-11-01T19:00Z", "ann", toy.between(*SUNDAY_NIGHT))
    before = toy.roster(night, period=toy.between(*LAST_WEEK))
    report = check(region, toy.roster(), [before])
    assert not report.hard_breaches
    assert home(report).uncovered_minutes == 10080


def test_each_norm_that_a_holder_breaks_is_noted(toy: Any) -> None:
    # Monday 17:00 to Wednesday 08:00 is 39 hours on end, where 24 are allowed; and bob, whose
    # evening is short, has nothing to answer for.
    region = toy.region(rule_packs=())
    long = toy.held("anw@x", "ann", toy.between("2026-11-02 17:00", "2026-11-04 08:00"))
    short = toy.held("anw@y", "bob", toy.between("2026-11-05 17:00", "2026-11-05 22:00"))
    notes = home(check(region, toy.roster(long, short))).notes
    assert [note.code for note in notes] == ["holder_breach"]
    assert notes[0].text.startswith("ann breaks continuous_24h")

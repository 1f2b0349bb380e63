"""``cover.one_holder``: one holder per duty, or a named gap that costs its site-minutes."""

from __future__ import annotations

from so247.models.lines import Care, Organisation
from so247.models.people import Role
from so247.models.sites import AgreementKind

DUTY = "day@2026-11-02T07:00Z"


def test_feasible_one_of_two_holds_it(small):
    people = (small.person("ann"), small.person("bob"))
    found = small.solved(small.region(physicians=people))
    assert list(found.held) == [DUTY]
    assert found.holders in (["ann"], ["bob"])


def test_infeasible_two_at_once(small):
    # The solver never gives it to both; by hand it is a breach.
    people = (small.person("ann"), small.person("bob"))
    region = small.region(physicians=people)
    assert small.by_hand(region, small.office(2), small.office(2, "bob")) == {"cover.one_holder"}
    assert len(small.solved(region).holders) == 1


def test_infeasible_without_people_is_a_named_gap(small):
    found = small.solved(small.region(physicians=(), contracts=()))
    assert (found.held, found.gaps) == ({}, {DUTY: 540})


def test_penalty_is_site_minutes(small):
    # Two sites x 9 h = 1080. A site that opens on Tuesday asks for none of them, and is required
    # for 6 of the 7 days: 10 080 + 8 640 = 18 720 without any holder.
    both = {"sites": ("home", "annex")}
    parts = {"lines": (small.line("day", **both),), "physicians": (), "contracts": ()}
    parts["agreements"] = (small.agreement(), small.agreement("annex"))
    parts["facilities"] = (small.facility(), small.facility("annex"))
    assert small.solved(small.region(**parts)).gaps == {DUTY: 1080}
    later = small.facility("annex", opening_date=small.day(3))
    found = small.solved(small.region(**parts | {"facilities": (small.facility(), later)}))
    assert found.gaps == {DUTY: 540}
    assert found.cost("coverage") == 18_720


def test_penalty_counts_only_minutes_in_the_period(small):
    # Sunday 8 November 12:00 to Monday 12:00: of 24 h only 12 h lie before the period's end.
    late = small.always("late", small.day(8), small.day(9), pattern="noon")
    parts = {"lines": (late,), "patterns": (small.pattern("noon", 12),)}
    found = small.solved(small.region(physicians=(), contracts=(), **parts))
    assert found.gaps == {"late@2026-11-07T23:00Z": 720, "late@2026-11-08T11:00Z": 720}


def test_penalty_of_general_care_is_added_where_a_line_serves(small):
    # Specific care has no line: 10 080. General care is required only in those 540 minutes.
    general = small.line("day", care=Care.GENERAL)
    assert small.solved(small.region(lines=(general,))).cost("coverage") == 10_080
    nobody = small.region(lines=(general,), physicians=(), contracts=())
    assert small.solved(nobody).cost("coverage") == 10_080 + 540


def test_penalty_is_nothing_for_a_line_that_covers_nothing(small):
    # It promises 31 minutes where 30 are required: held or not, the site is uncovered.
    found = small.solved(small.region(lines=(small.line("day", on_site_minutes=31),)))
    assert found.cost("coverage") == 10_080


def test_penalty_is_nothing_without_a_phone_number(small):
    found = small.solved(small.region(lines=(small.line("day", phone=None),)))
    assert found.cost("coverage") == 10_080


def test_penalty_of_an_organisation_without_agreement(small):
    # With an agreement and an SO behind it, the organisation covers 540 and the backup is
    # required and there for 540: 10 080 + 540 - 540 - 540. Without, only the backup covers.
    lines = (small.line("day", organisation="hub", escalation=("day", "back")), small.backup())
    parts = {"lines": lines, "organisations": (Organisation(id="hub", name="Hub"),)}
    cover = {"id": "hub-home", "kind": AgreementKind.ORGANISATION_COVER, "partner": "hub"}
    agreed = small.region(**parts, agreements=(small.agreement(), small.agreement(**cover)))
    assert small.solved(agreed).cost("coverage") == 10_080 - 540
    assert small.solved(small.region(**parts)).cost("coverage") == 10_080


def test_penalty_of_an_organisation_without_so_behind_it(small):
    # Nobody holds the backup: both positions are uncovered, 10 080 + 540.
    lines = (small.line("day", organisation="hub", escalation=("day", "back")), small.backup())
    cover = {"id": "hub-home", "kind": AgreementKind.ORGANISATION_COVER, "partner": "hub"}
    region = small.region(
        lines=lines,
        organisations=(Organisation(id="hub", name="Hub"),),
        agreements=(small.agreement(), small.agreement(**cover)),
        physicians=(small.person("ann", role=Role.TRAINEE),),
    )
    assert small.solved(region).cost("coverage") == 10_080 + 540

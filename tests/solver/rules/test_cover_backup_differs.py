"""``cover.backup_differs``: who holds the first line is no backup of it."""

from __future__ import annotations

from so247.models.settings import Settings

FIRST, BACK = "day@2026-11-02T07:00Z", "back@2026-11-02T07:00Z"


def lines(small, back_sites=("home",)):
    """Lines that one person could combine, were they not each other's backup."""
    return (
        small.line("day", combinable_with=("back",)),
        small.backup(combinable_with=("day",), sites=back_sites),
    )


def test_feasible_with_two_people(small):
    people = (small.person("ann"), small.person("bob"))
    found = small.solved(small.region(lines=lines(small), physicians=people))
    assert set(found.held) == {FIRST, BACK}
    assert found.held[FIRST] != found.held[BACK]


def test_feasible_for_one_person_where_the_sites_differ(small):
    parts = {
        "facilities": (small.facility(), small.facility("annex")),
        "agreements": (small.agreement(), small.agreement("annex")),
        "travel_times": (small.travel("base", "home", 20), small.travel("base", "annex", 20)),
    }
    found = small.solved(small.region(lines=lines(small, ("annex",)), **parts))
    assert found.held == {FIRST: "ann", BACK: "ann"}


def test_infeasible_for_one_person(small):
    region = small.region(lines=lines(small))
    found = small.solved(region)
    assert len(found.held) == len(found.gaps) == 1
    (gap,) = found.gaps
    assert found.why(gap) == ("cover.backup_differs: ann",)
    both = (small.office(2), small.office(2, what="back"))
    assert small.by_hand(region, *both) == {"cover.backup_differs"}


def test_penalty_is_one_of_the_two_duties(small):
    # First line required all week (10 080), backup in its 540 minutes; one of the two is held:
    # 10 080 + 540 - 540.
    found = small.solved(small.region(lines=lines(small)))
    assert list(found.gaps.values()) == [540]
    assert found.cost("coverage") == 10_080


def test_infeasible_for_one_person_who_may_do_two_things_at_once(small):
    # Without time.one_at_a_time nothing else keeps ann from lines that do not combine.
    plain = (small.line("day"), small.backup())
    region = small.region(lines=plain, settings=Settings(rules_off=("time.one_at_a_time",)))
    found = small.solved(region)
    assert len(found.held) == len(found.gaps) == 1

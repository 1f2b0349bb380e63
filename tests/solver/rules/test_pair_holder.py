"""``pair.holder``: the paired SO, else the deputy, else the pool."""

from __future__ import annotations

import pytest

from so247.models.sites import GpGroup, GpPractice, Pairing

SESSION = "home.consultation.2026w45.1"


def linked(small, *people, pairings=None, **parts):
    """The facility's GP group ``north`` is paired with Ann; Bob is the deputy."""
    usual = (Pairing(site="north", physician="ann", deputy="bob"),)
    values = {
        "gp_groups": (
            GpGroup(
                id="north",
                name="North",
                pools=("pool",),
                practices=(GpPractice(id="mill", name="Mill"),),
            ),
        ),
        "facilities": (small.facility(gp_group="north"),),
        "agreements": (small.agreement(), small.agreement("north")),
        "lines": (),
        "sessions": (small.session(),),
        "physicians": tuple(small.person(name) for name in ("ann", "bob", "cas")),
        "absences": tuple(
            small.absence(small.MONDAY, small.day(8), who=name)
            for name in ("ann", "bob", "cas")
            if name not in people
        ),
        "pairings": usual if pairings is None else pairings,
    }
    return small.region(**values | parts)


def score(found):
    """What the holder costs; the one face that the group sees costs 2 besides."""
    return found.cost("pairs") - 2


@pytest.mark.parametrize(
    ("there", "holder", "cost"),
    [
        (("ann", "bob", "cas"), "ann", 0),
        (("bob", "cas"), "bob", 1),
        (("cas",), "cas", 3),
    ],
)
def test_feasible_the_pair_then_the_deputy_then_the_pool(small, there, holder, cost):
    found = small.solved(linked(small, *there))
    assert found.held == {SESSION: holder}
    assert score(found) == cost


def test_infeasible_to_leave_it_empty_for_want_of_the_pair(small):
    # Cas is neither: three points, never a missing session.
    found = small.solved(linked(small, "cas"))
    assert found.gaps == {}
    assert found.cost("sessions") == 0


def test_penalty_of_a_group_without_pair_that_day(small):
    # The pairing ended before: nobody is preferred, and nothing scored.
    ended = (Pairing(site="north", physician="ann", valid_until=small.day(1)),)
    assert score(small.solved(linked(small, "cas", pairings=ended))) == 0


def test_penalty_of_every_group_of_a_duty(small):
    # Office hours for the facility of north and for the group south: Ann is the pair of north and
    # nobody to south, whose pair is Dee: 0 + 3. Two groups see her face: 4.
    south = GpGroup(id="south", name="South", pools=("pool",))
    region = linked(
        small,
        "ann",
        gp_groups=(GpGroup(id="north", name="North", pools=("pool",)), south),
        agreements=tuple(small.agreement(site) for site in ("home", "north", "south")),
        lines=(small.line("day", sites=("home", "south")),),
        sessions=(),
        pairings=(
            Pairing(site="north", physician="ann"),
            Pairing(site="south", physician="bob"),
        ),
        travel_times=(small.travel("base", "home", 20), small.travel("base", "south", 20)),
    )
    found = small.solved(region)
    assert found.holders == ["ann"]
    assert found.cost("pairs") == 3 + 4


def test_penalty_of_home_visits_by_the_practice_first(small):
    # The practice's own pairing goes before its group's: Cas is the pair, Ann nobody here.
    region = linked(
        small,
        "ann",
        sessions=(small.session(site="mill"),),
        pairings=(
            Pairing(site="north", physician="ann"),
            Pairing(site="mill", physician="cas"),
        ),
        travel_times=(small.travel("base", "mill", 5),),
    )
    assert score(small.solved(region)) == 3


def test_penalty_is_nothing_out_of_hours(small):
    # A duty with a burden is no matter for pairs.
    region = linked(small, "cas", lines=(small.always("day", small.day(7)),), sessions=())
    assert small.solved(region).cost("pairs") == 0

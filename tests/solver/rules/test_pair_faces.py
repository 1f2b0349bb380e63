"""``pair.faces``: each different person that a GP group sees."""

from __future__ import annotations

from so247.models.sites import GpGroup


def linked(small, *names, number=2, **parts):
    """A facility of GP group ``north``, without any pair, and so many sessions a week."""
    return small.region(
        gp_groups=(GpGroup(id="north", name="North", pools=("pool",)),),
        facilities=(small.facility(gp_group="north"),),
        agreements=(small.agreement(), small.agreement("north")),
        lines=(),
        sessions=(small.session(count=number),),
        physicians=tuple(small.person(name) for name in names),
        **parts,
    )


def test_feasible_one_face_for_two_sessions(small):
    # One each would be fairer, but faces come before fair shares.
    found = small.solved(linked(small, "ann", "bob"))
    assert len(set(found.holders)) == 1
    assert found.cost("pairs") == 2


def test_infeasible_with_one_when_she_is_there_for_one_only(small):
    # Ann is there on Monday only, Bob on Tuesday only: two faces, never a missing session.
    away = (
        small.absence(small.day(3), small.day(8)),
        small.absence(small.MONDAY, who="bob"),
        small.absence(small.day(4), small.day(8), who="bob"),
    )
    found = small.solved(linked(small, "ann", "bob", absences=away))
    assert found.holders == ["ann", "bob"]
    assert found.cost("pairs") == 4


def test_penalty_is_nothing_without_a_group(small):
    region = small.region(lines=(), sessions=(small.session(),))
    assert small.solved(region).cost("pairs") == 0


def test_penalty_counts_a_person_once(small):
    # Three sessions by one person: one face, weight 2.
    assert small.solved(linked(small, "ann", number=3)).cost("pairs") == 2

"""``travel.minutes``: from the holder's day base to each session."""

from __future__ import annotations

SESSION = "home.consultation.2026w45.1"


def asked(small, *people, **parts):
    demand = small.session(**parts)
    return small.region(lines=(), sessions=(demand,), physicians=people)


def test_feasible_the_nearer_of_two(small):
    # 20 minutes from ``base``, 31 from ``far``. Fair shares compare first: with one session for
    # two people either way is 500 off, twice, so the way decides.
    near, far = small.person("ann"), small.person("bob", day_base="far")
    found = small.solved(asked(small, far, near))
    assert found.held == {SESSION: "ann"}
    assert found.cost("travel") == 20


def test_infeasible_to_avoid_the_way(small):
    # Only Bob may: the way never costs a session.
    found = small.solved(asked(small, small.person("bob", day_base="far")))
    assert found.held == {SESSION: "bob"}
    assert found.cost("travel") == 31


def test_penalty_is_the_minutes_of_every_session(small):
    # Monday and Wednesday, 20 minutes each.
    found = small.solved(asked(small, small.person("ann"), count=2))
    assert found.cost("travel") == 40


def test_penalty_is_nothing_where_the_way_is_unknown(small):
    # That has its price elsewhere: 60 in the soft norms.
    found = small.solved(asked(small, small.person("ann", day_base=None)))
    assert (found.cost("travel"), found.cost("soft_norms")) == (0, 60)

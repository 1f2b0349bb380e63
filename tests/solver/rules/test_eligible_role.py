"""``eligible.role``: a line (or demand) says which roles may hold it."""

from __future__ import annotations

from so247.models.people import Role

DUTY = "day@2026-11-02T07:00Z"
DOCTORS_FOR_ID = (Role.ELDERLY_CARE_PHYSICIAN, Role.ID_PHYSICIAN)


def id_physician(small):
    return (small.person("ann", role=Role.ID_PHYSICIAN),)


def backed(small, **fields):
    """A backup line that an SO holds, so that only the role decides about the first line."""
    return {
        "lines": (small.line("day", escalation=("day", "back"), **fields), small.backup()),
        "physicians": (*id_physician(small), small.person("bob")),
    }


def test_feasible_where_the_line_names_the_role(small):
    # An AVG may hold this line; Bob, the SO, stands behind her.
    found = small.solved(small.region(**backed(small, roles=(Role.ID_PHYSICIAN,))))
    assert found.held == {DUTY: "ann", "back@2026-11-02T07:00Z": "bob"}


def test_infeasible_where_it_does_not(small):
    region = small.region(physicians=id_physician(small))  # the line is for SOs
    found = small.solved(region)
    assert found.why(DUTY) == ("eligible.role: ann",)
    assert "eligible.role" in small.by_hand(region, small.office(2))
    # With an SO behind her it is the role alone.
    region = small.region(**backed(small))
    hands = (small.office(2), small.office(2, "bob", "back"))
    assert small.by_hand(region, *hands) == {"eligible.role"}


def test_penalty_is_the_whole_duty(small):
    # One site x 9 h = 540 site-minutes.
    found = small.solved(small.region(physicians=id_physician(small)))
    assert found.gaps == {DUTY: 540}
    assert found.cost("coverage") == 10_080


def test_penalty_of_a_session_that_nobody_may_hold(small):
    # One consultation of 3 h is missing: 180 session-minutes.
    demand = small.session(roles=(Role.NURSE_PRACTITIONER,))
    found = small.solved(small.region(lines=(), sessions=(demand,)))
    assert found.why("home.consultation.2026w45.1") == ("eligible.role: ann",)
    assert found.cost("sessions") == 180

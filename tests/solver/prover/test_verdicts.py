"""Each verdict of a proof, and what a roster that is handed over does to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from so247.audit.check import check
from so247.audit.verify import verify
from so247.models.canonical import region_hash
from so247.models.clock import Interval
from so247.models.errors import InputError, NotFound, RosterError
from so247.models.evidence import EvidenceKind
from so247.models.people import Absence
from so247.models.proof import Answered, CoverageBasis, Proof, Status, Verdict
from so247.models.report import Coverage
from so247.models.roster import Assignment, Roster, State
from so247.scenarios.generator import changed

MONDAY, SUNDAY = date(2026, 11, 2), date(2026, 11, 8)


def away(*who: str, first: date = MONDAY, last: date = SUNDAY) -> tuple[Absence, ...]:
    return tuple(Absence(physician=each, first_day=first, last_day=last) for each in who)


def told(proof: Proof) -> str:
    return "\n".join(each.en for each in proof.summary)


# A witness is sought -------------------------------------------------------------------------


def test_coverable_by_a_roster_that_nobody_promised(home: Any) -> None:
    region = home.region()
    proof = home.prove(region)
    assert (proof.verdict, proof.basis) == (Verdict.COVERABLE, CoverageBasis.WITNESS)
    assert (proof.until, proof.cover) == (SUNDAY, Answered.FEASIBLE)
    assert "nog door niemand toegezegd" in proof.summary[0].nl
    assert proof.roster is not None
    assert proof.roster.published_at is None
    report = check(region, proof.roster)
    assert report.covered
    assert verify(proof) == ()


def test_impossible_with_the_people_there_are(home: Any) -> None:
    proof = home.prove(home.region(absences=away("ann", "bob")))
    assert (proof.verdict, proof.cover) == (Verdict.IMPOSSIBLE, Answered.INFEASIBLE)
    assert proof.why_not is not None
    assert proof.why_not.conflict is not None
    assert {each.physician for each in proof.why_not.conflict.members} == {None, "ann", "bob"}
    # Two differently configured solves, and once more without the voluntary norms.
    noes = [each for each in proof.solves if each.answer is Answered.INFEASIBLE]
    assert len({each.configuration for each in noes}) == 3
    assert "no_roster" in home.codes(proof.attested)
    assert verify(proof) == ()


def test_the_witness_avoids_whoever_is_away(home: Any) -> None:
    roster = home.witness(home.region(absences=away("ann")))
    assert {each.physician for each in roster.assignments} == {"bob"}


def test_not_yet_where_something_named_is_missing(home: Any) -> None:
    region = home.without(home.region(), EvidenceKind.STAFFING_PLAN)
    proof = home.prove(region)
    assert (proof.verdict, proof.cover) == (Verdict.NOT_YET, Answered.FEASIBLE)
    assert home.judged(proof, "6").status is Status.NOT_MET
    assert "Precondition 6 not met" in told(proof)
    assert verify(proof) == ()


def test_unknown_where_a_document_has_no_date(home: Any) -> None:
    region = home.without(home.region(), EvidenceKind.STAFFING_PLAN, signed_on=None)
    proof = home.prove(region)
    assert proof.verdict is Verdict.UNKNOWN
    assert home.judged(proof, "6").status is Status.UNKNOWN


def test_not_yet_where_no_line_serves_the_facility(home: Any) -> None:
    # Nobody can be rostered for it, so that no search says it is impossible: a line is missing.
    proof = home.prove(home.region(lines=home.lines(sites=("group",))))
    assert proof.verdict is Verdict.NOT_YET
    assert "no line" in told(proof)


def test_not_yet_where_no_gp_group_is_linked(home: Any) -> None:
    region = changed(
        home.region(),
        {"facilities": (home.facility(gp_group=None),), "task_holders": (), "evidence": ()},
    )
    proof = home.prove(region)
    assert proof.verdict is Verdict.NOT_YET
    assert {home.judged(proof, key).status for key in "1348"} == {Status.NOT_MET}


def test_of_a_gp_group_only_cover_is_asked(home: Any) -> None:
    proof = home.prove(site="group")
    assert proof.verdict is Verdict.COVERABLE
    assert [each.key for each in proof.preconditions if each.applies] == ["5"]


def test_unknown_where_a_gp_group_was_promised_what_nobody_is_named_for(home: Any) -> None:
    agreements = (home.agreement("home"), home.agreement("group"))
    proof = home.prove(home.region(agreements=agreements), "group")
    assert proof.verdict is Verdict.UNKNOWN
    assert home.judged(proof, "functions").status is Status.UNKNOWN


# A roster is handed over ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def witness(home: Any) -> Roster:
    found: Roster = home.witness()
    return found


def test_meets_with_that_roster_published_and_accepted(home: Any, witness: Roster) -> None:
    proof = home.prove(roster=home.published(witness))
    assert (proof.verdict, proof.basis) == (Verdict.MEETS, CoverageBasis.PUBLISHED)
    assert (proof.until, proof.cover, proof.solves) == (SUNDAY, None, ())
    assert proof.summary[0].nl == (
        "home voldoet aan de randvoorwaarden voor huisartsenzorg, van 02-11-2026 tot en met "
        "08-11-2026."
    )
    # It is the roster of this region: nothing is said to have changed.
    assert "region_changed" not in home.codes(proof.assumptions)
    assert verify(proof) == ()


def one(roster: Roster, state: State, line: str = "anw") -> Roster:
    """The roster with the second duty of a line in another state."""
    targets = [each.target for each in roster.assignments if each.target.startswith(line)]
    return roster.model_copy(
        update={
            "assignments": tuple(
                each.model_copy(update={"state": state}) if each.target == targets[1] else each
                for each in roster.assignments
            )
        }
    )


def unpublished(roster: Roster) -> Roster:
    return roster.model_copy(update={"published_at": None})


@pytest.mark.parametrize(
    ("change", "verdict", "basis"),
    [
        (lambda roster: roster, Verdict.MEETS, CoverageBasis.PUBLISHED),
        (unpublished, Verdict.COVERABLE, CoverageBasis.ROSTER),
        # One duty that was not answered: nobody promised all of it.
        (lambda roster: one(roster, State.PROPOSED), Verdict.COVERABLE, CoverageBasis.ROSTER),
        # Declined covers nothing: a gap, in a roster of which all that stands is accepted.
        (lambda roster: one(roster, State.DECLINED), Verdict.NOT_YET, CoverageBasis.PUBLISHED),
    ],
)
def test_who_promised_it_decides(
    home: Any,
    witness: Roster,
    change: Callable[[Roster], Roster],
    verdict: Verdict,
    basis: CoverageBasis,
) -> None:
    proof = home.prove(roster=change(home.published(witness)))
    assert (proof.verdict, proof.basis) == (verdict, basis)
    assert verify(proof) == ()


def test_a_declined_duty_is_a_gap_of_its_length(home: Any, witness: Roster) -> None:
    proof = home.prove(roster=one(home.published(witness), State.DECLINED, "day"))
    assert proof.coverage is not None
    # Office hours of one day: 8:00 to 17:00.
    assert (proof.coverage.verdict, proof.coverage.uncovered_minutes) == (Coverage.UNCOVERED, 540)


def test_a_roster_that_ends_before_the_period(home: Any, witness: Roster) -> None:
    roster = home.published(witness)
    assert home.prove(roster=roster, weeks=1).verdict is Verdict.MEETS
    proof = home.prove(roster=roster, weeks=2)
    assert (proof.verdict, proof.until) == (Verdict.UNKNOWN, SUNDAY)
    assert proof.coverage is not None
    assert proof.coverage.unknown_minutes == 7 * 24 * 60
    assert "roster.outside" in home.codes(proof.summary)


def test_no_roster_at_all_is_never_a_yes(home: Any) -> None:
    # An empty roster is one as well: everything is a gap.
    empty = Roster(region_id="toy", period=home.prove().period, published_at=home.PUBLISHED)
    proof = home.prove(roster=empty)
    assert proof.verdict is Verdict.NOT_YET


def in_parts(roster: Roster, share: float = 1.0) -> Roster:
    """The first duty of line ``day`` in two halves, for Ann and Bob; of the second, so much."""
    duty = next(each for each in roster.assignments if each.target.startswith("day@"))
    length = duty.when.end - duty.when.start
    middle = duty.when.start + length / 2

    def part(who: str, when: Interval) -> Assignment:
        return duty.model_copy(update={"physician": who, "contract": f"{who}-c", "when": when})

    end = middle + length / 2 * share
    halves = (
        part("ann", Interval(start=duty.when.start, end=middle)),
        part("bob", Interval(start=middle, end=end)),
    )
    others = (each for each in roster.assignments if each is not duty)
    return roster.model_copy(update={"assignments": (*others, *halves)})


def test_a_hand_made_roster_with_a_duty_in_parts(home: Any, witness: Roster) -> None:
    whole = in_parts(home.published(witness))
    proof = home.prove(roster=whole, absences=(7,), headroom=True)
    assert proof.verdict is Verdict.MEETS
    # The search knows whole duties only, and says so instead of guessing.
    assert (proof.robustness, proof.headroom) == ((), ())
    assert "strength_untold" in home.codes(proof.assumptions)
    assert verify(proof) == ()
    # 4 hours and a half, less the third of it that is left: 90 minutes.
    short = home.prove(roster=in_parts(home.published(witness), 2 / 3))
    assert short.verdict is Verdict.NOT_YET
    assert short.coverage is not None
    assert short.coverage.uncovered_minutes == 90


def test_a_roster_of_another_region(home: Any, witness: Roster) -> None:
    strange = witness.model_copy(update={"region_id": "elsewhere"})
    with pytest.raises(RosterError, match=r"another region than toy \(found elsewhere\)"):
        home.prove(roster=strange)
    with pytest.raises(RosterError, match="another region"):
        home.prove(history=(strange,))


def test_a_region_that_changed_since_is_judged_as_it_is_and_says_where(
    home: Any, witness: Roster
) -> None:
    region = home.region()
    now = changed(
        region, {"physicians": (*region.physicians, home.toy.physician("cas")), "name": "New"}
    )
    proof = home.prove(now, roster=home.published(witness))
    assert proof.verdict is Verdict.MEETS
    (said,) = (each for each in proof.assumptions if each.code == "region_changed")
    assert "changed in name, physicians since" in said.en
    assert "gewijzigd in name, physicians sinds" in said.nl
    # Of a roster that does not say which parts it was made from, only that it changed.
    old = witness.model_copy(update={"region_sections": ()})
    (said,) = (
        each for each in home.prove(now, roster=old).assumptions if each.code == "region_changed"
    )
    assert "The region changed since this roster" in said.en


def test_a_change_that_uncovers_something_counts(home: Any, witness: Roster) -> None:
    now = changed(home.region(), {"absences": away("ann", "bob", last=MONDAY)})
    assert home.prove(now, roster=home.published(witness)).verdict is Verdict.NOT_YET


def test_the_roster_that_comes_out_is_of_the_region_itself(home: Any) -> None:
    region = home.region(facility={"opening_date": date(2026, 12, 1)})
    found: list[Roster] = []
    proof = home.prove(region, opening=MONDAY, names=False, on_roster=found.append)
    (roster,) = found
    assert proof.roster is not None
    assert roster.region_hash == region_hash(region) != proof.roster.region_hash
    # In the proof people go by numbers, in the roster by their ids.
    assert {each.physician for each in roster.assignments} <= {"ann", "bob"}
    assert not {each.physician for each in proof.roster.assignments} & {"ann", "bob"}
    again = home.prove(region, opening=MONDAY, roster=home.published(roster))
    assert again.verdict is Verdict.MEETS
    assert "region_changed" not in home.codes(again.assumptions)


# Bad questions -------------------------------------------------------------------------------


def test_errors_come_before_any_search(home: Any) -> None:
    with pytest.raises(NotFound, match="Maybe home"):
        home.prove(site="homes")
    with pytest.raises(InputError, match="1 to 104 weeks"):
        home.prove(weeks=500)

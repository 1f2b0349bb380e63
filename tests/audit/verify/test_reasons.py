"""What a proof says besides what is computed again: it must fit the slice and the answers given."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from so247.audit.claims import assumptions
from so247.audit.verify import verify
from so247.models.clock import local_day
from so247.models.proof import Answered, Extra, LineRoom, Proof, Relaxation, Said, Solve

YES = Solve(question="dropped", configuration="one", answer=Answered.FEASIBLE)


@pytest.fixture(scope="module")
def told(make, impossible) -> Proof:
    """With extra capacity and a relaxation: two more duties would be enough, one would not."""
    targets = impossible.why_not.counting.duties[:2]
    extra = Extra(
        duties=2,
        people=1,
        role="elderly_care_physician",
        weeks=("2026-W46",),  # the week of Monday 9 November 2026
        targets=targets,
        sites=(impossible.site,),
        on_site_minutes=30,
        suffices=True,
        least=True,
        text=make.SAID,
        solves=(YES, *make.TWICE),
    )
    leave = impossible.why_not.conflict.members[1]
    relaxation = Relaxation(requirement=leave, suffices=True, text=make.SAID, solves=(YES,))
    why = impossible.why_not.model_copy(update={"extra": extra, "relaxations": (relaxation,)})
    return make.labelled(make.changed(impossible, why_not=why))


def with_part(proof: Proof, name: str, **fields: Any) -> Proof:
    """One part of ``why_not`` with other values."""
    part = getattr(proof.why_not, name)
    many = isinstance(part, tuple)
    changed = (part[0] if many else part).model_copy(update=fields)
    why = proof.why_not.model_copy(update={name: (changed,) if many else changed})
    return proof.model_copy(update={"why_not": why})


def test_what_fits_comes_out(told) -> None:
    assert verify(told) == ()


def test_extra_capacity_and_relaxations_fit(make, told) -> None:
    first = told.why_not.extra.targets[0]
    other = told.why_not.conflict.members[1].model_copy(update={"key": "another"})
    for part, fields, what in (
        ("extra", {"role": "priest"}, "extra.role"),
        ("extra", {"targets": ()}, "extra.targets"),
        ("extra", {"targets": ("nothing",)}, "extra.targets"),
        ("extra", {"targets": (first, first)}, "extra.targets"),
        ("extra", {"duties": 1}, "extra.targets"),
        ("extra", {"weeks": ("never",)}, "extra.weeks"),
        ("extra", {"sites": ("nowhere",)}, "extra.sites"),
        ("extra", {"people": 3}, "extra.people"),
        ("extra", {"people": 0}, "extra.people"),
        ("extra", {"solves": make.TWICE}, "extra.suffices"),
        ("extra", {"solves": (YES, make.TWICE[0])}, "extra.least"),
        ("relaxations", {"requirement": other}, "relaxations.0.requirement"),
        ("relaxations", {"solves": ()}, "relaxations.0.suffices"),
    ):
        assert f"why_not.{what}" in make.whats(with_part(told, part, **fields)), fields


def test_a_conflict_is_about_known_duties_and_people(make, impossible) -> None:
    duty, leave = impossible.why_not.conflict.members
    for members in (
        (),
        (leave,),
        (duty.model_copy(update={"key": "duty:nothing"}), leave),
        (duty.model_copy(update={"key": duty.key.removeprefix("duty:")}), leave),
        (duty, leave.model_copy(update={"physician": "arts-99"})),
    ):
        forged = with_part(impossible, "conflict", members=members)
        assert make.whats(forged) == {"why_not.conflict.members"}


def test_the_sentences_of_a_count_have_its_figures(make, impossible) -> None:
    counting = impossible.why_not.counting
    for old, new in (("= 4", "= 1"), ("fewer than 7", "fewer than 100"), ("7 duties", "70 duties")):
        text = counting.text.model_copy(update={"en": counting.text.en.replace(old, new)})
        forged = with_part(impossible, "counting", text=text)
        assert make.whats(forged) == {"why_not.counting.text"}, new
    (share,) = counting.shares
    part = share.parts[0].model_copy(update={"text": make.SAID})
    shares = (share.model_copy(update={"parts": (part, *share.parts[1:])}),)
    forged = with_part(impossible, "counting", shares=shares)
    assert make.whats(forged) == {"why_not.counting.shares"}


def test_there_is_no_why_where_it_can_be(make, coverable, meets, impossible) -> None:
    for proof in (coverable, meets):
        forged = make.labelled(make.changed(proof, why_not=impossible.why_not))
        assert "why_not" in make.whats(forged)


def test_assumptions_follow_from_the_slice(make, impossible) -> None:
    given = impossible.assumptions
    approved = Said(code="x", nl="De IGJ heeft dit goedgekeurd.", en="The inspectorate agrees.")
    for forged in (
        (),
        given[1:],
        given[::-1],
        (given[0].model_copy(update={"en": "All is well."}), *given[1:]),
        (*given, approved),
        (*given, approved.model_copy(update={"code": "region_changed"})),
        (*given, approved.model_copy(update={"code": "later_sites_included"})),
        (*given, CHANGED, CHANGED),
    ):
        found = make.fields(make.changed(impossible, assumptions=forged))
        assert found == {"assumptions"}, forged
    assert verify(make.changed(impossible, assumptions=(*given, CHANGED))) == ()


CHANGED = Said(
    code="region_changed",
    nl="De regio is gewijzigd in people, sites sinds dit rooster is gemaakt; beoordeeld is de "
    "regio zoals die nu is.",
    en="The region changed in people, sites since this roster was made; judged is the region as "
    "it is now.",
)


def test_sites_that_open_later_are_those_of_the_slice(make, impossible) -> None:
    """One opens in the period, or after it as what was left out does; the rest of what such a
    change brings about is not looked at here."""
    site = next(e for e in impossible.slice.facilities if e.id == impossible.site)
    end = local_day(impossible.period.end)
    for day, names in (
        (end - timedelta(days=7), (("new",), ())),
        (end + timedelta(weeks=4), ((), ("new",))),
    ):
        new = site.model_copy(update={"id": "new", "opening_date": day})
        facilities = (*impossible.slice.facilities, new)
        region = impossible.slice.model_copy(update={"facilities": facilities})
        right = make.changed(impossible, slice=region, assumptions=assumptions(region, *names, ()))
        wrong = make.changed(right, assumptions=assumptions(region, ("old",), (), ()))
        assert "assumptions" not in make.fields(right)
        assert "assumptions" in make.fields(wrong)


def test_headroom_is_that_of_lines_of_the_site(make, meets) -> None:
    line = next(each.id for each in meets.slice.lines if meets.site in each.sites)
    right = LineRoom(line=line, residents=1, residents_fail_at=2, facilities=None)
    assert verify(make.labelled(make.changed(meets, headroom=(right,)))) == ()
    for wrong in (
        (right, right),
        (right.model_copy(update={"line": "zzz"}),),
        (right.model_copy(update={"residents": 2}),),
        (right.model_copy(update={"residents": None}),),
    ):
        forged = make.labelled(make.changed(meets, headroom=wrong))
        assert make.fields(forged) == {"headroom"}


def test_what_names_the_proof_itself(make, meets) -> None:
    for field, value in (("region_hash", "00"), ("schema_version", 0), ("named", True)):
        assert make.whats(make.changed(meets, **{field: value})) == {field}
    first = meets.slice.physicians[0].model_copy(update={"id": "jansen", "name": "jansen"})
    region = meets.slice.model_copy(update={"physicians": (first, *meets.slice.physicians[1:])})
    assert "named" in make.whats(make.changed(meets, slice=region))

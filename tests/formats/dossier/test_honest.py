"""A guess is not shown as a fact, and nothing on the page reads as what it is not."""

import pytest
from made_dossiers.outline import Outline, rows_of

from so247.formats.dossier.pdf import drawable
from so247.formats.dossier.plain import straight
from so247.formats.dossier.view import view
from so247.formats.dossier.words import BANNER, RECOMPUTED, solver_words
from so247.models.proof import CoverageBasis, LineRoom, Status
from so247.solver import search_feasible

BASES = {
    CoverageBasis.WITNESS: "met dit voorbeeldrooster",
    CoverageBasis.ROSTER: "met dit rooster",
}


@pytest.mark.parametrize("basis", BASES)
def test_figures_of_a_roster_not_promised_say_so(make, basis) -> None:
    met, share = view(make.make_proof(basis=basis)).figures[:2]
    assert met.value[0] == "8 van 8"
    assert met.label[0] == f"randvoorwaarden zouden voldaan zijn {BASES[basis]}"
    assert "would be met with this" in met.label[1]
    assert share.label[0] == f"van de vereiste tijd gedekt {BASES[basis]}"


def test_figures_of_a_promised_roster_have_no_condition(make) -> None:
    met, share = view(make.make_proof(basis=CoverageBasis.PUBLISHED)).figures[:2]
    assert met.label == ("randvoorwaarden voldaan", "preconditions met")
    assert share.label[0] == "van de vereiste tijd zeker gedekt"


@pytest.mark.parametrize("basis", [*BASES, CoverageBasis.PUBLISHED])
def test_an_so_day_and_night_is_met_under_the_banner(make, page, basis) -> None:
    """Only the fifth rests on a roster, and what is not met needs no reservation."""
    banner = BANNER.get(basis, ("",))[0]
    for status, told in ((Status.MET, f"voldaan {banner}".strip()), (Status.UNKNOWN, None)):
        proof = make.make_proof(basis=basis, preconditions=make.eight(p5=status))
        rows = {row[0][:2]: row[1] for row in rows_of(Outline(page(proof)), "randvoorwaarden")}
        assert rows["5."] == (told or "niet vast te stellen")
        assert rows["6."] == "voldaan"


def test_room_without_a_failure_is_at_least_so_much(make, page) -> None:
    room = LineRoom(line="anw", residents=43, facilities=2, facilities_fail_at=3)
    (row,) = [
        r
        for r in rows_of(Outline(page(make.make_proof(headroom=(room,)))), "ruimte")
        if "43" in r[1]
    ]
    assert row[1:3] == ["ten minste 43", "2 bij 3 niet meer"]


def test_numbers_are_said_to_be_no_anonymity(make, page) -> None:
    text = page(make.make_proof())
    assert "bewoners als aantal of onder een nummer" in text
    assert "Nummers maken niemand anoniem" in text
    assert "Numbers make nobody anonymous" in text
    assert "Nummers maken niemand anoniem" not in page(make.make_proof(named=True))


def test_the_count_with_a_pencil_is_recomputed(every_verdict) -> None:
    (why,) = [
        each for each in view(every_verdict["impossible"]).sections if each.anchor == "waarom-niet"
    ]
    (pencil,) = [
        each for each in why.blocks if each.kind == "heading" and "potlood" in each.words[0]
    ]
    assert pencil.footing == RECOMPUTED
    # Three are needed and two can be held.
    told = [each.words for each in why.blocks if each.kind == "text"]
    assert any("at least 1 is left" in english for _, english in told)


def test_nothing_turns_the_direction_of_a_name(make, page) -> None:
    turned = "Ada \u202eneG\u202c \u2066x\u2069\u200e\u200f"
    text = page(make.make_proof(make.make_region(names=(turned, "Bo", "Cis"), facility=turned)))
    assert "Ada neG x" in text
    assert text == straight(text)
    assert drawable(turned) == "Ada neG x"


def test_what_the_solver_was_asked_is_told_in_dutch() -> None:
    names = ("QUICK", "ALONE", "LIGHT", "DEEP", "BARE")
    configurations = [getattr(search_feasible, name).name for name in names]
    asked = [
        *("conflict set alone", "every duty held", "every duty held, without voluntary norms"),
        *("3 duties empty", "without voluntary norms", "2 extra people hold at most 5 duties"),
    ]
    for english in (*configurations, *asked):
        dutch, same = solver_words(english)
        assert same == english
        assert dutch != english
    assert solver_words("2 extra people hold at most 5 duties")[0] == (
        "extra mensen: 2; samen hoogstens 5 diensten"
    )
    assert solver_words("seed 1") == ("seed 1", "seed 1")

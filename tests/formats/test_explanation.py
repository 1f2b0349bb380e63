"""What a coordinator reads of an explanation: names, figures, both languages."""

from __future__ import annotations

from datetime import date, time

from so247.formats.dossier.blocks import Table, Text
from so247.formats.explanation import View, explanation_view
from so247.formats.words import both
from so247.models.clock import Interval, period, to_utc
from so247.models.explanation import (
    Candidate,
    Explained,
    Explanation,
    KeptAway,
    Move,
    Obstacle,
    Possible,
    Rearranged,
    TierChange,
)
from so247.models.proof import Said
from so247.models.region import Region
from so247.scenarios.catalogue import load_region

REGION: Region = load_region("tekort")
MONDAY = date(2026, 11, 9)
DUTY = "tekort-anw@2026-11-09T16:00Z"
WHEN = Interval(start=to_utc(MONDAY, time(17)), end=to_utc(date(2026, 11, 10), time(8)))
HANNEKE = REGION.physician_by_id["so-01"].name
OKKE = REGION.physician_by_id["so-02"].name
IMANE = REGION.physician_by_id["so-03"].name


def obstacle(rule: str, nl: str, en: str) -> Obstacle:
    return Obstacle(rule=rule, text=Said(code=rule, nl=nl, en=en))


AWAY = obstacle("eligible.absence", "afwezig", "away")
TIRED = obstacle("norm.rest", "9 uur rust, minstens 11", "9 hours of rest, at least 11")
COSTS = (
    TierChange(name="coverage", before=900, after=0),
    TierChange(name="fairness", before=10, after=10),
)


def explained(*candidates: Candidate, **fields: object) -> Explained:
    base: dict[str, object] = {"targets": (DUTY,), "line": "tekort-anw", "when": WHEN}
    return Explained(**(base | {"candidates": candidates} | fields))  # type: ignore[arg-type]


def view(each: Explained, *, target: str | None = DUTY, person: str | None = None) -> View:
    return explanation_view(
        REGION,
        Explanation(
            region_id="tekort",
            region_hash="x",
            roster_revision=1,
            period=period(date(2026, 11, 2), 4),
            target=target,
            person=person,
            explained=(each,),
            notes=(Said(code="note", nl="let op", en="mind"),),
        ),
    )


def sheets(found: View) -> list[Table]:
    return [each for each in found.blocks if isinstance(each, Table)]


def text(sheet: Table) -> list[list[str]]:
    return [
        ["; ".join(both(line.words) for line in cell.lines) for cell in row.cells]
        for row in sheet.rows
    ]


def test_everything_that_is_empty_per_rule() -> None:
    each = explained(
        Candidate(physician="so-01", broken=(TIRED,)),
        Candidate(physician="so-02", forbidden=(AWAY,)),
        Candidate(physician="so-03", forbidden=(AWAY,)),
        Candidate(physician="so-04"),
        minutes=1800,
        kept_away=(
            KeptAway(
                rule=AWAY.rule,
                words=Said(code=AWAY.rule, nl="weg", en="gone"),
                people=("so-02", "so-03"),
            ),
            KeptAway(
                rule=TIRED.rule,
                words=Said(code=TIRED.rule, nl="te weinig rust", en="too little rest"),
                people=("so-01",),
            ),
        ),
    )
    found = view(each, target=None)
    assert found.headline == (
        "Onbezette diensten: 1; ontbrekende dagdelen: 0",
        "Unfilled duties: 1; missing sessions: 0",
    )
    assert found.blocks[0] == Text(("let op", "mind"), "note")
    (sheet,) = sheets(found)
    assert sheet.caption[0].endswith(
        "ma 09-11-2026 17:00 – di 10-11-2026 08:00: 30:00 locatie-uren"
    )
    assert text(sheet) == [
        # What is the same for both is said once, without names.
        ["weg / gone", f"{OKKE}, {IMANE}", "afwezig / away"],
        [
            "te weinig rust / too little rest",
            HANNEKE,
            "9 uur rust, minstens 11 / 9 hours of rest, at least 11",
        ],
        [
            "niets in de weg / nothing in the way",
            REGION.physician_by_id["so-04"].name,
            "zou het kunnen, in dit rooster / could hold it, in this roster",
        ],
    ]


def test_substitutes_come_first_and_the_cheapest_before_all() -> None:
    dear = (
        TierChange(name="coverage", before=0, after=0),
        TierChange(name="pairs", before=0, after=5),
    )
    cheap = (
        TierChange(name="coverage", before=0, after=0),
        TierChange(name="pairs", before=0, after=2),
    )
    found = view(
        explained(
            Candidate(physician="so-01", replaced=dear),
            Candidate(physician="so-02", forbidden=(AWAY,)),
            Candidate(physician="so-03", replaced=cheap, declined=True),
            Candidate(physician="so-04", holds=True),
            holders=("so-04",),
        )
    )
    assert "dienstdoende arts" in found.headline[0]
    (sheet,) = sheets(found)
    rows = text(sheet)
    assert [row[0] for row in rows][1:] == [IMANE, HANNEKE, OKKE]
    assert [row[1] for row in rows] == [
        "houdt deze / holds it",
        "ja / yes",
        "ja / yes",
        "mag niet / may not",
    ]
    assert "heeft afgewezen" in rows[1][2]
    assert "+2" in rows[1][2]


def test_one_person_with_what_moves_cost() -> None:
    moved = Rearranged(
        possible=Possible.YES,
        tiers=COSTS,
        moves=(Move(target=DUTY, before=None, after="so-01", when=WHEN),),
    )
    found = view(
        explained(Candidate(physician="so-01", broken=(TIRED,), rearranged=moved)), person="so-01"
    )
    assert found.headline[0].endswith("onbezet")
    why, costs, moves = sheets(found)
    assert HANNEKE in why.caption[0]
    # Figures stand on the right, and what gets better is below zero.
    assert [each.number for each in costs.rows[0].cells] == [False, True, True, True]
    assert [row[1:] for row in text(costs)] == [["900", "0", "-900"], ["10", "10", "0"]]
    assert text(moves)[0][1:] == ["niemand / nobody", HANNEKE]


def test_a_search_that_found_nothing_does_not_say_impossible() -> None:
    nothing = Rearranged(possible=Possible.NOT_FOUND)
    found = view(
        explained(Candidate(physician="so-01", broken=(TIRED,), rearranged=nothing)),
        person="so-01",
    )
    (_, sentence) = (each.words for each in found.blocks if isinstance(each, Text))
    assert "bewijst niets" in sentence[0]
    assert "proves nothing" in sentence[1]


def test_a_session_is_named_by_its_product_and_site() -> None:
    each = Explained(
        targets=("tekort-hagro.consultation.2026w46.1",), site="tekort-hagro", minutes=180
    )
    (sheet,) = sheets(view(each, target=None))
    assert sheet.caption[0].startswith("1 × consult")
    assert sheet.caption[0].endswith("3:00 uur")

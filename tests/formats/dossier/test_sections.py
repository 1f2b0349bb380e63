"""What each section of the page says of a proof."""

import pytest
from made_dossiers.outline import Outline, rows_of, words

from so247.formats.dossier.html import proof_to_html
from so247.formats.dossier.words import NOT_ASKED, STATUS
from so247.models.norms import Basis
from so247.models.packs import ATW_GENERAL, SO_VOLUNTARY_NORM
from so247.models.people import PackBinding
from so247.models.proof import Status, Verdict
from so247.models.region import Region
from so247.models.report import Coverage

VERDICTS = tuple(verdict.value for verdict in Verdict)


@pytest.fixture(scope="module")
def outlines(every_verdict, page):
    return {name: Outline(page(proof)) for name, proof in every_verdict.items()}


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_word_and_a_sign(make, page, status):
    outline = Outline(page(make.make_proof(preconditions=make.eight(p6=status))))
    (row,) = [row for row in rows_of(outline, "randvoorwaarden") if row[0].startswith("6. ")]
    assert row[1] == STATUS[status][0]
    signs = outline.all("use", href=f"#teken-{status.value}")
    assert signs
    assert outline.all("symbol", id=f"teken-{status.value}")


def test_the_worst_practice_counts_and_each_is_named(make, page):
    outline = Outline(page(make.make_proof(preconditions=make.eight(p8=Status.EXPIRED))))
    rows = rows_of(outline, "randvoorwaarden")
    at = next(index for index, row in enumerate(rows) if row[0].startswith("8. "))
    assert rows[at][1] == "verlopen"
    assert [(row[0], row[1]) for row in rows[at + 1 : at + 3]] == [
        ("Praktijk A", "verlopen"),
        ("Praktijk B", "voldaan"),
    ]


def test_practices_that_are_judged_alike_stand_together(make, page):
    outline = Outline(page(make.make_proof()))
    (row,) = [row for row in rows_of(outline, "randvoorwaarden") if row[0].startswith("1. ")]
    assert row[0].endswith("Praktijk A, Praktijk B")


def test_what_does_not_apply_says_so(outlines):
    rows = {row[0]: row[1] for row in rows_of(outlines["coverable"], "toetsen")}
    short_stay = next(told for asked, told in rows.items() if "ELV" in asked)
    assert short_stay == NOT_ASKED[0]


def test_evidence_is_linked_where_it_is_used(outlines):
    outline = outlines["coverable"]
    assert [each["text"] for each in outline.all("a", href="#bewijs-bewijs-01")] == ["bewijs-01"]
    rows = rows_of(outline, "bewijs")
    by_name = {row[0]: row for row in rows}
    assert by_name["document-01 bewijs-01"][3] == "di 01-09-2026"
    assert by_name["document-02 bewijs-02"][1].endswith("stemt niet in")
    assert by_name["document-02 bewijs-02"][3] == "geen datum"
    assert "aan de telefoon binnen 15 min" in by_name["afspraak"][1]


def test_gaps_are_listed_with_position_and_reason(outlines):
    rows = rows_of(outlines["impossible"], "dekking")
    # 00:30 UTC on 25 October is the first 02:30, 01:30 UTC the second.
    gap = next(row for row in rows if row[0].startswith("zo 25-10"))
    assert gap == [
        "zo 25-10-2026 02:30 (+02:00)",
        "zo 25-10-2026 02:30 (+01:00)",
        "1:00 uur",
        "niet gedekt voorwacht",
        "niemand houdt dienstlijn ANW-lijn",
    ]
    doubt = next(row for row in rows if row[0].startswith("di 20-10"))
    assert doubt[3:] == [
        "niet vast te stellen voorwacht",
        "het is niet bekend waar arts-02 dan is arts-02",
    ]
    assert ["Hagro", "1:00 uur"] in rows


def test_coverage_short_of_everything_is_never_a_hundred_per_cent(make, page):
    # One minute of a week of 10140 is less than a hundredth of a per cent: 99,990...
    gap = make.stretch(make.at(20, 10), make.at(20, 10, 1), Coverage.UNCOVERED)
    coverage = make.make_coverage(make.make_roster(make.make_region()).period, (gap,))
    outline = Outline(page(make.make_proof(coverage=coverage)))
    (figures,) = outline.all("ul", **{"class": "cijfers"})
    assert "99,99 %" in figures["nl"]
    assert "100" not in figures["nl"]


def test_nothing_is_said_of_coverage_that_was_not_computed(outlines):
    main = words(outlines["unknown"].all("main")[0]["nl"])
    assert "De dekking is niet berekend" in main
    assert "Er zijn geen dekkingsgaten" not in main
    assert "zeker gedekt" not in main


def test_the_certificate_is_a_sum(outlines):
    rows = rows_of(outlines["impossible"], "waarom-niet")
    share = next(row for row in rows if row[0] == "arts-01" and len(row) == 3)
    # One of two, and one of one: two.
    assert share == ["arts-01", "te weinig rust 1 van 2 maximum van het contract 1 van 1", "2"]
    assert ["Samen hoogstens", "", "2"] in rows
    assert ["Nodig", "", "3"] in rows
    assert ["arts-02", "in geen artsenpool van de locatie, afwezig, x.y"] in rows


def test_why_not_says_what_was_confirmed_and_what_was_not(outlines):
    (section,) = outlines["impossible"].all("section", id="waarom-niet")
    told = words(section["nl"])
    assert "Niet bewezen minimaal" in told
    assert "Genoeg: opnieuw doorgerekend en getoetst." in told
    assert "Of minder ook kan, is niet uitgesloten." in told
    rows = rows_of(outlines["impossible"], "waarom-niet")
    norm = next(row for row in rows if row[0].startswith("norm ruimer"))
    assert norm[1] == "1,5 h"
    assert norm[2].endswith("Eén minder is niet genoeg: dat is bewezen.")
    leave = next(row for row in rows if row[0].startswith("zonder verlof"))
    assert leave[1:] == ["–", "Genoeg: opnieuw doorgerekend en getoetst."]


def test_a_voluntary_norm_in_the_way_is_named(outlines):
    (section,) = outlines["not_yet"].all("section", id="waarom-niet")
    assert "Strijdig met vrijwillige norm duties_5_per_7_days" in section["nl"]


def test_absences_are_added_up_by_person(outlines):
    rows = rows_of(outlines["meets"], "uitval")
    # Four cases of three days each: failed, unknown, survived, failed; of three people in turn.
    assert ["arts-01", "6", "–", "–", "0"] in rows
    assert ["arts-02", "–", "3", "–", "0"] in rows
    assert ["arts-03", "–", "–", "3", "1"] in rows
    # 100 unaffected and 3 repaired of 112: 91.96 %, rounded down.
    assert "91,96 %" in outlines["meets"].all("section", id="uitval")[0]["nl"]


def test_documents_that_differ_stand_together_and_a_dagger_is_explained(outlines):
    rows = rows_of(outlines["coverable"], "verantwoordelijk")
    # Columns: setting, general by day, general out of hours, specific out of hours.
    assert rows[1][2] == "bronnen verschillen via de HAP S0 2.1 de instelling S2 #4"
    assert rows[1][3].startswith("SO †")
    (section,) = outlines["coverable"].all("section", id="verantwoordelijk")
    assert "† Deze lezing" in section["nl"]
    assert "afgeleid" in section["nl"]


def test_the_voluntary_norms_are_listed_with_their_source(outlines):
    rows = rows_of(outlines["meets"], "normen")
    voluntary = [each for each in SO_VOLUNTARY_NORM.norms if each.basis is Basis.VOLUNTARY]
    assert len(rows) == 1 + len(voluntary)
    five = next(row for row in rows if "duties_5_per_7_days" in row[0])
    assert five[0].startswith("hoogstens 5 per 7 x 24 uur")
    # Two of the three people are SOs; the trainee is bound by the statute.
    assert five[3] == "2 pers."


def test_a_pack_that_binds_all_the_time_leaves_no_room_for_the_default(make, page):
    region = make.make_region()
    bound = (PackBinding(pack=ATW_GENERAL.id),)
    people = tuple(
        each.model_copy(update={"rule_packs": bound}) if each.id == "arts-01" else each
        for each in region.physicians
    )
    changed = region.model_copy(update={"physicians": people})
    rows = rows_of(Outline(page(make.make_proof(changed))), "normen")
    # Two SOs, of whom one is now bound by the law alone.
    assert {row[3] for row in rows[1:]} == {"1 pers."}


@pytest.mark.parametrize("name", VERDICTS)
def test_it_says_what_it_is_and_what_it_is_not(outlines, name):
    (section,) = outlines[name].all("section", id="over")
    for told in ("mensen beslissen", "geplande dekking", "geen juridisch advies", "KNMG"):
        assert told in section["nl"]
    for told in ("people decide", "planned coverage", "no legal advice", "KNMG"):
        assert told in section["en"]


def test_what_rests_on_the_solver_is_labelled(outlines):
    for name, anchor in (("meets", "uitval"), ("meets", "ruimte"), ("impossible", "waarom-niet")):
        (section,) = outlines[name].all("section", id=anchor)
        assert "berust op de zoekmotor" in section["nl"]
        assert "solver-attested" in section["en"]
    (section,) = outlines["meets"].all("section", id="dekking")
    assert "na te rekenen" in section["nl"]


def test_thousands_of_absences_and_half_a_year_stay_readable(make):
    region = make.make_region()
    roster = make.make_roster(region, make.AUTUMN, 26)
    many = tuple(
        make.stretch(e.when.start, e.when.end, Coverage.UNCOVERED)
        for e in roster.assignments
        if e.target.startswith("anw") and e.when.start > roster.period.start
    )
    proof = make.make_proof(
        region,
        period=roster.period,
        roster=roster,
        coverage=make.make_coverage(roster.period, many),
        robustness=(make.make_robustness(region, cases=1000),),
    )
    made = proof_to_html(proof)
    assert len(made) < 2_000_000
    outline = Outline(made.decode())
    # Forty one by one, and all of them added up: one reason, one position.
    assert len(many) > 180
    rows = rows_of(outline, "dekking")
    assert sum(len(row) == 5 for row in rows) == 41
    assert [row[2] for row in rows if len(row) == 4] == ["Aantal", str(len(many))]
    # Twelve cases at most, and a line for each person.
    assert sum(len(row) == 5 for row in rows_of(outline, "uitval")) == 1 + 3 + 1 + 12


def test_a_gp_group_has_a_page_too(make, page):
    region: Region = make.make_region()
    coverage = make.make_coverage(make.make_roster(region).period, site="hagro", name="Hagro")
    proof = make.make_proof(
        region,
        site="hagro",
        coverage=coverage,
        preconditions=(make.judged("5"), make.judged("1", applies=False)),
    )
    outline = Outline(page(proof))
    assert outline.all("h1")[0]["text"] == "Hagro"
    (figures,) = outline.all("ul", **{"class": "cijfers"})
    assert "1 van 1" in figures["nl"]

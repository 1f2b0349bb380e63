"""proof.html: one page that loads nothing, says the same in two languages, and runs no name."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from so247.formats.dossier.html import LANGUAGES, TEMPLATES, proof_to_html
from so247.formats.dossier.words import BANNER, NOT_ASKED, STATUS, VERDICT
from so247.models.errors import RosterError
from so247.models.norms import Basis
from so247.models.packs import SO_VOLUNTARY_NORM
from so247.models.proof import CoverageBasis, Status, Verdict
from so247.models.region import Region
from so247.models.report import Coverage

VOID = {"meta", "input", "col", "br", "hr", "img", "link"}
VERDICTS = tuple(verdict.value for verdict in Verdict)


class Outline(HTMLParser):
    """Every element with its attributes and the text below it; and that all of them are closed."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.found = []
        self.feed(text)
        self.close()
        assert not self.open, f"never closed: {[each['tag'] for each in self.open]}"

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice on {tag}: {names}"
        element = {"tag": tag, "attrs": dict(attrs), "text": "", "nl": "", "en": ""}
        element["path"] = [each["tag"] for each in self.open]
        self.found.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1]["tag"] == tag, f"</{tag}> closes <{self.open[-1]['tag']}>"
        self.open.pop()

    def handle_data(self, data):
        langs = [each["attrs"].get("lang") for each in self.open if "lang" in each["attrs"]]
        within = langs[-1] if len(langs) > 1 else None
        for element in self.open:
            element["text"] += data
            if within in (None, "nl"):
                element["nl"] += data
            if within in (None, "en"):
                element["en"] += data

    def all(self, tag, **attrs):
        return [
            each
            for each in self.found
            if each["tag"] == tag
            and all(value in (each["attrs"].get(name) or "") for name, value in attrs.items())
        ]


def words(text):
    return " ".join(text.split())


@pytest.fixture(scope="module")
def outlines(every_verdict, page):
    return {name: Outline(page(proof)) for name, proof in every_verdict.items()}


@pytest.mark.parametrize("name", VERDICTS)
def test_every_element_is_closed_and_every_id_stands_once(outlines, name):
    ids = [each["attrs"]["id"] for each in outlines[name].found if "id" in each["attrs"]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", VERDICTS)
def test_nothing_leads_out_of_the_page(outlines, every_verdict, page, name):
    outline = outlines[name]
    ids = {each["attrs"]["id"] for each in outline.found if "id" in each["attrs"]}
    for each in outline.found:
        for attribute in ("href", "xlink:href", "src", "srcset", "action", "data", "poster"):
            target = each["attrs"].get(attribute)
            assert target is None or (target.startswith("#") and target[1:] in ids), target
        for attribute in each["attrs"]:
            assert not attribute.startswith("on")
            assert attribute != "style"  # the policy would refuse it
    assert not {"script", "img", "iframe", "object", "embed", "link", "base", "form"} & {
        each["tag"] for each in outline.found
    }
    text = page(every_verdict[name])
    assert "http:" not in text
    assert "https:" not in text
    assert "@import" not in text
    # Patterns are drawn in the page itself.
    assert set(re.findall(r"url\(([^)]*)\)", text)) <= {"#raster-uncovered", "#raster-unknown"}


def test_the_policy_allows_the_style_sheet_alone(outlines, every_verdict, page):
    (policy,) = outlines["meets"].all("meta", **{"http-equiv": "Content-Security-Policy"})
    (style,) = re.findall(r"<style>(.*?)</style>", page(every_verdict["meets"]), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy["attrs"]["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("name", VERDICTS)
def test_the_verdict_stands_first_with_its_day(outlines, every_verdict, name):
    (panel,) = outlines[name].all("section", **{"class": "oordeel"})
    dutch, english = VERDICT[Verdict(name)]
    assert words(panel["nl"]).startswith(dutch)
    assert words(panel["en"]).startswith(english)
    until = every_verdict[name].until
    # 25 October 2026, but for the one without a day, which says so.
    assert ("tot en met 25 oktober 2026" in panel["nl"]) == (until is not None)
    assert ("until 25 October 2026" in panel["en"]) == (until is not None)
    assert ("geen dag" in panel["nl"]) == (until is None)


def test_only_what_meets_has_the_sign_of_something_met(outlines):
    for name, outline in outlines.items():
        (panel,) = outline.all("section", **{"class": "oordeel"})
        assert ("met" in panel["attrs"]["class"].split()) == (name == "meets")


@pytest.mark.parametrize("name", VERDICTS)
def test_it_never_says_that_a_facility_is_allowed_to_open(every_verdict, page, name):
    assert "mag open" not in page(every_verdict[name]).lower()
    assert "may open" not in page(every_verdict[name]).lower()


def test_a_witness_is_marked_in_every_section_and_on_every_printed_page(outlines):
    banner = BANNER[CoverageBasis.WITNESS]
    outline = outlines["coverable"]
    sections = [each for each in outline.all("section") if "id" in each["attrs"]]
    assert len(sections) >= 8
    for section in (*sections, *outline.all("header")):
        assert banner[0] in section["nl"]
        assert banner[1] in section["en"]
    style = (TEMPLATES / "dossier.css").read_text(encoding="utf-8")
    page_of = re.search(r"\.witness \{ page: ([a-z-]+); \}", style)
    assert page_of is not None
    header = re.search(rf"@page {page_of[1]} {{ @top-center {{ content: \"([^\"]*)\"", style)
    assert header is not None
    assert banner[0] in header[1]


def test_what_is_promised_in_part_is_marked_and_what_is_promised_is_not(outlines):
    assert "Nog niet geheel toegezegd" in outlines["not_yet"].all("header")[0]["nl"]
    for banner in BANNER.values():
        assert banner[0] not in words(outlines["meets"].all("main")[0]["nl"])


@pytest.mark.parametrize("name", VERDICTS)
def test_both_languages_say_everything(outlines, name):
    """Wherever Dutch stands, English stands after it, and the other way round."""
    spans = [
        each
        for each in outlines[name].found
        if each["attrs"].get("lang") in ("nl", "en") and each["tag"] in ("span", "text")
    ]
    assert len(spans) > 100
    languages = [each["attrs"]["lang"] for each in spans]
    assert languages[::2] == ["nl"] * (len(spans) // 2)
    assert languages[1::2] == ["en"] * (len(spans) // 2)
    assert all(words(each["text"]) for each in spans if each["tag"] == "span")


def test_a_reader_chooses_the_language_without_a_script(outlines):
    inputs = outlines["meets"].all("input", type="radio")
    assert [each["attrs"]["id"] for each in inputs] == [f"taal-{code}" for code, _ in LANGUAGES]
    assert ["checked" in each["attrs"] for each in inputs] == [True, False, False]
    labels = {each["attrs"]["for"] for each in outlines["meets"].all("label")}
    assert labels == {each["attrs"]["id"] for each in inputs}


def rows_of(outline, anchor):
    """The rows of a section's tables: texts of their cells, in Dutch."""
    at = next(i for i, e in enumerate(outline.found) if e["attrs"].get("id") == anchor)
    depth = len(outline.found[at]["path"])
    rows = []
    for element in outline.found[at + 1 :]:
        if len(element["path"]) <= depth:
            break
        if element["tag"] == "tr":
            rows.append([])
        elif element["tag"] in ("th", "td"):
            rows[-1].append(words(element["nl"]))
    return rows


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_word_and_a_sign(make, page, status):
    outline = Outline(page(make.make_proof(preconditions=make.eight(p6=status))))
    (row,) = [row for row in rows_of(outline, "randvoorwaarden") if row[0].startswith("6. ")]
    assert row[1] == STATUS[status][0]
    signs = outline.all("use", href=f"#teken-{status.value}")
    assert signs
    assert outline.all("symbol", id=f"teken-{status.value}")


def test_each_sign_has_a_shape_of_its_own():
    """In black and white the signs still differ."""
    text = (TEMPLATES / "signs.html").read_text(encoding="utf-8")
    shapes = re.findall(r'<symbol id="teken-[a-z_]+" viewBox="0 0 16 16">(.*?)</symbol>', text)
    assert len(shapes) == len(set(shapes)) == 8


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


def test_tables_have_headings_and_landmarks_have_names(outlines):
    for outline in outlines.values():
        for each in outline.all("th"):
            assert each["attrs"]["scope"] in ("col", "row")
        captions = [each for each in outline.all("caption") if words(each["text"])]
        assert len(captions) == len(outline.all("table"))
        assert len(outline.all("main")) == len(outline.all("h1")) == 1
        ids = {each["attrs"]["id"] for each in outline.found if "id" in each["attrs"]}
        for each in (*outline.all("section"), *outline.all("svg", role="img")):
            assert each["attrs"]["aria-labelledby"] in ids


def test_the_same_proof_gives_the_same_bytes(make):
    one, other = make.make_proof(), make.make_proof()
    assert proof_to_html(one) == proof_to_html(other)


def test_no_name_becomes_markup(nasty, page):
    outline = Outline(page(nasty))
    tags = {each["tag"] for each in outline.found}
    assert not {"script", "img"} & tags
    # Told as they are, nothing of them lost.
    assert outline.all("h1")[0]["text"] == "<script>document.title='x'</script>"
    assert '"><img src=x onerror="document.title=1">' in outline.all("main")[0]["text"]
    assert "{{ 7 * 7 }}" in outline.all("main")[0]["text"]


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


def test_a_roster_of_another_region_is_refused(make):
    roster = make.make_roster(make.make_region()).model_copy(update={"region_id": "elders"})
    with pytest.raises(RosterError, match="elders"):
        proof_to_html(make.make_proof(roster=roster))


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

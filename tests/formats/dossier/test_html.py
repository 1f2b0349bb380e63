"""proof.html: one page that loads nothing, says the same in two languages, and runs no name."""

import base64
import hashlib
import re

import pytest
from made_dossiers.outline import Outline, words

from so247.formats.dossier.html import LANGUAGES, TEMPLATES, proof_to_html
from so247.formats.dossier.words import BANNER, UNTIL, VERDICT
from so247.models.errors import RosterError
from so247.models.proof import CoverageBasis, Verdict

VERDICTS = tuple(verdict.value for verdict in Verdict)


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
    # 25 October 2026, but for the one without a day, which says so. After it a yes is no longer
    # proven; a no does not become a yes, so it is never said to hold "until" then.
    dutch, english = UNTIL[Verdict(name)]
    assert (f"{dutch} 25 oktober 2026" in panel["nl"]) == (until is not None)
    assert (f"{english} 25 October 2026" in panel["en"]) == (until is not None)
    assert (dutch == "tot en met") == (name in ("meets", "coverable"))
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


def test_each_sign_has_a_shape_of_its_own():
    """In black and white the signs still differ."""
    text = (TEMPLATES / "signs.html").read_text(encoding="utf-8")
    shapes = re.findall(r'<symbol id="teken-[a-z_]+" viewBox="0 0 16 16">(.*?)</symbol>', text)
    assert len(shapes) == len(set(shapes)) == 8


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


def test_a_roster_of_another_region_is_refused(make):
    roster = make.make_roster(make.make_region()).model_copy(update={"region_id": "elders"})
    with pytest.raises(RosterError, match="elders"):
        proof_to_html(make.make_proof(roster=roster))

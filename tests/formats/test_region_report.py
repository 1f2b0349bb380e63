"""The region report as people read it: figures, signs with words, one page that needs nothing."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser

from so247.formats.dossier.blocks import Page, Table, Text
from so247.formats.region_report import region_page, region_report_to_json
from so247.formats.region_report_html import region_report_to_html
from so247.formats.words import both
from so247.models.clock import period
from so247.models.people import EmployerKind
from so247.models.proof import CoverageBasis, Judgement, Said, Status, Verdict
from so247.models.region import Region
from so247.models.region_report import (
    Capacity,
    EmployerRow,
    Funding,
    Leaning,
    LineRow,
    RegionReport,
    Short,
    SiteRow,
)
from so247.scenarios.catalogue import load_region

REGION: Region = load_region("tekort")
MONDAY = date(2026, 11, 2)
HANNEKE = REGION.physician_by_id["so-01"].name
OKKE = REGION.physician_by_id["so-02"].name


def judged(key: str, status: Status, practice: str | None = None) -> Judgement:
    return Judgement(key=key, status=status, practice=practice)


SITES = (
    SiteRow(site="a", name="A & <B>", verdict=Verdict.COVERABLE, until=date(2026, 11, 29)),
    SiteRow(
        site="b",
        name="B",
        verdict=Verdict.NOT_YET,
        until=date(2026, 11, 29),
        uncovered_minutes=3 * 60 + 5,
        uncovered_general_minutes=60,
        failing=(
            judged("1", Status.NOT_MET, "p1"),
            judged("1", Status.UNKNOWN, "p2"),
            judged("8", Status.NOT_MET),
            judged("4", Status.EXPIRED),
        ),
        alone=("so-01",),
    ),
    SiteRow(site="c", name="C", opening=date(2027, 1, 1)),
)
EMPLOYER = EmployerRow(
    employer="e",
    name="E",
    kind=EmployerKind.PARTNERSHIP,
    physicians=("so-01", "so-02"),
    fte=1.5,
    funding=(
        Funding(label="H335", counterparty="Zorgkantoor", throughout=True),
        Funding(
            label="GZSP",
            counterparty="Verzekeraar",
            valid_until=date(2026, 11, 4),
            throughout=False,
        ),
    ),
    agreed_minutes=840,
    rostered_minutes=180,
    weeks=4,
    weeks_below=3,
)
LINE = LineRow(
    line="tekort-anw",
    name="ANW",
    duties=10,
    held=8,
    nobody=1,
    alone=(Leaning(physicians=("so-01",), duties=3),),
    pairs=(Leaning(physicians=("so-01", "so-02"), duties=2),),
    top="so-01",
    top_duties=6,
)


def made(**fields: object) -> RegionReport:
    base: dict[str, object] = {
        "region_id": "tekort",
        "name": "Tekort",
        "region_hash": "x",
        "today": MONDAY,
        "period": period(MONDAY, 4),
        "basis": CoverageBasis.WITNESS,
        "sites": SITES,
        "employers": (EMPLOYER,),
        "lines": (LINE,),
        "capacity": Capacity(
            needed=10,
            fewest=2,
            at_least=1,
            short=(Short(week="2026-W46", line="tekort-anw", duties=2),),
        ),
        "notes": (Said(code="n", nl="Zin.", en="Sentence."), Said(code="w", nl="Om", en="Because")),
    }
    return RegionReport(**(base | fields))  # type: ignore[arg-type]


def tables(page: Page, anchor: str) -> list[list[list[str]]]:
    (section,) = (each for each in page.sections if each.anchor == anchor)
    return [
        [
            ["; ".join(both(line.words) for line in cell.lines) for cell in row.cells]
            for row in block.rows
        ]
        for block in section.blocks
        if isinstance(block, Table)
    ]


def test_the_headline_counts_verdicts_and_takes_the_sign_of_the_worst() -> None:
    page = region_page(REGION, made())
    assert page.verdict[0] == (
        "3 locaties: 1 rooster mogelijk, nog niet toegezegd; 1 voldoet nog niet; "
        "1 opent na deze periode"
    )
    assert page.sign == "not_met"
    # Nobody promised a witness, and every section says so.
    assert page.banner is not None
    assert page.banner[0] == "Nog door niemand toegezegd"
    assert region_page(REGION, made(sites=SITES[:1])).sign == "open"


def test_sites_worst_first_with_gaps_and_what_is_missing() -> None:
    ((first, second, third),) = tables(region_page(REGION, made()), "locaties")
    assert first == [
        "B",
        "voldoet nog niet / not yet",
        "29-11-2026",
        "3:05",
        "1:00",
        "0:00",
        # The worst practice counts for a precondition.
        "niet voldaan: 1, 8 / not met: 1, 8; verlopen: 4 / expired: 4",
    ]
    assert second[:2] == ["A & <B>", "rooster mogelijk / coverable"]
    assert third[1:3] == ["opent na deze periode / opens after this period", "01-01-2027"]


def test_what_is_missing_most_counts_sites() -> None:
    (rows,) = tables(region_page(REGION, made()), "ontbreekt")
    assert [(row[0], row[2:]) for row in rows] == [
        ("1", ["1", "", ""]),
        ("4", ["", "1", ""]),
        ("8", ["1", "", ""]),
    ]
    nothing = region_page(REGION, made(sites=SITES[:1]))
    assert "ontbreekt" not in {each.anchor for each in nothing.sections}


def sentences(report: RegionReport) -> list[str]:
    page = region_page(REGION, report)
    return [
        block.words[0]
        for section in page.sections
        for block in section.blocks
        if isinstance(block, Text)
    ]


def test_capacity_says_what_is_proven() -> None:
    assert any("niet bewezen (minstens 1)" in each for each in sentences(made()))
    proven = made(capacity=Capacity(needed=10, fewest=2, at_least=2))
    assert any("minder kan niet (bewezen)" in each for each in sentences(proven))
    unknown = made(capacity=Capacity(needed=10))
    assert any("in de tijd niet gevonden" in each for each in sentences(unknown))
    enough = made(capacity=Capacity(needed=10, fewest=0))
    assert any("Alle 10 diensten kunnen bezet worden" in each for each in sentences(enough))


def test_dependence_and_employers_by_name() -> None:
    page = region_page(REGION, made())
    ((row,),) = tables(page, "afhankelijkheid")
    assert row[1:5] == ["10", "1", "3", "2"]
    assert row[5] == f"{HANNEKE}: 3; {HANNEKE}, {OKKE}: 2"
    # Six of the eight that are held.
    assert row[6] == f"{HANNEKE}: 6 / 8 (75 %)"
    ((row,),) = tables(page, "werkgevers")
    assert row == [
        "E; maatschap / partnership",
        "2",
        "1,50",
        "H335: Zorgkantoor; GZSP: Verzekeraar (t/m 04-11-2026) / GZSP: Verzekeraar (until "
        "04-11-2026)",
        "14:00",
        "3:00",
        "3 / 4",
    ]


def test_an_organisations_line_leans_on_nobody() -> None:
    line = LINE.model_copy(update={"organisation": "hap", "alone": (), "pairs": (), "top": "hap"})
    ((row,),) = tables(region_page(REGION, made(lines=(line,))), "afhankelijkheid")
    (post,) = (each for each in REGION.gp_posts if each.id == "hap")
    assert row[2:] == ["", "", "", post.name, ""]


class Reading(HTMLParser):
    """What a page asks for, and what it says without signs."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.said = ""
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.asked += [value or "" for name, value in attrs if name in ("src", "href", "action")]

    def handle_data(self, data: str) -> None:
        self.said += data


def test_one_page_that_asks_nobody_for_anything() -> None:
    text = region_report_to_html(REGION, made()).decode("utf-8")
    page = Reading()
    page.feed(text)
    assert all(each.startswith("#") for each in page.asked)
    assert "url(http" not in text
    assert not page.tags & {"script", "link", "img", "iframe"}
    # Names are data: what looks like markup is text.
    assert "A & <B>" in page.said
    # What colours and signs say, words say as well; in both languages.
    for words in ("voldoet nog niet", "not yet", "rooster mogelijk", "coverable"):
        assert words in page.said


def test_every_table_has_a_caption_and_headed_rows() -> None:
    text = region_report_to_html(REGION, made()).decode("utf-8")
    count = text.count("<table>")
    assert count == 5
    assert text.count("<caption>") == count
    assert len(re.findall(r'<th scope="row">', text)) == 3 + 3 + 1 + 1 + 1


def test_the_same_report_gives_the_same_bytes() -> None:
    assert region_report_to_html(REGION, made()) == region_report_to_html(REGION, made())
    data = region_report_to_json(made())
    assert data == region_report_to_json(made())
    assert RegionReport.model_validate_json(data) == made()
    assert json.loads(data)["schema_version"] == 1

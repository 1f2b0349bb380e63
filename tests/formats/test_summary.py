"""What the coordinator reads, from a report and a result made by hand (see conftest)."""

import re
from datetime import UTC, datetime

import pytest

from so247.audit.check import check
from so247.formats.plain_names import namer
from so247.formats.summary import NONE, OPEN, summarise
from so247.formats.words import hours, moment, points
from so247.models.calendar import duties
from so247.models.clock import period
from so247.models.region import Region
from so247.models.report import Report
from so247.models.result import Result
from so247.models.roster import Assignment, Gap, Roster
from so247.scenarios.catalogue import load_region


def test_coverage_says_verdict_time_first_gap_and_reason(
    region: Region, roster: Roster, report: Report
) -> None:
    rows = {each.name: each for each in summarise(region, roster, report).coverage}
    linde = rows["De Linde"]
    assert linde.verdict == "niet voldaan / not met"
    assert (linde.uncovered, linde.unknown) == ("2:00", "0:00")
    # 00:30 UTC is 02:30 summer time on the night that has 02:30 twice.
    assert linde.first_uncovered == "zo 25-10-2026 02:30 (+02:00)"
    assert linde.reasons == ("-afwezig; zie verlof",)
    west = rows["Hagro West"]
    assert west.verdict == "niet vast te stellen / unknown"
    # 26 weeks of 168 hours, plus the hour that October gives, less the one that March takes.
    assert west.unknown == f"{26 * 168}:00"
    assert west.first_uncovered == NONE
    assert rows["Hagro Oost"].verdict == "voldaan / met"


def test_headline_counts_sites_and_hard_breaches(
    region: Region, roster: Roster, report: Report
) -> None:
    summary = summarise(region, roster, report)
    assert "4 locaties" in summary.headline
    for part in ("2 voldaan / met", "1 niet voldaan / not met", "1 niet vast te stellen"):
        assert part in summary.headline
    # Of six findings two are hard breaches.
    assert summary.headline.endswith("hard breaches: 2")
    assert not summary.covered


def test_gaps_that_touch_are_one_per_line_with_all_reasons(region: Region, report: Report) -> None:
    # A week in which p1 holds all but the line dag on Monday, and anw on Saturday from 00:00 to
    # 21:00, which is two duties (cut at 09:00).
    week = period(datetime(2026, 10, 5, tzinfo=UTC).date(), 1)
    open_ids = ("dag@2026-10-05T06:00Z", "anw@2026-10-09T22:00Z", "anw@2026-10-10T07:00Z")
    roster = Roster(
        region_id="streek",
        period=week,
        assignments=tuple(
            Assignment(target=each.id, physician="p1", when=each.when)
            for each in duties(region, week)
            if each.id not in open_ids
        ),
        gaps=(
            Gap(target=open_ids[1], reasons=("too little rest (norm.rest): p1, p6",)),
            Gap(
                target=open_ids[2],
                reasons=("too little rest (norm.rest): p1, p6", "away (eligible.absence): p4"),
            ),
        ),
    )
    gaps = summarise(region, roster, report).gaps
    assert [(each.line, each.start, each.end, each.duration) for each in gaps] == [
        ("Dagdienst", "ma 05-10-2026 08:00", "ma 05-10-2026 17:00", "9:00"),
        (
            "ANW-lijn; heel de streek, dag en nacht",
            "za 10-10-2026 00:00",
            "za 10-10-2026 21:00",
            "21:00",
        ),
    ]
    # Het Anker opens later: three of the line's four sites are open.
    assert [each.sites for each in gaps] == ["3", "3"]
    assert gaps[0].reasons == ()
    assert gaps[1].reasons == (
        "too little rest (norm.rest): Jansen, P.; van der Berg \\ Co, @SUM(A1)",
        "away (eligible.absence): +31 6 12345678",
    )


def test_gaps_of_different_lines_at_the_same_time_stay_apart(
    region: Region, report: Report
) -> None:
    week = period(datetime(2026, 10, 5, tzinfo=UTC).date(), 1)
    empty = Roster(region_id="streek", period=week)
    lines = [each.line for each in summarise(region, empty, report).gaps]
    # Nobody holds anything: the backup's week is one stretch; anw and dag, whose cuts touch, have
    # a stretch each per night or day: the weekend is one stretch, so anw has 6 and dag 5.
    assert lines.count("Achterwacht streek") == 1
    assert lines.count("Dagdienst") == 5
    assert len(lines) == 1 + 5 + 6


def test_fairness_per_person_and_burden(
    region: Region, roster: Roster, report: Report, result: Result
) -> None:
    summary = summarise(region, roster, report, result)
    assert summary.burdens == ("weekenddienst / weekend", "doordeweekse dienst / weeknight")
    rows = {each.name: each for each in summary.fairness}
    first, second = (region.physicians[index].name for index in (0, 1))
    assert rows[first].cells == ("1,00 / 0,50", "3,00 / 3,00")
    assert rows[first].balance == "0,50"
    # -0.75 + 2 - 2.5; no line for the burden weeknight.
    assert rows[second].cells == ("2,00 / 2,50", NONE)
    assert rows[second].balance == "-1,25"


def test_tiers_say_what_is_proven(
    region: Region, roster: Roster, report: Report, result: Result
) -> None:
    tiers = summarise(region, roster, report, result).tiers
    assert [(each.value, each.bound) for each in tiers] == [
        ("120 min", "120"),
        ("420", "420"),
        ("5", "3"),
    ]
    assert tiers[0].proven == "bewezen / proven"
    assert "given the tiers before" in tiers[1].proven
    assert tiers[2].proven == OPEN


def test_without_a_result_tiers_have_no_bound_and_there_is_no_fairness(
    region: Region, roster: Roster, report: Report
) -> None:
    summary = summarise(region, roster, report)
    assert [(each.value, each.bound, each.proven) for each in summary.tiers] == [
        ("120", NONE, NONE),
        ("420", NONE, NONE),
    ]
    assert summary.fairness == ()


def test_findings_are_grouped_by_kind_and_rule_worst_first(
    region: Region, roster: Roster, report: Report
) -> None:
    groups = summarise(region, roster, report).findings
    assert [(each.kind, each.rule) for each in groups] == [
        ("overtreding / hard breach", "norm.rest (daily-rest)"),
        ("overtreding / hard breach", "session.count"),
        ("afwijking van vrijwillige norm / voluntary breach", "norm.rest (daily-rest)"),
        ("afwijking / soft breach", "contract.minimum"),
        ("signaal / signal", "norm.rest (daily-rest)"),
        ("niet vast te stellen / unknown", "norm.rest (daily-rest)"),
    ]
    (rest,) = groups[0].rows
    assert rest.name == region.physicians[1].name
    assert rest.figure == "9,5 (grens / limit 11) hours"
    assert rest.when == "ma 05-10-2026 17:00 – di 06-10-2026 08:00"
    assert rest.basis == "vrijwillige norm / voluntary norm, =ATW 5:3"
    assert rest.pinned
    assert groups[1].rows[0].name == NONE
    assert groups[5].rows[0].figure == NONE


def test_missing_sessions_and_changes_are_passed_on(
    region: Region, roster: Roster, report: Report
) -> None:
    changed = report.model_copy(update={"changes": ("p1: verlof erbij",)})
    summary = summarise(region, roster, changed)
    assert summary.missing_sessions == (("de-linde.geriatric_assessment.b0", "2"),)
    assert summary.changes == ("p1: verlof erbij",)


def test_words_for_time_and_points() -> None:
    assert hours(63 * 60 + 5) == "63:05"
    both_times = (datetime(2026, 10, 25, hour, 15, tzinfo=UTC) for hour in (0, 1))
    assert [moment(each) for each in both_times] == [
        "zo 25-10-2026 02:15 (+02:00)",
        "zo 25-10-2026 02:15 (+01:00)",
    ]
    # 01:00 UTC in March: the clock goes from 02:00 to 03:00.
    assert moment(datetime(2027, 3, 28, 1, tzinfo=UTC)) == "zo 28-03-2027 03:00"
    assert [points(each) for each in (2500, -1250, -4)] == ["2,50", "-1,25", "0,00"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("nobody holds line dag", "nobody holds line Dagdienst"),
        ("line dag has no phone number", "line Dagdienst has no phone number"),
        (
            "p4 is no SO, and nobody holds backup achter",
            "+31 6 12345678 is no SO, and nobody holds backup Achterwacht streek",
        ),
        ("on backup achter p4 is absent", "on backup Achterwacht streek +31 6 12345678 is absent"),
        (
            "backup achter is not in the escalation order of dag",
            "backup Achterwacht streek is not in the escalation order of Dagdienst",
        ),
        ("p4: 9 duties on contract c-p4", "+31 6 12345678: 9 duties on contract c-p4"),
        ("p4 and p6 both hold line dag", "+31 6 12345678 and @SUM(A1) both hold line Dagdienst"),
        (
            "no pool of de-linde has an agreement with it",
            "no pool of De Linde has an agreement with it",
        ),
        # The id of a duty stays: that is what a pin names. So do words that only look like an id.
        ("p4 also holds dag@2026-10-05T06:00Z", "+31 6 12345678 also holds dag@2026-10-05T06:00Z"),
        ("nobody was there that dag", "nobody was there that dag"),
        ("p40, p4x and p4-b are others", "p40, p4x and p4-b are others"),
    ],
)
def test_sentences_name_people_lines_and_sites(region: Region, text: str, read: str) -> None:
    assert namer(region)(text) == read


def test_what_the_check_says_is_read_without_ids() -> None:
    # Everything is held at the same time by one SO, or by one trainee, or by nobody, which breaks
    # rules of every kind: sentences as they are really written.
    region = load_region("rijnstreek")
    assert region.planning_start is not None
    week = period(region.planning_start, 1)
    held = tuple(
        Assignment(target=each.id, physician=who, contract=f"c-{who}", when=each.when)
        for each in duties(region, week)
        if (who := ("so-03", "aios-01", None)[each.when.start.day % 3])
    )
    roster = Roster(region_id=region.id, period=week, assignments=held)
    summary = summarise(region, roster, check(region, roster))
    texts = [reason for row in summary.coverage for reason in row.reasons]
    texts += [row.text for group in summary.findings for row in group.rows]
    ids = {*region.physician_by_id, *region.line_by_id, *region.site_by_id}
    assert len(set(texts)) > 100  # so there is much to be right about
    left = {word for text in texts for word in re.findall(r"(?<![\w@.-])[\w-]+(?![\w@.-])", text)}
    assert left & ids == set()

"""Every code that may be shown has words in both languages."""

from enum import StrEnum

import pytest

from so247.audit.check import check
from so247.audit.registry import RULES
from so247.formats.dossier import words
from so247.formats.dossier.assertions import CHECK, PRECONDITION
from so247.formats.dossier.dutch import HOLES, SENTENCES, in_dutch
from so247.formats.dossier.norm_words import SEVERITY, WORK, norm_words
from so247.formats.dossier.plain import Names, hours_words, number, share_words
from so247.formats.dossier.rules import REASON, RULE, reason_words
from so247.formats.dossier.sections.footing import STANDING
from so247.models.norms import NormKind, Severity, Work
from so247.models.packs import SHIPPED_PACKS

TABLES = {
    name: table
    for name, table in vars(words).items()
    if isinstance(table, dict) and table and isinstance(next(iter(table)), StrEnum)
}
PARTIAL = {"BANNER", "WITH"}
"""Tables that are meant to leave something out: a promised roster needs no words."""
SAME = {"norm", "contract"}
"""Words that are the same in both languages."""


@pytest.mark.parametrize("name", TABLES)
def test_every_code_has_words(name):
    table = TABLES[name]
    assert name in PARTIAL or set(table) == set(type(next(iter(table))))


def test_the_tables_were_found():
    assert {"VERDICT", "STATUS", "COVERAGE", "REQUIREMENT", "SETTING"} <= set(TABLES)


@pytest.mark.parametrize(
    "table",
    [*TABLES.values(), PRECONDITION, CHECK, RULE, REASON, SEVERITY, dict(enumerate(STANDING))],
)
def test_the_two_languages_differ(table):
    pairs = [each for each in table.values() if isinstance(each, tuple)]
    for dutch, english in pairs:
        assert dutch
        assert english
        assert dutch != english or dutch in SAME


def test_the_eight_have_sentences():
    assert list(PRECONDITION) == [str(number) for number in range(1, 9)]


def test_every_rule_that_may_bar_somebody_has_words():
    hard = ("eligible.", "time.", "cover.", "norm.")
    assert {rule.id for rule in RULES if rule.id.startswith(hard)} <= set(RULE)


def test_no_verdict_says_more_than_that_preconditions_are_met():
    told = " ".join(part for pair in words.VERDICT.values() for part in pair).lower()
    assert "open" not in told
    assert "veilig" not in told
    assert words.VERDICT[words.Verdict.MEETS][0] == (
        "Voldoet aan de randvoorwaarden voor huisartsenzorg"
    )


def test_every_norm_that_ships_is_told_in_dutch():
    assert set(WORK) == set(Work)
    assert set(SEVERITY) == set(Severity)
    norms = [norm for pack in SHIPPED_PACKS for norm in pack.norms]
    assert {norm.kind for norm in norms} == set(NormKind)
    for norm in norms:
        dutch, english = norm_words(norm)
        assert f"{norm.limit:g}" in dutch
        assert "None" not in dutch
        assert english == norm.text


def test_a_sentence_of_the_check_is_told_in_dutch_with_names(make):
    names = Names(make.make_region(names=("Ada Bos", "Bo Vos", "Cis Kok")))
    told = "arts-01 is at het-anker, 71 minutes from de-linde; at most 60 allowed"
    assert in_dutch(told, names) == (
        "Ada Bos is op Het Anker, 71 minuten van De Linde; hoogstens 60 mag"
    )
    told = (
        "arts-02 breaks rest: arts-02: 9.5 hours of rest before Sun 25 Oct 2026 17:00, "
        "at least 11 (11 hours of rest)"
    )
    assert in_dutch(told, names) == (
        "Bo Vos overtreedt rest: 9.5 uur rust vóór zo 25-10-2026 17:00, minstens 11"
    )
    told = "arts-03 also holds anw@2026-10-24T06:00Z"
    assert in_dutch(told, names) == "Cis Kok heeft dan ook ANW-lijn, za 24-10-2026 08:00"


def test_a_sentence_that_is_not_known_goes_by_its_code(make):
    names = Names(make.make_region())
    assert reason_words("no_holder", "something new", names) == (
        "niemand heeft de dienst (something new)",
        "something new",
    )
    assert reason_words("brand.new", "something new", names) == ("something new",) * 2


@pytest.mark.parametrize(("english", "dutch"), SENTENCES)
def test_a_sentence_uses_only_holes_that_it_has(english, dutch):
    holes = {part.split("}")[0] for part in english.split("{")[1:]}
    used = {part.split("}")[0] for part in dutch.split("{")[1:]}
    assert used <= holes
    assert "rest" not in holes or HOLES["rest"] == ".+"


def test_what_the_check_says_of_coverage_is_known_in_dutch(make):
    """Whatever is wrong in this region, its sentences have not drifted from the check's."""
    region = make.make_region()
    whole = make.make_roster(region)
    line = region.line_by_id["anw"].model_copy(update={"phone": None, "escalation": ()})
    lines = tuple(line if each.id == "anw" else each for each in region.lines)
    away = region.model_copy(
        update={
            "lines": lines,
            "facilities": tuple(
                each.model_copy(update={"pools": ("pool",)}) for each in region.facilities
            ),
            "physicians": tuple(
                each.model_copy(update={"registered_until": make.AUTUMN})
                for each in region.physicians
            ),
        }
    )
    kept = tuple(each for each in whole.assignments if each.target != "anw@2026-10-24T06:00Z")
    report = check(away, whole.model_copy(update={"assignments": kept}))
    coverage = next(site for site in report.sites if site.site == make.SITE)
    reasons = [reason for each in coverage.stretches for reason in each.reasons]
    reasons += coverage.notes
    assert len({reason.code for reason in reasons}) >= 8
    for reason in reasons:
        assert in_dutch(reason.text, Names(away)), reason.text
        assert reason.code in REASON, reason.code


def test_figures_are_written_as_each_language_has_it():
    assert number(12345) == ("12.345", "12,345")
    assert hours_words(125) == ("2:05 uur", "2:05 h")
    # 2 of 3 is 66.666...: rounded down, always.
    assert share_words(2, 3) == ("66,66 %", "66.66 %")
    assert share_words(3, 3) == ("100 %", "100 %")
    assert share_words(0, 0) == ("0 %", "0 %")

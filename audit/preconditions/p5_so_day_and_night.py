"""5: an SO is available for the functions promised: reachable and deployable 24/7 (S2 #5)."""

from __future__ import annotations

from datetime import date, datetime

from so247.audit.preconditions.documents import Found, all_of
from so247.audit.preconditions.doubt import doubted
from so247.audit.preconditions.functions import functions_held, more_than_consultation
from so247.audit.preconditions.gaps import day_before, told_gaps, told_notes
from so247.audit.preconditions.question import Question, judgement
from so247.audit.preconditions.words import listed, said
from so247.audit.responsibility import Column
from so247.audit.responsibility.population import SHORT_STAY
from so247.models.clock import local_day
from so247.models.evidence import EvidenceKind
from so247.models.lines import Care
from so247.models.proof import Answered, Judgement, Said, Status
from so247.models.report import Coverage, Finding, SiteCoverage, Stretch

KEY = "5"

STATUS: dict[Coverage, Status] = {
    Coverage.COVERED: Status.MET,
    Coverage.UNCOVERED: Status.NOT_MET,
    Coverage.UNKNOWN: Status.UNKNOWN,
}
OF_AGREEMENT = ("no_agreement", "eligible.agreement", "no_organisation_agreement")
ENDING = (*OF_AGREEMENT, "eligible.contract", "eligible.registration")
"""Reasons that an agreement, contract or registration that ends can give."""


def judge(question: Question) -> tuple[Judgement, ...]:
    found = all_of([_computed(question), *_functions(question)])
    found = _with_special_offer(question, found)
    asked = asks(question)
    if asked is None:
        found = doubted(found, Column.SO_24_7)
    return (judgement(KEY, found, applies=asked is not False),)


def asks(question: Question) -> bool | None:
    """Whether the site's rows ask for an SO 24/7; ``None``: another reading would decide.

    A GP group is always computed. Rows of short stay are unknown without a regional agreement.
    """
    if question.facility is None:
        return True
    answers: set[bool | None] = set()
    for resident in question.population:
        unknown = resident.setting in SHORT_STAY and not short_stay_agreed(question)
        answers.add(None if unknown else resident.binds)
    if True in answers:
        return True
    return None if None in answers else False


def short_stay_agreed(question: Question) -> bool:
    return question.on_paper(EvidenceKind.SHORT_STAY_AGREEMENT).status is Status.MET


def _functions(question: Question) -> list[Found]:
    return [more_than_consultation(question)] if question.facility is not None else []


def _computed(question: Question) -> Found:
    """The 24/7 test over the period."""
    coverage = question.coverage
    if coverage is None:
        return _no_roster(question)
    stretches = [each for each in coverage.stretches if each.care is not Care.GENERAL]
    gaps = told_gaps(stretches)
    reasons = (*gaps, *told_notes(coverage.notes, gaps))
    status = STATUS[coverage.verdict]
    if status is Status.MET:
        return Found(status, question.last)
    if question.cover is Answered.UNKNOWN and not question.lacking:
        # The gaps are those of an unfinished search: they say nothing.
        return Found(Status.UNKNOWN, reasons=(_unsettled(),))
    ended = _ended(question, coverage, stretches)
    if status is Status.NOT_MET and ended is not None:
        return Found(Status.EXPIRED, ended, reasons)
    return Found(status, _until(question, coverage, stretches), reasons)


def _no_roster(question: Question) -> Found:
    """Nothing is rostered: what is missing whoever is, or what the search said, if it was asked."""
    if question.lacking:
        return Found(Status.NOT_MET, reasons=told_gaps(question.lacking))
    if question.cover is Answered.INFEASIBLE:
        norms = listed(question.voluntary_norms)
        reason = said("cover.infeasible", "geen rooster dekt alles", "no roster covers everything")
        if norms:
            reason = said(
                "cover.voluntary",
                f"volledige dekking is strijdig met vrijwillige norm {norms}",
                f"full cover conflicts with voluntary norm {norms}",
            )
        return Found(Status.NOT_MET, reasons=(reason,))
    if question.cover is None:
        reason = said("cover.no_roster", "er is geen rooster", "there is no roster")
        return Found(Status.NOT_MET, reasons=(reason,))
    return Found(Status.UNKNOWN, reasons=(_unsettled(),))


def _unsettled() -> Said:
    return said(
        "cover.unknown",
        "het zoeken naar een rooster gaf geen uitsluitsel",
        "the search for a roster did not settle it",
    )


def _until(question: Question, coverage: SiteCoverage, stretches: list[Stretch]) -> date | None:
    """The last whole day before the first doubt; ``None`` where a doubt has no moment."""
    codes = {note.code for note in coverage.notes}
    if "norm_unknown" in codes or any(each.rule not in ENDING for each in _breaches(question)):
        return None
    ends = [day_before(_start(stretches), question.first)] if stretches else []
    if "function_unassigned" in codes:
        ends.append(functions_held(question).until)
    return _earliest(ends)


def _start(stretches: list[Stretch]) -> datetime:
    return min(each.when.start for each in stretches)


def _ended(question: Question, coverage: SiteCoverage, stretches: list[Stretch]) -> date | None:
    """The last day, where all was covered until an agreement, contract or registration ended."""
    if any(each.rule not in ENDING for each in _breaches(question)):
        return None
    ends: list[date | None] = []
    uncovered = [each for each in stretches if "outside_roster" not in _codes(each)]
    if uncovered:
        start = _start(uncovered)
        earliest = [each for each in uncovered if each.when.start == start]
        gone = all(_has_ended(question, each) for each in earliest)
        ends.append(day_before(start, question.first) if gone else None)
    if any(note.code == "function_unassigned" for note in coverage.notes):
        functions = functions_held(question)
        ends.append(functions.until if functions.status is Status.EXPIRED else None)
    return _earliest(ends)


def _earliest(ends: list[date | None]) -> date | None:
    """The first of the days; ``None`` where there is none, or one is not known."""
    days = [end for end in ends if end is not None]
    return min(days) if days and len(days) == len(ends) else None


def _breaches(question: Question) -> list[Finding]:
    names = {who for _, who in question.holders}
    return [each for each in question.breaches if each.physician in names]


def _codes(stretch: Stretch) -> set[str]:
    return {reason.code for reason in stretch.reasons}


def _has_ended(question: Question, stretch: Stretch) -> bool:
    """Whether something ended in the period, before the stretch, that gives one of its reasons."""
    if stretch.coverage is not Coverage.UNCOVERED:
        return False
    ends: set[date | None] = set()
    codes, region = _codes(stretch), question.region
    if codes & set(OF_AGREEMENT):
        ends |= {each.valid_until for each in region.agreements if each.site == question.name}
    for who in stretch.holders:
        if "eligible.contract" in codes:
            ends |= {each.valid_until for each in region.contracts_of(who)}
        if "eligible.registration" in codes and who in region.physician_by_id:
            ends.add(region.physician_by_id[who].registered_until)
    day = local_day(stretch.when.start)
    return any(end is not None and question.first <= end < day for end in ends)


def _with_special_offer(question: Question, found: Found) -> Found:
    """Bijzonder aanbod of a GP takes no SO's place (R13): said where somebody counts on it."""
    offers = question.documents(EvidenceKind.SPECIAL_OFFER)
    if found.status is Status.MET or not offers:
        return found
    reason = said(
        "special_offer",
        "bijzonder aanbod van de huisarts vervangt de SO niet",
        "a special offer of the GP does not replace the SO",
    )
    return Found(found.status, found.until, (*found.reasons, reason), found.used)

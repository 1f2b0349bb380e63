"""4: the facility has organised acute care out of hours (S2 #4)."""

from __future__ import annotations

from so247.audit.preconditions.consent import post_consent
from so247.audit.preconditions.documents import Found, all_of, best_of
from so247.audit.preconditions.doubt import if_inferred
from so247.audit.preconditions.gaps import day_before, phrase, told_gaps
from so247.audit.preconditions.practices import no_practice
from so247.audit.preconditions.question import Question, judgement
from so247.audit.preconditions.words import said
from so247.audit.responsibility import Column
from so247.models.calendar import out_of_hours, window
from so247.models.clock import Interval, subtract, union
from so247.models.evidence import EvidenceKind
from so247.models.lines import Care, Line, Position, Window
from so247.models.proof import Judgement, Status
from so247.models.report import Answer, Coverage, Reason, SiteCoverage, Stretch

KEY = "4"


def judge(question: Question) -> tuple[Judgement, ...]:
    found = no_practice(question)
    if found is None:
        found = best_of([_agreed(question), *_rostered(question)])
        found = if_inferred(question, found, Column.GENERAL_OUT_OF_HOURS)
    return (judgement(KEY, found),)


def _agreed(question: Question) -> Found:
    """By agreement; where a GP post is partner, with its consent as the rule set has it.

    A pool of SOs gives specific care. Where no partner is named it may be the GP post.
    """
    found = question.on_paper(EvidenceKind.OUT_OF_HOURS_AGREEMENT)
    posts = {post.id for post in question.region.gp_posts}
    partners = {each.partner for each in question.region.evidence if each.id in found.used}
    if partners and partners <= {pool.id for pool in question.region.pools}:
        reason = said(
            "only_specific_care",
            "een artsenpool van SO levert geen algemene geneeskundige zorg",
            "a pool of SOs provides no general care",
        )
        return Found(Status.NOT_MET, reasons=(reason,), used=found.used)
    if posts & partners:
        return all_of([found, post_consent(question)])
    with_consent = all_of([found, post_consent(question)])
    if None in partners and posts and found.status is Status.MET is not with_consent.status:
        reason = said(
            "no_partner",
            "niet gezegd wie de ANW-zorg levert; de huisartsenpost stemde niet in",
            "it is not said who provides care out of hours; the GP post did not consent",
        )
        return Found(Status.UNKNOWN, reasons=(reason,), used=found.used)
    return found


def _rostered(question: Question) -> list[Found]:
    """By own lines for general care (or both), if there are any: not one ANW minute uncovered."""
    lines = [
        line
        for line in question.lines
        if line.care is not Care.SPECIFIC
        and line.position is Position.FIRST_LINE
        and line.window is not Window.OFFICE_HOURS
    ]
    if not lines:
        return []
    posts = {post.id for post in question.region.gp_posts}
    found = _covered(question, question.coverage, lines)
    if posts & {line.organisation for line in lines}:
        return [all_of([found, post_consent(question)])]
    return [found]


def _covered(question: Question, coverage: SiteCoverage | None, lines: list[Line]) -> Found:
    if coverage is None or coverage.examined is None:
        return Found(Status.NOT_MET, reasons=(said("coverage.no_holder", *phrase("no_holder")),))
    hours = out_of_hours(question.region, coverage.examined)
    failing = _failing(question, coverage, lines, hours)
    if not failing:
        return _people(question, coverage)
    uncovered = any(each.coverage is Coverage.UNCOVERED for each in failing)
    return Found(
        status=Status.NOT_MET if uncovered else Status.UNKNOWN,
        until=day_before(min(each.when.start for each in failing), question.first),
        reasons=told_gaps(failing),
    )


def _failing(
    question: Question, coverage: SiteCoverage, lines: list[Line], hours: tuple[Interval, ...]
) -> list[Stretch]:
    """What fails of general care out of hours: no line, or a stretch that the check found.

    A line for both kinds of care is checked as one for specific care.
    """

    def windows(some: list[Line]) -> tuple[Interval, ...]:
        """The ANW minutes that these lines answer for."""
        parts = (window(question.region, line, each) for line in some for each in hours)
        return union(part for found in parts for part in found)

    served = windows(lines)
    both = windows([line for line in lines if line.care is Care.BOTH])
    found = [_no_line(part) for each in hours for part in subtract(each, served)]
    for stretch in coverage.stretches:
        if stretch.care is Care.GENERAL:
            found += _clipped(stretch, hours)
        elif stretch.position is Position.FIRST_LINE:
            found += _clipped(stretch, both)
    return found


def _clipped(stretch: Stretch, hours: tuple[Interval, ...]) -> list[Stretch]:
    parts = (stretch.when.intersect(each) for each in hours)
    return [stretch.model_copy(update={"when": part}) for part in parts if part is not None]


def _no_line(when: Interval) -> Stretch:
    reason = Reason(code="no_line", text="no line for general care serves the site")
    return Stretch(
        when=when,
        care=Care.GENERAL,
        position=Position.FIRST_LINE,
        coverage=Coverage.UNCOVERED,
        reachable=Answer.NO,
        deployable=Answer.NO,
        reasons=(reason,),
    )


def _people(question: Question, coverage: SiteCoverage) -> Found:
    """Every minute is held: by people who break no hard rule, as far as that is known."""
    who = question.general_holders
    if any(each.physician in who for each in question.breaches):
        text = said("coverage.holder_breach", *phrase("holder_breach"))
        return Found(Status.NOT_MET, reasons=(text,))
    if who and any(note.code == "norm_unknown" for note in coverage.notes):
        text = said("coverage.norm_unknown", *phrase("norm_unknown"))
        return Found(Status.UNKNOWN, reasons=(text,))
    return Found(Status.MET, question.last)

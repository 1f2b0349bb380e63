"""The verdict and its end, by the table of docs/PROOF.md: the first that applies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from so247.audit.examined import Examined
from so247.audit.preconditions import Question
from so247.audit.preconditions.documents import bounds_of, course
from so247.audit.preconditions.p5_so_day_and_night import asks
from so247.models.clock import Interval, local_day
from so247.models.proof import Answered, CoverageBasis, Judgement, Status, Verdict
from so247.models.sites import Agreement

FAILING = (Status.NOT_MET, Status.EXPIRED)


@dataclass(frozen=True)
class Grounds:
    """Everything that the verdict rests on."""

    question: Question
    examined: Examined
    preconditions: tuple[Judgement, ...]
    checks: tuple[Judgement, ...]
    roster_period: Interval | None

    @property
    def counting(self) -> tuple[Judgement, ...]:
        """The judgements that count for the verdict."""
        both = (*self.preconditions, *self.checks)
        return tuple(each for each in both if each.applies and each.blocks)

    @property
    def witness(self) -> bool:
        return self.examined.basis is CoverageBasis.WITNESS

    @property
    def lacking_elsewhere(self) -> tuple[str, ...]:
        """Other open sites that a witness cannot cover, because something is missing there."""
        return self.examined.lacking_elsewhere if self.witness else ()

    @property
    def no_witness(self) -> bool:
        """A witness that leaves another open site uncovered or unknown, or breaks a hard rule."""
        found = self.examined
        return self.witness and bool(found.elsewhere or found.unknown_elsewhere or found.breaches)

    @property
    def too_short(self) -> bool:
        """Whether the roster does not reach from the first moment to the last."""
        asked, period = self.question.period, self.roster_period
        return period is not None and not (period.start <= asked.start and asked.end <= period.end)


def decide(grounds: Grounds) -> Verdict:
    question = grounds.question
    statuses = {each.status for each in grounds.counting}
    without_norms = bool(question.voluntary_norms)
    if question.cover is Answered.INFEASIBLE and asks(question) is True and not without_norms:
        return Verdict.IMPOSSIBLE
    if without_norms or statuses & set(FAILING) or grounds.lacking_elsewhere:
        return Verdict.NOT_YET
    # A site that asks for no SO 24/7 gets no yes either from a region that cannot be covered.
    unanswered = question.cover in (Answered.UNKNOWN, Answered.INFEASIBLE)
    if Status.UNKNOWN in statuses or unanswered or grounds.no_witness or grounds.too_short:
        return Verdict.UNKNOWN
    if grounds.examined.basis is CoverageBasis.PUBLISHED:
        return Verdict.MEETS
    return Verdict.UNKNOWN if grounds.examined.basis is CoverageBasis.NONE else Verdict.COVERABLE


def ends_on(grounds: Grounds) -> date:
    """The first last-day among all that counts: roster, period, evidence, agreements, holders."""
    question = grounds.question
    ends = [question.last, *(each.until for each in grounds.counting if each.until is not None)]
    if grounds.roster_period is not None:
        ends.append(local_day(grounds.roster_period.end) - timedelta(days=1))  # the last whole day
    return min([*ends, *_agreements(question)])


def _agreements(question: Question) -> Iterator[date]:
    """When agreements of the site end: per partner, one that follows at once carries on."""
    rows: dict[tuple[str, str], list[Agreement]] = {}
    for each in question.region.agreements:
        if each.site == question.name:
            rows.setdefault((each.kind.value, each.partner), []).append(each)
    for agreements in rows.values():
        end = _end(question, agreements)
        if end is not None:
            yield end


def _end(question: Question, agreements: list[Agreement]) -> date | None:
    def judge(day: date) -> Status:
        held = any(each.holds_on(day) and each.signed_by(day) for each in agreements)
        return Status.MET if held else Status.NOT_MET

    signed = {each.signed_on for each in agreements if each.signed_on is not None}
    bounds = bounds_of(agreements) | signed
    begins = sorted({question.first, *(day for day in bounds if day > question.first)})
    for begin in begins:
        if begin <= question.last and judge(begin) is Status.MET:
            return course(begin, question.last, bounds, judge).until
    return None

"""What is asked of one site, and everything that a judge of a precondition may look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from so247.audit.preconditions.documents import Found, on_paper
from so247.audit.preconditions.words import EVIDENCE, Words, about
from so247.audit.responsibility import Resident, population
from so247.models.clock import Interval, local_day
from so247.models.evidence import Admission, Evidence, EvidenceKind, RuleSet
from so247.models.lines import Care, Line
from so247.models.proof import Answered, Judgement, Status
from so247.models.region import Region, Site
from so247.models.report import Finding, SiteCoverage, Stretch
from so247.models.sites import Facility, GpGroup, GpPractice


@dataclass(frozen=True)
class Question:
    """``period`` runs from opening (or today) to the end that was asked for.

    ``coverage`` is that of the same period (``None``: no roster), ``breaches`` are the hard ones in
    it, ``holders`` says who holds which line for the site (line, person). Without a roster,
    ``lacking`` is what stays uncovered whoever is rostered, and ``cover`` the solver's answer to
    whether any roster covers the required sites.
    """

    region: Region
    name: str
    period: Interval
    coverage: SiteCoverage | None = None
    breaches: tuple[Finding, ...] = ()
    holders: frozenset[tuple[str, str]] = frozenset()
    lacking: tuple[Stretch, ...] = ()
    cover: Answered | None = None
    voluntary_norms: tuple[str, ...] = ()

    @cached_property
    def site(self) -> Site:
        return self.region.site_by_id[self.name]

    @property
    def facility(self) -> Facility | None:
        return self.site if isinstance(self.site, Facility) else None

    @cached_property
    def first(self) -> date:
        """The opening; for a site that is open already, the first day that is asked about."""
        return local_day(self.period.start)

    @cached_property
    def last(self) -> date:
        return local_day(self.period.end - timedelta(minutes=1))

    @property
    def rule_set(self) -> RuleSet:
        return self.region.settings.rule_set

    @cached_property
    def population(self) -> tuple[Resident, ...]:
        return population(self.site)

    @cached_property
    def group(self) -> GpGroup | None:
        """The GP group that the site is, or that is linked to it."""
        linked = self.site.gp_group if isinstance(self.site, Facility) else self.name
        return next((each for each in self.region.gp_groups if each.id == linked), None)

    @cached_property
    def practices(self) -> tuple[GpPractice, ...]:
        """The practices that answer for general care here."""
        return self.region.practices_of(self.name)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines that serve the site."""
        return tuple(line for line in self.region.lines if self.name in line.sites)

    @cached_property
    def admissions(self) -> tuple[Admission, ...]:
        return tuple(each for each in self.region.admissions if each.site == self.name)

    @cached_property
    def general_holders(self) -> frozenset[str]:
        """The people (not organisations) who hold a line for general care here."""
        care = {line.id: line.care for line in self.lines}
        people = self.region.physician_by_id
        return frozenset(
            who
            for line, who in self.holders
            if who in people and care.get(line, Care.SPECIFIC) is not Care.SPECIFIC
        )

    def documents(self, kind: EvidenceKind, practice: str | None = None) -> tuple[Evidence, ...]:
        """Evidence of a kind: for one practice, that of the practice and that of all practices."""
        return tuple(
            each
            for each in self.region.evidence
            if each.site == self.name
            and each.kind is kind
            and (practice is None or each.practice in (None, practice))
        )

    def on_paper(self, kind: EvidenceKind, practice: str | None = None) -> Found:
        return self.judged(self.documents(kind, practice), EVIDENCE[kind])

    def judged(self, documents: Sequence[Evidence], what: Words) -> Found:
        """What such documents say together, over the whole period."""
        return on_paper(documents, self.first, self.last, what)

    def if_whole(
        self,
        kind: EvidenceKind,
        lacks: Callable[[Evidence], Words | None],
        practice: str | None = None,
    ) -> Found:
        """Like ``on_paper``, of documents that are whole. ``lacks``: what one leaves out, in words.

        One that leaves something out proves nothing, and is named with what it lacks.
        """
        documents = self.documents(kind, practice)
        partial = {each.id: lacks(each) for each in documents if each.agrees}
        reasons = tuple(
            about("evidence.incomplete", EVIDENCE[kind], *words)
            for words in partial.values()
            if words is not None
        )
        whole = [each for each in documents if partial.get(each.id) is None]
        if not reasons:
            return self.judged(documents, EVIDENCE[kind])
        if not any(each.agrees for each in whole):
            return Found(Status.NOT_MET, None, reasons, tuple(each.id for each in documents))
        found = self.judged(whole, EVIDENCE[kind])
        if found.status is Status.MET:
            return found
        return Found(found.status, found.until, (*found.reasons, *reasons), found.used)


def judgement(
    key: str,
    found: Found,
    practice: str | None = None,
    *,
    applies: bool = True,
    blocks: bool = True,
) -> Judgement:
    return Judgement(
        key=key,
        practice=practice,
        status=found.status,
        applies=applies,
        blocks=blocks,
        until=found.until,
        reasons=found.reasons,
        evidence=found.used,
    )

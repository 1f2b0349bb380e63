"""DOMAIN E, test 5, per site: every minute from opening to the period's end, and the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from so247.audit.holdings import Case
from so247.audit.instants import between, instant, midnight, minute, span
from so247.audit.judge import Court
from so247.audit.questions import Questions
from so247.audit.sites import Sites
from so247.audit.tally import Piece, Tally
from so247.audit.timeline import Timelines
from so247.models.clock import Interval, days, local_day
from so247.models.lines import Line
from so247.models.norms import Severity
from so247.models.people import SO, Physician
from so247.models.region import Site
from so247.models.report import Coverage, Finding, Outcome, Reason, SiteCoverage, Stretch
from so247.models.sites import AgreementKind, CareFunction, Facility

UNCOVERED, UNKNOWN = Coverage.UNCOVERED, Coverage.UNKNOWN


class SiteCheck:
    """Test 5 for every site of a case; what the people break comes in from all the other rules."""

    def __init__(
        self, case: Case, sites: Sites, timelines: Timelines, within: Interval | None = None
    ) -> None:
        """``within``: examine this part of the period only."""
        self.case = case
        self.sites = sites
        self.questions = Questions(timelines)
        self.within = within
        self.start, self.end = case.start, case.end
        if within is not None:
            self.start = max(self.start, minute(within.start))
            self.end = min(self.end, minute(within.end))
        self._lines: dict[str, list[Line]] = {}
        for line in case.region.lines:
            for site in line.sites:
                self._lines.setdefault(site, []).append(line)
        self._until: dict[str, dict[str, int]] = {}
        for each in (*case.past, *case.holdings):
            if each.line is not None and each.start < self.end:
                ends = self._until.setdefault(each.line.id, {})
                ends[each.physician] = max(each.end, ends.get(each.physician, 0))
        self.tallies = {site: self._tally(site) for site in case.region.site_by_id}

    def _examined(self, site: str) -> tuple[int, int] | None:
        opening = self.case.region.opening_of(site)
        start = max(self.start, midnight(opening)) if opening else self.start
        return (start, self.end) if start < self.end else None

    def _tally(self, site: str) -> Tally:
        """Every minute of the site, counted, and where it is not covered."""
        tally = Tally()
        examined = self._examined(site)
        if examined is None:
            return tally
        lines = tuple(line.id for line in self._lines.get(site, ()))
        eras = [examined[0], *between(self.sites.cuts, *examined), examined[1]]
        for begin, until in pairwise(eras):
            facts = self.sites.facts(site, self.sites.era(begin))
            court = Court(site, facts, self.case.region.settings.rules_off)
            pieces: list[Piece] = []
            for question in self.questions.about(lines, begin, until):
                verdict = court.judge(question.place, question.state)
                tally.count(question.minutes, verdict)
                if verdict.coverage is not Coverage.COVERED:
                    pieces += [(start, end, verdict) for start, end in question.when]
            tally.mark(pieces)
        return tally

    def unbacked(self) -> Iterator[tuple[str, Stretch]]:
        """Stretches, with their site, in which a first line that is no SO has no SO behind it."""
        for site, tally in self.tallies.items():
            for stretch in tally.finished():
                if any(reason.code == "cover.backup_so" for reason in stretch.reasons):
                    yield site, stretch

    def coverage(self, findings: Iterable[Finding]) -> tuple[SiteCoverage, ...]:
        """The verdict per site, given all findings about the people."""
        hard = [each for each in findings if each.severity is Severity.HARD and each.physician]
        breaches: dict[str, list[Finding]] = {}
        for finding in hard:
            breaches.setdefault(finding.physician or "", []).append(finding)
        sites = self.case.region.site_by_id.values()
        return tuple(self._coverage(site, breaches) for site in sites)

    def _coverage(self, site: Site, hard: dict[str, list[Finding]]) -> SiteCoverage:
        examined = self._examined(site.id)
        if examined is None:
            opens = self.case.region.opening_of(site.id)
            text = f"{site.id} opens on {opens}, after the period: nothing is examined"
            if opens is None or midnight(opens) < self.end:
                text = f"nothing of the roster's period is examined for {site.id}"
            note = Reason(code="opens_later", text=text)
            return _nothing(site, note)
        tally = self.tallies[site.id]
        when = span(*examined)
        rows = [*self._people(site.id, examined[0], hard), *self._functions(site, when)]
        rows += self._defaults(site.id, examined)
        answers = {answer for answer, _ in rows}
        if tally.uncovered or UNCOVERED in answers:
            verdict = UNCOVERED
        elif tally.unknown or UNKNOWN in answers:
            verdict = UNKNOWN
        else:
            verdict = Coverage.COVERED
        return SiteCoverage(
            site=site.id,
            name=site.name,
            examined=when,
            verdict=verdict,
            required_minutes=tally.required,
            uncovered_minutes=tally.uncovered,
            unknown_minutes=tally.unknown,
            uncovered_general_minutes=tally.general,
            stretches=tally.finished(),
            notes=tuple(reason for _, reason in rows),
        )

    def _people(
        self, site: str, start: int, hard: dict[str, list[Finding]]
    ) -> Iterator[tuple[Coverage, Reason]]:
        """Hard rules that holders of the site's duties break, or hard norms that are unknown."""
        ends = [self._until.get(line.id, {}) for line in self._lines.get(site, ())]
        names = {name for each in ends for name, until in each.items() if until > start}
        seen: set[tuple[str, str]] = set()
        for name in sorted(names):
            for finding in hard.get(name, ()):
                breach = finding.outcome is Outcome.BREACH
                if not breach and not finding.rule.startswith("norm."):
                    continue
                if breach and self._elsewhen(finding):
                    continue
                rule = finding.norm or finding.rule
                if (name, rule) in seen:
                    continue
                seen.add((name, rule))
                if breach:
                    text = f"{name} breaks {rule}: {finding.text}"
                    yield UNCOVERED, Reason(code="holder_breach", text=text)
                else:
                    text = f"it is not known whether {name} keeps {rule}: {finding.text}"
                    yield UNKNOWN, Reason(code="norm_unknown", text=text)

    def _elsewhen(self, finding: Finding) -> bool:
        """Whether it lies wholly before or after the part of the period that is examined.

        A window or rest that ends where the examined part begins is the doing of what begins there.
        """
        when = finding.when
        if self.within is None or when is None:
            return False
        return when.end < self.within.start or when.start >= self.within.end

    def _functions(self, site: Site, when: Interval) -> Iterator[tuple[Coverage, Reason]]:
        """Functions promised in agreements, on the days that nobody holds them.

        A GP group has no place to name the holder, so what is promised to it stays unknown.
        """
        first, last = local_day(when.start), local_day(when.end - timedelta(minutes=1))
        for agreement in self.case.region.agreements:
            if agreement.site != site.id or agreement.kind is not AgreementKind.SO_AVAILABILITY:
                continue
            begin = max(first, agreement.valid_from or first)
            end = min(last, agreement.valid_until or last)
            for function in agreement.functions:
                what = f"{function.value}, promised to {site.id} in {agreement.id},"
                if not isinstance(site, Facility):
                    text = f"{what} has no named holder: a GP group cannot name one"
                    yield UNKNOWN, Reason(code="function_unassigned", text=text)
                    continue
                missing = _unregistered(self._holders(site, function), begin, end)
                if missing:
                    text = f"{what} has no SO on {len(missing)} days, first on {missing[0]}"
                    yield UNCOVERED, Reason(code="function_unassigned", text=text)

    def _holders(self, site: Facility, function: CareFunction) -> list[Physician]:
        """The SOs who hold the function at the facility."""
        people = self.case.region.physician_by_id
        named = [each.physician for each in site.function_holders if each.function is function]
        return [people[name] for name in named if people[name].role is SO]

    def _defaults(self, site: str, examined: tuple[int, int]) -> Iterator[tuple[Coverage, Reason]]:
        """The first day on which required minutes come from the region's defaults."""
        for at in (examined[0], *between(self.sites.cuts, *examined)):
            facts = self.sites.facts(site, self.sites.era(at))
            if not (facts.phone.proven and facts.on_site.proven):
                day = local_day(instant(at))
                text = f"from {day} required minutes of {site} are defaults, which prove nothing"
                yield UNKNOWN, Reason(code="default_minutes", text=text)
                return


def _unregistered(people: Sequence[Physician], first: date, last: date) -> list[date]:
    """Days from first to last on which none of the people is registered."""
    if any(each.registered_on(first) and each.registered_on(last) for each in people):
        return []  # a registration has no gaps
    return [day for day in days(first, last) if not any(e.registered_on(day) for e in people)]


def _nothing(site: Site, note: Reason) -> SiteCoverage:
    return SiteCoverage(
        site=site.id,
        name=site.name,
        examined=None,
        verdict=UNKNOWN,
        required_minutes=0,
        uncovered_minutes=0,
        unknown_minutes=0,
        notes=(note,),
    )

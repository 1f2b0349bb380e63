"""What one site gets from one state of its lines: covered or not, and why (``RULES``, "Coverage").

A rule that the region has switched off leaves unknown what it would have uncovered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from so247.audit.conflicts import is_own_backup
from so247.audit.eligibility import Fault
from so247.audit.sites import Required, SiteFacts
from so247.audit.timeline import Held, Holder, State
from so247.models.lines import Care, Line, Position
from so247.models.report import Answer, Coverage, Outcome, Reason

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
SLOTS = (
    (Care.SPECIFIC, Position.FIRST_LINE),
    (Care.SPECIFIC, Position.BACKUP),
    (Care.GENERAL, Position.FIRST_LINE),
    (Care.GENERAL, Position.BACKUP),
)
"""Kind of care and position of each place in a ``State``."""


@dataclass(frozen=True)
class Doubt:
    """A reason with what it does to the two answers (``YES``: nothing)."""

    code: str
    text: str
    reachable: Answer
    deployable: Answer


@dataclass(frozen=True)
class Verdict:
    """The answer for one kind of care and position."""

    care: Care
    position: Position
    coverage: Coverage
    reachable: Answer
    deployable: Answer
    holders: tuple[str, ...]
    reasons: tuple[Reason, ...]


_COVERAGE = {YES: Coverage.COVERED, NO: Coverage.UNCOVERED, UNKNOWN: Coverage.UNKNOWN}


def _worst(answers: list[Answer]) -> Answer:
    return NO if NO in answers else UNKNOWN if UNKNOWN in answers else YES


class Court:
    """Judges one site in one era: each place of a state of its lines by itself."""

    def __init__(self, site: str, facts: SiteFacts, off: tuple[str, ...]) -> None:
        """``off`` are the rules that the region has switched off."""
        self.site = site
        self.facts = facts
        self.off = off

    def judge(self, place: int, state: State) -> Verdict:
        """The verdict on what is held in that place of the state."""
        care, position = SLOTS[place]
        held = state[place]
        doubts = list(dict.fromkeys(self._doubts(held, state)))
        reachable = _worst([each.reachable for each in doubts])
        deployable = _worst([each.deployable for each in doubts])
        return Verdict(
            care=care,
            position=position,
            coverage=_COVERAGE[_worst([reachable, deployable])],
            reachable=reachable,
            deployable=deployable,
            holders=tuple(holder.id for holder in held.holders) if held else (),
            reasons=tuple(Reason(code=each.code, text=each.text) for each in doubts),
        )

    def _doubts(self, held: Held | None, state: State) -> Iterator[Doubt]:
        if held is None:
            yield Doubt("no_line", f"no line serves {self.site}", NO, NO)
            return
        yield from self._line(held.line)
        yield from self._site()
        if not held.holders:
            yield Doubt("no_holder", f"nobody holds line {held.line.id}", NO, NO)
        for holder in held.holders:
            yield from self._holder(holder)
        if held.line.position is Position.FIRST_LINE:
            yield from self._backed(held, state)
        else:
            yield from self._different(held, state)

    def _line(self, line: Line) -> Iterator[Doubt]:
        """What the line promises, against what the site requires."""
        name, site, facts = line.id, self.site, self.facts
        if not line.phone:
            yield Doubt("no_phone", f"line {name} has no phone number", NO, YES)
        if not line.escalation:
            yield Doubt("no_escalation", f"line {name} has no escalation order", UNKNOWN, YES)
        if line.phone_minutes is None:
            yield Doubt("no_phone_minutes", f"line {name} promises no phone time", UNKNOWN, YES)
        elif line.phone_minutes > facts.phone.minutes:
            text = _promise(name, "phone", line.phone_minutes, site, facts.phone)
            yield Doubt("phone_minutes", text, NO, YES)
        if line.on_site_minutes is not None and line.on_site_minutes > facts.on_site.minutes:
            text = _promise(name, "on-site", line.on_site_minutes, site, facts.on_site)
            yield Doubt("on_site_minutes", text, YES, NO)

    def _site(self) -> Iterator[Doubt]:
        """What the site has agreed: pools, agreements, minutes."""
        site, facts = self.site, self.facts
        if not facts.pools:
            yield Doubt("no_pool", f"{site} has no pool", NO, NO)
        elif not facts.agreed:
            yield Doubt("no_agreement", f"no pool of {site} has an agreement with it", NO, NO)
        for required, kind, reachable, deployable in (
            (facts.phone, "phone", UNKNOWN, YES),
            (facts.on_site, "on_site", YES, UNKNOWN),
        ):
            if not required.proven:
                text = f"{site} requires {required.minutes} minutes ({kind}) by default only"
                yield Doubt(f"default_{kind}_minutes", text, reachable, deployable)

    def _holder(self, holder: Holder) -> Iterator[Doubt]:
        site, facts = self.site, self.facts
        for fault in self._faults(holder):
            answer = UNKNOWN if fault.outcome is Outcome.UNKNOWN or fault.rule in self.off else NO
            travel = fault.rule == "eligible.travel"
            yield Doubt(fault.rule, fault.text, YES if travel else answer, answer)
        if holder.person:
            agreed, signed = facts.agreed & holder.pools, facts.signed & holder.pools
            if agreed and not signed:
                text = f"the agreement of {site} with {min(agreed)} is not signed"
                yield Doubt("agreement_unsigned", text, UNKNOWN, UNKNOWN)
        elif holder.faults:
            return  # unknown, or no holder of this line: an agreement would not help
        elif holder.id not in facts.covering:
            text = f"{site} has no agreement with organisation {holder.id}"
            yield Doubt("no_organisation_agreement", text, NO, NO)
        elif holder.id not in facts.signed_covering:
            text = f"the agreement of {site} with {holder.id} is not signed"
            yield Doubt("agreement_unsigned", text, UNKNOWN, UNKNOWN)

    def _faults(self, holder: Holder) -> Iterator[Fault]:
        return (fault for fault in holder.faults if fault.site in (None, self.site))

    def _different(self, backup: Held, state: State) -> Iterator[Doubt]:
        """``cover.backup_differs``: whoever holds the first line is no backup of it."""
        rule = "cover.backup_differs"
        answer = UNKNOWN if rule in self.off else NO
        names = {holder.id for holder in backup.holders}
        for first in state:
            if first is None or not is_own_backup(first.line, backup.line):
                continue
            for name in sorted(names & {holder.id for holder in first.holders}):
                text = f"{name} holds first line {first.line.id} as well as backup {backup.line.id}"
                yield Doubt(rule, text, answer, answer)

    def _backed(self, first: Held, state: State) -> Iterator[Doubt]:
        """``cover.backup_so``: whoever is no SO has an SO behind him that can be called."""
        rule = "cover.backup_so"
        answer = UNKNOWN if rule in self.off else NO
        others = [holder.id for holder in first.holders if not holder.so]
        if others:
            backups = [held for held in state if held and backs_up(first.line, held.line)]
            why = [self._unfit(first.line, held) for held in backups] or ["no backup line serves"]
            if all(why):
                text = f"{', '.join(others)} is no SO, and {why[0]}"
                yield Doubt(rule, text, answer, answer)

    def _unfit(self, first: Line, backup: Held) -> str:
        """Why the backup is no callable SO; empty when it is."""
        line = backup.line
        if not line.phone:
            return f"backup {line.id} has no phone number"
        if line.id not in first.escalation:
            return f"backup {line.id} is not in the escalation order of {first.id}"
        if not backup.holders:
            return f"nobody holds backup {line.id}"
        for holder in backup.holders:
            if not holder.so:
                return f"{holder.id} on backup {line.id} is no SO"
            for fault in self._faults(holder):
                if fault.outcome is Outcome.BREACH and fault.rule not in self.off:
                    return f"on backup {line.id} {fault.text}"
        return ""


def backs_up(first: Line, backup: Line) -> bool:
    """Whether the backup is for the kind of care that the first line answers for.

    For a first line for both kinds that is specific care, which the 24/7 test is about.
    """
    kind = Care.GENERAL if first.care is Care.GENERAL else Care.SPECIFIC
    return backup.position is Position.BACKUP and backup.care in (kind, Care.BOTH)


def _promise(line: str, kind: str, promised: int, site: str, required: Required) -> str:
    return f"line {line} promises {promised} minutes ({kind}), {site} requires {required.minutes}"

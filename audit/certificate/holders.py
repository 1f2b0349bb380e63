"""Who may hold which duty: the rules that forbid it on a contract, whatever else is rostered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from so247.audit.certificate.ground import Ground
from so247.audit.contracts import days_present
from so247.audit.eligibility import Eligibility, Fault
from so247.audit.holdings import Case, Holding
from so247.audit.instants import span
from so247.audit.sites import Sites
from so247.audit.tiers.backed import backed
from so247.models.clock import subtract
from so247.models.duty import Duty
from so247.models.lines import Form, Position
from so247.models.people import SO
from so247.models.report import Outcome
from so247.models.roster import Assignment, Roster
from so247.models.settings import UnknownTravel

TRAVEL = "eligible.travel"


class Holders:
    """What forbids each person each duty, judged on assignments made up for the purpose."""

    def __init__(self, ground: Ground, duties: Sequence[Duty]) -> None:
        self.ground = ground
        self._forbidden: dict[tuple[str, str], list[frozenset[str]]] = {}
        # A presence duty says where somebody is, and so may not stand beside the others.
        for form in Form:
            self._judge([each for each in duties if ground.line(each).form is form])

    def forbidden(self, person: str, duty: Duty) -> list[frozenset[str]]:
        """Per contract of the person (or for none) the rules that forbid the duty on it."""
        return self._forbidden[person, duty.id]

    def may_hold(self, person: str, duty: Duty) -> bool:
        return not all(self.forbidden(person, duty))

    def contracts(self, person: str, duty: Duty) -> list[str]:
        """Contracts on which the person may book the duty."""
        names = [each.id for each in self.ground.region.contracts_of(person)]
        rules = self.forbidden(person, duty)
        return [name for name, found in zip(names, rules, strict=False) if not found]

    def _judge(self, duties: Sequence[Duty]) -> None:
        ground = self.ground
        roster = Roster(
            region_id=ground.region.id,
            period=ground.period,
            assignments=tuple(
                Assignment(target=duty.id, physician=person.id, contract=contract, when=duty.when)
                for duty in duties
                for person in ground.region.physicians
                for contract in self._names(person.id)
            ),
        )
        case = Case(ground.region, roster, ground.case.history)
        judge = Eligibility(case, Sites(ground.region))
        by_id = {duty.id: duty for duty in duties}
        rows: dict[tuple[str, str], dict[str | None, frozenset[str]]] = {}
        for holding in case.holdings:
            duty = by_id[holding.target]
            rules = frozenset(self._rules(judge, holding, duty))
            rows.setdefault((holding.physician, duty.id), {})[holding.contract] = rules
        for (person, duty_id), found in rows.items():
            self._forbidden[person, duty_id] = [found[name] for name in self._names(person)]

    def _names(self, person: str) -> list[str | None]:
        return [each.id for each in self.ground.region.contracts_of(person)] or [None]

    def _rules(self, judge: Eligibility, holding: Holding, duty: Duty) -> Iterator[str]:
        ground = self.ground
        for segment in judge.segments(holding):
            for fault in segment.faults:
                if self._counts(fault) and self._stands(fault, duty, segment.start, segment.end):
                    yield fault.rule
        yield from (each.rule for each in judge.start_faults(holding) if self._counts(each))
        if self._none_left(holding) and "contract.maximum" not in ground.off:
            yield "contract.maximum"
        if self._alone(holding, duty):
            yield "cover.backup_so"

    def _counts(self, fault: Fault) -> bool:
        """Whether it forbids: what is not known does so only where the region says it does."""
        ground = self.ground
        if fault.rule in ground.off or (fault.site is not None and fault.site not in ground.sites):
            return False
        if fault.outcome is Outcome.BREACH:
            return True
        return ground.region.settings.unknown_travel is UnknownTravel.FORBID

    def _stands(self, fault: Fault, duty: Duty, start: int, end: int) -> bool:
        """Travel begins elsewhere for who holds a session, or is present, at the same time."""
        line = self.ground.line(duty)
        if fault.rule != TRAVEL or line.form is Form.PRESENCE:
            return True
        if len(self.ground.kinds(duty)) > 1:
            return False
        elsewhere = (when for when, on_call in self.ground.sessions if on_call)
        return bool(subtract(span(start, end), elsewhere))

    def _none_left(self, holding: Holding) -> bool:
        """Whether the contract has no duty at all in this period."""
        contract = self.ground.region.contract_by_id.get(holding.contract or "")
        if contract is None or contract.max_duties is None:
            return False
        inside = holding.start >= self.ground.case.start
        return inside and contract.max_duties * days_present(self.ground.case, contract) == 0

    def _alone(self, holding: Holding, duty: Duty) -> bool:
        """A first line held by somebody who is no SO, where no backup line can be called."""
        ground, line = self.ground, self.ground.line(duty)
        if "cover.backup_so" in ground.off or line.position is not Position.FIRST_LINE:
            return False
        if ground.region.physician_by_id[holding.physician].role is SO:
            return False
        when = duty.when.intersect(ground.period)
        served = line.model_copy(
            update={"sites": tuple(each for each in line.sites if each in ground.sites)}
        )
        return when is not None and not backed(ground.region, served, when)

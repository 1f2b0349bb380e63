"""Norms over the work of all regions: what only breaks them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from so247.audit.holdings import Case
from so247.audit.national.person import Person
from so247.audit.norms import KINDS
from so247.audit.norms.subject import Stint, Subject, timeline
from so247.models.national import Held, NationalFinding
from so247.models.norms import RulePack
from so247.models.report import Outcome

Named = Mapping[str, tuple[Held, ...]]
"""Name of a stint to what it stands for."""


def norms(person: Person) -> Iterator[NationalFinding]:
    """Every norm that binds him in one of the regions, tested on the work of all of them."""
    named: dict[str, tuple[Held, ...]] = {}
    work = sorted(_stints(person, named), key=lambda each: (each.start, each.end))
    seen: set[tuple[str, tuple[Held, ...]]] = set()
    for place in person.places:
        for case, physician in place.rostered():
            for each in _broken(person, case, physician, work, named):
                mark = (each.text, each.held)
                if len(each.regions) > 1 and mark not in seen:
                    seen.add(mark)
                    yield each


def _stints(person: Person, named: dict[str, tuple[Held, ...]]) -> Iterator[Stint]:
    """The work as norms see it, each stint under a name of its own that ``named`` learns."""
    once = {(each.case, each.block.start, each.block.end): each for each in person.work}
    for place in person.places:
        for case, physician in place.rostered():
            for stint in timeline(case, physician):
                work = once.get((case, stint.start, stint.end))
                if work is not None:
                    name = f"{place.region.id}/{len(named)}"
                    named[name] = work.held
                    yield replace(stint, targets=(name,))


def _broken(
    person: Person, case: Case, physician: str, work: Sequence[Stint], named: Named
) -> Iterator[NationalFinding]:
    days = dict.fromkeys(stint.day for stint in work if stint.now)
    packs: dict[str, RulePack] = {}
    for day in days:
        pack = case.pack_on(physician, day)
        packs[pack.id] = pack
    for pack in packs.values():
        for norm in pack.norms:
            if f"norm.{norm.kind.value}" in case.region.settings.rules_off:
                continue
            for breach in KINDS[norm.kind](Subject(case, physician, pack, norm, work)):
                finding = breach.finding
                if finding.outcome is Outcome.BREACH:
                    yield NationalFinding(
                        rule=finding.rule,
                        severity=finding.severity,
                        person_key=person.key,
                        held=tuple(row for name in finding.targets for row in named[name]),
                        figure=finding.figure,
                        limit=finding.limit,
                        text=f"{person.key}: {finding.text.removeprefix(f'{physician}: ')}",
                    )

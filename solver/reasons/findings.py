"""A finding of the check as an obstacle: the same figure, in a coordinator's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from so247.models.explanation import Obstacle
from so247.models.norms import Norm
from so247.models.people import Contract
from so247.models.report import Finding
from so247.solver.context import Context
from so247.solver.reasons.details import place_name
from so247.solver.reasons.words import Words, figure, moment, rule_words, said, stretch

UNITS = {
    "duties": ("diensten", "duties"),
    "items": ("keer werk", "items of work"),
    "weekends": ("weekenden", "weekends"),
    "nights": ("nachten", "nights"),
    "residents": ("bewoners", "residents"),
    "sites": ("locaties", "sites"),
    "h": ("uur", "hours"),
}


@dataclass(frozen=True)
class Told:
    """A finding about one more duty, and what its words need to know."""

    context: Context
    finding: Finding
    norm: Norm | None
    contract: Contract
    others: tuple[str, ...]

    @property
    def found(self) -> Words:
        return figure(self.finding.figure or 0)

    @property
    def limit(self) -> Words:
        return figure(self.finding.limit or 0)

    @property
    def when(self) -> Words:
        return stretch(self.finding.when) if self.finding.when else ("", "")

    @property
    def unit(self) -> Words:
        return UNITS.get(self.finding.unit, (self.finding.unit, self.finding.unit))

    @property
    def beside(self) -> Words:
        """The other duties by name, in brackets; empty where there is none."""
        names = [target_name(self.context, each) for each in self.others]
        nl, en = ("; ".join(each[at] for each in names) for at in (0, 1))
        return (f" ({nl})", f" ({en})") if names else ("", "")


def obstacle(
    context: Context, finding: Finding, target: str, person: int, contract: Contract
) -> Obstacle:
    """``target`` is the duty asked about, which the clash names no more."""
    others = tuple(each for each in finding.targets if each != target)
    packs = context.facts.packs_of(context.people[person].id)
    norms = (norm for pack in packs for norm in pack.norms if norm.id == finding.norm)
    told = Told(context, finding, next(norms, None), contract, others)
    sentence = SENTENCES.get(finding.rule)
    nl, en = sentence(told) if sentence else (rule_words(finding.rule).nl, finding.text)
    return Obstacle(
        rule=finding.rule,
        text=said(finding.rule, nl, en),
        norm=finding.norm,
        basis=finding.basis,
        source=finding.source,
        contract=contract.id if finding.rule.startswith("contract.") else None,
        figure=finding.figure,
        limit=finding.limit,
        unit=finding.unit,
        when=finding.when,
        targets=others,
    )


def target_name(context: Context, target: str) -> Words:
    """``Voorwacht ma 02-11-2026 17:00``; a session by its site; anything else by its id."""
    name, _, start = target.partition("@")
    line = context.region.line_by_id.get(name)
    if line is None:
        site, dot, _ = target.partition(".")
        place = place_name(context, site)
        return (f"dagdeel {place}", f"session {place}") if dot else (target, target)
    try:
        at = moment(datetime.strptime(start, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC))
    except ValueError:
        return target, target
    return f"{line.name} {at[0]}", f"{line.name} {at[1]}"


def _rest(told: Told) -> Words:
    (nl, en), (when_nl, when_en) = told.found, told.when
    beside = told.beside
    return (
        f"{nl} uur rust {when_nl}, minstens {told.limit[0]}{beside[0]}",
        f"{en} hours of rest {when_en}, at least {told.limit[1]}{beside[1]}",
    )


def _continuous(told: Told) -> Words:
    (nl, en), (when_nl, when_en) = told.found, told.when
    beside = told.beside
    return (
        f"{nl} uur achtereen {when_nl}, hoogstens {told.limit[0]}{beside[0]}",
        f"{en} hours on end {when_en}, at most {told.limit[1]}{beside[1]}",
    )


def _rolling(told: Told) -> Words:
    days = told.norm.window_days if told.norm else None
    return _counted(told, f" in {days} × 24 uur", f" in {days} × 24 hours")


def _counted(told: Told, window_nl: str = "", window_en: str = "") -> Words:
    """So many of something in a stretch of time."""
    (nl, en), (when_nl, when_en) = told.found, told.when
    return (
        f"{nl} {told.unit[0]}{window_nl} {when_nl}, hoogstens {told.limit[0]}",
        f"{en} {told.unit[1]}{window_en} {when_en}, at most {told.limit[1]}",
    )


def _consecutive(told: Told) -> Words:
    nights = told.norm is not None and told.norm.night_only
    what = ("nachten", "nights") if nights else ("dagen", "days")
    (nl, en), (when_nl, when_en) = told.found, told.when
    return (
        f"{nl} {what[0]} op rij {when_nl}, hoogstens {told.limit[0]}",
        f"{en} {what[1]} in a row {when_en}, at most {told.limit[1]}",
    )


def _hours(told: Told) -> Words:
    (nl, en), (when_nl, when_en) = told.found, told.when
    return (
        f"gemiddeld {nl} uur per week {when_nl}, hoogstens {told.limit[0]}",
        f"on average {en} hours a week {when_en}, at most {told.limit[1]}",
    )


def _free(told: Told) -> Words:
    length = figure((told.norm.stretch_hours if told.norm else None) or 0)
    (nl, en), (when_nl, when_en) = told.found, told.when
    return (
        f"{nl} vrije perioden van {length[0]} uur {when_nl}, minstens {told.limit[0]}",
        f"{en} free periods of {length[1]} hours {when_en}, at least {told.limit[1]}",
    )


def _maximum(told: Told) -> Words:
    (nl, en), name = told.found, told.contract.id
    return (
        f"{nl} {told.unit[0]} op contract {name} in deze periode, hoogstens {told.limit[0]}",
        f"{en} {told.unit[1]} on contract {name} in this period, at most {told.limit[1]}",
    )


def _extramural(told: Told) -> Words:
    employer = told.context.region.employer_by_id[told.contract.employer].name
    (nl, en), (when_nl, when_en) = told.found, told.when
    return (
        f"{nl} uur dagdelen bij {employer} {when_nl}, hoogstens {told.limit[0]}",
        f"{en} hours of sessions with {employer} {when_en}, at most {told.limit[1]}",
    )


def _same_time(told: Told) -> Words:
    return f"heeft dan iets anders{told.beside[0]}", f"has something else then{told.beside[1]}"


def _capacity(told: Told) -> Words:
    nl, en = _counted(told)
    return f"tegelijk {nl}", f"at the same time {en}"


def _own_backup(told: Told) -> Words:
    return (
        f"voorwacht en achterwacht zijn dan dezelfde{told.beside[0]}",
        f"first line and backup would be the same person{told.beside[1]}",
    )


SENTENCES: dict[str, Callable[[Told], Words]] = {
    "cover.backup_differs": _own_backup,
    "time.one_at_a_time": _same_time,
    "time.capacity": _capacity,
    "norm.rest": _rest,
    "norm.continuous": _continuous,
    "norm.rolling_count": _rolling,
    "norm.consecutive": _consecutive,
    "norm.weekends": _counted,
    "norm.hours": _hours,
    "norm.free_periods": _free,
    "contract.maximum": _maximum,
    "contract.extramural_cap": _extramural,
}

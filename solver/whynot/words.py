"""Requirements, conflicts and proposals in a coordinator's words, Dutch and English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from so247.models.clock import Interval
from so247.models.norms import Norm, NormKind
from so247.models.proof import Requirement, RequirementKind, Said
from so247.solver.context import Context, DutyTask
from so247.solver.instants import interval
from so247.solver.reasons.details import DETAILS, Asked
from so247.solver.reasons.words import moment, rule_words
from so247.solver.whynot.question import Key

FIGURES = {
    "duties": ("diensten", "duties"),
    "weekends": ("weekenden", "weekends"),
    "nights": ("nachten", "nights"),
}
"""What a contract limits, by the name of its field."""

NORMS: dict[NormKind, tuple[str, str]] = {
    NormKind.REST: ("minstens {limit} uur rust", "at least {limit} hours of rest"),
    NormKind.CONTINUOUS: (
        "hoogstens {limit} uur aaneengesloten dienst",
        "at most {limit} hours on end",
    ),
    NormKind.ROLLING_COUNT: (
        "hoogstens {limit} diensten per {days} × 24 uur",
        "at most {limit} duties per {days} × 24 hours",
    ),
    NormKind.CONSECUTIVE: ("hoogstens {limit} dagen achtereen", "at most {limit} days in a row"),
    NormKind.WEEKENDS: (
        "hoogstens {limit} weekenden per {weeks} weken",
        "at most {limit} weekends per {weeks} weeks",
    ),
    NormKind.HOURS: (
        "hoogstens {limit} uur per week, gemiddeld over {weeks} weken",
        "at most {limit} hours a week on average over {weeks} weeks",
    ),
    NormKind.FREE_PERIODS: (
        "{limit} vrije perioden van {stretch} uur per {weeks} weken",
        "{limit} free stretches of {stretch} hours per {weeks} weeks",
    ),
}

RULES: dict[RequirementKind, tuple[str, str]] = {
    RequirementKind.ONE_AT_A_TIME: ("niet op twee plaatsen tegelijk", "not in two places at once"),
    RequirementKind.BACKUP: (
        "voorwacht en achterwacht zijn twee personen, de achterwacht een SO",
        "first line and backup are two people, the backup an SO",
    ),
}
"""What is said in the same words of everybody."""


def at_minute(minute: int) -> tuple[str, str]:
    """``vr 24-12-2026 17:00`` and ``Fri 24-12-2026 17:00``."""
    return moment(interval(minute, minute + 1).start)


def iso_week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def joined(names: Iterable[str], word: str) -> str:
    """``a, b and c``."""
    parts = list(names)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def norm_words(norm: Norm) -> tuple[str, str]:
    figures = {
        "limit": f"{norm.limit:g}",
        "days": norm.window_days,
        "weeks": norm.window_weeks or 1,
        "stretch": f"{norm.stretch_hours or 0:g}",
    }
    dutch, english = NORMS[norm.kind]
    return dutch.format(**figures), english.format(**figures)


class Words:
    """Says things about one region and period."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.tasks = {task.index: task for task in context.duties}

    def person(self, index: int) -> str:
        return self.context.people[index].name

    def duty(self, task: int) -> Requirement:
        found = self.tasks[task]
        start, end = at_minute(found.item.start), at_minute(found.item.end)
        text = Said(
            code="duty",
            nl=f"dienst {found.line.name}, {start[0]} tot {end[0]}, heeft een dienstdoende arts",
            en=f"duty {found.line.name}, {start[1]} to {end[1]}, has a holder",
        )
        return Requirement(
            key=f"duty:{found.duty.id}",
            kind=RequirementKind.DUTY,
            rule="cover.one_holder",
            name=found.line.id,
            when=found.duty.when,
            text=text,
        )

    def requirement(self, key: Key, duties: Sequence[int]) -> Requirement:
        """A rule for a person, as far as it matters for these duties."""
        dutch, english = self._said(key, duties)
        if key.person >= 0:
            name = self.person(key.person)
            dutch, english = f"{name}: {dutch}", f"{name}: {english}"
        physician = self.context.people[key.person].id if key.person >= 0 else None
        return Requirement(
            key=":".join(part for part in (key.rule, physician or "", key.about) if part),
            kind=key.kind,
            rule=key.rule,
            physician=physician,
            name=key.about,
            when=self._span(duties),
            text=Said(code=key.kind.value, nl=dutch, en=english),
        )

    def grouped(self, keys: Sequence[Key], duties: Sequence[int]) -> list[tuple[str, str]]:
        """What is said of several people at once: ``away: a, b and c``."""
        people: dict[tuple[str, str], list[str]] = {}
        for key in keys:
            names = people.setdefault(self._said(key, duties), [])
            names += [self.person(key.person)] if key.person >= 0 else []
        return [
            (
                f"{dutch}: {joined(names, 'en')}" if names else dutch,
                f"{english}: {joined(names, 'and')}" if names else english,
            )
            for (dutch, english), names in people.items()
        ]

    def norm(self, person: int, norm_id: str) -> Norm:
        packs = self.context.facts.packs_of(self.context.people[person].id)
        return next(norm for pack in packs for norm in pack.norms if norm.id == norm_id)

    def _said(self, key: Key, duties: Sequence[int]) -> tuple[str, str]:
        """The requirement, with its figures where it has any."""
        if key.kind is RequirementKind.NORM:
            dutch, english = norm_words(self.norm(key.person, key.about))
            return f"norm {key.about}: {dutch}", f"norm {key.about}: {english}"
        if key.kind is RequirementKind.CONTRACT:
            return self._contract(key.about)
        if key.kind is RequirementKind.PIN:
            return f"vastgezet op {key.about}", f"pinned to {key.about}"
        if key.kind is RequirementKind.CAPACITY:
            return self._capacity(key.person)
        return RULES.get(key.kind) or self._barred(key, duties)

    def _contract(self, name: str) -> tuple[str, str]:
        contract = self.context.region.contract_by_id[name]
        figures = [
            (getattr(contract, f"max_{unit}"), dutch, english)
            for unit, (dutch, english) in FIGURES.items()
            if getattr(contract, f"max_{unit}") is not None
        ]
        weeks = contract.per_weeks
        return (
            f"contract {name}: hoogstens "
            + joined((f"{most} {dutch}" for most, dutch, _ in figures), "en")
            + f" per {weeks} weken",
            f"contract {name}: at most "
            + joined((f"{most} {english}" for most, _, english in figures), "and")
            + f" per {weeks} weeks",
        )

    def _capacity(self, person: int) -> tuple[str, str]:
        found = self.context.people[person]
        limits = (
            (found.max_residents, "bewoners", "residents"),
            (found.max_sites, "locaties", "sites"),
        )
        given = [each for each in limits if each[0] is not None]
        dutch = joined((f"{most} {word}" for most, word, _ in given), "en")
        english = joined((f"{most} {word}" for most, _, word in given), "and")
        return f"hoogstens {dutch} tegelijk", f"at most {english} at once"

    def _barred(self, key: Key, duties: Sequence[int]) -> tuple[str, str]:
        """What keeps a person from some of the duties: leave and commitments with their times."""
        person = self.context.people[key.person]
        told: dict[Said, None] = {}
        for task in duties:
            for contract in self.context.contracts_of(person):
                asked = Asked(self.context, person, contract, self.tasks[task].item)
                told |= dict.fromkeys(obstacle.text for obstacle in DETAILS[key.rule](asked))
        known = list(told) or [rule_words(key.rule)]
        return (
            joined((each.nl for each in known), "en"),
            joined((each.en for each in known), "and"),
        )

    def _span(self, duties: Sequence[int]) -> Interval | None:
        items = [self.tasks[task].item for task in duties]
        if not items:
            return None
        return interval(min(item.start for item in items), max(item.end for item in items))

    def need(self, duties: Sequence[int]) -> tuple[str, str]:
        """``between Fri 24 Dec 17:00 and Mon 27 Dec 08:00 line north needs 2 duties``."""
        found: list[DutyTask] = [self.tasks[task] for task in duties]
        low = at_minute(min(task.item.start for task in found))
        high = at_minute(max(task.item.end for task in found))
        lines = list(dict.fromkeys(task.line.name for task in found))
        many = len(lines) > 1
        count = len(found)
        return (
            f"tussen {low[0]} en {high[0]} {'hebben' if many else 'heeft'} "
            f"{'de dienstlijnen' if many else 'dienstlijn'} {joined(lines, 'en')} "
            f"{count} {'dienst' if count == 1 else 'diensten'} te bezetten",
            f"between {low[1]} and {high[1]} {'lines' if many else 'line'} "
            f"{joined(lines, 'and')} need{'' if many else 's'} {count} "
            f"{'duty' if count == 1 else 'duties'} held",
        )

"""Why an absence cannot be repaired, in both languages: which duties, and what keeps whom away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from so247.models.people import Physician
from so247.models.proof import Said
from so247.solver.context import DutyTask
from so247.solver.gaps import WORDS, telling
from so247.solver.robust.core import Core
from so247.solver.robust.loss import Away
from so247.solver.robust.standing import Standing
from so247.solver.rules import eligibility
from so247.solver.whynot.words import at_minute, joined

DUTCH = {
    "cover.backup_differs": "houdt dan al de andere van voorwacht en achterwacht",
    "cover.backup_so": "geen SO, en geen SO als achterwacht",
    "eligible.role": "andere functie",
    "eligible.pool": "niet in de artsenpool van de locatie",
    "eligible.contract": "geen geldig contract",
    "eligible.registration": "dan niet geregistreerd",
    "eligible.absence": "afwezig",
    "eligible.free_weekday": "vrije weekdag",
    "eligible.commitment": "ander werk",
    "eligible.agreement": "geen geldige overeenkomst met de locatie",
    "eligible.funding": "werkgever zonder het financieringscontract",
    "eligible.travel": "te ver weg",
    "time.one_at_a_time": "bezig met iets anders",
    "time.capacity": "te veel bewoners of locaties tegelijk",
    "norm.rest": "te weinig rust",
    "norm.continuous": "te lang aaneengesloten",
    "norm.rolling_count": "te veel diensten in de periode van de norm",
    "norm.consecutive": "te veel dagen achtereen",
    "norm.weekends": "te veel weekenden",
    "norm.hours": "te veel uren",
    "norm.free_periods": "te weinig vrije tijd",
    "contract.maximum": "maximum van het contract bereikt",
    "contract.extramural_cap": "extramurale uren van de werkgever op",
    "session.weekday": "die dag al zo'n dagdeel",
    "search.unfinished": "kan de dienst doen: de zoektocht is niet af",
}
"""Rule to what it does to a person; the English is in ``solver.gaps``."""

SHARED = "robust.shared"
SHARED_WORDS = ("kan dit doen, maar niet alles samen", "can do this, but not all of it together")

UNFINISHED = Said(
    code="robust.unfinished",
    nl="niet uitgezocht binnen de tijd",
    en="not settled within the time",
)


def reasons(standing: Standing, away: Away, core: Core) -> tuple[Said, ...]:
    """First the duties that cannot be held together, then who is kept from which by what."""
    tasks = [task for task in standing.context.duties if task.index in core.tasks]
    names = [standing.context.people[person].name for person in sorted(core.people)]
    duties = [_words(task) for task in tasks]
    dutch, english = ("zijn niet samen", " together") if len(tasks) > 1 else ("is niet", "")
    first = Said(
        code="robust.core",
        nl=f"zonder {joined(names, 'en')} {dutch} te bezetten: "
        f"{joined((nl for nl, _ in duties), 'en')}",
        en=f"without {joined(names, 'and')} nobody can hold{english}: "
        f"{joined((en for _, en in duties), 'and')}",
    )
    with standing.nothing_since(away):
        return (first, *_kept_away(standing, away, tasks))


def _words(task: DutyTask) -> tuple[str, str]:
    dutch, english = at_minute(task.item.start)
    return f"{task.line.name} {dutch}", f"{task.line.name} {english}"


def _kept_away(standing: Standing, away: Away, tasks: Sequence[DutyTask]) -> Iterator[Said]:
    """Per rule and duties the people whom it keeps from them; what concerns most comes first."""
    keeping: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for index, person in enumerate(standing.context.people):
        if index not in away.loss.people:
            mine: dict[str, list[int]] = {}
            for at, task in enumerate(tasks):
                mine.setdefault(_rule(standing, index, task), []).append(at)
            for rule, these in mine.items():
                keeping.setdefault((rule, tuple(these)), []).append(person.name)
    order = sorted(keeping.items(), key=lambda row: (-len(row[0][1]) * len(row[1]), row[0]))
    for (rule, duties), people in order:
        nl, en = SHARED_WORDS if rule == SHARED else (DUTCH.get(rule, rule), WORDS.get(rule, rule))
        nl, en = (f"{each}: {', '.join(people)}" for each in (nl, en))
        if len(duties) < len(tasks):
            words = [_words(tasks[at]) for at in duties]
            nl += f" ({', '.join(dutch for dutch, _ in words)})"
            en += f" ({', '.join(english for _, english in words)})"
        yield Said(code=rule, nl=nl, en=en)


def _rule(standing: Standing, person: int, task: DutyTask) -> str:
    """The rule that keeps the person from the duty, or ``SHARED``."""
    open_to = standing.context.taken_by(task.index)
    if person in open_to:
        return _broken_by(standing, open_to[person])
    return _barred(standing, standing.context.people[person], task)


def _broken_by(standing: Standing, options: list[int]) -> str:
    """What the person breaks by holding it, given what cannot change any more."""
    found = []
    for option in options:
        broken = standing.state.flip(option)
        standing.state.flip(option)
        rules = [standing.hard.limits[at].rule for at in sorted(broken)]
        found.append(telling(rules or [SHARED]))
    return SHARED if SHARED in found else found[0]


def _barred(standing: Standing, person: Physician, task: DutyTask) -> str:
    """The rule that keeps the person away on the contract on which fewest do."""
    context = standing.context
    contracts = [each for each in context.contracts_of(person) if each.max_duties != 0]
    if not contracts:
        return "contract.maximum" if context.contracts_of(person) else "eligible.contract"
    broken = [
        [
            rule.ID
            for rule in eligibility.in_use(context.region)
            if rule.forbids(context, person, contract, task.item)
        ]
        for contract in contracts
    ]
    return (min(broken, key=len) or ["cover.backup_so"])[0]

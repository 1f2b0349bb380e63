"""``headroom``: how many more residents a line can carry, and how many more facilities like one.

What fits is shown by a roster: the given one, or one found that keeps every rule and all cover.
What does not is shown by counting (a duty that nobody can carry) or by two solves that agree.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from so247.models.errors import NotFound
from so247.models.proof import Answered, LineRoom, Said
from so247.models.region import Region
from so247.models.roster import Roster
from so247.solver.budget import Budget
from so247.solver.limits import Cancel, Limits
from so247.solver.load import Loads, More, Room, tightness
from so247.solver.robust.standing import Standing, stand
from so247.solver.robust.swap import Placing
from so247.solver.search_question import OTHER, QUICK, Question
from so247.solver.whynot.words import at_minute

DEFAULT_LIMITS = Limits(seconds=60.0)
FARTHEST = 1000
"""Where no limit is in sight, no more than this is tried."""
STRETCHES = (4, 14)
"""Days whose duties are asked for by themselves, to show that something does not fit."""
DAY = 24 * 60
EACH = 3.0
"""Most seconds for one such question."""
CAPACITY = "time.capacity"


def headroom(
    region: Region,
    site: str,
    roster: Roster,
    history: Sequence[Roster] = (),
    *,
    limits: Limits = DEFAULT_LIMITS,
    cancel: Cancel | None = None,
) -> tuple[LineRoom, ...]:
    """Per line that serves the site: room for residents on that line, and for more such sites.

    More residents are carried by the line's holders alone, from the site's opening on. A facility
    more has the residents of the site, and stands on all of its lines. Limits are people's
    ``max_residents`` and ``max_sites``; where none binds there is no figure. Raises ``NotFound``
    for an unknown site and ``RosterError`` for a roster that cannot be weighed.
    """
    if site not in region.site_by_id:
        raise NotFound(f"{site}: there is no such site in region {region.id}.")
    lines = tuple(line for line in region.lines if site in line.sites)
    if CAPACITY in region.settings.rules_off:
        return tuple(LineRoom(line=line.id, residents=None, facilities=None) for line in lines)
    search = _Search(stand(region, roster, history), Budget(limits), cancel)
    start = search.standing.context.facts.open_from(site)
    each = region.residents_at(site)
    names = frozenset(line.id for line in lines)
    facilities = search.figure(More(names, start, residents=each, sites=1))
    found = []
    for line in lines:
        residents = search.figure(More(frozenset({line.id}), start, residents=1))
        found.append(
            LineRoom(
                line=line.id,
                residents=residents.fits,
                residents_fail_at=residents.fails_at,
                facilities=facilities.fits,
                facilities_fail_at=facilities.fails_at,
                binds=residents.binds or facilities.binds,
            )
        )
    return tuple(found)


@dataclass(frozen=True)
class _Figure:
    """``fits`` was shown by a roster, ``fails_at`` surely does not."""

    fits: int | None
    fails_at: int | None = None
    binds: Said | None = None


class _Search:
    """Looks for rosters in which everybody can carry more."""

    def __init__(self, standing: Standing, budget: Budget, cancel: Cancel | None) -> None:
        self.standing = standing
        self.loads = Loads(standing.context, standing.problem)
        self.budget = budget
        self.cancel = cancel

    @property
    def over(self) -> bool:
        return self.budget.left <= 0 or (self.cancel is not None and self.cancel.cancelled)

    def figure(self, more: More) -> _Figure:
        """As it stands, then by doubling the step, then by halving what is left."""
        least = self.loads.least(self.standing.held, more)
        if least is None or least.times is None:
            return _Figure(None)
        counted = self._counted(more)
        fails_at = None if counted is None else (counted.times or 0) + 1
        low, step = least.times, 1
        high = fails_at if fails_at is not None else max(low, FARTHEST) + 1
        while high - low > 1 and not self.over:
            trial = min(low + step, high - 1) if step else (low + high) // 2
            found = self._roster(more, trial)
            if isinstance(found, Room):
                least, step = found, 2 * step
                low = high - 1 if found.times is None else min(found.times, high - 1)
            else:
                high, step = trial, 0
                fails_at = trial if found is Answered.INFEASIBLE else fails_at
        if counted is not None and fails_at == (counted.times or 0) + 1:
            return _Figure(low, fails_at, self._said_of_duty(counted))
        if least.times is None:
            return _Figure(low, fails_at, _said_of_none(low))
        return _Figure(low, fails_at, self._said_of_person(least, certain=fails_at == low + 1))

    def _counted(self, more: More) -> Room | None:
        """The duty whose best holder has the least room; ``None`` where none is limited."""
        table = self.standing.problem.options
        best: list[Room] = []
        concerned: dict[int, list[int]] = {}
        for v in self.loads.concerned(more):
            if table[v].task in self.standing.hard.required:
                concerned.setdefault(table[v].task, []).append(v)
        for members in concerned.values():
            pinned = [v for v in members if table[v].pinned and v in self.standing.held]
            rooms = [self.loads.room((v,), more) for v in pinned or members]
            best.append(max(rooms, key=tightness))
        tightest = min(best, key=tightness, default=None)
        return None if tightest is None or tightest.times is None else tightest

    # -- a roster in which so much more fits ----------------------------------------------------

    def _roster(self, more: More, number: int) -> Room | Answered:
        """Where such a roster is tightest; else whether it was shown that there is none."""
        extra = more.times(number)
        barred = self._barred(extra)
        for find in (self._substituted, self._found):
            held = find(extra, barred)
            least = None if held is None else self.loads.least(held, more)
            if least is not None and (least.times is None or least.times >= number):
                return least
        return Answered.INFEASIBLE if self._impossible(extra, barred) else Answered.UNKNOWN

    def _barred(self, extra: More) -> frozenset[int]:
        """What is too much by itself, or beside a duty to which somebody is pinned."""
        pinned = self._pinned
        alone = {v for v in self.loads.concerned(extra) if not self._fits((v,), extra)}
        beside = {
            one if other in pinned else other
            for one, other in self.loads.pairs(extra)
            if (one in pinned) != (other in pinned) and not self._fits((one, other), extra)
        }
        return frozenset((alone | beside) - pinned)

    @cached_property
    def _pinned(self) -> frozenset[int]:
        table = self.standing.problem.options
        return frozenset(v for v in self.standing.held if table[v].pinned)

    def _fits(self, options: Sequence[int], extra: More) -> bool:
        return self.loads.room(options, extra).times != 0

    def _substituted(self, extra: More, barred: Collection[int]) -> frozenset[int] | None:
        """Whoever cannot carry it hands the duty to somebody who can, as it is."""
        standing = self.standing
        heavy = {*self.loads.over(standing.held, extra), *standing.held.intersection(barred)}
        over = sorted(heavy - self._pinned)
        with standing.dropped(over):
            open_to = {
                v: [
                    w
                    for w in standing.slots[standing.slot(v)]
                    if w not in barred and w != v and standing.counts(w)
                ]
                for v in over
            }
            placing = Placing(standing.state, open_to)
            whole = placing.place(over) and not standing.state.broken
            held = frozenset(standing.held - set(over)).union(placing.placed)
            placing.undo()
        return held if whole and standing.keeps(held) else None

    def _found(self, extra: More, barred: Collection[int]) -> frozenset[int] | None:
        """Anybody may change places."""
        standing = self.standing
        free = [
            v
            for _, members in standing.changeable
            for v in members
            if v not in barred and (v in standing.held or standing.counts(v))
        ]
        question = self._question(extra, free, None)
        question.hint(standing.held)
        answer = question.ask(QUICK, self.budget, self.budget.left / 4, self.cancel)
        if answer.answered is not Answered.FEASIBLE:
            return None
        held = self._pinned | answer.chosen
        return held if standing.keeps(held) else None

    def _impossible(self, extra: More, barred: Collection[int]) -> bool:
        """Whether the duties of some days cannot all be held: two solves must agree.

        What else there is to hold is left out, so the answer no holds whatever is done with it.
        """
        first, last = self.standing.context.facts.start, self.standing.context.facts.end
        for days in STRETCHES:
            for start in range(first, last, days * DAY // 2):
                tasks = self.standing.to_hold(start, start + days * DAY)
                if self._shown(extra, barred, tasks):
                    return True
                if start + days * DAY >= last:
                    break
        return False

    def _shown(self, extra: More, barred: Collection[int], tasks: Sequence[int]) -> bool:
        table = self.standing.problem.options
        options = self.standing.context.options_of_task
        free = {v for t in tasks for v in options[t] if not table[v].pinned and v not in barred}
        if not free.intersection(self.loads.concerned(extra)):
            return False
        loose = {v for v, option in enumerate(table) if not option.pinned and v not in free}
        for configuration in (QUICK, OTHER):
            if self.over:
                return False
            question = self._question(extra, sorted(free), loose - set(barred))
            answer = question.ask(configuration, self.budget, EACH, self.cancel)
            if answer.answered is not Answered.INFEASIBLE:
                return False
        return True

    def _question(
        self, extra: More, free: Sequence[int], loose: Collection[int] | None
    ) -> Question:
        """All but the pins anew, without what one person cannot carry at once."""
        standing = self.standing
        with standing.dropped(standing.held - self._pinned):
            question = Question(standing.hard, standing.state.values, free, loose)
        inside = set(free)
        for one, other in self.loads.pairs(extra):
            if one in inside and other in inside and not self._fits((one, other), extra):
                question.exclude(one, other)
        return question

    # -- what binds -----------------------------------------------------------------------------

    def _said_of_duty(self, room: Room) -> Said:
        duty, who = self._words(room)
        most = room.times or 0
        return Said(
            code="headroom.duty",
            nl=f"{duty[0]}: niemand die de dienst mag doen kan er meer dan {most} bij dragen "
            f"({who} het meest)",
            en=f"{duty[1]}: nobody who may hold it can carry more than {most} extra "
            f"({who} the most)",
        )

    def _said_of_person(self, room: Room, *, certain: bool) -> Said:
        """``certain``: one more is known to be too much; else this is where the roster is tight."""
        duty, who = self._words(room)
        dutch = "meer past in geen enkel rooster" if certain else "meer is niet gevonden"
        english = "no roster fits more" if certain else "no roster with more was found"
        return Said(
            code="headroom.person",
            nl=f"{dutch}; dan is {who} het eerst aan de grens, met {duty[0]}",
            en=f"{english}; then {who} is at the limit first, with {duty[1]}",
        )

    def _words(self, room: Room) -> tuple[tuple[str, str], str]:
        """(the duty in Dutch and English, who holds it)."""
        item = self.standing.context.items[room.option]
        name = item.line.name if item.line is not None else ""
        dutch, english = at_minute(item.start)
        person = self.standing.problem.options[room.option].person
        return (f"{name} {dutch}", f"{name} {english}"), self.standing.context.people[person].name


def _said_of_none(number: int) -> Said:
    return Said(
        code="headroom.none",
        nl=f"met {number} erbij zit niemands maximum in de weg; meer is niet geprobeerd",
        en=f"with {number} more nobody's limit is in the way; no more was tried",
    )

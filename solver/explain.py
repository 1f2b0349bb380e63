"""``explain``: why is this duty empty, and why does that person not hold it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from so247.audit.admission import admit
from so247.models.canonical import region_hash
from so247.models.clock import subtract
from so247.models.duty import Duty
from so247.models.errors import Cancelled
from so247.models.explanation import Candidate, Explained, Explanation, KeptAway
from so247.models.proof import Said
from so247.models.region import Region
from so247.models.roster import Roster
from so247.solver.context import DutyTask, SessionTask
from so247.solver.limits import Cancel, Limits
from so247.solver.reasons import asked
from so247.solver.reasons.board import Board, changes
from so247.solver.reasons.candidates import Candidates, Wanted
from so247.solver.reasons.words import rule_words, said

DEFAULT_LIMITS = Limits(seconds=10)
"""For the search behind one duty and one person; everything else is counted at once."""


def explain(
    region: Region,
    roster: Roster,
    history: Sequence[Roster] = (),
    *,
    duty: str | None = None,
    person: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    cancel: Cancel | None = None,
) -> Explanation:
    """Why, for every empty duty and missing session; or for one duty (session), whoever holds it.

    With ``person`` (id or name) of that person alone. With both: every rule that forbids it, or
    what it would break in the roster as it is, or what it would cost; and, if only other duties
    are in the way, whether it can be done by moving some, searched within ``limits``.

    Raises ``RosterError`` for a roster that cannot be read against the region, ``NotFound`` for an
    unknown duty or person, ``InputError`` for a duty outside the roster's period, ``Cancelled``.
    """
    admit(region, roster, history)
    who = None if person is None else asked.person(region, person)
    board = Board(region, roster, history)
    found = _Explaining(board, who, cancel, sparing=duty is None)
    explained = found.of_all() if duty is None else (found.of_one(duty, limits),)
    return Explanation(
        region_id=region.id,
        region_hash=region_hash(region),
        roster_revision=roster.revision,
        period=roster.period,
        target=explained[0].targets[0] if duty is not None else None,
        person=who,
        explained=explained,
        notes=(*changes(region, roster), *_left_aside(board), *found.notes),
    )


class _Explaining:
    """Goes through duties and people."""

    def __init__(
        self, board: Board, person: str | None, cancel: Cancel | None, *, sparing: bool
    ) -> None:
        self.board = board
        self.cancel = cancel
        self.candidates = Candidates(board, sparing=sparing)
        index = board.context.index_of
        self.people = range(len(index)) if person is None else (index[person],)
        self.one = person is not None
        self.notes: list[Said] = []

    def of_all(self) -> tuple[Explained, ...]:
        """Everything that nobody, or not everybody who is needed, holds; by start."""
        board = self.board
        empty: list[Wanted] = [
            Wanted(each, (each.duty.id,)) for each in board.context.duties if self._hole(each)
        ]
        for session in board.context.sessions:
            missing = tuple(each for each in session.period.ids if each not in board.held)
            if missing:
                empty.append(Wanted(session, missing))
        return tuple(self._explained(each, self._candidates(each)) for each in empty)

    def of_one(self, name: str, limits: Limits) -> Explained:
        wanted = asked.wanted(self.board, name)
        if isinstance(wanted, Duty):
            return self._not_ours(wanted)
        candidates = self._candidates(wanted)
        if self.one and candidates[0].broken:
            from so247.solver.search_rearrange import Rearranging

            search = Rearranging(self.board, wanted, self.people[0], limits, self.cancel)
            candidates = (candidates[0].model_copy(update={"rearranged": search.look()}),)
        return self._explained(wanted, candidates)

    def _candidates(self, wanted: Wanted) -> tuple[Candidate, ...]:
        if self.cancel is not None and self.cancel.cancelled:
            raise Cancelled("cancelled before everything was explained")
        return tuple(self.candidates.look(wanted, person) for person in self.people)

    def _explained(self, wanted: Wanted, candidates: tuple[Candidate, ...]) -> Explained:
        held = [each for name in wanted.targets for each in self.board.held.get(name, ())]
        task = wanted.task
        duty = isinstance(task, DutyTask)
        return Explained(
            targets=wanted.targets,
            line=task.line.id if isinstance(task, DutyTask) else None,
            site=task.demand.site if isinstance(task, SessionTask) else None,
            product=task.demand.product if isinstance(task, SessionTask) else None,
            when=task.duty.when if isinstance(task, DutyTask) else held[0].when if held else None,
            minutes=0 if held and not duty else self._minutes(wanted),
            holders=tuple(dict.fromkeys(each.physician for each in held)),
            candidates=candidates,
            kept_away=_kept_away(candidates),
        )

    def _minutes(self, wanted: Wanted) -> int:
        """What is lost: of a duty held in part, the part that is not."""
        task = wanted.task
        if isinstance(task, SessionTask):
            return len(wanted.targets) * self.board.problem.tasks[task.index].minutes
        return task.site_minutes * self._hole(task) // task.duty.when.minutes

    def _hole(self, task: DutyTask) -> int:
        """Minutes of a duty that nobody holds."""
        held = [each.when for each in self.board.held.get(task.duty.id, ())]
        return sum(each.minutes for each in subtract(task.duty.when, held))

    def _not_ours(self, duty: Duty) -> Explained:
        """A duty that an organisation or an earlier roster holds: nobody is asked for it here."""
        line = self.board.region.line_by_id[duty.line]
        if line.organisation is None:
            nl = "begon voor deze periode: wie haar houdt staat in een eerder rooster"
            en = "began before this period: who holds it stands in an earlier roster"
        else:
            nl = "wordt volgens afspraak door een organisatie gehouden, niet door een arts"
            en = "is held by an organisation under an agreement, not by a physician"
        self.notes.append(said("explain.not_ours", f"{duty.id} {nl}", f"{duty.id} {en}"))
        earlier = [
            each.physician
            for made in self.board.history
            for each in made.standing
            if each.target == duty.id and line.organisation is None
        ]
        return Explained(
            targets=(duty.id,),
            line=duty.line,
            when=duty.when,
            holders=tuple(dict.fromkeys(earlier)),
            organisation=line.organisation,
        )


def _kept_away(candidates: Iterable[Candidate]) -> tuple[KeptAway, ...]:
    """Per rule whom it keeps away, most people first."""
    found: dict[str, dict[str, None]] = {}
    for each in candidates:
        for obstacle in each.obstacles:
            found.setdefault(obstacle.rule, {})[each.physician] = None
    order = sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return tuple(
        KeptAway(rule=rule, words=rule_words(rule), people=tuple(people)) for rule, people in order
    )


def _left_aside(board: Board) -> tuple[Said, ...]:
    """Assignments that no option expresses: they count in what breaks, not in what it costs."""
    if not board.faults:
        return ()
    texts = "; ".join(f"{each.value}: {each.message}" for each in board.faults)
    nl = f"niet meegeteld in wat het kost ({len(board.faults)}): {texts}"
    en = f"left out of what it costs ({len(board.faults)}): {texts}"
    return (said("explain.not_expressed", nl, en),)

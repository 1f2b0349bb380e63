"""``robust``: for every person (or pair) and every day, can the roster be repaired?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from so247.models.proof import Case, Robustness, Survival
from so247.models.region import Region
from so247.models.roster import Roster
from so247.solver.budget import Budget
from so247.solver.limits import Cancel, Limits
from so247.solver.robust.loss import Away, Loss, Losses, away_from
from so247.solver.robust.reasons import UNFINISHED, reasons
from so247.solver.robust.repair import Attempt, Repairer
from so247.solver.robust.stands import Stands

DEFAULT_LIMITS = Limits(seconds=120.0)
EFFORTS = (0.2, 1.0, 5.0, 15.0)
"""Most seconds for one question, round after round: a hard absence does not starve the others."""

Round = tuple[list[Case], list[Loss]]
"""What is settled in one round, and what is left for the next."""
OnProgress = Callable[[int, int], None]
"""Told how many (person, day) pairs are done, and how many there are."""


def robust(
    region: Region,
    roster: Roster,
    history: Sequence[Roster] = (),
    *,
    absence_days: int = 7,
    absent: int = 1,
    limits: Limits = DEFAULT_LIMITS,
    on_progress: OnProgress | None = None,
    cancel: Cancel | None = None,
) -> Robustness:
    """Every absence of ``absence_days`` days in the roster's period (docs/PROOF.md, Absences).

    ``absent`` 2: of two people together, from the same day on. What is not settled within the
    limits is ``unknown``, and says so. Raises ``RosterError`` for a roster that holds what the
    region does not know (duties in parts, say): its repairs could not be judged.
    """
    stands = Stands(region, roster, history, Budget(limits), cancel)
    return _Run(stands, absence_days, on_progress or _nobody).of(absent)


def _nobody(done: int, tried: int) -> None:
    """Nobody asked how far it is."""


class _Run:
    """All absences of one length."""

    def __init__(self, stands: Stands, absence_days: int, on_progress: OnProgress) -> None:
        self.stands = stands
        self.absence_days = absence_days
        self.on_progress = on_progress

    def of(self, absent: int) -> Robustness:
        """First what goes cheaply, so that a search that is cut short has most of the answers.

        Then all that is open, again and again, with more time for every question.
        """
        main = self.stands.main
        losses = Losses(main.context, main.held, self.absence_days)
        rows = list(losses.of(absent))
        tried = losses.tried(absent)
        unaffected = done = tried - sum(len(loss.days) for loss in rows)
        found: list[Case] = []
        for effort in (None, *EFFORTS):
            left: list[Loss] = []
            for loss in rows:
                cases, still = self._cheap(loss) if effort is None else self._round(loss, effort)
                found += cases
                left += still
                done += sum(len(case.days) for case in cases)
                self.on_progress(done, tried)
            rows = left
        found += [self._unknown(loss) for loss in rows]
        self.on_progress(tried, tried)
        order = {name: at for at, name in enumerate(main.problem.people)}
        return Robustness(
            absence_days=self.absence_days,
            absent=absent,
            tried=tried,
            unaffected=unaffected,
            cases=tuple(
                sorted(found, key=lambda e: ([order[name] for name in e.physicians], e.days))
            ),
        )

    def _cheap(self, loss: Loss) -> Round:
        repairer = self.stands.repairer(loss)
        if repairer.over:
            return [], [loss]
        away = self._away(loss, loss.days[-1], repairer)
        attempt = repairer.cheap(away)
        return ([], [loss]) if attempt is None else ([self._case(loss, away, attempt)], [])

    def _round(self, loss: Loss, effort: float) -> Round:
        """Earlier days leave more to change: where the first fails all do, and the last saves all.

        In between it is asked in halves; where neither end is known yet, in a later round.
        """
        repairer = self.stands.repairer(loss)
        known = False
        for day in dict.fromkeys((loss.days[-1], loss.days[0])):
            if repairer.over:
                return [], [loss]
            away = self._away(loss, day, repairer)
            attempt = repairer.cheap(away) or repairer.thorough(away, effort)
            known = known or attempt.survival is not Survival.UNKNOWN
            decides = Survival.SURVIVED if day == loss.days[-1] else Survival.FAILED
            if attempt.survival is decides or (known and len(loss.days) == 1):
                return [self._case(loss, away, attempt)], []
        if len(loss.days) == 1 or not (known or effort == EFFORTS[-1]):
            return [], [loss]
        half = len(loss.days) // 2
        parts = (loss.on(loss.days[:half]), loss.on(loss.days[half:]))
        rounds = [self._round(part, effort) for part in parts]
        return [e for cases, _ in rounds for e in cases], [e for _, left in rounds for e in left]

    def _unknown(self, loss: Loss) -> Case:
        away = self._away(loss, loss.days[-1], self.stands.repairer(loss))
        return self._case(loss, away, Attempt(Survival.UNKNOWN))

    def _away(self, loss: Loss, day: date, repairer: Repairer) -> Away:
        return self.stands.seen(away_from(loss, day, self.absence_days), repairer)

    def _case(self, loss: Loss, away: Away, attempt: Attempt) -> Case:
        main, standing = self.stands.main, self.stands.repairer(loss).standing
        survived = attempt.survival is Survival.SURVIVED
        if attempt.core is not None:
            why = reasons(standing, away, attempt.core)
        else:
            why = () if survived else (UNFINISHED,)
        return Case(
            physicians=tuple(main.problem.people[person] for person in loss.people),
            days=loss.days,
            lost=tuple(main.target_of[main.slot(v)] for v in loss.options),
            survival=attempt.survival,
            changes=main.changes(standing, attempt.held) if survived else (),
            reasons=why,
        )

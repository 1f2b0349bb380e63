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
        """First what goes cheaply, so that a search that is cut short has most of the answers."""
        main = self.stands.main
        losses = Losses(main.context, main.held, self.absence_days)
        rows = list(losses.of(absent))
        tried = losses.tried(absent)
        unaffected = done = tried - sum(len(loss.days) for loss in rows)
        found: list[list[Case]] = [[] for _ in rows]
        for settle in (self._cheap, self._settled):
            for at, loss in enumerate(rows):
                if not found[at]:
                    found[at] = settle(loss)
                    done += sum(len(case.days) for case in found[at])
                    self.on_progress(done, tried)
        return Robustness(
            absence_days=self.absence_days,
            absent=absent,
            tried=tried,
            unaffected=unaffected,
            cases=tuple(case for cases in found for case in cases),
        )

    def _cheap(self, loss: Loss) -> list[Case]:
        repairer = self.stands.repairer(loss)
        if repairer.over:
            return []
        away = self._away(loss, loss.days[-1], repairer)
        attempt = repairer.cheap(away)
        return [] if attempt is None else [self._case(loss, away, attempt, repairer)]

    def _settled(self, loss: Loss) -> list[Case]:
        """Earlier days leave more to change: where the first fails all do, and the last saves all.

        In between it is asked in halves.
        """
        repairer = self.stands.repairer(loss)
        for day in dict.fromkeys((loss.days[-1], loss.days[0])):
            away = self._away(loss, day, repairer)
            attempt = self._attempt(away, repairer)
            decides = Survival.SURVIVED if day == loss.days[-1] else Survival.FAILED
            if attempt.survival is decides or len(loss.days) == 1 or repairer.over:
                return [self._case(loss, away, attempt, repairer)]
        half = len(loss.days) // 2
        parts = (loss.on(loss.days[:half]), loss.on(loss.days[half:]))
        return [case for part in parts for case in self._settled(part)]

    def _attempt(self, away: Away, repairer: Repairer) -> Attempt:
        if repairer.over:
            return Attempt(Survival.UNKNOWN)
        return repairer.cheap(away) or repairer.thorough(away)

    def _away(self, loss: Loss, day: date, repairer: Repairer) -> Away:
        return self.stands.seen(away_from(loss, day, self.absence_days), repairer)

    def _case(self, loss: Loss, away: Away, attempt: Attempt, repairer: Repairer) -> Case:
        main, standing = self.stands.main, repairer.standing
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

"""Rosters made without a solver, judged by ours and by the independent checker."""

from __future__ import annotations

from benchmarks.measure.cases import Case
from benchmarks.measure.process import Say
from benchmarks.measure.published import StaffingCase
from benchmarks.measure.setting import Setting
from so247.models.errors import NotFound


def agreement(say: Say, case: Case, setting: Setting) -> None:
    """Legal and broken rosters of one instance: how many were judged alike."""
    from benchmarks.public.checker import same_as_checker

    if not isinstance(case, StaffingCase):
        raise NotFound(f"{case.name} has no independent checker. Maybe another --cases.")
    if setting.checker is None:
        say("unavailable", "no --checker was given")
        return
    say("begin")
    compared = same_as_checker(case.path, setting.checker)
    say("end")
    legal = sum(not each.theirs.broken for each in compared)
    different = sum(not each.same for each in compared)
    say("counts", {"rosters": len(compared), "legal": legal, "judged_otherwise": different})

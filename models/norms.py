"""Norms: named limits on a person's work, gathered in rule packs.

The packs that ship with so247 are in ``so247.models.packs``; a region may add or replace packs.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from so247.models.base import Id, Model, Text


class Work(StrEnum):
    """Kinds of work that a norm may count."""

    OFFICE_DUTY = "office_duty"
    """A reachability duty that lies wholly within office hours."""
    REACHABILITY_DUTY = "reachability_duty"
    """A reachability duty with at least one minute outside office hours."""
    PRESENCE_DUTY = "presence_duty"
    SESSION = "session"
    COMMITMENT = "commitment"


class Severity(StrEnum):
    HARD = "hard"
    """The solver never breaks it; the check calls it a breach (overtreding)."""
    SOFT = "soft"
    """The solver pays for breaking it (tier 2); the check reports it."""
    SIGNAL = "signal"
    """The solver ignores it; the check reports it (signaal)."""


class Basis(StrEnum):
    LAW = "law"
    COLLECTIVE_AGREEMENT = "collective_agreement"
    VOLUNTARY = "voluntary"


class NormKind(StrEnum):
    """How a norm measures. All windows look back into history.

    ``rest``: counted work with gaps of at most ``break_hours`` between is one stretch (touching
    work always is); between two stretches lie at least ``limit`` hours, or ``reduced_limit`` for
    one rest in every ``reduced_every_days`` x 24 hours (from the start of one rest to that of the
    next). With ``around`` set only next to that kind of work, and work of another kind that
    touches it has no rest at all.
    ``continuous``: counted blocks of one person that touch are one stretch; its elapsed hours are
    at most ``limit``.
    ``rolling_count``: at every start ``t`` of a counted block, the number of counted blocks that
    start in ``(t - window_days × 24 h, t]`` is at most ``limit``.
    ``consecutive``: at most ``limit`` local days in a row on which a counted block starts.
    ``weekends``: in any ``window_weeks`` ISO weeks in a row, at most ``limit`` in whose weekend
    (Saturday 00:00 – Monday 00:00) counted work overlaps.
    ``hours``: over any ``window_weeks`` ISO weeks in a row, counted hours per week are on average
    at most ``limit``; a reachability or office duty counts for ``on_call_percent`` of its time.
    ``free_periods``: in every ``window_weeks`` ISO weeks (1: each ISO week; 4: each four-week
    block from the region's anchor) there are ``limit`` separate stretches of ``stretch_hours``
    hours, wholly inside, without any counted work.
    """

    REST = "rest"
    CONTINUOUS = "continuous"
    ROLLING_COUNT = "rolling_count"
    CONSECUTIVE = "consecutive"
    WEEKENDS = "weekends"
    HOURS = "hours"
    FREE_PERIODS = "free_periods"


class Norm(Model):
    """A named limit. Severity, basis and source travel with every finding it causes.

    ``night_only``: count only night blocks, those with more than one hour between 00:00 and 06:00
    local time (ATW 1:7); for ``rest``, only rests that follow a night block.
    """

    id: Id
    kind: NormKind
    text: Text
    counts: tuple[Work, ...]
    limit: Annotated[float, Field(ge=0)]
    severity: Severity
    basis: Basis
    source: Text
    window_days: Annotated[int, Field(ge=1, le=366)] | None = None
    window_weeks: Annotated[int, Field(ge=1, le=52)] | None = None
    night_only: bool = False
    around: Work | None = None
    reduced_limit: Annotated[float, Field(ge=0)] | None = None
    reduced_every_days: Annotated[int, Field(ge=1, le=60)] | None = None
    stretch_hours: Annotated[float, Field(gt=0)] | None = None
    break_hours: Annotated[float, Field(ge=0)] = 0
    on_call_percent: Annotated[int, Field(ge=0, le=100)] = 0


class RulePack(Model):
    """The norms that bind a person, as law or as voluntary norm."""

    id: Id
    name: Text
    norms: tuple[Norm, ...]

"""People who serve several regions: what was agreed, and what the check of all regions found.

A person is the same in two regions where ``Physician.person_key`` is the same. A contract is the
same where the person, the contract's id and the employer's id are: its maxima then hold for all
those regions together.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from so247.models.base import Count, Id, Model, Text, Weekday
from so247.models.clock import Interval
from so247.models.norms import Severity


class SharingPart(Model):
    """What one region gets of a person.

    ``share``: part of the weeks, or ``weekdays``: his duties and sessions that start on these days.
    """

    region: Id
    share: Annotated[float, Field(gt=0, le=1)] | None = None
    weekdays: tuple[Weekday, ...] = ()


class Sharing(Model):
    """An agreement on who serves which region, and when.

    Shares are made of stays of ``turn_weeks`` weeks on end (less, where the period is so short that
    not everybody would have a turn). ``negotiable``: where a region comes
    short, the others may give up time. The maxima are for all regions together, per ``per_weeks``
    weeks, prorated to the period and rounded up.
    """

    person_key: Text
    parts: tuple[SharingPart, ...]
    turn_weeks: Annotated[int, Field(ge=1, le=26)] = 2
    negotiable: bool = True
    max_duties: Count | None = None
    max_weekends: Count | None = None
    max_nights: Count | None = None
    per_weeks: Annotated[int, Field(ge=1, le=53)] = 4


class Held(Model):
    """Something that a person does in a region; ``target`` names a duty, session or commitment."""

    region: Id
    target: str
    when: Interval


class NationalFinding(Model):
    """What only shows when regions are laid side by side, for one person.

    ``rule``: ``national.one_place`` (two places at one moment), ``national.absence`` (at work in
    one region, absent in another), ``national.maximum`` (an agreed maximum over all regions), or
    the id of a norm that the work of several regions breaks together.
    """

    rule: str
    severity: Severity
    person_key: str
    held: tuple[Held, ...]
    figure: float | None = None
    limit: float | None = None
    text: str

    @property
    def regions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.region for each in self.held))


class NationalReport(Model):
    """All rosters side by side. ``shared``: people who stand in more than one of the regions."""

    regions: Count
    shared: Count
    findings: tuple[NationalFinding, ...] = ()

    @property
    def double_bookings(self) -> int:
        """Pairs of things in different regions that one person would do at the same moment."""
        return sum(each.rule == "national.one_place" for each in self.findings)

    @property
    def hard_breaches(self) -> tuple[NationalFinding, ...]:
        return tuple(each for each in self.findings if each.severity is Severity.HARD)

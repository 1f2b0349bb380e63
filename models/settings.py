"""What a region decides for itself: hours, holidays, defaults, weights, rules switched off."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from so247.models.base import Count, LocalTime, Minutes, Model, Text, Weekday
from so247.models.evidence import RuleSet

WORKWEEK = (
    Weekday.MONDAY,
    Weekday.TUESDAY,
    Weekday.WEDNESDAY,
    Weekday.THURSDAY,
    Weekday.FRIDAY,
)


class OfficeHours(Model):
    """Office hours; every other minute of the week, and every holiday, is ANW (DOMAIN B6)."""

    weekdays: tuple[Weekday, ...] = WORKWEEK
    start: LocalTime = time(8, 0)
    end: LocalTime = time(17, 0)


class Holiday(Model):
    date: date
    name: Text


class Burden(StrEnum):
    """Kinds of burden that are shared fairly."""

    WEEKNIGHT = "weeknight"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    UNPAIRED_SESSION = "unpaired_session"


class UnknownTravel(StrEnum):
    ALLOW = "allow"
    """Roster people whose travel time is missing; the check then says unknown."""
    FORBID = "forbid"


class Settings(Model):
    """Defaults and weights. Weights compare within one objective tier only."""

    default_phone_minutes: Minutes = 15
    default_on_site_minutes: Minutes = 60
    unknown_travel: UnknownTravel = UnknownTravel.ALLOW
    long_leave_days: Annotated[int, Field(ge=1)] = 14
    """An absence of at least this many days in a row lowers contract minima and maxima."""
    shortfall_weeks: Annotated[int, Field(ge=1)] = 3
    """Extramural hours short of the agreed ones for this many ISO weeks in a row are signalled."""
    rule_set: RuleSet = RuleSet.LEIDRAAD_2018
    """Which document decides where the documents differ (DOMAIN A3)."""
    rules_off: tuple[str, ...] = ()
    """Ids of rules that do not hold here."""
    weight_weeknight: Count = 1
    weight_weekend: Count = 2
    weight_holiday: Count = 3
    weight_unpaired_session: Count = 1
    weight_largest_deviation: Count = 1
    weight_deputy: Count = 1
    """Tier 3, per session or office-hours duty and GP group: held by the deputy."""
    weight_unpaired: Count = 3
    """Tier 3: held by neither the paired SO nor the deputy."""
    weight_face: Count = 2
    """Tier 3: each different face that a GP group sees in the period."""
    weight_handover: Count = 2
    """Tier 3: each holder beyond the first in a weekend or week that asks for continuity."""

    def burden_weight(self, burden: Burden) -> int:
        return int(getattr(self, f"weight_{burden.value}"))

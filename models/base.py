"""What every noun is made of: the frozen model, ids, local times and half-open validity."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

ID_PATTERN = r"^[a-z0-9][a-z0-9_-]{0,40}$"
TIME_PATTERN = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]


def _local_time(value: Any) -> Any:
    """Accept ``"HH:MM"`` and ``time``; a bare number was once ``17:00`` to a YAML reader."""
    if isinstance(value, str):
        try:
            parsed = time.fromisoformat(value)
        except ValueError:
            raise ValueError('write a time as "HH:MM", for example "17:00"') from None
        if not re.fullmatch(TIME_PATTERN, value):
            raise ValueError('write a time as "HH:MM" with two digits each, for example "08:00"')
        return parsed
    if isinstance(value, time):
        return value
    raise ValueError('write a time in quotes as "HH:MM", for example "17:00"')


def _whole_minutes(value: time) -> time:
    if value.second or value.microsecond or value.tzinfo is not None:
        raise ValueError("a local time has whole minutes and no time zone")
    return value


LocalTime = Annotated[
    time,
    BeforeValidator(_local_time),
    AfterValidator(_whole_minutes),
    PlainSerializer(lambda value: value.strftime("%H:%M"), return_type=str),
    WithJsonSchema({"type": "string", "pattern": TIME_PATTERN}),
]


def _utc(value: datetime) -> datetime:
    if value.tzinfo is None or value.utcoffset() != timedelta(0):
        raise ValueError("an instant is given in UTC, for example 2026-10-05T15:00:00Z")
    if value.second or value.microsecond:
        raise ValueError("an instant lies on a whole minute")
    return value


Instant = Annotated[datetime, AfterValidator(_utc)]
"""An absolute moment: aware, UTC, on a whole minute."""

Count = Annotated[int, Field(ge=0)]
Minutes = Annotated[int, Field(ge=0, le=24 * 60)]


class Model(BaseModel):
    """A noun: immutable, strict about types, without unknown keys."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", ser_json_inf_nan="constants"
    )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy without what was worked out from the original's fields and remembered."""
        copied = super().model_copy(update=update, deep=deep)
        for name in set(vars(copied)) - set(type(self).model_fields):
            del copied.__dict__[name]
        return copied


class Weekday(StrEnum):
    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"

    @classmethod
    def of(cls, day: date) -> Weekday:
        return _WEEKDAYS[day.weekday()]


_WEEKDAYS = tuple(Weekday)


class Valid(Model):
    """Something that holds from a first day to a last day, both included; open where ``None``."""

    valid_from: date | None = None
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )

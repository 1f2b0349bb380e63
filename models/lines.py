"""Standing responsibilities (lines), the patterns that cut them, and the sessions asked for."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from so247.models.base import Count, Id, LocalTime, Minutes, Model, Text, Valid, Weekday
from so247.models.people import SO, Role


class Window(StrEnum):
    """Which minutes of the week a line answers for. The first two together are every minute."""

    OFFICE_HOURS = "office_hours"
    OUT_OF_HOURS = "out_of_hours"
    ALWAYS = "always"


class Care(StrEnum):
    GENERAL = "general"
    SPECIFIC = "specific"
    BOTH = "both"


class Position(StrEnum):
    FIRST_LINE = "first_line"
    BACKUP = "backup"


class Form(StrEnum):
    REACHABILITY = "reachability"
    """On call from home (bereikbaarheidsdienst)."""
    PRESENCE = "presence"
    """On site (aanwezigheidsdienst): every hour is work."""


class Continuity(StrEnum):
    NONE = "none"
    WEEKEND = "weekend"
    """The pieces of one weekend (Friday evening to Monday morning) have few holders."""
    WEEK = "week"
    """The pieces of one ISO week have few holders."""


class Pattern(Model):
    """Local times at which a new piece begins, per day type.

    A piece runs from its cut to the next cut, or to the end of the line's window if that is
    sooner. Every stretch of the window must begin at a cut, or a minute is left out. ``holiday``
    and ``sunday`` fall back on the type before them when ``None``: holiday on Sunday, Sunday on
    Saturday. No cut between 02:00 and 02:59: that hour exists twice or not at all once a year.
    """

    id: Id
    workday: tuple[LocalTime, ...] = ()
    saturday: tuple[LocalTime, ...] = ()
    sunday: tuple[LocalTime, ...] | None = None
    holiday: tuple[LocalTime, ...] | None = None


class Line(Valid):
    """Dienstlijn: a standing responsibility for sites in a window, cut into duties by a pattern.

    Held by a person in one of ``roles``, or by ``organisation`` (a GP post or an organisation of
    the region) under an agreement with each site. ``phone`` is the duty number and ``escalation``
    the line ids to call, in order. ``phone_minutes`` / ``on_site_minutes`` are what the line
    promises. ``place`` is where a presence duty is held. ``combinable_with`` names lines that one
    person may hold at the same time; both must name each other and use the same pattern and
    window. ``points`` is the burden of one piece.
    """

    id: Id
    name: Text
    sites: tuple[Id, ...]
    window: Window
    care: Care = Care.SPECIFIC
    position: Position = Position.FIRST_LINE
    form: Form = Form.REACHABILITY
    pattern: Id
    roles: tuple[Role, ...] = (SO,)
    organisation: Id | None = None
    phone: str | None = None
    escalation: tuple[Id, ...] = ()
    phone_minutes: Minutes | None = None
    on_site_minutes: Minutes | None = None
    place: Id | None = None
    combinable_with: tuple[Id, ...] = ()
    continuity: Continuity = Continuity.NONE
    points: Annotated[int, Field(ge=1, le=10)] = 1


class Organisation(Model):
    """An organisation other than a GP post that may hold a line: a coordination centre, say."""

    id: Id
    name: Text


class Product(StrEnum):
    """SO products delivered in sessions (DOMAIN A1)."""

    CONSULTATION = "consultation"
    GERIATRIC_ASSESSMENT = "geriatric_assessment"
    POLYPHARMACY_REVIEW = "polypharmacy_review"
    CO_TREATMENT = "co_treatment"
    TEAM_MEETING = "team_meeting"
    HOME_VISITS = "home_visits"


class Per(StrEnum):
    ISO_WEEK = "iso_week"
    FOUR_WEEKS = "four_weeks"


class SessionDemand(Valid):
    """Dagdelen op locatie: ``count`` sessions per ISO week or four-week block.

    ``site`` is a GP group, a practice (home visits in its area) or a facility. Sessions lie on
    ``weekdays`` that are not holidays, one a day at most; the solver picks the day. ``funding`` is
    the label under which they are paid (H335, GZSP), ``None`` where it does not matter. One demand
    per site and product.
    """

    site: Id
    product: Product
    count: Annotated[Count, Field(ge=1, le=20)]
    per: Per
    weekdays: tuple[Weekday, ...]
    start_time: LocalTime
    end_time: LocalTime
    roles: tuple[Role, ...] = (SO,)
    funding: Text | None = None
    on_call_allowed: bool = False

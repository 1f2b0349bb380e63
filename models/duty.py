"""What is to be held: duties (pieces of a line) and sessions (half-days on location)."""

from __future__ import annotations

from datetime import date

from so247.models.base import Count, Id, Model
from so247.models.clock import Interval
from so247.models.lines import Per, Product
from so247.models.settings import Burden


class Duty(Model):
    """One piece of a line. ``id`` is ``line@YYYY-MM-DDTHH:MMZ``, its planned start in UTC.

    ``burden`` is ``None`` for a duty wholly within office hours.
    """

    id: str
    line: Id
    when: Interval
    burden: Burden | None = None


class SessionPeriod(Model):
    """The sessions of one demand in one ISO week or four-week block, as far as in the period.

    Session ids are ``site.product.KEY.ordinal`` with KEY ``2026w41`` or ``b12`` (blocks from the
    anchor; ``bm3`` three before it). ``days`` are the allowed dates; ``count`` is prorated to them.
    """

    site: Id
    product: Product
    key: str
    per: Per
    count: Count
    days: tuple[date, ...]
    demand: int
    """Index of the demand in ``Region.sessions``."""

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(
            f"{self.site}.{self.product.value}.{self.key}.{ordinal}"
            for ordinal in range(1, self.count + 1)
        )


def duty_id(line: str, interval: Interval) -> str:
    return f"{line}@{interval.start:%Y-%m-%dT%H:%MZ}"

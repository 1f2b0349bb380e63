"""What region.yaml may say: the structure of a region, as one model. The rest is in CSV tables."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, get_args

from pydantic import Field

from so247.formats.region_holidays import HolidayRules
from so247.models.base import Id, Model, Text
from so247.models.lines import Line, Organisation, Pattern
from so247.models.norms import RulePack
from so247.models.people import Employer, Pool
from so247.models.settings import OfficeHours, Settings
from so247.models.sites import Agreement, GpGroup, GpPost, Place

REGION_FILE = "region.yaml"


class RegionFile(Model):
    """A region's structure: region.yaml. People, facilities and what changes often are in CSV."""

    id: Annotated[Id, Field(description="Names the region in rosters and calendars.")]
    name: Annotated[Text, Field(description="The region's name as people say it.")]
    anchor_date: Annotated[
        date, Field(description="A Monday from which four-week blocks are counted, both ways.")
    ]
    first_roster_on: Annotated[
        date | None,
        Field(description="First day ever rostered here: before it nobody held a duty."),
    ] = None
    planning_start: Annotated[
        date | None, Field(description="First day of the period that is rostered by default.")
    ] = None
    planning_weeks: Annotated[
        int, Field(ge=1, le=104, description="Length in weeks of that period.")
    ] = 4
    office_hours: OfficeHours = OfficeHours()
    holidays: HolidayRules
    settings: Settings = Settings()
    pools: tuple[Pool, ...] = ()
    employers: tuple[Employer, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    places: tuple[Place, ...] = ()
    gp_posts: tuple[GpPost, ...] = ()
    gp_groups: tuple[GpGroup, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    lines: tuple[Line, ...] = ()
    rule_packs: tuple[RulePack, ...] = ()


def _item_model(annotation: Any) -> type[Model] | None:
    parts = get_args(annotation)
    return parts[0] if len(parts) == 2 and parts[1] is Ellipsis else None


SECTIONS: dict[str, type[Model]] = {
    name: model
    for name, field in RegionFile.model_fields.items()
    if (model := _item_model(field.annotation)) is not None
}
"""The parts of region.yaml that are lists of things, with the model of one."""

HEAD = tuple(name for name in RegionFile.model_fields if name not in SECTIONS)
"""The other keys."""

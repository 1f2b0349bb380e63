"""Areas with their towns, nursing homes, GP groups and facilities, each somewhere on the map."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from so247.models.sites import (
    Facility,
    GpGroup,
    GpPost,
    GpPractice,
    Indication,
    Place,
    ResidenceSetting,
    ResidentCount,
)
from so247.scenarios import geography, names
from so247.scenarios.geography import Spot
from so247.scenarios.spec import Spec


@dataclass
class Area:
    """A part of the region with one pool. ``towns`` are where people live: never an address."""

    index: int
    word: str
    towns: list[Place] = field(default_factory=list)
    homes: list[Place] = field(default_factory=list)
    groups: list[GpGroup] = field(default_factory=list)
    facilities: list[Facility] = field(default_factory=list)

    @property
    def pool(self) -> str:
        return f"pool-{self.word}"

    @property
    def sites(self) -> tuple[str, ...]:
        groups = tuple(group.id for group in self.groups)
        return groups + tuple(facility.id for facility in self.facilities)


@dataclass
class Landscape:
    areas: list[Area]
    gp_posts: list[GpPost] = field(default_factory=list)
    far: list[Place] = field(default_factory=list)
    """Where people live who cannot be on site at night."""
    spots: dict[str, Spot] = field(default_factory=dict)
    """Id of anything that can be travelled to or from -> where it lies."""

    @property
    def places(self) -> tuple[Place, ...]:
        near = [place for area in self.areas for place in (*area.towns, *area.homes)]
        return (*near, *self.far)

    @property
    def groups(self) -> tuple[GpGroup, ...]:
        return tuple(group for area in self.areas for group in area.groups)

    @property
    def facilities(self) -> tuple[Facility, ...]:
        return tuple(facility for area in self.areas for facility in area.facilities)

    def minutes(self, origin: str, destination: str) -> int:
        return geography.minutes(self.spots[origin], self.spots[destination])


def build(spec: Spec, rng: Random) -> Landscape:
    areas = [Area(index, names.area(index, spec.areas)) for index in range(spec.areas)]
    land = Landscape(areas)
    towns, homes = names.towns(rng), names.nursing_homes(rng)
    radius = geography.radius(spec.areas)
    for area in areas:
        middle = geography.centre(area.index)
        for _ in range(4 + spec.facilities // spec.areas // 6):
            name = next(towns)
            area.towns.append(Place(id=names.slug(name), name=name))
            land.spots[names.slug(name)] = middle.near(rng, radius)
        for _ in range(2 + spec.physicians // spec.areas // 6):
            name = next(homes)
            place = Place(id=names.slug(name.removeprefix("Verpleeghuis ")), name=name)
            area.homes.append(place)
            land.spots[place.id] = land.spots[rng.choice(area.towns).id]
    _groups(spec, land, rng)
    _facilities(spec, land, rng)
    for index in range(spec.remote):
        name = next(towns)
        land.far.append(Place(id=names.slug(name), name=name))
        land.spots[names.slug(name)] = geography.far_away(index % spec.areas)
    return land


def _groups(spec: Spec, land: Landscape, rng: Random) -> None:
    post = GpPost(id="hap", name=f"Huisartsenpost {spec.name}")
    land.gp_posts.append(post)
    land.spots[post.id] = geography.centre(0)
    for number in range(spec.gp_groups):
        area = land.areas[number % spec.areas]
        town = area.towns[len(area.groups) % len(area.towns)]
        group = f"hagro-{number + 1:02d}"
        where = land.spots[town.id].near(rng, geography.TOWN_RADIUS_KM)
        practices = tuple(
            GpPractice(id=f"{group}-{letter}", name=f"Praktijk {town.name} {letter.upper()}")
            for letter in "abcdefgh"[: rng.randint(5, 8)]
        )
        land.spots |= {group: where} | {practice.id: where for practice in practices}
        area.groups.append(
            GpGroup(
                id=group,
                name=f"Huisartsengroep {town.name} {number + 1}",
                practices=practices,
                gp_post=post.id,
                pools=(area.pool,),
                residents=(
                    ResidentCount(
                        setting=ResidenceSetting.HOME_WLZ,
                        indication=Indication.WLZ,
                        count=rng.randint(4, 12),
                    ),
                    ResidentCount(
                        setting=ResidenceSetting.HOME,
                        indication=Indication.NONE,
                        count=rng.randint(6, 20),
                    ),
                ),
            )
        )


def _facilities(spec: Spec, land: Landscape, rng: Random) -> None:
    """10 to 20 residents each (DOMAIN B8), two of them at most without Wlz indication."""
    called = names.facilities(rng)
    for number in range(spec.facilities):
        area = land.areas[number % spec.areas]
        group = area.groups[len(area.facilities) % len(area.groups)]
        name = next(called)
        admitted = number % 5 == 4
        setting = (
            ResidenceSetting.ADMITTED_NOT_CONTRACTED
            if admitted
            else ResidenceSetting.FACILITY_WITHOUT_TREATMENT
        )
        counts = ((Indication.WLZ, rng.randint(10, 18)), (Indication.NONE, rng.randint(0, 2)))
        opens = None
        if number >= spec.facilities - spec.openings:
            opens = spec.start + timedelta(weeks=spec.weeks // 3, days=2)
        facility = Facility(
            id=names.slug(name),
            name=name,
            setting=setting,
            residents=tuple(
                ResidentCount(setting=setting, indication=indication, count=count)
                for indication, count in counts
                if count
            ),
            opening_date=opens,
            gp_group=group.id,
            pools=(area.pool,),
        )
        land.spots[facility.id] = land.spots[rng.choice(area.towns).id].near(
            rng, geography.TOWN_RADIUS_KM
        )
        area.facilities.append(facility)

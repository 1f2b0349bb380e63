"""``tekort``: a region that cannot be covered, small enough to count by hand.

Three SOs share the out-of-hours line. A fourth lives too far away for it and holds office hours.
In the second week two of the three are on leave from Monday 08:00 to Monday 08:00, so one is left
for seven duties: four weeknights of 15 h, Friday evening of 17 h, Saturday and Sunday of 23 h.

Nobody may hold two of these in a row: between weeknights lie only 9 of the 11 hours of rest, and
weekend duties touch and together last more than 24 h. So of Monday and Tuesday at least 15 h stay
open, of Wednesday and Thursday 15 h, and of Saturday and Sunday 23 h: 53 h, whatever happens on
Friday. Holding Monday, Wednesday, Friday and Sunday leaves exactly that. Two sites make
2 x 53 x 60 = 6360 uncovered site-minutes.

Rest and 24 h stand in a collective agreement here. A registered SO's own norm is voluntary, and
without it one person could be on call all week.

The facility opens on the first day with every document in order: only capacity is in its way.
"""

from __future__ import annotations

from datetime import date, time

from so247.formats.region_holidays import usual_days
from so247.models.lines import Line, Window
from so247.models.packs import SO_VOLUNTARY_NORM
from so247.models.people import SO, Absence, Contract, Employer, PackBinding, Physician, Pool
from so247.models.region import Region
from so247.models.sites import (
    Agreement,
    AgreementKind,
    CareFunction,
    Facility,
    FunctionHolder,
    GpGroup,
    GpPost,
    GpPractice,
    Indication,
    Pairing,
    Place,
    ResidenceSetting,
    ResidentCount,
    TravelTime,
)
from so247.scenarios.generator import changed
from so247.scenarios.lines import PATTERN, PHONE_MINUTES
from so247.scenarios.packs import binding
from so247.scenarios.papers import papers, with_facts

START = date(2026, 11, 2)
LEAVE = (date(2026, 11, 9), date(2026, 11, 16))
MINIMUM_SITE_MINUTES = 2 * 53 * 60
"""Proven above; no roster of whole duties has less."""

POOL, GROUP, HOUSE = "pool-tekort", "hagro-gorsmoer", "huize-wederik"
POST = "hap"
SITES = (GROUP, HOUSE)
DAY, EVENING = "tekort-dag", "tekort-anw"
TOWN, FAR = "gorsmoer", "verlaat"
ON_SITE = 45
NEAR_MINUTES, FAR_MINUTES = 20, 80
NAMES = ("Hanneke van Vlierhoorn", "Okke Doornstein", "Imane Lisselaar", "Berber ter Halmrade")
FUNCTIONS = (CareFunction.CO_TREATMENT, CareFunction.CONSULTATION)
PACK = binding(SO_VOLUNTARY_NORM, "cao-tekort", "Collective agreement of Zorggroep Tekort")


def tekort() -> Region:
    people = tuple(
        Physician(
            id=f"so-{number:02d}",
            name=name,
            role=SO,
            pools=(POOL,),
            day_base=TOWN,
            night_base=FAR if number == len(NAMES) else TOWN,
            rule_packs=(PackBinding(pack=PACK.id),),
        )
        for number, name in enumerate(NAMES, start=1)
    )
    years = (START.year, START.year + 1)
    region = Region(
        id="tekort",
        name="Tekort",
        anchor_date=START,
        holidays=usual_days(years, good_friday=False, liberation_day=False),
        holiday_years=years,
        first_roster_on=START,
        planning_start=START,
        planning_weeks=4,
        pools=(Pool(id=POOL, name="Artsenpool Tekort"),),
        employers=(Employer(id="werkgever-1", name="Zorggroep Tekort"),),
        places=(Place(id=TOWN, name="Gorsmoer"), Place(id=FAR, name="Verlaat")),
        gp_posts=(GpPost(id=POST, name="Huisartsenpost Tekort"),),
        gp_groups=(_group(),),
        facilities=(_facility(),),
        agreements=tuple(_agreement(site) for site in SITES),
        patterns=(PATTERN,),
        lines=(
            _line(DAY, "Dagdienst", Window.OFFICE_HOURS, "088-0009001"),
            _line(EVENING, "Voorwacht ANW", Window.OUT_OF_HOURS, "088-0009002"),
        ),
        pairings=(Pairing(site=GROUP, physician="so-04", deputy="so-01"),),
        physicians=people,
        contracts=tuple(
            Contract(id=f"c-{each.id}", physician=each.id, employer="werkgever-1", fte=0.8)
            for each in people
        ),
        absences=tuple(
            Absence(
                physician=physician,
                first_day=LEAVE[0],
                from_time=time(8),
                last_day=LEAVE[1],
                until_time=time(8),
            )
            for physician in ("so-02", "so-03")
        ),
        travel_times=tuple(
            TravelTime(origin=origin, destination=site, minutes=minutes)
            for origin, minutes in ((TOWN, NEAR_MINUTES), (FAR, FAR_MINUTES))
            for site in SITES
        ),
        rule_packs=(PACK,),
    )
    file = papers(region, HOUSE, START)
    return changed(region, {"evidence": file.evidence, "task_holders": file.task_holders})


def _group() -> GpGroup:
    return GpGroup(
        id=GROUP,
        name="Huisartsengroep Gorsmoer",
        practices=(GpPractice(id="praktijk-gorsmoer", name="Praktijk Gorsmoer"),),
        gp_post=POST,
        pools=(POOL,),
        residents=(_residents(ResidenceSetting.HOME_WLZ, 8),),
    )


def _facility() -> Facility:
    return with_facts(
        Facility(
            id=HOUSE,
            name="Huize Wederik",
            setting=ResidenceSetting.FACILITY_WITHOUT_TREATMENT,
            residents=(_residents(ResidenceSetting.FACILITY_WITHOUT_TREATMENT, 14),),
            opening_date=START,
            gp_group=GROUP,
            pools=(POOL,),
            function_holders=tuple(
                FunctionHolder(function=function, physician="so-04") for function in FUNCTIONS
            ),
        )
    )


def _residents(setting: ResidenceSetting, count: int) -> ResidentCount:
    return ResidentCount(setting=setting, indication=Indication.WLZ, count=count)


def _agreement(site: str) -> Agreement:
    return Agreement(
        id=f"so-{site}",
        kind=AgreementKind.SO_AVAILABILITY,
        site=site,
        partner=POOL,
        signed_on=date(2026, 9, 1),
        phone_minutes=PHONE_MINUTES,
        on_site_minutes=ON_SITE,
        functions=FUNCTIONS if site == HOUSE else (),
    )


def _line(line: str, name: str, window: Window, phone: str) -> Line:
    return Line(
        id=line,
        name=f"{name} Tekort",
        sites=SITES,
        window=window,
        pattern=PATTERN.id,
        phone=phone,
        escalation=(line,),
        phone_minutes=PHONE_MINUTES,
        on_site_minutes=ON_SITE,
    )

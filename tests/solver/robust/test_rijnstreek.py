"""25 people, 13 weeks, a week away each time: a sample of the repairs is checked in full."""

from __future__ import annotations

from random import Random

from so247.audit.absent import repaired, without
from so247.audit.check import check
from so247.models.proof import Survival
from so247.scenarios.shipped import rijnstreek
from so247.solver.robust import robust

SAMPLE = 100


def test_a_sample_of_repairs_passes_the_whole_check() -> None:
    made = rijnstreek()
    region, roster, history = made.region, made.witness, made.history
    assert roster is not None
    found = robust(region, roster, history, absence_days=7)
    assert found.tried == 25 * 13 * 7
    assert found.count(Survival.UNKNOWN) == 0
    before = {site.site: site.uncovered_minutes for site in check(region, roster, history).sites}
    assert set(before.values()) == {0}
    survived = [
        (case, day)
        for case in found.cases
        if case.survival is Survival.SURVIVED
        for day in case.days
    ]
    for case, day in Random(247).sample(survived, SAMPLE):
        away = without(region, case, day, 7, (roster, *history))
        report = check(away, repaired(roster, case), history)
        assert report.hard_breaches == (), (case.physicians, day)
        assert report.uncovered_site_minutes == 0, (case.physicians, day)

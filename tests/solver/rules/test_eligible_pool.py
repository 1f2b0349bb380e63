"""``eligible.pool``: people serve a site only from a pool that is linked to it."""

from __future__ import annotations

DUTY = "day@2026-11-02T07:00Z"


def two_sites(small, pools):
    return {
        "facilities": (small.facility(), small.facility("annex", pools=("other",))),
        "agreements": (small.agreement(), small.agreement("annex", partner="other")),
        "lines": (small.line("day", sites=("home", "annex")),),
        "physicians": (small.person("ann", pools=pools, day_base="home"),),
        "travel_times": (small.travel("home", "annex", 10),),
    }


def test_feasible_in_a_pool_of_every_site(small):
    found = small.solved(small.region(**two_sites(small, ("pool", "other"))))
    assert found.held == {DUTY: "ann"}


def test_feasible_where_the_second_site_opens_later(small):
    # Annex opens on Tuesday; on Monday it asks for no pool of its own.
    parts = two_sites(small, ("pool",))
    later = small.facility("annex", pools=("other",), opening_date=small.day(3))
    parts["facilities"] = (small.facility(), later)
    assert small.solved(small.region(**parts)).held == {DUTY: "ann"}


def test_infeasible_in_no_pool_of_one_site(small):
    # With an agreement with her pool as well, so that the pool alone stands in the way.
    region = small.region(**two_sites(small, ("pool",)) | {"agreements": (small.agreement(),)})
    found = small.solved(region)
    assert found.why(DUTY) == ("eligible.pool: ann",)
    assert small.by_hand(region, small.office(2)) == {"eligible.pool"}


def test_penalty_counts_every_site_of_the_line(small):
    # Two sites x 9 h = 1080 site-minutes; both need a first line for 10 080 minutes.
    found = small.solved(small.region(**two_sites(small, ("pool",))))
    assert found.gaps == {DUTY: 1080}
    assert found.cost("coverage") == 20_160

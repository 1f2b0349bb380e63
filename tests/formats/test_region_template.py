"""The region that a new user starts from is rostered and covered as it stands."""

from so247.formats.new_region import template_files
from so247.formats.region_parse import parse_region
from so247.solver.limits import Limits
from so247.solver.solve import solve


def test_the_example_region_is_covered_without_gaps() -> None:
    result = solve(parse_region(template_files()), limits=Limits(seconds=30))
    assert result.roster is not None
    assert result.report is not None
    assert result.roster.gaps == ()
    # Four weeks without holiday: 20 office days, 16 nights from Monday to Thursday, 12 in weekends;
    # and the one of the Sunday before, which runs on to Monday 08:00.
    duties = [each for each in result.roster.assignments if "@" in each.target]
    assert len(duties) == 49
    assert result.report.covered
    assert {site.verdict.value for site in result.report.sites} == {"covered"}

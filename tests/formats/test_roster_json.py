"""roster.json: the same bytes for the same roster, and faults with their places."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from so247.formats.located_json import json_place
from so247.formats.roster_json import report_to_json, roster_from_json, roster_to_json
from so247.models.clock import Interval, period
from so247.models.errors import RosterError
from so247.models.report import Report
from so247.models.roster import Assignment, Gap, LedgerEntry, Roster, State
from so247.models.settings import Burden

NIGHT = Interval(
    start=datetime(2026, 10, 5, 15, 0, tzinfo=UTC), end=datetime(2026, 10, 6, 6, 0, tzinfo=UTC)
)
ROSTER = Roster(
    region_id="example",
    region_hash="abc",
    period=period(date(2026, 10, 5), 4),
    revision=3,
    published_at=datetime(2026, 9, 1, 8, 0, tzinfo=UTC),
    seed=7,
    version="0.1.0",
    assignments=(
        Assignment(
            target="wacht@2026-10-05T15:00Z",
            physician="ans",
            contract="ans-linde",
            when=NIGHT,
            state=State.ACCEPTED,
            pinned=True,
        ),
    ),
    gaps=(Gap(target="hagro.consultation.2026w41.1", reasons=("niemand – vrij",)),),
    closing_ledger=(LedgerEntry(physician="ans", burden=Burden.WEEKEND, balance=-1500),),
)


def faults(data: bytes) -> RosterError:
    with pytest.raises(RosterError) as caught:
        roster_from_json(data, "roster.json")
    assert "pydantic" not in str(caught.value)
    return caught.value


def changed(**values: Any) -> bytes:
    content = json.loads(roster_to_json(ROSTER))
    return json.dumps(content | values, indent=1).encode()


def test_it_is_read_back_as_it_was() -> None:
    assert roster_from_json(roster_to_json(ROSTER), "roster.json") == ROSTER


def test_bytes_are_the_same_whatever_the_order_of_making() -> None:
    backwards = Roster(
        **dict(reversed([(name, getattr(ROSTER, name)) for name in Roster.model_fields]))
    )
    data = roster_to_json(backwards)
    assert data == roster_to_json(ROSTER)
    assert data.endswith(b"}\n")
    assert b"\r" not in data
    assert "niemand – vrij".encode() in data
    keys = list(json.loads(data))
    assert keys == sorted(keys)


def test_a_report_is_written_alike() -> None:
    report = Report(region_id="example", region_hash="", roster_revision=1, period=NIGHT, sites=())
    data = report_to_json(report)
    assert Report.model_validate_json(data) == report
    assert list(json.loads(data)) == sorted(json.loads(data))


def test_a_newer_version_is_refused_in_a_sentence() -> None:
    # Even when it has keys that this version does not know.
    (found,) = faults(changed(schema_version=99, novelty=1)).problems
    assert found.message == "was written by a newer so247"
    assert found.value == "schema_version 99"
    assert "install a newer so247" in found.advice


def test_all_faults_are_located() -> None:
    data = roster_to_json(ROSTER).decode()
    data = data.replace('"accepted"', '"acepted"').replace('"seed": 7', '"seed": "7"')
    lines = data.splitlines()
    found = {each.value: each for each in faults(data.encode()).problems}
    assert set(found) == {"acepted", "7"}
    for value, problem in found.items():
        assert value in lines[problem.line - 1]
        assert problem.file == "roster.json"
    assert "Maybe you meant accepted" in found["acepted"].advice


def test_time_that_runs_backwards_is_a_fault() -> None:
    data = roster_to_json(ROSTER).decode()
    lines = data.splitlines()
    (found,) = faults(
        data.replace("2026-10-06T06:00:00Z", "2026-10-05T15:00:00Z").encode()
    ).problems
    assert found.message == "ends before it starts"
    assert "2026-10-06T06:00:00Z" in lines[found.line - 1]


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b"\xe9", b"[" * 100_000, b'{"period": 1}', b"12"],
    ids=str,
)
def test_what_is_no_roster_is_a_sentence(data: bytes) -> None:
    found = faults(data)
    assert found.problems
    assert all(each.file == "roster.json" and each.line > 0 for each in found.problems)


def test_places_within_json() -> None:
    text = '{"a": [1, {"b": "}]"}],\n "c" : {"d":\n [ ]}}'
    assert json_place(text, ()) == (1, 1)
    assert json_place(text, ("a", 0)) == (1, 8)
    assert json_place(text, ("a", 1, "b")) == (1, 17)
    assert json_place(text, ("c",)) == (2, 8)
    assert json_place(text, ("c", "d")) == (3, 2)
    # What is not there is missing from what is around it.
    assert json_place(text, ("c", "e")) == (2, 8)
    assert json_place(text, ("c", "d", 0)) == (3, 2)
    assert json_place(text, ("a", 0, "x")) == (1, 8)


def test_half_a_file_says_where_it_ends() -> None:
    data = roster_to_json(ROSTER)
    (found,) = faults(data[: len(data) // 2]).problems
    assert "no JSON" in found.message
    assert "cut off" in found.advice

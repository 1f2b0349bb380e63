"""proof.json: the same bytes for the same proof, and every fault of one in located sentences."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from so247.formats.dossier.json import proof_from_json, proof_to_json
from so247.models.errors import InputError
from so247.models.proof import PROOF_SCHEMA_VERSION, Proof

SPLINTERS = [
    *(b"\x00", b"\xff", b"=", b'"', b"\n", b"-", b"[", b"]", b"{", b"}", b":", b",", b" ", b"\\"),
    *(b"9" * 30, b"null", b"true", b"1e400", b"NaN", b'"x"', b"[1]", b"{}", b'"\\ud800"', b"-1"),
    *(b'"0001-01-01"', b'"9999-12-31"', b'"2026-02-31"', b"0.5", b'"arts-99"', b"[" * 3000),
]


@pytest.fixture(scope="module")
def proof(every_verdict) -> Proof:
    return every_verdict["impossible"]


@pytest.fixture(scope="module")
def content(proof) -> dict[str, Any]:
    return json.loads(proof_to_json(proof))


def faults(data: bytes) -> tuple[Any, ...]:
    with pytest.raises(InputError) as caught:
        proof_from_json(data, "proof.json")
    assert "pydantic" not in str(caught.value)
    for problem in caught.value.problems:
        assert problem.file == "proof.json"
        str(problem).encode()  # can be shown anywhere
    return caught.value.problems


def told(data: bytes) -> None:
    """It is a proof, or there are sentences that can be shown anywhere."""
    try:
        proof_from_json(data, "proof.json")
    except InputError as error:
        "\n".join(str(problem) for problem in error.problems).encode()
        if not error.problems:
            raise


def written(content: Any) -> bytes:
    return json.dumps(content, indent=1).encode()


def test_it_is_read_back_as_it_was(every_verdict, nasty) -> None:
    for proof in (*every_verdict.values(), nasty):
        assert proof_from_json(proof_to_json(proof), "proof.json") == proof


def test_the_same_proof_gives_the_same_bytes_and_they_are_ascii(proof) -> None:
    data = proof_to_json(proof)
    assert data == proof_to_json(Proof.model_validate_json(proof.model_dump_json()))
    assert data.isascii()
    assert data.endswith(b"}\n")
    assert list(json.loads(data)) == sorted(json.loads(data))
    assert json.loads(data)["schema_version"] == PROOF_SCHEMA_VERSION


def test_every_problem_is_named_with_its_place(content) -> None:
    broken = {**content, "verdict": "wonderful", "until": "2026-02-31", "extra": 1}
    del broken["basis"]
    found = {problem.path: problem for problem in faults(written(broken))}
    assert set(found) == {("verdict",), ("until",), ("extra",), ("basis",)}
    assert "meets" in found["verdict",].advice
    assert found["basis",].message == "basis is missing"
    lines = written(broken).decode().splitlines()
    assert '"until"' in lines[found["until",].line - 1]


def test_a_slice_that_is_no_region_does_not_hide_the_rest(content) -> None:
    """A person's pool is not there, and the verdict is no verdict: both are said."""
    region = json.loads(json.dumps(content["slice"]))
    region["physicians"][0]["pools"] = ["no-such-pool"]
    found = {problem.path for problem in faults(written({**content, "slice": region}))}
    assert found == {("slice", "physicians", 0, "pools", 0)}
    both = faults(written({**content, "slice": region, "verdict": "wonderful"}))
    assert {problem.path for problem in both} == found | {("verdict",)}
    assert all(problem.line > 1 for problem in both)


def test_a_newer_version_says_what_to_do(content) -> None:
    (problem,) = faults(written({**content, "schema_version": PROOF_SCHEMA_VERSION + 1}))
    assert "newer version" in problem.message
    assert "Maybe update so247" in problem.advice


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no JSON"),
        (b"no proof", "no JSON"),
        (b"[]", "must be keys"),
        (b"{}", "slice is missing"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"until": NaN}', "NaN is no number"),
        (b'{"site": "a", "site": "b"}', "'site' stands twice"),
        (b'{"site": ' + b"9" * 5000 + b"}", "no JSON that can be read"),
    ],
)
def test_what_is_no_proof_at_all(data, said) -> None:
    assert said in "\n".join(str(problem) for problem in faults(data))


def test_a_year_beyond_reckoning(content) -> None:
    """Lines are tried over the year of the anchor, up to the day after its last."""
    region = {**content["slice"], "anchor_date": "9999-12-27", "holidays": [], "holiday_years": []}
    (problem,) = faults(written({**content, "slice": region}))
    assert "cannot be reckoned with" in problem.message


@settings(max_examples=150, deadline=None)
@given(
    share=st.floats(0, 1),
    length=st.sampled_from([0, 0, 1, 3, 40]),
    splinter=st.sampled_from(SPLINTERS),
    data=st.data(),
)
def test_a_damaged_proof_never_ends_in_a_traceback(every_verdict, share, length, splinter, data):
    name = data.draw(st.sampled_from(sorted(every_verdict)))
    whole = proof_to_json(every_verdict[name])
    at = int(share * len(whole))
    told(whole[:at] + splinter + whole[at + length :])


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    rows = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    return [path, *(place for key, value in rows for place in places(value, (*path, key)))]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_value_of_another_type_never_ends_in_a_traceback(content, data) -> None:
    changed = json.loads(json.dumps(content))
    at = data.draw(st.sampled_from(places(content)[1:]))
    around = changed
    for step in at[:-1]:
        around = around[step]
    values = [None, True, 0, -1, 10**400, 0.5, "", "x", "9999-12-31", "0001-01-01T00:00Z", [], {}]
    around[at[-1]] = data.draw(st.sampled_from(values))
    told(written(changed))

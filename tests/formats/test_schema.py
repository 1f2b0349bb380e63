"""The JSON Schema says what the reader accepts, in a form that editors understand."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from so247.formats.located_yaml import parse_yaml
from so247.formats.new_region import template_files
from so247.formats.region_file import RegionFile
from so247.formats.schema import DIALECT, region_schema
from so247.models.base import TIME_PATTERN
from so247.models.evidence import RuleSet


def parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for each in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from parts(each)


def test_it_is_plain_json_of_draft_2020_12() -> None:
    schema = region_schema()
    assert json.loads(json.dumps(schema)) == schema
    assert schema["$schema"] == DIALECT
    assert set(schema["properties"]) == set(RegionFile.model_fields)
    assert set(schema["required"]) == {"id", "name", "anchor_date", "holidays"}


def test_times_are_hours_and_minutes() -> None:
    schema = region_schema()
    assert schema["$defs"]["OfficeHours"]["properties"]["start"]["pattern"] == TIME_PATTERN
    # format: time asks for seconds, so editors would refuse "08:00".
    assert all(part.get("format") != "time" for part in parts(schema))


def test_unknown_keys_are_refused_and_words_explained() -> None:
    schema = region_schema()
    objects = [schema, *(each for each in schema["$defs"].values() if "properties" in each)]
    assert all(each["additionalProperties"] is False for each in objects)
    assert "Dienstlijn" in schema["$defs"]["Line"]["description"]
    assert all("``" not in part.get("description", "") for part in parts(schema))


def test_what_the_proof_asks_of_the_structure_is_in_it() -> None:
    parts_by_name = region_schema()["$defs"]
    assert {"accepts_patients", "gps"} <= set(parts_by_name["GpPractice"]["properties"])
    assert "rule_set" in parts_by_name["Settings"]["properties"]
    assert parts_by_name["RuleSet"]["enum"] == [each.value for each in RuleSet]


def test_the_template_is_valid_and_its_mistakes_are_not() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(region_schema())
    validator.check_schema(region_schema())
    data = parse_yaml(template_files()["region.yaml"].decode(), "region.yaml").data
    assert list(validator.iter_errors(data)) == []
    data["office_hours"]["start"] = 480
    data["lines"][0]["windw"] = "always"
    assert len(list(validator.iter_errors(data))) == 2

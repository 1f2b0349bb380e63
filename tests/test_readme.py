"""The README is true: its Python runs, its links lead somewhere, its commands and codes exist."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from so247.cli.exits import Code
from so247.cli.main import app
from so247.cli.prove import CODES
from so247.models.proof import Verdict

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)
CONSOLE = "".join(re.findall(r"^```console\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE))
INLINE = "\n".join(re.findall(r"`([^`\n]+)`", README))


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 3


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_python_example_runs(number, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(EXAMPLES[number], f"README.md example {number + 1}", "exec"), {})
    assert capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_every_link_leads_somewhere() -> None:
    targets = [each for each in re.findall(r"\]\(([^)]+)\)", README) if "://" not in each]
    assert targets
    headings = re.findall(r"^#+ (.+)$", README, flags=re.MULTILINE)
    # A heading's address: small letters, hyphens for spaces, nothing else but digits.
    here = {"#" + re.sub(r"[^a-z0-9-]", "", each.lower().replace(" ", "-")) for each in headings}
    assert [each for each in targets if each not in here and not (ROOT / each).exists()] == []


def test_every_command_and_option_exists() -> None:
    commands = get_command(app).commands
    said = re.findall(r"so247 ([a-z][a-z-]*)(.*)", CONSOLE + INLINE)
    # What else can be written, and what a schema is for, is told by --help and in region.yaml.
    assert {name for name, _ in said} == set(commands) - {"export", "schema"}
    for name, rest in said:
        known = {option for each in commands[name].params for option in each.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known | {"--help"}


def test_every_exit_code_is_explained() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", README, flags=re.MULTILINE)}
    # What a shell pipe does to a command needs no explanation.
    assert told == {int(code) for code in Code} - {Code.NOBODY_READS}


def test_every_verdict_has_the_exit_code_that_the_readme_says() -> None:
    said = re.findall(r"^\| `([a-z_]+)` \|.*\| (\d+) \|$", README, flags=re.MULTILINE)
    assert {Verdict(name): int(code) for name, code in said} == CODES
    assert set(CODES) == set(Verdict)

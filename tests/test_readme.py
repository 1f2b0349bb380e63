"""The README is true: its Python runs, its links lead somewhere, its exit codes exist."""

import re
from pathlib import Path

import pytest

from so247.cli.exits import Code

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 3


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_python_example_runs(number, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(EXAMPLES[number], f"README.md example {number + 1}", "exec"), {})
    assert capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_every_link_to_a_file_leads_somewhere() -> None:
    targets = [each for each in re.findall(r"\]\(([^)]+)\)", README) if "://" not in each]
    assert targets
    assert [each for each in targets if not (ROOT / each).exists()] == []


def test_every_exit_code_is_explained() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", README, flags=re.MULTILINE)}
    # What a shell pipe does to a command needs no explanation.
    assert told == {int(code) for code in Code} - {Code.NOBODY_READS}

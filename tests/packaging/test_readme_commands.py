"""CI runs the two set-up commands as the README prints them."""

import subprocess
import sys
from pathlib import Path


def readme_commands(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "scripts" / "readme_commands.py"), *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_the_readme_has_the_two_commands(root: Path) -> None:
    roster = readme_commands(root, "roster").stdout.strip()
    tests = readme_commands(root, "tests").stdout.strip()
    assert roster.endswith(".venv/bin/so247 roster veenland --out out")
    assert tests.endswith(".venv/bin/pytest")


def test_a_readme_without_them_is_refused(root: Path, tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text("```console\n$ so247 roster veenland\n```\n", encoding="utf-8")
    result = readme_commands(root, "roster", str(page))
    assert result.returncode == 1
    assert "found 0" in result.stderr

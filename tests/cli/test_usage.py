"""A command that cannot be meant: exit code 2 and a sentence, before anything is read."""

import pytest

MISTAKES = [
    (["--weeks", "0"], "--weeks"),
    (["--weeks", "-3"], "--weeks"),
    (["--weeks", "vier"], "--weeks"),
    (["--weeks", "1000"], "--weeks"),
    (["--seconds", "0"], "0"),
    (["--seconds", "-1"], "-1"),
    (["--seconds", "nan"], "nan"),
    (["--seconds", "inf"], "inf"),
    (["--seconds", "lang"], "lang"),
    (["--workers", "0"], "--workers"),
    (["--seed", "-1"], "--seed"),
    (["--from", "2026-02-30"], "2026-02-30"),
    (["--from", "05-10-2026"], "05-10-2026"),
    (["--from", "0001-01-01"], "0001-01-01"),
    (["--form", "2026-10-05"], "--form"),
]


@pytest.mark.parametrize(("arguments", "named"), MISTAKES)
def test_a_wrong_value_is_named(run, arguments, named) -> None:
    result = run("roster", "veenland", *arguments)
    assert result.exit_code == 2
    assert named in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("arguments", [["rooster"], ["roster"], ["check", "veenland"], ["new"]])
def test_a_missing_or_unknown_word_is_a_usage_error(run, arguments) -> None:
    assert run(*arguments).exit_code == 2


def test_export_asks_what_to_write(run) -> None:
    result = run("export", "veenland", "roster.json")
    assert result.exit_code == 2
    assert "--ics" in result.stderr


@pytest.mark.parametrize("command", ["roster", "check", "export", "new", "schema"])
def test_help_tells_what_the_command_is_for(run, command) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert command in run("--help").stdout


def test_version_is_that_of_the_package(run) -> None:
    import so247

    assert run("--version").stdout.strip() == f"so247 {so247.__version__}"

"""The command as a process: what other programs, pipes and Ctrl-C see of it."""

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import so247
from so247.formats.roster_json import roster_from_json

COMMAND = (sys.executable, "-m", "so247")
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(Path(so247.__file__).parents[1]),
    "TERM": "xterm",
    "COLUMNS": "120",
}


def test_a_pipe_gets_plain_text_and_no_progress(shell, covered) -> None:
    result = shell("roster", covered, "--seconds", "5")
    assert (result.returncode, result.stderr) == (0, "")
    assert "\x1b" not in result.stdout
    assert "Hagro Dorp" in result.stdout


def test_an_error_is_for_stderr_and_json_for_stdout(shell, covered) -> None:
    result = shell("roster", "atlantis", "--json")
    assert (result.returncode, result.stdout) == (5, "")
    assert "Traceback" not in result.stderr
    result = shell("roster", covered, "--seconds", "5", "--json")
    assert json.loads(result.stdout)["exit_code"] == 0


def test_a_terminal_without_our_letters_still_gets_the_rest(shell, covered) -> None:
    result = shell("roster", covered, "--seconds", "5", PYTHONIOENCODING="ascii")
    assert result.returncode == 0
    assert "Hagro Dorp" in result.stdout


def test_who_stops_reading_gets_no_traceback(covered) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [*COMMAND, "roster", str(covered), "--seconds", "5"]
    try:
        result = subprocess.run(
            command, env=ENVIRONMENT, stdout=writing, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writing)
    assert (result.returncode, result.stderr) == (141, b"")


class Watched:
    """The command with a terminal for its stderr, of which a test reads what is shown."""

    def __init__(self, *arguments: str) -> None:
        self.terminal, side = pty.openpty()
        self.shown = ""
        self.process = subprocess.Popen(
            [*COMMAND, *arguments],
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=side,
        )
        os.close(side)

    def wait_for(self, text: str) -> None:
        """Reads until the text is shown; fails when the command ends before."""
        while text not in self.shown:
            try:
                part = os.read(self.terminal, 65536)
            except OSError:  # the other side is closed
                part = b""
            assert part, f"the command ended without showing {text!r}"
            self.shown += part.decode("utf-8", "replace")

    def end(self) -> int:
        """Its exit code, with everything that it showed."""
        try:
            while part := os.read(self.terminal, 65536):
                self.shown += part.decode("utf-8", "replace")
        except OSError:
            pass
        os.close(self.terminal)
        return self.process.wait(timeout=60)


@pytest.fixture
def watched(request: pytest.FixtureRequest):
    def start(*arguments: str) -> Watched:
        found = Watched(*arguments)
        request.addfinalizer(lambda: found.process.poll() is None and found.process.kill())
        return found

    return start


def test_ctrl_c_keeps_checks_and_writes_the_best_roster(watched, tmp_path) -> None:
    # Coverage is shown as soon as a first roster is found; to prove all goals of Veenland takes
    # seconds longer.
    out = tmp_path / "out"
    command = watched("roster", "veenland", "--seconds", "600", "--out", str(out))
    command.wait_for("coverage")
    command.process.send_signal(signal.SIGINT)
    assert command.end() == 130
    assert "Stopped by Ctrl-C" in command.shown
    assert str(out) in command.shown.replace("\r\n", "")
    roster = roster_from_json((out / "roster.json").read_bytes(), "roster.json")
    report = json.loads((out / "check.json").read_text("utf-8"))
    assert roster.assignments
    assert report["roster_revision"] == roster.revision


def test_a_second_ctrl_c_quits_at_once_and_writes_nothing(watched, tmp_path) -> None:
    command = watched("roster", "veenland", "--seconds", "600", "--out", str(tmp_path / "out"))
    command.wait_for("coverage")
    command.process.send_signal(signal.SIGINT)
    command.wait_for("Stopping")
    command.process.send_signal(signal.SIGINT)
    assert command.end() == 130
    # Either the search was still at work, or it had just ended and everything was written.
    written = {path.name for path in tmp_path.glob("out/*")}
    assert written in (set(), {"roster.json", "check.json", "roster.xlsx", "calendars"})

"""What a host program may rely on: the public names and what they are."""

import inspect
import subprocess
import sys

import so247

PROMISED = {
    "Cancel",
    "InputError",
    "Limits",
    "NotFound",
    "Progress",
    "Region",
    "RegionError",
    "Report",
    "Result",
    "Roster",
    "RosterError",
    "So247Error",
    "check",
    "load_history",
    "load_region",
    "read_roster",
    "solve",
    "to_ical",
}


def test_the_promised_names_are_there_and_say_what_they_do() -> None:
    assert set(so247.__all__) >= PROMISED
    for name in so247.__all__:
        assert inspect.getdoc(getattr(so247, name)), name


def test_every_error_is_one_of_ours() -> None:
    for name in ("InputError", "NotFound", "Cancelled"):
        assert issubclass(getattr(so247, name), so247.So247Error)
    for name in ("RegionError", "RosterError"):
        assert issubclass(getattr(so247, name), so247.InputError)


def test_the_version_is_text_and_loaded_on_demand() -> None:
    assert so247.__version__[0].isdigit()
    assert "__version__" in dir(so247)


def test_reading_and_checking_never_load_the_solver() -> None:
    code = (
        "import sys, so247; so247.load_region, so247.check, so247.to_ical, so247.read_roster; "
        "print(any(name.split('.')[0] in ('ortools', 'pandas') for name in sys.modules))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert result.stdout.strip() == "False"


def test_a_whole_round_prints_nothing_and_touches_no_file(capfd, tmp_path, monkeypatch) -> None:
    region = so247.load_region("veenland")
    history = so247.load_history("veenland", region)
    monkeypatch.chdir(tmp_path)
    result = so247.solve(region, weeks=1, history=history, limits=so247.Limits(seconds=5))
    assert result.roster is not None
    report = so247.check(region, result.roster, history)
    assert report == result.report
    calendars = so247.to_ical(region, result.roster, history)
    assert all(content.startswith(b"BEGIN:VCALENDAR") for content in calendars.values())
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", "")

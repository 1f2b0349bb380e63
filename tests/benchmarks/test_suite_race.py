"""Competitors on a case: judged by others than themselves, whatever they do."""

import textwrap

import pytest
from benchmarks.measure import race
from benchmarks.measure.process import Ended, Said
from benchmarks.measure.race import Entry, packed, thinned, unpacked

PEERS = {
    "good": """
        def run(problem, seconds, seed, seen):
            nothing = [0] * len(problem.options)
            seen(nothing)
            one = tuple(int(at == seed) for at in range(len(problem.options)))
            return Answer(one, (0,) * 7, "took one")
    """,
    "lawless": """
        def run(problem, seconds, seed, seen):
            seen([0] * len(problem.options))
            return Answer((1,) * len(problem.options), None, "took all")
    """,
    "crashing": """
        def run(problem, seconds, seed, seen):
            seen([0] * len(problem.options))
            raise MemoryError("no more")
    """,
    "endless": """
        def run(problem, seconds, seed, seen):
            seen([0] * len(problem.options))
            while True:
                pass
    """,
    "wordless": """
        def run(problem, seconds, seed, seen):
            return Answer(None, None, "found nothing")
    """,
    "absent": """
        def available():
            return "no Java here"

        def run(problem, seconds, seed, seen):
            raise AssertionError("was asked to run")
    """,
    "careless": """
        def run(problem, seconds, seed, seen):
            seen([0, 1])
    """,
}
HEAD = "from benchmarks.peers.answer import Answer\nNAME = 'x'\ndef available():\n    return None\n"


@pytest.fixture(scope="module", autouse=True)
def peers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("peers")
    package = folder / "suite_fakes"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    for name, text in PEERS.items():
        (package / f"{name}.py").write_text(HEAD + textwrap.dedent(text), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield


def raced(name: str, seconds: float = 30.0):
    return race.run(Entry(f"suite_fakes.{name}", "veenland", None, seconds, 3), None, 4000.0)


def test_choices_are_judged_by_evaluator_and_check() -> None:
    row = raced("good")
    assert (row["outcome"], row["note"], row["broken"]) == ("finished", "took one", ())
    assert row["bounds"] == (0,) * 7
    first, last = (values for _, values in row["curve"])
    # One duty held is better than none, and the curve holds both in order.
    assert last < first
    assert row["values"] == last
    # The check finds the same minutes uncovered as the first tier says, plus nothing else.
    assert row["counts"]["uncovered_site_minutes"] == last[0]
    assert row["counts"]["gaps"] > 0


def test_a_last_word_against_the_rules_is_named_and_does_not_count() -> None:
    row = raced("lawless")
    assert row["broken"]
    assert row["values"] == row["curve"][0][1]  # the roster in which nobody holds anything


def test_a_crash_keeps_what_was_found() -> None:
    row = raced("crashing")
    assert row["outcome"] == "crashed"
    assert "no more" in row["note"]
    assert row["values"] is not None


def test_whoever_does_not_stop_is_killed(monkeypatch) -> None:
    monkeypatch.setattr(race, "GRACE", 0.2)
    row = raced("endless", 0.1)
    assert row["outcome"] == "killed"
    assert row["values"] is not None


def test_no_roster_is_a_result() -> None:
    row = raced("wordless")
    assert row["outcome"] == "finished"
    assert "values" not in row


def test_whoever_is_not_installed_is_not_run() -> None:
    row = raced("absent")
    assert (row["outcome"], row["note"]) == ("unavailable", "no Java here")


def test_a_choice_that_is_none_is_the_competitors_mistake() -> None:
    row = raced("careless")
    assert row["outcome"] == "crashed"
    assert "zeros and ones" in row["note"]


def ended(*seen: tuple[float, bytes]) -> Ended:
    said = [Said("begin", 1.0), *(Said("seen", cpu, bits) for cpu, bits in seen)]
    return Ended("finished", "", 0.0, 0.0, 0.0, said)


def test_time_counts_from_the_moment_the_problem_is_handed_over() -> None:
    found, late = race.moments(ended((1.5, b"a")), 10.0)
    assert (found, late) == ([(0.5, b"a")], False)


def test_what_comes_too_late_does_not_count() -> None:
    # Budget 10: up to 10 * 1.1 + 1 = 12 CPU seconds after the start, which was at 1.
    found, late = race.moments(ended((2.0, b"a"), (13.5, b"b")), 10.0)
    assert (found, late) == ([(1.0, b"a")], True)


def test_of_every_moment_the_last_choice_is_kept_and_of_all_the_first() -> None:
    # Moments are 1000 / 500 = 2 seconds long: a, b, c lie in the first, d in the third.
    said = ended((1.1, b"a"), (1.2, b"b"), (1.3, b"c"), (5.5, b"d"))
    found, _ = race.moments(said, 1000.0)
    assert [bits for _, bits in found] == [b"a", b"c", b"d"]


def test_a_choice_survives_packing() -> None:
    choice = (1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 0)  # more than one byte, and not a whole number of them
    assert unpacked(packed(choice, len(choice)), len(choice)) == choice


def test_a_thinned_curve_keeps_its_ends() -> None:
    curve = [(float(at), at) for at in range(1000)]
    kept = thinned(curve, 10)
    assert (len(kept), kept[0], kept[-1]) == (10, curve[0], curve[-1])
    assert thinned(curve[:10], 10) == curve[:10]

"""Work in a process of its own: what it says, what it costs, and that it ends."""

import textwrap
from pathlib import Path

import pytest
from benchmarks.measure.process import Allowance, run

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="CPU seconds are read in /proc")
MANY = Allowance(timed=60.0)
WORK = """
import os, subprocess, sys, time

def burn(seconds):
    began = time.process_time()
    while time.process_time() - began < seconds:
        pass

def speaks(say):
    say("begin")
    say("seen", [1, 2])
    say("end", "word")

def burns_elsewhere(say):
    code = "import time\\nwhile time.process_time() < 0.4: pass"
    subprocess.run([sys.executable, "-c", code], check=True)

def raises(say):
    say("seen", 1)
    raise ValueError("of its own making")

def dies(say):
    os.abort()

def endless(say):
    say("seen", "before")
    say("begin")
    burn(1000)

def greedy_for_memory(say):
    kept = bytearray(400_000_000)
    for at in range(0, len(kept), 4096):
        kept[at] = 1
    time.sleep(1000)

def leaves(say):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)"])
    say("left", child.pid)

def noisy(say):
    print("on the terminal")
    os.write(2, b"and here")
"""


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """A module that a fresh process can import, too."""
    folder = tmp_path_factory.mktemp("work")
    (folder / "suite_work.py").write_text(textwrap.dedent(WORK), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        import suite_work

        yield suite_work


def test_what_it_says_arrives_in_order(work) -> None:
    ended = run(work.speaks, (), MANY)
    assert ended.outcome == "finished"
    assert [each.kind for each in ended.said] == ["begin", "seen", "end", "memory"]
    assert ended.last("seen").payload == [1, 2]
    assert ended.timed == ended.last("end").cpu - ended.last("begin").cpu


def test_children_count(work) -> None:
    # The child ends only once it has used 0.4 CPU seconds; the work itself uses next to none.
    assert run(work.burns_elsewhere, (), MANY).cpu >= 0.4


def test_a_crash_is_a_result(work) -> None:
    ended = run(work.raises, (), MANY)
    assert ended.outcome == "crashed"
    assert "ValueError: of its own making" in ended.note
    assert ended.last("seen").payload == 1


def test_a_process_that_is_ended_by_a_signal_has_crashed(work) -> None:
    ended = run(work.dies, (), MANY)
    assert (ended.outcome, ended.note) == ("crashed", "the process ended by SIGABRT")


def test_what_is_far_over_budget_is_killed_and_what_it_found_is_kept(work) -> None:
    ended = run(work.endless, (), Allowance(timed=0.3))
    assert ended.outcome == "killed"
    assert "CPU seconds" in ended.note
    assert ended.last("seen").payload == "before"
    # It used more than was allowed after "begin": that is why it was killed.
    assert ended.timed > 0.3


def test_what_takes_too_much_memory_is_killed(work) -> None:
    ended = run(work.greedy_for_memory, (), Allowance(timed=60.0, megabytes=300.0))
    assert ended.outcome == "killed"
    assert "300 were allowed" in ended.note


def test_nothing_is_left_behind(work) -> None:
    ended = run(work.leaves, (), MANY)
    pid = ended.last("left").payload
    status = Path(f"/proc/{pid}/status")
    # Killed; it may stand there until its parent has asked after it.
    assert not status.exists() or "State:\tZ" in status.read_text(encoding="utf-8")


def test_what_solvers_print_stays_away(work, capfd) -> None:
    assert run(work.noisy, (), MANY).outcome == "finished"
    assert capfd.readouterr() == ("", "")

"""Runs work in a process of its own, counts its CPU seconds, and ends it when it is far over.

CPU seconds are user and system time of the process, all its threads, and its children. A crash or
a kill is an outcome like any other: the caller goes on.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

PROC = Path("/proc")
POLL = 0.25
"""Wall seconds between two looks at a process."""
PATIENCE = 10.0
"""Wall seconds to wait until what was killed is gone."""
WALL_PER_CPU = 20
"""Wall seconds allowed for a CPU second: only work that hangs, on any machine, takes longer."""


@dataclass(frozen=True)
class Said:
    """One message: what it is about, at which CPU second of the process, and what was sent."""

    kind: str
    cpu: float
    payload: Any = None


@dataclass(frozen=True)
class Allowance:
    """CPU seconds and memory that a process may take before it is killed.

    ``timed``: between its messages ``begin`` and ``end``; ``around``: before, and after.
    """

    timed: float
    around: float = 1800.0
    megabytes: float = 12_000.0


@dataclass
class Ended:
    """How a process ended: ``finished``, ``crashed`` or ``killed``; ``note`` says why."""

    outcome: str
    note: str
    cpu: float
    wall: float
    megabytes: float
    said: list[Said] = field(default_factory=list)

    def last(self, kind: str) -> Said | None:
        return next((each for each in reversed(self.said) if each.kind == kind), None)

    @property
    def timed(self) -> float:
        """CPU seconds between ``begin`` and ``end``, or until the process was gone."""
        begin, end = self.last("begin"), self.last("end")
        return 0.0 if begin is None else (end.cpu if end else self.cpu) - begin.cpu


Say = Callable[..., None]
"""``say(kind, payload)``, from within the process."""
Work = Callable[..., None]


def used() -> float:
    """CPU seconds of this process so far: its threads, and the children that it has waited for."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + theirs.ru_utime + theirs.ru_stime


def used_by_all() -> float:
    """CPU seconds so far of everything that this measurement has started, still running or not.

    Coarser than ``used``, which does not see children before they end.
    """
    return max(used(), sum(seconds for _, seconds, _ in _session(os.getsid(0))))


def run(work: Work, arguments: tuple[Any, ...], allowance: Allowance) -> Ended:
    """Call ``work(say, *arguments)`` in a fresh process and wait until it is gone.

    ``work`` is a function of a module. Nobody else may run child processes of this one meanwhile,
    or their CPU seconds are counted too.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    before, began = _waited(), time.monotonic()
    process = context.Process(target=_child, args=(theirs, work, arguments))
    process.start()
    theirs.close()
    watch = _Watch(process.pid or 0, allowance, began)
    said: list[Said] = []
    open_ = True
    while open_ and not watch.why:
        open_ = _receive(ours, said, watch)
        watch.look()
    if watch.why:
        process.kill()
        _end(process.pid or 0)
        while _receive(ours, said, watch):
            """What was sent before the end still counts."""
    process.join()
    _end(process.pid or 0)  # what it may have left behind
    code = process.exitcode or 0
    cpu = max(_waited() - before, watch.cpu)
    ended = Ended("finished", "", cpu, time.monotonic() - began, watch.megabytes, said)
    error = ended.last("error")
    if watch.why:
        ended.outcome, ended.note = "killed", watch.why
    elif error is not None:
        ended.outcome, ended.note = "crashed", str(error.payload)
    elif code:
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        ended.outcome, ended.note = "crashed", f"the process ended by {how}"
    own = ended.last("memory")
    ended.megabytes = max(ended.megabytes, own.payload if own else 0.0)
    return ended


def _waited() -> float:
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return theirs.ru_utime + theirs.ru_stime


def _receive(ours: Connection, said: list[Said], watch: _Watch) -> bool:
    """Take what was sent; false once the other end is closed."""
    wait = POLL
    try:
        while ours.poll(wait):
            message = ours.recv()
            said.append(message)
            watch.hear(message)
            wait = 0
    except (EOFError, OSError):
        return False
    return True


class _Watch:
    """What a process has used, and why it must end (empty: it need not)."""

    def __init__(self, pid: int, allowance: Allowance, began: float) -> None:
        self.pid = pid
        self.allowance = allowance
        self.began = began
        self.limit = allowance.around
        self.wall_limit = WALL_PER_CPU * (2 * allowance.around + allowance.timed)
        self.cpu = self.megabytes = 0.0
        self.why = ""

    def hear(self, message: Said) -> None:
        if message.kind == "begin":
            self.limit = message.cpu + self.allowance.timed
        elif message.kind == "end":
            self.limit = message.cpu + self.allowance.around

    def look(self) -> None:
        cpu = megabytes = 0.0
        for _, seconds, size in _session(self.pid):
            cpu += seconds
            megabytes += size
        self.cpu = max(self.cpu, cpu)
        self.megabytes = max(self.megabytes, megabytes)
        if self.cpu > self.limit:
            self.why = f"used {self.cpu:.0f} CPU seconds, {self.limit:.0f} were allowed by then"
        elif megabytes > self.allowance.megabytes:
            self.why = f"used {megabytes:.0f} MB, {self.allowance.megabytes:.0f} were allowed"
        elif time.monotonic() - self.began > self.wall_limit:
            self.why = f"still there after {self.wall_limit:.0f} wall seconds"


def _session(leader: int) -> Iterator[tuple[int, float, float]]:
    """Id, CPU seconds and megabytes of every process that a process has started, and of itself.

    Nothing where there is no /proc: then only wall time ends what hangs.
    """
    if not PROC.is_dir():
        return
    tick, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    for entry in PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            text = (entry / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue  # gone since
        fields = text.rpartition(")")[2].split()  # a program's name may hold spaces
        if int(fields[3]) == leader and fields[0] != "Z":
            cpu = sum(map(int, fields[11:15])) / tick
            yield int(entry.name), cpu, int(fields[21]) * page / 1e6


def _end(leader: int) -> None:
    """Kill a process with all that it has started, and wait until they are gone."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        left = [pid for pid, _, _ in _session(leader)]
        if not left:
            return
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.01)


def _child(connection: Connection, work: Work, arguments: tuple[Any, ...]) -> None:
    os.setsid()
    # Solvers print; the terminal belongs to whoever started the measurements.
    with Path(os.devnull).open("w") as nowhere:
        for number in (1, 2):
            os.dup2(nowhere.fileno(), number)

    def say(kind: str, payload: Any = None) -> None:
        connection.send(Said(kind, used(), payload))

    try:
        work(say, *arguments)
    except BaseException as error:  # noqa: BLE001 - whatever a competitor does is its result
        at = traceback.extract_tb(error.__traceback__)[-1]
        say("error", f"{type(error).__name__}: {error} ({Path(at.filename).name}:{at.lineno})")
    say("memory", _most_memory())
    connection.close()


def _most_memory() -> float:
    """Megabytes that this process held at most; 0 where there is no /proc."""
    # Not ru_maxrss: that remembers the parent's size from before this program was loaded.
    status = PROC / "self" / "status"
    if not status.is_file():
        return 0.0
    lines = status.read_text(encoding="utf-8").splitlines()
    return next((int(row.split()[1]) / 1000 for row in lines if row.startswith("VmHWM:")), 0.0)

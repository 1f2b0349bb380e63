"""The exit codes, and the guard that turns every error into a sentence and one of them."""

from __future__ import annotations

import os
import sys
import traceback
from enum import IntEnum
from typing import Any

import typer
from typer.core import TyperGroup

from so247.models.errors import Cancelled, InputError, So247Error
from so247.models.report import Report
from so247.models.result import Result, Status, StoppedBy

DEBUG = "SO247_DEBUG"
"""Environment variable: when set, a fault of ours comes with its traceback."""


READ_ONLY = ("verify",)
"""Commands that nobody would expect to write anything."""


class Code(IntEnum):
    """What the exit code tells a script. README.md explains each."""

    COVERED = 0
    OUR_FAULT = 1
    USAGE = 2
    NO_ROSTER_EXISTS = 3
    NOTHING_FOUND = 4
    BAD_INPUT = 5
    NOT_COVERED = 6
    CANCELLED = 130
    NOBODY_READS = 141
    """Whoever read our output stopped reading, as ``head`` does (128 + SIGPIPE)."""


def code_of_report(report: Report) -> Code:
    return Code.COVERED if report.covered else Code.NOT_COVERED


def code_of_result(result: Result) -> Code:
    if result.stopped_by is StoppedBy.CANCEL:
        return Code.CANCELLED
    if result.status is Status.INFEASIBLE:
        return Code.NO_ROSTER_EXISTS
    if result.report is None:
        return Code.NOTHING_FOUND
    return code_of_report(result.report)


def harmless(text: str) -> str:
    """The text without control characters, which a terminal might obey."""
    return "".join(
        each if each.isprintable() or each == "\n" else "\N{REPLACEMENT CHARACTER}" for each in text
    )


def say(text: str) -> None:
    """Tells a person something, on stderr."""
    typer.echo(harmless(text), err=True)


class Guarded(TyperGroup):
    """Every command runs in here, so that none of them has to think about errors."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise typer.Exit(nobody_reads()) from None
        except (KeyboardInterrupt, Cancelled):
            say("Stopped. Files are written whole or not at all.")
            raise typer.Exit(Code.CANCELLED) from None
        except (So247Error, OSError) as error:
            say(_sentence(error, reads_only=ctx.invoked_subcommand in READ_ONLY))
            raise typer.Exit(Code.BAD_INPUT) from None


def _sentence(error: Exception, *, reads_only: bool) -> str:
    if isinstance(error, InputError):
        count = len(error.problems)
        end = "." if reads_only else "; nothing was written."
        return f"{error}\n{count} problem{'' if count == 1 else 's'} found{end}"
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}. Maybe another folder, or its permissions, help."
    return str(error)


def nobody_reads() -> Code:
    """Python flushes stdout once more at exit; that must not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Code.NOBODY_READS


def our_fault(error: Exception) -> Code:
    """The last resort: one sentence, and nothing of the data."""
    say(
        f"This is a fault in so247, not in your data ({type(error).__name__}). Please report it "
        f"with the command that you gave; with {DEBUG}=1 before it you see what to send along."
    )
    if os.environ.get(DEBUG):
        say("".join(traceback.format_exception(error)))
    return Code.OUR_FAULT

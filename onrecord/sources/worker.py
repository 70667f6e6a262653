"""What runs inside the reading process: frames in, readings or errors out, within bounds."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

from onrecord.errors import SourceError, SourceTooLarge, UnreadableSource
from onrecord.sources.fault import FaultError
from onrecord.sources.limits import Limits
from onrecord.sources.reading import to_wire
from onrecord.sources.registry import read_as

_ROOM = 0.9
"""Share of the bound on memory from which a library may have been refused some."""


def main() -> None:
    """Answer requests until standard input ends. The bounds are the last argument, as JSON."""
    limits = Limits(**json.loads(sys.argv[-1]))
    requests, answers = _pipes()
    confine(limits)
    _write(answers, {"ready": True})
    while (head := _frame(requests)) is not None:
        request = json.loads(head)
        data = _frame(requests)
        if data is None:
            return
        # Ends this process too if the one that asked is gone and cannot.
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + 5)
        answer, sound = _answer(request["path"], data, limits)
        signal.setitimer(signal.ITIMER_REAL, 0)
        _write(answers, answer)
        if not sound:
            return


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output, put where no library prints to them by accident."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    void = os.open(os.devnull, os.O_RDWR)
    os.dup2(void, 0)
    os.dup2(void, 1)
    return requests, answers


def confine(limits: Limits) -> None:
    """Put bounds on what this process may take, for good; it may write no file."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    for kind, wanted in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),  # a reader has no business writing files
    ):
        if kind == resource.RLIMIT_AS and sys.platform == "darwin":
            continue  # macOS has the name, but refuses to set it
        _, hard = resource.getrlimit(kind)
        bound = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (bound, bound))


def _frame(pipe: BinaryIO) -> bytes | None:
    size = pipe.read(8)
    if len(size) < 8:
        return None
    length = int.from_bytes(size, "big")
    data = pipe.read(length)
    return data if len(data) == length else None


def _write(pipe: BinaryIO, answer: dict[str, Any]) -> None:
    data = json.dumps(answer).encode()
    pipe.write(len(data).to_bytes(8, "big") + data)
    pipe.flush()


def _answer(path: str, data: bytes, limits: Limits) -> tuple[dict[str, Any], bool]:
    """The answer, and whether this process may go on after it."""
    answer, sound = _attempt(path, data, limits)
    if sound and _peak() > _ROOM * limits.memory:
        # Libraries go on without what they had no memory for, and give less text than there is.
        return _as_error(_too_much_memory(path, limits)), False
    return answer, sound


def _peak() -> int:
    """The largest address space this process had, in bytes; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmPeak"))
    return int(line.split()[1]) * 1024


def _attempt(path: str, data: bytes, limits: Limits) -> tuple[dict[str, Any], bool]:
    try:
        reading = read_as(path, data, limits)
        if len(reading.text) > limits.max_text:
            return _as_error(_too_much_text(path, len(reading.text), limits)), True
        return {"reading": to_wire(reading)}, True
    except FaultError as fault:
        return _as_error(fault.at(path)), True
    except MemoryError:
        return _as_error(_too_much_memory(path, limits)), False
    except Exception as error:  # whatever a library says of a file is about the file
        return _as_error(_broken(path, error)), True


def _as_error(error: SourceError) -> dict[str, Any]:
    what = error.what.removeprefix(f"{error.path}: ")
    return {
        "error": {
            "kind": type(error).__name__,
            "path": error.path,
            "what": what,
            "why": error.why,
            "todo": error.todo,
        }
    }


def _too_much_text(path: str, size: int, limits: Limits) -> SourceTooLarge:
    return SourceTooLarge(
        path,
        f"it holds too much text: {size:,} characters",
        why=f"at most {limits.max_text:,} characters of one file are read",
        todo="split it into its documents, or raise the bound max_text",
    )


def _too_much_memory(path: str, limits: Limits) -> SourceTooLarge:
    return SourceTooLarge(
        path,
        "reading it takes too much memory",
        why=f"the reading process may use {limits.memory:,} bytes",
        todo="split it into its documents, or raise the bound memory",
    )


def _broken(path: str, error: Exception) -> UnreadableSource:
    return UnreadableSource(
        path,
        "the file is broken or not what its name says",
        why=f"its reader failed: {type(error).__name__}: {error}"[:500],
        todo="open it in the program it was made with, save it again and add that copy",
    )

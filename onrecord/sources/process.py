"""The reading process: where files of unknown origin are taken apart, at arm's length."""

from __future__ import annotations

import hashlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from onrecord import errors
from onrecord.errors import OnrecordError, SourceError, SourceTooLarge, UnreadableSource
from onrecord.sources.collect import Item
from onrecord.sources.limits import Limits
from onrecord.sources.reading import Acquired, Reading, from_wire

START_SECONDS = 60.0
_START = (
    "import sys; sys.path.append(sys.argv[1]); from onrecord.sources.worker import main; main()"
)
_PACKAGES = str(Path(__file__).parents[2])
_CHUNK = 1 << 20
_SPARE = 64 << 20
"""Bytes that an answer may take beyond its text: boxes, warnings, the frame."""


class Reader:
    """Reads items in one separate process, which is started again when it dies.

        with Reader(Limits()) as reader:
            for item in collect(paths, limits=reader.limits, on_error=report):
                acquired = reader.read(item)

    Not for several threads at once.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process id of the reading process, while one is there."""
        return self._process.pid if self._process else None

    def close(self) -> None:
        """End the reading process. A later `read` starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()

    def read(self, item: Item) -> Acquired:
        """The item's bytes, read once, with what they say. Raises a `SourceError` that names it."""
        data = item.read(self.limits)
        digest = hashlib.sha256(data).hexdigest()
        return Acquired(item.path, data, digest, len(data), self.read_bytes(item.path, data))

    def read_bytes(self, path: str, data: bytes) -> Reading:
        """What `data` says; `path` names it in errors, and its ending is a hint to what it is.

        Raises a `SourceError`: `UnreadableSource` too when the reading process dies of the file,
        `SourceTooLarge` when it takes longer than `limits.seconds`.
        """
        try:
            answer = self._ask(path, data)
        except _DiedError:
            self.close()
            try:
                # Once more in a new process: it may have been killed for another's sake.
                answer = self._ask(path, data)
            except _DiedError as died:
                self.close()
                raise _crashed(path, died) from died
        return _understood(path, answer)

    def _ask(self, path: str, data: bytes) -> Any:
        head = json.dumps({"path": path, "size": len(data)}).encode()
        try:
            process = self._started()
            deadline = time.monotonic() + self.limits.seconds
            _send(process, head, deadline)
            _send(process, data, deadline)
            return json.loads(_receive(process, deadline, 12 * self.limits.max_text + _SPARE))
        except TimeoutError as error:
            self.close()
            raise _overran(path, self.limits.seconds) from error
        except BaseException:
            # An answer still under way would be taken for the answer to the next file.
            self.close()
            raise

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is None:
            return self._process
        self.close()
        bounds = json.dumps({name: getattr(self.limits, name) for name in Limits.__slots__})
        self._process = process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-P", "-c", _START, _PACKAGES, bounds],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={**os.environ, "PYTHONHASHSEED": "0"},  # libraries may go by the order of sets
        )
        for pipe in (process.stdin, process.stdout):
            if pipe:
                os.set_blocking(pipe.fileno(), False)
        try:
            _receive(process, time.monotonic() + START_SECONDS, _CHUNK)
        except (TimeoutError, _DiedError) as error:
            self.close()
            raise OnrecordError(
                "the reading process did not start",
                why=f"{error}" or f"it took more than {START_SECONDS:.0f} seconds",
                todo="check that onrecord is installed whole and that memory is free "
                f"(the bound is {self.limits.memory:,} bytes)",
            ) from error
        return process


class _DiedError(Exception):
    """The reading process ended before it answered."""


def _died(process: subprocess.Popen[bytes]) -> _DiedError:
    code = process.wait()
    if code < 0:
        return _DiedError(f"it was ended by {signal.Signals(-code).name}")
    return _DiedError(f"it ended with status {code}")


def _wait(pipe: int, event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(pipe, event)
    if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise TimeoutError


def _send(process: subprocess.Popen[bytes], data: bytes, deadline: float) -> None:
    assert process.stdin  # noqa: S101 - it was asked for
    pipe = process.stdin.fileno()
    for part in (len(data).to_bytes(8, "big"), data):
        view = memoryview(part)
        while view:
            _wait(pipe, select.POLLOUT, deadline)
            try:
                view = view[os.write(pipe, view[:_CHUNK]) :]
            except BlockingIOError:
                continue
            except BrokenPipeError as error:
                raise _died(process) from error


def _receive(process: subprocess.Popen[bytes], deadline: float, most: int) -> bytes:
    size = int.from_bytes(_take(process, 8, deadline), "big")
    if size > most:
        raise TimeoutError
    return _take(process, size, deadline)


def _take(process: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
    assert process.stdout  # noqa: S101 - it was asked for
    pipe, parts = process.stdout.fileno(), bytearray()
    while len(parts) < size:
        _wait(pipe, select.POLLIN, deadline)
        part = os.read(pipe, min(_CHUNK, size - len(parts)))
        if not part:
            raise _died(process)
        parts += part
    return bytes(parts)


def _understood(path: str, answer: Any) -> Reading:
    try:
        if "error" in answer:
            raise _error(**answer["error"])
        return from_wire(answer["reading"])
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableSource(
            path,
            "the reading process gave no usable answer",
            why=f"{type(error).__name__}: {error}",
            todo="the file may be made to attack readers: look at it on a machine set apart",
        ) from error


def _error(kind: str, path: str, what: str, why: str, todo: str) -> SourceError:
    known = getattr(errors, kind)
    if not (isinstance(known, type) and issubclass(known, SourceError)):
        raise TypeError(kind)
    return known(path, what, why=why, todo=todo)


def _crashed(path: str, died: _DiedError) -> UnreadableSource:
    return UnreadableSource(
        path,
        "the reading process died of it",
        why=f"{died}: the file is broken, or needs more memory than the bound",
        todo="open it in the program it was made with, save it again and add that copy",
    )


def _overran(path: str, seconds: float) -> SourceTooLarge:
    return SourceTooLarge(
        path,
        "reading it takes too long",
        why=f"it was given up after {seconds:g} seconds",
        todo="split it into its documents, or raise the bound seconds",
    )

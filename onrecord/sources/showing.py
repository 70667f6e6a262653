"""Originals as they look: a page of a PDF as a picture, a saved web page.

Files of unknown origin are taken apart in a process of their own, as when they are read, with
bounds on time and memory; it may write no file.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Lock, Timer
from typing import IO, Any

from onrecord.errors import SourceError, SourceTooLarge, UnreadableSource
from onrecord.sources.limits import MIB, Limits

LIMITS = Limits(seconds=30.0)
MOST_SHOWN = 32 * MIB
"""Bytes of a picture or of a web page that are taken from the process."""
_START = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from onrecord.sources.showing_worker import main; main()"
)
_PACKAGES = str(Path(__file__).parents[2])

Corners = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page of a PDF is like.

    `pages` is how many there are, `width` and `height` are those of its picture in pixels, `boxes`
    the places asked for in it: left, top, width, height. `pictures` says whether it holds any,
    which may be graphic.
    """

    pages: int
    width: int
    height: int
    pictures: bool
    boxes: tuple[Corners, ...]


def sheet(file: Path, page: int, width: int, boxes: Sequence[Corners] = ()) -> Sheet:
    """What a page (from 1) of a PDF is like; `boxes` are left, bottom, right, top in points.

    Raises `UnreadableSource`, `SourceTooLarge`.
    """
    told, _ = _asked(file, {"do": "sheet", "page": page, "width": width, "boxes": list(boxes)})
    placed = tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in told["boxes"])
    pages, wide, high = (int(told[name]) for name in ("pages", "width", "height"))
    return Sheet(pages, wide, high, bool(told["pictures"]), placed)


def picture(file: Path, page: int, width: int) -> bytes:
    """A page (from 1) of a PDF as PNG, so many pixels wide. Raises as `sheet` does."""
    return _asked(file, {"do": "picture", "page": page, "width": width})[1]


def web_page(file: Path, media_type: str) -> bytes:
    """A saved web page (HTML, or the one capture in a WARC) in UTF-8, whatever it was in.

    Its links to what it would fetch or get ready for are no links any more: browsers look up hosts
    for them where no policy of ours forbids it. Raises as `sheet` does.
    """
    return _asked(file, {"do": "web", "media_type": media_type})[1]


@dataclass(slots=True)
class _Shower:
    """The process, started when something is first asked of it, and anew when it died."""

    process: subprocess.Popen[bytes] | None = None
    lock: Lock = field(default_factory=Lock)

    def ask(self, request: dict[str, Any]) -> tuple[Any, bytes]:
        """What it answers: JSON and bytes. Raises `_DiedError`."""
        with self.lock:
            process = self._started()
            watch = Timer(LIMITS.seconds, process.kill)
            watch.start()
            try:
                return _told(process, json.dumps(request).encode())
            except BaseException:
                # An answer still under way would be taken for the answer to the next.
                self.close()
                raise
            finally:
                watch.cancel()

    def close(self) -> None:
        """End the process."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self.process and self.process.poll() is None:
            return self.process
        self.close()
        bounds = json.dumps(asdict(LIMITS) | {"most": MOST_SHOWN})
        self.process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-P", "-c", _START, _PACKAGES, bounds],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={**os.environ, "PYTHONHASHSEED": "0"},
        )
        return self.process


_SHOWER = _Shower()
atexit.register(_SHOWER.close)


class _DiedError(Exception):
    """The process ended before it answered, or answered what is none."""


def _told(process: subprocess.Popen[bytes], request: bytes) -> tuple[Any, bytes]:
    assert process.stdin  # noqa: S101 - it was asked for
    assert process.stdout  # noqa: S101 - it was asked for
    try:
        process.stdin.write(request + b"\n")
        head, data = (_frame(process.stdout) for _ in range(2))
        return json.loads(head), data
    except (OSError, ValueError) as error:
        raise _DiedError(str(error)) from error


def _frame(pipe: IO[bytes]) -> bytes:
    """One part of an answer. Raises `ValueError` where it breaks off or is over the bound."""
    size = int.from_bytes(_exactly(pipe, 8), "big")
    if size > MOST_SHOWN + MIB:
        raise ValueError(f"{size} bytes")
    return _exactly(pipe, size)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    whole = bytearray()
    while len(whole) < size:
        part = pipe.read(min(size - len(whole), MIB))
        if not part:
            raise ValueError("it breaks off")
        whole += part
    return bytes(whole)


def _asked(file: Path, what: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    request = {**what, "file": str(file)}
    try:
        told, data = _SHOWER.ask(request)
    except _DiedError as died:
        raise _refused(file, "the process that takes it apart died of it") from died
    if not isinstance(told, dict) or "error" in told:
        raise _refused(file, str(told["error"]) if isinstance(told, dict) else "no answer")
    return told, data


def _refused(file: Path, why: str) -> SourceError:
    kind = SourceTooLarge if why.startswith("too large") else UnreadableSource
    return kind(
        file.name[:12],
        "it cannot be shown",
        why=why,
        todo="save the original, and open it in a program of its own",
    )

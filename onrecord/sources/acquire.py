"""A file's bytes, read once: all of them, as they were at one moment, or an error."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from onrecord.errors import (
    EmptySource,
    SourceError,
    SourceForbidden,
    SourceMissing,
    SourceTooLarge,
    SourceVanished,
    UnreadableSource,
)

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

Stamp = tuple[int, int, int, int]
"""Device, inode, size and time of the last change: two equal stamps are one state of one file."""


def display(path: str | os.PathLike[str]) -> str:
    """A path as text that can be printed and stored, whatever bytes its name is made of."""
    return printable(os.fsencode(path).decode("utf-8", "backslashreplace"))


def printable(name: str) -> str:
    """A name with what would move the cursor, or turn the direction of writing, spelled out."""
    return _UNSEEN.sub(lambda match: match[0].encode("unicode_escape").decode(), name)


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of what was looked at."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


class Opened:
    """A regular file held open while it is read, so that any change to it is noticed.

    It never waits for the other end of a named pipe. Raises `SourceMissing`, `SourceForbidden` or
    `UnreadableSource` where there is nothing to open.
    """

    def __init__(self, path: Path, *, name: str | None = None) -> None:
        self.path, self.name = path, name or display(path)
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise not_opened(self.name, error) from error
        self.file: BinaryIO = os.fdopen(descriptor, "rb")
        status = os.fstat(descriptor)
        self.stamp = stamp_of(status)
        if not stat.S_ISREG(status.st_mode):
            self.file.close()
            raise not_a_file(self.name, status.st_mode)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.file.close()

    def read(self, max_bytes: int) -> bytes:
        """All bytes. Raises `SourceTooLarge` unread, `EmptySource`, `SourceVanished`."""
        size = self.stamp[2]
        if size > max_bytes:
            raise too_many_bytes(self.name, size, max_bytes)
        try:
            data = self.file.read(size + 1)
        except OSError as error:
            raise not_opened(self.name, error) from error
        self.confirm()
        if not data:
            raise empty(self.name)
        return data

    def confirm(self) -> None:
        """Raises `SourceVanished` if the file is no longer what was opened."""
        try:
            now = stamp_of(self.path.stat())
        except FileNotFoundError as error:
            raise gone(self.name) from error
        except OSError as error:
            raise not_opened(self.name, error) from error
        if now != self.stamp or stamp_of(os.fstat(self.file.fileno())) != self.stamp:
            raise changed(self.name)


def gone(name: str) -> SourceVanished:
    """The error for a file that was there when it was collected and is there no more."""
    return SourceVanished(
        name,
        "the file went away while it was read",
        why="it was deleted or renamed, or its disk was removed",
        todo="put it back and add it again; nothing of it was kept",
    )


def changed(name: str) -> SourceVanished:
    """The error for a file that another program wrote to while it was read."""
    return SourceVanished(
        name,
        "the file changed while it was read",
        why="another program is writing it",
        todo="wait until it is written, or add a copy of it; nothing of it was kept",
    )


def empty(name: str, why: str = "it holds 0 bytes") -> EmptySource:
    """The error for a file or folder with nothing in it."""
    return EmptySource(
        name,
        "there is nothing in it",
        why=why,
        todo="get it again from where it came from, or leave it out",
    )


def too_many_bytes(name: str, size: int, bound: int) -> SourceTooLarge:
    """The error for a file larger than the bound; it is refused unread."""
    return SourceTooLarge(
        name,
        f"the file is too large: {size:,} bytes",
        why=f"at most {bound:,} bytes of one file are read",
        todo="split it into its documents, or raise the bound max_bytes",
    )


def missing(name: str) -> SourceMissing:
    """The error for a path at which there is nothing."""
    return SourceMissing(
        name,
        "there is no such file or folder",
        why="nothing is at this path, or a link leads nowhere",
        todo="check the spelling and the folder that you are in",
    )


def not_a_file(name: str, mode: int) -> SourceError:
    """The error for a folder, pipe, device or socket where a file was due."""
    kinds = {
        stat.S_IFDIR: "a folder",
        stat.S_IFIFO: "a named pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
    }
    return UnreadableSource(
        name,
        f"this is {kinds.get(stat.S_IFMT(mode), 'something else')}, not a file",
        why="only files have bytes that can be preserved",
        todo="write what it holds to a file and add that, or leave it out",
    )


def not_opened(name: str, error: OSError) -> SourceError:
    """What a refusal of the operating system means for the person who named the file."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return missing(name)
    if error.errno in (errno.EACCES, errno.EPERM):
        return SourceForbidden(
            name,
            "no permission to read it",
            why=f"the operating system refused: {error.strerror}",
            todo="ask its owner, or give yourself the right to read it (chmod u+r)",
        )
    if error.errno == errno.ELOOP:
        return UnreadableSource(
            name,
            "the link leads back to itself",
            why="symbolic links form a loop",
            todo="remove the link, or name the file that is meant",
        )
    if error.errno == errno.ENXIO:
        return not_a_file(name, stat.S_IFSOCK)
    return UnreadableSource(
        name,
        "the file cannot be read",
        why=f"the operating system says: {error.strerror}",
        todo="check the disk, copy the file elsewhere and add the copy",
    )

"""ZIP files: their members as items, within bounds, without writing anything anywhere."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from pathlib import Path, PurePosixPath

from onrecord.errors import EncryptedSource, SourceError, SourceTooLarge, UnreadableSource
from onrecord.sources.acquire import Opened, Stamp, changed, empty, printable, too_many_bytes
from onrecord.sources.limits import Limits
from onrecord.sources.litter import is_litter

OnError = Callable[[SourceError], None]

ENCRYPTED_FLAG = 0x1
MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_DOCUMENT_PARTS = frozenset({"[Content_Types].xml", "mimetype", "META-INF/container.xml"})
"""One of these at its root makes a ZIP file a document (DOCX, ODT, EPUB, ...), not an archive."""


BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError)
"""What the zip library raises for damaged, encrypted and unknown members."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A ZIP file on disk or, with `outer` and `index`, one that is a member of that.

    `name` is shown to people; `stamp` is the state of the file when it was found.
    """

    name: str
    file: Path
    stamp: Stamp
    outer: Archive | None = None
    index: int = 0

    def open(self, limits: Limits) -> zipfile.ZipFile:
        """The open archive, which is not to be closed. Raises `SourceVanished` if the file is not
        what it was, `UnreadableSource` if it is damaged.
        """
        _confirm(self)
        return _open(self, limits, os.getpid())


@lru_cache(maxsize=4)
def _open(archive: Archive, limits: Limits, process: int) -> zipfile.ZipFile:  # noqa: ARG001
    # Kept open because its directory is read anew each time otherwise, which for an archive of
    # thousands of members costs more than reading them. Only a few: each holds a file or bytes.
    # By process, since a file's position is shared with a process forked from this one.
    try:
        if archive.outer is None:
            return zipfile.ZipFile(archive.file)
        data = read_member(archive.outer, archive.index, archive.name, limits)
        return zipfile.ZipFile(BytesIO(data))
    except BROKEN as error:
        raise damaged(archive.name, str(error)) from error


def _confirm(archive: Archive) -> None:
    with Opened(archive.file, name=archive.name) as opened:
        if opened.stamp != archive.stamp:
            raise changed(archive.name)


def damaged(name: str, why: str) -> UnreadableSource:
    """The error for a ZIP file that breaks off or contradicts itself."""
    return UnreadableSource(
        name,
        "the ZIP file is damaged or incomplete",
        why=why,
        todo="get it again from where it came from, or unpack it yourself and add the folder",
    )


def is_document(opened: zipfile.ZipFile) -> bool:
    """Whether a ZIP file is one document rather than an archive of several."""
    return not _DOCUMENT_PARTS.isdisjoint(opened.namelist())


def read_member(archive: Archive, index: int, name: str, limits: Limits) -> bytes:
    """The bytes of one member. Raises a `SourceError` that names it."""
    opened = archive.open(limits)
    info = opened.infolist()[index]
    if info.flag_bits & ENCRYPTED_FLAG:
        raise encrypted(name)
    if info.file_size > limits.max_bytes:
        raise too_many_bytes(name, info.file_size, limits.max_bytes)
    try:
        with opened.open(info) as member:
            data = member.read(limits.max_bytes + 1)
    except BROKEN as error:
        raise damaged(name, str(error)) from error
    if len(data) != info.file_size:
        raise damaged(name, f"{info.file_size:,} bytes were announced, {len(data):,} came")
    if not data:
        raise empty(name)
    return data


def starts_as_zip(opened: zipfile.ZipFile, index: int) -> bool:
    """Whether a member is a ZIP file. One that cannot be read is not: reading it says why."""
    try:
        with opened.open(opened.infolist()[index]) as member:
            return member.read(4) in MAGIC
    except BROKEN:
        return False


def encrypted(name: str) -> EncryptedSource:
    """The error for a ZIP file, or a member of one, that asks for a password."""
    return EncryptedSource(
        name,
        "it is encrypted",
        why="the ZIP file asks for a password",
        todo="unpack it with its password and add the folder",
    )


def members(
    archive: Archive, opened: zipfile.ZipFile, on_error: OnError
) -> Iterator[tuple[int, str]]:
    """Index and display name of each file inside, sorted by name; litter is left out.

    A member whose name leads out of the archive is an error.
    """
    files = [(i, info) for i, info in enumerate(opened.infolist()) if not info.is_dir()]
    for index, info in sorted(files, key=lambda pair: (pair[1].filename, pair[0])):
        name = f"{archive.name}/{printable(info.filename)}"
        if leads_out(info.filename):
            on_error(
                UnreadableSource(
                    name,
                    "the name of this member leads out of the archive",
                    why="such names are made to overwrite files elsewhere",
                    todo="ask who made the archive; unpack it in an empty folder to look at it",
                )
            )
        elif not any(map(is_litter, PurePosixPath(info.filename).parts)):
            yield index, name


def room_left(opened: zipfile.ZipFile, limits: Limits) -> Limits:
    """What of the bounds is left for the ZIP files inside of this one."""
    infos = _files(opened)
    return replace(
        limits,
        max_members=limits.max_members - len(infos),
        max_unpacked=limits.max_unpacked - sum(info.file_size for info in infos),
    )


def leads_out(name: str) -> bool:
    """Whether a member's name is absolute, climbs with "..", or is a Windows path."""
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or (len(parts[0]) == 2 and ":" in parts[0])


def refusal(name: str, opened: zipfile.ZipFile, limits: Limits) -> SourceError | None:
    """Why an archive is not looked into: a bomb, too many files, all of them encrypted; or None."""
    infos = _files(opened)
    if len(infos) > limits.max_members:
        why = f"it holds {len(infos):,} files, and there is room for {limits.max_members:,}"
        return _unfolds(name, why)
    bomb = unfolding(infos, limits)
    if bomb:
        return _unfolds(name, bomb)
    if not infos:
        return empty(name, "it is a ZIP file with no files in it")
    if all(info.flag_bits & ENCRYPTED_FLAG for info in infos):
        return encrypted(name)
    return None


def _files(opened: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [info for info in opened.infolist() if not info.is_dir()]


def unfolding(infos: list[zipfile.ZipInfo], limits: Limits) -> str | None:
    """Why the members unfold beyond the bounds (a ZIP bomb), or None."""
    unpacked = sum(info.file_size for info in infos)
    if unpacked > limits.max_unpacked:
        return f"it unpacks to {unpacked:,} bytes, and there is room for {limits.max_unpacked:,}"
    for info in infos:
        ratio = info.file_size // max(info.compress_size, 1)
        if info.file_size >= limits.ratio_from and ratio > limits.max_ratio:
            return f"{info.filename} unpacks to {ratio:,} times its size, as ZIP bombs do"
    return None


def _unfolds(name: str, why: str) -> SourceTooLarge:
    return SourceTooLarge(
        name,
        "the ZIP file unpacks to too much",
        why=why,
        todo="if you trust it, unpack it yourself and add the folder",
    )

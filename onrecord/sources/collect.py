"""From the paths that a person names to the items to be read, in a settled order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from onrecord.errors import SourceError, SourceMissing, UnreadableSource
from onrecord.sources.acquire import (
    Opened,
    display,
    empty,
    gone,
    missing,
    not_a_file,
    not_opened,
    too_many_bytes,
)
from onrecord.sources.archive import (
    MAGIC,
    Archive,
    OnError,
    is_document,
    members,
    read_member,
    refusal,
    room_left,
    starts_as_zip,
)
from onrecord.sources.limits import Limits
from onrecord.sources.litter import is_litter

Folder = tuple[int, int]
"""Device and inode: what makes two paths one folder."""


@dataclass(frozen=True, slots=True)
class Item:
    """A file, or a member of a ZIP file, that may become a document. Nothing is read before `read`.

    `path` is for people ("reports.zip/sub/a.txt"); `file` is where the bytes lie.
    """

    path: str
    file: Path
    archive: Archive | None = None
    member: int | None = None

    def read(self, limits: Limits) -> bytes:
        """The item's bytes, read now. Raises a `SourceError` that names the item."""
        if self.archive is None or self.member is None:
            try:
                with Opened(self.file, name=self.path) as opened:
                    return opened.read(limits.max_bytes)
            except SourceMissing as error:
                raise gone(self.path) from error
        return read_member(self.archive, self.member, self.path, limits)


def collect(
    paths: Iterable[str | os.PathLike[str]], *, limits: Limits, on_error: OnError
) -> Iterator[Item]:
    """The items at `paths`: in the order given, and sorted by name within a folder or ZIP file.

    Folders are searched to the bottom, through symbolic links too; a link that leads back to a
    folder it lies in is an error. Hidden files and what operating systems leave behind are passed
    over, unless named. ZIP files are looked into, and ZIP files inside of them, not deeper. What
    cannot be collected goes to `on_error` as a `SourceError`, and the search goes on; so does a
    path below which there is nothing.
    """
    for path in paths:
        search = _Search(limits, on_error)
        found = False
        for item in search.at(Path(path), ()):
            found = True
            yield item
        if not (found or search.failed):
            on_error(empty(display(path), "it holds no files, or hidden ones only"))


class _Search:
    """One search below one path, with the folders it has been in."""

    def __init__(self, limits: Limits, on_error: OnError) -> None:
        self.limits, self._report = limits, on_error
        self.failed = False
        self.seen: set[Folder] = set()
        self.room = limits

    def on_error(self, error: SourceError) -> None:
        self.failed = True
        self._report(error)

    def at(self, path: Path, above: tuple[Folder, ...]) -> Iterator[Item]:
        name = display(path)
        try:
            status = path.stat()
        except OSError as error:
            self.on_error(not_opened(name, error))
            return
        except ValueError:
            self.on_error(missing(name))
            return
        if stat.S_ISDIR(status.st_mode):
            yield from self._folder(path, (status.st_dev, status.st_ino), above)
        elif stat.S_ISREG(status.st_mode):
            yield from self._file(path)
        else:
            self.on_error(not_a_file(name, status.st_mode))

    def _folder(self, path: Path, folder: Folder, above: tuple[Folder, ...]) -> Iterator[Item]:
        if folder in above:
            self.on_error(_loop(path))
            return
        if folder in self.seen:
            return  # its files are collected already, by another link to it
        self.seen.add(folder)
        try:
            names = sorted(os.listdir(path))  # noqa: PTH208 - names, no need of their status
        except OSError as error:
            self.on_error(not_opened(display(path), error))
            return
        for name in names:
            if not is_litter(name):
                yield from self.at(path / name, (*above, folder))

    def _file(self, path: Path) -> Iterator[Item]:
        name = display(path)
        try:
            with Opened(path) as opened:
                stamp, magic = opened.stamp, opened.file.read(4)
        except SourceError as error:
            self.on_error(error)
            return
        if magic in MAGIC:
            yield from self._archive(Archive(name, path, stamp), Item(name, path))
        else:
            yield Item(name, path)

    def _archive(self, archive: Archive, item: Item) -> Iterator[Item]:
        """The members of a ZIP file, or the item itself if it is a document that is one inside."""
        size, bound = archive.stamp[2], self.limits.max_unpacked
        if size > bound:
            self.on_error(too_many_bytes(archive.name, size, bound))
            return
        try:
            opened = archive.open(self.limits)
        except SourceError as error:
            self.on_error(error)
            return
        if is_document(opened):
            yield item
        elif archive.outer and archive.outer.outer:
            self.on_error(_nested(archive.name))
        else:
            yield from self._members(archive, opened)

    def _members(self, archive: Archive, opened: ZipFile) -> Iterator[Item]:
        # ZIP files in a ZIP file share its bounds: ten thousand times ten thousand is a bomb too.
        room = self.room if archive.outer else self.limits
        refused = refusal(archive.name, opened, room)
        if refused:
            self.on_error(refused)
            return
        self.room = room_left(opened, room)
        for index, name in members(archive, opened, self.on_error):
            member = Item(name, archive.file, archive, index)
            if starts_as_zip(opened, index):
                inner = Archive(name, archive.file, archive.stamp, archive, index)
                yield from self._archive(inner, member)
            else:
                yield member


def _nested(name: str) -> UnreadableSource:
    return UnreadableSource(
        name,
        "a ZIP file in a ZIP file in a ZIP file is not looked into",
        why="archives nested without end are a way to exhaust a machine",
        todo="unpack the outermost one and add the folder",
    )


def _loop(path: Path) -> UnreadableSource:
    return UnreadableSource(
        display(path),
        "directory loop",
        why=f"the link leads back to a folder it lies in: {display(path.resolve())}",
        todo="remove the link; everything else in the folder is read",
    )

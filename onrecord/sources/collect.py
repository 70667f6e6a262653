"""From the paths that a person names to the items to be read, in a settled order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from onrecord.errors import SourceError, SourceMissing, UnreadableSource
from onrecord.sources.acquire import (
    Opened,
    Stamp,
    changed,
    display,
    empty,
    gone,
    missing,
    not_a_file,
    not_opened,
    too_many_bytes,
)
from onrecord.sources.archive import (
    BROKEN,
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
from onrecord.sources.captures import Part
from onrecord.sources.limits import Limits
from onrecord.sources.litter import is_litter
from onrecord.sources.parts import (
    HEAD,
    WARC_FOLDER,
    has_parts,
    is_web_archive,
    listed_pages,
    parts_in,
    read_stretches,
)

Folder = tuple[int, int]
"""Device and inode: what makes two paths one folder."""


@dataclass(frozen=True, slots=True)
class Item:
    """A file, or a part of one, that may become a document. Nothing is read before `read`.

    `path` is for people ("reports.zip/sub/a.txt"); `file` is where the bytes lie. `parts` are the
    stretches of the file, or of the ZIP file's member, that are it: a message of a mailbox, the
    records of a page; `stamp` is the file's state when they were found.
    """

    path: str
    file: Path
    archive: Archive | None = None
    member: int | None = None
    parts: tuple[Part, ...] = ()
    stamp: Stamp | None = None

    def read(self, limits: Limits) -> bytes:
        """The item's bytes, read now. Raises a `SourceError` that names the item."""
        if self.parts:
            return read_parts(self, limits)
        if self.archive is None or self.member is None:
            try:
                with Opened(self.file, name=self.path) as opened:
                    return opened.read(limits.max_bytes)
            except SourceMissing as error:
                raise gone(self.path) from error
        return read_member(self.archive, self.member, self.path, limits)


def read_parts(item: Item, limits: Limits) -> bytes:
    """The bytes of an item that is a part of a file. Raises a `SourceError` that names it."""
    if item.archive is not None and item.member is not None:
        held = member_bytes(item.archive, item.member, item.path, limits)
        return read_stretches(BytesIO(held), item.parts, item.path, limits)
    with Opened(item.file, name=item.path) as opened:
        if item.stamp not in (None, opened.stamp):
            raise changed(item.path)
        return read_stretches(opened.file, item.parts, item.path, limits)


@lru_cache(maxsize=1)
def member_bytes(archive: Archive, member: int, path: str, limits: Limits) -> bytes:
    """A member of a ZIP file, the last one kept: pages are read one after another out of it."""
    return read_member(archive, member, path.partition("#")[0], limits)


def parts_of(item: Item, limits: Limits, pages: frozenset[str] | None) -> list[Item]:
    """The messages of a mailbox or pages of a web archive, or the item itself, if it is neither.

    Raises a `SourceError` that names it where it is damaged.
    """
    if item.archive is not None and item.member is not None:
        opened = item.archive.open(limits)
        info = opened.infolist()[item.member]
        try:
            with opened.open(info) as member:
                head = member.read(HEAD)
        except BROKEN:
            return [item]  # reading it says why
        if not has_parts(head):
            return [item]
        held = read_member(item.archive, item.member, item.path, limits)
        found = parts_in(BytesIO(held), head, item.path, limits, pages)
    else:
        with Opened(item.file, name=item.path) as opened_file:
            head = opened_file.file.read(HEAD)
            if not has_parts(head):
                return [replace(item, stamp=None)]
            opened_file.file.seek(0)
            found = parts_in(opened_file.file, head, item.path, limits, pages)
    if not found:
        return [replace(item, stamp=None)]
    return [replace(item, path=f"{item.path}/{name}", parts=parts) for name, parts in found]


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
        self.pages: frozenset[str] | None = None

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
            yield from self._inside(Item(name, path, stamp=stamp))

    def _inside(self, item: Item) -> Iterator[Item]:
        """What a mailbox or web archive holds; any other file as it is."""
        try:
            found = parts_of(item, self.limits, self.pages)
        except SourceError as error:
            self.on_error(error)
        else:
            yield from found

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
        elif is_web_archive(opened):
            yield from self._web_archive(archive, opened)
        else:
            yield from self._members(archive, opened)

    def _web_archive(self, archive: Archive, opened: ZipFile) -> Iterator[Item]:
        """The pages of a WACZ file: those that it lists, or else all."""
        refused = refusal(archive.name, opened, self.limits)
        if refused:
            self.on_error(refused)
            return
        try:
            self.pages = listed_pages(archive, opened, self.limits)
            for index, name in members(archive, opened, self.on_error):
                if f"/{WARC_FOLDER}" in name[len(archive.name) :]:
                    yield from self._inside(Item(name, archive.file, archive, index))
        except SourceError as error:
            self.on_error(error)
        finally:
            self.pages = None

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
                yield from self._inside(member)


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

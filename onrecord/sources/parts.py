"""Files that hold several documents one after another: mailboxes and web archives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO
from zipfile import ZipFile

from onrecord.errors import SourceError, SourceTooLarge
from onrecord.sources.archive import Archive, read_member
from onrecord.sources.captures import Capture, Part, captures, is_warc, pages_listed, unpacked
from onrecord.sources.fault import FaultError
from onrecord.sources.limits import Limits
from onrecord.sources.mailbox import begins_mailbox, messages

HEAD = 1024
"""Bytes by which such files are known."""
WARC_FOLDER = "archive/"
_PAGES = "pages/pages.jsonl"

Named = tuple[str, tuple[Part, ...]]
"""What a part is called, and where it stands."""


def has_parts(head: bytes) -> bool:
    """Whether a file that begins so is a mailbox or a web archive."""
    return is_warc(head) or begins_mailbox(head.split(b"\n", 1)[0])


def parts_in(
    stream: BinaryIO, head: bytes, path: str, limits: Limits, pages: frozenset[str] | None
) -> list[Named]:
    """The parts of a file; none where a mailbox holds one message, which is read as it is.

    Raises a `SourceError` that names the file.
    """
    try:
        if not is_warc(head):
            found = messages(stream, limits)
            return [(str(n), (part,)) for n, part in enumerate(found, 1)] if found[1:] else []
        return _captured(captures(stream, limits, pages))
    except FaultError as fault:
        raise fault.at(path) from fault


def _captured(found: Sequence[Capture]) -> list[Named]:
    named: list[Named] = []
    seen: dict[str, int] = {}
    for each in found:
        seen[each.name] = seen.get(each.name, 0) + 1
        again = f" (capture {seen[each.name]})" if seen[each.name] > 1 else ""
        named.append((f"{each.name}{again}", tuple(each.parts)))
    return named


def read_stretches(stream: BinaryIO, parts: Sequence[Part], path: str, limits: Limits) -> bytes:
    """The bytes of a part. Raises a `SourceError` that names it."""
    if sum(length for _, length in parts) > limits.max_bytes:
        raise SourceTooLarge(
            path,
            "it is too large",
            why=f"at most {limits.max_bytes:,} bytes of one document are read",
            todo="save it as a file of its own, and raise the bound max_bytes",
        )
    try:
        return unpacked(_pieces(stream, parts), limits)
    except FaultError as fault:
        raise fault.at(path) from fault


def _pieces(stream: BinaryIO, parts: Sequence[Part]) -> Iterator[bytes]:
    for offset, length in parts:
        stream.seek(offset)
        yield stream.read(length)


def is_web_archive(opened: ZipFile) -> bool:
    """Whether a ZIP file is a WACZ file."""
    names = opened.namelist()
    return "datapackage.json" in names and any(
        name.startswith(WARC_FOLDER) and name.endswith((".warc", ".warc.gz")) for name in names
    )


def listed_pages(archive: Archive, opened: ZipFile, limits: Limits) -> frozenset[str] | None:
    """The URLs that a WACZ file lists as its pages; None where it lists none."""
    for index, info in enumerate(opened.infolist()):
        if info.filename == _PAGES:
            try:
                return pages_listed(read_member(archive, index, f"{archive.name}/{_PAGES}", limits))
            except SourceError:
                return None
    return None

"""Pages in web archives (WARC, WACZ): where in the file the records of each stand.

A page becomes a document whose original is its own records, byte for byte: what was asked, what the
server sent with all headers, when, from which address, and who collected it.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from onrecord.sources.acquire import printable
from onrecord.sources.fault import TooLarge, Unreadable
from onrecord.sources.limits import Limits

Part = tuple[int, int]
"""Offset and length, in bytes of the file."""

MAGIC = b"WARC/"
GZIP = b"\x1f\x8b"
_PAGES = frozenset(
    {
        "",
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "application/pdf",
        "message/rfc822",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.text",
    }
)
"""Types of content that a reader may make a text of; pictures, styles, scripts are not."""


@dataclass(slots=True)
class Capture:
    """A page, with the stretches of the file that hold its records."""

    url: str
    at: str
    parts: list[Part]
    identity: str = ""
    partners: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """What it is called inside of its file."""
        return printable(self.url)


def is_warc(head: bytes) -> bool:
    """Whether a file that begins so is a WARC file, packed or not."""
    if head.startswith(MAGIC):
        return True
    if not head.startswith(GZIP):
        return False
    try:
        return zlib.decompressobj(31).decompress(head, len(MAGIC)) == MAGIC
    except zlib.error:
        return False


def captures(stream: BinaryIO, limits: Limits, wanted: frozenset[str] | None) -> list[Capture]:
    """The pages in a WARC file; of several captures of one page each. `wanted` are URLs, or None.

    Raises a fault where the file is damaged or unfolds beyond the bounds.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    found: list[Capture] = []
    info: list[Part] = []
    requests: list[tuple[str, Part]] = []
    size = 0
    try:
        records = ArchiveIterator(stream)
        for number, record in enumerate(records):
            size += max(0, int(record.rec_headers.get_header("Content-Length") or 0))
            if size > limits.max_unpacked or number > 100 * limits.max_members:
                raise _too_much(limits)
            header = record.rec_headers.get_header
            page = _is_page(record)
            part = (records.get_record_offset(), records.get_record_length())
            if record.rec_type == "warcinfo":
                info = [part]
            elif record.rec_type == "request":
                requests.append((header("WARC-Concurrent-To") or "", part))
                requests.append((header("WARC-Record-ID") or "", part))
            elif page:
                found.append(_capture(header, [*info, part]))
    except (ArchiveLoadFailed, zlib.error, EOFError, ValueError, OSError) as error:
        raise Unreadable(
            "the web archive is damaged or incomplete",
            why=f"{type(error).__name__}: {error}"[:300],
            todo="get it again from where it came from, or open it in ReplayWeb.page",
        ) from error
    _join(found, requests)
    if wanted is not None and any(each.url in wanted for each in found):
        return [each for each in found if each.url in wanted]
    return found


def _is_page(record: Any) -> bool:
    if record.rec_type == "resource":
        kind = record.rec_headers.get_header("Content-Type") or ""
    elif record.rec_type == "response" and record.http_headers is not None:
        if record.http_headers.get_statuscode() != "200":
            return False
        kind = record.http_headers.get_header("Content-Type") or ""
    else:
        return False
    return kind.partition(";")[0].strip().lower() in _PAGES


def _capture(header: Any, parts: list[Part]) -> Capture:
    partners = {header("WARC-Concurrent-To") or ""} - {""}
    return Capture(
        header("WARC-Target-URI") or "without address",
        header("WARC-Date") or "",
        parts,
        header("WARC-Record-ID") or "",
        partners,
    )


def _join(found: list[Capture], requests: list[tuple[str, Part]]) -> None:
    """Put to each page the request that it answers."""
    by_id: dict[str, Part] = {}
    for identity, part in requests:
        by_id.setdefault(identity, part)
    for each in found:
        for identity in (each.identity, *sorted(each.partners)):
            if identity and identity in by_id:
                each.parts.append(by_id[identity])
                break


def unpacked(pieces: Iterator[bytes], limits: Limits) -> bytes:
    """The records of a page out of the pieces of the file that hold them.

    Raises a fault where they are damaged or unfold beyond the bounds.
    """
    whole = bytearray()
    for piece in pieces:
        try:
            whole += _gunzip(piece, limits.max_bytes) if piece.startswith(GZIP) else piece
        except (zlib.error, gzip.BadGzipFile, EOFError) as error:
            raise Unreadable(
                "the records of this page are damaged",
                why=str(error),
                todo="get the web archive again from where it came from",
            ) from error
        if len(whole) > limits.max_bytes:
            raise _too_much(limits)
    return bytes(whole)


def _gunzip(piece: bytes, most: int) -> bytes:
    packed = zlib.decompressobj(31)
    data = packed.decompress(piece, most + 1)
    if len(data) > most:
        return data
    if not packed.eof:
        raise EOFError("the packed data break off")
    return data


def pages_listed(data: bytes) -> frozenset[str] | None:
    """The URLs in a WACZ's list of pages; None where it lists none."""
    found = set()
    for line in data.decode("utf-8", "replace").splitlines():
        try:
            told = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(told, dict) and isinstance(told.get("url"), str):
            found.add(told["url"])
    return frozenset(found) or None


def _too_much(limits: Limits) -> TooLarge:
    return TooLarge(
        "the web archive unfolds to too much",
        why=f"at most {limits.max_unpacked:,} bytes are read, {limits.max_bytes:,} of one page",
        todo="split it, or save the pages that matter as an archive of their own",
    )

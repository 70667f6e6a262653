"""A page of a web archive: what the server sent, read as what it is."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from onrecord.sources.fault import FaultError, TooLarge, Unreadable
from onrecord.sources.limits import Limits
from onrecord.sources.reading import Reading

NAME, VERSION = "warc", "1"
MEDIA_TYPE = "application/warc"
_META = re.compile(rb"(?i)<meta[^>]+charset")
_CHARSET = re.compile(r"(?i)charset=[\"']?([\w.:-]+)")


def read_warc(data: bytes, limits: Limits) -> Reading:
    """The page in the records of one capture, read by what its content is.

    Raises a fault where there is none, or where it is not what the record's digest says.
    """
    from onrecord.sources.registry import READERS

    kind, payload, record = _page(data, limits)
    inner = READERS[kind](payload, limits)
    header = record.rec_headers.get_header
    url, when = header("WARC-Target-URI") or "", header("WARC-Date") or "at a time not told"
    return replace(
        inner,
        media_type=MEDIA_TYPE,
        reader=f"{NAME}+{inner.reader}",
        reader_version=f"{VERSION}+{inner.reader_version}",
        warnings=(*inner.warnings, f"captured {when} from {url}"),
    )


def page_in(data: bytes, limits: Limits) -> tuple[str, bytes]:
    """Media type and bytes of the page in the records of one capture. Raises as `read_warc`."""
    kind, payload, _ = _page(data, limits)
    return kind, payload


def _page(data: bytes, limits: Limits) -> tuple[str, bytes, Any]:
    """Media type and bytes of the page, unpacked and in UTF-8 where it can be; its record."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for record in ArchiveIterator(BytesIO(data)):
            if record.rec_type in ("response", "resource"):
                return *_payload(record, limits), record
    except ArchiveLoadFailed as error:
        raise _damaged(str(error)) from error
    raise _damaged("no page is in it")


def _payload(record: Any, limits: Limits) -> tuple[str, bytes]:
    from onrecord.sources.kinds import media_type_of

    header = record.rec_headers.get_header
    told = header("WARC-Payload-Digest")
    raw = _whole(record.raw_stream, limits)
    if told and not _matches(raw, told):
        raise _damaged("the page does not have the digest that the archive gives for it")
    payload = _decoded(raw, _http(record, "Content-Encoding"), limits)
    if record.http_headers is not None:
        payload = _in_utf8(payload, _http(record, "Content-Type"))
    kind = media_type_of(urlsplit(header("WARC-Target-URI") or "").path, payload)
    if kind == MEDIA_TYPE:
        raise _damaged("an archive in the archive is not looked into")
    return kind, payload


def _whole(stream: Any, limits: Limits) -> bytes:
    """All of a record's payload; a fault where it breaks off before the length that it states."""
    parts, size = [], 0
    while part := stream.read(1 << 20):
        parts.append(part)
        size += len(part)
        if size > limits.max_bytes:
            break
    if getattr(stream, "limit", 0) > 0 and size <= limits.max_bytes:
        raise _damaged(f"it breaks off: {stream.limit:,} bytes of it are missing")
    return b"".join(parts)


def _http(record: Any, name: str) -> str:
    return (record.http_headers.get_header(name) or "") if record.http_headers else ""


def _matches(raw: bytes, told: str) -> bool:
    """Whether bytes have a digest such as "sha1:ABC..." (base32) or "sha256:abc..." (base 16)."""
    name, _, value = told.partition(":")
    if name.lower() not in ("sha1", "sha256", "md5"):
        return True
    digest = hashlib.new(name.lower(), raw, usedforsecurity=False)
    spelled = (digest.hexdigest(), base64.b32encode(digest.digest()).decode().lower())
    return value.lower().rstrip("=") in {each.rstrip("=") for each in spelled}


def _decoded(raw: bytes, encoding: str, limits: Limits) -> bytes:
    import zlib

    name = encoding.strip().lower()
    if name in ("", "identity"):
        return raw
    if name not in ("gzip", "x-gzip", "deflate"):
        raise Unreadable(
            f"the page is packed as {name}",
            why="only gzip and deflate are unpacked",
            todo="capture it again with a program that asks for no such packing",
        )
    try:
        data = zlib.decompressobj(47 if raw[:1] in (b"\x1f", b"\x78") else -15).decompress(
            raw, limits.max_bytes + 1
        )
    except zlib.error as error:
        if raw.lstrip()[:1] == b"<":
            return raw  # Some archives unpack the page and keep the header that says it is packed.
        raise _damaged(str(error)) from error
    if len(data) > limits.max_bytes:
        raise TooLarge(
            "the page unfolds to too much",
            why=f"at most {limits.max_bytes:,} bytes are read",
            todo="leave it out, or raise the bound max_bytes",
        )
    return data


def _in_utf8(payload: bytes, content_type: str) -> bytes:
    """A page whose encoding only its HTTP header tells, so that no reader has to guess it."""
    charset = _CHARSET.search(content_type)
    if not charset or not content_type.lower().startswith("text/") or _META.search(payload[:4096]):
        return payload
    try:
        payload.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return payload
    try:
        return payload.decode(charset[1]).encode("utf-8")
    except (LookupError, ValueError):
        return payload


def _damaged(why: str) -> FaultError:
    return Unreadable(
        "the records of this page are damaged",
        why=why,
        todo="get the web archive again from where it came from",
    )

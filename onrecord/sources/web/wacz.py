"""WACZ 1.1.1: what was fetched, as one file that others can open: WARC, index, pages, hashes."""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from onrecord.sources.web.fetch import Exchange, Fetched, agent

WARC = "data.warc.gz"
_FIRST = (1980, 1, 1, 0, 0, 0)
"""The oldest time a ZIP file can give: a member's own time says nothing here."""
_AS_SENT = frozenset({"transfer-encoding"})
"""Headers about the way over the wire, which the body has behind it; kept under another name."""


@dataclass(frozen=True, slots=True)
class Collector:
    """Who collects, for what, when: the facts that the Berkeley Protocol asks for."""

    operator: str
    at: datetime
    title: str = ""


@dataclass(frozen=True, slots=True)
class _Indexed:
    """A line of the CDXJ index."""

    key: str
    at: datetime
    facts: Mapping[str, Any]

    def line(self) -> str:
        stamp = self.at.strftime("%Y%m%d%H%M%S")
        return f"{self.key} {stamp} {json.dumps(self.facts, ensure_ascii=True)}\n"


def write_wacz(
    path: Path, fetched: Iterable[Fetched], listed: Iterable[Exchange], by: Collector
) -> None:
    """Write pages, and the feeds that listed them, as a WACZ file, whole or not at all.

    Raises OSError where it cannot be written.
    """
    pages = list(fetched)
    warc, index = _warc(pages, list(listed), by)
    members = {
        f"archive/{WARC}": warc,
        **_index(index),
        "pages/pages.jsonl": _pages(pages),
    }
    package = _package(members, by)
    digest = {
        "path": "datapackage.json",
        "hash": f"sha256:{hashlib.sha256(package).hexdigest()}",
    }
    beside = path.with_name(f".{path.name}.part")
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED) as made:
            for name, data in members.items():
                made.writestr(zipfile.ZipInfo(name, _FIRST), data)
            made.writestr(zipfile.ZipInfo("datapackage.json", _FIRST), package)
            told = json.dumps(digest, indent=2)
            made.writestr(zipfile.ZipInfo("datapackage-digest.json", _FIRST), told)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _warc(
    pages: list[Fetched], listed: list[Exchange], by: Collector
) -> tuple[bytes, list[_Indexed]]:
    out = BytesIO()
    writer = _writer(out)
    writer.write_record(_info(writer, by))
    index = []
    for exchange in [*listed, *(each for page in pages for each in page.exchanges)]:
        response = _response(writer, exchange)
        start = out.tell()
        writer.write_record(response)
        length = out.tell() - start
        request = _request(writer, exchange, response.rec_headers.get_header("WARC-Record-ID"))
        writer.write_record(request)
        facts = {
            "url": exchange.url,
            "mime": exchange.header("content-type").partition(";")[0].strip() or "unk",
            "status": str(exchange.status),
            "digest": response.rec_headers.get_header("WARC-Payload-Digest"),
            "length": str(length),
            "offset": str(start),
            "filename": WARC,
        }
        index.append(_Indexed(surt(exchange.url), exchange.at, facts))
    return out.getvalue(), sorted(index, key=_Indexed.line)


def _writer(out: BytesIO) -> Any:
    """A writer of WARC records whose digests are SHA-256: SHA-1, its own choice, can be forged."""
    from warcio.utils import Digester
    from warcio.warcwriter import WARCWriter

    class Writer(WARCWriter):  # type: ignore[misc]
        @staticmethod
        def _create_digester() -> Digester:
            return Digester("sha256")

        @staticmethod
        def _create_temp_file() -> BytesIO:
            return BytesIO()

    return Writer(out, gzip=True, warc_version="1.1")


def _info(writer: Any, by: Collector) -> Any:
    return writer.create_warcinfo_record(
        WARC,
        {
            "software": agent().partition(" ")[0],
            "format": "WARC File Format 1.1",
            "operator": _one_line(by.operator),
            "http-header-user-agent": agent(),
            "robots": "obey",
            "isPartOf": _one_line(by.title) or WARC,
        },
    )


def _response(writer: Any, exchange: Exchange) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    headers = [
        (f"X-Archive-Orig-{name}" if name.lower() in _AS_SENT else name, value)
        for name, value in exchange.headers
    ]
    status = f"{exchange.status} {exchange.reason}".strip()
    return writer.create_warc_record(
        exchange.url,
        "response",
        payload=BytesIO(exchange.body),
        http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
        warc_headers_dict={
            "WARC-Date": _stamp(exchange.at),
            "WARC-IP-Address": exchange.address,
        },
    )


def _request(writer: Any, exchange: Exchange, response: str) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    line = f"GET {exchange.path} HTTP/1.1"
    return writer.create_warc_record(
        exchange.url,
        "request",
        payload=BytesIO(b""),
        http_headers=StatusAndHeaders(line, list(exchange.request), is_http_request=True),
        warc_headers_dict={
            "WARC-Date": _stamp(exchange.at),
            "WARC-Concurrent-To": response,
        },
    )


def _index(lines: list[_Indexed]) -> dict[str, bytes]:
    """The index, packed, and the list of its packed parts: one."""
    packed = gzip.compress("".join(each.line() for each in lines).encode(), mtime=0)
    meta = json.dumps({"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"})
    part = {
        "offset": 0,
        "length": len(packed),
        "digest": f"sha256:{hashlib.sha256(packed).hexdigest()}",
        "filename": "index.cdx.gz",
    }
    head = f"!meta 0 {meta}\n"
    if lines:
        stamp = lines[0].at.strftime("%Y%m%d%H%M%S")
        head += f"{lines[0].key} {stamp} {json.dumps(part)}\n"
    return {"indexes/index.cdx.gz": packed, "indexes/index.idx": head.encode()}


def _pages(pages: list[Fetched]) -> bytes:
    lines: list[dict[str, str]] = [
        {"format": "json-pages-1.0", "id": "pages", "title": "Pages that were asked for"}
    ]
    for each in pages:
        page = each.page
        identity = hashlib.sha256(f"{page.url} {_stamp(page.at)}".encode()).hexdigest()[:22]
        lines.append({"id": identity, "url": page.url, "ts": _stamp(page.at), "title": page.url})
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def _package(members: Mapping[str, bytes], by: Collector) -> bytes:
    told = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "created": _stamp(by.at),
        "software": agent().partition(" ")[0],
        **({"title": by.title} if by.title else {}),
        "resources": [
            {
                "name": name.rpartition("/")[2],
                "path": name,
                "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
                "bytes": len(data),
            }
            for name, data in members.items()
        ],
    }
    return json.dumps(told, indent=2).encode()


def surt(url: str) -> str:
    """A URL as indexes sort it: "org,example)/page?a=1"."""
    parts = urlsplit(url.lower())
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port else ""
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    turned = (
        host if ":" in host or host.replace(".", "").isdigit() else ",".join(host.split(".")[::-1])
    )
    return f"{turned}{port}){parts.path or '/'}{'?' + query if query else ''}"


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _one_line(words: str) -> str:
    return " ".join(words.split())

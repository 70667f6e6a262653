"""What runs in the process that takes an original apart to show it: requests in, answers out."""

from __future__ import annotations

import json
import os
import re
import struct
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from math import ceil
from pathlib import Path
from typing import Any

from onrecord.sources.fault import FaultError
from onrecord.sources.limits import Limits
from onrecord.sources.worker import confine

_MOST_PIXELS = 16_000_000
_MOST_OBJECTS = 20_000
"""Things on a page that are looked at for pictures; a page with more may hold some."""
_FASTER = 6


def main() -> None:
    """Answer requests, a line of JSON each, until standard input ends: JSON, then bytes.

    The bounds are the last argument.
    """
    told = json.loads(sys.argv[-1])
    most, limits = told.pop("most"), Limits(**told)
    answers = os.fdopen(os.dup(1), "wb")
    void = os.open(os.devnull, os.O_RDWR)
    os.dup2(void, 1)
    confine(limits)
    for line in sys.stdin.buffer:
        head, data = _answer(json.loads(line), limits)
        if len(data) > most:
            head, data = {"error": "too large: what it shows is over the bound"}, b""
        for part in (json.dumps(head).encode(), data):
            answers.write(len(part).to_bytes(8, "big") + part)
        answers.flush()


def _answer(request: dict[str, Any], limits: Limits) -> tuple[dict[str, Any], bytes]:
    try:
        return _DO[request["do"]](request, limits)
    except FaultError as fault:
        return {"error": f"{fault.what}: {fault.why}"}, b""
    except MemoryError:
        return {"error": "too large: it takes too much memory"}, b""
    except Exception as error:  # whatever a library says of a file is about the file
        return {"error": f"{type(error).__name__}: {error}"[:500]}, b""


def _sheet(request: dict[str, Any], limits: Limits) -> tuple[dict[str, Any], bytes]:
    del limits
    with _page(request) as (document, page):
        return _told(document, page, request), b""


def _told(document: Any, page: Any, request: dict[str, Any]) -> dict[str, Any]:
    scale = _scale(page, request["width"])
    size = [max(1, ceil(side * scale)) for side in page.get_size()]
    return {
        "pages": len(document),
        "width": size[0],
        "height": size[1],
        "pictures": _holds_pictures(page),
        "boxes": [_placed(page, size, box) for box in request["boxes"]],
    }


def _picture(request: dict[str, Any], limits: Limits) -> tuple[dict[str, Any], bytes]:
    del limits
    with _page(request) as (_, page):
        drawn = page.render(scale=_scale(page, request["width"]), rev_byteorder=True)
    wide = drawn.width * drawn.n_channels
    pixels, rows = memoryview(drawn.buffer).cast("B"), bytearray()
    for at in range(0, drawn.height * drawn.stride, drawn.stride):
        rows += b"\0"
        rows += pixels[at : at + wide]
    return {}, png(drawn.width, drawn.height, drawn.n_channels, rows)


def png(width: int, height: int, channels: int, rows: bytes | bytearray) -> bytes:
    """Pixels of 8 bits a channel (1 grey, 3 RGB, 4 RGBA) as PNG; each row begins with a zero."""
    kind = {1: 0, 3: 2, 4: 6}[channels]
    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, _FASTER)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


@contextmanager
def _page(request: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    """A PDF and a page of it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(request["file"])
    try:
        if not 1 <= request["page"] <= len(document):
            raise ValueError(f"it has {len(document)} pages")
        yield document, document[request["page"] - 1]
    finally:
        document.close()


def _scale(page: Any, width: int) -> float:
    wide, high = page.get_size()
    scale = min(width / wide, (_MOST_PIXELS / (wide * high)) ** 0.5)
    # A hair less: the library rounds up, and would make of 600.0000001 pixels 601.
    return float(scale * (1 - 1e-9))


def _holds_pictures(page: Any) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE, FPDF_PAGEOBJ_SHADING

    seen = [each.type for each in islice(page.get_objects(), _MOST_OBJECTS + 1)]
    may = {FPDF_PAGEOBJ_IMAGE, FPDF_PAGEOBJ_SHADING}
    return len(seen) > _MOST_OBJECTS or not may.isdisjoint(seen)


def _placed(page: Any, size: list[int], box: list[float]) -> list[int]:
    """Where a box of a page is in its picture, however the page is turned."""
    from ctypes import byref, c_int

    from pypdfium2.raw import FPDF_PageToDevice

    found = []
    for across, up in ((box[0], box[1]), (box[2], box[3])):
        x, y = c_int(), c_int()
        FPDF_PageToDevice(page.raw, 0, 0, *size, 0, across, up, byref(x), byref(y))
        found.append((x.value, y.value))
    (x0, y0), (x1, y1) = found
    return [min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0)]


def _web(request: dict[str, Any], limits: Limits) -> tuple[dict[str, Any], bytes]:
    from onrecord.sources.kinds import HTML
    from onrecord.sources.readers import warc
    from onrecord.sources.readers.html import page_as_text

    data = Path(request["file"]).read_bytes()
    kind = request["media_type"]
    if kind == warc.MEDIA_TYPE:
        kind, data = warc.page_in(data, limits)
    if kind != HTML:
        raise ValueError(f"what was captured is no web page but {kind}")
    shown = _LINK.sub("<not-a-link", page_as_text(data).text.removeprefix("\ufeff"))
    return {}, shown.encode("utf-8", "replace")


_LINK = re.compile(r"(?i)<link(?=[\s/>])")
_DO = {"sheet": _sheet, "picture": _picture, "web": _web}

"""Originals of documents: pages as pictures, saved web pages, files to keep."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from onrecord.case import Case
from onrecord.products.index import last_part
from onrecord.sources import showing
from onrecord.store.originals import Original
from onrecord.web.giving import NOTHING, File, Given
from onrecord.web.page import Asked, Parameter

PDF = "application/pdf"
WEB = frozenset({"text/html", "application/warc"})
IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})
"""Pictures that cannot hold a script."""
WIDTH = 1000
"""Pixels across a page, unless another width is asked for."""
_STYLED = f"{NOTHING}; style-src 'unsafe-inline'"
_WITH_PICTURES = f"{_STYLED}; img-src data:"
_DOCUMENT = Parameter(
    "document", "Its id, four or more digits of its hash, or its path.", most=2000
)


def way_of(media_type: str) -> str:
    """How an original can be shown: as `pages`, a `web` page, an `image`; else it is a `file`."""
    if media_type == PDF:
        return "pages"
    if media_type in WEB:
        return "web"
    return "image" if media_type in IMAGES else "file"


def _original(case: Case, asked: Asked) -> Given:
    """The original, shown where it can be, else to be kept. Raises `NotFound`, `NotReleased`."""
    original = case.original(asked["document"])
    way = "file" if asked["save"] else way_of(original.media_type)
    name = last_part(original.path)
    if way == "image":
        return Given(original.file, original.media_type, name, shown=True)
    if way == "web":
        page = showing.web_page(original.file, original.media_type)
        policy = _WITH_PICTURES if asked["pictures"] else _STYLED
        return Given(page, "text/html; charset=utf-8", f"{name}.html", shown=True, policy=policy)
    return Given(original.file, original.media_type, name)


def _page(case: Case, asked: Asked) -> Given:
    """A page of a PDF as PNG. Raises `NotFound`, `NotReleased`, `SourceError`."""
    original = case.original(asked["document"])
    data = _drawn(original.file, asked["page"], asked["width"])
    name = f"{last_part(original.path)}-{asked['page']}.png"
    return Given(data, "image/png", name, shown=True)


@lru_cache(maxsize=16)
def _drawn(file: Path, page: int, width: int) -> bytes:
    """A page as PNG; the file's name is its hash, so that what was drawn once holds."""
    return showing.picture(file, page, width)


@lru_cache(maxsize=256)
def sheet_of(original: Original, page: int, boxes: tuple[showing.Corners, ...]) -> showing.Sheet:
    """What a page of a PDF is like. Raises `SourceError`."""
    return showing.sheet(original.file, page, WIDTH, boxes)


FILES: tuple[File, ...] = (
    File(
        "/documents/{document}/original",
        "original",
        "The original of a document: a saved web page that can load and run nothing, or a file.",
        _original,
        (
            _DOCUMENT,
            Parameter("save", "1 to keep it as a file whatever it is.", "integer", 0, most=1),
            Parameter(
                "pictures", "1 to show the pictures inside of a web page.", "integer", 0, most=1
            ),
        ),
    ),
    File(
        "/documents/{document}/pages/{page}.png",
        "original_page",
        "A page of a PDF as a picture.",
        _page,
        (
            _DOCUMENT,
            Parameter("page", "Which page, from 1.", "integer", 1, least=1, most=10**6),
            Parameter("width", "How many pixels wide.", "integer", WIDTH, least=100, most=2400),
        ),
    ),
)

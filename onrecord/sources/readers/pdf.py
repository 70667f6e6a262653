"""PDF: the text layer, with page and box of every line; lines are put together to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from onrecord.sources.fault import Encrypted, TooLarge, Unreadable
from onrecord.sources.limits import Limits
from onrecord.sources.readers.draft import Draft
from onrecord.sources.readers.lines import HYPHEN, Line, joints
from onrecord.sources.reading import Box, Reading

NAME, VERSION = "pdf", "1"

_LINE_END = re.compile(r"\r\n|[\r\n]|\x02|\ufffe|\xad(?=\s*[\r\n])")
_HYPHENS = ("\x02", "\ufffe", "\xad")
"""What the PDF library puts for a hyphen at the end of a line, together with the line's end."""
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_HALF = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]")
_TAIL = 1024
"""Bytes at the end of a file in which its end mark stands (PDF 1.7, annex H, note 18)."""


def read_pdf(data: bytes, limits: Limits) -> Reading:
    """The text of all pages. A page without text is named in a warning.

    Raises a fault if the file is cut off, encrypted, has too many pages or too much text, or has
    no text at all, as a scan has none.
    """
    if b"%%EOF" not in data.rstrip(b"\0 \r\n\t")[-_TAIL:]:
        raise _damaged("the end of the file is missing")
    document = _opened(data)
    try:
        if len(document) > limits.max_pages:
            raise TooLarge(
                f"it has too many pages: {len(document):,}",
                why=f"at most {limits.max_pages:,} pages of one file are read",
                todo="split it into its documents, or raise the bound max_pages",
            )
        lines, blank = _read(document, limits)
    finally:
        document.close()
    if not lines:
        raise Unreadable(
            "there is no text in this PDF",
            why="its pages are pictures, as scans are: it has no text layer",
            todo="run it through text recognition (OCR), then add the PDF that this gives",
        )
    text, layout = _assemble(lines)
    return Reading(
        text=text,
        media_type="application/pdf",
        reader=NAME,
        reader_version=VERSION,
        layout=layout,
        warnings=(*_blank(blank), *_right_to_left(text)),
    )


def _opened(data: bytes) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        said = str(error)
        if "password" in said.lower() or "security" in said.lower():
            raise Encrypted(
                "the PDF is encrypted",
                why="it asks for a password",
                todo="open it with its password, print it to a new PDF and add that",
            ) from error
        raise _damaged(said) from error
    if not len(document):
        raise _damaged("it has no pages")
    return document


def _damaged(why: str) -> Unreadable:
    return Unreadable(
        "the PDF is damaged or incomplete",
        why=why,
        todo="get it again from where it came from; if it opens in a viewer, print it to a new PDF",
    )


def _read(document: Any, limits: Limits) -> tuple[list[Line], list[int]]:
    """All lines, and the numbers of the pages that show something but hold no text."""
    lines: list[Line] = []
    blank: list[int] = []
    room = limits.max_text
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        textpage = page.get_textpage()
        room -= textpage.count_chars()
        if room < 0:
            raise TooLarge(
                "it holds too much text",
                why=f"at most {limits.max_text:,} characters of one file are read",
                todo="split it into its documents, or raise the bound max_text",
            )
        found = list(_lines(textpage, number))
        if not found and next(page.get_objects(), None) is not None:
            blank.append(number)
        lines += found
        textpage.close()
        page.close()
    return lines, blank


def _lines(textpage: Any, page: int) -> Iterator[Line]:
    """The lines of a page that hold more than white space, in the order of the library."""
    raw, characters, start = textpage.raw, _characters(textpage), 0
    for end in [*_LINE_END.finditer(characters), None]:
        stop = end.start() if end else len(characters)
        text = _plain(characters[start:stop])
        if text:
            broken = end is not None and end[0] in _HYPHENS
            first = start + len(characters[start:stop]) - len(characters[start:stop].lstrip())
            baseline, size = _setting(raw, first)
            box = _box(textpage, start, stop - start)
            yield Line(text + HYPHEN if broken else text, page, box, baseline, size, broken)
        start = end.end() if end else stop


def _characters(textpage: Any) -> str:
    """The page's characters as the library counts them, for boxes go by its count."""
    from pypdfium2.raw import FPDFText_GetUnicode

    count = textpage.count_chars()
    text: str = textpage.get_text_range() if count else ""
    if len(text) == count and not _HALF.search(text):
        return text
    # The library leaves characters out of the whole text, or counts one as two: one by one then.
    return "".join(chr(FPDFText_GetUnicode(textpage.raw, index)) for index in range(count))


def _setting(raw: Any, index: int) -> tuple[float, float]:
    """Height of a character's baseline on the page, and of the type it is set in, in points."""
    from ctypes import byref, c_double

    from pypdfium2.raw import FS_RECTF, FPDFText_GetCharOrigin, FPDFText_GetLooseCharBox

    across, up, loose = c_double(), c_double(), FS_RECTF()
    FPDFText_GetCharOrigin(raw, index, byref(across), byref(up))
    FPDFText_GetLooseCharBox(raw, index, byref(loose))
    return up.value, abs(loose.top - loose.bottom)


def _plain(characters: str) -> str:
    text = _NOT_TEXT.sub(" ", characters)
    if not text.isascii():
        # The library gives characters beyond the first 65,536 as two halves.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(text.split())


def _box(textpage: Any, start: int, count: int) -> tuple[float, float, float, float]:
    rects = [textpage.get_rect(i) for i in range(textpage.count_rects(start, count))]
    if not rects:
        return (0.0, 0.0, 0.0, 0.0)
    left, bottom, right, top = zip(*rects, strict=True)
    corners = min(left), min(bottom), max(right), max(top)
    return tuple(round(float(value), 2) for value in corners)  # type: ignore[return-value]


def _assemble(lines: list[Line]) -> tuple[str, tuple[Box, ...]]:
    draft, boxes = Draft(), []
    for line, joint in zip(lines, joints(lines), strict=True):
        span = draft.add(line.text[:-1] if joint.drops_hyphen else line.text)
        if span:
            boxes.append(Box(*span, line.page, line.box))
        draft.add(joint.between)
    return draft.text, tuple(boxes)


def _right_to_left(text: str) -> tuple[str, ...]:
    if _RIGHT_TO_LEFT.search(text):
        return ("right-to-left script: letters and words may come out of a PDF in the wrong order",)
    return ()


def _blank(blank: list[int]) -> tuple[str, ...]:
    if not blank:
        return ()
    named = ", ".join(map(str, blank[:20])) + (", ..." if len(blank) > 20 else "")
    return (f"no text on page {named}: a picture or a scan, which needs text recognition (OCR)",)

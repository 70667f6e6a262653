"""Web pages: title, publisher, date, author, and the main text without menus and advertising."""

from __future__ import annotations

import re
from typing import Any

from onrecord.model import Span
from onrecord.sources.encodings import Decoded, decode_as
from onrecord.sources.fault import no_text
from onrecord.sources.limits import Limits
from onrecord.sources.readers.draft import Draft, clean, imprint, one_line
from onrecord.sources.readers.published import published
from onrecord.sources.reading import Reading

NAME, VERSION = "html", "1"

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]+)""")
_HEAD = 500
"""Characters from the start of the main text in which the author may be named."""


def read_html(data: bytes, _limits: Limits) -> Reading:
    """The page's main text below its title, its publisher with the date, and its author."""
    return read_page(page_as_text(data))


def page_as_text(data: bytes) -> Decoded:
    """The markup of a page as characters: by the encoding that it declares, where that fits."""
    found = _CHARSET.search(data[:4096]) or _XML_CHARSET.search(data[:4096])
    return decode_as(data, found and found[1].decode("ascii"))


def read_page(page: Decoded) -> Reading:
    """A page that is decoded already, as a file's or as the body of an email.

    Raises `Empty` where it has no text.
    """
    found, tree = _extracted(page.text)
    body = _paragraphs(found)
    if not body:
        raise no_text(
            "there is no text in this page",
            "what it shows is pictures, or is fetched by its scripts when a browser opens it",
        )
    draft = Draft()
    title = draft.block(one_line(found.title or ""))
    body = _without(body, draft.text)
    site = one_line(found.sitename or "")
    publisher, date = imprint(draft, site, site, published(tree))
    author = _author(draft, one_line(found.author or ""), body)
    return Reading(
        text=draft.text,
        media_type="text/html",
        reader=NAME,
        reader_version=VERSION,
        title=title,
        publisher=publisher,
        author=author,
        published=date,
        warnings=page.warnings,
    )


def main_text(page: str) -> str:
    """The main text alone: "" where there is none."""
    return "\n\n".join(_paragraphs(_extracted(page)[0]))


def _paragraphs(found: Any) -> list[str]:
    lines = clean(found.text or "").split("\n") if found else []
    return [line.strip() for line in lines if line.strip()]


def _extracted(page: str) -> tuple[Any, Any]:
    import trafilatura

    tree = trafilatura.load_html(page)
    if tree is None:
        return None, None
    # Bounds that stay the same: by default the library's dates depend on today's.
    dates = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}
    found = trafilatura.bare_extraction(
        page, with_metadata=True, include_comments=False, date_extraction_params=dates
    )
    return found, tree


def _without(body: list[str], title: str) -> list[str]:
    """The paragraphs less the title, where it stands at their head a second time."""
    for index, line in enumerate(body[:3]):
        if title and line == title and len(body) > 1:
            return body[:index] + body[index + 1 :]
    return body


def _author(draft: Draft, author: str, body: list[str]) -> Span | None:
    """Adds the main text; the author is cited from its head, or stands in a line before it."""
    main = "\n\n".join(body)
    at = main[:_HEAD].find(author) if author else -1
    named = draft.block(author) if at < 0 else None
    span = draft.block(main)
    if at < 0 or span is None:
        return named
    return span[0] + at, span[0] + at + len(author)

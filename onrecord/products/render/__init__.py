"""The renderers: one page, four formats of text, and two for paper."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.products.page import Page
from onrecord.products.render.as_json import render_json
from onrecord.products.render.html import render_html
from onrecord.products.render.markdown import render_markdown
from onrecord.products.render.terminal import print_terminal, render_terminal

RENDERERS: dict[str, Callable[[Page], str]] = {
    "terminal": render_terminal,
    "markdown": render_markdown,
    "json": render_json,
    "html": render_html,
}
FORMATS = tuple(RENDERERS)
"""The formats that are text."""
PRINTED = ("pdf", "docx")
"""The formats that are files for paper and for an office."""

__all__ = [
    "FORMATS",
    "PRINTED",
    "print_terminal",
    "render",
    "render_bytes",
    "render_html",
    "render_json",
    "render_markdown",
    "render_terminal",
]


def render(page: Page, form: str) -> str:
    """A page in one of `FORMATS`; a terminal's text is 80 columns wide and has no colour."""
    return RENDERERS[form](page)


def render_bytes(page: Page, form: str) -> bytes:
    """A page in one of `FORMATS` (as UTF-8) or of `PRINTED`; equal pages give equal bytes."""
    # The typesetter and the office library are loaded only where they are asked for.
    if form == "pdf":
        from onrecord.products.render.pdf import render_pdf

        return render_pdf(page)
    if form == "docx":
        from onrecord.products.render.as_docx import render_docx

        return render_docx(page)
    return render(page, form).encode("utf-8", "backslashreplace")

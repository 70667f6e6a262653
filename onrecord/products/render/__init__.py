"""The renderers: one page, four formats."""

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

__all__ = [
    "FORMATS",
    "print_terminal",
    "render",
    "render_html",
    "render_json",
    "render_markdown",
    "render_terminal",
]


def render(page: Page, form: str) -> str:
    """A page in one of `FORMATS`; a terminal's text is 80 columns wide and has no colour."""
    return RENDERERS[form](page)

"""OpenDocument texts (ODT): paragraphs, headings, tables, text boxes and notes."""

from __future__ import annotations

from typing import Any

from onrecord.sources.limits import Limits
from onrecord.sources.readers.office import (
    Dialect,
    Names,
    assemble,
    attribute,
    blocks,
    encrypted,
    local,
    part,
    unpack,
)
from onrecord.sources.reading import Reading

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
NAMES = Names("odt", "1", MEDIA_TYPE)
DIALECT = Dialect(
    paragraphs=frozenset({"p", "h"}),
    row="table-row",
    cells=frozenset({"table-cell"}),
    text=None,
    apart=frozenset({"text-box", "note-body"}),
    left_out=frozenset(
        {"tracked-changes", "annotation", "title", "desc", "note-citation", "sequence-decls"}
        | {"scripts", "font-face-decls", "automatic-styles", "forms"}
    ),
    signs={"s": " ", "tab": "\t", "line-break": "\n"},
)


def read_odt(data: bytes, limits: Limits) -> Reading:
    """The document's words; its title is the first paragraph of the style named Title.

    A note follows the paragraph it belongs to. Deletions count as made; comments are left out.
    """
    with unpack(data, limits) as opened:
        names = opened.namelist()
        if "META-INF/manifest.xml" in names and b"encryption-data" in opened.read(
            "META-INF/manifest.xml"
        ):
            raise encrypted()
        content = part(opened, "content.xml")
    titles = {"Title"} | {
        attribute(style, "name")
        for style in content.iter()
        if local(style) == "style" and attribute(style, "parent-style-name") == "Title"
    }
    return assemble(blocks(content, DIALECT), lambda p: _style(p) in titles, NAMES)


def _style(paragraph: Any) -> str:
    return attribute(paragraph, "style-name")

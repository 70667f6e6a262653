"""Word documents (DOCX): headers, body with tables and text boxes, notes, footers."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from onrecord.sources.limits import Limits
from onrecord.sources.readers.office import (
    Dialect,
    Names,
    assemble,
    attribute,
    blocks,
    local,
    part,
    unpack,
)
from onrecord.sources.reading import Reading

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NAMES = Names("docx", "1", MEDIA_TYPE)
DIALECT = Dialect(
    paragraphs=frozenset({"p"}),
    row="tr",
    cells=frozenset({"tc"}),
    text="t",
    apart=frozenset({"txbxContent"}),
    # What was deleted is not said; Fallback repeats a text box for old programs.
    left_out=frozenset({"del", "moveFrom", "Fallback", "pPr", "rPr", "tblPr", "sectPr", "sdtPr"}),
    signs={"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""},
)
_BEFORE, _AFTER = ("header",), ("footnotes", "endnotes", "footer")


def read_docx(data: bytes, limits: Limits) -> Reading:
    """The document's words; its title is the first paragraph of the style named Title.

    Insertions count as accepted, deletions as made; comments are left out.
    """
    with unpack(data, limits) as opened:
        main = _main_part(opened)
        titles = _title_styles(opened, posixpath.dirname(main))
        return assemble(_all(opened, main), lambda p: _style(p) in titles, NAMES)


def _main_part(opened: zipfile.ZipFile) -> str:
    for relation in part(opened, "_rels/.rels"):
        if attribute(relation, "Type").endswith("/officeDocument"):
            return attribute(relation, "Target").lstrip("/")
    return "word/document.xml"


def _all(opened: zipfile.ZipFile, main: str) -> Iterator[tuple[Any, str]]:
    folder, seen = posixpath.dirname(main), set[str]()
    for name in (*_parts(opened, folder, _BEFORE), main, *_parts(opened, folder, _AFTER)):
        for element, text in blocks(part(opened, name), DIALECT):
            # Each section repeats its header and footer in a part of its own.
            if name == main or "notes" in name or text not in seen:
                yield element, text
            if name != main:
                seen.add(text)


def _parts(opened: zipfile.ZipFile, folder: str, stems: tuple[str, ...]) -> list[str]:
    names = sorted(opened.namelist())
    return [
        name
        for stem in stems
        for name in names
        if name.startswith(f"{folder}/{stem}") and name.endswith(".xml")
    ]


def _title_styles(opened: zipfile.ZipFile, folder: str) -> set[str]:
    if f"{folder}/styles.xml" not in opened.namelist():
        return {"Title"}
    styles = part(opened, f"{folder}/styles.xml")
    return {
        attribute(style, "styleId")
        for style in styles
        for child in style
        if local(child) == "name" and attribute(child, "val").lower() == "title"
    }


def _style(paragraph: Any) -> str:
    for child in paragraph:
        if local(child) == "pPr":
            return next((attribute(e, "val") for e in child if local(e) == "pStyle"), "")
    return ""

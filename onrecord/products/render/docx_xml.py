"""What python-docx has no words for: links, fields, languages, a package that tells no more."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from onrecord.products.render.printing import Words
from onrecord.products.wording import current

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP file can hold: the same for every part of every file."""
_LEFT_OUT = ("thumbnail", "extended-properties", "stylesWithEffects", "customXml")
"""Parts of the library's template that tell of another machine, or that nothing here uses."""
# What must come after an element of ours: the schema fixes the order, and Word keeps to it.
_AFTER_BORDERS = [f"w:{name}" for name in ("shd", "tabs", "bidi", "spacing", "ind", "jc", "rPr")]
_AFTER_BIDI = [
    f"w:{name}"
    for name in ("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "jc")
] + ["w:outlineLvl", "w:rPr"]
_AFTER_TURNED = [f"w:{name}" for name in ("tblW", "jc", "tblInd", "tblBorders", "shd")]
_AFTER_TURNED += [f"w:{name}" for name in ("tblLayout", "tblCellMar", "tblLook")]
_AFTER_RULES = [f"w:{name}" for name in ("shd", "tblLayout", "tblCellMar", "tblLook")]
_LEFT_TO_RIGHT = "\u200e"
"""After words from right to left, a number that follows must not be drawn among them; around words
from left to right on a page from right to left, their marks must not change sides."""
_NOT_XML = {0xFFFE: "⟨U+FFFE⟩", 0xFFFF: "⟨U+FFFF⟩"}


def element(tag: str, /, **attributes: str) -> Any:
    """An element of WordprocessingML with attributes of the same namespace."""
    made = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def add_paragraph(into: Any, style: str) -> Any:
    """A paragraph of a style of ours at the end of a document or of a cell."""
    paragraph = into.add_paragraph()
    paragraph._p.style = _id(style)  # noqa: SLF001 - looking styles up by name is slow
    return paragraph


def add_run(paragraph: Any, text: str, style: str | None = None) -> Any:
    """A run in a character style of ours."""
    run = paragraph.add_run(text)
    if style:
        run._r.style = _id(style)  # noqa: SLF001
    return run


def _id(style: str) -> str:
    return style.replace(" ", "")


def add_words(paragraph: Any, words: Words, style: str | None = None) -> Any:
    """A run of words in a paragraph, marked with its language and direction."""
    text = words.text.translate(_NOT_XML)
    turned, lettered = current().direction == "rtl", any(map(str.isalpha, text))
    if turned and lettered and not words.rtl:
        text = f"{_LEFT_TO_RIGHT}{text}{_LEFT_TO_RIGHT}"
    run = add_run(paragraph, text, style)
    if words.rtl or (turned and not lettered):
        properties = run._r.get_or_add_rPr()  # noqa: SLF001 - there is no public way to it
        properties.append(element("rtl"))
    if words.rtl and not turned:
        paragraph.add_run(_LEFT_TO_RIGHT)
    if words.language:
        kind = "bidi" if words.rtl else "val"
        properties = run._r.get_or_add_rPr()  # noqa: SLF001
        properties.append(element("lang", **{kind: words.language}))
    return run


def add_link(paragraph: Any, anchor: str, text: str, style: str) -> None:
    """Words that lead to a bookmark of the same document."""
    link = element("hyperlink", anchor=anchor, history="1")
    run = add_run(paragraph, text, style)
    link.append(run._r)  # noqa: SLF001
    paragraph._p.append(link)  # noqa: SLF001


def add_bookmark(paragraph: Any, name: str, number: int) -> None:
    """A place that a link can lead to; `number` must be its own in the document."""
    for tag, attributes in (("bookmarkStart", {"name": name}), ("bookmarkEnd", {})):
        paragraph._p.append(element(tag, id=str(number), **attributes))  # noqa: SLF001


def add_field(paragraph: Any, code: str) -> None:
    """A field that the office program fills in: PAGE, NUMPAGES."""
    field = element("fldSimple", instr=code)
    field.append(paragraph.add_run("1")._r)  # noqa: SLF001
    paragraph._p.append(field)  # noqa: SLF001


def mark_rtl(paragraph: Any) -> None:
    """A paragraph that is read from right to left."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    properties.insert_element_before(element("bidi"), "w:spacing", "w:ind", "w:jc", "w:rPr")


def turn(document: Any) -> None:
    """Every paragraph style read from right to left, and the words of the document with them."""
    for style in document.styles.element.findall(qn("w:style")):
        if style.get(qn("w:type")) == "paragraph":
            properties = style.get_or_add_pPr()
            properties.insert_element_before(element("bidi"), *_AFTER_BIDI)
    for section in document.sections:
        section._sectPr.append(element("bidi"))  # noqa: SLF001


def turn_table(table: Any) -> None:
    """A table whose first column stands at the right."""
    table._tbl.tblPr.insert_element_before(element("bidiVisual"), *_AFTER_TURNED)  # noqa: SLF001


def shade(style: Any, color: str) -> None:
    """A ground behind the words of a character style."""
    style.element.get_or_add_rPr().append(element("shd", val="clear", color="auto", fill=color))


def border(style: Any, side: str, color: str, *, size: int = 4, space: int = 4) -> None:
    """A rule at one side of a paragraph style; `size` in eighths of a point."""
    borders = element("pBdr")
    borders.append(element(side, val="single", sz=str(size), space=str(space), color=color))
    style.element.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


def rules(table: Any, color: str) -> None:
    """Thin rules around the cells of a table."""
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz="4", space="0", color=color))
    table._tbl.tblPr.insert_element_before(borders, *_AFTER_RULES)  # noqa: SLF001


def keep_whole(row: Any) -> None:
    """A row that is not cut between pages."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))  # noqa: SLF001


def set_fonts(style: Any, name: str) -> None:
    """One font for all scripts that it has."""
    style.font.name = name
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in [key for key in fonts.attrib if "Theme" in key]:
        del fonts.attrib[theme]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), name)


def set_size(style: Any, points: float) -> None:
    """One size for all scripts."""
    style.font.size = Pt(points)
    size = style.element.rPr.find(qn("w:sz"))
    for old in style.element.rPr.findall(qn("w:szCs")):
        style.element.rPr.remove(old)
    size.addnext(element("szCs", val=size.get(qn("w:val"))))


def clean(document: Any, title: str, language: str, day: date | None) -> None:
    """Properties that say what it is, and nothing of who made it, where or when."""
    properties = document.core_properties
    for part in list(properties._element):  # noqa: SLF001
        properties._element.remove(part)  # noqa: SLF001
    properties.title, properties.language = title.translate(_NOT_XML), language
    if day is not None:
        properties.created = datetime(day.year, day.month, day.day, tzinfo=UTC)
    for holder in (document.part.package.rels, document.part.rels):
        for key in [k for k, rel in holder.items() if rel.reltype.endswith(_LEFT_OUT)]:
            del holder[key]
    for sheet in document.styles.element.iter(qn("w:lang")):
        sheet.set(qn("w:val"), language)
        if current().direction == "rtl":
            sheet.set(qn("w:bidi"), language)
    settings = document.settings.element
    for marks in settings.findall(qn("w:rsids")):
        settings.remove(marks)


def saved(document: Any) -> bytes:
    """The document as a file whose bytes depend on nothing but the document."""
    made = io.BytesIO()
    document.save(made)
    packed = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(packed, "w") as goal:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 3
            part.external_attr = 0o600 << 16
            goal.writestr(part, source.read(name))
    return packed.getvalue()

"""The styles of a DOCX: whoever works on with it changes a style, not a hundred paragraphs."""

from __future__ import annotations

from typing import Any

from onrecord.products.wording import current

PRODUCT, LEAD, INTRO = "Record Product", "Record Lead", "Record Intro"
FIRST, LINE, UNDER = "Record First Sheet", "Record Line", "Record Under"
CELL, SPACE = "Record Cell", "Record Space"
CONTENTS, CONTENTS_LINE = "Record Contents", "Record Contents Line"
NOTE, CITATION, HASH = "Record Note", "Record Citation", "Record Hash"
LABEL, NAME, QUOTED, CUE = "Record Label", "Record Name", "Record Quoted", "Record Cue"
TAG, GAP, REFERENCE, LINK = "Record Tag", "Record Gap", "Record Reference", "Record Link"
CHAIN, CHAIN_NAME, CHAIN_GAP = "Record Chain", "Record Chain Name", "Record Chain Gap"
CITED = "Record Cited"

SERIF, SANS, MONO = "Times New Roman", "Arial", "Courier New"
"""Fonts that every office program has, or has another of the same measures for."""
INK, SOFT, GAP_INK, LINK_INK = "1D2329", "59636D", "7D3C0A", "0B5A7A"
TINT, MARK, RULE = "F1EEE7", "F6EBC4", "D0CCC4"

# Paragraph styles: font, size (pt), colour, space before and after (pt), left indent (mm).
_PARAGRAPHS: dict[str, tuple[str, float, str, float, float, float]] = {
    PRODUCT: (SANS, 8, SOFT, 0, 0, 0),
    LEAD: (SANS, 8, SOFT, 0, 2, 0),
    INTRO: (SANS, 8, SOFT, 0, 4, 0),
    FIRST: (SERIF, 9, INK, 0, 1.5, 0),
    LINE: (SERIF, 10.5, INK, 4, 4, 0),
    UNDER: (SERIF, 10, INK, 1, 2, 6),
    CELL: (SERIF, 9.5, INK, 1, 1, 0),
    SPACE: (SANS, 4, INK, 0, 0, 0),
    CONTENTS: (SANS, 8.5, INK, 0, 2, 0),
    CONTENTS_LINE: (SANS, 8.5, INK, 0, 1, 0),
    NOTE: (SANS, 8, INK, 5, 0, 8),
    CITATION: (SERIF, 9, INK, 0, 0, 8),
    HASH: (MONO, 6.5, SOFT, 0, 2, 8),
}
# Character styles: font (None: that of the paragraph), size (pt), colour, bold, italic.
_CHARACTERS: dict[str, tuple[str | None, float | None, str | None, bool, bool]] = {
    LABEL: (SANS, 8, INK, True, False),
    NAME: (None, None, None, True, False),
    QUOTED: (None, None, None, False, False),
    CUE: (None, None, SOFT, False, False),
    TAG: (SANS, 7.5, GAP_INK, False, False),
    GAP: (None, None, GAP_INK, False, True),
    REFERENCE: (SANS, 9.5, LINK_INK, False, False),
    LINK: (None, None, LINK_INK, False, False),
    CHAIN: (SANS, 7.5, SOFT, False, False),
    CHAIN_NAME: (SANS, 7.5, INK, False, False),
    CHAIN_GAP: (SANS, 7.5, GAP_INK, False, False),
    CITED: (None, None, None, False, False),
}
_HEADINGS = {1: (11.0, INK, 8.0), 2: (10.0, INK, 8.0), 3: (9.0, SOFT, 6.0), 4: (8.5, SOFT, 6.0)}
"""Size (pt), colour, space before (pt) of each level."""


def new_document(*, rtl: bool = False) -> Any:
    """An empty A4 document with our styles; `rtl` where our words run from right to left."""
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm

    from onrecord.products.render import docx_xml

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(16)
    page.header_distance = page.footer_distance = Mm(9)
    docx_xml.set_fonts(document.styles["Normal"], SERIF)
    for name, values in _PARAGRAPHS.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _look(style, *values[:3], bold=name == CONTENTS, italic=False)
        _space(style, *values[3:])
    for name, (font, size, color, bold, italic) in _CHARACTERS.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        _look(style, font, size, color, bold=bold, italic=italic)
    _headings(document)
    _details(document, "right" if rtl else "left")
    if rtl:
        docx_xml.turn(document)
    return document


def _look(
    style: Any, font: str | None, size: float | None, color: str | None, *, bold: bool, italic: bool
) -> None:
    from docx.shared import RGBColor

    from onrecord.products.render import docx_xml

    if font:
        docx_xml.set_fonts(style, font)
    if size:
        docx_xml.set_size(style, size)
    if color:
        style.font.color.rgb = RGBColor.from_string(color)
    style.font.bold, style.font.italic = bold or None, italic or None


def _space(style: Any, before: float, after: float, indent: float) -> None:
    from docx.shared import Mm, Pt

    form = style.paragraph_format
    form.space_before, form.space_after, form.left_indent = Pt(before), Pt(after), Mm(indent)
    form.line_spacing = 1.0


def _headings(document: Any) -> None:
    from onrecord.products.render import docx_xml

    title = document.styles["Title"]
    for border in title.element.xpath("./w:pPr/w:pBdr"):
        border.getparent().remove(border)
    _look(title, SERIF, 20, INK, bold=True, italic=False)
    _space(title, 0, 4, 0)
    for level, (size, color, before) in _HEADINGS.items():
        heading = document.styles[f"Heading {level}"]
        _look(heading, SANS, size, color, bold=True, italic=False)
        _space(heading, before, 3, 0)
    docx_xml.border(document.styles["Heading 1"], "top", INK, space=3)
    for name in ("Header", "Footer"):
        _look(document.styles[name], SANS, 7, SOFT, bold=False, italic=False)
        for stops in document.styles[name].element.xpath("./w:pPr/w:tabs"):
            stops.getparent().remove(stops)


def _details(document: Any, side: str) -> None:
    from docx.shared import Mm

    from onrecord.products.render import docx_xml

    styles = document.styles
    docx_xml.shade(styles[QUOTED], TINT)
    docx_xml.shade(styles[CITED], MARK)
    docx_xml.border(styles[UNDER], side, RULE, size=8, space=6)
    styles[REFERENCE].font.superscript = True
    styles[NOTE].paragraph_format.first_line_indent = Mm(-8)
    for name in (NOTE, CITATION, INTRO, CONTENTS):
        styles[name].paragraph_format.keep_with_next = True


def right_stop(paragraph: Any, section: Any) -> None:
    """One tab stop, at the right margin."""
    from docx.enum.text import WD_TAB_ALIGNMENT

    stops = paragraph.paragraph_format.tab_stops
    width = section.page_width - section.left_margin - section.right_margin
    stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)


def lay_out(table: Any, *widths: int) -> None:
    """Columns of so many millimetres; thin rules; a row stays on one page where it can."""
    from docx.shared import Mm

    from onrecord.products.render import docx_xml

    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        docx_xml.keep_whole(row)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    docx_xml.rules(table, RULE)
    if current().direction == "rtl":
        docx_xml.turn_table(table)

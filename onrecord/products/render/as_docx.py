"""A page as a DOCX for an office program: real headings and styles, notes that lead there and back.

The notes are a list at the end with the numbers that every other format has, not the program's own
endnotes: those would be numbered anew with each change, and could not be cited twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from onrecord.products.page import Citation, Line, Note, Page, Run, RunKind, Section, Step
from onrecord.products.quoting import plain
from onrecord.products.render import docx_styles as styles
from onrecord.products.render.printing import (
    Words,
    frame,
    newest_day,
    quoted_words,
    references,
    source_line,
    stands_alone,
    steps_in_words,
    time_basis,
    title_of,
    written,
)
from onrecord.products.render.spell import chain, product_name, shortened
from onrecord.products.wording import ENGLISH, colon, current, in_its_language

_STYLE_OF: dict[RunKind, str | None] = {
    "text": None,
    "name": styles.NAME,
    "quote": styles.QUOTED,
    "cue": styles.CUE,
    "tag": styles.TAG,
    "gap": styles.GAP,
}
_DEEPEST = 4


@in_its_language
def render_docx(page: Page) -> bytes:
    """The page as Office Open XML; equal pages give equal bytes."""
    from onrecord.products.render.docx_xml import clean, saved

    document = styles.new_document(rtl=current().direction == "rtl")
    writer = _Writer(document)
    writer.page(page)
    language = "en-GB" if page.language == ENGLISH else page.language
    clean(document, written(plain(page.title)).text, language, newest_day(page))
    return saved(document)


class _Writer:
    """Writes a page into a document; counts the uses of notes, so that each can lead back."""

    def __init__(self, document: Any) -> None:
        from onrecord.products.render import docx_xml

        self._document, self._xml = document, docx_xml
        self._uses: dict[int, list[str]] = {}
        self._bookmarks = 0

    def page(self, page: Page) -> None:
        """All of a page, in order."""
        self._edges(page)
        self._plain(product_name(page.product).upper(), styles.PRODUCT)
        self._plain(title_of(page), "Title")
        self._plain(page.lead, styles.LEAD)
        self._plain(f"{time_basis(page)}.", styles.LEAD)
        for section in page.summary:
            self._section(section, 1, styles.FIRST)
        place = len(self._document.paragraphs)
        self._contents(page)
        for section in page.sections:
            self._section(section, 1, styles.LINE)
        if stands_alone(page) and page.sections:
            self._document.paragraphs[place].paragraph_format.page_break_before = True
        self._notes(page.notes)

    def _edges(self, page: Page) -> None:
        """The running header and footer."""
        part = self._document.sections[0]
        header, footer = part.header.paragraphs[0], part.footer.paragraphs[0]
        for paragraph in (header, footer):
            styles.right_stop(paragraph, part)
        self._xml.add_words(header, written(plain(page.title)))
        self._xml.add_words(header, Words(f"\t{time_basis(page)}"))
        footer.add_run(f"{frame('caution')}\t{frame('page')} ")
        self._xml.add_field(footer, "PAGE")
        self._xml.add_run(footer, f" {frame('of')} ")
        self._xml.add_field(footer, "NUMPAGES")

    def _contents(self, page: Page) -> None:
        if len(page.sections) < 3:
            return
        self._plain(frame("contents"), styles.CONTENTS)
        for section in page.sections:
            paragraph = self._paragraph(styles.CONTENTS_LINE)
            self._link(paragraph, _anchor(section), written(plain(section.title)).text, None)
        if page.notes:
            paragraph = self._paragraph(styles.CONTENTS_LINE)
            self._link(paragraph, "notes", frame("notes"), None)

    def _section(self, section: Section, level: int, style: str) -> None:
        heading = self._document.add_heading(level=min(level, _DEEPEST))
        self._bookmark(heading, _anchor(section))
        self._xml.add_words(heading, written(plain(section.title)))
        if section.intro and section.lines:
            self._plain(section.intro, styles.INTRO)
        for line in section.lines:
            if line.cells:
                self._cells(line, section.columns)
            else:
                self._line(line, style, beside=section.beside)
        if section.empty and not (section.lines or section.sections):
            self._xml.add_run(self._paragraph(style), section.empty, styles.GAP)
        for inner in section.sections:
            self._section(inner, level + 1, style)

    def _line(
        self, line: Line, style: str, above: str = "", *, beside: bool = False, into: Any = None
    ) -> None:
        """A line and what belongs to it; `into` is a cell where it does not stand on the page."""
        paragraph = self._paragraph(style, into)
        if line.label:
            self._xml.add_words(paragraph, written(f"{plain(line.label)}{colon()}"), styles.LABEL)
        self._runs(paragraph, line.runs)
        self._references(paragraph, line.notes)
        words = chain(line.steps)
        if words != above and line.kind != "question":
            self._chain(paragraph, line.steps, apart=style != styles.FIRST)
        if line.children and beside:
            paragraph.paragraph_format.keep_with_next = True
            self._beside(line.children)
            return
        for child in line.children:
            self._line(child, styles.UNDER, words, into=into)

    def _beside(self, children: Sequence[Line]) -> None:
        """What stands side by side, two to a row."""
        rows = [children[place : place + 2] for place in range(0, len(children), 2)]
        table = self._document.add_table(rows=len(rows), cols=2, style="Table Grid")
        styles.lay_out(table, 85, 85)
        for cells, sides in zip(table.rows, rows, strict=True):
            for cell, side in zip(cells.cells, sides, strict=False):
                self._line(side, styles.CELL, into=cell)
                _drop(cell.paragraphs[0])
        self._paragraph(styles.SPACE)

    def _cells(self, line: Line, columns: Sequence[str]) -> None:
        """A row as a table of two columns: what it is, and the words."""
        sourced = bool(line.steps or line.notes)
        rows = len(columns) + sourced
        table = self._document.add_table(rows=rows, cols=2, style="Table Grid")
        styles.lay_out(table, 32, 138)
        for row, name, cell in zip(table.rows, columns, line.cells, strict=False):
            self._term(row.cells[0], name)
            self._runs(row.cells[1].paragraphs[0], cell)
        if sourced:
            last = table.rows[-1].cells
            self._term(last[0], frame("on_the_word_of" if line.steps else "notes"))
            if line.steps:
                self._chain(last[1].paragraphs[0], line.steps, apart=False)
            self._references(last[1].paragraphs[0], line.notes)
        for row in table.rows:
            for cell in row.cells:
                cell.paragraphs[0].style = styles.CELL
        self._paragraph(styles.SPACE)

    def _term(self, cell: Any, name: str) -> None:
        self._xml.add_words(cell.paragraphs[0], written(name), styles.CHAIN)

    def _runs(self, paragraph: Any, runs: Iterable[Run]) -> None:
        for run in runs:
            if run.kind == "note":
                self._references(paragraph, [int(run.text)])
            elif run.kind in ("quote", "cue"):
                words = quoted_words(run.text, run.language)
                self._xml.add_words(paragraph, words, _STYLE_OF[run.kind])
            else:
                words = written(f"[{run.text}]" if run.kind == "tag" else run.text)
                self._xml.add_words(paragraph, words, _STYLE_OF[run.kind])

    def _chain(self, paragraph: Any, steps: Iterable[Step], *, apart: bool) -> None:
        if not steps:
            return
        run = self._xml.add_run(paragraph, "" if apart else " ", styles.CHAIN)
        if apart:
            run.add_break()
        for place, (level, told) in enumerate(steps_in_words(steps)):
            before = f"{'  <  ' if place else ''}{f'{level} ' if level else ''}"
            self._xml.add_words(paragraph, Words(before), styles.CHAIN)
            for number, words in enumerate(told):
                spaced = Words(
                    f" {words.text}" if number else words.text, words.language, words.rtl
                )
                style = styles.CHAIN_GAP if words.gap else styles.CHAIN_NAME
                self._xml.add_words(paragraph, spaced, style)

    def _references(self, paragraph: Any, notes: Sequence[int]) -> None:
        for place, reference in enumerate(references(notes)):
            if place:
                self._xml.add_run(paragraph, " ", styles.REFERENCE)
            for number in reference["numbers"]:
                uses = self._uses.setdefault(number, [])
                uses.append(f"use_{number}_{len(uses) + 1}")
                self._bookmark(paragraph, uses[-1])
            first = reference["numbers"][0]
            self._link(paragraph, f"note_{first}", reference["text"], styles.REFERENCE)

    def _notes(self, notes: Sequence[Note]) -> None:
        if not notes:
            return
        heading = self._document.add_heading(level=1)
        self._bookmark(heading, "notes")
        self._xml.add_run(heading, frame("notes"))
        self._plain(frame("notes_intro"), styles.INTRO)
        for note in notes:
            self._note(note)

    def _note(self, note: Note) -> None:
        head = self._paragraph(styles.NOTE)
        self._bookmark(head, f"note_{note.number}")
        self._xml.add_run(head, f"{note.number}\t", styles.LABEL)
        self._xml.add_words(head, written(plain(source_line(note))))
        for citation in note.citations:
            self._citation(citation, note.language)
        foot = self._paragraph(styles.HASH)
        self._xml.add_words(foot, written(f"{note.document}  "))
        for place, anchor in enumerate(self._uses.get(note.number, ()), 1):
            self._link(foot, anchor, f"↑{place} ", None)

    def _citation(self, citation: Citation, language: str | None) -> None:
        paragraph = self._paragraph(styles.CITATION)
        exact = [written(plain(part), language) for part in shortened(citation) if part]
        if exact and exact[0].rtl:
            self._xml.mark_rtl(paragraph)
        at = f"{frame('characters')} {citation.start}–{citation.end}  "
        self._xml.add_words(paragraph, Words(at), styles.CHAIN)
        if citation.before:
            self._xml.add_words(paragraph, written(f"… {citation.before}", language), styles.CUE)
        for place, words in enumerate(exact):
            if place:
                self._xml.add_run(paragraph, " … ", styles.CUE)
            self._xml.add_words(paragraph, words, styles.CITED)
        if citation.after:
            self._xml.add_words(paragraph, written(f"{citation.after} …", language), styles.CUE)

    def _plain(self, words: str, style: str) -> None:
        self._xml.add_words(self._paragraph(style), written(plain(words)))

    def _paragraph(self, style: str, into: Any = None) -> Any:
        return self._xml.add_paragraph(into or self._document, style)

    def _link(self, paragraph: Any, anchor: str, text: str, style: str | None) -> None:
        self._xml.add_link(paragraph, anchor, text, style or styles.LINK)

    def _bookmark(self, paragraph: Any, name: str) -> None:
        self._bookmarks += 1
        self._xml.add_bookmark(paragraph, name, self._bookmarks)


def _anchor(section: Section) -> str:
    """A section's bookmark: letters, digits and underscores, as office programs want them."""
    return "section_" + "".join(c if c.isascii() and c.isalnum() else "_" for c in section.key)


def _drop(paragraph: Any) -> None:
    paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001 - there is no public way to it

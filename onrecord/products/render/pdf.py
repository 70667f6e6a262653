"""A page as a typeset PDF: tagged, its fonts within, no network and no fonts of the machine.

The words of a page reach the typesetter as data (JSON), never as its markup. Equal pages give equal
bytes: the date in the file is that of the newest document cited, not of the day it was made.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import Any

from onrecord.errors import OnrecordError
from onrecord.products.page import Citation, Line, Note, Page, Run, Section, Step
from onrecord.products.quoting import plain, visible
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
from onrecord.products.wording import current, in_its_language
from onrecord.vocabulary import load

Json = dict[str, Any]
MOST_NOTES = 4000
"""About 500 pages, for which the typesetter takes some 4 GB of memory."""


@in_its_language
def render_pdf(page: Page) -> bytes:
    """The page as PDF/UA-1, and as PDF/A-2a too where a cited document's day can date it.

    Raises `OnrecordError` for a page too long to typeset on a small machine.
    """
    import typst

    if len(page.notes) > MOST_NOTES:
        raise OnrecordError(
            f"{page.title}: too long to be typeset",
            why=f"it has {len(page.notes)} notes, and typesetting takes about a megabyte for each",
            todo="write it as .html or .docx, or ask for a part of it",
        )

    day = newest_day(page)
    standards: list[Any] = ["ua-1"] if day is None else ["ua-1", "a-2a"]
    pdf: bytes = typst.compile(
        _template(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"page": json.dumps(_Sheet(page).data(), ensure_ascii=False)},
        pdf_standards=standards,
    )
    return pdf


@cache
def _template() -> bytes:
    return (files("onrecord.products") / "templates" / "page.typ").read_bytes()


@cache
def _fonts() -> Any:
    import typst

    with as_file(files("onrecord.products") / "fonts") as folder:
        return typst.Fonts(include_system_fonts=False, font_paths=[folder])


@cache
def _families() -> list[str]:
    """The families that come with onrecord: sans first, the one for Chinese last."""
    packed = {font.family for font in _fonts().fonts() if font.path}
    first, last = ["Noto Sans", "Noto Naskh Arabic"], ["Droid Sans Fallback"]
    return [*first, *sorted(packed.difference(first, last)), *last]


@cache
def _covered() -> tuple[list[int], list[int]]:
    text = (files("onrecord.products") / "fonts" / "coverage.json").read_text("utf-8")
    ranges = json.loads(text)
    return [first for first, _ in ranges], [last for _, last in ranges]


@lru_cache(maxsize=65536)
def _has_glyph(character: str) -> bool:
    firsts, lasts = _covered()
    place = bisect_right(firsts, ord(character)) - 1
    return place >= 0 and ord(character) <= lasts[place]


class _Sheet:
    """A page on its way to the typesetter; remembers whether something could not be printed."""

    def __init__(self, page: Page) -> None:
        self._page, self._unprintable = page, False

    def data(self) -> Json:
        """All that the template reads."""
        page, day = self._page, newest_day(self._page)
        made = {
            "product": self._text(product_name(page.product)),
            "title": self._text(title_of(page)),
            "document_title": self._text(page.title),
            "running": self._text(page.title),
            "lead": self._text(page.lead),
            "basis": self._text(time_basis(page)),
            "date": [day.year, day.month, day.day] if day else None,
            "language": page.language,
            "rtl": current().direction == "rtl",
            "fonts": _families(),
            "frame": {name: self._text(frame(name)) for name in load("products")["frame"]},
            "alone": stands_alone(page),
            "summary": [self._section(section) for section in page.summary],
            "sections": [self._section(section) for section in page.sections],
            "notes": [self._note(note) for note in page.notes],
        }
        return made | {"unprintable": self._unprintable}

    def _section(self, section: Section) -> Json:
        labelled = any(line.label for line in section.lines)
        above = [None, *(line.label for line in section.lines)]
        return {
            "title": self._text(section.title),
            "intro": self._text(section.intro) if section.intro and section.lines else None,
            "empty": self._text(section.empty)
            if section.empty and not (section.lines or section.sections)
            else None,
            "columns": [self._text(column) for column in section.columns],
            "labelled": labelled and not section.columns,
            "beside": section.beside,
            "lines": [
                self._line(line) | {"repeated": line.label is not None and line.label == before}
                for line, before in zip(section.lines, above, strict=False)
            ],
            "sections": [self._section(inner) for inner in section.sections],
        }

    def _line(self, line: Line, above: str = "") -> Json:
        words = chain(line.steps)
        silent = line.kind == "question" or (words == above and not line.cells)
        return {
            "label": self._text(line.label) if line.label else None,
            "runs": self._runs(line.runs),
            "notes": references(line.notes),
            "chain": [] if silent else self._chain(line.steps),
            "children": [] if line.cells else [self._line(c, words) for c in line.children],
            "cells": [self._runs(cell) for cell in line.cells],
        }

    def _runs(self, runs: Sequence[Run]) -> list[Json]:
        return [self._run(run) for run in runs]

    def _run(self, run: Run) -> Json:
        if run.kind == "note":
            return {"kind": run.kind, "notes": references([int(run.text)])}
        if run.kind in ("quote", "cue"):
            words = quoted_words(run.text, run.language)
        else:
            words = written(run.text)
        return {"kind": run.kind, "words": self._words(words)}

    def _chain(self, steps: Iterable[Step]) -> list[Json]:
        return [
            {"level": level, "words": [self._words(one) for one in told]}
            for level, told in steps_in_words(steps)
        ]

    def _note(self, note: Note) -> Json:
        return {
            "number": note.number,
            "source": self._text(source_line(note)),
            "document": self._text(note.document),
            "citations": [self._citation(c, note.language) for c in note.citations],
        }

    def _citation(self, citation: Citation, language: str | None) -> Json:
        exact = [written(plain(part), language) for part in shortened(citation) if part]
        before = f"… {citation.before}" if citation.before else ""
        after = f"{citation.after} …" if citation.after else ""
        return {
            "at": f"{citation.start}–{citation.end}",
            "before": self._words(written(before, language)),
            "exact": [self._words(words) for words in exact],
            "after": self._words(written(after, language)),
            "rtl": bool(exact) and exact[0].rtl,
        }

    def _words(self, words: Words) -> Json:
        return asdict(words) | {"text": self._printable(words.text)}

    def _text(self, words: str) -> str:
        return self._printable(visible(plain(words)))

    def _printable(self, words: str) -> str:
        """The words, with the code point of each character that no font here has."""
        if all(map(_has_glyph, words)):
            return words
        self._unprintable = True
        return "".join(c if _has_glyph(c) else f"⟨U+{ord(c):04X}⟩" for c in words)

"""A page as Markdown with footnotes; words of a source can't act as Markdown or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.products.edtf import in_words
from onrecord.products.page import Citation, Line, Note, Page, Run, Section
from onrecord.products.quoting import plain, visible
from onrecord.products.render.spell import chain, marked, shortened, spell
from onrecord.products.wording import (
    colon,
    comma,
    current,
    in_its_language,
    listed,
    say,
    semicolon,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!$&])")


@in_its_language
def render_markdown(page: Page) -> str:
    """The page as GitHub-flavoured Markdown; each number leads to a footnote."""
    lines = [f"# {_escape(page.title)}", "", _escape(page.lead), ""]
    for section in (*page.summary, *page.sections):
        lines += _section(section, 2)
    if page.notes:
        lines += [f"## {_escape(say('Notes'))}", ""]
        lines += [f"[^{note.number}]: {_note(note)}" for note in page.notes]
    if current().direction == "rtl":
        lines = [f'<div dir="rtl" lang="{page.language}">', "", *lines, "", "</div>"]
    return "\n".join(lines).rstrip() + "\n"


def _section(section: Section, level: int) -> Iterator[str]:
    yield f"{'#' * level} {_escape(section.title)}"
    yield ""
    if section.intro and section.lines:
        yield f"*{_escape(section.intro)}*"
        yield ""
    for line in section.lines:
        yield from _line(line, section.columns, "")
    if section.empty and not section.lines and not section.sections:
        yield _escape(section.empty)
    yield ""
    for inner in section.sections:
        yield from _section(inner, level + 1)


def _line(line: Line, columns: tuple[str, ...], indent: str, above: str = "") -> Iterator[str]:
    label = f"**{_escape(line.label)}**{colon()}" if line.label else ""
    notes = "".join(f"[^{number}]" for number in line.notes)
    words = "" if line.kind == "question" else chain(line.steps)
    on_whose_word = f" — *{_escape(words)}*" if words and words != above else ""
    first = (
        f"{_escape(columns[0])}{colon()}{_runs(line.cells[0])}" if line.cells else _runs(line.runs)
    )
    yield f"{indent}- {label}{first}{notes}{on_whose_word}"
    for column, cell in list(zip(columns, line.cells, strict=True))[1:]:
        yield f"{indent}  - {_escape(column)}{colon()}{_runs(cell)}"
    for child in line.children if not line.cells else ():
        yield from _line(child, (), f"{indent}  ", words)


def _runs(runs: tuple[Run, ...]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    if run.kind == "note":
        return f"[^{run.text}]"
    words = _escape(spell((run,)))
    return f"**{words}**" if run.kind == "name" and words.strip() == words and words else words


def _note(note: Note) -> str:
    source = visible(plain(note.publisher)) if note.publisher else say("publisher not stated")
    title = visible(plain(note.title)) if note.title else ""
    head = listed(list(filter(None, (source, title, visible(note.path), in_words(note.date)))))
    cited = semicolon().join(
        f"{_escape(_place(c))}{_escape(_words(shortened(c)))}" for c in note.citations
    )
    document = say("document {id}", id=note.document)
    return f"{_escape(head)}{comma()}{document}{comma()}{cited}"


def _place(citation: Citation) -> str:
    return say("characters {start}–{end}: ", start=str(citation.start), end=str(citation.end))


def _words(parts: tuple[str, str]) -> str:
    return " … ".join(marked(part) for part in parts if part)


def _escape(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", words).replace("://", ":\\//")

"""A page on a terminal: readable at 80 columns and without colour."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING

from onrecord.products.edtf import in_words
from onrecord.products.page import Line, Note, Page, Run, RunKind, Section
from onrecord.products.quoting import plain, visible
from onrecord.products.render.spell import chain, marked, shortened, spell
from onrecord.products.wording import colon, comma, in_its_language, listed, say

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

_STYLES: dict[RunKind, str] = {
    "text": "",
    "name": "bold",
    "quote": "italic",
    "cue": "dim italic",
    "tag": "yellow",
    "gap": "dim",
    "note": "cyan",
}
WIDEST = 100
"""Columns past which lines grow too long to read."""


@in_its_language
def render_terminal(page: Page, *, width: int = 80, color: bool = False) -> str:
    """The page as text for a terminal of `width` columns, with ANSI colour only if asked."""
    from rich.console import Console

    out = StringIO()
    console = Console(
        file=out,
        width=max(40, min(width, WIDEST)),
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in _page(page):
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


@in_its_language
def print_terminal(page: Page, console: Console) -> None:
    """The page on a console that is open already; it decides width and colour."""
    for part in _page(page):
        console.print(part, highlight=False, markup=False, emoji=False)


def _page(page: Page) -> Iterator[RenderableType]:
    from rich.text import Text

    yield Text(visible(page.title).upper(), style="bold")
    yield Text(page.lead, style="dim")
    for section in (*page.summary, *page.sections):
        yield from _section(section, 0)
    if page.notes:
        yield from _heading(say("Notes"), 0)
        for note in page.notes:
            yield _hung(Text(f"[{note.number}]"), _note(note), 0, 6)


def _section(section: Section, depth: int) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    yield from _heading(section.title, depth)
    if section.intro and section.lines:
        yield Padding(Text(section.intro, style="dim"), (0, 0, 0, 2))
    for line in section.lines:
        yield from _line(line, section.columns, 0)
    if section.empty and not section.lines and not section.sections:
        yield Padding(Text(visible(section.empty), style="dim"), (0, 0, 0, 2))
    for inner in section.sections:
        yield from _section(inner, depth + 1)


def _heading(title: str, depth: int) -> Iterator[RenderableType]:
    from rich.text import Text

    yield Text("")
    yield Text(visible(title), style="bold" if depth else "bold underline")
    if not depth:
        yield Text("─" * min(len(title), 60), style="dim")


def _line(
    line: Line, columns: tuple[str, ...], depth: int, above: str = ""
) -> Iterator[RenderableType]:
    from rich.text import Text

    body = Text()
    if line.cells:
        body.append(f"{columns[0]}{colon()}", style="bold")
    if line.label:
        body.append(f"{visible(line.label)}{colon()}", style="bold")
    body.append_text(_runs(line.cells[0] if line.cells else line.runs))
    for number in line.notes:
        body.append(f" [{number}]", style="cyan")
    yield _hung(Text("•" if not depth else "–"), body, 2 + 2 * depth, 2)
    words = "" if line.kind == "question" else chain(line.steps)
    if words and words != above:
        on_the_word_of = Text(say("on the word of:"), style="dim")
        hang = on_the_word_of.cell_len + 1
        yield _hung(on_the_word_of, Text(words, style="dim"), 4 + 2 * depth, hang)
    for column, cell in list(zip(columns, line.cells, strict=True))[1:]:
        head = Text(f"{column}{colon().rstrip()}", style="bold")
        yield _hung(head, _runs(cell), 4 + 2 * depth, max(18, head.cell_len + 1))
    for child in line.children if not line.cells else ():
        yield from _line(child, (), depth + 1, words)


def _runs(runs: tuple[Run, ...]) -> Text:
    from rich.text import Text

    text = Text()
    for run in runs:
        text.append(spell((run,)), style=_STYLES[run.kind])
    return text


def _hung(first: Text, rest: Text, left: int, hang: int) -> RenderableType:
    """Something at the left, and text beside it that keeps clear of it on every line."""
    from rich.padding import Padding
    from rich.table import Table

    grid = Table.grid(padding=0)
    grid.add_column(width=hang, no_wrap=True)
    grid.add_column(overflow="fold", ratio=1)
    grid.add_row(first, rest)
    grid.expand = True
    return Padding(grid, (0, 0, 0, left))


def _note(note: Note) -> Text:
    from rich.text import Text

    source = visible(plain(note.publisher)) if note.publisher else say("publisher not stated")
    title = visible(plain(note.title)) if note.title else ""
    head = filter(None, (source, title, visible(note.path), in_words(note.date)))
    text = Text(listed([*head, say("document {id}", id=note.short)]))
    for citation in note.citations:
        start, end = str(citation.start), str(citation.end)
        text.append(comma() + say("characters {start}–{end}: ", start=start, end=end))
        text.append(" … ".join(marked(p) for p in shortened(citation) if p), style="italic")
    return text

"""What every product is made of: a page of sections, lines and numbered notes.

A product is written once, as a `Page`; the renderers turn it into a terminal's text, Markdown, JSON
or HTML. Words of a source stand in runs of kind `quote` or `cue` only, so that no renderer can
mistake them for ours; a line that carries a claim holds its chain of attribution.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.model import Edtf, Level, Span

RunKind = Literal["text", "name", "quote", "cue", "tag", "gap", "note"]
LineKind = Literal[
    "claim", "act", "relation", "demand", "engagement", "name", "question", "gap", "remark"
]

CARRYING = ("claim", "act", "relation", "demand", "engagement", "question")
"""The kinds of line that pass on what a source says, and so must say on whose word."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one line. `language` is that of quoted words (BCP 47), where it is known.

    A run of kind `note` holds the number of a note, for a citation in the middle of a line.
    """

    text: str
    kind: RunKind = "text"
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain of attribution, as it is shown.

    `name` says who that is (absent where the record does not say, or is undecided), `words` are the
    words that name the source there, `remark` what a reader must know of it.
    """

    level: Level
    name: str | None = None
    words: str | None = None
    span: Span | None = None
    language: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the record holds. `steps` run from the publisher inwards to those cited.

    `label` heads the line (a date), `children` belong to it (what was coded from it, what answers
    it), `cells` hold it as a row under the columns of its section.
    """

    kind: LineKind
    runs: tuple[Run, ...]
    steps: tuple[Step, ...] = ()
    notes: tuple[int, ...] = ()
    label: str | None = None
    date: Edtf | None = None
    children: tuple[Line, ...] = ()
    cells: tuple[tuple[Run, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading. `empty` is said where there are none: what that means, what to do.

    `beside`: what belongs to a line stands side by side under it, where there is room.
    """

    key: str
    title: str
    lines: tuple[Line, ...] = ()
    intro: str | None = None
    empty: str | None = None
    columns: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """`[start, end)` in code points of a document's text, and the very words that stand there."""

    start: int
    end: int
    exact: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Where to check a line: the document and the characters."""

    number: int
    document: str
    path: str
    citations: tuple[Citation, ...]
    publisher: str | None = None
    title: str | None = None
    date: Edtf | None = None
    language: str | None = None

    @property
    def short(self) -> str:
        """The document's id, cut to twelve digits: enough to find it in a case."""
        return self.document.removeprefix("sha256:")[:12]


@dataclass(frozen=True, slots=True)
class Page:
    """One product. `summary` holds on its own on one sheet; `sections` are the evidence.

    `language` (BCP 47) is that of our own words; the words of a source keep theirs.
    """

    product: str
    title: str
    lead: str
    summary: tuple[Section, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    language: str = "en"

    def lines(self) -> Iterator[Line]:
        """Every line of the page, parents before children."""
        for section in (*self.summary, *self.sections):
            yield from _lines(section)


def _lines(section: Section) -> Iterator[Line]:
    for line in section.lines:
        yield from _with_children(line)
    for inner in section.sections:
        yield from _lines(inner)


def _with_children(line: Line) -> Iterator[Line]:
    yield line
    for child in line.children:
        yield from _with_children(child)

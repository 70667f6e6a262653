"""What a terminal is told of claims and of who is who: lines that fit, with names before ids."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.case import Case, Member
    from onrecord.model import Record
    from onrecord.products.index import Said
    from onrecord.products.writer import Writer


def fitted(text: str, first: str = "", rest: str = "  ") -> str:
    """Words on lines as wide as the terminal, the first and the others with what stands before."""
    from onrecord.products.quoting import visible

    return textwrap.fill(
        visible(" ".join(text.split())),
        width=max(40, shutil.get_terminal_size().columns),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def many(number: int, what: str) -> str:
    """How many there are of something: "1 report", "3 reports"."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def whole(text: str) -> str:
    """Words on one line, however long: to be copied."""
    from onrecord.products.quoting import visible

    return visible(" ".join(text.split()))


def who(member: Member) -> str:
    """An entity as a person knows it: its name, and the document it stands in."""
    from onrecord.products.index import last_part

    return f"{member.name} ({last_part(member.path)})"


def key(case: Case, key: str) -> str:
    """The entity of a key `DOCUMENT|ENTITY` as a person knows it."""
    (told,) = with_names(case, [key])
    return told


def with_names(case: Case, lines: Sequence[str]) -> list[str]:
    """Lines in which documents and entities are told by name, not by their ids."""
    from onrecord.store import heads

    with case.browse() as state:
        return heads.with_names(state.connection, lines)


def reading(record: Record) -> Iterator[str]:
    """What a record holds, to read: what it is, then all that is said, on whose word."""
    from onrecord.products.edtf import in_words
    from onrecord.products.index import Index, date_of
    from onrecord.products.writer import Writer

    index = Index([record])
    document = record.document
    yield fitted(document.path)
    by = f"published by {document.publisher}" if document.publisher else "publisher not stated"
    known = filter(None, [document.title, by, in_words(date_of(record))])
    yield fitted("; ".join(known), "  ", "  ")
    if document.note:
        yield fitted(f"({document.note})", "  ", "  ")
    writer = Writer(index)
    for said in index.said:
        yield claim_lines(writer, said)


def in_short(record: Record, identifier: str) -> str:
    """One claim in a line: who says it, how and in which words, and in which document."""
    from onrecord.products.index import Index, file_name
    from onrecord.products.render.spell import spell
    from onrecord.products.writer import Writer

    index = Index([record])
    sheet = index.of_document[record.document.id]
    line = Writer(index).said(sheet.said(sheet.claims[identifier]), coded=False)
    return f"{spell(line.runs)} – in {file_name(record)}"


def claim_lines(writer: Writer, said: Said) -> str:
    """Something said: its words, on whose word, what was coded from it, the id to name it by."""
    from onrecord.products.render.spell import chain, spell

    line = writer.said(said)
    name = f" [{said.claim.id}]" if said.claim else ""
    told = [fitted(spell(line.runs) + name, "  • ", "    ")]
    told.append(fitted(f"on the word of: {chain(line.steps)}", "    ", "      "))
    for act, coded in zip(said.acts, line.children, strict=True):
        told.append(fitted(f"{spell(coded.runs)} [{act.id}]", "    – ", "      "))
    return "\n".join(told)

"""Fields of a form as lines: the state, what is held in whose words, what stands against it."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.products.asking import as_said
from onrecord.products.attribution import chain, who
from onrecord.products.edtf import in_words
from onrecord.products.index import Said, file_name
from onrecord.products.page import Line, Run, Step
from onrecord.products.parts import Desk
from onrecord.products.quoting import plain, quoted
from onrecord.products.submission.found import Found
from onrecord.products.submission.passages import Told
from onrecord.products.submission.readiness import Assessed
from onrecord.products.wording import (
    colon,
    say,
    say_as,
    say_many,
    semicolon,
    titled,
    worded,
)
from onrecord.vocabulary import load

NAMED = ("name", "place", "state", "responsible")
CODED = ("sex", "crimes")
BRIEF = 2
"""So many sources of a field are shown in the readiness."""
MOST = 12
FEW = 3
"""So many sources the document shows of a field, and so many of what hardly anybody disputes."""
PLAIN = ("age", "sex", "occupation")


def field_line(desk: Desk, assessed: Assessed, *, limit: int | None = None) -> Line:
    """One field of the readiness: its state, what is given for it, why it is doubted, what to ask.

    With `limit`, so many of the words it rests on stand under it; the others are only counted.
    """
    field, found = assessed.field, assessed.found
    state = Run(state_name(found.state), "tag")
    need = say(" [required: {rule}]") if field.need == "required" else say(" [advised: {rule}]")
    runs = (state, *_value(assessed), *_reasons(found), *worded(need, rule=field.rule))
    if found.state in ("missing", "person"):
        runs = (*runs, Run(f" {field.question}", "gap"))
    children = held_lines(desk, assessed, limit=limit)
    kind = "gap" if found.state in ("missing", "person", "closed") else "remark"
    return Line(kind, runs, label=field.label, children=children)  # type: ignore[arg-type]


def document_line(desk: Desk, assessed: Assessed) -> Line:
    """One field of the document: what is held, word by word; what is missing, visibly open."""
    field, found = assessed.field, assessed.found
    if found.state == "given":
        told = worded(say("As said by who prepares this: {told}"), told=Run(found.value))
        return Line("remark", told, label=field.label)
    if not found.told:
        words = say("[open] {question}", question=field.question)
        return Line("gap", (Run(words, "gap"),), label=field.label)
    runs = (*_value(assessed), *_reasons(found)) or (Run(say("As told:")),)
    few = FEW if field.id in PLAIN else None
    first, *rest = runs
    runs = (replace(first, text=re.sub(r"^\s*[:;؛] ", "", first.text)), *rest)
    return Line("remark", runs, label=field.label, children=held_lines(desk, assessed, limit=few))


def held_lines(desk: Desk, assessed: Assessed, *, limit: int | None = None) -> tuple[Line, ...]:
    """The words a field rests on, and those that stand beside them; past `limit`, how many more."""
    found = assessed.found
    surest = sorted(found.told, key=lambda told: bool(told.doubt))
    kept = surest[: limit or MOST]
    lines = [_line(desk, told, assessed.field.id) for told in kept]
    if len(kept) < len(found.told):
        lines.append(Line("remark", (Run(_more(len(found.told) - len(kept), limit)),)))
    beside = [_line(desk, told, "denial") for told in found.beside if told not in found.told]
    tag = (Run(say("Denied"), "tag"), Run(" "))
    return (*lines, *(replace(d, runs=(*tag, *d.runs)) for d in beside))


def _more(count: int, limit: int | None) -> str:
    if limit == BRIEF:
        form = "and {count} more, in the document below"
        return say_many("and {count} more, in the document below", form, count)
    return say_many("and {count} more in the record", "and {count} more in the record", count)


def state_name(state: str) -> str:
    """The state of a field as a reader says it."""
    words = load("submissions")["states"][state]
    return say_as("state of a field", words)


def _line(desk: Desk, told: Told, field: str) -> Line:
    if field in ("name", "documents"):
        return _mention(desk, told)
    steps = chain(desk.index, told.record, told.claim)
    runs = worded(
        say("{words} – {told}"),
        words=quoted(told.record, (told.span,)),
        told=_on_whose_word(told, steps),
    )
    if told.doubt:
        runs = (*runs, Run(" "), Run(told.doubt, "tag"))
    note = desk.writer.notes.cite(told.record, (told.span,))
    return Line("claim", runs, steps, (note,))


def _on_whose_word(told: Told, steps: tuple[Step, ...]) -> str:
    if told.claim is None and steps[0].remark:
        return say("in a report, {publisher}", publisher=who(steps[0]))
    return as_said(Said(told.record, told.claim), steps)


def _mention(desk: Desk, told: Told) -> Line:
    source = plain(told.record.document.title or file_name(told.record))
    found_in = worded(say(" – in {source}"), source=titled(source))
    runs = (*quoted(told.record, (told.span,)), *found_in)
    note = desk.writer.notes.cite(told.record, (told.span,))
    return Line("name", runs, chain(desk.index, told.record, None), (note,))


def _value(assessed: Assessed) -> tuple[Run, ...]:
    field, value = assessed.field.id, assessed.found.value
    if not value or any(reason.endswith(value) for reason in assessed.found.reasons):
        return ()
    if field == "consent":
        return (Run(colon()), Run(value))
    if assessed.found.state == "given":
        return worded(say(": as said by who prepares this: {told}"), told=Run(value))
    if field == "date":
        return (Run(f"{colon()}{in_words(value)}"),)
    if field in CODED:
        return worded(say(": coded as {value}"), value=Run(value, "name"))
    if field in NAMED:
        return (Run(colon()), Run(plain(value), "name"))
    return (Run(f"{colon()}{value}"),) if field in ("time", "documents") else ()


def _reasons(found: Found) -> tuple[Run, ...]:
    return tuple(
        part for reason in found.reasons for part in (Run(semicolon()), Run(reason, "gap"))
    )

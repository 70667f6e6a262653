"""One question: the words it is about, on whose word, and what is asked; never more than that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from onrecord.model import Relation, Span
from onrecord.products.attribution import chain, who
from onrecord.products.index import Said, Sheet, claim_of_relation
from onrecord.products.page import Line, Run, Step
from onrecord.products.parts import Desk
from onrecord.products.quoting import quoted
from onrecord.vocabulary import load


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its place: the lower `rank`, the graver. Equal keys are one question."""

    rank: int
    key: str
    line: Line


def rank_of(kind: str) -> int:
    """Where a kind of question stands: its act's place in the vocabulary, else its own number."""
    words = load("products")["questions"]
    acts = list(words["acts"])
    return acts.index(kind) if kind in acts else int(words["rank"].get(kind, len(acts)))


def ask(desk: Desk, said: Said, span: Span | None, text: str, label: str, *, note: int = 0) -> Line:
    """The words asked about, on whose word, and then the question."""
    steps = chain(desk.index, said.record, said.claim)
    spans = (span,) if span else said.content
    runs = (*words_at(said, spans), Run(f" – {as_said(said, steps)}: {text}"))
    cited = note or desk.writer.notes.cite(said.record, said.content or spans)
    return Line("question", runs, steps, (cited,), label=label)


def ask_relation(desk: Desk, sheet: Sheet, relation: Relation, text: str, label: str) -> Line:
    """A question about a post or a link."""
    said = Said(sheet.record, claim_of_relation(sheet, relation))
    note = desk.writer.cite_relation(sheet, relation)
    return ask(desk, said, relation.span, text, label, note=note)


def words_at(said: Said, spans: Iterable[Span]) -> tuple[Run, ...]:
    """Exact words, as short as a first sheet needs them."""
    return quoted(said.record, spans, int(load("products")["trim"]["question"]))


def as_said(said: Said, steps: tuple[Step, ...], to: str = "") -> str:
    """On whose word, in a few of ours: "as A alleged (publisher)"."""
    verb = load("products")["verbs"][said.claim.kind] if said.claim else "reported"
    told = f"as {who(steps[-1])} {verb}" + (f" of {to}" if to else "")
    through = [who(s) for s in steps[1:-1] if s.level != "channel"]
    passed_on = f", passed on by {through[-1]}" if through else ""
    return told if said.claim is None else f"{told}{passed_on} ({who(steps[0])})"


def key_of(line: Line) -> str:
    """Questions that ask the same about the same characters are one."""
    return f"{line.runs[-1].text} {line.notes}"


def in_order(asked: Iterable[Asked]) -> tuple[Line, ...]:
    """Each question once, for all those it is for, with all its notes; the gravest first."""
    merged: dict[str, Line] = {}
    for one in sorted(asked, key=lambda a: a.rank):
        known = merged.setdefault(one.key, one.line)
        labels = dict.fromkeys(
            [*(known.label or "").split(", "), *(one.line.label or "").split(", ")]
        )
        notes = dict.fromkeys((*known.notes, *one.line.notes))
        merged[one.key] = replace(known, label=", ".join(labels), notes=tuple(notes))
    return tuple(merged.values())

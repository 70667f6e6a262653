"""One question: the words it is about, on whose word, and what is asked; never more than that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from onrecord.model import Relation, Span
from onrecord.products.attribution import chain, who
from onrecord.products.cue import turning
from onrecord.products.index import Said, Sheet, claim_of_relation
from onrecord.products.page import Line, Run, Step
from onrecord.products.parts import Desk
from onrecord.products.quoting import plain, quoted, visible
from onrecord.products.wording import comma, say, say_as, unsaid
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


def question(kind: str) -> str:
    """What is asked of a kind, or of an act of a kind, in the vocabulary's words."""
    words = load("products")["questions"]
    return say_as("question", str(words["acts"].get(kind) or words[kind]))


def ask(desk: Desk, said: Said, span: Span | None, text: str, label: str, *, note: int = 0) -> Line:
    """The words asked about, on whose word, and then the question."""
    steps = chain(desk.index, said.record, said.claim)
    spans = (span,) if span else said.content
    asked = say(" – {told}: {question}", told=as_said(said, steps), question=text)
    runs = (*words_at(said, spans), Run(asked))
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


AS_SAID = {
    "allegation": unsaid("as {who} alleged"),
    "denial": unsaid("as {who} denied"),
    "admission": unsaid("as {who} acknowledged"),
    "demand": unsaid("as {who} asked"),
    "finding": unsaid("as {who} stated as a finding"),
    "statement": unsaid("as {who} stated"),
}


def as_said(said: Said, steps: tuple[Step, ...]) -> str:
    """On whose word, in a few of ours: "as A alleged (publisher)"."""
    if said.claim is None:
        return say("as {who} reported", who=who(steps[-1]))
    turned = turning(said.record, said.claim)
    if turned:
        words = visible(plain(said.record.text[slice(*turned)]))
        told = say("reported of {who} with “{words}”", who=who(steps[-1]), words=words)
    else:
        told = say(AS_SAID[said.claim.kind], who=who(steps[-1]))
    through = [who(s) for s in steps[1:-1] if s.level != "channel"]
    if through:
        told = say("{told}, passed on by {through}", told=told, through=through[-1])
    return say("{told} ({publisher})", told=told, publisher=who(steps[0]))


def key_of(line: Line) -> str:
    """Questions that ask the same about the same characters are one."""
    return f"{line.runs[-1].text} {line.notes}"


def in_order(asked: Iterable[Asked]) -> tuple[Line, ...]:
    """Each question once, for all those it is for, with all its notes; the gravest first."""
    merged: dict[str, Line] = {}
    for one in sorted(asked, key=lambda a: a.rank):
        known = merged.setdefault(one.key, one.line)
        labels = dict.fromkeys(
            [*(known.label or "").split(comma()), *(one.line.label or "").split(comma())]
        )
        notes = dict.fromkeys((*known.notes, *one.line.notes))
        merged[one.key] = replace(known, label=comma().join(labels), notes=tuple(notes))
    return tuple(merged.values())

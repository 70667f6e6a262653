"""Who is asked by whom to do what, by when and on which ground."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.coding.context import Context
from onrecord.coding.deadlines import deadline_of
from onrecord.coding.demands_clauses import asked_in_clause, undergoes
from onrecord.coding.once import once
from onrecord.model import Citations, Claim, Demand, Span, content_id
from onrecord.vocabulary import load

_LONGEST_PARTY = 160
"""Characters in which the addressees of one demand must be told."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Where the addressees stand or who they are, and what they are asked to do."""

    parties: Span | None
    action: Span
    named: tuple[str, ...] = ()


def find_demands(context: Context) -> tuple[Demand, ...]:
    """One demand for each claim of that kind, with the addressees that the words give."""
    if context.parsed.doc is None:
        return ()
    return once(_demand(context, c) for c in context.claims if c.kind == "demand" and c.content)


def _demand(context: Context, claim: Claim) -> Demand:
    text = context.parsed.text
    whole = (claim.content[0][0], claim.content[-1][1])
    asked = (
        _clause(context, claim, whole)
        or _modal(context, whole)
        or _infinitive(context, claim, whole)
        or _Asked(None, whole)
    )
    named = list(_parties(context, asked.parties)) if asked.parties else list(asked.named)
    if not named:
        named = _asked_from(context, whole) or _before_a_court(context, whole)
    action = _trimmed(text, asked.action)
    ground = _ground(text, whole)
    deadline = deadline_of(context, whole)
    cites: Citations = {"deadline": (deadline[1],)} if deadline else {}
    return Demand(
        id=content_id("demand", context.document_id, claim.id),
        claim=claim.id,
        addressees=tuple(dict.fromkeys(named)),
        action=action,
        ground=ground,
        deadline=deadline[0] if deadline else None,
        cites=cites,
    )


def _any(words: list[str]) -> str:
    rows = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in rows)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = load("demands")
    return {
        "modal": re.compile(
            rf"\s*[“\"‘']?(?:that\s+)?(?P<party>[^.;:!?]{{2,{_LONGEST_PARTY}}}?)\s+(?:{_any(words['modals'])})"
            r"\s+(?P<action>[“\"‘']?\w)",
            re.IGNORECASE,
        ),
        "to": re.compile(r"\s+(?:not\s+)?to\s+(?P<action>[“\"‘']?\w)", re.IGNORECASE),
        "lead": re.compile(rf"\s*,?\s*(?:(?:{_any(words['addressing'])})\s+)?", re.IGNORECASE),
        "leading": re.compile(rf"(?:(?:{_any(words['leading_words'])})\s+)*", re.IGNORECASE),
        "askers": re.compile(rf"\s(?:{_any(words['askers'])})\s+", re.IGNORECASE),
        "fora": re.compile(rf"\b(?:{_any(words['fora'])})\s+(?:the\s+|an?\s+)?", re.IGNORECASE),
        "grounds": re.compile(
            rf"\b(?:{_any(words['grounds'])})\b[^.;!?\n]{{3,160}}", re.IGNORECASE
        ),
    }


def _clause(context: Context, claim: Claim, whole: Span) -> _Asked | None:
    """Whom "that the minister order an inquiry" asks."""
    found = asked_in_clause(context, claim, whole)
    return found and _Asked(None, (found[1], whole[1]), found[0])


def _modal(context: Context, whole: Span) -> _Asked | None:
    """Who "must" do something; what must be done by nobody named has no addressee."""
    found = _patterns()["modal"].match(context.parsed.text, *whole)
    if found is None or " to " in found["party"] or _has_verb(context, found.span("party")):
        return None
    action = (found.start("action"), whole[1])
    undergone = _is_passive(context, action) or undergoes(context.parsed.text[slice(*action)])
    return _Asked(None if undergone else found.span("party"), action)


def _tokens(context: Context, span: Span) -> list[tuple[str, str]]:
    """Fine and coarse part of speech of each token of a span."""
    doc = context.parsed.doc
    if doc is None:
        return []
    words = doc.char_span(*span, alignment_mode="expand")
    return [(t.tag_, t.pos_) for t in words] if words is not None else []


def _has_verb(context: Context, span: Span) -> bool:
    return any(tag in ("VBD", "VBZ", "VBP", "MD") for tag, _ in _tokens(context, span))


def _is_passive(context: Context, action: Span) -> bool:
    words = context.parsed.text[action[0] : action[1]].split(maxsplit=3)
    if not words or words[0].lower().strip("“\"'") not in ("be", "not"):
        return False
    tags = [tag for tag, _ in _tokens(context, (action[0], min(action[1], action[0] + 40)))]
    return "VBN" in tags[:4]


def _infinitive(context: Context, claim: Claim, whole: Span) -> _Asked | None:
    """Those urged "to" do something stand between the cue and the infinitive."""
    text = context.parsed.text
    begin = whole[0]
    if claim.cue and claim.cue[1] <= whole[0] <= claim.cue[1] + _LONGEST_PARTY:
        begin = claim.cue[1]
    lead = _patterns()["lead"].match(text, begin, whole[1])
    begin = lead.end() if lead else begin
    stop = min(whole[1], begin + _LONGEST_PARTY)
    for found in _patterns()["to"].finditer(text, max(begin - 1, 0), stop):
        if _starts_verb(context, found.start("action")):
            parties = (begin, found.start()) if found.start() > begin else None
            if parties and (_ASKS.match(text, begin) or _has_verb(context, parties)):
                return None
            return _Asked(parties, (found.start("action"), max(whole[1], found.end())))
    return None


def _starts_verb(context: Context, start: int) -> bool:
    tags = _tokens(context, (start, start + 1))
    return bool(tags) and tags[-1][0] in ("VB", "VBP", "NN")


_ASKS = re.compile(r"(?:that|why|how|whether|what|when|where|who|if)\b", re.IGNORECASE)
_SPLIT = re.compile(r"\s*,\s*(?:and\s+|as\s+well\s+as\s+)?|\s+(?:and|as\s+well\s+as|or)\s+")
_INNER = re.compile(r"\s+(?:of|in|for|from|at|who|which|that|on|with|to)\s+", re.IGNORECASE)


def _parties(context: Context, span: Span) -> Iterator[str]:
    """The entity of each member of a list: the one its head noun stands in."""
    text = context.parsed.text
    for start, end in _pieces(text, span):
        known = [(s, e) for s, e in context.book.within((start, end))]
        inner = _INNER.search(text, start, end)
        head_end = inner.start() if inner else end
        heads = [e for s, e in known if s[1] == head_end] or [e for s, e in known if s[1] == end]
        if heads:
            yield heads[-1].id
        elif known and not inner:
            yield known[-1][1].id
        elif end - start <= 60 and text[start:end][-1:].isalpha():
            head = text.rfind(" ", start, head_end) + 1 or start
            head = max(head, start)
            kind = "Group" if text[head:head_end].endswith("s") else "Organization"
            yield context.book.ensure((start, end), head, kind).id  # type: ignore[arg-type]


def _pieces(text: str, span: Span) -> Iterator[Span]:
    cursor = span[0]
    for cut in [*_SPLIT.finditer(text, *span), None]:
        end = cut.start() if cut else span[1]
        lead = _patterns()["leading"].match(text, cursor, end)
        start = lead.end() if lead else cursor
        if end > start and any(c.isalpha() for c in text[start:end]):
            yield start, end
        cursor = cut.end() if cut else end


def _asked_from(context: Context, whole: Span) -> list[str]:
    """Whom something is demanded "from"."""
    for found in _patterns()["askers"].finditer(context.parsed.text, *whole):
        if found.group().strip().lower() != "from":
            continue
        known = context.book.within((found.end(), min(whole[1], found.end() + 60)))
        if known and known[0][0][0] - found.end() <= 4 and known[0][1].type != "Person":
            return [known[0][1].id]
    return []


def _before_a_court(context: Context, whole: Span) -> list[str]:
    """The body before which something is asked for, the last one told."""
    found = [
        entity.id
        for match in _patterns()["fora"].finditer(context.parsed.text, *whole)
        if match.group().lower().startswith("before")
        for span, entity in context.book.within((match.end(), min(whole[1], match.end() + 60)))[:1]
        if span[0] == match.end() and entity.type == "Organization"
    ]
    return found[-1:]


def _ground(text: str, whole: Span) -> Span | None:
    found = _patterns()["grounds"].search(text, *whole)
    return _trimmed(text, found.span()) if found else None


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while end - start > 1 and text[end - 1] in ' ,.;:\n”"':
        end -= 1
    return start, end

"""How a claim is made: kind, modality, polarity and hedges, read off cue, source and content."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord import vocabulary
from onrecord.claims.candidate import Candidate
from onrecord.claims.features import group_of
from onrecord.claims.grammar import Grammar, Tokens
from onrecord.model import ClaimKind, Modality, Polarity, Quote, Span

_NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor", "without"})
_OWN = frozenset({"i", "we", "it", "he", "she", "they"})
_FUTURE = frozenset({"will", "'ll", "shall"})
_HYPOTHETICAL = frozenset({"would", "could", "might", "may", "'d"})


@dataclass(frozen=True, slots=True)
class Words:
    """The parts of `cues.yaml` that tell how a claim is made."""

    kind: dict[str, ClaimKind]
    finding_verbs: frozenset[str]
    finding_sources: frozenset[str]
    obligation: frozenset[str]
    addressed: frozenset[str]
    raising: frozenset[str]
    hedge: re.Pattern[str]
    wrongdoing: re.Pattern[str]
    denied: re.Pattern[str]


@cache
def words() -> Words:
    """The packaged words, read once a process."""
    cues: dict[str, Any] = vocabulary.load("cues")
    return Words(
        kind={
            lemma: group["kind"]
            for group in cues["verbs"].values()
            if "kind" in group
            for lemma in group["lemmas"]
        },
        finding_verbs=frozenset(cues["verbs"]["finding"]["lemmas"]),
        finding_sources=frozenset(cues["finding_sources"]),
        obligation=frozenset(cues["obligation"]),
        addressed=frozenset(cues["addressed"]),
        raising=frozenset(cues["raising"]),
        hedge=re.compile(rf"\b(?:{'|'.join(cues['hedges'])})\b", re.IGNORECASE),
        denied=re.compile(rf"\b(?:{'|'.join(cues['denied'])})s?\b", re.IGNORECASE),
        wrongdoing=re.compile(rf"\b(?:{'|'.join(cues['wrongdoing'])})", re.IGNORECASE),
    )


def hedges_in(text: str) -> list[Span]:
    """Every hedge of a text, in order."""
    return [match.span() for match in words().hedge.finditer(text)]


def hedges_of(found: list[Span], content: Sequence[Span]) -> tuple[Span, ...]:
    """Those hedges that lie inside a content."""
    inside = []
    for first, last in content:
        at = bisect_left(found, (first, first))
        while at < len(found) and found[at][1] <= last:
            inside.append(found[at])
            at += 1
    return tuple(inside)


def kind_of(g: Grammar, candidate: Candidate, content: str) -> ClaimKind:
    """The kind of claim: by its cue where the cue tells, else by what is said."""
    known = words()
    lemma = g.lemma[candidate.cue]
    by_cue = known.kind.get(lemma)
    if by_cue == "demand" and not _asks(g, candidate):
        by_cue = None
    if by_cue is not None:
        return by_cue
    head = candidate.source.head
    if lemma in known.finding_verbs and head is not None and g.lemma[head] in known.finding_sources:
        return "finding"
    return kind_of_words(g, candidate.content, content)


def kind_of_words(g: Grammar, content: tuple[Tokens, ...], text: str) -> ClaimKind:
    """The kind of claim that the words said make by themselves."""
    if _obliges(g, content):
        return "demand"
    if _denies(g, content) and (words().wrongdoing.search(text) or words().denied.search(text)):
        return "denial"
    return "allegation" if words().wrongdoing.search(text) else "statement"


def _asks(g: Grammar, candidate: Candidate) -> bool:
    """`called on`, `asked why`, `urged X to` ask for something; `called him a liar` does not."""
    lemma = g.lemma[candidate.cue]
    group = group_of(candidate.construction)
    if lemma == "call":
        after = candidate.cue + 1
        return after < len(g) and g.lemma[after] in ("on", "upon", "for")
    if lemma in ("ask", "insist", "press", "appeal"):
        first = g.lemma[candidate.content[0][0]]
        return group in ("infinitive", "object", "preposition") or first in ("why", "that", "for")
    return True


def _denies(g: Grammar, content: tuple[Tokens, ...]) -> bool:
    """Whether somebody says of himself that he did not: `it had no role`, `we never fired`."""
    verb = main_verb(g, content)
    subject = g.child(verb, "nsubj", "nsubjpass")
    if subject is None or g.word[subject].lower() not in _OWN:
        return False
    if any(g.word[c].lower() in _NEGATIONS for c in g.children[verb]):
        return True
    thing = g.child(verb, "dobj", "attr")
    return thing is not None and any(g.word[c].lower() == "no" for c in g.children[thing])


def _obliges(g: Grammar, content: tuple[Tokens, ...]) -> bool:
    """Whether the clause says what some institution should or must do."""
    known = words()
    first, last = content[0]
    for token in range(first, min(last, first + 14)):
        if g.lemma[token] in known.obligation and g.tag[token] == "MD":
            subject = g.child(g.head[token], "nsubj")
            if subject is None:
                return False
            named = g.entity[subject] in ("ORG", "GPE")
            return named or g.lemma[subject] in known.addressed
    return False


def modality_of(g: Grammar, candidate: Candidate, hedges: tuple[Span, ...]) -> Modality:
    """Asserted, hedged, about the future, or hypothetical."""
    if hedges or g.lemma[candidate.cue] in words().raising:
        return "hedged"
    verb = main_verb(g, candidate.content)
    modals = {g.word[c].lower() for c in g.children[verb] if g.dep[c] == "aux"}
    if modals & _FUTURE:
        return "future"
    return "hypothetical" if modals & _HYPOTHETICAL else "asserted"


def polarity_of(g: Grammar, candidate: Candidate) -> Polarity:
    """Negated where the main verb of what is said is."""
    verb = main_verb(g, candidate.content)
    negated = any(g.word[c].lower() in _NEGATIONS for c in g.children[verb])
    subject = g.child(verb, "nsubj", "nsubjpass")
    if subject is not None and g.left[subject] <= subject:
        negated = negated or g.word[g.left[subject]].lower() in _NEGATIONS
    return "negated" if negated else "affirmed"


def main_verb(g: Grammar, content: tuple[Tokens, ...]) -> int:
    """The highest token of a content's first stretch."""
    first, last = content[0]
    return next((t for t in range(first, last) if not first <= g.head[t] < last), first)


def quote_of(g: Grammar, candidate: Candidate) -> Quote:
    """Direct, indirect, or mixed; a term in scare quotes does not make a quotation."""
    if candidate.quotes:
        return "direct"
    inside = [t for part in candidate.content for t in range(*part) if g.quote[t] >= 0]
    if not inside:
        return "indirect"
    if len(inside) > 0.9 * candidate.length:
        return "direct"
    pieces: dict[int, list[int]] = {}
    for token in inside:
        pieces.setdefault(g.quote[token], []).append(token)
    return "mixed" if any(_is_said(g, piece) for piece in pieces.values()) else "indirect"


def _is_said(g: Grammar, piece: list[int]) -> bool:
    if len(piece) > 4:
        return True
    return len(piece) > 1 and not g.tag[piece[-1]].startswith("NN")

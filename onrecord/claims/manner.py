"""How a claim is made: modality, polarity, hedges and quotation, read off cue and content."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.claims.candidate import Candidate
from onrecord.claims.denied import is_negated, is_not_all
from onrecord.claims.grammar import Grammar, Tokens, main_verb
from onrecord.claims.supposed import is_supposed
from onrecord.claims.wording import FUTURE, HYPOTHETICAL, NEGATIONS, NOBODY, words
from onrecord.model import Modality, Polarity, Quote, Span

_POSSIBLE = frozenset({"could", "might", "may"})
_ASIDE = ("amod", "nmod", "compound")


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


def modality_of(g: Grammar, candidate: Candidate, hedges: tuple[Span, ...]) -> Modality:
    """Asserted, hedged, about the future, or hypothetical: by the claim's own words alone."""
    if candidate.construction == "raised":
        return "hedged"
    cue = g.characters((candidate.cue, candidate.cue + 1))
    named = candidate.source.head is not None
    own = tuple(h for h in hedges if not (named and h == cue))
    if is_supposed(g, candidate.cue):
        return "hypothetical"
    told = modality_of_words(g, candidate.content, own)
    if told == "hypothetical" and not candidate.quotes and g.tag[candidate.cue] in ("VBD", "VBN"):
        return _shifted(g, candidate.content)
    return told


def modality_of_words(
    g: Grammar, content: tuple[Tokens, ...], hedges: tuple[Span, ...]
) -> Modality:
    """As `modality_of`, for words that have no cue."""
    if any(_governs(g, content, hedge) for hedge in hedges):
        return "hedged"
    verb = main_verb(g, content)
    modals = {g.word[c].lower() for c in g.children[verb] if g.dep[c] == "aux"}
    if modals & FUTURE:
        return "future"
    if modals & _POSSIBLE and modals & {"have", "'ve"}:
        return "hedged"
    return "hypothetical" if modals & HYPOTHETICAL else "asserted"


def _shifted(g: Grammar, content: tuple[Tokens, ...]) -> Modality:
    """`said that he would come` tells of what was then the future."""
    verb = main_verb(g, content)
    modals = {g.word[c].lower() for c in g.children[verb] if g.dep[c] == "aux"}
    judged = g.lemma[verb] == "be" and g.child(verb, "acomp", "attr") is not None
    would = bool(modals & {"would", "'d"}) and "have" not in modals
    return "future" if would and not judged else "hypothetical"


def _governs(g: Grammar, content: tuple[Tokens, ...], hedge: Span) -> bool:
    """Whether a hedge is about the claim itself, not about a thing that is named in it."""
    token = g.covering(hedge)[0]
    part = next((p for p in content if p[0] <= token < p[1]), None)
    if part is None:
        return True
    for _ in range(part[1] - part[0]):
        above = g.head[token]
        if above == token or not part[0] <= above < part[1]:
            return True
        on_top = g.head[above] == above or not part[0] <= g.head[above] < part[1]
        if g.dep[token] in _ASIDE and not on_top:
            return False
        if g.dep[token] in ("relcl", "acl", "appos"):
            return False
        token = above
    return True


def polarity_of(g: Grammar, content: tuple[Tokens, ...]) -> Polarity:
    """Negated where the main verb of what is said is."""
    verb = main_verb(g, content)
    negated = is_negated(g, verb) and not is_not_all(g, verb)
    subject = g.child(verb, "nsubj", "nsubjpass")
    if subject is not None:
        first, named = g.word[g.left[subject]].lower(), g.word[subject].lower()
        negated = negated or first in NEGATIONS or named in NOBODY
    return "negated" if negated else "affirmed"


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

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
_NOBODY = frozenset({"nobody", "no", "none", "neither"})
_OWN = frozenset({"i", "we", "it", "he", "she", "they"})
_FUTURE = frozenset({"will", "'ll", "shall"})
_HYPOTHETICAL = frozenset({"would", "could", "might", "may", "'d"})
_POSSIBLE = frozenset({"could", "might", "may"})
_ASIDE = ("amod", "nmod", "compound")


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
    unknowing: frozenset[str]
    untrue: re.Pattern[str]
    too_early: re.Pattern[str]
    deeds: dict[str, frozenset[str]]
    forces: frozenset[str]
    taking: frozenset[str]
    withholding: frozenset[str]
    questioning: frozenset[str]


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
        unknowing=frozenset(cues["unknowing"]),
        untrue=re.compile("|".join(cues["untrue"]), re.IGNORECASE),
        too_early=re.compile("|".join(cues["too_early"]), re.IGNORECASE),
        deeds={lemma: frozenset(after) for lemma, after in cues["deeds"].items()},
        forces=frozenset(cues["forces"]),
        taking=frozenset(cues["taking_responsibility"]),
        questioning=frozenset(cues["questioning"]),
        withholding=frozenset(cues["withholding"]),
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
    if lemma in known.taking and _is_responsibility(g, candidate):
        by_cue = "admission"
    if by_cue == "demand" and not _asks(g, candidate):
        by_cue = None
    if _is_withheld(g, candidate) or (lemma in known.questioning and by_cue is None):
        return "statement"
    if by_cue is not None:
        return by_cue
    head = candidate.source.head
    if lemma in known.finding_verbs and head is not None and g.lemma[head] in known.finding_sources:
        return "finding"
    return kind_of_words(g, candidate.content, content)


def _is_withheld(g: Grammar, candidate: Candidate) -> bool:
    """`did not deny`, `nobody admitted`, `refused to admit`: the cue's act was not done."""
    cue, words_of = candidate.cue, candidate.source.words
    if any(g.dep[c] == "neg" for c in g.children[cue]):
        return True
    if words_of is not None and g.word[words_of[0]].lower() in _NOBODY:
        return True
    return g.dep[cue] == "xcomp" and g.lemma[g.head[cue]] in words().withholding


def kind_of_words(g: Grammar, content: tuple[Tokens, ...], text: str) -> ClaimKind:
    """The kind of claim that the words said make by themselves."""
    known = words()
    if _obliges(g, content):
        return "demand"
    if known.untrue.search(text):
        return "denial"
    wrong = known.wrongdoing.search(text)
    if _denies(g, content) and (wrong or known.denied.search(text)):
        return "denial"
    own = [_own_deed(g, verb) for verb in _sentence_verbs(g, content)]
    told = next((kind for kind in own if kind is not None), None)
    if told is not None:
        return told
    return "allegation" if wrong and not known.too_early.search(text) else "statement"


def _is_responsibility(g: Grammar, candidate: Candidate) -> bool:
    """`claimed responsibility for the attack`, whether as its content or as part of the cue."""
    thing = g.child(candidate.cue, "dobj")
    if thing is None or g.lemma[thing] != "responsibility":
        return False
    return not any(g.word[c].lower() in _NEGATIONS for c in g.children[thing])


def _sentence_verbs(g: Grammar, content: tuple[Tokens, ...]) -> list[int]:
    """The main verb of each sentence of a content."""
    found: dict[int, int] = {}
    for first, last in content:
        for token in range(first, last):
            if not first <= g.head[token] < last or g.head[token] == token:
                found.setdefault(g.sentence[token], token)
    return list(found.values())


def _own_deed(g: Grammar, verb: int) -> ClaimKind | None:
    """`Our fighters fired on the bus` admits, `we never fired on it` denies; else None."""
    after = words().deeds.get(g.lemma[verb])
    subject = g.child(verb, "nsubj")
    if after is None or subject is None or not _is_ours(g, subject):
        return None
    if after and not _is_followed(g, verb, after):
        return None
    helpers = {g.word[c].lower() for c in g.children[verb] if g.dep[c] in ("aux", "neg", "advmod")}
    if helpers & (_FUTURE | _HYPOTHETICAL):
        return None
    if helpers & _NEGATIONS:
        return "denial"
    return "admission" if g.tag[verb] in ("VBD", "VBN") else None


def _is_ours(g: Grammar, subject: int) -> bool:
    if g.word[subject].lower() in ("we", "i"):
        return True
    owner = g.child(subject, "poss")
    owned = owner is not None and g.word[owner].lower() in ("our", "my")
    return owned and g.lemma[subject] in words().forces


def _is_followed(g: Grammar, verb: int, after: frozenset[str]) -> bool:
    """Whether one of these words depends on a verb, or on what does."""
    near = [c for c in g.children[verb] if c > verb]
    return any(g.lemma[t] in after for c in near for t in (c, *g.children[c]))


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
    if g.lemma[verb] in words().unknowing:
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
    """Asserted, hedged, about the future, or hypothetical: by the claim's own words alone."""
    if candidate.construction == "raised":
        return "hedged"
    cue = g.characters((candidate.cue, candidate.cue + 1))
    named = candidate.source.head is not None
    own = tuple(h for h in hedges if not (named and h == cue))
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
    if modals & _FUTURE:
        return "future"
    if modals & _POSSIBLE and modals & {"have", "'ve"}:
        return "hedged"
    return "hypothetical" if modals & _HYPOTHETICAL else "asserted"


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
    negated = any(g.word[c].lower() in _NEGATIONS for c in g.children[verb])
    subject = g.child(verb, "nsubj", "nsubjpass")
    if subject is not None and g.left[subject] <= subject:
        negated = negated or g.word[g.left[subject]].lower() in _NEGATIONS
    return "negated" if negated else "affirmed"


def main_verb(g: Grammar, content: tuple[Tokens, ...]) -> int:
    """The highest token of a content: a verb where one is, else that of its first stretch."""
    tops = [
        t
        for first, last in content
        for t in range(first, last)
        if not first <= g.head[t] < last or g.head[t] == t
    ]
    verbs = (t for t in tops if g.tag[t].startswith(("VB", "MD")))
    return next(verbs, tops[0] if tops else content[0][0])


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

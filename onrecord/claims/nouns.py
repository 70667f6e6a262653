"""Nouns that are cues: `the claim that it fell`, `his call for calm`, `made the promise to go`."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.claims.candidate import Source
from onrecord.claims.grammar import Grammar, Tokens
from onrecord.claims.lexicon import lexicon
from onrecord.claims.source import NOBODY, noun_phrase, source_of_verb

_BESIDE = frozenset(
    {"after", "before", "following", "amid", "despite", "about", "against", "over", "since"}
)


def readings_of_noun(g: Grammar, noun: int) -> Iterator[tuple[str, Tokens]]:
    """What a noun may have as its content: a clause, or what stands behind a preposition."""
    for child in g.children[noun]:
        if child < noun or g.right[child] < child:
            continue
        whole = g.tag[child] != "VBN" or g.child(child, "mark") is not None
        if g.dep[child] in ("acl", "ccomp", "relcl") and whole:
            yield "noun_clause", g.subtree(child)
        elif g.dep[child] == "prep" and g.right[child] > child:
            kind = g.lemma[child] if g.lemma[child] in ("of", "for", "about", "by") else "prep"
            yield f"noun_{kind}", (child + 1, g.right[child] + 1)


def source_of_noun(g: Grammar, noun: int) -> Source:
    """Whose word a noun names: its owner, who it is by, or the subject of the verb it hangs on."""
    owner = g.child(noun, "poss")
    if owner is not None:
        first, last = g.subtree(owner)
        mark = g.child(owner, "case")
        return Source(owner, (first, mark if mark is not None else last), "possessive")
    for child in g.children[noun]:
        if child > noun and g.lemma[child] in ("by", "from") and g.dep[child] in ("prep", "agent"):
            by = g.child(child, "pobj")
            if by is not None:
                return Source(by, noun_phrase(g, by, noun), "agent")
    above = g.head[noun]
    if g.dep[noun] in ("dobj", "attr", "pobj") and above != noun and not _is_others(g, noun):
        verb = above if g.dep[noun] != "pobj" else g.head[above]
        if g.tag[verb].startswith("VB"):
            return source_of_verb(g, verb)
    return NOBODY


def _is_others(g: Grammar, noun: int) -> bool:
    """`After the announcement, Adu left`, `Adu dismissed the criticism`: not of Adu's making."""
    above = g.head[noun]
    if g.dep[noun] == "pobj":
        return g.lemma[above] in _BESIDE
    return g.lemma[above] in lexicon().answering

"""Bodies that are named once and then called by a noun of their name: "the brigade"."""

from __future__ import annotations

from onrecord.entities.draft import Draft, Drafts, Range
from onrecord.entities.words import Words

_POINTS = frozenset({"the", "this", "that"})
_OPENS = frozenset({"of", "for", "to", "on", "against"})
"""What ends a noun within a name: "Commission of Inquiry", "Front for the Defence of Marrow"."""
_NEAR = 1
"""Sentences back within which the one of several that was named last is meant."""


def named_again(words: Words, drafts: Drafts, noun: int, phrase: Range) -> Draft | None:
    """The body whose name has this noun and that stood before: "the brigade", after "5th Brigade".

    Of several with the noun in their names it is the one named in this sentence or the one before,
    and nobody where that is two: a wrong brigade would be accused in the place of another.
    """
    if phrase != (noun - 1, noun + 1) or words.lower[noun - 1] not in _POINTS:
        return None
    if words.tag[noun] not in ("NN", "NNP") or _said_of_which(words, noun):
        return None
    wanted = words.lower[noun]
    before = {
        draft.number: draft
        for draft in drafts.of("Organization")
        if any(first < noun and wanted in _nouns(words, (first, end)) for first, end in draft.names)
    }
    if len(before) > 1:
        lately = words.sentence[noun] - _NEAR
        before = {
            number: draft
            for number, draft in before.items()
            if any(end <= noun and words.sentence[first] >= lately for first, end in draft.mentions)
        }
    named = next(iter(before.values())) if len(before) == 1 else None
    return None if named and _another_since(words, drafts, named, noun) else named


def _another_since(words: Words, drafts: Drafts, named: Draft, noun: int) -> bool:
    """Whether a body with no name that this noun is for, too, was told of since: "a ... army"."""
    last = max((end for _, end in named.mentions if end <= noun), default=0)
    return any(
        last <= first and end <= noun and words.lower[end - 1] == words.lower[noun]
        for draft in drafts.of("Organization")
        if not draft.names
        for first, end in draft.mentions
    )


def _said_of_which(words: Words, noun: int) -> bool:
    """Whether words behind the noun say which is meant: "the front of the hall".

    A deed behind "of" does not: "accused the brigade of killing" is read so at times.
    """
    behind = [child for child in words.children[noun] if child > noun]
    return any(
        words.dep[child] in ("prep", "acl")
        and not any(words.dep[inner] == "pcomp" for inner in words.children[child])
        for child in behind
    )


def _nouns(words: Words, name: Range) -> frozenset[str]:
    """The nouns by which a name's bearer is called: its last word, and the one before an "of"."""
    lower = words.lower[slice(*name)]
    inner = next((i for i, word in enumerate(lower) if word in _OPENS), 0)
    found = {lower[inner - 1]} if inner else {lower[-1]}
    return frozenset(found) if len(lower) > 1 else frozenset()

"""Two people of one full name in one text: told apart where what they are called clashes.

"The fisherman Jon Dahl" and "Colonel Jon Dahl" are two. What is called neither is left undecided.
"""

from __future__ import annotations

from onrecord.entities.lexicon import listed, occupations, roles
from onrecord.entities.names import Name
from onrecord.entities.phrases import introduced_by
from onrecord.entities.words import Words
from onrecord.vocabulary import load

AHEAD = 6
"""Words of an apposition in which its noun is looked for."""


def callings(words: Words, names: list[Name]) -> list[str | None]:
    """The calling each mention is given, where two that clash occur; else None for all."""
    found = [_calling(words, name) for name in names]
    if len(set(found) - {None}) < 2:
        return [None] * len(names)
    return found


def _calling(words: Words, name: Name) -> str | None:
    nouns = list(range(name.title, name.first))
    if name.title == name.first and name.first and words.tag[name.first - 1] in ("NN", "NNP"):
        nouns.append(name.first - 1)
    before = introduced_by(words, name.title, name.end)
    nouns += [before] if before is not None else []
    nouns += _behind(words, name.end)
    told = {kind for index in nouns for kind in _kinds(words, index)}
    return told.pop() if len(told) == 1 else None


def _behind(words: Words, end: int) -> list[int]:
    """The noun of an apposition: ", a fisherman aged 34"."""
    if end >= len(words) or words.word[end] != ",":
        return []
    for index in range(end + 1, min(end + 1 + AHEAD, len(words))):
        if words.pos[index] == "NOUN":
            return [index] if words.tag[index] == "NN" else []
        if words.pos[index] not in ("DET", "ADJ", "NUM", "ADV"):
            return []
    return []


def _kinds(words: Words, index: int) -> list[str]:
    """The kinds of calling that a noun is of; a "former" one and "secretary general" tell none."""
    pair = tuple(words.lower[max(0, index - 1) : index + 1])
    if pair in roles() or pair[0] in listed("roles", "modifiers"):
        return []
    named = set(occupations().get((words.lower[index],), ()))
    return [kind for kind, told in load("titles")["clashing"].items() if named & set(told)]

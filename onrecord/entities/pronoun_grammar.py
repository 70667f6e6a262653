"""How a pronoun and what it may point back at stand to each other in their clauses."""

from __future__ import annotations

from onrecord.entities.binding import governor_of
from onrecord.entities.lexicon import listed
from onrecord.entities.words import SUBJECTS, Words

_CLIMB = 12
_BRACKET = 12
"""Words before a mention among which a bracket that it stands in is opened."""


def whole_of(words: Words, index: int) -> int:
    """The word that stands in the clause for a pronoun: "most" for "most of them"."""
    of, part = words.head[index], words.head[words.head[index]]
    counted = words.pos[part] == "NUM" or words.lower[part] in listed("pronouns", "parts")
    return part if words.lower[of] == "of" and words.dep[index] == "pobj" and counted else index


def dangles(words: Words, index: int) -> bool:
    """Whether a pronoun is the object of an "-ing" whose subject is not said.

    Then the subject of the sentence may be meant after all, in loose writing: "X was at home
    before kidnapping her".
    """
    verb = governor_of(words, index, "object")
    if verb is None or words.dep[verb] not in ("pcomp", "advcl"):
        return False
    return not any(words.dep[c] in SUBJECTS for c in words.children[verb])


def is_in_brackets(words: Words, head: int, index: int) -> bool:
    """Whether a mention stands in brackets that close before the pronoun."""
    for at in range(head - 1, max(head - _BRACKET, -1), -1):
        if words.word[at] == ")" or words.sentence[at] != words.sentence[head]:
            return False
        if words.word[at] == "(":
            return any(words.word[i] == ")" for i in range(head, index))
    return False


def governing(words: Words, index: int) -> frozenset[int]:
    """The verbs on which the clause of a pronoun hangs, by what it says of time or reason."""
    found = set()
    at = index
    for _ in range(_CLIMB):
        above = words.head[at]
        if above == at:
            break
        if words.dep[at] == "advcl":
            found.add(above)
        at = above
    return frozenset(found)


def is_told_of_by(words: Words, noun: int, index: int) -> bool:
    """Whether a pronoun stands in a clause that tells of a noun: "those who fled as it hit"."""
    at = index
    for _ in range(_CLIMB):
        above = words.head[at]
        if above == at:
            return False
        if words.dep[at] == "relcl":
            return above == noun
        at = above
    return False


def is_cited(words: Words, head: int) -> bool:
    """`According to Dahl`: who says it, as a subject would."""
    to = words.head[head]
    return words.dep[head] == "pobj" and words.lower[words.head[to]] == "according"

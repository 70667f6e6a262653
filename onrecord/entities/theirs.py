"""Who is listed behind a name as theirs and is not the one named: "X, his wife and two sons"."""

from __future__ import annotations

from onrecord.entities.words import SUBJECTS, Words

_ONE = frozenset({"was", "is", "has", "'s", "’s"})


def is_listed_as_theirs(words: Words, head: int) -> bool:
    """Whether a noun with "his" or "her" behind a name begins a list of further people.

    Not where the verb tells of one: "X, his lawyer and a former mayor, was held"; nor of one who
    is two things: "X, her uncle and guardian".
    """
    owned = any(words.tag[c] == "PRP$" and words.dep[c] == "poss" for c in words.children[head])
    name = _before(words, head)
    if name is None or not owned:
        return False
    joined = any(
        words.dep[c] == "conj" and c > head and _is_further(words, c)
        for n in (head, name)
        for c in words.children[n]
    )
    if not joined or words.dep[name] not in SUBJECTS:
        return joined
    helping = [c for c in words.children[words.head[name]] if words.dep[c] in ("aux", "auxpass")]
    return not any(words.lower[c] in _ONE for c in helping)


def _is_further(words: Words, noun: int) -> bool:
    """Whether a noun joined to another is for somebody else: "a friend", "sons", "Mira Dahl"."""
    if words.tag[noun] != "NN":
        return True
    return any(words.dep[c] in ("det", "poss", "nummod") for c in words.children[noun])


def _before(words: Words, head: int) -> int | None:
    """What a noun is set beside, also where the parse takes both for subjects of one verb."""
    above = words.head[head]
    if words.dep[head] == "appos":
        return above
    if words.dep[head] not in SUBJECTS:
        return None
    others = (c for c in words.children[above] if words.dep[c] in SUBJECTS and c < head)
    return next(others, None)

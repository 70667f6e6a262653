"""Whose wrong is spoken of: not theirs who condemn it, nor is a torment his who saw to it.

"The council condemned its crackdown", "sanctions over its crackdown", "X ordered his torture".
"""

from __future__ import annotations

from onrecord.entities.binding import understood_subject
from onrecord.entities.lexicon import listed
from onrecord.entities.words import SUBJECTS, Words

_CLIMB = 8
_OVER = frozenset({"over", "response", "because"})


def not_theirs(words: Words, pronoun: int, *, suffers: bool) -> int | None:
    """The subject whose the noun owned by a pronoun can't be, or None."""
    if words.dep[pronoun] != "poss":
        return None
    noun = words.head[pronoun]
    path, verb = _path(words, noun)
    if verb is None:
        return None
    if suffers:
        causes = len(path) == 1 and words.lemma[verb] in listed("pronouns", "harm", "causing")
        return understood_subject(words, verb) if causes else None
    wrong = words.lemma[noun] in listed("pronouns", "wrongs")
    alleged = any(words.lower[c] == "alleged" for c in words.children[noun])
    over = any(words.lower[i] in _OVER for i in path)
    blamed = over or words.lemma[verb] in listed("pronouns", "blaming")
    return understood_subject(words, verb) if alleged or (wrong and blamed) else None


def _path(words: Words, noun: int) -> tuple[list[int], int | None]:
    """The words from a noun up to the verb that it is an object of, and that verb."""
    path = [noun]
    for _ in range(_CLIMB):
        at = path[-1]
        above = words.head[at]
        if above == at:
            return path, None
        if words.pos[above] in ("VERB", "AUX"):
            told = words.dep[at] in SUBJECTS and words.dep[above] == "ccomp"
            if told:  # "saw to it that his torture went on"
                return path, words.head[above]
            return path, above if words.dep[at] in ("dobj", "prep") else None
        path.append(above)
    return path, None

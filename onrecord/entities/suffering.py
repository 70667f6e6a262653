"""Whether a mention stands as somebody to whom harm is done: "was abducted", "the arrest of"."""

from __future__ import annotations

from onrecord.entities.deeds import is_passive
from onrecord.entities.lexicon import listed
from onrecord.entities.words import SUBJECTS, Words

_CLIMB = 4
_PASSIVE = frozenset({"auxpass", "nsubjpass"})


def suffers(words: Words, head: int) -> bool:
    """Whether the words around a mention, by its head word, say that it suffers something."""
    if any(_is_said_of(words, clause) for clause in words.children[head]):
        return True
    for _ in range(_CLIMB):
        if words.dep[head] not in ("conj", "appos") or words.head[head] == head:
            break
        head = words.head[head]
    dep, above = words.dep[head], words.head[head]
    if dep in ("dobj", "nsubjpass", "dative"):
        return _harms(words, above)
    if dep == "nsubj":
        return _is_harmed(words, above)
    if dep == "poss":
        return words.lemma[above] in listed("pronouns", "harm", "nouns")
    if dep == "pobj":
        return _after_preposition(words, above)
    return False


def _after_preposition(words: Words, preposition: int) -> bool:
    noun = words.lemma[words.head[preposition]]
    if words.lower[preposition] == "of":
        return noun in listed("pronouns", "harm", "nouns")
    aimed = words.lower[preposition] in ("against", "on", "at")
    return aimed and noun in listed("pronouns", "harm", "aimed")


def _harms(words: Words, verb: int) -> bool:
    return words.lemma[verb] in listed("pronouns", "harm", "verbs")


def harms(words: Words, subject: int) -> bool:
    """Whether a word is the subject of a verb that says it did harm: "he killed", "ordered"."""
    verb = words.head[subject]
    if words.dep[subject] != "nsubj" or words.pos[verb] != "VERB":
        return False
    also = [c for c in _under(words, verb) if not is_passive(words, c)]
    doing = listed("pronouns", "harm", "doing")
    return any(_harms(words, v) or words.lemma[v] in doing for v in (verb, *also))


def _under(words: Words, verb: int) -> list[int]:
    """The verbs that share a verb's subject: "tried to kill", "succeeded in killing"."""
    found = []
    for child in words.children[verb]:
        if words.dep[child] in ("conj", "xcomp") and not _has_subject(words, child):
            found.append(child)
        if words.dep[child] == "prep":
            found += [c for c in words.children[child] if words.dep[c] == "pcomp"]
    return found


def _has_subject(words: Words, verb: int) -> bool:
    return any(words.dep[c] in SUBJECTS for c in words.children[verb])


def _is_harmed(words: Words, verb: int) -> bool:
    """Whether the subject of an active verb suffers: "died", "went missing", "faces arrest"."""
    if words.lemma[verb] in listed("pronouns", "harm", "subjects"):
        return True
    if words.lemma[verb] == "go":
        return any(words.lower[c] == "missing" for c in words.children[verb])
    if words.lemma[verb] in listed("act_frames", "suffered"):
        harm = listed("pronouns", "harm", "nouns")
        return any(words.dep[c] == "dobj" and words.lemma[c] in harm for c in words.children[verb])
    return False


def _is_said_of(words: Words, clause: int) -> bool:
    """Whether a clause behind a noun tells of harm to it: "held since May", "who was beaten"."""
    if words.dep[clause] == "acl":
        return words.tag[clause] == "VBN" and _harms(words, clause)
    if words.dep[clause] != "relcl":
        return False
    parts = words.children[clause]
    if any(words.dep[c] in _PASSIVE for c in parts):
        return _harms(words, clause)
    relative = any(words.dep[c] == "nsubj" and words.tag[c] in ("WP", "WDT") for c in parts)
    return _is_harmed(words, clause) if relative else _harms(words, clause)

"""Whom the grammar of its own clause keeps a pronoun from standing for, or makes it stand for."""

from __future__ import annotations

from onrecord.entities.words import SUBJECTS, Words

_CLIMB = 8
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_SHARING = frozenset({"conj", "advcl", "aux", "auxpass", "dep", "prt"})
_RELATIVE = frozenset({"WP", "WDT"})


def case_of(words: Words, pronoun: int, case: str) -> str:
    """How a pronoun stands: "her" may be an object, though it is mostly a possessive."""
    if case == "possessive" and words.dep[pronoun] != "poss":
        return "object"
    return case


def co_arguments(words: Words, pronoun: int, case: str) -> frozenset[int]:
    """The nouns that do what is done to a pronoun: it is none of them, unless it is reflexive.

    "Dahl met him", "Dahl went to warn him", "the chief threatening him": not Dahl, not the chief.
    """
    verb = governor_of(words, pronoun, case)
    if verb is None:
        return frozenset()
    subject = understood_subject(words, verb)
    return frozenset(_joined(words, subject)) if subject is not None else frozenset()


def bound_to(words: Words, pronoun: int) -> int | None:
    """The noun that "himself" or "herself" stands for: who does what its clause says."""
    verb = governor_of(words, pronoun, "object")
    return understood_subject(words, verb) if verb is not None else None


def reporters(words: Words, pronoun: int) -> frozenset[int]:
    """Who says or thinks what is told of a pronoun: "Dahl said that he had been beaten".

    Or whose word it is: "Dahl's claim that he had been beaten".
    """
    owned = words.head[pronoun] if words.dep[pronoun] == "poss" else pronoun
    clause = words.head[owned]
    if words.dep[owned] not in SUBJECTS:
        return frozenset()
    while words.dep[clause] == "conj":
        clause = words.head[clause]
    if words.dep[clause] == "acl":
        noun = words.head[clause]
        return frozenset(c for c in words.children[noun] if words.dep[c] == "poss")
    if words.dep[clause] != "ccomp":
        return frozenset()
    subject = understood_subject(words, words.head[clause])
    return frozenset(_joined(words, subject)) if subject is not None else frozenset()


def governor_of(words: Words, pronoun: int, case: str) -> int | None:
    """The verb whose object a pronoun is, over a preposition; None for a subject or an owner."""
    dep, above = words.dep[pronoun], words.head[pronoun]
    if case == "object" and dep in SUBJECTS:  # "had ordered him executed"
        return words.head[above] if words.dep[above] in ("ccomp", "xcomp") else None
    if dep == "conj":
        dep, above = words.dep[above], words.head[above]
    if dep == "pobj":
        dep, above = words.dep[above], words.head[above]
    elif dep not in ("dobj", "dative", "oprd"):
        return None
    return above if words.pos[above] in ("VERB", "AUX") else None


def understood_subject(words: Words, verb: int) -> int | None:
    """The noun that does what a verb says, said at the verb or shared with what it hangs on."""
    for _ in range(_CLIMB):
        own = next((c for c in words.children[verb] if words.dep[c] in _SUBJECTS), None)
        above, dep = words.head[verb], words.dep[verb]
        if own is not None:
            return above if dep == "relcl" and words.tag[own] in _RELATIVE else own
        if above == verb:
            return None
        if dep == "acl":
            return above
        if dep == "pcomp":
            above = words.head[above]
        if dep in ("xcomp", "pcomp"):
            told = next((c for c in words.children[above] if words.dep[c] == "dobj"), None)
            if told is not None and told < verb:
                return told
        elif dep not in _SHARING:
            return None
        if words.pos[above] not in ("VERB", "AUX"):
            return None
        verb = above
    return None


def _joined(words: Words, noun: int) -> list[int]:
    """A noun and what is coordinated with it, below it in the tree."""
    found = [noun]
    for each in found:
        found += [c for c in words.children[each] if words.dep[c] == "conj"]
    return found

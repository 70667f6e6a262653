"""Names of one word that are nobody's: the parser takes many a stray capital for a person."""

from __future__ import annotations

from onrecord.entities.lexicon import listed, sex_of_given_name
from onrecord.entities.names import Name
from onrecord.entities.words import SUBJECTS, Words

_SINGULAR = frozenset({"VBZ"})
_ARE = frozenset({"are", "were", "have"})
_IS = frozenset({"is", "was", "has", "does"})


def is_stray(words: Words, found: list[Name]) -> bool:
    """Whether one word looks like a person's name by its capital alone, wherever it stands.

    It is no proper noun, stands for itself as a line, or opens sentences and is a common word.
    One that people are given for a name never does: "Grace", "Hope".
    """
    if _is_longer(found) or any(name.title < name.first for name in found):
        return False
    if words.lower[found[0].first] in sex_of_given_name():
        return False
    at = [name.first for name in found]
    if all(words.pos[i] in ("NOUN", "VERB") or words.dep[i] == "ROOT" for i in at):
        return True
    return all(_opens(words, i) for i in at) and _is_common(words, words.lemma[at[0]])


def is_plural(words: Words, found: list[Name]) -> bool:
    """Whether one word stands for many people: "the Uighurs", "Muslims were held"."""
    if _is_longer(found) or any(name.title < name.first for name in found):
        return False
    return all(_stands_for_many(words, name.first) for name in found)


def is_acronym(words: Words, found: list[Name]) -> bool:
    """Whether one word is in capitals where its neighbours are not: bodies have such names."""
    return not _is_longer(found) and all(
        words.word[name.first].isupper() and len(words.word[name.first]) > 1 for name in found
    )


def is_called_the(words: Words, found: list[Name]) -> bool:
    """Whether one word has "the" before it, as no person's name has: "the Tatmar"."""
    if _is_longer(found):
        return False
    return all(
        name.first
        and name.title == name.first
        and words.lower[name.first - 1] == "the"
        and words.pos[name.first] == "PROPN"
        and words.head[name.first] < name.end
        and not _is_before_noun(words, name.end)
        for name in found
    )


def is_one(words: Words, name: Name) -> bool:
    """Whether a verb tells one thing of a name with no article: "Christian was held"."""
    first = name.first
    if words.dep[first] not in SUBJECTS or _is_determined(words, first):
        return False
    verb = words.head[first]
    with_it = [verb, *(c for c in words.children[verb] if words.dep[c] in ("aux", "auxpass"))]
    return any(words.tag[v] in _SINGULAR or words.lower[v] in _IS for v in with_it)


def _is_determined(words: Words, index: int) -> bool:
    return any(words.dep[c] == "det" for c in words.children[index])


def is_people(key: str) -> bool:
    """Whether a word is one for a people or the followers of a faith, in either number."""
    return not {key, key.removesuffix("s")}.isdisjoint(listed("kinds", "peoples"))


def _is_longer(found: list[Name]) -> bool:
    return any(name.end - name.first > 1 for name in found)


def _opens(words: Words, index: int) -> bool:
    return not index or words.sentence[index] != words.sentence[index - 1]


def _is_common(words: Words, lemma: str) -> bool:
    """Whether the text has the word without a capital, too."""
    return any(
        words.lemma[i] == lemma and words.word[i].islower() and words.pos[i] in ("NOUN", "VERB")
        for i in range(len(words))
    )


def _stands_for_many(words: Words, index: int) -> bool:
    word = words.lower[index]
    if not word.endswith("s") or word.endswith("ss") or word.isupper():
        return False
    verb = words.head[index]
    subject = words.dep[index] in SUBJECTS
    with_it = [verb, *(c for c in words.children[verb] if words.dep[c] in ("aux", "auxpass"))]
    if subject and any(words.tag[v] in _SINGULAR or words.lower[v] in _IS for v in with_it):
        return False
    if subject and any(words.tag[v] == "VBP" or words.lower[v] in _ARE for v in with_it):
        return True
    return words.tag[index] in ("NNS", "NNPS")


def _is_before_noun(words: Words, end: int) -> bool:
    return end < len(words) and words.pos[end] in ("NOUN", "PROPN", "ADJ")

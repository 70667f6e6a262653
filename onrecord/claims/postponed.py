"""Who says it, named between commas after a long clause: `..., in Orla, Adu, the mayor, said.`

The parser often takes such a name for the last of the places or people of the clause before it, and
leaves the verb without a subject. Commas and the forms of words tell it.
"""

from __future__ import annotations

from functools import cache

from onrecord import vocabulary
from onrecord.claims.candidate import Source
from onrecord.claims.grammar import FINITE, Grammar, Tokens
from onrecord.claims.lexicon import lexicon

_BEFORE_VERB = ("RB", "VBZ", "VBD", "VBP")
_SUBJECTS = ("nsubj", "csubj", "nsubjpass", "expl")
_PLACES = ("GPE", "LOC")
NAME = 6
"""Most words of a name, with a title or calling before it."""
PHRASE = 12
"""Most words of a phrase that names or describes a source."""
ADDED = 3
"""Most descriptions between commas after a name."""


def postponed(g: Grammar, verb: int) -> Source | None:
    """The source right before a verb of saying that has no subject; None where none is told.

    Either one phrase after the last comma, or a name between commas and what is added to it.
    """
    if g.tag[verb] not in ("VBD", "VBZ", "VBN") or g.lemma[verb] not in lexicon().saying:
        return None
    subject = g.child(verb, *_SUBJECTS)
    if subject is not None and subject > verb and g.lemma[verb] in lexicon().addressing:
        subject = None  # who is told, not who tells
    low = g.sentence_of(verb)[0]
    last = _before(g, verb, low)
    if g.quote[verb] >= 0 or last <= low:
        return None
    commas = _commas(g, low, last + 1)
    several = _several(g, commas, last + 1)
    if several is not None and (subject is None or subject >= several[0]):
        return Source(_first_head(g, several), several, "subject")
    if subject is not None and not _is_listed(g, subject):
        return None
    if g.word[last] != "," and g.tag[verb] != "VBN" and subject is None:
        return _phrase(g, (commas[-1] + 1, last + 1)) if commas else None
    found = _named(g, commas)
    if subject is None or found is None or found.head is None:
        return found
    below = g.head[found.head] == subject and g.dep[found.head] in ("conj", "appos")
    return found if below else None


def closing(g: Grammar, verb: int) -> Source | None:
    """The name that ends a sentence after its verb: `..., reported The Orsa Lark.`"""
    if g.tag[verb] not in ("VBD", "VBZ") or g.lemma[verb] not in lexicon().saying:
        return None
    if g.lemma[verb] in lexicon().addressing or _follows_its_subject(g, verb):
        return None
    low, high = g.sentence_of(verb)
    if verb - 1 <= low or g.word[verb - 1] != "," or g.quote[verb] >= 0:
        return None
    while high > verb + 1 and (g.tag[high - 1] in (".", "''", "_SP") or g.word[high - 1].isspace()):
        high -= 1
    words = (verb + 1, high)
    tags = g.tag[verb + 1 : high]
    if not 0 < len(tags) <= NAME or not tags[-1].startswith("NNP"):
        return None
    if not all(
        tag.startswith(("NN", "DT", "JJ", "POS")) or (tag == "IN" and g.word[t].lower() == "of")
        for t, tag in enumerate(tags, verb + 1)
    ):
        return None
    head = high - 1 if "IN" not in tags else _head(g, words)
    finite = [t for t in range(low, verb) if g.tag[t] in FINITE and g.quote[t] < 0]
    said = any(g.lemma[t] in lexicon().saying for t in finite)
    return Source(head, words, "inverted") if head is not None and finite and not said else None


def _follows_its_subject(g: Grammar, verb: int) -> bool:
    """`The colonel, who had come late, mentioned General Tamm`: with a clause between them."""
    subject = g.child(verb, *_SUBJECTS)
    if subject is None or subject > verb:
        return False
    return any(g.dep[c] in ("relcl", "acl", "appos") for c in g.children[subject])


def _several(g: Grammar, commas: list[int], end: int) -> Tokens | None:
    """`..., two residents and a nurse told`: people joined by "and" after a comma, or more of them.

    The words right before the verb; None where they are not all people.
    """
    if not commas:
        return None
    both = (commas[-1] + 1, end)
    joint = next((t for t in range(*both) if g.tag[t] == "CC"), None)
    if joint is None or g.lemma[joint] not in ("and", "&"):
        return None
    if not (_is_people(g, (both[0], joint)) and _is_people(g, (joint + 1, end))):
        return None
    first = both[0]
    for comma, later in zip(reversed(commas[:-1]), reversed(commas[1:]), strict=True):
        if not _is_people(g, (comma + 1, later)):
            break
        first = comma + 1
    return (first, end)


def _is_people(g: Grammar, words: Tokens) -> bool:
    """Whether words are one phrase for somebody: `a nurse`, `two residents of the town`, a name."""
    first, last = words
    if not 0 < last - first <= NAME or g.tag[first] in ("IN", "CC", "TO", "RB"):
        return False
    if any(g.tag[t] in FINITE or g.tag[t] in ("CC", "VBN", "VB", "VBG") for t in range(*words)):
        return False
    head = _head(g, words)
    return head is not None and (g.lemma[head] in _callings() or g.entity[head] == "PERSON")


def _first_head(g: Grammar, words: Tokens) -> int:
    """The head of the first of several people."""
    first, last = words
    end = next(t for t in range(first, last) if g.word[t] == "," or g.tag[t] == "CC")
    head = _head(g, (first, end))
    return end - 1 if head is None else head


def _is_listed(g: Grammar, subject: int) -> bool:
    """Whether the clause before has lost a word to the subject of the verb.

    `after evening prayers, Adu, a nurse, said` is a list with no "and", so that it is none; and
    `they raided Vinn, Adu, a nurse, said` names with Vinn what was raided.
    """
    deps = {g.dep[c] for c in g.children[subject] if c > subject}
    if "conj" in deps:
        return "cc" not in deps
    before = g.left[subject] - 1
    taken = before >= 0 and g.tag[before] in ("VBD", "VBZ", "VBN", "VBG", "VB", "IN")
    return "appos" in deps and g.tag[subject] == "NNP" and taken


def _before(g: Grammar, verb: int, low: int) -> int:
    """The last token before a verb that is neither its helper nor its adverb."""
    token = verb - 1
    while token > low and g.tag[token] in _BEFORE_VERB and g.lemma[token] not in lexicon().verbs:
        token -= 1
    return token


def _commas(g: Grammar, first: int, last: int) -> list[int]:
    """The commas of a stretch, those in brackets or quotations aside."""
    found, depth = [], 0
    for token in range(first, last):
        depth += (g.word[token] in "([") - (g.word[token] in ")]")
        if g.word[token] == "," and depth <= 0 and g.quote[token] < 0:
            found.append(token)
    return found


def _phrase(g: Grammar, words: Tokens) -> Source | None:
    """`residents of the town`, `the Union of Teachers (UT)`, `ministry spokesman Ras Adu`."""
    first, last = words
    tags = g.tag[first:last]
    if not 0 < last - first <= PHRASE or tags[0] in ("CC", "IN", "TO", "RB", "WDT", "WP", "CD"):
        return None
    if any(tag in FINITE or tag in ("CC", "VBN", "VB", "WDT", "WP") for tag in tags):
        return None
    head = _head(g, words)
    if head is None or g.entity[head] in (*_PLACES, "DATE", "TIME"):
        return None
    return Source(head, words, "subject")


def _head(g: Grammar, words: Tokens) -> int | None:
    """The last noun before a preposition or bracket."""
    first, last = words
    end = next((t for t in range(first, last) if g.tag[t] == "IN" or g.word[t] == "("), last)
    if end == first or not g.tag[end - 1].startswith("NN"):
        return None
    return end - 1


def _named(g: Grammar, commas: list[int]) -> Source | None:
    """`Ras Adu, 42, who leads the union,`: a name, and what is added to it, each before a comma."""
    for number in range(2, min(len(commas), ADDED + 2)):
        words = (commas[-number - 1] + 1, commas[-number])
        if _is_name(g, words):
            added = zip(commas[-number:], commas[-number + 1 :], strict=False)
            told = [(one + 1, other) for one, other in added]
            placed = g.entity[words[1] - 1] in (*_PLACES, "FAC")
            if all(_is_added(g, part) for part in told) and not (
                placed and not _is_post(g, told[0])
            ):
                return Source(words[1] - 1, (words[0], commas[-1]), "subject")
            return None
    return None


def _is_name(g: Grammar, words: Tokens) -> bool:
    """Whether words are the name of somebody, a calling or a title before it."""
    first, last = words
    if not 0 < last - first <= NAME:
        return False
    if not all(g.tag[t].startswith(("NN", "JJ")) or g.word[t].islower() for t in range(*words)):
        return False
    if any(g.tag[t] in ("IN", "CC", "TO") or g.tag[t] in FINITE for t in range(*words)):
        return False
    return g.tag[last - 1].startswith("NNP") and g.word[last - 1][0].isupper()


def _is_post(g: Grammar, words: Tokens) -> bool:
    """Whether words begin with an age, or their first noun is for a person: `brother of`."""
    noun = next((t for t in range(*words) if g.tag[t] in ("NN", "NNS")), None)
    return g.tag[words[0]] == "CD" or (noun is not None and g.lemma[noun] in _people())


@cache
def _people() -> frozenset[str]:
    roles = vocabulary.load("roles")
    heads = (*vocabulary.load("posts")["heads"], *vocabulary.load("cues")["source_people"])
    kin = (word for kind in ("kin", "people") for words in roles[kind].values() for word in words)
    return frozenset((*heads, *roles["roles"], *kin))


@cache
def _callings() -> frozenset[str]:
    """Nouns for people by what they are or work as: `a nurse`, `two miners`."""
    works = (word for words in vocabulary.load("occupations").values() for word in words)
    return _people().union(works)


def _is_added(g: Grammar, words: Tokens) -> bool:
    """Whether words say who somebody is: an age, a calling, a post, a home, a relative."""
    first, last = words
    if not 0 < last - first <= PHRASE:
        return False
    if g.tag[first] == "CD":
        return last - first <= 3
    tags = g.tag[first:last]
    if any(tag in FINITE for tag in tags) and tags[0] != "WP":
        return False
    starts = tags[0] in ("DT", "PRP$", "JJ", "WP") or g.word[first].islower()
    return starts and any(tag.startswith("NN") for tag in tags)

"""Readings that no reader would take: words that nobody said, or that say nothing."""

from __future__ import annotations

from onrecord.claims.candidate import Candidate
from onrecord.claims.denied import has_no
from onrecord.claims.grammar import FINITE, Grammar
from onrecord.claims.lexicon import lexicon
from onrecord.claims.wording import words
from onrecord.model import EntityType

_ENCLOSING = frozenset({"after", "before", "during", "since", "until"})
_DATING = frozenset({"on", "in", "at", "by", "from"})
_NEAR = 4
"""Words after a cue among which a colon shows that it leads on."""
_TIMES = ("DATE", "TIME")
_POINTING = ("PRP", "PRP$", "EX", "WDT", "WP")
_BELOW = ("xcomp", "ccomp", "advcl", "acl", "relcl", "conj")
_UP = 3
"""Steps up the tree from a wanted deed to the verb that wants it."""


def has_sense(g: Grammar, candidate: Candidate) -> bool:
    """Whether a reading could be what somebody said, by its cue and the words it takes."""
    if candidate.quotes:
        return not _leads_on(g, candidate)
    return not (
        _is_wanted(g, candidate.cue)
        or _is_bodily(g, candidate)
        or _is_time(g, candidate)
        or _is_description(g, candidate)
        or _only_points(g, candidate)
        or _is_no_answer(g, candidate)
        or _is_awaited(g, candidate)
        or _is_headed(g, candidate)
        or _stays_unnamed(g, candidate)
        or _is_before_quotation(g, candidate)
        or _is_not_there(g, candidate)
        or _begins_with_hearer(g, candidate)
    )


def _leads_on(g: Grammar, candidate: Candidate) -> bool:
    """`“Kneel, or we shoot.” She went on: ...`: what follows is hers, not what another said."""
    cue = candidate.words[1]
    before = g.quotations[candidate.quotes[-1]]
    if not before.closed or candidate.content[-1][1] > candidate.cue:
        return False
    colon = next((t for t in range(cue, min(cue + _NEAR, len(g))) if g.word[t] == ":"), None)
    return (
        colon is not None
        and g.sentence[colon] == g.sentence[candidate.cue]
        and (g.text[before.end - 1] in ".!?")
    )


def can_say(g: Grammar, candidate: Candidate, kind: EntityType | None) -> bool:
    """Whether a source of this kind says it: `Syria: ten killed` is no word of Syria's."""
    if kind != "Place":
        return True
    return candidate.construction[:5] != "label" and (
        g.lemma[candidate.cue] not in lexicon().undergoing
    )


def _is_no_answer(g: Grammar, candidate: Candidate) -> bool:
    """`did not answer calls`: nobody was reached."""
    thing = g.child(candidate.cue, "dobj")
    answered = g.lemma[candidate.cue] in ("answer", "return", "respond", "take")
    return answered and thing is not None and g.lemma[thing] in lexicon().callings


def _is_awaited(g: Grammar, candidate: Candidate) -> bool:
    """`A delegation is expected in Orla`: it is to come; nobody is said to think so."""
    if g.lemma[candidate.cue] != "expect" or candidate.source.head is not None:
        return False
    passive = candidate.construction.startswith("passive")
    return passive and g.child(candidate.cue, "xcomp", "ccomp", "oprd") is None


def _is_headed(g: Grammar, candidate: Candidate) -> bool:
    """`What we know about the shooting`: a headline, and no word of what is known."""
    if g.lemma[candidate.cue] != "know" or candidate.source.head is None:
        return False
    first = g.sentence_of(candidate.cue)[0]
    ours = g.word[candidate.source.head].lower() == "we"
    return ours and g.word[first].lower() == "what" and candidate.source.head == first + 1


def _stays_unnamed(g: Grammar, candidate: Candidate) -> bool:
    """`asked not to be named`, `requested anonymity`: how a source is kept, and no word of it."""
    if g.lemma[candidate.cue] not in words().wishing:
        return False
    first, last = g.characters(candidate.content[0])
    return words().unnamed.match(g.text, first, last) is not None


def _is_before_quotation(g: Grammar, candidate: Candidate) -> bool:
    """`told reporters outside the court: “We saw it”`: the hearers are no part of what is told."""
    cue, first = candidate.cue, candidate.content[0][0]
    if g.lemma[cue] not in lexicon().addressing or not cue < first:
        return False
    end = candidate.content[-1][1]
    colon = next((t for t in range(first, end - 1) if g.word[t] == ":"), None)
    if colon is None or g.quote[colon] >= 0:
        return False
    opened = any(g.quote[t] >= 0 for t in range(colon + 1, min(colon + 3, end)))
    return opened and not any(g.tag[t] in FINITE for t in range(cue + 1, colon))


def _begins_with_hearer(g: Grammar, candidate: Candidate) -> bool:
    """`told the court that he fled`: a reading that takes in the court with what it was told."""
    cue, first = candidate.cue, candidate.content[0][0]
    if g.lemma[cue] not in lexicon().addressing or first != cue + 1:
        return False
    if not candidate.construction.startswith(("object", "rest")):
        return False
    told = next((c for c in g.children[cue] if c > cue and g.dep[c] == "ccomp"), None)
    that = None if told is None else g.left[told]
    return that is not None and first < that and g.word[that].lower() == "that"


def _is_not_there(g: Grammar, candidate: Candidate) -> bool:
    """`found no evidence that they fired`: what there is no evidence of is not told without it."""
    name = candidate.construction
    if name.startswith("noun_clause"):
        thing: int | None = candidate.cue
    elif name.startswith("clause_of_object"):
        thing = g.child(candidate.cue, "dobj")
    else:
        return False
    return thing is not None and has_no(g, thing)


def _is_wanted(g: Grammar, cue: int) -> bool:
    """`urged the office to admit that`: what somebody else is to say, who has not said it."""
    if not any(g.word[c].lower() == "to" and g.dep[c] == "aux" for c in g.children[cue]):
        return False
    if _is_made(g, cue) or any(g.word[c].lower() == "for" for c in g.children[cue]):
        return True
    token = cue
    for _ in range(_UP):
        if g.dep[token] not in (*_BELOW, "pobj", "prep", "dobj"):
            return False
        token = g.head[token]
        if words().kind.get(g.lemma[token]) == "demand":
            return True
    return False


def _is_made(g: Grammar, cue: int) -> bool:
    """`Was forced to confess`, `tried to get her to admit it`: they may have said so, and may not.

    What somebody is made to say is not laid to them.
    """
    verb = g.head[cue]
    if g.dep[cue] not in ("xcomp", "ccomp") or g.lemma[verb] not in words().coercing:
        return False
    made = g.child(cue, "nsubj"), g.child(verb, "dobj", "auxpass")
    return any(one is not None and one < cue for one in made)


def _is_bodily(g: Grammar, candidate: Candidate) -> bool:
    """`Held villagers hostage`, `seized by officers`: a deed, and no word of who does it.

    Not `held that they were guilty`, `took issue with the report`.
    """
    if g.lemma[candidate.cue] not in words().bodily:
        return False
    thing = g.child(candidate.cue, "dobj")
    if thing is not None and g.lemma[thing] in (lexicon().nouns | words().voiced):
        return False
    first, last = candidate.content[0]
    clause = candidate.construction.startswith(("clause", "inserted", "sentence"))
    return not clause or all(g.tag[t] not in FINITE for t in range(first, last))


def _is_time(g: Grammar, candidate: Candidate) -> bool:
    """`said on Tuesday, after the rain`, `a letter of 5 March`: when, and nothing of what."""
    name, first = candidate.construction, candidate.content[0][0]
    if name.startswith("noun_"):
        return _all_time(g, candidate)
    if name.startswith("preposition"):
        return _dates(g, first - 1, first)
    return name.startswith("rest") and g.dep[first] == "prep" and _dates(g, first, first + 1)


def _dates(g: Grammar, before: int, first: int) -> bool:
    """Whether a preposition, with the word after it, tells when."""
    if before < 0 or first >= len(g):
        return False
    dated = g.lemma[before] in _DATING and g.entity[first] in _TIMES
    return dated or g.lemma[before] in _ENCLOSING


def _all_time(g: Grammar, candidate: Candidate) -> bool:
    return all(
        g.entity[token] in _TIMES or g.tag[token] in ("IN", "DT")
        for part in candidate.content
        for token in range(*part)
    )


def _is_description(g: Grammar, candidate: Candidate) -> bool:
    """A clause that tells which thing is meant, or what somebody else's is about; not what is said.

    `condemned the threat that was made`, `sent Vash, who leads it`, `welcomed Adu's vow to leave`.
    """
    first = candidate.content[0][0]
    if not candidate.construction.startswith(("clause_of_object", "noun_clause")):
        return False
    if g.tag[first] in ("WDT", "WP") and g.dep[first] in ("nsubj", "nsubjpass"):
        return True
    if candidate.construction.startswith("noun_clause"):
        return False
    thing = g.child(candidate.cue, "dobj")
    owner = None if thing is None or thing > first else g.child(thing, "poss")
    return owner is not None and g.tag[owner] != "PRP$"


def _only_points(g: Grammar, candidate: Candidate) -> bool:
    """`counted them`: one word that names nothing by itself."""
    return candidate.length == 1 and g.tag[candidate.content[0][0]] in _POINTING

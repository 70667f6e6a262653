"""What a cue may have as its content, by grammatical construction."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.claims.grammar import Grammar, Tokens
from onrecord.claims.source import first_passive

Reading = tuple[str, tuple[Tokens, ...]]
"""The name of a construction and the stretches of tokens it takes for the content."""

_OBJECTS = ("dobj", "attr", "oprd", "dative")
_DENYING = frozenset({"deny", "dispute", "reject", "refute"})
_TAIL = ("prep", "xcomp", "advcl", "acomp", "oprd", "npadvmod", "ccomp", "dative", "conj", "acl")


def readings_of_verb(g: Grammar, verb: int) -> Iterator[Reading]:
    """Every content a verb cue may have by the grammar; the caller chooses."""
    yield from _clauses(g, verb)
    yield from _objects(g, verb)
    yield from _denied_before(g, verb)
    yield from _prepositions(g, verb)
    yield from _inserted(g, verb)
    yield from _passive(g, verb)
    yield from _rest(g, verb)


def _clauses(g: Grammar, verb: int) -> Iterator[Reading]:
    for child in g.children[verb]:
        dep = g.dep[child]
        if dep == "ccomp":
            first, last = g.subtree(child)
            if child > verb:
                yield "clause", ((max(first, verb + 1), last),)
                if g.right[verb] + 1 > last:
                    yield "clause_rest", ((max(first, verb + 1), g.right[verb] + 1),)
            else:
                yield "clause_before", ((first, min(last, verb)),)
                yield "sentence_before", ((g.sentence_of(verb)[0], min(last, verb)),)
        elif dep == "xcomp" and child > verb:
            yield "infinitive", ((max(g.left[child], verb + 1), g.right[child] + 1),)
        elif dep == "acomp" and child > verb:
            yield from _adjective(g, child)


def _adjective(g: Grammar, adjective: int) -> Iterator[Reading]:
    for child in g.children[adjective]:
        if child > adjective and g.dep[child] in ("ccomp", "xcomp"):
            yield "adjective_clause", (g.subtree(child),)
        elif child > adjective and g.dep[child] == "prep" and g.right[child] > child:
            yield "adjective_of", ((child + 1, g.right[child] + 1),)


def _objects(g: Grammar, verb: int) -> Iterator[Reading]:
    children = [c for c in g.children[verb] if c > verb]
    thing = next((c for c in children if g.dep[c] in _OBJECTS), None)
    if thing is None:
        return
    first, last = g.subtree(thing)
    first = max(first, verb + 1)
    yield "object", ((first, last),)
    tail = [c for c in children if c > thing and g.dep[c] in _TAIL]
    for number, child in enumerate(tail[:2]):
        yield f"object_{_label(g, child)}{number}", ((first, g.right[child] + 1),)
    for child in tail[:2]:
        if g.dep[child] in ("xcomp", "ccomp"):
            yield "object_infinitive", ((g.left[child], g.right[child] + 1),)
    yield from _within_object(g, thing)


def _denied_before(g: Grammar, verb: int) -> Iterator[Reading]:
    """`Held over claims, which they deny, of spying`: what is denied stands before the clause."""
    thing = g.head[verb]
    if g.lemma[verb] not in _DENYING or g.dep[verb] != "relcl" or thing >= g.left[verb]:
        return
    subject, object_ = g.child(verb, "nsubj"), g.child(verb, "dobj")
    if subject is None or (object_ is not None and g.tag[object_] not in ("WDT", "WP")):
        return
    parts = without(g.subtree(thing), g.subtree(verb))
    yield "object_relative", parts


def _label(g: Grammar, child: int) -> str:
    if g.dep[child] != "prep":
        return g.dep[child]
    return g.lemma[child] if g.lemma[child] in ("of", "as", "for", "to") else "prep"


def _within_object(g: Grammar, thing: int) -> Iterator[Reading]:
    """`raised concerns over X`, `made the claim that`, `issued a call to`."""
    for child in g.children[thing]:
        if child < thing or g.right[child] <= child:
            continue
        if g.dep[child] == "prep":
            yield "of_object", ((child + 1, g.right[child] + 1),)
        elif g.dep[child] in ("acl", "ccomp", "relcl"):
            yield "clause_of_object", (g.subtree(child),)


def _prepositions(g: Grammar, verb: int) -> Iterator[Reading]:
    for child in g.children[verb]:
        if child < verb or g.dep[child] not in ("prep", "agent") or g.right[child] <= child:
            continue
        if g.lemma[child] == "as":
            yield "as", ((child, g.right[child] + 1),)
        else:
            yield "preposition", ((child + 1, g.right[child] + 1),)
        later = [
            c for c in g.children[verb] if c > child and g.dep[c] in ("xcomp", "advcl", "ccomp")
        ]
        if later:
            yield "preposition_clause", ((child + 1, g.right[later[0]] + 1),)
            yield "infinitive_after", ((g.left[later[0]], g.right[later[0]] + 1),)
        thing = g.child(child, "pobj")
        later = (
            [] if thing is None else [c for c in g.children[thing] if g.dep[c] in ("acl", "relcl")]
        )
        if later:
            yield "infinitive_after", ((g.left[later[0]], g.right[later[0]] + 1),)


def _inserted(g: Grammar, verb: int) -> Iterator[Reading]:
    """`X, he noted, is Y`; `as he noted, X is Y`: the clause above without the cue's own."""
    above = g.head[verb]
    if above == verb or g.dep[verb] not in ("parataxis", "advcl", "ccomp"):
        return
    own = g.subtree(verb)
    name = "inserted_as" if any(g.lemma[c] == "as" for c in g.children[verb]) else "inserted"
    if name == "inserted" and g.dep[verb] == "advcl":
        return
    yield name, without(g.subtree(above), own)
    yield f"{name}_sentence", without(g.sentence_of(verb), own)


CUT = ("relcl", "advcl", "acl", "appos", "npadvmod", "prep", "parataxis", "advmod")
"""How what is only added to a content may hang on it."""


def cut(g: Grammar, part: Tokens) -> Iterator[tuple[str, Tokens]]:
    """A stretch without what is added to its end: after its last comma or dash, or in a phrase.

    `it would give, down from last year`: annotators and readers alike differ where what is said
    ends and the reporter's own words begin.
    """
    first, last = part
    marks = [t for t in range(first + 2, last - 1) if g.word[t] in _MARKS and g.quote[t] < 0]
    for name, mark in (("first", marks[0]), ("last", marks[-1])) if marks else ():
        if name == "last" and len(marks) == 1:
            continue
        tail = mark + 1
        if _is_added(g, (first, mark), (tail, last)):
            yield f"cut_{name}", (first, mark)
    end = g.head_of((first, last))
    later = [c for c in g.children[end] if c > end and g.right[c] == last - 1]
    if later and g.dep[later[0]] in ("prep", "advcl", "npadvmod") and later[0] - first > 2:
        low = g.left[later[0]]
        if low - first > 2 and g.word[low - 1] not in _MARKS:
            yield "cut_phrase", (first, low)


_MARKS = (",", "--", "—", "–", ";", "(")


def _is_added(g: Grammar, kept: Tokens, tail: Tokens) -> bool:
    """Whether every top of the tail hangs on what is kept as an addition."""
    tops = [
        t
        for t in range(*tail)
        if not tail[0] <= g.head[t] < tail[1] and g.dep[t] not in ("punct", "cc")
    ]
    return bool(tops) and all(g.dep[t] in CUT and kept[0] <= g.head[t] < kept[1] for t in tops)


def without(whole: Tokens, hole: Tokens) -> tuple[Tokens, ...]:
    """The stretches of `whole` that lie outside `hole`."""
    parts = ((whole[0], min(whole[1], hole[0])), (max(whole[0], hole[1]), whole[1]))
    return tuple((first, last) for first, last in parts if first < last)


def _passive(g: Grammar, verb: int) -> Iterator[Reading]:
    """`X is said to be Y`, `X was accused of Y`: the subject belongs to what is said."""
    subject = g.child(verb, "nsubjpass")
    if subject is None:
        first = first_passive(g, verb)
        subject = None if first is None else g.child(first, "nsubjpass")
    if subject is None:
        return
    yield "passive_subject", (g.subtree(subject),)
    for child in g.children[verb]:
        if (
            child > verb
            and g.dep[child] in ("xcomp", "prep", "oprd", "ccomp")
            and g.right[child] > child
        ):
            yield "passive_whole", (g.subtree(subject), (g.left[child], g.right[child] + 1))


def _rest(g: Grammar, verb: int) -> Iterator[Reading]:
    """All that follows, for where the parser lost the clause."""
    last = g.right[verb] + 1
    if last > verb + 1:
        yield "rest", ((verb + 1, last),)
    end = g.sentence_of(verb)[1]
    if end > last:
        yield "rest_of_sentence", ((verb + 1, end),)
    first = g.sentence_of(verb)[0]
    if first < verb and g.dep[verb] in ("ROOT", "ccomp", "conj") and end - verb < 12:
        subject = g.child(verb, "nsubj")
        edge = verb if subject is None or subject > verb else g.left[subject]
        if edge > first:
            yield "all_before", ((first, edge),)

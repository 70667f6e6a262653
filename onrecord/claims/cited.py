"""Whom a speaker cites for all that is said: `Reuters reported, citing two doctors, that ...`

Then the words go back to the doctors, and the agency passes them on.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from onrecord.claims.candidate import Candidate
from onrecord.claims.grammar import Grammar, Tokens, main_verb
from onrecord.claims.lexicon import lexicon
from onrecord.claims.source import noun_phrase, source_of_verb, trimmed
from onrecord.model import Claim

CITING = ("citing", "quoting")
SAYING = ("saying", "telling", "stating")
_ENDS = ("VBD", "VBZ", "VBP", "MD")
_LEADING = 3
"""Most words of a content before "according to", where that speaks for all of it."""


def cited_words(g: Grammar, candidate: Candidate) -> tuple[int, Tokens] | None:
    """The head and the words of whom the speaker of a claim cites for it; None where nobody."""
    for find in (_participle, _according, _quoted, _told_of):
        found = find(g, candidate)
        if found is not None:
            return found
    return None


def citing(g: Grammar, candidate: Candidate) -> int | None:
    """The "citing" or "quoting" that stands beside a cue, outside what is said."""
    low, high = g.sentence_of(candidate.cue)
    start = candidate.source.words[0] if candidate.source.words else candidate.cue
    before = range(max(low, start), candidate.cue)
    after = range(candidate.words[1], min(high, candidate.words[1] + 2))
    for token in chain(before, after, _after_content(candidate, high)):
        if g.word[token].lower() in CITING and g.quote[token] < 0:
            return token
    return None


def _after_content(candidate: Candidate, high: int) -> range:
    """`said that ..., citing two doctors`: what stands right after the end of what is said."""
    last = candidate.content[-1][1]
    return range(last, min(high, last + 2)) if last > candidate.cue else range(0)


def _participle(g: Grammar, candidate: Candidate) -> tuple[int, Tokens] | None:
    token = citing(g, candidate)
    if token is None or token + 1 >= g.sentence_of(token)[1]:
        return None
    return phrase_after(g, token + 1, candidate.words[0] if candidate.cue > token else None)


def phrase_after(g: Grammar, first: int, until: int | None = None) -> tuple[int, Tokens] | None:
    """The head and words of the noun phrase that begins at a token, with what is added to it.

    It ends before the verb `until`, else with the descriptions between commas after a name.
    """
    high = g.sentence_of(first)[1]
    stop = until or next((t for t in range(first, high) if g.tag[t] in _ENDS), high)
    end = next((t for t in range(first, stop) if g.word[t] in _PUNCTUATION), stop)
    head = next((t for t in range(first, end) if g.tag[t] == "IN"), end) - 1
    if head < first or not g.tag[head].startswith("NN"):
        return None
    last = g.right[head] + 1 if until is None and g.left[head] >= first else stop
    return head, trimmed(g, (first, max(end, min(last, stop))))


_PUNCTUATION = (",", ";", ":", ".", "—", "–", "--", "(")


def _according(g: Grammar, candidate: Candidate) -> tuple[int, Tokens] | None:
    """`said that, according to neighbours, ...`: at the head of all that is said."""
    first, last = candidate.content[0]
    if not _is_one_sentence(g, candidate):
        return None
    for token in range(first, min(first + _LEADING, last - 2)):
        if g.word[token].lower() == "according" and g.lemma[token + 1] == "to":
            name = g.child(token + 1, "pobj")
            return None if name is None else (name, noun_phrase(g, name, token))
        if g.word[token] != "," and g.tag[token] not in ("IN", "DT", "''", "``"):
            return None
    return None


def _quoted(g: Grammar, candidate: Candidate) -> tuple[int, Tokens] | None:
    """`quoted a doctor as saying that ...`."""
    if g.lemma[candidate.cue] not in ("quote", "cite"):
        return None
    thing = g.child(candidate.cue, "dobj")
    if thing is None:
        return None
    end = g.right[thing] + 1
    after = next((t for t in range(thing, min(end + 2, len(g))) if g.lemma[t] == "as"), None)
    if after is None or after + 1 >= len(g) or g.word[after + 1].lower() not in SAYING:
        return None
    return thing, trimmed(g, (g.left[thing], after))


def _told_of(g: Grammar, candidate: Candidate) -> tuple[int, Tokens] | None:
    """`The bishop said villagers had told of it`: all that is told is what others told.

    Not where the speaker denies it, or adds to it what others did not say.
    """
    telling = lexicon().telling
    if g.lemma[candidate.cue] not in telling or _is_negated(g, candidate.cue):
        return None
    if candidate.quotes or not _is_one_sentence(g, candidate):
        return None
    verb = main_verb(g, candidate.content)
    if verb == candidate.cue or g.lemma[verb] not in telling or _is_negated(g, verb):
        return None
    told = any(c > verb and g.dep[c] == "ccomp" for c in g.children[verb])
    more = any(g.dep[c] == "conj" and g.child(c, "nsubj") is not None for c in g.children[verb])
    if not told or more or any(g.tag[c] in ("MD", "TO") for c in g.children[verb]):
        return None
    source = source_of_verb(g, verb)
    first, last = candidate.content[0][0], candidate.content[-1][1]
    if source.head is None or source.words is None or not first <= source.head < last:
        return None
    return source.head, source.words


def _is_one_sentence(g: Grammar, candidate: Candidate) -> bool:
    return g.sentence[candidate.content[0][0]] == g.sentence[candidate.content[-1][1] - 1]


def _is_negated(g: Grammar, verb: int) -> bool:
    return any(g.dep[c] == "neg" for c in g.children[verb])


def without_cited(claims: Sequence[Claim], text: str) -> list[Claim]:
    """The claims but for "citing two doctors", where the doctors are whom another claim cites."""
    cited = [s.span for c in claims for s in c.attribution if s.level == "cited" and s.span]
    return [
        claim
        for claim in claims
        if claim.cue is None
        or text[slice(*claim.cue)].lower() not in CITING
        or not any(a <= claim.content[0][0] < b for a, b in cited)
    ]

"""Passives whose agent took in what is said: `accused by residents of burning three houses`.

The parser hangs what follows "by" on the agent; the verb says whose it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.claims.candidate import Candidate, Source
from onrecord.claims.grammar import Grammar, Tokens
from onrecord.claims.lexicon import Lexicon
from onrecord.claims.source import noun_phrase, trimmed

_ACCUSING = frozenset({"accuse", "suspect"})


def of_agents(g: Grammar, verb: int, words: Tokens, lexicon: Lexicon) -> Iterator[Candidate]:
    """The readings of a passive that give the agent its noun alone and the verb the rest."""
    by = g.child(verb, "agent")
    agent = None if by is None else g.child(by, "pobj")
    subject = g.child(verb, "nsubjpass")
    if agent is None or subject is None:
        return
    first, last = trimmed(g, noun_phrase(g, agent, verb))
    if g.lemma[verb] in _ACCUSING:
        of = next((t for t in range(agent + 1, last) if _is_charge(g, t, agent)), None)
        if of is not None:
            source = Source(agent, (first, of), "agent")
            parts = (g.subtree(subject), trimmed(g, (of, last)))
            yield Candidate(verb, words, "passive_whole", source, parts)
    elif g.lemma[verb] in lexicon.addressing:
        that = next((t for t in range(agent + 1, last) if _is_clause(g, t, agent)), None)
        if that is not None:
            source = Source(agent, (first, that), "agent")
            yield Candidate(verb, words, "clause", source, (trimmed(g, (that, last)),))


def _is_charge(g: Grammar, token: int, agent: int) -> bool:
    """`by residents of burning`, `by rights groups of murder`; not `by the head of the union`."""
    if g.lemma[token] != "of" or g.head[token] != agent:
        return False
    thing = g.child(token, "pobj")
    if thing is None:
        return g.child(token, "pcomp") is not None
    return not g.entity[thing] and g.tag[agent] != "NN"


def _is_clause(g: Grammar, token: int, agent: int) -> bool:
    """A "that" which opens a clause with a subject of its own, hung on the agent."""
    verb = g.head[token]
    own = g.dep[token] == "mark" and g.head[verb] == agent
    return own and g.lemma[token] == "that" and g.child(verb, "nsubj", "nsubjpass") is not None

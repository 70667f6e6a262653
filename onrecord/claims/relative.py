"""A relative clause with a source of its own: `the mill, which, according to her, is shut`.

Only that clause is hers. What stands around it is the reporter's, or another's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.claims.candidate import Candidate
from onrecord.claims.grammar import Grammar, Tokens
from onrecord.claims.source import trimmed

_INSERTED = ("according", "inserted")
_PRONOUNS = ("WDT", "WP", "WP$", "WRB")
_UP = 4
"""Steps up the tree from a relative pronoun to the verb of its clause."""


def own_clauses(g: Grammar, candidates: Sequence[Candidate]) -> dict[int, Tokens]:
    """By cue: the relative clause that it is put into, between commas right after the pronoun."""
    found = {}
    for candidate in candidates:
        if candidate.construction.startswith(_INSERTED) and candidate.cue not in found:
            clause = _clause_of(g, candidate)
            if clause is not None:
                found[candidate.cue] = clause
    return found


def _clause_of(g: Grammar, candidate: Candidate) -> Tokens | None:
    words = candidate.source.words
    if candidate.quotes or words is None:
        return None
    first = min(words[0], candidate.words[0])
    if first < 2 or g.word[first - 1] != "," or g.tag[first - 2] not in _PRONOUNS:
        return None
    verb = first - 2
    for _ in range(_UP):
        if g.dep[verb] == "relcl":
            break
        verb = g.head[verb]
    clause = g.subtree(verb)
    told = g.dep[verb] == "relcl" and g.head[verb] < clause[0] <= first - 2
    return clause if told and clause[1] > max(words[1], candidate.words[1]) else None


def within_clause(g: Grammar, candidate: Candidate, clause: Tokens) -> Candidate | None:
    """A reading kept to its clause and the noun that the clause is about; None where none is."""
    if candidate.quotes or not candidate.construction.startswith(_INSERTED):
        return None
    low = min(clause[0], g.left[g.head[g.head_of(clause)]])
    parts = [(max(a, low), min(b, clause[1])) for a, b in candidate.content]
    content = tuple(trimmed(g, part) for part in parts if part[0] < part[1])
    return replace(candidate, content=content) if content else None


def before_clauses(g: Grammar, candidate: Candidate, clauses: Mapping[int, Tokens]) -> Candidate:
    """A reading from outside that ends in or with a clause of another's, ended before it."""
    first, last = candidate.content[-1]
    for start, end in clauses.values():
        outside = not start <= candidate.cue < end
        if outside and not candidate.quotes and first + 1 < start < last <= end + 1:
            content = (*candidate.content[:-1], trimmed(g, (first, start)))
            return replace(candidate, content=content)
    return candidate

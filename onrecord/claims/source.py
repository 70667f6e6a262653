"""Whose words they are: the source of a cue, from the grammar around it."""

from __future__ import annotations

from dataclasses import replace

from onrecord.claims.candidate import Source
from onrecord.claims.grammar import Grammar, Tokens
from onrecord.claims.lexicon import lexicon
from onrecord.claims.postponed import closing, postponed

NOBODY = Source(None, None, "none")
_SUBJECTS = ("nsubj", "csubj")
_PASSIVE = ("nsubjpass", "csubjpass")
_NOMINAL = ("NN", "PRP", "WP", "WD", "DT", "CD")
_LONG = 12
"""Most words of a phrase that may have lost its beginning."""
_WITHIN = frozenset(("of", "for", "the", "and"))
_FULL_STOP = frozenset('.!?"”\n')
_UP = 6
"""Steps up the tree in search of a subject that a clause shares with the one above."""


def source_of_verb(g: Grammar, verb: int) -> Source:
    """The source of a verb cue: its subject, its agent, or the subject it shares."""
    later = None if is_passive(g, verb) else closing(g, verb) or postponed(g, verb)
    if later is not None:
        return later
    subject = g.child(verb, *_SUBJECTS)
    if subject is not None:
        if _is_expletive(g, verb, subject):
            return NOBODY
        how = "relative" if g.tag[subject] in ("WP", "WDT") else "subject"
        return _source(g, subject, how, verb)
    if is_passive(g, verb):
        return _agent(g, verb)
    found = _inverted(g, verb) or _of_a_text(g, verb) or _inherited(g, verb)
    return _adjacent(g, verb) if found is NOBODY else found


def source_of_adjective(g: Grammar, adjective: int) -> Source:
    """Who is said to be worried, sure or unhappy; nobody where no words name one."""
    above = g.head[adjective]
    if g.dep[adjective] in ("acomp", "oprd", "conj", "attr") and g.tag[above].startswith("VB"):
        return source_of_verb(g, above)
    if g.dep[adjective] == "conj" and above != adjective:
        return source_of_adjective(g, above) if g.tag[above].startswith("JJ") else NOBODY
    if g.dep[adjective] in ("acl", "relcl", "amod") and above < adjective:
        return _source(g, above, "modified", adjective)
    subject = g.child(adjective, *_SUBJECTS, *_PASSIVE)
    return NOBODY if subject is None else _source(g, subject, "subject", adjective)


def without_clause(g: Grammar, source: Source) -> Source | None:
    """The source without a clause or participle added to it after a comma; None where it has none.

    `Adu, who fled,` and `Adu` name the same; which of them stands is left to be chosen.
    """
    if source.head is None or source.words is None:
        return None
    first, last = source.words
    for child in g.children[source.head]:
        if source.head < child < last and g.dep[child] in ("relcl", "acl"):
            edge = g.left[child]
            if first < edge < last:
                words = trimmed(g, (first, edge))
                return replace(source, words=words, how=f"{source.how}_short")
    return None


def _is_expletive(g: Grammar, verb: int, subject: int) -> bool:
    """`it seems that`, `it is clear that`: nobody says so."""
    return g.word[subject].lower() == "it" and (
        g.lemma[verb] in ("be", "seem", "appear", "turn", "become") or is_passive(g, verb)
    )


def is_passive(g: Grammar, verb: int) -> bool:
    """Whether the verb stands in the passive."""
    if any(g.dep[c] in ("nsubjpass", "auxpass") for c in g.children[verb]):
        return True
    if first_passive(g, verb) is not None or _is_judged(g, verb):
        return True
    by = g.child(verb, "agent")
    if by is not None:
        return not _is_means(g, by)
    participle = g.tag[verb] == "VBN" and g.dep[verb] in ("acl", "advcl") and not _has_aux(g, verb)
    return participle and _finite_verb_near(g, verb)


def first_passive(g: Grammar, verb: int) -> int | None:
    """The verb whose "was" a participle shares: `Adu was held and charged`; None where none is."""
    token = verb
    while g.dep[token] == "conj" and g.tag[token] == "VBN" and not _has_own_voice(g, token):
        token = g.head[token]
        if g.child(token, "auxpass") is not None:
            return token
    return None


def _is_judged(g: Grammar, verb: int) -> bool:
    """`Adu found guilty of theft`: a headline leaves out that he was."""
    guilty = any(g.word[c].lower() == "guilty" for c in g.children[verb])
    return g.lemma[verb] == "find" and guilty and g.child(verb, "dobj", "ccomp") is None


def _has_own_voice(g: Grammar, verb: int) -> bool:
    return g.child(verb, "aux", "nsubj", "dobj") is not None


def _is_means(g: Grammar, by: int) -> bool:
    """`said by telephone`: how it was said, not by whom."""
    thing = g.child(by, "pobj")
    return thing is not None and g.lemma[thing] in lexicon().means


def _finite_verb_near(g: Grammar, verb: int) -> bool:
    """Without another finite verb, `the miners called on them` is no noun with a participle."""
    return any(g.tag[t] in ("VBD", "VBZ", "VBP", "MD") for t in range(*g.sentence_of(verb)))


def _has_aux(g: Grammar, verb: int) -> bool:
    return any(g.dep[c] == "aux" for c in g.children[verb])


def _agent(g: Grammar, verb: int) -> Source:
    by = g.child(verb, "agent")
    pobj = None if by is None else g.child(by, "pobj")
    if pobj is None:
        pobj = _agent_of_as(g, verb)
    return NOBODY if pobj is None else _source(g, pobj, "agent", verb)


def _agent_of_as(g: Grammar, verb: int) -> int | None:
    """`were named as Adu and Vash by the police`, where the parser hangs "by" on the names."""
    end = g.sentence_of(verb)[1]
    after = next((c for c in g.children[verb] if c > verb and g.lemma[c] == "as"), None)
    by = next((t for t in range(end - 1, verb, -1) if g.word[t].lower() == "by"), None)
    if (
        after is None
        or by is None
        or by < after
        or not _FULL_STOP.issuperset(g.word[g.right[by] + 1 : end])
    ):
        return None
    return g.child(by, "pobj")


def _inverted(g: Grammar, verb: int) -> Source | None:
    """`“...,” said the minister`: the parser may take the noun for an object."""
    before = verb - 1
    while before >= 0 and g.word[before] in ('"', "”", "'", ",", "''"):
        before -= 1
    at_quote = before < verb - 1 and g.quote[before] >= 0
    if not at_quote:
        return None
    after = next((c for c in g.children[verb] if c > verb and g.dep[c] in ("dobj", "attr")), None)
    after = _torn(g, verb) if after is None else after
    return None if after is None else _source(g, after, "inverted", verb)


def _of_a_text(g: Grammar, verb: int) -> Source | None:
    """`made her read out a letter claiming that she is well`: the letter says so, not she."""
    before = verb - 1
    told = before >= 0 and g.tag[before] in ("NN", "NNS") and g.lemma[before] in lexicon().papers
    return _source(g, before, "modified", verb) if told and g.tag[verb] == "VBG" else None


def _torn(g: Grammar, verb: int) -> int | None:
    """The last noun of the phrase right after a verb, taken for the subject of a clause under it.

    `“...,” said Adu, whose brother Vash was there`: the parser may make one clause of all of it.
    """
    clause = next((c for c in g.children[verb] if g.dep[c] == "ccomp" and c > verb), None)
    if clause is None or g.left[clause] != verb + 1:
        return None
    last = verb + 1
    while last < clause and g.tag[last].startswith(("NN", "DT", "JJ")):
        last += 1
    named = last > verb + 1 and g.tag[last - 1].startswith("NN") and g.word[last] == ","
    return last - 1 if named else None


def _inherited(g: Grammar, verb: int) -> Source:
    token = verb
    for _ in range(_UP):
        above, dep = g.head[token], g.dep[token]
        if above == token:
            break
        if dep in ("pobj", "pcomp") and g.lemma[g.head[above]] in lexicon().charges:
            break  # "held on charges including denying it": who is charged said nothing
        if dep in ("acl", "relcl") and g.tag[above].startswith(_NOMINAL):
            return _source(g, above, "modified", verb)
        controller = _controller(g, token, above)
        if controller is not None:
            return _source(g, controller, "inherited", verb)
        token = above
    return NOBODY


def _adjacent(g: Grammar, verb: int) -> Source:
    """The noun right before a finite verb, where the parser lost the subject."""
    if g.tag[verb] not in ("VBD", "VBZ", "VBP"):
        return NOBODY
    before = verb - 1
    while before >= 0 and g.tag[before] in ("RB", "MD", "VBZ", "VBD", "VBP", ","):
        before -= 1
    if before < 0 or g.sentence[before] != g.sentence[verb]:
        return NOBODY
    if not g.tag[before].startswith(("NN", "PRP")):
        return NOBODY
    head = before
    while g.head[head] != head and g.right[g.head[head]] == before:
        head = g.head[head]
    if not g.tag[head].startswith(_NOMINAL):
        head = before
    return _source(g, head, "adjacent", verb)


def _controller(g: Grammar, token: int, above: int) -> int | None:
    """The subject that the clause at `token` shares with `above`, if it has one to share."""
    if g.dep[token] == "xcomp":
        thing = g.child(above, "dobj")
        if thing is not None and thing < token:
            return thing
    subject = g.child(above, *_SUBJECTS)
    if subject is None:
        subject = g.child(above, *_PASSIVE)
    if subject is not None and g.left[token] <= subject <= g.right[token]:
        return None
    return subject


def _source(g: Grammar, head: int, how: str, cue: int) -> Source:
    return Source(head, noun_phrase(g, head, cue), how)


def noun_phrase(g: Grammar, head: int, cue: int) -> Tokens:
    """The words of a source, with apposition, prepositions and clauses, never across the cue."""
    first, last = g.subtree(head)
    for child in g.children[head]:
        if child > head and g.left[child] <= cue <= g.right[child]:
            last = min(last, g.left[child])
    if first <= cue < last:
        first, last = (first, cue) if head < cue else (cue + 1, last)
    while last - 1 > head and g.tag[last - 1] == "CC":
        last -= 1
    first = _from_bracket(g, first, head)
    return trimmed(g, (_from_comma(g, first, head), last))


def _from_comma(g: Grammar, first: int, head: int) -> int:
    """Where a name begins whose end was read: `..., Union of | Orsa Teachers chairman Adu said`."""
    if first < 2 or g.word[first - 1] not in ("of", "for") or head - first > _LONG:
        return first
    low, token = g.sentence_of(head)[0], first - 1
    while token > low and (g.tag[token - 1].startswith("NNP") or g.word[token - 1] in _WITHIN):
        token -= 1
    begins = token < first - 1 and g.tag[token].startswith("NNP")
    return token if begins and (token == low or g.word[token - 1] == ",") else first


def _from_bracket(g: Grammar, first: int, head: int) -> int:
    """Where a name begins whose short form in brackets the phrase starts with."""
    words = g.word[first:head]
    if ")" not in words or "(" in words[1:]:
        return first
    low = g.sentence_of(head)[0]
    opened = next((t for t in range(first, max(low, first - 8) - 1, -1) if g.word[t] == "("), None)
    if opened is None:
        return first
    while opened > low and g.tag[opened - 1].startswith("NNP"):
        opened -= 1
    return opened


_EDGE = frozenset(
    {",", ".", ";", ":", "-", "--", "–", "—", '"', "“", "”", "''", "``", "'", "(", "\n"}
)


def trimmed(g: Grammar, tokens: Tokens) -> Tokens:
    """Without punctuation and white space at either end (an unmatched bracket counts as such)."""
    first, last = tokens
    while first < last - 1 and (g.word[first] in _EDGE or g.word[first].isspace()):
        first += 1
    while first < last - 1 and (g.word[last - 1] in _EDGE or g.word[last - 1].isspace()):
        last -= 1
    return (first, last)

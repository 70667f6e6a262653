"""Every reading of every cue of a document: generous, for the selector to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.claims.agents import of_agents
from onrecord.claims.candidate import Candidate, Source
from onrecord.claims.clauses import Reading, cut, readings_of_verb, without
from onrecord.claims.grammar import Grammar, Tokens
from onrecord.claims.lexicon import Lexicon, lexicon
from onrecord.claims.nouns import readings_of_noun, source_of_noun
from onrecord.claims.sense import has_sense
from onrecord.claims.source import (
    NOBODY,
    noun_phrase,
    source_of_adjective,
    source_of_verb,
    trimmed,
    without_clause,
)
from onrecord.claims.speech import going_on, pairings, quote_tokens

HEARER = 7
"""Most words of whom something is said to, before "that"."""
_AUXILIARY = ("aux", "auxpass", "neg", "advmod", "prt")


def propose(g: Grammar, lexicon: Lexicon) -> list[Candidate]:
    """Candidates in order of their cues; the same cue may have many."""
    cues = [_is_verb(g, t) and g.lemma[t] in lexicon.verbs for t in range(len(g))]
    sources = {t: source_of_verb(g, t) for t, cue in enumerate(cues) if cue}
    found: list[Candidate] = []
    for token, cue in enumerate(cues):
        if cue:
            found += _of_verb(g, token, sources[token], lexicon)
            found += _raised(g, token, lexicon)
            found += of_agents(g, token, cue_words(g, token), lexicon)
            found += _between_commas(g, token, sources[token])
        elif g.lemma[token] in lexicon.nouns and g.tag[token] in ("NN", "NNS"):
            found += _of_noun(g, token)
        elif g.lemma[token] in lexicon.adjectives and g.tag[token].startswith("JJ"):
            found += _of_adjective(g, token)
        elif g.word[token].lower() == "according":
            sources[token] = NOBODY
            for reading in _according(g, token, sources):
                sources[token] = reading.source
                found.append(reading)
            cues[token] = sources[token] is not NOBODY
    found += list(_with_quotations(g, found))
    found += _of_quotations(g, cues, sources)
    found += list(_cut(g, found))
    found += list(_shorter_sources(g, found))
    found += _labelled(g)
    sound = {candidate for candidate in found if has_sense(g, candidate)}
    return sorted(sound, key=lambda c: (c.cue, c.construction, c.content))


def _of_quotations(g: Grammar, cues: list[bool], sources: dict[int, Source]) -> Iterator[Candidate]:
    for speech in pairings(g, cues):
        content = tuple(quote_tokens(g, q) for q in speech.quotes)
        words, source = cue_words(g, speech.cue), sources[speech.cue]
        yield Candidate(speech.cue, words, speech.name, source, content, speech.quotes)


def _between_commas(g: Grammar, verb: int, source: Source) -> Iterator[Candidate]:
    """`What matters more, he noted, is the rest`, told by the commas where the parser lost it."""
    if source.words is None or source.how not in ("subject", "inverted", "adjacent"):
        return
    words = cue_words(g, verb)
    first, last = min(words[0], source.words[0]), max(words[1], source.words[1])
    low, high = g.sentence_of(verb)
    end = next((t for t in range(last, min(high, last + 9)) if g.word[t] == ","), None)
    if end is None or first - 1 <= low or g.word[first - 1] != ",":
        return
    content = _clean(g, without((low, high), (first - 1, end + 1)), source)
    if len(content) > 1:
        yield Candidate(verb, words, "inserted_commas", source, content)


def _with_quotations(g: Grammar, found: list[Candidate]) -> Iterator[Candidate]:
    """`It was “a mistake,” she said. “We knew.”`: a quotation goes on with what a clause began."""
    for candidate in found:
        if not candidate.construction.startswith(("clause", "inserted", "sentence_before", "rest")):
            continue
        last = max(candidate.cue + 1, candidate.content[-1][1])
        quotes = going_on(g, last)
        if quotes:
            content = (*candidate.content, *(quote_tokens(g, q) for q in quotes))
            yield replace(
                candidate, construction="clause_and_quotes", content=content, quotes=quotes
            )


def _is_verb(g: Grammar, token: int) -> bool:
    auxiliary = g.dep[token] in ("aux", "auxpass")
    return g.tag[token].startswith("VB") and not auxiliary and g.word[token].lower() != "according"


def _raised(g: Grammar, verb: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """`the talks seem to have failed`: nobody is named, the subject belongs to what is thought."""
    subject = g.child(verb, "nsubj") if g.lemma[verb] in lexicon.raising else None
    after = g.child(verb, "xcomp", "oprd", "acomp", "ccomp", "prep")
    if subject is None or after is None or after < verb:
        return
    content = _clean(g, (g.subtree(subject), (g.left[after], g.right[after] + 1)), NOBODY)
    if content and content[-1][0] > verb:
        yield Candidate(verb, cue_words(g, verb), "raised", NOBODY, content)


_CUTTABLE = ("clause", "object", "infinitive", "preposition", "noun_clause", "as", "according")


def _cut(g: Grammar, found: list[Candidate]) -> Iterator[Candidate]:
    """The same readings without what may be added to the end of what is said."""
    for candidate in found:
        if candidate.quotes or not candidate.construction.startswith(_CUTTABLE):
            continue
        part = candidate.content[-1]
        if part[1] - part[0] < 5 or candidate.construction.endswith("_rest"):
            continue
        for name, shorter in cut(g, part):
            yield replace(
                candidate,
                construction=f"{candidate.construction}_{name}",
                content=(*candidate.content[:-1], shorter),
            )


def _shorter_sources(g: Grammar, found: list[Candidate]) -> Iterator[Candidate]:
    """The same readings with a source that leaves out a clause added to it: `Adu, who fled,`."""
    known: dict[Source, Source | None] = {}
    for candidate in found:
        source = candidate.source
        if source not in known:
            known[source] = without_clause(g, source)
        shorter = known[source]
        if shorter is not None:
            yield replace(candidate, source=shorter)


def _of_adjective(g: Grammar, adjective: int) -> Iterator[Candidate]:
    """`is worried about the count`, `confident that they would come`, `unhappy with the deal`."""
    source = source_of_adjective(g, adjective)
    if source is NOBODY:
        return
    above = g.head[adjective]
    holders = (adjective, above) if g.dep[adjective] in ("acomp", "oprd") else (adjective,)
    for holder in holders:
        for child in g.children[holder]:
            if child < adjective or g.right[child] <= child:
                continue
            if g.dep[child] in ("ccomp", "xcomp"):
                yield from _adjectival(g, adjective, "adjective_clause", g.subtree(child), source)
            elif g.dep[child] == "prep":
                part = (child + 1, g.right[child] + 1)
                yield from _adjectival(g, adjective, "adjective_prep", part, source)


def _adjectival(
    g: Grammar, adjective: int, name: str, part: Tokens, source: Source
) -> Iterator[Candidate]:
    content = _clean(g, (part,), source)
    if content:
        yield Candidate(adjective, (adjective, adjective + 1), name, source, content)


def _of_verb(g: Grammar, verb: int, source: Source, lexicon: Lexicon) -> Iterator[Candidate]:
    seen: set[tuple[Tokens, ...]] = set()
    for name, parts in (*_before_source(g, verb, source, lexicon), *readings_of_verb(g, verb)):
        content = _clean(g, _after_hearer(g, verb, name, _mended(g, verb, parts), lexicon), source)
        if g.lemma[verb] in lexicon.holding:
            content = _held(g, verb, name, content)
        if content and content[-1][0] > verb:
            content = (*content[:-1], _finished(g, content[-1]))
        if content and content not in seen:
            seen.add(content)
            words = _with_preposition(cue_words(g, verb), name, content)
            yield Candidate(verb, words, name, source, content)


def _before_source(g: Grammar, verb: int, source: Source, lexicon: Lexicon) -> Iterator[Reading]:
    """All that stands before a source right before its verb, where the parser lost that it is said.

    It holds a main clause: `After the vote, the minister spoke` says nothing of the vote.
    """
    if source.words is None or g.lemma[verb] not in lexicon.saying or g.quote[verb] >= 0:
        return
    if source.how == "inverted" and source.words[0] > verb:
        comma = verb - 1
    elif source.how == "subject":
        comma = source.words[0] - 1
    else:
        return
    low = g.sentence_of(verb)[0]
    told = [c for c in g.children[verb] if g.dep[c] == "ccomp"]
    if any(c > verb or g.right[c] + 1 >= comma for c in told):
        return
    if low < comma and g.word[comma] == "," and any(_is_main(g, t) for t in range(low, comma)):
        yield "clause_before", ((low, comma),)


def _is_main(g: Grammar, verb: int) -> bool:
    """Whether a finite verb, or a participle with its helper, heads no clause under another."""
    helped = any(g.dep[c] in ("aux", "auxpass") for c in g.children[verb])
    if g.tag[verb] not in ("VBD", "VBZ", "VBP") and not (g.tag[verb] == "VBN" and helped):
        return False
    if g.dep[verb] in ("advcl", "relcl", "acl", "aux", "auxpass"):
        return False
    return not any(g.dep[c] == "mark" or g.tag[c] == "WRB" for c in g.children[verb])


def _mended(g: Grammar, verb: int, parts: tuple[Tokens, ...]) -> tuple[Tokens, ...]:
    """Content taken on over what the parser could not place (its label `dep`)."""
    if not parts:
        return parts
    first, last = parts[-1]
    lost = next((c for c in g.children[verb] if g.dep[c] == "dep" and g.left[c] == last), None)
    return parts if lost is None else (*parts[:-1], (first, g.right[lost] + 1))


def _after_hearer(
    g: Grammar, verb: int, construction: str, parts: tuple[Tokens, ...], lexicon: Lexicon
) -> tuple[Tokens, ...]:
    """`told the Orla Post that ...`: what is said begins after whom it was said to."""
    if g.lemma[verb] not in lexicon.addressing or not construction.startswith("clause"):
        return parts
    first, last = parts[0]
    that = next((t for t in range(first, min(first + HEARER, last)) if g.lemma[t] == "that"), first)
    hearer = range(first, that)
    named = all(g.tag[t].startswith(("NNP", "DT", "NN")) for t in hearer) and first == verb + 1
    return ((that, last), *parts[1:]) if named and that > first else parts


def _held(
    g: Grammar, verb: int, construction: str, content: tuple[Tokens, ...]
) -> tuple[Tokens, ...]:
    """What is accused, condemned or cited is held whole: from the object to what describes it.

    Empty where a reading begins after the object.
    """
    thing = g.child(verb, "dobj")
    if not content or thing is None or thing < verb or construction.startswith("clause"):
        return content
    first, last = content[-1]
    if verb < thing < first:
        return ()
    if last < len(g) and g.word[last] == "," and _describes(g, verb, last):
        return trimmed_all(g, (*content[:-1], (first, g.right[verb] + 1)))
    return content


def _describes(g: Grammar, verb: int, comma: int) -> bool:
    """Whether all that hangs on the verb after a comma describes its object."""
    later = [c for c in g.children[verb] if g.right[c] > comma and g.left[c] > comma]
    return comma < g.right[verb] and all(
        g.dep[c] in ("appos", "dep", "punct")
        or (g.dep[c] in ("advcl", "acl") and g.tag[c] == "VBN" and g.child(c, "nsubj") is None)
        for c in later
    )


def trimmed_all(g: Grammar, parts: tuple[Tokens, ...]) -> tuple[Tokens, ...]:
    """Each stretch without the punctuation at its edges."""
    return tuple(trimmed(g, part) for part in parts)


def _with_preposition(words: Tokens, construction: str, content: tuple[Tokens, ...]) -> Tokens:
    """`called for`, `raised concerns over`: the cue runs up to what it is about."""
    gap = content[0][0] - words[1]
    if construction.startswith(("preposition", "of_object", "adjective_of")) and 0 < gap <= 6:
        return (words[0], content[0][0])
    return words


def _clean(g: Grammar, parts: tuple[Tokens, ...], source: Source) -> tuple[Tokens, ...]:
    """Content without the source's words and without marks at its edges."""
    if source.words:
        parts = tuple(p for part in parts for p in without(part, source.words))
    kept = (trimmed(g, part) for part in parts)
    return tuple(part for part in kept if part[1] - part[0] > 1 or g.word[part[0]][0].isalnum())


def _finished(g: Grammar, part: Tokens) -> Tokens:
    """Without a word at its end that only leads on: `the list and`, `you to`, `Adu by`."""
    first, last = part
    while first < last - 1 and (
        g.tag[last - 1] == "CC" or g.word[last - 1].lower() in ("to", "by")
    ):
        last -= 1
    return trimmed(g, (first, last))


def cue_words(g: Grammar, verb: int) -> Tokens:
    """A verb with the auxiliaries, negation, adverbs and particle that touch it."""
    first, last = verb, verb + 1
    own = {c for c in g.children[verb] if g.dep[c] in _AUXILIARY}
    while first - 1 in own:
        first -= 1
    while last in own and g.dep[last] == "prt":
        last += 1
    return (first, last)


def _of_noun(g: Grammar, noun: int) -> Iterator[Candidate]:
    source = source_of_noun(g, noun)
    for name, part in readings_of_noun(g, noun):
        content = _clean(g, (part,), source)
        if content:
            yield Candidate(noun, (noun, noun + 1), name, source, content)


def _according(g: Grammar, token: int, sources: dict[int, Source]) -> Iterator[Candidate]:
    to = token + 1
    if to >= len(g) or g.lemma[to] != "to":
        return
    name = g.child(to, "pobj")
    if name is not None and g.lemma[name] in lexicon().measures:
        return
    phrase_end = g.right[to] + 1 if name is not None else to + 1
    if name is None:
        return
    phrase_end = _to_name(g, to, phrase_end)
    others = (s.words[0] for verb, s in sources.items() if s.words and verb >= phrase_end - 1)
    named = (t for t in others if name < t < phrase_end and g.word[t - 1] == ",")
    phrase_end = min(named, default=phrase_end)
    first, last = noun_phrase(g, name, token)
    bracketed = last < phrase_end and g.word[last] in ("(", ")")
    last = phrase_end if bracketed else min(last, phrase_end)
    source = Source(name, trimmed(g, (first, last)), "according")
    own = (token, phrase_end)
    words = (token, to + 1)
    for construction, parts in _around(g, token, own):
        content = _clean(g, parts, source)
        if content:
            yield Candidate(token, words, construction, source, content)


def _to_name(g: Grammar, first: int, end: int) -> int:
    """Where a phrase ends that goes on with a bracket: `the Union (UT | ) director Ras Adu`."""
    words = g.word[first:end]
    if end < len(g) and g.word[end] == ")" and words.count("(") > words.count(")"):
        end += 1
    if g.word[end - 1] != ")":
        return end
    last = end
    while last < len(g) and g.tag[last].startswith("NN"):
        last += 1
    return last if g.tag[last - 1].startswith("NNP") else end


def _around(g: Grammar, token: int, own: Tokens) -> Iterator[Reading]:
    sentence = g.sentence_of(token)
    above = g.head[token]
    if above != token:
        yield "according_clause", without(g.subtree(above), own)
    yield "according_sentence", without(sentence, own)
    if own[0] > sentence[0]:
        yield "according_before", ((sentence[0], own[0]),)
    if own[1] < sentence[1]:
        yield "according_after", ((own[1], sentence[1]),)


def _labelled(g: Grammar) -> Iterator[Candidate]:
    """`Minister: we never knew`: a headline, or a speaker's name before what was said."""
    first = 0
    while first < len(g):
        last = first + 1
        while last < len(g) and g.paragraph[last] == g.paragraph[first]:
            last += 1
        yield from _label_of(g, first, last)
        first = last


def _label_of(g: Grammar, first: int, last: int) -> Iterator[Candidate]:
    while first < last and g.word[first].isspace():
        first += 1
    colon = next((t for t in range(first, min(first + 9, last)) if g.word[t] == ":"), None)
    if colon is None or colon == first or last - colon < 4:
        return
    source = Source(colon - 1, trimmed(g, (first, colon)), "label")
    ends = {"label_paragraph": last, "label_sentence": min(last, g.sentence_of(colon + 1)[1])}
    for name, end in ends.items():
        if end > colon + 1:
            yield Candidate(
                colon, (colon, colon + 1), name, source, (trimmed(g, (colon + 1, end)),)
            )

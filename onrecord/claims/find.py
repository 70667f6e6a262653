"""The claims of a document."""

from __future__ import annotations

from dataclasses import replace

from onrecord.claims.candidate import Candidate
from onrecord.claims.chain import Chains
from onrecord.claims.choose import apart, choose
from onrecord.claims.continued import continued
from onrecord.claims.grammar import Grammar, read_grammar
from onrecord.claims.lexicon import lexicon
from onrecord.claims.manner import (
    hedges_in,
    hedges_of,
    kind_of,
    kind_of_words,
    modality_of,
    polarity_of,
    quote_of,
)
from onrecord.claims.nearby import Nearby
from onrecord.claims.propose import propose
from onrecord.claims.selector import selector
from onrecord.claims.speech import quote_tokens
from onrecord.entities import EntityBook
from onrecord.model import Claim, Link, Span, content_id
from onrecord.passages.head import Head
from onrecord.passages.parse import Parsed

_MARKS = ' \t\r\n"“”„«»‘`'
_LOOSE_ENDS = _MARKS + ",;:–—-"


def find_claims(parsed: Parsed, book: EntityBook, head: Head) -> tuple[Claim, ...]:
    """Everything that is said, thought, felt or wanted by someone, with its chain of attribution.

    In order of content. A claim made inside another's content names that one as its `parent`.
    Adds to `book` the sources that no name gave ("two officials").
    """
    if parsed.doc is None:
        return ()
    g = read_grammar(parsed, parsed.doc)
    candidates = propose(g, lexicon())
    weights = selector()
    chosen = choose(candidates, weights.score(g, candidates).tolist(), weights.threshold)
    writer = _Writer(g, book, Chains(g, book, head))
    return writer.claims(apart([candidate for candidate, _ in chosen]))


class _Writer:
    """Turns chosen candidates into claims of one document."""

    def __init__(self, g: Grammar, book: EntityBook, chains: Chains) -> None:
        self.g, self.book, self.chains = g, book, chains
        self.hedges = hedges_in(g.text)

    def claims(self, chosen: list[Candidate]) -> tuple[Claim, ...]:
        pairs: list[tuple[Claim, Candidate | None]] = []
        for candidate in sorted(chosen, key=lambda c: (not c.quotes, c.cue)):
            claim = self.claim(candidate)
            if claim is not None:
                pairs.append((claim, candidate))
                speaker = claim.attribution[0].entity if candidate.source.words else None
                self.chains.voices.update(dict.fromkeys(candidate.quotes, speaker))
        by_candidate = {id(c): claim for claim, c in pairs}
        for quote, voice in continued(self.g, chosen):
            if id(voice) in by_candidate:
                pairs.append((self.uncued(quote, by_candidate[id(voice)]), None))
        pairs.sort(key=lambda pair: (pair[0].content, pair[0].id))
        chains = self.chains.carried([claim.attribution for claim, _ in pairs])
        carried = [
            (replace(claim, attribution=chain), candidate)
            for (claim, candidate), chain in zip(pairs, chains, strict=True)
        ]
        return _nested(carried, self.g)

    def claim(self, candidate: Candidate) -> Claim | None:
        g = self.g
        content = self.content(candidate)
        if not content:
            return None
        cue = g.characters(candidate.words)
        hedges = hedges_of(self.hedges, sorted((*content, cue)))
        source = candidate.source.words and g.characters(candidate.source.words)
        return Claim(
            id=content_id("claim", self.book.document_id, source, cue, *content),
            kind=kind_of(g, candidate, " ".join(g.text[slice(*span)] for span in content)),
            quote=quote_of(g, candidate),
            modality=modality_of(g, candidate, hedges),
            polarity=polarity_of(g, candidate),
            content=content,
            attribution=self.chains.of(candidate),
            cue=cue,
            hedges=hedges,
        )

    def content(self, candidate: Candidate) -> tuple[Span, ...]:
        """The characters of what is said, outer marks left out."""
        if candidate.quotes:
            spans = [s for q in candidate.quotes for s in self.g.quotations[q].spans]
        else:
            spans = [self.g.characters(part) for part in candidate.content]
        stripped = (_stripped(self.g.text, span) for span in spans)
        return tuple(span for span in stripped if span[0] < span[1])

    def uncued(self, quote: int, before: Claim) -> Claim:
        """A quotation in the voice of an earlier claim."""
        g = self.g
        content = tuple(_stripped(g.text, span) for span in g.quotations[quote].spans)
        tokens = (quote_tokens(g, quote),)
        hedges = hedges_of(self.hedges, content)
        speaker = tuple(
            Link(link.level, link.entity, None if link.level == "speaker" else link.span)
            for link in before.attribution
        )
        return Claim(
            id=content_id("claim", self.book.document_id, None, None, *content),
            kind=kind_of_words(g, tokens, " ".join(g.text[slice(*span)] for span in content)),
            quote="direct",
            modality="hedged" if hedges else "asserted",
            polarity="affirmed",
            content=content,
            attribution=speaker,
            hedges=hedges,
        )


def _stripped(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in _LOOSE_ENDS:
        start += 1
    while end > start and text[end - 1] in _LOOSE_ENDS:
        end -= 1
    return _paired(text, (start, end), span)


def _paired(text: str, stripped: Span, whole: Span) -> Span:
    """With the mark at either end given back whose partner lies inside."""
    start, end = stripped
    inside = text[start:end]
    if end < whole[1] and text[end] in "”»" and inside.rfind("“«"["”»".index(text[end])]) >= 0:
        end += inside.count("“") + inside.count("«") > inside.count("”") + inside.count("»")
    if start > whole[0] and text[start - 1] in "“«":
        start -= inside.count("”") + inside.count("»") > inside.count("“") + inside.count("«")
    return (start, end)


def _size(claim: Claim) -> int:
    return sum(last - first for first, last in claim.content)


def _nested(pairs: list[tuple[Claim, Candidate | None]], g: Grammar) -> tuple[Claim, ...]:
    """Each claim with the smallest claim whose content holds its cue as its parent."""
    places: Nearby[tuple[int, Claim]] = Nearby()
    for claim, _ in pairs:
        places.add(claim.content[0][0], claim.content[-1][1], (_size(claim), claim))
    found = []
    for claim, candidate in pairs:
        at = -1 if candidate is None else g.start[candidate.cue]
        holders = [
            (size, other.id)
            for size, other in places.around(at, at)
            if size > _size(claim) and any(a <= at < b for a, b in other.content)
        ]
        found.append(replace(claim, parent=min(holders)[1]) if holders else claim)
    return tuple(found)

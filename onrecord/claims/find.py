"""The claims of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.claims.candidate import Candidate
from onrecord.claims.chain import Chains
from onrecord.claims.choose import apart, choose
from onrecord.claims.cited import without_cited
from onrecord.claims.continued import continued
from onrecord.claims.contrasted import against
from onrecord.claims.denied import own_pronouns
from onrecord.claims.grammar import Grammar, Tokens, read_grammar
from onrecord.claims.inner import inner_claims
from onrecord.claims.interview import answers
from onrecord.claims.kinds import kind_of, kind_of_words
from onrecord.claims.lexicon import lexicon
from onrecord.claims.manner import (
    hedges_in,
    hedges_of,
    modality_of,
    modality_of_words,
    polarity_of,
    quote_of,
)
from onrecord.claims.nearby import Nearby
from onrecord.claims.parties import whole_source
from onrecord.claims.propose import propose
from onrecord.claims.relative import before_clauses, own_clauses, within_clause
from onrecord.claims.selector import Scores, Selector, selector
from onrecord.claims.sense import can_say
from onrecord.claims.speech import closed, quote_tokens
from onrecord.claims.supposed import insists_that_it_is, is_supposed
from onrecord.claims.sure import settled
from onrecord.claims.termed import with_what
from onrecord.claims.voices import Voice, is_field, letterhead, sentences_of, signed, turns
from onrecord.entities import EntityBook
from onrecord.model import Claim, ClaimKind, Link, Span, content_id
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
    spoken = turns(g, book) or answers(g, book)
    labels = {voice.span[0] for voice in spoken}
    proposed = against(g, propose(g, lexicon()))
    candidates = [c for c in proposed if not _is_label(g, c, labels)]
    weights = selector()
    candidates, scores = _scored(g, candidates, weights)
    signer = None if spoken else signed(g, book)
    body = letterhead(g, book)
    own = spoken if signer is None else [signer]
    writer = _Writer(g, book, Chains(g, book, head, own, body.id if body else None))
    return writer.claims(_standing(g, candidates, scores, weights), spoken, signer)


def _scored(
    g: Grammar, candidates: list[Candidate], weights: Selector
) -> tuple[list[Candidate], Scores]:
    """The readings with their scores; those put into a relative clause weighed by themselves.

    `the mill, which, according to her, is shut` is no rival of what is said of the mill around it.
    """
    clauses = own_clauses(g, candidates)
    kept = [within_clause(g, c, clauses[c.cue]) for c in candidates if c.cue in clauses]
    inner = [candidate for candidate in kept if candidate is not None]
    own = weights.score(g, inner)
    sure = {
        c.cue: clauses[c.cue]
        for c, score in zip(inner, own.together, strict=True)
        if score >= weights.threshold
    }
    if not sure:
        return candidates, settled(g, candidates, weights.score(g, candidates))
    outer = [before_clauses(g, c, sure) for c in candidates if c.cue not in sure]
    rest = settled(g, outer, weights.score(g, outer))
    mine = [n for n, c in enumerate(inner) if c.cue in sure]
    return (
        [inner[n] for n in mine] + outer,
        Scores(
            [own.alone[n] for n in mine] + rest.alone,
            [own.together[n] for n in mine] + rest.together,
        ),
    )


def _standing(
    g: Grammar, candidates: list[Candidate], scores: Scores, weights: Selector
) -> list[tuple[Candidate, float]]:
    """The readings that stand, with how sure each is: one inside another no surer than that."""
    chosen = choose(candidates, scores.together, weights.threshold)
    sure = {id(c): weights.confidence(score) for c, score in chosen}
    inner = [
        (c, round(weights.confidence_alone(score) * sure[id(outer)], 2))
        for c, score, outer in inner_claims(g, candidates, scores.alone, chosen, weights)
    ]
    outer = zip(apart([c for c, _ in chosen]), sure.values(), strict=True)
    return [*outer, *inner]


def _is_label(g: Grammar, candidate: Candidate, labels: set[int]) -> bool:
    """Whether a reading takes a colon for a cue that heads a field or a turn of its own."""
    if not candidate.construction.startswith("label") or candidate.source.words is None:
        return False
    start, end = g.characters(candidate.source.words)
    return start in labels or is_field(g.text[start:end])


class _Writer:
    """Turns chosen candidates into claims of one document."""

    def __init__(self, g: Grammar, book: EntityBook, chains: Chains) -> None:
        self.g, self.book, self.chains = g, book, chains
        self.hedges = hedges_in(g.text)

    def claims(
        self, standing: list[tuple[Candidate, float]], spoken: list[Voice], signer: Voice | None
    ) -> tuple[Claim, ...]:
        """Claims of chosen candidates, of the turns of a transcript, and of who signed the text."""
        pairs: list[tuple[Claim, Candidate | None]] = []
        chosen = [candidate for candidate, _ in standing]
        for candidate, sure in sorted(standing, key=lambda s: (not s[0].quotes, s[0].cue)):
            claim = self.claim(candidate, sure)
            if claim is not None:
                pairs.append((claim, candidate))
                speaker = claim.attribution[0].entity if candidate.source.words else None
                self.chains.voices.update(dict.fromkeys(candidate.quotes, speaker))
        by_candidate = {id(c): claim for claim, c in pairs}
        for quote, voice in continued(self.g, chosen):
            if id(voice) in by_candidate:
                after = self.continuing(quote, by_candidate[id(voice)])
                pairs += [(after, None)] if after is not None else []
        pairs += [(c, None) for c in self.voiced(chosen, spoken, signer) if c is not None]
        pairs = list({claim.id: (claim, c) for claim, c in reversed(pairs)}.values())
        pairs.sort(key=lambda pair: (pair[0].content, pair[0].id))
        chains = self.chains.carried([claim.attribution for claim, _ in pairs])
        carried = [
            (replace(claim, attribution=chain), candidate)
            for (claim, candidate), chain in zip(pairs, chains, strict=True)
        ]
        return _nested(carried, self.g)

    def voiced(
        self, chosen: list[Candidate], spoken: list[Voice], signer: Voice | None
    ) -> Iterator[Claim | None]:
        """What is said in the text's own voice: each turn whole, or each sentence that is signed.

        A signed sentence that says of itself who says it ("I deny that") has its claim already.
        """
        for turn in spoken:
            yield self.uncued((turn.tokens,), self.chains.of_voice(turn))
        if signer is None:
            return
        said = {self.g.sentence[c.cue] for c in chosen if _is_own(self.g, c)}
        for sentence in sentences_of(self.g, signer):
            if self.g.sentence[sentence[0]] not in said:
                yield self.uncued((sentence,), self.chains.of_voice(signer))

    def claim(self, candidate: Candidate, confidence: float) -> Claim | None:
        g = self.g
        candidate = whole_source(g, candidate)
        candidate = with_what(g, candidate)
        content = self.content(candidate)
        if not content:
            return None
        attribution = self.chains.of(candidate)
        if not can_say(g, candidate, self.chains.kind_of(attribution)):
            return None
        cue = g.characters(candidate.words)
        hedges = hedges_of(self.hedges, sorted((*content, cue)))
        source = candidate.source.words and g.characters(candidate.source.words)
        return Claim(
            id=content_id("claim", self.book.document_id, source, cue, *content),
            kind=_kind(g, candidate, " ".join(g.text[slice(*span)] for span in content)),
            quote=quote_of(g, candidate),
            modality=modality_of(g, candidate, hedges),
            polarity=polarity_of(g, candidate.content),
            content=content,
            attribution=attribution,
            cue=cue,
            hedges=hedges,
            confidence=confidence,
        )

    def content(self, candidate: Candidate) -> tuple[Span, ...]:
        """The characters of what is said, outer marks left out."""
        if candidate.quotes:
            spans = [s for q in candidate.quotes for s in self.g.quotations[q].spans]
        else:
            spans = [self.g.characters(part) for part in _without_that(self.g, candidate.content)]
        return self.bare(spans)

    def bare(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Stretches without the marks at their edges; empty ones left out."""
        stripped = (_stripped(self.g.text, span) for span in spans)
        return tuple(closed(self.g, span) for span in stripped if span[0] < span[1])

    def continuing(self, quote: int, before: Claim) -> Claim | None:
        """A quotation in the voice of an earlier claim."""
        g = self.g
        speaker = tuple(
            Link(link.level, link.entity, None if link.level == "speaker" else link.span)
            for link in before.attribution
        )
        after = self.uncued((quote_tokens(g, quote),), speaker, g.quotations[quote].spans)
        return after and replace(after, confidence=selector().continued)

    def uncued(
        self,
        tokens: tuple[Tokens, ...],
        speaker: tuple[Link, ...],
        spans: tuple[Span, ...] | None = None,
    ) -> Claim | None:
        """Words that are somebody's although no cue says so there."""
        g = self.g
        content = self.bare(map(g.characters, tokens) if spans is None else spans)
        if not content:
            return None
        hedges = hedges_of(self.hedges, content)
        return Claim(
            id=content_id("claim", self.book.document_id, None, None, *content),
            kind=kind_of_words(g, tokens, " ".join(g.text[slice(*span)] for span in content)),
            quote="direct",
            modality=modality_of_words(g, tokens, hedges),
            polarity=polarity_of(g, tokens),
            content=content,
            attribution=speaker,
            hedges=hedges,
        )


def _kind(g: Grammar, candidate: Candidate, content: str) -> ClaimKind:
    if is_supposed(g, candidate.cue):
        return "statement"
    kind = kind_of(g, candidate, content)
    if kind == "demand" and insists_that_it_is(g, candidate):
        return kind_of_words(g, candidate.content, content, own_pronouns(g, candidate))
    return kind


def _without_that(g: Grammar, content: tuple[Tokens, ...]) -> tuple[Tokens, ...]:
    """`that, according to her, it fell`: a stretch that is nothing but "that" says nothing."""
    first, last = content[0]
    alone = last == first + 1 and len(content) > 1 and g.word[first].lower() == "that"
    return content[1:] if alone else content


def _is_own(g: Grammar, candidate: Candidate) -> bool:
    """Whether a reading says `I deny that ...` of its whole sentence, in the text's own voice."""
    source = candidate.source.head
    own = source is not None and g.word[source].lower() in ("i", "we") and g.quote[source] < 0
    plain = all(g.dep[c] != "neg" for c in g.children[candidate.cue])
    return own and plain and g.dep[candidate.cue] in ("ROOT", "conj")


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
    return tuple(without_cited(found, g.text))

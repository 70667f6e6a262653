"""Quotations and the cues beside them: which quotations one cue may claim."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.claims.grammar import FINITE, Grammar, Tokens
from onrecord.claims.lexicon import lexicon
from onrecord.model import Span

REACH = 30
"""Tokens outside a quotation among which its cue is looked for."""
_LEAST_LEAD = 3
"""Words by which a sentence leads on to a quotation, at the fewest: `She said:`"""
_NAME = 8
"""Words behind a quotation within which its cue comes."""
NEAREST = 3
"""Verbs on each side of a quotation that may be its cue."""


@dataclass(frozen=True, slots=True)
class Speech:
    """One pairing of a verb with quotations: `side` is where the cue stands."""

    cue: int
    side: str
    quotes: tuple[int, ...]
    name: str


def quote_tokens(g: Grammar, quote: int) -> Tokens:
    """The tokens inside a quotation's marks."""
    return g.covering((g.quotations[quote].start, g.quotations[quote].end))


def beside(g: Grammar, quote: int) -> tuple[Tokens, Tokens]:
    """The tokens before and after a quotation, in its paragraphs, to the nearest other quotation.

    A sentence that ended before the quotation, or begins after the cue's, is not beside it.
    """
    outer = g.quotations[quote].outer
    first, last = g.covering(outer)
    low = first
    while low > 0 and first - low < REACH and _same(g, low - 1, first) and g.quote[low - 1] < 0:
        if g.word[low - 1] in (".", "!", "?") or g.word[low - 1].isspace():
            break
        low -= 1
    high = last
    while high < len(g) and high - last < REACH and _same(g, high, last - 1) and g.quote[high] < 0:
        high += 1
        if g.word[high - 1] in (".", "!", "?"):
            break
    return (low, first), (last, high)


def _same(g: Grammar, token: int, other: int) -> bool:
    return other < len(g) and g.paragraph[token] == g.paragraph[other]


def pairings(g: Grammar, is_cue: list[bool]) -> Iterator[Speech]:
    """Every verb that may introduce or follow a quotation, with the quotations it may claim."""
    for quote in range(len(g.quotations)):
        before, after = beside(g, quote)
        ended = _ends_its_sentence(g, quote, is_cue)
        following = [] if ended else [t for t in range(*after) if is_cue[t]][:NEAREST]
        leading = [t for t in reversed(range(*before)) if is_cue[t]][:NEAREST]
        for cue in following:
            yield from _chains(g, cue, "after", quote)
        for cue in leading:
            yield from _chains(g, cue, "before", quote)


def _ends_its_sentence(g: Grammar, quote: int, is_cue: list[bool]) -> bool:
    """`She said they came “a day late.” He denied it`: a phrase that its own sentence takes whole.

    The verb of the next sentence is no cue of it.
    """
    quotation = g.quotations[quote]
    first, last = g.covering(quotation.outer)
    if not quotation.closed or last >= len(g) or g.text[quotation.end - 1] not in ".!?":
        return False
    if is_full(g, quote) or g.sentence[last] == g.sentence[last - 1]:
        return False
    opened = g.sentence_of(first)[0]
    return g.word[last][0].isupper() and any(is_cue[opened:first])


def leads_to(g: Grammar, quote: int) -> Tokens | None:
    """The words of a sentence of its own that ends with a quotation: `The mayor replied: “No.”`

    None where there are none, or where they only go on with the quotation before them.
    """
    (low, first), _ = beside(g, quote)
    if first - low < _LEAST_LEAD:
        return None
    said = [t for t in range(low, first) if g.tag[t] in FINITE]
    if not said or (
        g.word[first - 1] != ":" and (g.word[first - 1] != "," or said[-1] < first - 3)
    ):
        return None
    before = g.quote[low - 1] if low else -1
    ended = low == 0 or before < 0 or g.text[g.quotations[before].end - 1] in ".!?"
    return (low, first) if ended else None


def _is_followed(g: Grammar, quote: int) -> bool:
    """Whether a quotation has a cue of its own behind it: `“We left.” “You lie,” Brun replied.`"""
    if g.text[g.quotations[quote].end - 1] != ",":
        return False
    _, (first, last) = beside(g, quote)
    verbs = (t for t in range(first, min(last, first + _NAME)) if g.tag[t] in FINITE)
    return any(g.lemma[t] in lexicon().saying for t in verbs)


def _chains(g: Grammar, cue: int, side: str, quote: int) -> Iterator[Speech]:
    yield Speech(cue, side, (quote,), f"quote_cue_{side}")
    chain = _chain(g, quote)
    same = tuple(q for q in chain if _paragraph(g, q) == _paragraph(g, quote, last=True))
    if len(same) > 1:
        yield Speech(cue, side, same, f"quotes_cue_{side}")
    if len(chain) > len(same):
        yield Speech(cue, side, chain, f"paragraphs_cue_{side}")


def _paragraph(g: Grammar, quote: int, *, last: bool = False) -> int:
    first, end = quote_tokens(g, quote)
    return g.paragraph[min(len(g) - 1, end - 1 if last else first)]


def _chain(g: Grammar, quote: int) -> tuple[int, ...]:
    """A quotation and those after it that go on: past its cue, then with nothing in between."""
    chain = [quote]
    gap_allowed = REACH
    for following in range(quote + 1, min(quote + 6, len(g.quotations))):
        last = g.covering(g.quotations[chain[-1]].outer)[1]
        first = g.covering(g.quotations[following].outer)[0]
        gap = [t for t in range(last, first) if not g.word[t].isspace()]
        if len(gap) > gap_allowed or not is_full(g, following):
            break
        if leads_to(g, following) or _is_followed(g, following):
            break
        chain.append(following)
        gap_allowed = 0
    return tuple(chain)


def going_on(g: Grammar, token: int) -> tuple[int, ...]:
    """The quotations that begin a sentence right after this token's sentence, in its paragraph."""
    if token >= len(g):
        return ()
    end = g.sentence_of(token - 1)[1]
    paragraph = g.paragraph[token - 1]
    first = bisect_left(g.quote_starts, token)
    if first == len(g.quote_starts) or not is_full(g, first):
        return ()
    start = g.quote_starts[first]
    if start >= len(g) or g.paragraph[start] != paragraph or not token <= start <= end + 1:
        return ()
    return tuple(q for q in _chain(g, first) if _paragraph(g, q) == paragraph)


def is_full(g: Grammar, quote: int) -> bool:
    """Whether a quotation is a sentence of its own, not a phrase within one."""
    quotation = g.quotations[quote]
    first, last = quote_tokens(g, quote)
    if last - first < 3:
        return False
    return g.text[quotation.end - 1] in ".!?,…—-" and g.text[quotation.start].isupper()


def closed(g: Grammar, span: Span) -> Span:
    """A stretch of characters up to the mark that closes the quotation it ends in.

    Only for a quotation that opens inside the stretch and ends with it, its stop aside.
    """
    start, end = span
    number = g.quote[g.covering((end - 1, end))[0]]
    if number < 0:
        return span
    quotation = g.quotations[number]
    ends = not g.text[end : quotation.end].strip(" .,!?;:…—–-") and end <= quotation.outer[1]
    whole = quotation.closed and start <= quotation.outer[0] and ends
    return (start, quotation.outer[1]) if whole else span

"""Interviews without labels: an opening says who was asked, and questions part the answers."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from onrecord import vocabulary
from onrecord.claims.grammar import FINITE, Grammar, Tokens
from onrecord.claims.voices import Voice
from onrecord.entities import EntityBook
from onrecord.model import Entity, Span

QUESTIONS = 2
"""Fewest questions, each with an answer after it, that make an interview."""
_LONGEST = 90
"""Most words of a question; a longer paragraph that ends with one is somebody's answer."""
_SHORTEST = 12
"""Fewest words of a paragraph by which an answer goes on: a shorter one may be a heading."""
_REMARK = 40
"""Most words of what the one who asks may put in without a question: `You wrote that, I think.`"""
_REACH = 28
"""Words from `interviewed` to the name, posts and titles between them."""
_ASKING = frozenset({"interview", "interviews", "interviewed", "interviewing"})
_MEETING = frozenset(
    {"spoke", "speaks", "talked", "talks", "sat", "chatted", "conversation", "q&a"}
)
_OWN = frozenset({"i", "we", "my", "our", "me", "us"})
_MARKS = "\"'“‘«"
_HEARER = frozenset({"you", "your"})
_ABOUT = frozenset({"about", "on", "over", "regarding", "concerning"})


def answers(g: Grammar, book: EntityBook) -> list[Voice]:
    """What the one who was interviewed answers, in order; empty where nobody is named as that.

    The first paragraph after a question is an answer. It goes on over paragraphs in which the one
    who speaks says "I" or "we" and is not told of by name: another may be who asks.
    """
    paragraphs = _paragraphs(g)
    asked = [n for n, tokens in enumerate(paragraphs) if _is_question(g, tokens)]
    answered = [n for n, after in pairwise([*asked, len(paragraphs)]) if after > n + 1]
    addressed = any(_addresses(g, paragraphs[n]) for n in answered)
    if len(answered) < QUESTIONS or not addressed:
        return []
    found = _interviewed(g, book, paragraphs[asked[0]][0])
    if found is None:
        return []
    span, person = found
    voices = [
        Voice(span, person.id, paragraphs[number], plural=False)
        for n, after in pairwise([*asked, len(paragraphs)])
        for number in _answer(g, book, person, paragraphs, range(n + 1, after))
    ]
    own = sum(
        g.word[t].lower() in _OWN and g.quote[t] < 0 for v in voices for t in range(*v.tokens)
    )
    return voices if own >= QUESTIONS else []


def _paragraphs(g: Grammar) -> list[Tokens]:
    """Each paragraph without white space at its edges."""
    edges = [t for t in range(len(g)) if t == 0 or g.paragraph[t] != g.paragraph[t - 1]]
    found = []
    for first, end in pairwise([*edges, len(g)]):
        last = end
        while last > first and g.word[last - 1].isspace():
            last -= 1
        if last > first:
            found.append((first, last))
    return found


def _is_question(g: Grammar, tokens: Tokens) -> bool:
    first, last = tokens
    return g.word[last - 1] == "?" and g.quote[last - 1] < 0 and last - first <= _LONGEST


def _addresses(g: Grammar, tokens: Tokens) -> bool:
    return any(g.word[t].lower() in _HEARER and g.quote[t] < 0 for t in range(*tokens))


def _answer(
    g: Grammar, book: EntityBook, person: Entity, paragraphs: list[Tokens], numbers: range
) -> list[int]:
    """The paragraphs between two questions that the one who was asked speaks."""
    found: list[int] = []
    for number in numbers:
        words = {w.lower() for w in g.word[slice(*paragraphs[number])]}
        if not _is_told(g, paragraphs[number], first=not found):
            continue
        if _tells_of(g, book, person, paragraphs[number]) or _is_labelled(g, paragraphs[number]):
            break
        long = paragraphs[number][1] - paragraphs[number][0] > _REMARK
        goes_on = words & _OWN and (long or not words & _HEARER)
        if found and not goes_on:
            break
        found.append(number)
    return found


def _is_told(g: Grammar, tokens: Tokens, *, first: bool) -> bool:
    """Whether a paragraph is prose: no caption, heading or entry of a list; `Yes.` may begin."""
    count = tokens[1] - tokens[0]
    verb = any(g.tag[t] in FINITE for t in range(*tokens))
    return (verb and count >= _SHORTEST) or (first and (verb or count <= 3))


def _tells_of(g: Grammar, book: EntityBook, person: Entity, tokens: Tokens) -> bool:
    """Whether a paragraph names who is to speak it: then it is told by somebody else."""
    surname = person.name.split()[-1]
    return any(
        e.id == person.id and g.text[slice(*s)].split()[-1] == surname
        for s, e in book.within(g.characters(tokens))
    )


def _is_labelled(g: Grammar, tokens: Tokens) -> bool:
    """`Ed.: See the list`, `Sources: ...`: a line with a label is another's, or nobody's."""
    first, last = tokens
    return any(g.word[t] == ":" for t in range(first, min(first + 4, last)))


def _interviewed(g: Grammar, book: EntityBook, until: int) -> tuple[Span, Entity] | None:
    """The one person whom the text before its first question says was interviewed, and where.

    Who `was interviewed` counts before whom somebody `sat down with`.
    """
    for words, find in ((_ASKING, _asked), (_MEETING, _met)):
        cues = (t for t in range(until) if g.word[t].lower() in words and g.quote[t] < 0)
        people = {e.id: (span, e) for t in cues for span, e in find(g, book, t)}
        if people:
            return _by_name(g, book, until, people)
    return None


def _by_name(
    g: Grammar, book: EntityBook, until: int, people: dict[str, tuple[Span, Entity]]
) -> tuple[Span, Entity] | None:
    """The only one of these, at the words that name them whole where the opening has them."""
    if len(people) > 1:
        return None
    span, person = next(iter(people.values()))
    opening = book.within((0, g.end[until - 1]))
    whole = (s for s, e in opening if e.id == person.id and g.text[slice(*s)] == person.name)
    return next(whole, span), person


def _asked(g: Grammar, book: EntityBook, token: int) -> list[tuple[Span, Entity]]:
    """`interviews the poet Adu`, `interview with Adu`, `Adu, asked by us`, `Adu: an interview`."""
    low, high = g.sentence_of(token)
    after = g.word[token + 1].lower() if token + 1 < high else ""
    colon = next(
        (t for t in range(token - 1, max(low, token - 3) - 1, -1) if g.word[t] == ":"), None
    )
    if after == "by":
        return _people(g, book, (low, token))[-1:]
    if g.tag[token] in ("NN", "NNP") and after not in ("with", "of"):
        return [] if colon is None else _people(g, book, (low, colon))
    found = _person_after(g, book, (token + 1, high))
    return found or ([] if colon is None else _people(g, book, (low, colon)))


def _met(g: Grammar, book: EntityBook, token: int) -> list[tuple[Span, Entity]]:
    """`spoke with the poet Adu`, `sat down with Adu`."""
    high = g.sentence_of(token)[1]
    near = range(token + 1, min(token + 6, high))
    at = next((t for t in near if g.word[t].lower() in ("with", "to")), None)
    return [] if at is None else _person_after(g, book, (at + 1, high))


def _person_after(g: Grammar, book: EntityBook, tokens: Tokens) -> list[tuple[Span, Entity]]:
    """The first person named in a stretch, before its next verb or what they were asked about.

    Not who begins another clause: `In an interview with the Post, Adu said`.
    """
    first, last = tokens[0], min(tokens[1], tokens[0] + _REACH)
    ends = (t for t in range(first, last) if g.tag[t] in FINITE or g.lemma[t] in _ABOUT)
    stop = next(ends, last)
    for span, person in _people(g, book, (first, stop)):
        begins, ends_at = g.covering(span)
        comma = "," in g.word[first:begins]
        if not (comma and stop == ends_at and stop < tokens[1] and g.tag[stop] in FINITE):
            return [(span, person)]
    return _unknown(g, book, (first, stop))


def _unknown(g: Grammar, book: EntityBook, tokens: Tokens) -> list[tuple[Span, Entity]]:
    """Somebody whose name nothing else took for one: the capitals at the end of the stretch."""
    last = next((t for t in range(*tokens) if g.entity[t] in ("DATE", "TIME")), tokens[1])
    first = last
    while first > tokens[0] and g.tag[first - 1] == "NNP" and g.word[first - 1][0].isupper():
        first -= 1
    known = any(book.at(g.start[t]) is not None for t in range(first, last))
    if (
        known
        or not 1 < last - first <= 4
        or not all(g.word[t].isalpha() for t in range(first, last))
    ):
        return []
    span = g.characters((first, last))
    return [(span, book.ensure(span, g.start[last - 1], "Person"))]


def _people(g: Grammar, book: EntityBook, tokens: Tokens) -> list[tuple[Span, Entity]]:
    """The mentions of people with a name of their own, outside quotation marks."""
    if tokens[0] >= tokens[1]:
        return []
    return [
        (span, entity)
        for span, entity in book.within(g.characters(tokens))
        if entity.type == "Person"
        and not entity.candidates
        and g.text[max(0, span[0] - 1)] not in _MARKS
        and _is_name(entity.name)
    ]


def _is_name(name: str) -> bool:
    """`Ras Adu`, not `the owner`, `Deputy Minister`."""
    words = name.split()
    capitals = words[0][0].isupper() and words[-1][0].isupper()
    return len(words) > 1 and capitals and words[-1].lower() not in _callings()


@cache
def _callings() -> frozenset[str]:
    return frozenset((*vocabulary.load("posts")["heads"], *vocabulary.load("roles")["roles"]))

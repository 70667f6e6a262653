"""Who holds which post, where, and with which rank: post relations.

Phrases (see `phrases`) are joined by what stands between them. A post goes with the person it
stands before ("the Governor of Zaru, Ima Bello") or behind ("Ima Bello, Governor of Zaru"), or
is tied to by a verb ("Ima Bello has been appointed Governor of Zaru").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from onrecord.coding.context import Context
from onrecord.coding.phrases import Phrase, find_phrases, is_name, is_unit
from onrecord.model import Span
from onrecord.vocabulary import load

_NAME = re.compile(
    r"\s*(?:\([^()\n]{1,12}\)\s*)?((?:[A-Z]\.\s?)*(?:[A-Z]\s)?[A-Z][\w’'-]+"
    r"(?:[ \t]+(?:(?:[A-Z](?:\.\s?|\s))+|(?:al|el|ul|ur|bin|ibn|dan|de|van|ould)\s)?"
    r"[ \t]*[A-Z][\w’'-]+){0,3})"
)
_STOPS = re.compile(
    r"\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|The|In|On|At|Yesterday|Today|And|Said|Says)\b.*"
)


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with the rank in front of the name."""

    start: int
    end: int
    entity: str
    rank: Span | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """A post with the body or place it is held in."""

    start: int
    end: int
    post: Phrase
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One person's post, as read off the text; `title` is None where only a rank is told."""

    holder: Holder
    title: Title | None
    ended: bool
    span: Span


def find_posts(context: Context, phrases: list[Phrase] | None = None) -> list[Post]:
    """Every post and rank that the text gives to a person; `phrases` are those of the text."""
    phrases = find_phrases(context) if phrases is None else phrases
    holders = list(_holders(context, phrases))
    titles = list(_titles(context, phrases))
    posts = list(_joined(context.parsed.text, holders, titles, context))
    posts += _posted(context, holders, phrases, {post.span for post in posts})
    held = {post.holder.start for post in posts}
    bare = [
        Post(h, None, False, (h.rank[0], h.end)) for h in holders if h.rank and h.start not in held
    ]
    return sorted([*posts, *bare], key=lambda p: p.span)


# ---------------------------------------------------------------- people with their ranks


def _holders(context: Context, phrases: list[Phrase]) -> Iterator[Holder]:
    text = context.parsed.text
    done = 0
    for index, phrase in enumerate(phrases):
        following = phrases[index + 1] if index + 1 < len(phrases) else None
        if phrase.kind == "rank":
            holder = _ranked(context, phrase, following)
            if holder:
                done = holder.end
                yield holder
        elif phrase.kind == "person" and phrase.entity and phrase.start >= done:
            yield _with_rank_behind(text, phrase, following)


def _ranked(context: Context, rank: Phrase, following: Phrase | None) -> Holder | None:
    """The name after a rank: the book's, or the capitalized words that stand there."""
    text = context.parsed.text
    gap = text[rank.end : following.start] if following else ""
    if following and following.kind == "person" and following.entity and _is_gap(gap):
        run = _NAME.match(text, following.start)
        end = following.end if run is None else max(following.end, _end_of_name(run))
        _name(context, following.entity, rank.span, (following.start, end))
        return Holder(rank.start, end, following.entity, rank.span)
    found = _NAME.match(text, rank.end)
    if found is None or (
        following and following.kind in ("post", "rank") and following.start < found.end(1)
    ):
        return None
    start, end = found.start(1), _end_of_name(found)
    if not is_name(text[start:end]):
        return None
    known = context.book.at(end - 1) or context.book.at(start)
    if known and known.type == "Person":
        _name(context, known.id, rank.span, (start, end))
        return Holder(rank.start, end, known.id, rank.span)
    if known and (start, end) in known.mentions:
        context.book.learn(known.id, type="Person")
        return Holder(rank.start, end, known.id, rank.span)
    return Holder(rank.start, end, context.book.add("Person", [(start, end)]).id, rank.span)


def _end_of_name(found: re.Match[str]) -> int:
    """Where the run of capitalized words stops being a name."""
    words, length = found[1], 0
    for word in re.finditer(r"\S+", _STOPS.sub("", words)):
        if length and not is_name(word[0]):
            break
        length = word.end()
    return found.start(1) + length


def _name(context: Context, identifier: str, rank: Span, name: Span) -> None:
    """The words behind a rank are a name of their holder, and the name where the book had none."""
    text, book = context.parsed.text, context.book
    book.mention(identifier, name)
    known, words = book[identifier].name, text[slice(*name)]
    more = known.removesuffix(words)
    if more in ("", known) or not words:
        return
    if text[slice(*rank)] in more or not is_name(more):
        book.learn(identifier, name=words)


def _is_gap(gap: str) -> bool:
    return not gap.strip(" .\t") or bool(re.fullmatch(r"\s*\([^()\n]{1,12}\)\s*", gap))


_RANK_BEHIND = re.compile(r",\s+an?\s+(?:retired\s+)?")


def _with_rank_behind(text: str, person: Phrase, following: Phrase | None) -> Holder:
    """A person whose rank stands behind the name: "Mr Venn, a brigadier general"."""
    rank = None
    if following and following.kind == "rank":
        gap = text[person.end : following.start]
        rank = following.span if _RANK_BEHIND.fullmatch(gap) else None
    return Holder(person.start, person.end, person.entity or "", rank)


# ---------------------------------------------------------------- posts with their bodies


@cache
def _body_gap() -> re.Pattern[str]:
    prepositions = "|".join(load("posts")["prepositions"])
    return re.compile(
        rf"\s*(?:\([^()\n]{{1,40}}\))?\s*,?\s*(?:(?:{prepositions})\s+)?(?:(?:the|its|an?)\s+)?"
        r"(?:(?:newly|new|created|newly-created|entire|whole|country['’]s|banned|outlawed)[\s-]+){0,3}",
        re.IGNORECASE,
    )


_BEFORE_GAP = re.compile(r"\)?(?:['’]s?)?\s*")
_CHAIN_GAP = re.compile(
    r"\s*(?:\([^()\n]{1,40}\))?\s*,?\s*(?:(?:of|at|in|under)\s+)?(?:the\s+)?", re.IGNORECASE
)


def _titles(context: Context, phrases: list[Phrase]) -> Iterator[Title]:
    text = context.parsed.text
    for index, phrase in enumerate(phrases):
        if phrase.kind != "post":
            continue
        behind = _bodies_behind(text, phrases, index)
        if behind:
            body = _entity(context, behind[0])
            yield Title(phrase.start, _closed(text, behind[-1].end), phrase, body)
            continue
        before = phrases[index - 1] if index else None
        if before and _is_body(before) and _BEFORE_GAP.fullmatch(text[before.end : phrase.start]):
            yield Title(before.start, phrase.end, phrase, _entity(context, before))
        else:
            yield Title(phrase.start, phrase.end, phrase)


def _is_body(phrase: Phrase) -> bool:
    return phrase.kind in ("body", "place")


def _entity(context: Context, phrase: Phrase) -> str:
    if phrase.entity:
        return phrase.entity
    same = context.book.exactly(phrase.span)
    if same is None:
        words = context.parsed.text[phrase.start : phrase.end]
        same = next((e for e in context.book if e.type == "Organization" and e.name == words), None)
        if same:
            context.book.mention(same.id, phrase.span)
    return (same or context.book.add("Organization", [phrase.span])).id


def _bodies_behind(text: str, phrases: list[Phrase], index: int) -> list[Phrase]:
    """The body a post is held in and what says where that is: "7 Division, Zaru Army, Bama"."""
    found: list[Phrase] = []
    end, gap = phrases[index].end, _body_gap()
    lead = gap.match(text, end)
    spelled = _body_name().match(text, lead.end()) if lead and "\n" not in lead[0] else None
    for phrase in phrases[index + 1 : index + 6]:
        if spelled and phrase.start < spelled.end():
            if (
                not _is_body(phrase)
                or phrase.end >= spelled.end() > phrase.start == spelled.start()
            ):
                spelled = None  # the book knows this very body, or it is no body
            elif phrase.end <= spelled.end():
                continue
        if spelled and not found:
            found.append(_spelled_out(spelled))
            end, gap = spelled.end(), _CHAIN_GAP
        between = text[end : phrase.start]
        if found and between.strip() == "(" and text[phrase.end : phrase.end + 1] == ")":
            end = phrase.end + 1
            continue
        if not _is_body(phrase) or "\n" in between or not gap.fullmatch(between):
            return found
        found.append(phrase)
        end, gap = phrase.end, _CHAIN_GAP
    return found or ([_spelled_out(spelled)] if spelled else [])


def _spelled_out(found: re.Match[str]) -> Phrase:
    return Phrase(found.start(), found.end(), "body")


@cache
def _body_name() -> re.Pattern[str]:
    """The name of a body that the book does not know: capitalized words with one for a body."""
    units, posts = load("units"), load("posts")
    last = {*units["named_kinds"], *units["kinds"], *(b.capitalize() for b in posts["bodies"])}
    words = "|".join(w.replace(" ", r"\s+") for w in sorted(last, key=len, reverse=True))
    name = r"[A-Z][\w’'&-]*"
    return re.compile(
        rf"(?:(?:{name}\s+(?:(?:of|and|for|&)\s+(?:the\s+)?)?){{0,6}}(?:{words})\b"
        rf"(?:\s+(?:of|for)\s+(?:the\s+)?{name}(?:\s+{name}){{0,2}}(?:\s+and\s+{name})?)?"
        r"|[A-Z]{3,9}\b)(?![\w-])"
    )


_SHORT = re.compile(r"\s*[(\[][^()\[\]\n]{1,40}[)\]]")


def _closed(text: str, end: int) -> int:
    short = _SHORT.match(text, end)
    return short.end() if short else end


# ---------------------------------------------------------------- who holds which


@cache
def _verb_gaps() -> dict[str, re.Pattern[str]]:
    verbs = load("posts")["verbs"]
    article = r"\s+(?:(?:the|an?|its|their|his|her|our)\s+)?(?:(?:new|current|former)\s+)?"

    def gap(words: list[str]) -> re.Pattern[str]:
        rows = "|".join(w.replace(" ", r"\s+") for w in sorted(words, key=len, reverse=True))
        return re.compile(
            rf"\s*,?\s*(?:(?:who|and)\s+)?(?:{rows})(?:\s+(?:now|currently|also|then))?{article}|",
            re.IGNORECASE,
        )

    return {"held": gap(verbs["held"]), "ended": gap(verbs["ended"])}


_APPOSED = re.compile(
    r"\s*,\s*(?:(?:the|an?|who\s+is|then|its|their|his|her|our|formerly|until\s+recently|previously|also|currently)\s+)*"
    r"(?:[\w-]+['’]s\s+)?|\s+\(\s*(?:the\s+)?",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\s*,?\s*(?:(?:who|has|have|had|been|was|were|is|being|now|also|then|will|be)\s+)*"
    r"(?:moved|moves|redeployed|posted|transferred|deployed|reassigned|leaves|leaving|left|goes|going)\b"
    r"[^.;\n]{0,90}?\s(?:as|to\s+become|to\s+be)\s+(?:(?:the|an?|its)\s+)?",
    re.IGNORECASE,
)
_FORMERLY = re.compile(r"\b(?:formerly|until|previously)\b", re.IGNORECASE)
_CONTINUED = re.compile(r"\s*,?\s*and\s+(?:also\s+)?(?:the\s+)?", re.IGNORECASE)
_LOOSE = (
    r"(?:\s*,?\s*(?:(?:of|in|at|and|for|the)\s+)*(?:[A-Z][\w’'&.-]*(?:\s+[A-Z][\w’'&.-]*)*"
    r"|division|brigade|battalion|command|unit|region|zone|area|state)){0,3}"
)
"""Capitalized words that say more of where a post is held, in no phrase of ours."""
_PREPOSED = re.compile(
    r"['’]?\s*,?\s*(?:(?:[Mm]r|[Mm]rs|[Mm]s|[Dd]r|[Pp]rof|Alhaji|Sir|Hon|Engr)\.?\s+)?"
)
_PREPOSED_LOOSE = re.compile(rf"{_LOOSE}\s*,\s*")
_EQUATED = re.compile(
    r"\s*,?\s*(?:is|was|now|is\s+now|remains|will\s+be|has\s+been\s+named|named|identified\s+as"
    r"|known\s+as)\s+",
    re.IGNORECASE,
)


def _joined(
    text: str, holders: list[Holder], titles: list[Title], context: Context
) -> Iterator[Post]:
    holders = sorted(holders, key=lambda h: h.start)
    reach: dict[int, int] = {}
    position = 0
    for told in titles:
        title = told
        while position < len(holders) and holders[position].end <= title.start:
            position += 1
        left = holders[position - 1] if position else None
        ahead = position
        while title.body and ahead < len(holders) and holders[ahead].end <= title.end:
            ahead += 1  # an abbreviation of the body, taken for a name
        right = holders[ahead] if ahead < len(holders) else None
        if right and right.start < title.end:
            continue
        choice = _choose(text, title, left, right, reach)
        if choice is None:
            yield from _role_name(context, title)
            continue
        holder, ended = choice
        title = _moved_to(context, holder, title)
        reach[holder.start] = title.end
        yield Post(
            holder,
            title,
            title.post.ended or ended,
            (min(holder.start, title.start), max(holder.end, title.end)),
        )
        if holder is left and position > 1:
            yield from _succeeded(text, holders[position - 2], holder, title)


def _moved_to(context: Context, holder: Holder, title: Title) -> Title:
    """Where "moved to 7 Division as commander" goes: to the last body before the "as"."""
    text = context.parsed.text
    if title.body or holder.end > title.start:
        return title
    if not _MOVED.fullmatch(text, holder.end, title.start):
        return title
    known = context.book.within((holder.end, title.start))
    bodies = [
        e
        for s, e in known
        if e.type == "Organization" and _TO.search(text[max(0, s[0] - 8) : s[0]])
    ]
    return replace(title, body=bodies[-1].id) if bodies else title


_TO = re.compile(r"\bto\s+(?:the\s+)?$")


def _succeeded(text: str, new: Holder, old: Holder, title: Title) -> Iterator[Post]:
    """X "took over from" Y as head: the post is X's too."""
    if len(between := text[new.end : old.start]) < 60 and _succession().search(between):
        yield Post(new, title, False, (new.start, title.end))


@cache
def _succession() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load('posts')['succession'])})\s*$", re.IGNORECASE)


def _choose(
    text: str, title: Title, left: Holder | None, right: Holder | None, reach: dict[int, int]
) -> tuple[Holder, bool] | None:
    """The person a post belongs to, and whether the words say that it is over.

    Left to right: a person already given a post before the name gets the next one only by a verb.
    """
    start = max(left.end, reach.get(left.start, 0)) if left else None
    before = _gap(text, start, title.start)
    after = _gap(text, title.end, right.start if right else None)
    if left and before is not None and (ended := _verb(before)) is not None:
        return left, ended
    follows = after is not None and bool(_PREPOSED.fullmatch(after))
    if right and follows and "," not in (after or ""):
        return right, False
    if left and before is not None and _is_apposed(before, left, reach, follows):
        return left, bool(_FORMERLY.search(before))
    if right and after is not None and (follows or _leads_to(after, right)):
        return right, False
    return None


def _gap(text: str, start: int | None, end: int | None) -> str | None:
    """The words between a person and a post, where they stand near enough to be of one phrase."""
    if start is None or end is None or not 0 <= end - start <= 130:
        return None
    between = text[start:end]
    return None if "\n" in between else between


def _is_apposed(before: str, left: Holder, reach: dict[int, int], follows: bool) -> bool:
    if left.start not in reach:
        bare = before.isspace() and left.rank is not None
        return bare or bool(_APPOSED.fullmatch(before))
    if _CONTINUED.fullmatch(before):
        return not follows
    return not follows and bool(_APPOSED.fullmatch(before))


def _leads_to(after: str, right: Holder) -> bool:
    if _PREPOSED_LOOSE.fullmatch(after):
        return True
    return bool(right.rank) and bool(_EQUATED.fullmatch(after))


def _verb(between: str) -> bool | None:
    """Whether the words between a person and a post say it is over; None where no verb does."""
    if not between.strip():
        return None
    if _MOVED.fullmatch(between):
        return False
    gaps = _verb_gaps()
    if gaps["held"].fullmatch(between):
        return False
    return True if gaps["ended"].fullmatch(between) else None


def _posted(
    context: Context, holders: list[Holder], phrases: list[Phrase], told: set[Span]
) -> Iterator[Post]:
    """Where a person serves, with no post named: "was posted to", "Col. Sund of 4 Brigade"."""
    text = context.parsed.text
    starts = [p.start for p in phrases]
    for holder in holders:
        index = bisect_left(starts, holder.end)
        body = phrases[index] if index < len(phrases) else None
        if body is None or body.kind != "body" or body.start - holder.end > 60:
            continue
        between = text[holder.end : body.start]
        ranked = holder.rank is not None and bool(_SERVES_IN.fullmatch(between))
        if not (ranked and is_unit(text, body)) and not _postings().fullmatch(between):
            continue
        span = (holder.start, body.end)
        if any(s <= body.start and body.end <= e for s, e in told):
            continue
        words = Phrase(holder.end, body.start, "post")
        yield Post(holder, Title(holder.end, body.end, words, _entity(context, body)), False, span)


_SERVES_IN = re.compile(r"\s*,?\s+(?:(?:of|from|with|at|in)\s+)?(?:the\s+)?")


@cache
def _postings() -> re.Pattern[str]:
    words = load("posts")["postings"]
    rows = "|".join(w.replace(" ", r"\s+") for w in sorted(words, key=len, reverse=True))
    return re.compile(
        r"\s*,?\s*(?:(?:who|is|was|now|has|had|been|who\s+was|currently|also)\s+)*"
        rf"(?:{rows})\s+(?:the\s+|its\s+|his\s+|her\s+)?",
        re.IGNORECASE,
    )


def _role_name(context: Context, title: Title) -> Iterator[Post]:
    """A post that stands for its holder, where the book knows who "the BNM chairman" is."""
    known = context.book.at(title.post.start)
    if known is None or known.type != "Person" or title.body is None or title.body == known.id:
        return
    words = context.parsed.text[title.post.start : title.post.end].lower()
    if words in known.name.lower() or not any(c.isupper() for c in known.name):
        return
    holder = Holder(title.start, title.end, known.id)
    yield Post(holder, title, title.post.ended, (title.start, title.end))

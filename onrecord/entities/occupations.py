"""What somebody works as, with the words that state it: titles, posts in bodies, and deeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.entities.deeds import verbs_of
from onrecord.entities.descriptions import head_of
from onrecord.entities.draft import Draft, Drafts, Range, Role
from onrecord.entities.lexicon import listed, occupations, roles
from onrecord.entities.phrases import complement
from onrecord.entities.words import Words
from onrecord.vocabulary import load

Found = tuple[str, Range]
"""An occupation and the tokens that state it."""

_LONGEST = 5
"""Words of the longest term for an occupation."""
_FOR = frozenset({"for", "against", "on"})
_GENERAL = frozenset({"politician", "official"})
"""What a post makes of its holder where no body of another kind is named with it."""
_CAPITAL = frozenset({"times", "post", "herald", "telegraph", "news", "column", "journal"})
"""Words that are a paper's only where they are spelled as a name."""
_WORK = frozenset({"work", "reporting", "coverage", "writing", "activism"})


def learn_occupations(words: Words, drafts: Drafts, person: Draft, described: list[Range]) -> None:
    """Learn what a person works as; `described` are phrases that say what they are."""
    found: dict[str, list[Range]] = {}
    for occupation, at in _stated(words, drafts, person, described):
        found.setdefault(occupation, []).append(at)
    for occupation, at in _by_deed(words, person):
        found.setdefault(occupation, []).append(at)
    if found:
        person.known["occupations"] = tuple(sorted(found))
        person.cites["occupations"] = [words.span(*at[0]) for _, at in sorted(found.items())]


def _stated(words: Words, drafts: Drafts, person: Draft, described: list[Range]) -> Iterator[Found]:
    """What posts, descriptions and the body they are held in say."""
    for role in person.roles:
        first = _own_from(drafts, person, role)
        longer = words.lower[role.at - 1 : role.at + 1] == ["secretary", "general"]
        noun = "secretary" if longer else role.noun
        yield from _held(words, noun, role.at, (first, role.phrase[1]))
    for first, end in described:
        yield from _held(words, words.lemma[end - 1], end - 1, (first, complement(words, end)))
    if not person.named:
        yield from _terms(words, *max(person.mentions, key=lambda m: m[1] - m[0]))


def _held(words: Words, noun: str, at: int, phrase: Range) -> Iterator[Found]:
    """What a noun, its token and its phrase with the body say; none of a union is a politician."""
    by_body = list(_by_body(words, noun, phrase, at))
    for occupation, cited in _terms(words, phrase[0], at + 1):
        if not by_body or occupation not in _GENERAL:
            yield occupation, cited
    yield from by_body


def _own_from(drafts: Drafts, person: Draft, role: Role) -> int:
    """Where the words for a role begin, behind the name of somebody else: "X and driver Y"."""
    for index in range(role.at - 1, role.phrase[0] - 1, -1):
        other = drafts.at.get(index)
        if other is not None and other is not person and other.kind == "Person" and other.named:
            return index + 1
    return role.phrase[0]


def _by_body(words: Words, noun: str, phrase: Range, at: int) -> Iterator[Found]:
    """What a post in a body makes of its holder: "president of the Marrow Teachers' Union".

    `phrase` is that of the post with its body, `at` the token of its noun.
    """
    for occupation, rule in load("occupations_by_body").items():
        if noun not in rule["roles"]:
            continue
        for index in range(*phrase):
            if words.lower[index] in rule["words"] and index != at and _is_body(words, index):
                yield occupation, (index, index + 1)
                break


def _is_body(words: Words, index: int) -> bool:
    """Whether a word for a body of a field stands for one: no "African Union"."""
    states, other = (listed("occupations_by_body_not", name) for name in ("before", "after"))
    after = words.lemma[index + 1] if index + 1 < len(words) else ""
    before = index - 1 - (words.lower[index - 1] in ("'", "’", "'s", "’s"))
    return words.lower[before] not in states and after not in other


def _terms(words: Words, first: int, end: int) -> Iterator[Found]:
    """Terms for occupations inside a phrase that states what a person is, the longest first."""
    index = first
    while index < end:
        for length in range(_LONGEST, 0, -1):
            stop = index + length
            names = _named(words, index, stop) if stop <= end else None
            if names and not (length == 1 and words.tag[stop - 1] == "JJ"):
                yield from ((name, (index, stop)) for name in names)
                index = stop - 1
                break
        index += 1


def _named(words: Words, first: int, stop: int) -> tuple[str, ...] | None:
    """The occupations that a stretch of words is a term for."""
    if _inside_role(words, first, stop):
        return None
    term = tuple(words.lower[first : stop - 1])
    return occupations().get((*term, words.lower[stop - 1])) or occupations().get(
        (*term, words.lemma[stop - 1])
    )


def _inside_role(words: Words, start: int, stop: int) -> bool:
    """Whether a word only ends a longer post: "secretary general" is no general."""
    pair = tuple(words.lower[max(0, start - 1) : stop]) if stop - start == 1 else ()
    return len(pair) == 2 and pair in roles() and pair not in occupations()


@dataclass(frozen=True, slots=True)
class _Deeds:
    alone: frozenset[str]
    works: frozenset[str]
    bodies: frozenset[str]
    covers: frozenset[str]
    covered: frozenset[str]
    campaigns: frozenset[str]
    causes: frozenset[str]


@cache
def _deeds() -> dict[str, _Deeds]:
    return {
        occupation: _Deeds(*(frozenset(rule.get(name, ())) for name in _Deeds.__slots__))
        for occupation, rule in load("occupations_by_deed").items()
    }


def _by_deed(words: Words, person: Draft) -> Iterator[Found]:
    """What somebody's deeds say of their work: "who writes for the Marrow Times"."""
    if not person.named:
        return
    for first, end in sorted(person.mentions):
        yield from _of_body(words, end)
        head = head_of(words, first, end)
        for verb, passive in verbs_of(words, head):
            if not passive:
                yield from _said_by(words, verb)
        above = words.head[head]
        if words.dep[head] == "poss" and words.lemma[above] in _WORK:
            for child in words.children[above]:
                if child > above and words.pos[child] == "VERB":
                    yield from _said_by(words, child)
                elif words.lower[child] == "as":
                    yield from _worked_as(words, child)


def _said_by(words: Words, verb: int) -> Iterator[Found]:
    lemma = words.lemma[verb]
    for occupation, rule in _deeds().items():
        covers = lemma in rule.covers and _has(words, verb, rule.covered, objects=True)
        campaigns = lemma in rule.campaigns and _has(words, verb, rule.causes, objects=False)
        if covers or campaigns or lemma in rule.alone:
            yield occupation, (verb, verb + 1)
        elif lemma in rule.works:
            yield from ((occupation, (at, at + 1)) for at in _bodies(words, verb, rule.bodies))


def _has(words: Words, verb: int, wanted: frozenset[str], *, objects: bool) -> bool:
    """Whether one of some words is what a verb is done to, or done for."""
    for child in words.children[verb]:
        heads = [child] if objects and words.dep[child] == "dobj" else []
        if words.dep[child] == "prep" and words.lower[child] in _FOR:
            heads = [c for c in words.children[child] if words.dep[c] == "pobj"]
        while heads:
            head = heads.pop()
            if words.lemma[head] in wanted:
                return True
            heads += [c for c in words.children[head] if words.dep[c] == "conj"]
    return False


def _bodies(words: Words, verb: int, wanted: frozenset[str]) -> Iterator[int]:
    """The first word for a body in the phrases that a verb is done to, for or at."""
    for child in words.children[verb]:
        inner = [c for c in words.children[child] if words.dep[c] == "pobj"]
        if words.dep[child] == "dobj":
            inner = [child]
        elif words.dep[child] != "prep" or words.lower[child] not in ("for", "at", "with"):
            continue
        for head in inner:
            for index in range(child, complement(words, head + 1)):
                if _is_one_of(words, index, wanted, proper=words.lower[child] == "with"):
                    yield index
                    return


def _is_one_of(words: Words, index: int, wanted: frozenset[str], *, proper: bool) -> bool:
    """Whether a word is one of those for bodies; by its capital letter where it may be another."""
    if words.lower[index] not in wanted and words.lemma[index] not in wanted:
        return False
    own = words.pos[index] == "PROPN"
    plain = words.pos[index] == "NOUN" and words.lower[index] not in _CAPITAL
    return (own or (plain and not proper)) and _is_body(words, index)


def _of_body(words: Words, end: int) -> Iterator[Found]:
    """A paper or station that somebody is named with: "X of the Marrow Times"."""
    if end + 1 < len(words) and words.lower[end] in ("of", "from"):
        wanted = _deeds()["journalist"].bodies
        for index in range(end + 1, complement(words, end)):
            if _is_one_of(words, index, wanted, proper=False):
                yield "journalist", (index, index + 1)
                return


def _worked_as(words: Words, preposition: int) -> Iterator[Found]:
    """What "as" names behind somebody's work: "her work as a journalist"."""
    for noun in words.children[preposition]:
        if words.dep[noun] == "pobj" and words.lemma[noun] not in listed("roles", "kin", "any"):
            yield from _terms(words, max(noun - 2, preposition + 1), noun + 1)

"""Words that say what named people are, beside their posts: next to a name, and ahead of a list."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.entities.draft import Draft, Drafts, Range
from onrecord.entities.lexicon import listed, person_nouns
from onrecord.entities.phrases import complement, phrase_of
from onrecord.entities.theirs import is_listed_as_theirs
from onrecord.entities.words import Words

_LEAD = 14
"""Words between a plural, with what it is of, and the first name it is spelled out by."""
_SPELLING = frozenset(
    {
        ":",
        "–",
        "—",
        "-",
        "namely",
        "including",
        "such",
        "identified",
        "named",
        "(",
        ",",
        "following",
        "are",
        "were",
    }
)
_PASSED = frozenset(
    {
        "as",
        "who",
        "were",
        "was",
        "are",
        "by",
        "police",
        "including",
        "and",
        "the",
        "following",
        "others",
        "at",
        "least",
        "them",
        "of",
        "in",
        "from",
    }
)
_JOINING = frozenset({",", "and", "&", "or", ";", "(", ")", "as", "well", "—", "–"})
_OF = frozenset({"of", "from", "at", "with", "in"})


def descriptions(words: Words, drafts: Drafts) -> dict[int, list[Range]]:
    """Noun phrases `[first, end)` that describe a person, by the person's number."""
    found: dict[int, list[Range]] = {}
    for person in drafts.of("Person"):
        if person.named:
            nouns = dict.fromkeys(at for m in sorted(person.mentions) for at in _beside(words, m))
            found[person.number] = [phrase_of(words, at) for at in nouns]
    for index in range(len(words) - 2):
        many = words.tag[index] in ("NNS", "NNPS") or words.lower[index] == "staff"
        if many and _is_for_people(words, index):
            phrase = phrase_of(words, index)
            people = {p.number: p for p in _spelled_out(words, drafts, index)}
            people |= _said_of_all(words, drafts, index)
            people |= _among_others(words, drafts, phrase)
            for number in people:
                found[number].append(phrase)
    return found


def _is_for_people(words: Words, index: int) -> bool:
    noun = words.lemma[index]
    return (
        noun in person_nouns() or noun in listed("age_groups", "nouns", "adult") or noun == "member"
    )


def _beside(words: Words, mention: Range) -> Iterator[int]:
    """Nouns before a name, in apposition to it, and after "is"."""
    first, end = mention
    head = head_of(words, first, end)
    if first and words.sentence[first - 1] == words.sentence[first]:
        before = first - 1
        if words.tag[before] == "NN" or _is_for_people(words, before):
            yield before
    for child in words.children[head]:
        beside = words.dep[child] in ("compound", "appos", "nmod") and _is_noun(words, child)
        if beside and not is_listed_as_theirs(words, child):
            yield child
    above = words.head[head]
    if words.dep[head] == "appos" and _is_noun(words, above):
        yield above
    if words.dep[head] == "nsubj" and words.lemma[above] in ("be", "become", "remain"):
        for child in words.children[above]:
            if words.dep[child] == "attr" and words.tag[child] == "NN":
                yield child
            elif words.dep[child] == "attr" and words.lower[child] == "one":
                yield from _of_many(words, child)


def _is_noun(words: Words, index: int) -> bool:
    """A noun, or what is written like a name and is a word for people: "Media Manager"."""
    return words.tag[index] == "NN" or (words.tag[index] == "NNP" and _is_for_people(words, index))


def _of_many(words: Words, one: int) -> Iterator[int]:
    """The plural in "is one of the workers"."""
    for prep in words.children[one]:
        if words.lower[prep] == "of":
            yield from (c for c in words.children[prep] if words.tag[c] == "NNS")


def _said_of_all(words: Words, drafts: Drafts, plural: int) -> dict[int, Draft]:
    """The people of whom a plural is said: "X and Y, who are teachers", "X and Y, both teachers".

    By their numbers; none where there are not several.
    """
    above = words.head[plural]
    if words.dep[plural] == "appos":
        whom = above
    elif words.dep[plural] != "attr":
        return {}
    elif words.dep[above] == "relcl":
        whom = words.head[above]
    else:
        whom = next((c for c in words.children[above] if words.dep[c] == "nsubj"), plural)
    people: dict[int, Draft] = {}
    for index in _listed_with(words, whom):
        person = drafts.at.get(index)
        if person is not None and person.kind == "Person" and person.named:
            people[person.number] = person
    who = above - 1
    if words.dep[plural] == "attr" and words.lower[who] == "who":
        people |= _listed_up_to(words, drafts, who)
    return people if len(people) > 1 else {}


def _among_others(words: Words, drafts: Drafts, phrase: Range) -> dict[int, Draft]:
    """Who is one of those that a phrase calls the others: "X and two other activists"."""
    first, end = phrase
    if "other" not in words.lower[first:end] or words.lower[first - 1] != "and":
        return {}
    return _listed_up_to(words, drafts, first - 1)


def _listed_up_to(words: Words, drafts: Drafts, end: int) -> dict[int, Draft]:
    """The people of a list of names that ends right before a word, by their numbers."""
    people: dict[int, Draft] = {}
    for index in range(end - 1, -1, -1):
        if words.lower[index] in (",", "and"):
            continue
        person = drafts.at.get(index) if words.pos[index] == "PROPN" else None
        if person is None or not person.named or words.sentence[index] != words.sentence[end]:
            break
        if person.kind == "Person":
            people[person.number] = person
    return people


def _listed_with(words: Words, index: int) -> list[int]:
    """A word and those that "and" joins it to, on both sides."""
    while words.dep[index] == "conj" and words.head[index] != index:
        index = words.head[index]
    found = [index]
    for each in found:
        found += [c for c in words.children[each] if words.dep[c] == "conj"]
    return found


def _spelled_out(words: Words, drafts: Drafts, plural: int) -> Iterator[Draft]:
    """The people of a list that says who a plural is: "three workers: X of Y, and Z"."""
    start = _first_name(words, drafts, plural)
    if start is None:
        return
    last: Draft | None = None
    index, depth, skipping = start, 0, False
    while index < len(words) and words.sentence[index] == words.sentence[plural]:
        person = drafts.at.get(index)
        lower = words.lower[index]
        depth += (lower == "(") - (lower == ")")
        if person is not None and person.kind == "Person" and person.named:
            if person is not last and depth == 0:
                if start == plural + 1 and words.pos[index] != "PROPN":
                    return  # "activists X and Y and trade unionist Z"
                yield person
            last, skipping = person, False
        elif lower in _OF:
            skipping = True
        elif lower in _JOINING or words.pos[index] == "NUM" or depth > 0:
            skipping = skipping and lower != ","
        elif not _is_passed(words, index, skipping):
            return
        index += 1


def _is_passed(words: Words, index: int, skipping: bool) -> bool:
    """Whether a word of a list is no end to it: where somebody is from, or a lone name."""
    if skipping:
        return words.pos[index] in ("PROPN", "DET", "PART")
    return words.pos[index] == "PROPN" and words.lower[index - 1] in (",", "and")


def _first_name(words: Words, drafts: Drafts, plural: int) -> int | None:
    """Where the list that spells out a plural begins, over "such as", "identified as", a colon."""
    spelled = False
    counted = any(words.dep[c] == "nummod" for c in words.children[plural])
    whose = complement(words, plural + 1)
    for index in range(plural + 1, min(whose + _LEAD, len(words))):
        if words.sentence[index] != words.sentence[plural]:
            return None
        person = drafts.at.get(index)
        if person is not None and person.kind == "Person" and words.pos[index] == "PROPN":
            listed_next = counted and words.lower[index - 1] == ","
            return index if spelled or listed_next or index == plural + 1 else None
        lower = words.lower[index]
        spelled = spelled or (lower in _SPELLING and lower not in ("are", "were", ","))
        if lower not in _SPELLING and lower not in _PASSED and words.word[index] not in '“”"':
            body = words.pos[index] in ("PROPN", "ADJ") and words.lower[index - 1] not in _SPELLING
            if not body and index >= whose:
                return None
    return None


def head_of(words: Words, first: int, end: int) -> int:
    """The word of a stretch that the rest of it hangs on."""
    return next(
        (i for i in range(end - 1, first - 1, -1) if not first <= words.head[i] < end), end - 1
    )

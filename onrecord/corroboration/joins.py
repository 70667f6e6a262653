"""Why two voices on one event are not independent: the rules, each with the sentence it gives.

Firm rules join voices that are one source. Where it is in doubt whether two sources are two, the
last rules put them together: a voice so placed never links two origins that nothing else links, so
that one more report can add no origin by splitting another.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby, pairwise

from onrecord import vocabulary
from onrecord.corroboration.credits import UNNAMED, plain
from onrecord.corroboration.voices import NO_WORDS, Voice
from onrecord.resolution.event_passages import overlap, word_pairs


@dataclass(frozen=True, slots=True)
class Join:
    """Two voices of one event, by their places in its list, and why they are not independent."""

    one: int
    other: int
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Reports:
    """What is known of the documents of a case, for the rules.

    `copies`: for pairs (earlier, later) of near copies, the share of words that stand in both.
    `families`: for a document, the first of those that are copies of each other.
    `credited`: the newsrooms a document is credited to. `witnessed`: documents that say their own
    people saw it. `alike`: pairs of named sources whose names may be one name.
    """

    copies: Mapping[tuple[str, str], float] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    credited: Mapping[str, frozenset[str]] = field(default_factory=dict)
    witnessed: frozenset[str] = frozenset()
    alike: frozenset[tuple[str, str]] = frozenset()


Rule = Callable[[Sequence[Voice], Reports], Iterator[Join]]


def copied(voices: Sequence[Voice], reports: Reports) -> Iterator[Join]:
    """The report is a near copy of an earlier one, and this stands in both."""
    families = _by(voices, lambda v: reports.families.get(v.document))
    for family in families.values():
        places = [place for place in family if is_known(voices[place], reports)]
        pool: list[int] = []
        for group in _by_document(voices, places):
            matched = dict(_counterparts(voices, pool, group))
            for later, earlier in matched.items():
                yield Join(earlier, later, "copied", _copy(voices[earlier], voices[later], reports))
            pool += [place for place in group if place not in matched]


def _copy(earlier: Voice, later: Voice, reports: Reports) -> str:
    share = reports.copies.get((earlier.document, later.document))
    if share is None:
        return f"{_report(later)} and {_report(earlier)} are near copies of one text."
    return (
        f"{_report(later)} is a near copy of {_report(earlier)}: {share:.0%} of the shorter text's "
        "words stand in both."
    )


def _by_document(voices: Sequence[Voice], places: Iterable[int]) -> Iterator[list[int]]:
    return (list(group) for _, group in groupby(places, key=lambda p: voices[p].document))


def same_source(voices: Sequence[Voice], _: Reports) -> Iterator[Join]:
    """The same person, body or newsroom says it in several places."""
    named = _by(voices, lambda v: v.source if v.standing in ("named", "newsroom") else None)
    for places in named.values():
        for one, other in pairwise(places):
            yield Join(one, other, "same_source", f"Both are the word of {voices[one].words}.")


def same_body(voices: Sequence[Voice], _: Reports) -> Iterator[Join]:
    """Whoever speaks for a body, the body is one source."""
    bodies = defaultdict(list)
    for place, voice in enumerate(voices):
        if voice.standing == "named":
            for body in {*voice.bodies, voice.source}:
                bodies[body].append(place)
    for places in bodies.values():
        for one, other in pairwise(places):
            if voices[one].source != voices[other].source:
                yield Join(
                    one,
                    other,
                    "same_body",
                    f"{voices[one].words} and {voices[other].words} speak for one body.",
                )


def same_statement(voices: Sequence[Voice], reports: Reports) -> Iterator[Join]:
    """The same quotation, too long to be chance: one statement, republished."""
    rule = vocabulary.load("corroboration")
    quotes = [
        (place, pairs)
        for place, voice in enumerate(voices)
        if is_known(voice, reports)
        for quote in voice.quoted
        if len(pairs := word_pairs(quote)) >= rule["same_words_least"]
    ]
    known: dict[tuple[str, str], int] = {}
    for number, (place, pairs) in enumerate(quotes):
        shared = Counter(known[pair] for pair in pairs if pair in known)
        for pair in pairs:
            known.setdefault(pair, number)
        for other, count in sorted(shared.items()):
            least = min(len(pairs), len(quotes[other][1]))
            if count >= rule["same_words"] * least and quotes[other][0] != place:
                yield Join(quotes[other][0], place, "same_statement", _SAME_WORDS)


_SAME_WORDS = "The words quoted are the same: one statement, given twice."


def credited(voices: Sequence[Voice], reports: Reports) -> Iterator[Join]:
    """What a report says in its own voice is its publisher's word, or the credited newsroom's."""
    first: dict[str, int] = {}
    for place, voice in enumerate(voices):
        for name in _newsrooms_behind(voice, reports):
            known = plain(name)
            if known in first:
                yield Join(first[known], place, "credited", f"Both are the word of {name}.")
            first.setdefault(known, place)


def alike_names(voices: Sequence[Voice], reports: Reports) -> Iterator[Join]:
    """Two sources of one event with names this alike are not clearly two."""
    for one, other in named_pairs(voices):
        if (voices[one].source, voices[other].source) in reports.alike:
            names = f"{voices[one].words} and {voices[other].words}"
            yield Join(one, other, "alike_names", f"{names} may be one, spelled two ways.")


def part_of_a_name(voices: Sequence[Voice], _: Reports) -> Iterator[Join]:
    """A source called by a part of another's name is not clearly somebody else.

    It is put to one of those whose name it is part of, so that it links no two others.
    """
    placed: set[int] = set()
    for pair in named_pairs(voices):
        first, second = (_words_of_names(voices[place]) for place in pair)
        for short, long, (part, whole) in ((first, second, pair), (second, first, pair[::-1])):
            if part not in placed and any(a < b for a in short for b in long):
                placed.add(part)
                names = f"{voices[part].words} and {voices[whole].words}"
                said = f"{names} may be one, called in short and in full."
                yield Join(min(pair), max(pair), "part_of_a_name", said)


def passed_on(voices: Sequence[Voice], _: Reports) -> Iterator[Join]:
    """Who says it "according to" another source of the event passes that source's word on.

    Each source is put to one other at most, so that it links no two.
    """
    first: dict[str, int] = {}
    told: dict[str, list[str]] = defaultdict(list)
    for place, voice in enumerate(voices):
        if voice.standing == "named":
            first.setdefault(voice.source, place)
            told[voice.source] += _around_marks(voice.text)
    for source, words in told.items():
        named = (place for other, place in first.items() if other != source)
        origin = next((place for place in named if _is_meant(voices[place], words)), None)
        if origin is not None:
            relays = first[source]
            said = f"{voices[relays].words} tells it on the word of {voices[origin].words}."
            yield Join(min(relays, origin), max(relays, origin), "passed_on", said)


def _around_marks(text: str) -> Iterator[str]:
    """What stands beside each word that says on whose word something is told."""
    rule, told = vocabulary.load("corroboration"), text.casefold()
    reach = rule["passed_on_reach"]
    for found in re.finditer(rule["passed_on"], told):
        yield told[found.end() : found.end() + reach]
    for found in re.finditer(rule["passed_on_before"], told):
        yield told[max(0, found.start() - reach) : found.start()]


def _is_meant(origin: Voice, words: Iterable[str]) -> bool:
    """Whether one of an origin's names, of two words or more, stands in some words."""
    from rapidfuzz.fuzz import partial_ratio

    least = vocabulary.load("corroboration")["passed_on_alike"]
    names = [name.casefold() for name in origin.names if " " in name.strip()]
    return any(
        len(name) <= len(said) and partial_ratio(name, said) >= least
        for said in words
        for name in names
    )


def _words_of_names(voice: Voice) -> list[frozenset[str]]:
    """The words of each of a source's names, without those that no name is told by."""
    words = (re.findall(r"\w+", name.casefold()) for name in voice.names)
    return [kept for said in words if (kept := frozenset(said) - _SMALL)]


_SMALL = frozenset(("the", "of", "for", "and", "in", "de"))


def named_pairs(voices: Sequence[Voice]) -> Iterator[tuple[int, int]]:
    """Pairs of named sources of one kind that nobody has found to be one: their first voices."""
    first: dict[str, int] = {}
    for place, voice in enumerate(voices):
        if voice.standing == "named":
            first.setdefault(voice.source, place)
    for one, other in combinations(first.values(), 2):
        if voices[one].person == voices[other].person:
            yield one, other


FIRM: tuple[Rule, ...] = (
    copied,
    same_source,
    same_body,
    same_statement,
    credited,
    alike_names,
    part_of_a_name,
    passed_on,
)
"""In this order: the first rule that joins two voices gives the reason that is shown."""


def doubtful(voices: Sequence[Voice], reports: Reports) -> Iterator[Join]:
    """Joins of those voices that nothing shows to be a source of their own, one or none for each.

    An unnamed source joins one of its sort; people of the place join a named one of them; what
    names no source joins a source of the same report, else of a copy of it, else the account it is
    most like.
    """
    for place, voice in enumerate(voices):
        if is_own(voice, reports):
            yield from _own(voices, place, reports)
        elif voice.standing == "unnamed":
            yield from _unnamed(voices, place, reports)


def is_known(voice: Voice, reports: Reports) -> bool:
    """Whether it can be told who the source is: only such voices are joined for sure."""
    return voice.standing != "unnamed" and not is_own(voice, reports)


def is_own(voice: Voice, reports: Reports) -> bool:
    """Whether it names no source, and its outlet does not say that its own people saw it."""
    witnessed = voice.alone and voice.document in reports.witnessed
    return (voice.standing == "own" and not witnessed) or (
        voice.standing == "newsroom" and voice.source == UNNAMED
    )


def bare(voices: Sequence[Voice], groups: Sequence[int], reports: Reports) -> Iterator[Join]:
    """Who says no more than that it happened is taken to repeat an account that says more.

    `groups` are the voices that are one source for sure, by the first of each. A source joins where
    none of its voices says who suffered or who did it; it links no two others.
    """
    known = [place for place, voice in enumerate(voices) if is_known(voice, reports)]
    told = [place for place in known if not voices[place].bare]
    full = {groups[place] for place in told}
    for place in known:
        if groups[place] == place and place not in full:
            found = _best(voices[place], voices, told)
            if found is not None:
                words, who = voices[place].words, voices[found].words
                said = f"{words} says only that it happened; what happened is told by {who}."
                yield Join(min(found, place), max(found, place), "bare", said)


def _unnamed(voices: Sequence[Voice], place: int, reports: Reports) -> Iterator[Join]:
    voice = voices[place]
    known = [p for p, v in enumerate(voices) if is_known(v, reports)]
    if voice.sort == NO_WORDS:
        others = [p for p, v in enumerate(voices) if v.standing == "unnamed" and p < place]
        found = _best(voice, voices, known or others)
        if found is not None:
            yield Join(found, place, "no_words", f"“{voice.words}” does not say who it is.")
        return
    alike = (p for p, v in enumerate(voices) if v.standing == "unnamed" and v.sort == voice.sort)
    first = next(alike)
    if first < place:
        words = voices[first].words
        same = "too" if words.casefold() == voice.words.casefold() else f"here, “{words}” there"
        sentence = f"“{voice.words}” {same}: nothing tells them apart."
        yield Join(first, place, "unnamed", sentence)
        return
    named = [p for p in known if voices[p].standing == "named" and voices[p].sort == voice.sort]
    found = _best(voice, voices, named)
    if found is not None:
        who = voices[found].words
        yield Join(found, place, "unnamed", f"“{voice.words}” may be {who}, who is named.")


def _own(voices: Sequence[Voice], place: int, reports: Reports) -> Iterator[Join]:
    voice = voices[place]
    sources = [p for p, v in enumerate(voices) if not is_own(v, reports)]
    for why, places in _likely(voices, voice, sources, reports):
        found = _best(voice, voices, places)
        if found is not None:
            who = voices[found].words
            yield Join(found, place, "own_voice", f"{_report(voice)} {_NO_SOURCE}; {why} {who}.")
            return
    first = next(p for p, v in enumerate(voices) if is_own(v, reports))
    if first != place:
        yield Join(first, place, "own_voice", f"{_report(voice)} {_NO_SOURCE}, nor do others.")


_NO_SOURCE = "says this in its own voice and names no source for it"


def _likely(
    voices: Sequence[Voice], voice: Voice, sources: Sequence[int], reports: Reports
) -> Iterator[tuple[str, list[int]]]:
    """Sources that a report may be repeating, the likeliest first, and in which words to say so."""
    family = reports.families.get(voice.document)
    names = {plain(n) for n in reports.credited.get(voice.document, frozenset())} - {UNNAMED}
    yield (
        "in the same report it quotes",
        [p for p in sources if voices[p].document == voice.document],
    )
    yield (
        "a text that it is a near copy of quotes",
        [p for p in sources if family and reports.families.get(voices[p].document) == family],
    )
    yield (
        "it is credited to a newsroom that quotes",
        [p for p in sources if names & {plain(voices[p].publisher), plain(voices[p].source)}],
    )
    yield "the same event is told by", list(sources)


def _best(voice: Voice, voices: Sequence[Voice], places: Iterable[int]) -> int | None:
    """The voice most like it in words; of those alike, one that affirms, and the earliest."""
    mine = word_pairs(voice.text)

    def rank(place: int) -> tuple[bool, int, int]:
        other = voices[place]
        return (not other.affirms, -len(mine & word_pairs(other.text)), place)

    return min(places, key=rank, default=None)


def _counterparts(
    voices: Sequence[Voice], earlier: Sequence[int], later: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """For voices of a copy, which voice of the texts before it each is: (later, earlier)."""
    identity = {(voices[p].standing, voices[p].source): p for p in earlier}
    rest = []
    for place in later:
        same = identity.pop((voices[place].standing, voices[place].source), None)
        if same is None:
            rest.append(place)
        else:
            yield place, same
    left = sorted(identity.values())
    least = vocabulary.load("corroboration")["copied_claim"]
    for place in rest:
        mine = word_pairs(voices[place].text)
        scored = [
            (overlap(word_pairs(voices[p].text), mine), -p)
            for p in left
            if _may_be_one(voices[p], voices[place])
        ]
        share, found = max(scored, default=(0.0, 0))
        if share >= least:
            left.remove(-found)
            yield place, -found


def _may_be_one(one: Voice, other: Voice) -> bool:
    """Whether a copy may have respelled a name; it does not put one name in place of another."""
    from rapidfuzz.fuzz import token_sort_ratio

    least = vocabulary.load("corroboration")["respelled"]
    return not (one.names and other.names) or any(
        token_sort_ratio(a.casefold(), b.casefold()) >= least
        for a in one.names
        for b in other.names
    )


def _newsrooms_behind(voice: Voice, reports: Reports) -> Iterator[str]:
    """The publishers and newsrooms whose own word a voice is."""
    if is_own(voice, reports):
        return
    if voice.standing == "newsroom":
        yield voice.source
    elif voice.standing == "named" and not voice.person:
        yield from voice.names
    elif voice.standing == "own":
        yield from sorted(reports.credited.get(voice.document, frozenset()) - {UNNAMED})
        if voice.publisher:
            yield voice.publisher


def _report(voice: Voice) -> str:
    day = "" if voice.published == "~" else f" of {voice.published}"
    return f"The report in {voice.publisher}{day}" if voice.publisher else f"The report{day}"


def _by(voices: Sequence[Voice], key: Callable[[Voice], str | None]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, voice in enumerate(voices):
        value = key(voice)
        if value:
            found[value].append(place)
    return found

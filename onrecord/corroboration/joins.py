"""Why two voices on one event are one source: the firm rules, each with the sentence it gives."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from onrecord import vocabulary
from onrecord.corroboration.credits import UNNAMED, plain
from onrecord.corroboration.joins_base import Join, Reports, is_known, is_own, places_by, report_of
from onrecord.corroboration.joins_names import alike_names, part_of_a_name, passed_on
from onrecord.corroboration.voices import Voice
from onrecord.resolution.event_passages import overlap, word_pairs

Rule = Callable[[Sequence[Voice], Reports], Iterator[Join]]


def copied(voices: Sequence[Voice], reports: Reports) -> Iterator[Join]:
    """The report is a near copy of an earlier one, and this stands in both."""
    families = places_by(voices, lambda v: reports.families.get(v.document))
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
        return f"{report_of(later)} and {report_of(earlier)} are near copies of one text."
    return (
        f"{report_of(later)} is a near copy of {report_of(earlier)}: {share:.0%} of the shorter "
        "text's words stand in both."
    )


def _by_document(voices: Sequence[Voice], places: Iterable[int]) -> Iterator[list[int]]:
    return (list(group) for _, group in groupby(places, key=lambda p: voices[p].document))


def same_source(voices: Sequence[Voice], _: Reports) -> Iterator[Join]:
    """The same person, body or newsroom says it in several places."""
    named = places_by(voices, lambda v: v.source if v.standing in ("named", "newsroom") else None)
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

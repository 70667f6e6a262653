"""Voices of which nothing shows that they are a source of their own: each is put to another.

A voice so placed never links two origins that nothing else links, so that one more report can add
no origin by splitting another. What affirms is not put to who only denies, so that no denier comes
to be counted; a source without a name is not taken for who denies any of it, nor who only denies
for somebody who repeats what another tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from onrecord import vocabulary
from onrecord.corroboration.credits import UNNAMED, plain
from onrecord.corroboration.joins_base import Join, Reports, is_known, is_own, report_of
from onrecord.corroboration.voices import NO_WORDS, Voice, sort_of
from onrecord.resolution.event_passages import word_pairs


def doubtful(voices: Sequence[Voice], groups: Sequence[int], reports: Reports) -> Iterator[Join]:
    """Joins of all that is not known to be a source of its own, one or none for each.

    `groups` are the voices that are one source for sure, by the first of each. A known source joins
    an account where it gives none of its own: where it says only that it happened, or who did it,
    where it is a newsroom whose own people do not speak, or passes on what people without a name
    told. An unnamed source joins one of its sort; people of the place join a named one of them;
    what names no source joins a source of the same report, else of a copy of it, else the account
    it is most like.
    """
    placing = _Placing(voices, groups, reports)
    yield from placing.leaning()
    for place, voice in enumerate(voices):
        if _only_denies(voice):
            continue
        if is_own(voice, reports):
            yield from placing.own(place)
        elif voice.standing == "unnamed":
            yield from placing.unnamed(place)


class _Placing:
    """Where the doubtful voices of one event go."""

    def __init__(self, voices: Sequence[Voice], groups: Sequence[int], reports: Reports) -> None:
        self._voices, self._groups, self._reports = voices, groups, reports
        places = range(len(voices))
        self._known = [p for p in places if is_known(voices[p], reports)]
        self._affirming = {groups[p] for p in self._known if voices[p].affirms}
        self._denying = {groups[p] for p in places if voices[p].denies}
        self._unnamed = [
            p for p in places if voices[p].standing == "unnamed" and not is_own(voices[p], reports)
        ]

    def leaning(self) -> Iterator[Join]:
        """The known sources that give no account of their own."""
        lacks = {place: tuple(self._lacks(place)) for place in self._known}
        told = [place for place, lack in lacks.items() if lack in ((), (_BODILESS,))]
        full = {self._groups[place] for place, lack in lacks.items() if not lack}
        for place in self._known:
            leaning = place not in full and not _only_denies(self._voices[place])
            if self._groups[place] == place and leaning:
                yield from islice(self._placed(place, lacks[place], told), 1)

    def _placed(self, place: int, lacks: Sequence[str], told: Sequence[int]) -> Iterator[Join]:
        """Where a source may go for each thing that it lacks."""
        for lack in lacks:
            found = self._best(place, self._others(place, lack, told))
            if found is not None:
                who = self._voices[found].words
                said = f"{self._voices[place].words} {_LACKS[lack].format(who=who)}"
                yield Join(found, place, lack, said)

    def _others(self, place: int, lack: str, told: Sequence[int]) -> list[int]:
        """Whose account a source that lacks one may be repeating."""
        if lack == _BODILESS:
            sort = self._voices[place].sort
            bodies = (p for p in self._known if not self._voices[p].person)
            return [p for p in bodies if self._voices[p].sort == sort]
        if lack == _RELAYED:
            sort = _relayed_sort(self._voices[place].text)
            unnamed = [p for p in self._unnamed if self._voices[p].sort == sort]
            return unnamed or [p for p in told if self._voices[p].sort == sort]
        if lack == _RETOLD and not told:
            return [p for p in self._known if self._voices[p].standing == "named"] or self._unnamed
        return list(told)

    def _lacks(self, place: int) -> Iterator[str]:
        """What keeps a voice from being an account of its own: names of rules."""
        voice = self._voices[place]
        if voice.standing == "named" and _relayed_sort(voice.text) != NO_WORDS:
            yield _RELAYED
        if voice.bare:
            yield _BARE
        if voice.standing == "newsroom" and not voice.own_people:
            yield _RETOLD
        if voice.person and voice.sort in _WITH_BODIES and not voice.bodies:
            yield _BODILESS

    def unnamed(self, place: int) -> Iterator[Join]:
        """A source without a name."""
        voice, voices = self._voices[place], self._voices
        if voice.sort == NO_WORDS:
            others = [p for p in self._unnamed if p < place]
            found = self._best(place, self._known)
            found = self._best(place, others) if found is None else found
            if found is not None:
                yield Join(found, place, "no_words", f"“{voice.words}” does not say who it is.")
            return
        first = next(p for p in self._unnamed if voices[p].sort == voice.sort)
        if first < place:
            words = voices[first].words
            same = "too" if words.casefold() == voice.words.casefold() else f"here, “{words}” there"
            sentence = f"“{voice.words}” {same}: nothing tells them apart."
            yield Join(first, place, "unnamed", sentence)
            return
        named = [p for p in self._known if voices[p].standing == "named"]
        if voice.affirms:
            named = [p for p in named if self._groups[p] not in self._denying]
        found = self._best(place, [p for p in named if voices[p].sort == voice.sort])
        if found is not None:
            who = voices[found].words
            yield Join(found, place, "unnamed", f"“{voice.words}” may be {who}, who is named.")
            return
        found = self._best(place, [p for p in named if self._is_passed_on_by(place, p)])
        if found is not None:
            sentence = f"“{voice.words}”: they are known of through {voices[found].words} alone."
            yield Join(found, place, "passed_on", sentence)

    def _is_passed_on_by(self, place: int, other: int) -> bool:
        through = self._voices[place].through
        return through is not None and through == self._voices[other].source

    def own(self, place: int) -> Iterator[Join]:
        """What a report says in its own voice, or in its title of nobody in particular."""
        voices, voice = self._voices, self._voices[place]
        lacks = _IN_TITLE if voice.in_title else _NO_SOURCE
        rule = "in_title" if voice.in_title else "own_voice"
        for why, places in self._likely(place):
            found = self._best(place, places)
            if found is not None:
                who = voices[found].words
                yield Join(found, place, rule, f"{report_of(voice)} {lacks}; {why} {who}.")
                return
        first = next(p for p, v in enumerate(voices) if is_own(v, self._reports))
        if first != place:
            yield Join(first, place, rule, f"{report_of(voice)} {lacks}, nor do others.")

    def _likely(self, place: int) -> Iterator[tuple[str, list[int]]]:
        """Sources that it may be repeating, the likeliest first, and in which words to say so."""
        voices, voice, reports = self._voices, self._voices[place], self._reports
        sources = [p for p, v in enumerate(voices) if not is_own(v, reports)]
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

    def _best(self, place: int, places: Iterable[int]) -> int | None:
        """The voice most like it in words, of those alike the earliest."""
        mine = word_pairs(self._voices[place].text)
        fit = [p for p in places if not self._voices[place].affirms or self._is_told_by(p)]

        def rank(of: int) -> tuple[bool, int, int]:
            other = self._voices[of]
            return (not other.affirms, -len(mine & word_pairs(other.text)), of)

        return min(fit, key=rank, default=None)

    def _is_told_by(self, place: int) -> bool:
        """Whether a source says anywhere that it happened."""
        return self._voices[place].affirms or self._groups[place] in self._affirming


def _only_denies(voice: Voice) -> bool:
    return voice.denies and not voice.affirms


_BARE, _RETOLD, _RELAYED, _BODILESS = "bare", "retold", "relayed", "bodiless"
_WITH_BODIES = ("medical", "official", "fighter", "activist")
"""Sorts of sources who speak for a body."""
_LACKS = {
    _BARE: "says only that it happened; what happened is told by {who}.",
    _RETOLD: "does not say that its own people were there; the same is told by {who}.",
    _BODILESS: "is not said to be of another body than {who}.",
    _RELAYED: "tells it on the word of people without a name, who may be {who}.",
}
_NO_SOURCE = "says this in its own voice and names no source for it"
_IN_TITLE = "says this in its title and names nobody there"


def _relayed_sort(text: str) -> str:
    """The sort of people without a name on whose word something is told; none where it is not."""
    rule = vocabulary.load("corroboration")
    after = (_AFTER.match(text, found.end()) for found in re.finditer(rule["passed_on"], text))
    marks = re.finditer(rule["passed_on_before"], text)
    before = (_BEFORE.search(text[: found.start()]) for found in marks)
    sorts = (sort_of(words[1]) for words in (*after, *before) if words)
    return next((sort for sort in sorts if sort != NO_WORDS), NO_WORDS)


_AFTER = re.compile(r"\s+((?:[a-z][\w’'-]*\s?){1,5})")
_BEFORE = re.compile(r"(?:^|[,;:.]\s|\bthat\s)\s*(\w[\w’'-]*(?:\s[a-z][\w’'-]*){0,4})\s*$")
"""Up to five words without a name after or before the words that say on whose word it is."""

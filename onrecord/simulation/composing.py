"""What goes into a report, and in which order: the moves of a writer with so many words to fill."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random

from onrecord.simulation.actors import Body, Outlet
from onrecord.simulation.happenings import DEADLY, Account, Event
from onrecord.simulation.layout import UNDATED, lay
from onrecord.simulation.pieces import Sentence, Story
from onrecord.simulation.telling import Telling
from onrecord.simulation.world import World

Draw = Callable[[], float]
_UNNAMED = ("attack_on_property", "forced_displacement", "mass_grave", "armed_clash")


class Room:
    """How many words a report may have, and how many it has."""

    def __init__(self, outlet: Outlet, desk: int, words: int) -> None:
        self._outlet, self._desk = outlet, desk
        self.left, self.used = words, 0

    def take(self, sentence: Sentence) -> int:
        """Account for a sentence; its number of words."""
        words = lay(sentence, self._outlet, self._desk).text.count(" ") + 1
        self.left -= words
        self.used += words
        return words


class Composer:
    """Composes reports of a world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def report(
        self,
        event: Event,
        accounts: Sequence[Account],
        outlet: Outlet,
        minute: int,
        random: Random,
        *,
        update: bool = False,
        via: Body | None = None,
        old: Sequence[Account] = (),
    ) -> Story:
        """A report of an event by an outlet, from these accounts.

        `update`: the figures have changed since the first reports; `via`: the outlet that brought
        the first account; `old`: accounts of earlier events for the background.
        """
        layout = outlet.layouts[0 if random.random() < 0.85 else -1]
        desk = 0 if random.random() < 0.88 else 1
        telling = Telling(self._world, outlet, minute // 1440, random, dated=layout != UNDATED)
        telling.via = via
        telling.introduced[event.place.key] = event.place
        headline = self._headline(telling, accounts[0], update=update)
        telling.introduced.clear()
        room = Room(outlet, desk, self._length(outlet, random))
        sentences = self._body(telling, accounts, room, update=update)
        sentences += self._background(telling, old)
        self._paragraphs(sentences, random)
        return Story(
            outlet=outlet,
            desk=desk,
            minute=minute,
            event=event,
            headline=headline,
            sentences=sentences,
            dateline_place=event.place if random.random() < 0.3 else outlet.seat,
            layout=layout,
        )

    @staticmethod
    def _length(outlet: Outlet, random: Random) -> int:
        low, high = outlet.length
        return int(low + (high - low) * random.random() ** 2.2)

    @staticmethod
    def _headline(telling: Telling, account: Account, *, update: bool) -> Sentence:
        if update and account.type in DEADLY and not account.denies:
            return telling.plain("headline_update", account)
        plain = account.type in _UNNAMED or account.denies
        return telling.plain("headline_plain" if plain else "headline", account)

    def _body(
        self, telling: Telling, accounts: Sequence[Account], room: Room, *, update: bool
    ) -> list[Sentence]:
        """Two sentences of each account first, then what more there is room for."""
        draw = telling.draw
        firsts: list[Sentence] = []
        later: list[Sentence] = []
        for number, account in enumerate(accounts):
            via = telling.via if number == 0 else None
            share = room.left // (len(accounts) - number)
            told: list[Sentence] = []
            used = 0
            for sentence in self._moves(telling, account, update=update, via=via):
                told.append(sentence)
                used += room.take(sentence)
                if used >= share and len(told) > 1:
                    break
            firsts += told[:2]
            if draw() < 0.5:
                firsts += told[2:]
            else:
                later += told[2:]
        sentences = firsts + later
        while room.left > 0 and draw() < (0.97 if room.used < 80 else 0.75):
            place = len(sentences) if draw() < 0.6 else int(draw() * len(sentences)) + 1
            rule = "no_comment" if draw() < 0.12 else "filler"
            sentence = telling.plain(rule, accounts[0])
            room.take(sentence)
            sentences.insert(place, sentence)
        return self._once(sentences)

    @staticmethod
    def _once(sentences: Sequence[Sentence]) -> list[Sentence]:
        """Without a second filler that begins as another does."""
        seen: set[object] = set()
        kept: list[Sentence] = []
        for sentence in sentences:
            if sentence.rule in ("filler", "no_comment"):
                first = next((p for p in sentence.pieces if p.__class__ is str), None)
                if first in seen:
                    continue
                seen.add(first)
            kept.append(sentence)
        return kept

    def _moves(
        self, telling: Telling, account: Account, *, update: bool, via: Body | None
    ) -> Iterator[Sentence]:
        """Sentences about one account, the most important first, the rest in a free order."""
        draw = telling.draw
        if account.denies:
            yield telling.tell("denial", account, "denial", polarity="negated")
            if draw() < 0.7:
                yield telling.tell("official_quote", account, "statement", quote="direct")
            return
        if account.kind == "rebels":
            yield telling.tell("claimed", account, "admission")
        if update and account.type in DEADLY and account.figure(telling.day) > 2:
            yield telling.tell("update", account)
        elif account.kind == "correspondent":
            yield telling.tell("witnessed", account)
        elif via is not None:
            yield telling.tell("carried_by", account)
        else:
            yield telling.tell("lead", account)
        rest = list(self._further(account, draw))
        while rest:
            rule, kind, manner = rest.pop(int(draw() * len(rest)))
            if rule in ("filler", "commands"):
                if telling.grammar.can(rule, telling.have()):
                    yield telling.plain(rule, account)
            else:
                yield telling.tell(rule, account, kind, **manner)

    @staticmethod
    def _further(account: Account, chance: Draw) -> Iterator[tuple[str, str, dict[str, str]]]:
        spoken = {"quote": "direct"}
        official = account.kind in ("official", "hospital")
        for measure in account.figures:
            if measure == "identified":
                yield "identified", "statement", {"measure": measure}
            elif measure != "main":
                yield "side", "allegation", {"measure": measure}
        if account.perpetrator is not None and account.type != "armed_clash" and chance() < 0.7:
            yield "accuse", "allegation", {}
        if account.names and account.type not in _UNNAMED and chance() < 0.75:
            yield "named", "statement", {}
        if chance() < 0.7:
            yield "official_quote" if official else "quote", "statement", spoken
        if not official and chance() < 0.3:
            yield "quote", "statement", spoken
        if account.kind in ("movement", "rights", "clergy", "relative") and chance() < 0.7:
            yield "demand", "demand", {}
        if chance() < 0.4:
            yield "filler", "", {}
        if account.perpetrator is not None and chance() < 0.3:
            yield "commands", "", {}

    @staticmethod
    def _background(telling: Telling, old: Sequence[Account]) -> list[Sentence]:
        sentences: list[Sentence] = []
        for account in old:
            telling.introduced.pop(account.event.place.key, None)
            sentence = telling.tell("retold", account)
            sentence.background = True
            sentences.append(sentence)
        return sentences

    @staticmethod
    def _paragraphs(sentences: Sequence[Sentence], random: Random) -> None:
        for sentence in sentences[1:]:
            sentence.paragraph = random.random() < 0.55

"""What goes into a report, and in which order: the moves of a writer with so many words to fill."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from onrecord.simulation.actors import Body, Outlet
from onrecord.simulation.happenings import DEADLY, Account, Event
from onrecord.simulation.layout import UNDATED, lay
from onrecord.simulation.pieces import Sentence, Story
from onrecord.simulation.telling import Telling, without_repeats
from onrecord.simulation.world import World

_SPOKEN = {"quote": "direct"}
Draw = Callable[[], float]
Move = tuple[str, str, dict[str, str]]
"""A rule, the kind of claim (none: the outlet's own words), and the manner of the claim."""
_UNNAMED = ("attack_on_property", "forced_displacement", "mass_grave", "armed_clash")


class Room:
    """How many words a report may have, and how many it has."""

    def __init__(self, outlet: Outlet, desk: int, words: int) -> None:
        self._outlet, self._desk = outlet, desk
        self.left, self.used = words, 0

    def take(self, sentence: Sentence) -> int:
        """Account for a sentence; its number of words."""
        words = len(lay(sentence, self._outlet, self._desk).words)
        self.left -= words
        self.used += words
        return words


@dataclass(frozen=True, slots=True)
class Assignment:
    """What an outlet reports: which accounts of an event, and whether the figures have changed."""

    event: Event
    outlet: Outlet
    accounts: Sequence[Account]
    update: bool = False


class Composer:
    """Composes reports of a world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def report(
        self,
        assignment: Assignment,
        minute: int,
        random: Random,
        *,
        via: Body | None = None,
        old: Sequence[Account] = (),
    ) -> Story:
        """A report of an event by an outlet, from these accounts.

        `via`: the outlet that brought the first account; `old`: accounts of earlier events for the
        background.
        """
        event, accounts = assignment.event, assignment.accounts
        outlet, update = assignment.outlet, assignment.update
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
        """Two sentences of each account at least, then what more there is room for.

        The order is settled before anything is written: who has been brought in depends on it.
        """
        draw = telling.draw
        firsts: list[tuple[Account, Move]] = []
        later: list[tuple[Account, Move]] = []
        for number, account in enumerate(accounts):
            via = telling.via if number == 0 else None
            moves = [(account, m) for m in self._moves(telling, account, update=update, via=via)]
            firsts += moves[:2]
            (firsts if draw() < 0.5 else later).extend(moves[2:])
        sentences: list[Sentence] = []
        told: set[str] = set()
        for account, move in firsts + later:
            if room.left > 0 or account.key not in told:
                sentence = self._tell(telling, account, move)
                told.add(account.key)
                room.take(sentence)
                sentences.append(sentence)
        while room.left > 0 and draw() < (0.97 if room.used < 90 else 0.82):
            place = len(sentences) if draw() < 0.6 else int(draw() * len(sentences)) + 1
            rule = "no_comment" if draw() < 0.12 else "filler"
            sentence = telling.plain(rule, accounts[0])
            room.take(sentence)
            sentences.insert(place, sentence)
        return without_repeats(sentences)

    @staticmethod
    def _tell(telling: Telling, account: Account, move: Move) -> Sentence:
        rule, kind, manner = move
        if kind:
            return telling.tell(rule, account, kind, **manner)
        return telling.plain(rule, account)

    def _moves(
        self, telling: Telling, account: Account, *, update: bool, via: Body | None
    ) -> Iterator[Move]:
        """What to say of one account, the most important first, the rest in a free order."""
        draw = telling.draw
        if account.denies:
            yield "denial", "denial", {"polarity": "negated"}
            if draw() < 0.7:
                yield "official_quote", "statement", _SPOKEN
            return
        if account.kind == "rebels":
            yield "claimed", "admission", {}
        if update and account.type in DEADLY and account.figure(telling.day) > 2:
            yield "update", "allegation", {}
        elif account.kind == "correspondent":
            yield "witnessed", "allegation", {}
        elif via is not None:
            yield "carried_by", "allegation", {}
        else:
            yield "lead", "allegation", {}
        rest = list(self._further(account, draw))
        while rest:
            yield rest.pop(int(draw() * len(rest)))

    @staticmethod
    def _further(account: Account, chance: Draw) -> Iterator[Move]:
        for measure in account.figures:
            if measure == "identified":
                yield "identified", "statement", {"measure": measure}
            elif measure != "main":
                yield "side", "allegation", {"measure": measure}
        blames = account.perpetrator is not None and account.kind != "rebels"
        official = account.kind in ("official", "hospital")
        quote: Move = ("official_quote" if official else "quote", "statement", _SPOKEN)
        asks = account.kind in ("movement", "rights", "clergy", "relative")
        told = account.names and account.type not in _UNNAMED
        moves: tuple[tuple[object, float, Move], ...] = (
            (blames and account.type != "armed_clash", 0.7, ("accuse", "allegation", {})),
            (told, 0.75, ("named", "statement", {})),
            (True, 0.7, quote),
            (not official, 0.3, quote),
            (asks, 0.7, ("demand", "demand", {})),
            (True, 0.4, ("filler", "", {})),
            (True, 0.25, ("context", "", {})),
        )
        for possible, share, move in moves:
            if possible and chance() < share:
                yield move

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

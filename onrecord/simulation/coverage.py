"""Who reports what, and when: the stream of stories in the order of publication."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterator
from random import Random

from onrecord.simulation.actors import Outlet
from onrecord.simulation.happenings import Account, Event, Happenings
from onrecord.simulation.pieces import Sentence, Story
from onrecord.simulation.telling import Telling
from onrecord.simulation.world import World


class Coverage:
    """Plans and composes stories. Holds only what is still to be published."""

    def __init__(self, world: World, seed: int, events: int) -> None:
        self.world = world
        self.happenings = Happenings(world, seed, events)
        self.events = events
        self._waiting: list[tuple[int, int, object]] = []
        self._number = 0
        self.open: dict[str, int] = {}
        self.closed: list[Event] = []
        self._old: deque[tuple[Event, list[Account]]] = deque(maxlen=400)
        self.told: dict[str, list[Account]] = {}

    def stories(self) -> Iterator[Story]:
        """Every story, in the order of publication."""
        for number in range(self.events):
            event, random = self.happenings.event(number)
            yield from self._until(event.day * 1440)
            self._plan(event, random)
        yield from self._until(None)

    def _until(self, minute: int | None) -> Iterator[Story]:
        while self._waiting and (minute is None or self._waiting[0][0] < minute):
            when, _, planned = heapq.heappop(self._waiting)
            story = planned(when)  # type: ignore[operator]
            yield story
            self._done(story)

    def _push(self, minute: int, event: Event, planned: object) -> None:
        self._number += 1
        self.open[event.key] = self.open.get(event.key, 0) + 1
        heapq.heappush(self._waiting, (minute, self._number, (planned)))

    def _done(self, story: Story) -> None:
        key = story.event.key
        self.open[key] -= 1
        if not self.open[key]:
            del self.open[key]
            self.closed.append(story.event)
            accounts = [a for a in story.event.accounts if not a.denies]
            if accounts:
                self._old.append((story.event, accounts))

    def _plan(self, event: Event, random: Random) -> None:
        outlets = [
            o
            for o in self.world.outlets
            if o.region in (None, event.place.region) and random.random() < o.reach * 0.35
        ]
        agencies = [o for o in self.world.outlets if o.kind == "agency"]
        for outlet in outlets or [random.choice(agencies)]:
            count = 1 + int(random.random() * 3)
            accounts = random.sample(event.accounts, min(count, len(event.accounts)))
            minute = (event.day + random.choice((0, 1, 1, 1, 2))) * 1440 + random.randrange(
                360, 1430
            )
            self._push_report(minute, event, outlet, accounts, random)
            later = [a for a in accounts if len(a.figures) > 1]
            if later and random.random() < 0.6:
                day = later[0].figures[-1][0] + random.choice((0, 1))
                self._push_report(
                    max(minute + 1440, day * 1440 + random.randrange(400, 1400)),
                    event,
                    outlet,
                    later,
                    random,
                    update=True,
                )

    def _push_report(
        self,
        minute: int,
        event: Event,
        outlet: Outlet,
        accounts: list[Account],
        random: Random,
        update: bool = False,
    ) -> None:
        def compose(when: int) -> Story:
            story = self._compose(when, event, outlet, accounts, random, update)
            self._spread(story, random)
            return story

        self._push(minute, event, compose)

    def _spread(self, story: Story, random: Random) -> None:
        if story.outlet.kind not in ("agency", "daily"):
            return
        rate = 0.35 if story.outlet.kind == "agency" else 0.06
        for outlet in self.world.outlets:
            if outlet is story.outlet or outlet.region not in (None, story.event.place.region):
                continue
            if random.random() < outlet.copies * rate:
                minute = story.minute + int(random.expovariate(1 / 500)) + 20
                self._push(minute, story.event, self._copier(story, outlet, random))

    def _copier(self, story: Story, outlet: Outlet, random: Random) -> object:
        def copy(when: int) -> Story:
            from onrecord.simulation.copying import copied

            return copied(story, outlet, when, random)

        return copy

    def _compose(
        self,
        when: int,
        event: Event,
        outlet: Outlet,
        accounts: list[Account],
        random: Random,
        update: bool,
    ) -> Story:
        telling = Telling(self.world, outlet, when // 1440, random)
        headline = telling.plain("headline", accounts[0])
        telling.introduced.clear()
        sentences: list[Sentence] = []
        for number, account in enumerate(accounts):
            sentences += self._account(telling, account, number, update, random)
        if random.random() < 0.5:
            sentences.append(telling.plain("filler", accounts[0]))
        if self._old and random.random() < 0.25:
            old, told = random.choice(self._old)
            sentence = telling.tell("background", random.choice(told))
            sentence.background = True
            sentences.append(sentence)
        credit = outlet.acronym if outlet.kind == "agency" else ""
        return Story(outlet, when, event, headline, sentences, event.place, True, credit=credit)

    def _account(
        self, telling: Telling, account: Account, number: int, update: bool, random: Random
    ) -> Iterator[Sentence]:
        if account.denies:
            yield telling.tell("denial", account, "denial", polarity="negated")
            return
        dead = account.type in ("killing", "extrajudicial_killing", "massacre", "bombardment")
        if update and dead and account.figure(telling.day) > 3:
            yield telling.tell("update", account)
        else:
            yield telling.tell("lead", account)
        if account.perpetrator and random.random() < 0.5:
            yield telling.tell("accuse", account)
        if account.names and random.random() < 0.7 and account.type != "attack_on_property":
            yield telling.tell("named_dead", account)
        if random.random() < 0.6:
            yield telling.tell("quote", account, "statement", quote="direct")
        if account.kind in ("movement", "rights") and random.random() < 0.6:
            yield telling.tell("demand", account, "demand")
        if number and random.random() < 0.2:
            yield telling.plain("filler", account)

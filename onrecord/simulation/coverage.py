"""Who reports what, and when: the stream of stories in the order of publication."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Collection, Iterator
from random import Random

from onrecord.simulation.accounts import Accounts
from onrecord.simulation.actors import Outlet
from onrecord.simulation.composing import Assignment, Composer
from onrecord.simulation.copying import copied
from onrecord.simulation.happenings import Account, Event, Happenings
from onrecord.simulation.ledger import Ledger
from onrecord.simulation.outlets import Outlets
from onrecord.simulation.pieces import Story
from onrecord.simulation.world import World

DAY = 1440
REPUBLICATION = "republication"
EXTRAS = (REPUBLICATION,)
"""What a world may have beside: `republication`, stories that are printed again months later."""
Planned = Callable[[int], Story]
_CARRIED = {"agency": 0.23, "daily": 0.05, "party": 0.1}
"""Whose stories others carry, and how readily."""


class Coverage:
    """Plans and composes stories. Holds only what is still to be published.

    `extras`: what of `EXTRAS` the world has.
    """

    def __init__(
        self,
        world: World,
        seed: int,
        events: int,
        ledger: Ledger,
        *,
        extras: Collection[str] = (),
    ) -> None:
        self._extras = extras
        self._world, self._events, self._ledger = world, events, ledger
        self._happenings = Happenings(world, seed, events)
        self._accounts = Accounts(world)
        self._outlets = Outlets(world)
        self._composer = Composer(world)
        self._waiting: list[tuple[int, int, Event, Planned]] = []
        self._number = 0
        self._open: dict[str, int] = {}
        self._old: deque[list[Account]] = deque(maxlen=300)
        self.closed: list[Event] = []
        """Events of which all has been told; whoever reads the stream empties it."""

    def stories(self) -> Iterator[Story]:
        """Every story, in the order of publication."""
        for number in range(self._events):
            event, random = self._happenings.event(number)
            yield from self._until(event.day * DAY)
            event.accounts = self._accounts.of(event, random)
            self._plan(event, random)
        yield from self._until(None)

    def _until(self, minute: int | None) -> Iterator[Story]:
        while self._waiting and (minute is None or self._waiting[0][0] < minute):
            when, _, event, planned = heapq.heappop(self._waiting)
            yield planned(when)
            self._done(event)

    def _push(self, minute: int, event: Event, planned: Planned) -> None:
        self._number += 1
        self._open[event.key] = self._open.get(event.key, 0) + 1
        heapq.heappush(self._waiting, (minute, self._number, event, planned))

    def _done(self, event: Event) -> None:
        self._open[event.key] -= 1
        if not self._open[event.key]:
            del self._open[event.key]
            self.closed.append(event)
            accounts = self._ledger.affirming(event)
            if accounts:
                self._old.append(accounts)

    def _plan(self, event: Event, random: Random) -> None:
        """Who hears of it: each outlet some of the accounts, some of them again days later."""
        draw = random.random
        reached = False
        for outlet in self._outlets.hearing(event.region):
            if draw() < outlet.reach * event.news * 0.3:
                reached = True
                self._assign(event, outlet, random)
        for account in event.accounts:
            channel = self._outlets.channels.get(account.body.key) if account.body else None
            if channel is not None and draw() < 0.35:
                reached = True
                minute = (event.day + 1) * DAY + int(draw() * 2 * DAY)
                self._report(minute, Assignment(event, channel, [account]), random)
        if not reached:
            self._assign(event, random.choice(self._outlets.agencies), random)

    def _assign(self, event: Event, outlet: Outlet, random: Random) -> None:
        draw = random.random
        number = min(len(event.accounts), 1 + int(draw() * 3.4))
        accounts = random.sample(event.accounts, number)
        if all(a.denies for a in accounts) and draw() < 0.9:
            accounts.insert(0, next(a for a in event.accounts if not a.denies))
        if draw() < 0.07 and outlet.kind != "site":
            accounts.insert(0, self._accounts.correspondent(event, outlet, random))
        minute = (event.day + int(draw() * 2.6)) * DAY + 360 + int(draw() * 1000)
        minute = max(minute, event.day * DAY + 600)
        self._report(minute, Assignment(event, outlet, accounts), random)
        later = [a for a in accounts if any(len(f) > 1 for f in a.figures.values())]
        if later and draw() < 0.6:
            day = max(f[-1][0] for a in later for f in a.figures.values())
            again = max(minute + 700, (day + int(draw() * 2)) * DAY + 400 + int(draw() * 1000))
            self._report(again, Assignment(event, outlet, later, update=True), random)

    def _report(self, minute: int, assignment: Assignment, random: Random) -> None:
        def compose(when: int) -> Story:
            via = None
            first = assignment.accounts[0]
            if random.random() < 0.06 and first.kind != "correspondent":
                other = random.choice(self._outlets.agencies)
                via = other.body if other is not assignment.outlet else None
            old = self._background(random)
            story = self._composer.report(assignment, when, random, via=via, old=old)
            self._spread(story, random)
            if REPUBLICATION in self._extras:
                self._print_again(story, random)
            return story

        self._push(minute, assignment.event, compose)

    def _background(self, random: Random) -> list[Account]:
        if not self._old or random.random() > 0.3:
            return []
        return [
            random.choice(random.choice(self._old)) for _ in range(1 + (random.random() < 0.25))
        ]

    def _spread(self, story: Story, random: Random) -> None:
        """Who copies a story: an agency's by many, a daily's or a body's statement by some."""
        rate = _CARRIED.get(story.outlet.kind, 0.0)
        rate *= min(2.0, 0.5 + 0.5 * story.event.news)
        draw = random.random
        for outlet in self._outlets.hearing(story.event.region) if rate else ():
            if outlet is not story.outlet and draw() < outlet.copies * rate:
                minute = story.minute + 20 + int(random.expovariate(1 / 420))
                minute = max(story.minute + 20, min(minute, (story.event.day + 7) * DAY - 1))
                self._push(minute, story.event, self._copier(story, outlet, random))

    def _print_again(self, story: Story, random: Random) -> None:
        """Now and then another outlet runs a story that the wires carried, months later."""
        if story.outlet.kind not in _CARRIED or random.random() > 0.08:
            return
        outlet = random.choice(self._outlets.hearing(story.event.region))
        if outlet is story.outlet:
            return

        def again(when: int) -> Story:
            copy = copied(self._world, story, outlet, when, random)
            copy.reprint = True
            return copy

        minute = story.minute + 60 * DAY + int(random.random() * 300 * DAY)
        self._push(minute, story.event, again)

    def _copier(self, story: Story, outlet: Outlet, random: Random) -> Planned:
        def copy(when: int) -> Story:
            own: list[Account] = []
            if outlet.kind in ("daily", "regional") and random.random() < 0.12:
                told = {s.account.key for s in story.sentences if s.account is not None}
                own = [a for a in story.event.accounts if a.key not in told][:1]
            return copied(self._world, story, outlet, when, random, own=own)

        return copy

"""The writer's slots for how many: people, bodies, families and houses, with their bounds."""

from __future__ import annotations

from onrecord.simulation.actors import Nameless
from onrecord.simulation.happenings import DEADLY, Account
from onrecord.simulation.numbers import count_words, in_words
from onrecord.simulation.pieces import CLOSE, ActDraft, Open, VictimDraft
from onrecord.simulation.writer import Writer

_SINGULAR = {
    "people": "person",
    "men": "man",
    "young men": "young man",
    "others": "other",
    "bodies": "body",
    "families": "family",
    "members of one family": "member of one family",
}


class Counting(Writer):
    """Speaks of an account; `measure` is what the sentence counts."""

    account: Account
    measure = "main"
    features = 0

    def have(self) -> int:
        """The features of the account at hand."""
        return self.features

    def open(self, mark: str) -> None:
        """Begin a mark of the claim or the act at hand."""
        if mark == "a":
            self.act = ActDraft(self.act_type(), self.account.event, self.claim, self.measure)
            self.sentence.acts.append(self.act)
            self.put(Open("a", self.act))
        else:
            self.put(Open(mark, self.claim))

    def act_type(self) -> str:
        """The type of the act that the sentence speaks of."""
        if self.measure == "main":
            return self.account.type
        return str(self.world.rules["side_types"][self.measure])

    def _count(self) -> int:
        return self.account.figure(self.day, self.measure)

    def slot_side_victims(self) -> None:
        """Those that the side measure counts."""
        number = self._count()
        if self.draw() < 0.5:
            self._counted("others" if number > 1 else "people", number)
        else:
            self._counted(self.account.crowd, number)

    def slot_bodies(self) -> None:
        """Bodies by number."""
        self._counted("bodies", self._count())

    def slot_families(self) -> None:
        """Families by number."""
        self._counted("families", max(2, self._count()))

    def slot_bodies_seen(self) -> None:
        """What a correspondent saw."""
        self.put("fresh graves" if self.account.type in DEADLY else "broken doors and tyre marks")

    def slot_identified_count(self) -> None:
        """How many of the bodies have a name."""
        number = self._count()
        words, least, most = count_words(number, 99, digits=self.outlet.digits)
        self._group(words, " of the bodies", least, most)

    def slot_houses(self) -> None:
        """Property by number."""
        number = max(2, self._count())
        noun = ("houses", "homes", "houses", "shops")[self.account.manner % 4]
        words, least, most = count_words(number, self.account.manner, digits=self.outlet.digits)
        self._group(words, f" {noun}", least, most)

    def slot_head_count(self) -> None:
        """A number in a headline."""
        number = self._count()
        self._group(str(number) if number > 1 or self.draw() < 0.5 else "One", "", number, number)

    def slot_toll(self) -> None:
        """A toll that rose."""
        number = self._count()
        self._group(in_words(number, digits=self.outlet.digits), "", number, number)

    def _counted(self, plural: str, number: int) -> None:
        words, least, most = count_words(number, self.account.manner, digits=self.outlet.digits)
        self._group(words, f" {_singular(plural) if number == 1 else plural}", least, most)

    def _group(self, words: str, noun: str, least: int | None, most: int | None) -> None:
        event = self.account.event
        actor = "armed_group" if self.account.type == "armed_clash" else "non_state"
        ref = Nameless(f"{self.measure} {event.key} {noun}", "Group", actor)
        victim = VictimDraft(ref, least, most)
        if self.act is not None:
            self.act.victims.append(victim)
        self.put(Open("v", victim))
        self.put(Open("m", ref))
        self.put(Open("n", victim))
        self.put(words)
        self.put(CLOSE)
        self.put(noun)
        self.put(CLOSE)
        self.put(CLOSE)


def _singular(noun: str) -> str:
    return _SINGULAR.get(noun) or noun.removesuffix("s")

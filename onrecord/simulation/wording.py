"""Words for what an account tells: what happened, to how many and whom, by whom, where and when."""

from __future__ import annotations

from onrecord.simulation.actors import Body, Person
from onrecord.simulation.counting import Counting
from onrecord.simulation.dating import as_date, month, weekday, when_words
from onrecord.simulation.happenings import DEADLY
from onrecord.simulation.pieces import (
    CLOSE,
    Mention,
    Open,
    PerpetratorDraft,
    RelationDraft,
    VictimDraft,
)

_CLAUSES = {
    "attack_on_property": "clause_property",
    "remains_found": "clause_bodies",
    "mass_grave": "clause_grave",
    "armed_clash": "clause_clash",
    "forced_displacement": "clause_displaced",
}
_TROOPS = {
    "brigade": "troops_state",
    "army": "troops_state",
    "police": "troops_police",
    "militia": "troops_armed",
    "rebels": "troops_armed",
}
OFFICES = ("government", "movement", "interior", "army", "clergy", "rights", "police")
COMMANDERS = ("commander", "police chief")


class Wording(Counting):
    """The slots that speak of the event."""

    @property
    def near(self) -> bool:
        """Whether the text says "yesterday", which whoever copies it would get wrong."""
        return self.outlet.kind in ("regional", "site")

    def blamed(self) -> Body:
        """Whom the account holds responsible. Raises `LookupError` where it names nobody."""
        if self.account.perpetrator is None:
            raise LookupError(f"{self.account.key} holds nobody responsible")
        return self.account.perpetrator

    # What happened.

    def slot_clause(self) -> None:
        """What happened."""
        self.grammar.expand(_CLAUSES.get(self.account.type, "clause_people"), self)

    def slot_side_clause(self) -> None:
        """What happened beside that."""
        self.grammar.expand("side_property" if self.measure == "houses" else "side_people", self)

    def slot_pp(self) -> None:
        """The participle of the act's type."""
        self.word(f"pp_{self.act_type()}")

    def slot_pp_head(self) -> None:
        """The participle in a headline."""
        self.word(f"pp_{self.act_type()}")

    def slot_past(self) -> None:
        """The past tense of the act's type."""
        self.word(f"past_{self.act_type()}")

    def slot_noun(self) -> None:
        """The noun of the account's type."""
        self.word(f"noun_{self.account.event.type}")

    slot_head_noun = slot_noun

    def slot_victim_noun(self) -> None:
        """The dead, the detained: a plural of the type."""
        kind = self.account.type
        self.put("dead" if kind in DEADLY else "detained" if "detention" in kind else "victims")

    def slot_was(self) -> None:
        """Agrees with the count of the account."""
        self.put("was" if self._count() == 1 else "were")

    def slot_is(self) -> None:
        """Agrees with the number of names just given."""
        named = len(self.act.victims) if self.act else 1
        self.put("is" if named == 1 else "are")

    # People.

    def slot_victims(self) -> None:
        """Those it was done to: by number, or by name where they are few."""
        account, number = self.account, self._count()
        if number == len(account.names) <= 2 and self.draw() < 0.5:
            self._named(account.names)
            return
        self._counted(account.crowd, number)

    def slot_names(self) -> None:
        """Some of the named victims in a row."""
        names = self.account.names
        self._named(names[: max(1, min(len(names), 1 + int(self.draw() * 4)))])

    def _named(self, people: list[Person]) -> None:
        for number, person in enumerate(people):
            if number:
                self.put(" and " if number == len(people) - 1 else ", ")
            victim = VictimDraft(person)
            if self.act is not None:
                self.act.victims.append(victim)
            before = people[number - 1] if number else None
            kin = before is not None and before in person.siblings and self.draw() < 0.6
            if kin and before is not None:
                self._kin_of_last(person, before, victim)
                continue
            self.put(Open("v", victim))
            if len(people) == 1 or self.draw() < 0.5:
                self.described(person, end=number == len(people) - 1)
            else:
                self.person(person)
            self.put(CLOSE)

    def _kin_of_last(self, person: Person, before: Person, victim: VictimDraft) -> None:
        word = "sister" if person.sex == "female" else "brother"
        relation = RelationDraft("family", person, before, word)
        self.sentence.relations.append(relation)
        self.put(Open("r", relation))
        self.put(Mention(before, (), "her" if before.sex == "female" else "his"))
        self.put(" ")
        self._marked("o", relation, word)
        self.put(" ")
        self.put(Open("v", victim))
        self.person(person)
        self.put(CLOSE)
        self.put(CLOSE)

    def slot_perp(self) -> None:
        """Those it is laid to: a body, or its men."""
        body = self.blamed()
        perpetrator = PerpetratorDraft(body)
        if self.act is not None:
            self.act.perpetrators.append(perpetrator)
        self.put(Open("p", perpetrator))
        if self.draw() < 0.5:
            self.word(_TROOPS.get(body.kind, "troops_state"))
            self.put(" from " if self.draw() < 0.4 else " of ")
        self.mention(body)
        self.put(CLOSE)

    def slot_by_perp(self) -> None:
        """As `slot_perp`, after "by"."""
        self.put("by ")
        self.slot_perp()

    def slot_by_unknown(self) -> None:
        """By people whom nobody names."""
        self.put("by ")
        self.slot_by_unknown_subject()

    def slot_by_unknown_subject(self) -> None:
        """People whom nobody names."""
        unknown = self.account.unknown
        perpetrator = PerpetratorDraft(unknown)
        if self.act is not None:
            self.act.perpetrators.append(perpetrator)
        words = self.grammar.words["unknown_men"]
        self.put(Open("p", perpetrator))
        self.put(Mention(unknown, (), words[self.skewed("unknown_men", len(words))]))
        self.put(CLOSE)

    def slot_perp_plain(self) -> None:
        """The body held responsible, outside an act."""
        if self.account.perpetrator is not None:
            self.mention(self.account.perpetrator)

    slot_perp_body = slot_perp_plain

    def slot_head_body(self) -> None:
        """The body held responsible, or nobody in particular, in a headline."""
        body = self.account.perpetrator
        if body is not None and not self.account.denies:
            self.put(Mention(body))
        else:
            self.put("Gunmen")

    def slot_asked(self) -> None:
        """Whom the outlet asked for an answer."""
        region = self.account.event.region
        body = self.account.perpetrator or self.world.bodies[("police", region.key)][0]
        post = self.world.holder(body, self.day, ("spokesman",))
        if post and post.role == "spokesman" and self.draw() < 0.5:
            self.post(post.holder, body, post.role)
        else:
            self.mention(body)

    def slot_officer(self) -> None:
        """Who commands the body held responsible."""
        body = self.blamed()
        post = self.world.holder(body, self.day, COMMANDERS)
        if post is not None:
            relation = RelationDraft("leads", post.holder, body, "leads")
            self.sentence.relations.append(relation)
            self.put(Open("r", relation))
            self.person(post.holder)
            self.put(CLOSE)

    def slot_former(self) -> None:
        """Who held a post of the body held responsible, and does not any more."""
        post = self.world.former(self.blamed(), self.day)
        if post is not None:
            self.post(post.holder, post.body, post.role, ended=True)

    def slot_office(self) -> None:
        """Somebody of the region who holds an office now."""
        kind = OFFICES[int(self.draw() * len(OFFICES))]
        region = self.account.event.region
        body = (self.world.bodies.get((kind, region.key)) or self.world.bodies[(kind, "")])[0]
        post = self.world.holder(body, self.day)
        if post is None:
            self.mention(body)
        else:
            self.post(post.holder, body, post.role)

    # Where and when.

    def slot_where(self) -> None:
        """In the place."""
        self.put("in ")
        self.slot_place()

    def slot_place(self) -> None:
        """The place of the account."""
        self.place(self.account.place)

    def slot_region(self) -> None:
        """The region of the event."""
        self.put(Mention(self.account.event.region))

    def slot_town(self) -> None:
        """A town of the region."""
        towns = self.world.towns[self.account.event.region.key]
        self.put(Mention(towns[self.account.manner % len(towns)]))

    def slot_when(self) -> None:
        """When it happened, as the day of the report lets one say it."""
        words, edtf = when_words(
            self.account.day, self.day, self.draw, dated=self.dated, near=self.near
        )
        if self.act is not None and self.act.date is None and edtf:
            self.act.date = edtf
            self.put(Open("d", self.act))
            self.put(words)
            self.put(CLOSE)
        else:
            self.put(words)

    def slot_told_day(self) -> None:
        """The day of the report or the day before."""
        self.put(f"on {weekday(self.day - int(self.draw() * 2))}")

    def slot_since(self) -> None:
        """Some month before the report."""
        day = self.day - 20 - int(self.draw() * 700)
        self.put(f"{month(day)} {as_date(day).year}")

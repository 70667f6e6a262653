"""How an outlet tells an account of an event: the slots of the grammar, filled."""

from __future__ import annotations

from onrecord.simulation.actors import Body, Nameless, Person
from onrecord.simulation.dating import as_date, month, weekday, when_words
from onrecord.simulation.happenings import DEADLY, Account
from onrecord.simulation.numbers import count_words, in_words
from onrecord.simulation.pieces import (
    CLOSE,
    ActDraft,
    ClaimDraft,
    Mention,
    Open,
    PerpetratorDraft,
    Ref,
    Sentence,
    VictimDraft,
)
from onrecord.simulation.spelling import body_text
from onrecord.simulation.grammar import Word
from onrecord.simulation.writer import Writer

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


class Telling(Writer):
    """Sentences about accounts: `tell` with a claim of its source, `plain` without any."""

    account: Account
    measure = "main"
    told_when: int | None = None

    def tell(
        self, rule: str, account: Account, kind: str = "allegation", **manner: str
    ) -> Sentence:
        """A sentence of a rule about an account, as a claim of its source.

        `manner`: fields of the claim, and `measure`, what is counted.
        """
        self.begin()
        self._of(rule, account, {"kind": kind, **manner})
        self.measure = manner.pop("measure", "main")
        speaker = account.source
        self.claim = ClaimDraft(kind, account, speaker, **manner)
        self.sentence.claims.append(self.claim)
        self.grammar.expand(rule, self)
        return self.finish()

    def plain(self, rule: str, account: Account) -> Sentence:
        """A sentence that carries no claim."""
        self.begin()
        self._of(rule, account, {})
        self.grammar.expand(rule, self)
        return self.finish()

    def again(self, sentence: Sentence) -> Sentence:
        """The same said in other words."""
        assert sentence.account is not None
        if sentence.claims and sentence.claims[0].via is not None:
            self.via = sentence.claims[0].via
        manner = dict(sentence.manner)
        if "kind" not in manner:
            return self.plain(sentence.rule, sentence.account)
        new = self.tell(sentence.rule, sentence.account, manner.pop("kind"), **manner)
        new.background = sentence.background
        return new

    def _of(self, rule: str, account: Account, manner: dict[str, str]) -> None:
        self.account, self.measure = account, "main"
        self.sentence.rule, self.sentence.account, self.sentence.manner = rule, account, manner
        self._features = self._have()
        self.near = self.outlet.kind in ("regional", "site")

    # What the grammar asks of a writer.

    def have(self) -> int:
        """The features of the account at hand."""
        return self._features

    def _have(self) -> int:
        bit, account = self.grammar.bit, self.account
        bits = bit("told_outlet") if self.outlet.own is None else 0
        if account.type not in ("remains_found", "mass_grave", "forced_displacement"):
            bits |= bit("during")
        if account.perpetrator is None:
            return bits | bit("by_unknown") | bit("by_unknown_subject")
        bits |= bit("perp_plain") | bit("perp_body")
        if not account.denies and account.type not in ("remains_found", "mass_grave"):
            bits |= bit("perp") | bit("by_perp")
        if self.world.holder(account.perpetrator, self.day, ("commander", "police chief")):
            bits |= bit("officer")
        return bits

    def open(self, mark: str) -> None:
        """Begin a mark of the claim or the act at hand."""
        if mark == "a":
            self.act = ActDraft(self._type(), self.account.event, self.claim, self.measure)
            self.sentence.acts.append(self.act)
            self.put(Open("a", self.act))
        else:
            self.put(Open(mark, self.claim))

    def _type(self) -> str:
        if self.measure == "main":
            return self.account.type
        return str(self.world.rules["side_types"][self.measure])

    # Words for what happened.

    def slot_clause(self) -> None:
        """What happened."""
        self.grammar.expand(_CLAUSES.get(self.account.type, "clause_people"), self)

    def slot_side_clause(self) -> None:
        """What happened beside that."""
        self.grammar.expand("side_property" if self.measure == "houses" else "side_people", self)

    def slot_pp(self) -> None:
        """The participle of the act's type."""
        self.word(f"pp_{self._type()}")

    def slot_pp_head(self) -> None:
        """The participle in a headline."""
        self.word(f"pp_{self._type()}")

    def slot_past(self) -> None:
        """The past tense of the act's type."""
        self.word(f"past_{self._type()}")

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

    # Numbers.

    def _count(self) -> int:
        return self.account.figure(self.day, self.measure)

    def slot_victims(self) -> None:
        """Those it was done to: by number, or by name where they are few."""
        account, number = self.account, self._count()
        if number == len(account.names) <= 2 and self.draw() < 0.5:
            self._named(account.names)
            return
        self._counted(account.crowd, number)

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

    # People.

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
        from onrecord.simulation.pieces import RelationDraft

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
        body = self.account.perpetrator
        assert body is not None
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
        assert unknown is not None
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
        body = self.account.perpetrator
        assert body is not None
        post = self.world.holder(body, self.day, ("commander", "police chief"))
        assert post is not None
        from onrecord.simulation.pieces import RelationDraft

        self.sentence.relations.append(RelationDraft("leads", post.holder, body, "leads"))
        self.put(Open("r", self.sentence.relations[-1]))
        self.person(post.holder)
        self.put(CLOSE)

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

    # Sources.

    def slot_source(self) -> None:
        """The source of the account: brought in the first time, short after that."""
        account, source = self.account, self.account.source
        if isinstance(source, Nameless):
            words = self.grammar.words["residents"]
            self.put(Mention(source, (), words[self.skewed("residents", len(words))]))
        elif isinstance(source, Body):
            self._eye(source) if account.kind == "correspondent" else self.mention(source)
        elif source.key in self.introduced:
            self._source_again(source)
        elif account.body is not None:
            self.post(source, account.body, account.role)
        elif account.kind == "relative" and source.siblings:
            self.kin(source, source.siblings[0])
        elif self.draw() < 0.5:
            self.described(source)
        else:
            self.person(source)
            self.put(", a resident of ")
            self.put(Mention(account.event.place))
            from onrecord.simulation.pieces import COMMA

            self.put(COMMA)

    def _source_again(self, source: Person) -> None:
        opening = not any(isinstance(p, str | Word | Mention) and p != "“" for p in self.pieces)
        if opening and self.last_source is source and self.draw() < 0.5:
            self.put(Mention(source, (), "she" if source.sex == "female" else "he"))
        else:
            self.person(source)

    last_source: Ref | None = None

    def slot_eye(self) -> None:
        """An outlet's own correspondent."""
        body = self.account.body
        assert body is not None
        self._eye(body)

    def _eye(self, body: Body) -> None:
        self.put(
            ("a correspondent for ", "a reporter of ", "a correspondent of ")[int(self.draw() * 3)]
        )
        self.mention(body)

    def slot_told_outlet(self) -> None:
        """The outlet itself, as what the source talked to."""
        assert self.claim is not None
        body = self.told_to or self.outlet.body
        self.claim.via = body
        self.put(Open("t", self.claim))
        self.put(Mention(body))
        self.put(CLOSE)

    via: Body | None = None
    """Who brought the account, where another outlet did."""
    told_to: Body | None = None
    """Whom the sources talked to, where it was not the outlet itself."""

    def slot_via(self) -> None:
        """Another outlet that carried the account."""
        assert self.claim is not None and self.via is not None
        self.claim.via = self.via
        self.put(Open("w", self.claim))
        self.mention(self.via)
        self.put(CLOSE)

    def slot_addressee(self) -> None:
        """Who is asked to do something."""
        region = self.account.event.region
        body = self.world.bodies[("government", region.key)][0]
        if self.draw() < 0.3:
            body = self.world.bodies[("interior", "")][0]
        assert self.claim is not None
        self.claim.addressee = body
        self.mention(body)


_SINGULAR = {
    "people": "person",
    "men": "man",
    "young men": "young man",
    "others": "other",
    "bodies": "body",
    "families": "family",
    "members of one family": "member of one family",
}


def _singular(noun: str) -> str:
    return _SINGULAR.get(noun) or noun.removesuffix("s")


__all__ = ["Telling", "body_text"]

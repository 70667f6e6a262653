"""How an outlet tells accounts of an event: sentences composed by grammar, with their drafts."""

from __future__ import annotations

from functools import cache
from random import Random

from onrecord import vocabulary
from onrecord.simulation.actors import Body, Nameless, Outlet, Person, Place
from onrecord.simulation.dating import when_words
from onrecord.simulation.grammar import Grammar, Word
from onrecord.simulation.happenings import Account
from onrecord.simulation.numbers import count_words
from onrecord.simulation.pieces import (
    CLOSE,
    ActDraft,
    ClaimDraft,
    Mention,
    Open,
    PerpetratorDraft,
    Ref,
    RelationDraft,
    Sentence,
    VictimDraft,
)
from onrecord.simulation.world import World

COMMA = object()
_PUNCTUATION = frozenset(".,;:?!”")
FEATURES = ("by_perp", "perp", "perp_mention", "names", "victims")


@cache
def grammar() -> Grammar:
    """The grammar of the outlets."""
    return Grammar(vocabulary.load("simulation_grammar"), FEATURES)


class Telling:
    """One text in the making: knows who has been introduced, and fills the grammar's slots."""

    def __init__(self, world: World, outlet: Outlet, day: int, random: Random) -> None:
        self.world, self.outlet, self.day, self.random = world, outlet, day, random
        self.taste = outlet.taste
        self.draw = random.random
        self.grammar = grammar()
        self.introduced: set[str] = set()
        self.last_source = ""
        self.account: Account
        self._start()

    def _start(self) -> None:
        self.pieces: list[object] = []
        self.sentence = Sentence(self.pieces, [], [], [])
        self.act: ActDraft | None = None
        self.claim: ClaimDraft | None = None

    # What the grammar asks of a writer.

    def have(self) -> int:
        """The features of the account at hand."""
        bit = self.grammar.bit
        bits = bit("victims")
        if self.account.perpetrator:
            bits |= bit("perp") | bit("by_perp") | bit("perp_mention")
        if self.account.names:
            bits |= bit("names")
        return bits

    def put(self, piece: object) -> None:
        """Add a piece."""
        self.pieces.append(piece)

    def open(self, mark: str) -> None:
        """Begin a mark of the claim or act at hand."""
        if mark == "a":
            self.act = ActDraft(self.account.type, self.account.event, self.claim)
            self.sentence.acts.append(self.act)
            self.put(Open("a", self.act))
        else:
            self.put(Open(mark, self.claim))

    def close(self) -> None:
        """End the mark opened last."""
        self.put(CLOSE)

    # Sentences.

    def tell(self, rule: str, account: Account, kind: str = "allegation", **claim: str) -> Sentence:
        """A sentence of a rule about an account, attributed to its source."""
        self._start()
        self.account = account
        speaker = account.source
        self.claim = ClaimDraft(kind, account, speaker, **claim)
        self.sentence.claims.append(self.claim)
        self.grammar.expand(rule, self)
        return self._finish()

    def plain(self, rule: str, account: Account) -> Sentence:
        """A sentence that carries no claim."""
        self._start()
        self.account = account
        self.grammar.expand(rule, self)
        return self._finish()

    def _finish(self) -> Sentence:
        self._settle_commas()
        for number, piece in enumerate(self.pieces):
            if isinstance(piece, str):
                self.pieces[number] = piece[:1].upper() + piece[1:]
            elif isinstance(piece, Word):
                self.pieces[number] = Word(piece.rule, piece.text[:1].upper() + piece.text[1:])
            elif isinstance(piece, Mention):
                words = piece.words[:1].upper() + piece.words[1:]
                self.pieces[number] = Mention(piece.ref, piece.form, words)
            else:
                continue
            break
        return self.sentence

    def _settle_commas(self) -> None:
        """The comma after an apposition stands only where the sentence goes on."""
        for number, piece in enumerate(self.pieces):
            if piece is COMMA:
                after = next((p for p in self.pieces[number + 1 :] if isinstance(p, str)), "")
                self.pieces[number] = "" if after[:1] in _PUNCTUATION else ","

    # Slots.

    def slot_clause(self) -> None:
        """What happened, in the words for its type."""
        kind = self.account.type
        if kind == "attack_on_property" and self.account.perpetrator:
            rule = "clause_property"
        elif kind == "remains_found":
            rule = "clause_bodies"
        elif kind == "armed_clash" and self.account.perpetrator:
            rule = "clause_clash"
        else:
            rule = "clause_people" if kind != "attack_on_property" else "clause_burned"
        self.grammar.expand(rule, self)

    def slot_pp(self) -> None:
        """The participle of the account's type."""
        self.grammar.expand(f"pp_{self.account.type}", self)

    def slot_past(self) -> None:
        """The past tense of the account's type."""
        self.grammar.expand(f"past_{self.account.type}", self)

    def slot_noun(self) -> None:
        """The noun of the account's type."""
        self.grammar.expand(f"noun_{self.account.type}", self)

    slot_pp_noun = slot_noun

    def slot_victim_noun(self) -> None:
        """The dead, the detained: a plural of the type."""
        dead = "killing" in self.account.type or self.account.type in ("massacre", "bombardment")
        self.put("dead" if dead else "victims")

    def slot_was(self) -> None:
        """Agrees with the count of the account."""
        self.put("was" if self._count() == 1 else "were")

    def _count(self) -> int:
        return self.account.figure(self.day)

    def slot_victims(self) -> None:
        """Those it was done to: by number, with the noun."""
        self._counted("people", "person")

    def slot_head_count(self) -> None:
        """A number in a headline."""
        self.put(str(self._count()))

    def slot_bodies(self) -> None:
        """Bodies by number."""
        self._counted("bodies", "body")

    def slot_houses(self) -> None:
        """Property by number."""
        number = max(2, self._count())
        self.put(count_words(number, self.outlet.digits, self.random)[0] + " houses")

    def _counted(self, plural: str, singular: str) -> None:
        number = self._count()
        words, least, most = count_words(number, self.outlet.digits, self.random)
        ref = Nameless(f"victims {self.account.event.key} {len(self.pieces)}", "Group", "non_state")
        victim = VictimDraft(ref, least, most)
        if self.act:
            self.act.victims.append(victim)
        noun = singular if number == 1 and words in ("one", "1") else plural
        self.put(Open("v", victim))
        self.put(Open("n", victim))
        self.put(words)
        self.put(CLOSE)
        self.put(f" {noun}")
        self.put(CLOSE)

    def slot_toll(self) -> None:
        """A toll that rose."""
        number = self._count()
        ref = Nameless(f"victims {self.account.event.key}", "Group", "non_state")
        victim = VictimDraft(ref, number, number)
        if self.act:
            self.act.victims.append(victim)
        self.put(Open("v", victim))
        self.put(Open("n", victim))
        self.put(str(number))
        self.put(CLOSE)
        self.put(CLOSE)

    def slot_names(self) -> None:
        """The named victims in a row."""
        people = self.account.names[: 1 + int(self.draw() * 4)]
        for number, person in enumerate(people):
            if number:
                self.put(" and " if number == len(people) - 1 else ", ")
            victim = VictimDraft(person)
            if self.act:
                self.act.victims.append(victim)
            self.put(Open("v", victim))
            self._person(person)
            self.put(CLOSE)
            if self.draw() < 0.4 and person.key in self.introduced:
                self.put(
                    f", a {person.occupation}"
                    if person.occupation[0] not in "aei"
                    else f", an {person.occupation}"
                )
                self.put("," if number < len(people) - 1 else "")

    def slot_perp(self) -> None:
        """Those it is laid to."""
        body = self.account.perpetrator
        assert body is not None
        perpetrator = PerpetratorDraft(body)
        if self.act:
            self.act.perpetrators.append(perpetrator)
        self.put(Open("p", perpetrator))
        self.mention(body)
        self.put(CLOSE)

    def slot_by_perp(self) -> None:
        """As `slot_perp`, after "by"."""
        self.put("by ")
        self.slot_perp()

    def slot_perp_mention(self) -> None:
        """The body named as perpetrator, outside an act."""
        if self.account.perpetrator:
            self.mention(self.account.perpetrator)

    def slot_where(self) -> None:
        """In the place."""
        self.put("in ")
        self.slot_place()

    def slot_place(self) -> None:
        """The place of the account."""
        self._place(self.account.place)

    def _place(self, place: Place) -> None:
        if self.act:
            self.act.place = place
            self.put(Open("l", self.act))
        self.mention(place)
        if self.act:
            self.put(CLOSE)
        if place.region and place.key not in self.introduced and self.draw() < 0.7:
            self.introduced.add(place.key)
            self.put(" in ")
            self.mention(place.region)

    def slot_region(self) -> None:
        """The region of the event."""
        region = self.account.event.place.region
        assert region is not None
        self.mention(region)

    def slot_when(self) -> None:
        """When it happened, as the day of the report lets one say it."""
        words, edtf = when_words(self.account.day, self.day, self.random)
        if self.act:
            self.act.date = edtf
            self.put(Open("d", self.act))
        self.put(words)
        if self.act:
            self.put(CLOSE)

    def slot_addressee(self) -> None:
        """Who is asked to do something."""
        region = self.account.event.place.region
        assert region is not None
        body = self.world.bodies[("government", region.key)][0]
        assert self.claim is not None
        self.claim.addressee = body
        self.mention(body)

    def slot_source(self) -> None:
        """The source of the account: introduced the first time, short after that."""
        account, source = self.account, self.account.source
        if isinstance(source, Nameless):
            text = self.grammar.words["residents"]
            self.put(Mention(source, (), text[int(self.draw() * len(text))]))
        elif isinstance(source, Body):
            self.mention(source)
        elif source.key in self.introduced:
            opening = not any(isinstance(p, str | Word | Mention) for p in self.pieces)
            if opening and self.last_source == source.key and self.draw() < 0.5:
                self.put(Mention(source, (), "she" if source.sex == "female" else "he"))
            else:
                self.put(Mention(source, ("f",)))
        else:
            self._introduce(source, account)
        self.last_source = source.key

    def _introduce(self, person: Person, account: Account) -> None:
        self.sentence.introduces = True
        if account.body is not None:
            self._post(person, account.body, account.role)
        else:
            self._person(person)
            if account.kind == "relative" and person.siblings:
                relative = person.siblings[0]
                word = "sister" if person.sex == "female" else "brother"
                relation = RelationDraft("family", person, relative, word)
                self.sentence.relations.append(relation)
                self.put(", ")
                self.put(Open("r", relation))
                self.put(word)
                self.put(CLOSE)
                self.put(" of ")
                self._person(relative)
                self.put(COMMA)
            else:
                self.put(", a resident of ")
                self.mention(account.event.place)
                self.put(COMMA)

    def _post(self, person: Person, body: Body, role: str) -> None:
        relation = RelationDraft("post", person, body, role)
        self.sentence.relations.append(relation)
        self.put(Open("r", relation))
        if self.draw() < 0.5:
            self.mention(body, article=False)
            self.put(" ")
            self._role(relation, role)
            self.put(" ")
            self._person(person)
            self.put(CLOSE)
        else:
            self._person(person)
            self.put(", ")
            self._role(relation, role)
            self.put(" of ")
            self.mention(body)
            self.put(CLOSE)
            self.put(COMMA)

    def _role(self, relation: RelationDraft, role: str) -> None:
        self.put(Open("o", relation))
        self.put(role)
        self.put(CLOSE)

    def _person(self, person: Person) -> None:
        if person.key in self.introduced:
            self.put(Mention(person, ("f",)))
            return
        self.introduced.add(person.key)
        parts = ["g"]
        if person.honorific and self.draw() < 0.7:
            self.put(f"{person.honorific} ")
        draw = self.draw()
        if person.father and draw < 0.6:
            parts.append("m")
        elif draw > 0.93:
            parts = ["i"]
        self.put(Mention(person, (*parts, "f")))

    def mention(self, ref: Ref, *, article: bool = True) -> None:
        """A body or place by its name."""
        if article and isinstance(ref, Body) and needs_article(ref):
            self.put("the ")
        self.put(Mention(ref))


def needs_article(body: Body) -> bool:
    """Whether the body's name takes "the": names of forces, ministries and movements do."""
    return not body.pattern.startswith(("The ", "Voice", "Radio"))

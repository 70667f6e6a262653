"""The writer of one text: its pieces and marks, and how it brings in people, bodies and places."""

from __future__ import annotations

import zlib
from functools import cache
from random import Random

from onrecord import vocabulary
from onrecord.simulation.actors import Body, Outlet, Person, Place
from onrecord.simulation.grammar import Grammar, Word
from onrecord.simulation.pieces import (
    CLOSE,
    COMMA,
    ActDraft,
    ClaimDraft,
    Mention,
    Open,
    Ref,
    RelationDraft,
    Sentence,
)
from onrecord.simulation.world import World

FEATURES = (
    "perp",
    "by_perp",
    "perp_plain",
    "perp_body",
    "officer",
    "former",
    "by_unknown",
    "by_unknown_subject",
    "told_outlet",
    "during",
)
_PUNCTUATION = frozenset(".,;:?!”")


@cache
def grammar() -> Grammar:
    """The grammar of the outlets."""
    return Grammar(vocabulary.load("simulation_grammar"), FEATURES)


class Writer:
    """One text in the making. `dated`: whether its head says the year."""

    def __init__(
        self, world: World, outlet: Outlet, day: int, random: Random, *, dated: bool = True
    ) -> None:
        self.world, self.outlet, self.day, self.random, self.dated = (
            world,
            outlet,
            day,
            random,
            dated,
        )
        self.draw = random.random
        self.grammar = grammar()
        self.introduced: dict[str, Ref] = {}
        self.begin()

    def begin(self) -> None:
        """Begin a sentence."""
        self.pieces: list[object] = []
        self.sentence = Sentence(self.pieces, [], [], [])
        self.put = self.pieces.append
        self.act: ActDraft | None = None
        self.claim: ClaimDraft | None = None

    def skewed(self, rule: str, number: int) -> int:
        """An index: each outlet leans to some alternatives of a rule, but may take any."""
        if number == 1:
            return 0
        lean = self.outlet.lean.get(rule)
        if lean is None:
            lean = zlib.crc32(f"{self.outlet.taste} {rule}".encode())
            self.outlet.lean[rule] = lean
        draw = self.draw()
        return (int(draw * (0.25 + 0.75 * draw) * number) + lean) % number

    def close(self) -> None:
        """End the mark opened last."""
        self.put(CLOSE)

    def word(self, rule: str) -> None:
        """A word of a lexical rule."""
        words = self.grammar.words[rule]
        self.put(Word(rule, words[self.skewed(rule, len(words))]))

    def finish(self) -> Sentence:
        """End the sentence: settle commas, begin with a capital, join plain words."""
        pieces = self.pieces
        capital = True
        joined: list[object] = []
        before = ""
        for number, piece in enumerate(pieces):
            each = piece
            if piece is COMMA:
                each = "" if self._ends(pieces, number) else ","
            if capital and type(piece) is not Open and piece is not CLOSE:
                each = _capital(each)
                capital = False
            if type(each) is str:
                before += each
            else:
                if before:
                    joined.append(before)
                    before = ""
                joined.append(each)
        if before:
            joined.append(before)
        self.sentence.pieces = joined
        return self.sentence

    @staticmethod
    def _ends(pieces: list[object], number: int) -> bool:
        for piece in pieces[number + 1 :]:
            if piece.__class__ is str:
                return piece[:1] in _PUNCTUATION
            if isinstance(piece, Word | Mention):
                return False
        return True

    # People, bodies and places.

    def mention(self, ref: Ref, *, article: bool = True) -> None:
        """A body or place by its name; a body with "the", and in short where that is known."""
        if not isinstance(ref, Body):
            self.put(Mention(ref))
            return
        if article:
            self.put("the ")
        if not ref.short:
            self.put(Mention(ref))
        elif ref.key in self.introduced:
            self.put(Mention(ref, ("acronym",) if self.draw() < 0.6 else ()))
        else:
            self.put(Mention(ref))
            if self.draw() < 0.6:
                self.introduced[ref.key] = ref
                self.put(" (")
                self.put(Mention(ref, ("acronym",)))
                self.put(")")

    def person(self, person: Person) -> None:
        """A person by name: in full the first time, by the family name after that."""
        if person.key in self.introduced:
            namesake = any(
                isinstance(r, Person) and r.family == person.family and r is not person
                for r in self.introduced.values()
            )
            self.put(Mention(person, ("g", "f") if namesake else ("f",)))
            return
        self.introduced[person.key] = person
        if person.honorific and self.draw() < 0.75:
            self.put(f"{person.honorific} ")
        self.put(Mention(person, self.full_form(person)))

    def full_form(self, person: Person) -> tuple[str, ...]:
        """Which parts of a full name are given."""
        draw = self.draw()
        if person.father is not None:
            given = ("g", "m") if draw < 0.4 else ("g", "n") if draw < 0.6 else ("g",)
            given = ("g", "j") if 0.6 <= draw < 0.68 else given
        else:
            given = ("g",)
        if draw > 0.965:
            given = ("i",)
        slips = (f"~{int(self.draw() * 10_000)}",) if self.draw() < 0.02 else ()
        return (*given, "f", *slips)

    def described(self, person: Person, *, end: bool = True) -> None:
        """A private person by name, with age, occupation or home where this text gives them."""
        if person.key in self.introduced or not person.occupation:
            self.person(person)
            return
        draw = self.draw()
        if draw < 0.25:
            self._occupation(person)
            self.put(" ")
            self.person(person)
            return
        self.person(person)
        age = person.age(self.day)
        if draw < 0.45:
            self.put(", ")
            self._marked("A", person, str(age))
        elif draw < 0.62:
            self.put(", a " if str(age)[0] != "8" else ", an ")
            self._marked("A", person, f"{age}-year-old")
            self.put(" ")
            self._occupation(person)
        elif draw < 0.78:
            self.put(", an " if person.occupation[0] in "aeiou" else ", a ")
            self._occupation(person)
            self.put(" from ")
            self.put(Mention(person.home))
        else:
            return
        if end:
            self.put(COMMA)

    def _occupation(self, person: Person) -> None:
        self._marked("O", person, person.occupation)

    def _marked(self, mark: str, draft: object, words: str) -> None:
        self.put(Open(mark, draft))
        self.put(words)
        self.put(CLOSE)

    def post(self, person: Person, body: Body, role: str, *, ended: bool = False) -> None:
        """A person with the post held in a body."""
        relation = RelationDraft("post", person, body, role, ended)
        self.sentence.relations.append(relation)
        self.put(Open("r", relation))
        draw = self.draw()
        if draw < 0.4:
            self.put("former " if ended else "")
            self.mention(body, article=False)
            self.put(" ")
            self._marked("o", relation, role)
            self.put(" ")
            self.person(person)
            self.put(CLOSE)
            return
        self.person(person)
        self.put(", ")
        article = "a " if role in ("doctor", "surgeon") else "the " if draw < 0.7 else ""
        self.put("a former " if ended else article)
        self._marked("o", relation, role)
        self.put(
            " of "
            if role not in ("doctor", "surgeon", "spokesman", "spokeswoman")
            else " for "
            if role[-3:] == "man"
            else " at "
        )
        self.mention(body)
        self.put(CLOSE)
        self.put(COMMA)

    def kin(self, person: Person, relative: Person) -> None:
        """A person brought in as the brother or sister of another."""
        word = "sister" if person.sex == "female" else "brother"
        relation = RelationDraft("family", person, relative, word)
        self.sentence.relations.append(relation)
        self.put(Open("r", relation))
        self.person(person)
        self.put(f", {'the ' if self.draw() < 0.4 else ''}")
        self._marked("o", relation, word)
        self.put(" of ")
        self.person(relative)
        self.put(CLOSE)
        self.put(COMMA)

    def place(self, place: Place) -> None:
        """A place, with its region the first time."""
        if self.act is not None and self.act.place is None:
            self.act.place = place
            self.put(Open("l", self.act))
            self.put(Mention(place))
            self.put(CLOSE)
        else:
            self.put(Mention(place))
        if place.region and place.key not in self.introduced:
            self.introduced[place.key] = place
            draw = self.draw()
            if draw < 0.5:
                self.put(" in ")
                self.put(Mention(place.region))
            elif draw < 0.7:
                self.put(", ")
                self.put(Mention(place.region))
                self.put(COMMA)


def _capital(piece: object) -> object:
    if isinstance(piece, Word):
        return Word(piece.rule, piece.text[:1].upper() + piece.text[1:])
    if isinstance(piece, Mention):
        words = piece.words[:1].upper() + piece.words[1:]
        return Mention(piece.ref, piece.form, words)
    text = str(piece)
    return text[:1].upper() + text[1:]

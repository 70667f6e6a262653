"""From a noun to the person, body or group it stands for, with how many they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import (
    antecedent,
    characters,
    child,
    conjuncts,
    lemma,
    phrase_end,
    phrase_span,
    phrase_start,
)
from onrecord.coding.acts_members import (
    is_a_name_for,
    is_left_out,
    is_listed,
    is_of_another,
    is_set_apart,
    is_the_same,
    list_of_names,
)
from onrecord.coding.acts_pronouns import led_back, was_harmed_before
from onrecord.coding.acts_sufferers import kin_of
from onrecord.coding.acts_triggers import states_acts
from onrecord.coding.counts import find_counts
from onrecord.coding.person_words import is_property, names_people, one_of, person_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from onrecord.coding.acts_words import Words
    from onrecord.entities import EntityBook
    from onrecord.model import Count, Entity, EntityType, Span

_BOUNDING = 4
"""Tokens before a noun phrase among which a bound may stand: "no fewer than" 12 people."""
_STEPS_TO_NAME, _STEPS_IN_LIST = 5, 8
_LINKING = frozenset({",", "and", ":", "including", "(", "namely", "-"})
_BETWEEN = frozenset({"PRON", "NOUN", "ADJ", "DET", "NUM", "PROPN"})
_SPEAKERS = frozenset({"i", "me", "myself"})
_PERSONS = frozenset({"Person", "Organization", "Group"})


@dataclass(frozen=True, slots=True)
class Party:
    """Who a noun phrase stands for, the phrase, and how many it says they are."""

    entity: str
    span: Span
    head: Token
    count: Count | None = None


class Parties:
    """Looks up, in the book of one document, who the nouns of its acts stand for."""

    def __init__(self, book: EntityBook, text: str, words: Words) -> None:
        self._book, self._text, self._words = book, text, words

    def of(self, heads: list[Token], *, as_perpetrator: bool = False) -> list[Party]:
        """The parties that these nouns, and what is coordinated with them, stand for."""
        found: dict[int, Party] = {}
        for head in heads:
            parts = conjuncts(antecedent(head))
            if not as_perpetrator:
                parts += [k for part in parts for k in self._kin(part) if k not in parts]
            for part in parts:
                if is_the_same(part, parts[0]) or is_left_out(part):
                    continue
                for party in self._of(part, as_perpetrator):
                    found.setdefault(party.head.i, party)
        return [found[i] for i in sorted(found)]

    def _of(self, part: Token, as_perpetrator: bool) -> list[Party]:
        """The parties that one noun stands for, with those named right behind it."""
        if not as_perpetrator and is_property(part) and part.pos_ == "NOUN":
            return []  # "the offices" are nobody
        party = self._party(part, as_perpetrator)
        named = [] if as_perpetrator else self._named_after(part)
        if len(named) == 1 and part.tag_ == "NN" and is_a_name_for(named[0].head, part):
            return named  # "our son, Orin Vale": one person, told twice
        return [*([party] if party is not None else []), *named]

    def _kin(self, head: Token) -> list[Token]:
        """Whom a list adds to a name as theirs, unless "his" is somebody else's."""
        known, found = self._book.at(head.idx), []
        for kin in kin_of(head):
            owner = child(kin, "poss")
            whose = self._book.exactly(characters(owner, owner)) if owner is not None else None
            if whose is None or known is None or whose.id == known.id:
                found.append(kin)
        return found

    def _named_after(self, head: Token) -> list[Party]:
        """The people named right after a word for them: "the journalists X, Y and her son Z"."""
        found = self._names_from(head, phrase_end(head))
        if found and head.pos_ == "PROPN" and not is_listed(head, found[-1].head):
            return []  # "a suspect in the killing of X, Y, was freed": another apposition
        if len(found) == 1 and is_set_apart(head, found[0].span):
            return []  # "the mother of the murdered drivers, X": one name is not several people
        if head.tag_ in ("NNS", "NNPS") or _is_number(head):
            begins = list_of_names(head, names_people)
            found += self._names_from(head, begins, _STEPS_IN_LIST) if begins is not None else []
        return found

    def _names_from(self, head: Token, position: int, steps: int = _STEPS_TO_NAME) -> list[Party]:
        """The names that follow one another from a token of the head's sentence on."""
        doc, stop, found = head.doc, head.sent.end, []
        while position < stop:
            reached = self._next_name(doc, position, min(position + steps, stop), stop)
            if reached is None:
                break
            name, position = reached
            if is_of_another(name, head):
                break
            known = self._book.at(name.idx)
            if known is not None:
                found.append(Party(known.id, self._mention_at(known, name), name))
        return found

    def _next_name(self, doc: Doc, start: int, reach: int, stop: int) -> tuple[Token, int] | None:
        """The next name of a person, over commas, "and", "including" and words for people."""
        for token in doc[start:reach]:
            known = self._book.at(token.idx)
            if known is not None and known.type == "Person" and token.pos_ == "PROPN":
                end = self._mention_at(known, token)[1]
                if self._text[end : end + 1] == "/":
                    return None  # the credit of a picture: "(X/AFP)"
                last = token
                while last.i + 1 < stop and doc[last.i + 1].idx < end:
                    last = doc[last.i + 1]
                subject = {last.dep_, token.dep_} & {"nsubj", "nsubjpass", "poss"}
                return None if subject else (last, last.i + 1)
            if not (token.lower_ in _LINKING or (token.pos_ in _BETWEEN and token.dep_ != "nsubj")):
                return None
        return None

    def _called(self, head: Token) -> Party | None:
        """Whose name follows a word for one person: "a man named X", "an activist known as X"."""
        doc, position = head.doc, head.i + 1
        while position < head.sent.end and doc[position].lower_ in person_words().naming:
            position += 1
        if position == head.i + 1 or position >= head.sent.end or head.tag_ != "NN":
            return None
        known = self._book.at(doc[position].idx)
        if known is None or known.type != "Person" or doc[position].pos_ != "PROPN":
            return None
        return Party(known.id, self._mention_at(known, doc[position]), head)

    @staticmethod
    def _mention_at(known: Entity, token: Token) -> Span:
        return min(m for m in known.mentions if m[0] <= token.idx < m[1])

    def is_somebody(self, head: Token) -> bool:
        """Whether a noun can stand for people at all."""
        return self._plausible(_measured(head), False) or _is_number(head)

    def _party(self, head: Token, as_perpetrator: bool) -> Party | None:
        inner = _measured(head)
        if inner.lower_ in _SPEAKERS and (who := self._who(inner)) is not None:
            return Party(who, characters(inner, inner), head)
        numeral = _is_number(head) and not as_perpetrator
        if not (numeral or self._plausible(inner, as_perpetrator)):
            return None
        span = phrase_span(head)
        called = self._called(head)
        if called is not None:
            return called
        if self._is_only_a_victim(inner):
            return None
        if as_perpetrator and (body := self._body_of(inner)) is not None:
            return body
        if inner.pos_ == "PRON":
            return self._meant(inner, head, as_perpetrator)
        count = self._count(head, inner, span)
        if count is not None:
            span = min(span[0], count.span[0]), span[1]
        if self._known(inner) is None and self._book.at(inner.idx) is not None:
            entity = self._book.exactly(span) or self._book.add(_kind(inner), [span])
        else:
            entity = self._book.ensure(span, inner.idx, _kind(inner))
        return Party(entity.id, span, inner, count)

    def _meant(self, pronoun: Token, head: Token, as_perpetrator: bool) -> Party | None:
        """Whom a pronoun means: who the book has for it, else who is described before it."""
        if (listed := _listed_before(pronoun)) is not None:
            party = self._party(listed, as_perpetrator=False)
            return replace(party, span=characters(pronoun, pronoun)) if party else None
        known = self._book.exactly(characters(pronoun, pronoun))  # not "their hostages" for "their"
        if as_perpetrator and known and was_harmed_before(pronoun, known, self._book.at):
            return None
        if known is None and (noun := led_back(pronoun, self._book.at)) is not None:
            described = self._party(noun, as_perpetrator=False)
            known = self._book[described.entity] if described is not None else None
        return Party(known.id, characters(pronoun, pronoun), head) if known else None

    def _body_of(self, head: Token) -> Party | None:
        """The body whose people did it: "soldiers of the 4th Brigade", "men from the X Front"."""
        if head.tag_ not in ("NNS", "NNPS") and head.lower_ not in person_words().belonging:
            return None
        preposition = next((c for c in head.rights if c.i == head.i + 1), None)
        if preposition is None or one_of(head) not in person_words().belonging:
            return None
        name = child(preposition, "pobj") if preposition.lower_ in ("of", "from") else None
        known = self._book.at(name.idx) if name is not None and name.pos_ == "PROPN" else None
        if name is None or known is None or known.type != "Organization":
            return None
        end = self._mention_at(known, name)[1]
        return Party(known.id, (phrase_span(head)[0], end), head)

    def _who(self, pronoun: Token) -> str | None:
        """Who "I" is: the one quoted, or the one whose words the whole text is."""
        known = self._book.at(pronoun.idx)
        return self._words.who_says(pronoun.idx) or (known.id if known else None)

    def _is_only_a_victim(self, head: Token) -> bool:
        """Whether a phrase says no more than the act: "the victim of an attack" is nobody yet."""
        if lemma(head) not in ("victim", "survivor") or head.tag_ not in ("NN", "NNP"):
            return False
        known = self._book.at(head.idx)
        return known is None or lemma(head) in known.name.lower()

    def _known(self, noun: Token) -> Entity | None:
        """Who the book has for a noun: not the father for "the man" of "the man's father"."""
        known = self._book.at(noun.idx)
        if known is None or noun.dep_ != "poss":
            return known
        mention = self._mention_at(known, noun)
        return None if mention[0] <= noun.head.idx < mention[1] else known

    def _plausible(self, head: Token, as_perpetrator: bool) -> bool:
        known = self._known(head)
        if known is not None:
            if known.type in _PERSONS:
                return True
            country = known.location is not None and known.location.precision == "country"
            return as_perpetrator and country and (head.dep_ == "nsubj" or head.head.lower_ == "by")
        return head.pos_ in ("NOUN", "PROPN", "ADJ", "VERB") and names_people(head)

    def _count(self, head: Token, inner: Token, span: Span) -> Count | None:
        """The quantity in a phrase, with the words before it that bound it ("at least")."""
        doc = head.doc
        first = doc[max(phrase_start(head) - _BOUNDING, head.sent.start)]
        end = inner.idx + len(inner) if _is_number(inner) else inner.idx
        if _is_part_of(head, inner):  # "three of the 40 people" are not 40
            end = head.idx + len(head)
        counts = find_counts(self._text, first.idx, end) if first.idx < end else []
        inside = [c for c in counts if c.span[1] > span[0]]
        return inside[-1] if inside else None


def _listed_before(pronoun: Token) -> Token | None:
    """Whose something is that a list puts behind them: "fought the rebellion and its raids"."""
    noun, first = pronoun.head, pronoun.head.head
    if pronoun.lower_ not in ("its", "their") or noun.dep_ != "conj" or states_acts(first):
        return None
    own = any(c.dep_ == "poss" for c in first.lefts)  # "its record and its raids"
    return first if first.pos_ in ("NOUN", "PROPN") and not own else None


_BODIES = frozenset({"body", "corpse", "remains"})
_CUT_OFF = frozenset({"severed", "decapitated", "amputated"})
_WHOLE = frozenset({"all", "both", "each", "total", "every"})


def _is_part_of(head: Token, inner: Token) -> bool:
    """Whether a measure takes some out of a number that is known: "half of these 277 people"."""
    if head.i == inner.i or lemma(head) in _WHOLE:
        return False
    return any(
        c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in ("the", "these", "those"))
        for c in inner.lefts
    )


def _measured(head: Token) -> Token:
    """Past measures to what they measure: "dozens of people" is people, "X's body" is X."""
    owner = child(head, "poss")
    severed = any(c.lower_ in _CUT_OFF for c in head.lefts)
    if owner is not None and (lemma(head) in _BODIES or severed):
        return owner
    for _ in range(3):
        if (
            lemma(head) not in person_words().measures
            and head.lower_ not in person_words().measures
        ):
            break
        of = next((c for c in head.rights if c.dep_ == "prep" and c.lower_ == "of"), None)
        inner = child(of, "pobj") if of is not None else None
        if inner is None or (head.lower_ == "both" and inner.tag_ in ("NN", "NNP")):
            break  # "X and Y, both of the union": it is no part of the union
        head = inner
    return head


def _is_number(head: Token) -> bool:
    if head.ent_type_ in ("MONEY", "PERCENT", "QUANTITY"):
        return False
    return head.pos_ == "NUM" or (head.lower_ in _COUNTED and head.pos_ == "NOUN")


_COUNTED = frozenset({"dozens", "hundreds", "thousands", "scores", "dozen"})


def _kind(head: Token) -> EntityType:
    words = person_words()
    if head.ent_type_ == "PERSON":
        return "Person"
    if lemma(head) in words.bodies or head.ent_type_ == "ORG":
        return "Organization"
    if head.tag_ in ("NN", "NNP") and lemma(head) in words.people and not _is_number(head):
        return "Group" if lemma(head) in _MANY else "Person"
    return "Group"


_MANY = frozenset({"people", "population", "community", "minority", "crowd", "public", "family"})

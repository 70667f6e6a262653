"""Whether somebody is told of as a man or a woman, with the words that say so."""

from __future__ import annotations

from collections import Counter

from onrecord.entities.binding import reporters
from onrecord.entities.draft import Draft, Drafts, Range
from onrecord.entities.lexicon import sex_of_noun
from onrecord.entities.words import SUBJECTS, Words
from onrecord.vocabulary import load

_REACH = 1
"""Sentences between a name and a pronoun that may still mean whom it names."""
_CITED = 3
_OTHER = {"male": "female", "female": "male"}
_FAR = 2
"""Sentences from a mention within which a pronoun may tell the sex of whom it names."""
_NOUN = 2
"""Pronouns that a noun beside the name outweighs."""


def learn_sexes(words: Words, drafts: Drafts, described: dict[int, list[Range]]) -> None:
    """Fill in what titles, nouns, pronouns and given names say; what quarrels stays unknown.

    `described` are the phrases that say what each person is, by the person's number.
    """
    loose = _loose_pronouns(words, drafts)
    for person in drafts.of("Person"):
        for _, end in described.get(person.number, []):
            _by_noun(words, person, end - 1)
        read = person.sex.copy()
        _leave_out(words, drafts, person)
        _learn(words, person, loose.get(person.number, []))
        told = person.known.get("sex")
        if told and read[told] < read[_OTHER[told]]:
            del person.known["sex"], person.cites["sex"]


def _leave_out(words: Words, drafts: Drafts, person: Draft) -> None:
    """Take back what pronouns told that may as well stand for somebody told of in between.

    "The lawmaker gave a date. A surgeon was held. She planted it": for the sense of a sentence the
    likeliest reading will do, for what is recorded of somebody's body it will not.
    """
    table: dict[str, dict[str, str]] = load("pronouns")["pronouns"]
    cited = person.cites.get("sex", [])
    last = -1
    for first, end in sorted(person.mentions):
        sex = table.get(words.lower[first], {}).get("sex") if end - first == 1 else None
        span = words.span(first, end)
        if sex is None:
            last = max(last, end)
        elif not _may_be_another(words, drafts, person, range(last, first)):
            last = max(last, end)
            if span not in cited and len(cited) < _CITED:
                cited.append(span)
        else:
            person.sex[sex] -= 1
            if span in cited:
                cited.remove(span)


def _may_be_another(words: Words, drafts: Drafts, person: Draft, between: range) -> bool:
    """Whether a pronoun behind these words may be somebody else than whom they follow upon.

    Who is told of in them may be of the same sex, or they are more than the next sentence.
    """
    told = reporters(words, between.stop) if words.dep[between.stop] != "poss" else frozenset()
    if any(drafts.at.get(index) is person for index in told):
        return False  # "Dahl told Moe that she had been followed"
    if between.start < 0 or words.sentence[between.stop] - words.sentence[between.start - 1] > _FAR:
        return True
    opposite = _OTHER[load("pronouns")["pronouns"][words.lower[between.stop]]["sex"]]
    for index in between:
        other = drafts.at.get(index)
        if other is person:
            continue
        if other is None:
            unknown = words.pos[index] == "PROPN" and words.dep[index] in SUBJECTS
            if unknown or words.lower[index : index + 2] == ["one", "of"]:
                return True
        elif other.kind == "Person" and 2 * other.sex[_OTHER[opposite]] >= other.sex[opposite]:
            return True
    return False


def _learn(words: Words, person: Draft, loose: list[tuple[str, int]]) -> None:
    male, female = person.sex["male"], person.sex["female"]
    cited = person.cites.pop("sex", [])
    if not cited and loose:
        told = Counter(sex for sex, _ in loose)
        male, female = told["male"], told["female"]
        cited = [words.span(at, at + 1) for _, at in loose]
    if cited and male != female and max(male, female) >= 2 * min(male, female):
        person.known["sex"] = "male" if male > female else "female"
        person.cites["sex"] = list(dict.fromkeys(cited))[:_CITED]


def _by_noun(words: Words, person: Draft, noun: int) -> None:
    """A noun beside the name: "two boys: X and Y", "a policewoman, X"."""
    sex = sex_of_noun().get(words.lemma[noun])
    cited = person.cites.setdefault("sex", [])
    if sex and words.span(noun, noun + 1) not in cited:
        person.sex[sex] += _NOUN
        cited.append(words.span(noun, noun + 1))


def _loose_pronouns(words: Words, drafts: Drafts) -> dict[int, list[tuple[str, int]]]:
    """Pronouns that nobody was found for, by the person named alone just before them.

    They are no mentions of that person, but they are the best word there is for how the text tells
    of them where it says nothing else.
    """
    table: dict[str, dict[str, str]] = load("pronouns")["pronouns"]
    found: dict[int, list[tuple[str, int]]] = {}
    last: Draft | None = None
    alone, sentence, end = True, -1, 0
    for index, lower in enumerate(words.lower):
        draft = drafts.at.get(index)
        if draft is not None and _is_name(words, draft, index):
            here = words.sentence[index]
            if here != sentence:
                alone = True
            elif draft is not last:
                alone = False
            last, sentence, end = draft, here, index + 1
        elif last is not None and alone and words.sentence[index] - sentence <= _REACH:
            sex = table.get(lower, {}).get("sex")
            free = not _is_found(draft, index) and (index, index + 1) not in last.mentions
            said = free and words.pos[index] in ("PRON", "DET")
            if sex and said and not _may_be_another(words, drafts, last, range(end, index)):
                found.setdefault(last.number, []).append((sex, index))
    return found


def _is_found(draft: Draft | None, pronoun: int) -> bool:
    """Whether it is known whom a pronoun means, and not only that it stands in "his brother"."""
    return draft is not None and (pronoun, pronoun + 1) in draft.mentions


def _is_name(words: Words, draft: Draft, index: int) -> bool:
    return draft.kind == "Person" and draft.named and words.pos[index] == "PROPN"

"""Whether somebody is of the number and the sex of a pronoun."""

from __future__ import annotations

from onrecord.entities.draft import Draft
from onrecord.entities.lexicon import listed
from onrecord.vocabulary import load


def fits(self, draft: Draft) -> bool:
    """Whether somebody is of the number and, as far as is known, the sex of the pronoun."""
    return fits(draft, self.facts)


def choose(
    pronoun: Pronoun, seen: list[Standing], told: Told
) -> tuple[Draft | None, frozenset[int]]:
    """Whom a pronoun stands for, of `seen` in order of the text; or nobody, and who it may be."""
    able = [standing for standing in seen if _is_able(pronoun, standing, told)]
    shut = _shut_out(pronoun, able)
    scores: dict[int, float] = {}
    stand: dict[int, Standing] = {}
    for standing in reversed(able):
        if standing.key in shut or _is_barred(pronoun, standing.head):
            continue
        score = _score(pronoun, standing.head) + _history(pronoun, standing, told)
        if pronoun.suffers and standing.draft and suffers(pronoun.words, standing.head):
            score += weight("harmed there")
        if score > scores.get(standing.key, -99.0):
            scores[standing.key], stand[standing.key] = score, standing
    ranked = sorted(scores, key=lambda key: (-scores[key], key))
    maybe = frozenset(key for key in ranked if scores[key] > scores[ranked[0]] - weight("maybe"))
    ranked = _without_the_same(ranked, stand)
    if not ranked or scores[ranked[0]] < weight(f"least of {pronoun.number}"):
        return None, maybe
    lead = scores[ranked[0]] - scores[ranked[1]] if len(ranked) > 1 else 9.0
    first = stand[ranked[0]].draft
    if first is None or lead < _wanted(pronoun, ranked, told):
        return None, maybe
    return _decided(pronoun, first, maybe), maybe


def _decided(pronoun: Pronoun, first: Draft, maybe: frozenset[int]) -> Draft | None:
    """Somebody found; of those whom a shared name may mean, the one whom the pronoun fits."""
    if not first.candidates:
        return first
    able = [draft for draft in first.candidates if pronoun.fits(draft)]
    return able[0] if len(able) == 1 and able[0].number in maybe else None


def _wanted(pronoun: Pronoun, ranked: list[int], told: Told) -> float:
    """By how much the first must lead the second."""
    if pronoun.suffers or pronoun.harms:
        harmed = [told.suffers(key) for key in ranked[:2]]
        if not (pronoun.suffers and harmed[0]):
            return weight("lead of harm")
        both = pronoun.number == "one" and harmed == [True, True]
        return weight("lead of two harmed" if both else "lead")
    return weight("lead of one" if pronoun.number == "one" else "lead")


def _without_the_same(ranked: list[int], stand: dict[int, Standing]) -> list[int]:
    """The ranks without those who may be the first: "Vale" of two beside "Ada Vale"."""
    first = stand[ranked[0]].draft if ranked else None
    if first is None:
        return ranked
    return [
        key
        for key in ranked
        if first.number not in stand[key].maybe
        and ((draft := stand[key].draft) is None or first not in draft.candidates)
        and draft not in first.candidates
    ]


def weight(name: str) -> float:
    """How much one sign counts (`vocabulary/pronouns.yaml`)."""
    return float(load("pronouns")["weights"][name])


def _is_able(pronoun: Pronoun, standing: Standing, told: Told) -> bool:
    words, head, draft = pronoun.words, standing.head, standing.draft
    distance = words.sentence[pronoun.index] - words.sentence[head]
    if distance > int(load("pronouns")["reach"][pronoun.number]):
        return False
    if is_in_brackets(words, head, pronoun.index):
        return False
    if _is_of_an_earlier_paragraph(pronoun, head):
        return False
    if draft is None:
        person = standing.key <= OPEN or pronoun.number == "one" or are_people(words, head)
        if not (pronoun.harms or pronoun.speaks):
            return True
        return person and not (pronoun.harms and pronoun.number == "many" and suffers(words, head))
    if not pronoun.fits(draft):
        return False
    if pronoun.number == "body" and not _acts(words, pronoun.index, head):
        return False
    return not (
        pronoun.number == "many" and pronoun.harms and _cannot_harm(pronoun, standing, told)
    )


def _is_of_an_earlier_paragraph(pronoun: Pronoun, head: int) -> bool:
    """Whether "they" stands in a quotation and those meant outside it, paragraphs before."""
    words, index = pronoun.words, pronoun.index
    if pronoun.number == "one" or not words.quoted[index]:
        return False
    return not words.quoted[head] and "\n" in words.text[words.end[head] : words.start[index]]


def _cannot_harm(pronoun: Pronoun, standing: Standing, told: Told) -> bool:
    """Who told of harm, who suffers it and the relatives of who does are not those who did it."""
    words, draft = pronoun.words, standing.draft
    if draft is None:
        return False
    tells = speaks(words, standing.head) and not pronoun.telling
    lemma = words.lemma[standing.head]
    return tells or told.suffers(draft.number) or lemma in kin() or lemma == "family"


def _shut_out(pronoun: Pronoun, able: list[Standing]) -> frozenset[int]:
    """Whom grammar forbids, at whatever word they stand: "Dahl met him" is Dahl nowhere."""
    barred = (s.key for s in able if _is_barred(pronoun, s.head))
    return frozenset() if pronoun.dangles else frozenset(barred)


def _is_barred(pronoun: Pronoun, head: int) -> bool:
    words, index = pronoun.words, pronoun.index
    if head in pronoun.barred or head == pronoun.not_theirs or words.head[head] == index:
        return True
    if pronoun.case == "object":
        verb = words.head[index] if words.dep[index] != "pobj" else words.head[words.head[index]]
        return words.head[head] == verb and words.dep[head] in (*SUBJECTS, "dobj")
    if pronoun.case == "possessive":
        return words.head[index] == head
    if words.dep[index] in SUBJECTS:
        return words.head[head] == words.head[index]
    return False


def fits(draft: Draft, facts: dict[str, str]) -> bool:
    """Whether somebody is of the number and, as far as is known, the sex of a pronoun."""
    if facts["number"] == "one":
        other = "female" if facts["sex"] == "male" else "male"
        against = draft.sex[other] - draft.sex[facts["sex"]]
        return draft.kind == "Person" and against < 1
    if facts["number"] == "many":
        return draft.kind == "Group" or (draft.kind == "Organization" and _are_many(draft))
    if draft.kind == "Place":
        return draft.known.get("place_kind") in ("country", "region")
    return draft.kind == "Organization" and not draft.plural


def _are_many(body: Draft) -> bool:
    """Whether a body is spoken of as "they": "the police", "the Orla Rifles"."""
    last = body.name.lower().split()[-1]
    if last in listed("pronouns", "single_bodies"):
        return False
    plain = last.endswith("s") and not last.endswith(("ss", "us", "is"))
    return body.plural or plain or last in load("pronouns")["plural_bodies"]

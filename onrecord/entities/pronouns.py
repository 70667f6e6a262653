"""Who "he", "she" and "they" stand for: the most salient fitting mention shortly before.

A pronoun looks back over its own sentence and the few before it. Subjects, speakers and people
spoken of again and again come first; sex, number and the grammar of the clause rule out. Where two
people are as likely, nobody is chosen. Within a quotation "I" and "we" are the speaker's and left.
A report of harm keeps telling of whom it was done to: "his arrest" is rather his who was arrested.
"""

from __future__ import annotations

from collections import Counter

from onrecord.entities.binding import bound_to, case_of, co_arguments, reporters
from onrecord.entities.draft import Draft, Drafts
from onrecord.entities.lexicon import listed
from onrecord.entities.suffering import harms, suffers
from onrecord.entities.words import Words
from onrecord.vocabulary import load

AHEAD = 15
"""Words after a pronoun in which the subject it points forward to is looked for."""

RECENT = 60
"""Mentions that are looked back over."""

Mention = tuple[int, Draft]
"""The head word of a mention, and whose it is."""


def resolve_pronouns(words: Words, drafts: Drafts) -> None:
    """Add each pronoun that is decided to the mentions of whom it stands for."""
    table: dict[str, dict[str, str]] = load("pronouns")["pronouns"]
    found = _heads(words, drafts)
    speakers = _speakers(words, found)
    seen: list[Mention] = []
    position = 0
    counts: Counter[int] = Counter()
    harmed = Counter(draft.number for head, draft in found if suffers(words, head))
    for index, lower in enumerate(words.lower):
        while position < len(found) and found[position][0] < index:
            seen.append(found[position])
            counts[found[position][1].number] += 1
            position += 1
        facts = table.get(lower)
        if facts is None or words.pos[index] not in ("PRON", "DET"):
            continue
        barred = speakers.get(words.quotation[index], frozenset())
        near = [mention for mention in seen[-RECENT:] if mention[1].number not in barred]
        owner = _subject_ahead(words, drafts, index, facts) or _owner(
            words, index, facts, near, counts, harmed
        )
        if owner is None:
            continue
        harmed[owner.number] += suffers(words, index)
        drafts.mention(owner, (index, index + 1))
        if facts["number"] == "one":
            owner.sex[facts["sex"]] += 1
            cited = owner.cites.setdefault("sex", [])
            if len(cited) < 3:
                cited.append(words.span(index, index + 1))
        seen.append((index, owner))
        counts[owner.number] += 1


def _subject_ahead(words: Words, drafts: Drafts, index: int, facts: dict[str, str]) -> Draft | None:
    """Whom a pronoun in an opening phrase points forward to: "In his post, Dahl said"."""
    if facts["number"] == "many" or words.quoted[index]:
        return None
    for ahead in range(index + 1, min(index + AHEAD, len(words))):
        if words.sentence[ahead] != words.sentence[index]:
            return None
        if words.dep[ahead] != "nsubj" or words.dep[words.head[ahead]] != "ROOT":
            continue
        owner = drafts.at.get(ahead)
        opening = any(words.word[i] == "," for i in range(index + 1, ahead))
        first = not any(words.dep[i] in ("nsubj", "nsubjpass") for i in range(index, ahead))
        if owner is None or not opening or not first or not owner.named or owner.candidates:
            return None
        return owner if _fits(owner, facts) and _opens(words, index) else None
    return None


def _opens(words: Words, index: int) -> bool:
    """Whether no name stands before this word in its sentence."""
    before = index - 1
    while before >= 0 and words.sentence[before] == words.sentence[index]:
        if words.pos[before] == "PROPN":
            return False
        before -= 1
    return True


def _speakers(words: Words, found: list[Mention]) -> dict[int, frozenset[int]]:
    """Who speaks each quotation: inside it, "he" is somebody else."""
    told: dict[int, set[int]] = {}
    for head, draft in found:
        verb = words.head[head]
        if (
            words.dep[head] == "nsubj"
            and not words.quoted[head]
            and words.lemma[verb] in listed("roles", "speech")
        ):
            told.setdefault(words.sentence[head], set()).add(draft.number)
    sentences: dict[int, list[int]] = {}
    for index, quotation in enumerate(words.quotation):
        if quotation:
            sentences.setdefault(quotation, []).append(words.sentence[index])
    speakers = {}
    for quotation, inside in sentences.items():
        here = set().union(*(told.get(s, set()) for s in range(inside[0], inside[-1] + 1)))
        speakers[quotation] = frozenset(here or told.get(inside[0] - 1, set()))
    return speakers


def _heads(words: Words, drafts: Drafts) -> list[Mention]:
    """The mentions that can be pointed back at, by their head words, in order."""
    heads = {_head(words, first, end): draft for draft in drafts for first, end in draft.mentions}
    return sorted(
        ((head, draft) for head, draft in heads.items() if drafts.at.get(head) is draft),
        key=lambda mention: mention[0],
    )


def _head(words: Words, first: int, end: int) -> int:
    return next(
        (i for i in range(end - 1, first - 1, -1) if not first <= words.head[i] < end), end - 1
    )


def _owner(
    words: Words,
    index: int,
    facts: dict[str, str],
    seen: list[Mention],
    counts: Counter[int],
    harmed: Counter[int],
) -> Draft | None:
    scores: dict[int, float] = {}
    drafts: dict[int, Draft] = {}
    reach = int(load("pronouns")["reach"][facts["number"]])
    case = case_of(words, index, facts["case"])
    if case == "reflexive" and (own := bound_to(words, index)) is not None:
        holder = next((draft for head, draft in seen if head == own), None)
        return holder if holder is not None and _fits(holder, facts) else None
    barred = co_arguments(words, index, case) if case == "object" else frozenset()
    telling = reporters(words, index)
    harm = weight("harmed") if suffers(words, index) else 0.0
    doing = facts["number"] == "many" and harms(words, index) and not telling
    for head, draft in reversed(seen):
        distance = words.sentence[index] - words.sentence[head]
        if distance > reach:
            break
        if head in barred or not _fits(draft, facts) or (doing and _tells(words, head)):
            continue
        if _barred(words, index, head, draft, facts["number"], case):
            continue
        score = _score(words, index, head, distance) + _agreement(draft, facts)
        score += weight("repeated") * min(counts[draft.number], 5)
        score += harm * bool(harmed[draft.number]) + weight("reporter") * (head in telling)
        if score > scores.get(draft.number, -99.0):
            scores[draft.number], drafts[draft.number] = score, draft
    ranked = sorted(scores, key=lambda number: (-scores[number], number))
    if not ranked:
        return None
    lead = scores[ranked[0]] - scores[ranked[1]] if len(ranked) > 1 else 9.0
    told = suffers(words, index) or harms(words, index)
    if told:
        wanted = weight("lead" if harmed[ranked[0]] else "lead of harm")
    else:
        wanted = weight("lead of one" if facts["number"] == "one" else "lead")
    if scores[ranked[0]] < weight("least") or lead < wanted:
        return None
    return drafts[ranked[0]]


def _tells(words: Words, head: int) -> bool:
    """Whether a mention names who says something: those who told of harm are not who did it."""
    return words.dep[head] == "nsubj" and words.lemma[words.head[head]] in listed("roles", "speech")


def weight(name: str) -> float:
    """How much one sign counts (`vocabulary/pronouns.yaml`)."""
    return float(load("pronouns")["weights"][name])


def _fits(draft: Draft, facts: dict[str, str]) -> bool:
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
    plain = last.endswith("s") and not last.endswith(("ss", "us", "is"))
    return body.plural or plain or last in load("pronouns")["plural_bodies"]


def _agreement(draft: Draft, facts: dict[str, str]) -> float:
    if facts["number"] != "one":
        return 0.0
    other = "female" if facts["sex"] == "male" else "male"
    known = draft.sex[facts["sex"]] - draft.sex[other]
    named = weight("named") if draft.named else 0.0
    return named + (weight("same sex") if known > 0 else weight("other sex") if known < 0 else 0.0)


def _barred(words: Words, index: int, head: int, draft: Draft, number: str, case: str) -> bool:
    """Grammar that forbids: "Dahl met him" is not Dahl, nor is "his" the man it belongs to."""
    if number == "body" and not _acts(words, index, head):
        return True
    if words.head[head] == index or draft.candidates:
        return True
    if case == "object":
        verb = words.head[index] if words.dep[index] != "pobj" else words.head[words.head[index]]
        return words.head[head] == verb and words.dep[head] in ("nsubj", "nsubjpass", "dobj")
    if case == "possessive":
        return words.head[index] == head
    if words.dep[index] in ("nsubj", "nsubjpass"):
        return words.head[head] == words.head[index]
    return False


def _acts(words: Words, index: int, head: int) -> bool:
    """Whether "it" is somebody: what speaks, or what "its" of its own sentence belongs to.

    Elsewhere "it" is a thing, a fact or nothing far more often than a body.
    """
    if words.quoted[head] != words.quoted[index]:
        return False
    subject = words.dep[head] in ("nsubj", "nsubjpass")
    verb = words.head[index]
    acting = words.dep[index] == "nsubj" and any(
        words.dep[c] == "dobj" for c in words.children[verb]
    )
    if acting and head in reporters(words, index):
        return True  # "the Front said it had killed him"
    if words.dep[index] == "nsubj" and words.lemma[words.head[index]] in listed("roles", "speech"):
        return subject
    return subject and words.tag[index] == "PRP$" and words.sentence[head] == words.sentence[index]


def _is_cited(words: Words, head: int) -> bool:
    """`According to Dahl`: who says it, as a subject would."""
    to = words.head[head]
    return words.dep[head] == "pobj" and words.lower[words.head[to]] == "according"


def _score(words: Words, index: int, head: int, distance: int) -> float:
    score = -weight("sentence") * distance
    dep = words.dep[head]
    if dep in ("nsubj", "nsubjpass"):
        score += weight("subject")
        if words.lemma[words.head[head]] in listed("roles", "speech"):
            score += weight("speaker")
        if words.dep[words.head[head]] == "ROOT":
            score += weight("main clause")
    elif _is_cited(words, head):
        score += weight("subject") + weight("speaker")
    elif dep in ("dobj", "dative"):
        score += weight("object")
    elif dep == "poss":
        score += weight("possessor")
    if words.quoted[head] != words.quoted[index]:
        score -= weight("other side of a quotation")
    if distance == 0:
        score -= weight("far in sentence") * min(index - head, 20) / 20
    return score

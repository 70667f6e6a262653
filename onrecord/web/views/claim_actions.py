"""What is done to claims and acts from any page: accept, reject, correct, add what was missed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast, get_args

from onrecord.case import Case
from onrecord.case.correcting import BY_WORDS, Correction
from onrecord.case.deciding import State
from onrecord.errors import NotDecided
from onrecord.model import Act
from onrecord.web.deciding import BACK, KNOWN, WHY, follow, local, or_all_the_same, seen
from onrecord.web.page import Action, Asked, NotAsked, Parameter
from onrecord.web.rendering import link

STATES: tuple[State, ...] = get_args(State)
_HERE = "/review/claims"
_OF_A_CLAIM = ("kind", "quote", "modality", "polarity", "speaker")
_OF_AN_ACT = ("type", "modality", "polarity")
_PARTIES = (("perpetrator", "perpetrator"), ("done_to", "victim"))
"""Parameters that put somebody in, each with the field; `not_` before one takes them out."""
NOBODY = "-"
"""As a speaker: nobody that the text names; as a place or a date: the text gives none."""


def review(case: Case, asked: Asked) -> str:
    """Accept or reject a claim or an act, or say that one cannot tell."""
    if asked["state"] not in STATES:
        raise NotAsked("there is no such decision", why="", todo=", ".join(STATES))
    back = _back(asked)
    with or_all_the_same(REVIEW.path, asked, _look(asked)):
        entry = case.review(
            asked["subject"], cast("State", asked["state"]), why=asked["why"], seen=seen(asked)
        )
    follow(case, asked, entry)
    return back


def correct(case: Case, asked: Asked) -> str:
    """Correct what differs from how a claim or an act is; accept the claim too where asked."""
    if not asked["subject"]:
        raise NotAsked("nothing was named", why="no claim or act", todo=_SUBJECT.about)
    back, known = _back(asked), seen(asked)
    subject, accept = asked["subject"], asked["accept"] or ""
    span = _span(asked, "start", "end")
    made = [
        Correction(subject, field, value, span if field in BY_WORDS else None)
        for field, value in _differing(case, asked)
    ]
    if not made and not accept:
        raise NotDecided("nothing differs from what it is", todo="change a field, or accept it")
    about = (subject, known if made or accept == subject else None)
    with or_all_the_same(CORRECT.path, asked, _look(asked)):
        entries = case.correct_all(made, accept=accept, why=asked["why"], seen=about)
    follow(case, asked, entries[0])
    return back


def _differing(case: Case, asked: Asked) -> Iterator[tuple[str, Any]]:
    """The fields given that are not what the claim or the act says, with their values."""
    document, _, name = asked["subject"].rpartition("|")
    record = case.record(document)
    claim = next((c for c in record.claims if c.id == name), None)
    act = next((a for a in record.acts if a.id == name), None)
    if claim is not None:
        speaker = next((k.entity for k in claim.attribution if k.level == "speaker"), None)
        for field in _OF_A_CLAIM:
            given = asked[field]
            now = (speaker or NOBODY) if field == "speaker" else getattr(claim, field)
            if given and given != now:
                yield field, None if given == NOBODY else given
    elif act is not None:
        yield from _of_an_act(act, asked)


def _of_an_act(act: Act, asked: Asked) -> Iterator[tuple[str, Any]]:
    """What differs of an act."""
    yield from _cited(act, asked)
    numbers = (asked["min"], asked["max"])
    victims = [v for v in act.victims if asked["victim"] in ("", v.entity)]
    count = victims[0].count if victims else None
    had = (count.min, count.max) if count else (None, None)
    if numbers != (None, None) and (numbers != had or asked["start"] is not None):
        told = dict(zip(("min", "max"), numbers, strict=True))
        yield "count", told | {"victim": asked["victim"]}
    yield from _parties(asked)
    for field in _OF_AN_ACT:
        if asked[field] and asked[field] != getattr(act, field):
            yield field, asked[field]


def _parties(asked: Asked) -> Iterator[tuple[str, Any]]:
    """Who is put in or taken out as having done it, or as having had it done to them."""
    for name, field in _PARTIES:
        if asked[f"not_{name}"]:
            yield field, {"who": asked[f"not_{name}"], "said": False}
        if asked[name]:
            yield field, {"who": asked[name], "involvement": asked["involvement"]}


def _cited(act: Act, asked: Asked) -> Iterator[tuple[str, Any]]:
    """Another place or date than those that the act has."""
    if asked["place"] and asked["place"] != (act.place or NOBODY):
        yield "place", None if asked["place"] == NOBODY else asked["place"]
    date, said_by = asked["date"], asked["date_words"]
    if said_by or (date and date != (act.date or NOBODY)):
        yield "date", {"date": "" if date == NOBODY else date or act.date, "words": said_by}


def mark(case: Case, asked: Asked) -> str:
    """Add what the machine missed, at the words selected."""
    back = _back(asked)
    span = _span(asked, "start", "end")
    if span is None:
        raise NotAsked("no words are selected", why="", todo="give start and end")
    told = {name: asked[name] for name in _TOLD if asked[name] not in (None, "")}
    told |= {f"{name}s": [asked[name]] for name in ("perpetrator", "victim") if asked[name]}
    source = _span(asked, "source_start", "source_end")
    entry = case.mark(
        asked["document"], asked["what"], [span], why=asked["why"], source=source, **told
    )
    follow(case, asked, entry)
    return back


_TOLD = (
    *("type", "entity", "kind", "quote", "modality", "polarity", "speaker", "claim"),
    *("involvement", "act", "victim", "min", "max"),
)


def _span(asked: Asked, first: str, last: str) -> tuple[int, int] | None:
    given = (asked[first], asked[last])
    return None if None in given else (int(given[0]), int(given[1]))


def _look(asked: Asked) -> str:
    """Where to look at a claim again that somebody else has decided on."""
    is_claim = (asked["subject"] or "").rpartition("|")[2].startswith("claim:")
    return link(_HERE, claim=asked["subject"]) if is_claim else _back(asked)


def _back(asked: Asked) -> str:
    return local(asked["back"]) if asked["back"] else _HERE


_SUBJECT = Parameter("subject", "The claim or act: DOCUMENT|ID.", most=2000)
_WORDS = (
    Parameter("start", "First character of the words selected.", "integer", None, most=10**9),
    Parameter("end", "Character after the last of them.", "integer", None, most=10**9),
)
_NUMBERS = (
    Parameter("min", "How many at least.", "integer", None, most=10**9),
    Parameter("max", "How many at most.", "integer", None, most=10**9),
    Parameter("victim", "Of whom: an entity of the document.", default="", most=200),
)


def _term(name: str, about: str) -> Parameter:
    return Parameter(name, about, default="", most=200)


_OF_WHAT = (
    _term("kind", "Kind of a claim."),
    _term("quote", "How a claim is quoted."),
    _term("modality", "Modality of a claim or an act."),
    _term("polarity", "Polarity of a claim or an act."),
    _term("type", "Type of an act, or of what a name stands for."),
)
REVIEW = Action(
    "/claims/review",
    "review_claim",
    "Accept or reject a claim or an act, or say that one cannot tell.",
    review,
    (
        _SUBJECT,
        Parameter("state", "accepted, rejected or undecided.", default="", most=12),
        *(WHY, BACK, *KNOWN),
    ),
)
CORRECT = Action(
    "/claims/correct",
    "correct_claim",
    "Correct the fields of a claim or an act that differ; what is not given stays.",
    correct,
    (
        _SUBJECT,
        *_OF_WHAT,
        _term("speaker", f"Who says it: an entity of the document; {NOBODY} for nobody named."),
        _term("perpetrator", "Of an act: an entity that is said to have done it."),
        _term("not_perpetrator", "Of an act: an entity that is not said to have done it."),
        _term("involvement", "How they are said to be involved."),
        _term("done_to", "Of an act: an entity to whom it is said to have been done."),
        _term("not_done_to", "Of an act: an entity to whom it is not said to have been done."),
        _term("place", f"Of an act: an entity of the document; {NOBODY} for none stated."),
        _term("date", f"Of an act: 2023-05-12, or as one writes it; {NOBODY} for none stated."),
        _term("date_words", "The words of the document that say when, letter for letter."),
        *(*_NUMBERS, *_WORDS),
        Parameter("accept", "The claim to accept with it: DOCUMENT|ID.", default="", most=2000),
        *(WHY, BACK, *KNOWN),
    ),
)
MARK = Action(
    "/claims/mark",
    "mark",
    "Add a name, a claim, an act or a count at words of a document.",
    mark,
    (
        Parameter("document", "The document, by its id.", most=2000),
        Parameter("what", "name, claim, act or count.", default="", most=12),
        *(*_WORDS, *_OF_WHAT),
        _term("entity", "Of a name: the entity that it is another mention of."),
        _term("speaker", "Of a claim: who says it, an entity of the document or its name."),
        Parameter("source_start", "First character of the words that name the speaker.",
                  "integer", None, most=10**9),
        Parameter("source_end", "Character after the last of them.", "integer", None, most=10**9),
        _term("claim", "Of an act: the claim that tells of it."),
        _term("perpetrator", "Of an act: who is said to have done it."),
        _term("involvement", "Of an act: how they are said to be involved."),
        _term("act", "Of a count: the act whose victims it counts."),
        *(*_NUMBERS, WHY, BACK),
    ),
    right="contribute",
)  # fmt: skip
ACTIONS = (REVIEW, CORRECT, MARK)

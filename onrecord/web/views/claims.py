"""Open claims, one at a time: accept, reject, correct; and what a person adds to a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from onrecord.case import Case
from onrecord.case.correcting import FIELDS
from onrecord.case.deciding import State
from onrecord.store.undecided import ORDERS, Order
from onrecord.vocabulary import load
from onrecord.web.page import Asked, NotAsked, Page, Parameter
from onrecord.web.rendering import link
from onrecord.web.views.claim_shown import ClaimShown, shown

STATES: tuple[State, ...] = get_args(State)
MOST = 10_000
"""Open claims are counted up to here."""
_HERE = "/review/claims"


@dataclass(frozen=True, slots=True)
class Terms:
    """What may be chosen where a claim or an act is corrected."""

    kinds: tuple[str, ...]
    quotes: tuple[str, ...]
    modalities: tuple[str, ...]
    polarities: tuple[str, ...]
    acts: tuple[str, ...]
    involvements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """The open claim at `at` of `total`, both from 0, or one that was asked for by its key.

    `more` says that there are more than were counted. `who` narrows the list to what is said by or
    against a group, whose name is `name`. `last` is the newest decision that `undo` takes back;
    `here` is the address of this place of the list, `looking` are the others who look at the claim.
    """

    at: int
    total: int
    more: bool
    order: str
    who: str
    name: str
    claim: ClaimShown | None
    open: bool
    last: int | None
    here: str
    looking: tuple[str, ...]
    terms: Terms


def claims(case: Case, asked: Asked) -> Claims:
    """The open claim at a place of the list, or the claim asked for."""
    order, who = _order(asked["order"]), asked["who"]
    narrowed: dict[str, Any] = {"who": who} if who else {}
    total = case.number_open(MOST, **narrowed)
    at = max(0, min(asked["at"], total - 1))
    key = asked["claim"]
    is_open = not key
    if not key:
        found = case.open_claims(at, 1, order=order, **narrowed)
        key = found[0].key if found else ""
    return Claims(
        at=at,
        total=total,
        more=total == MOST,
        order=order,
        who=who,
        name=_name(case, who) if who else "",
        claim=shown(case, key) if key else None,
        open=is_open,
        last=case.newest_review(asked.visitor.name),
        here=place(at, order, who),
        looking=asked.services.presence.here(asked.visitor, f"claim {key}") if key else (),
        terms=terms(),
    )


def terms() -> Terms:
    """The terms of the vocabulary that a claim or an act may have."""
    of_claim = {name: tuple(values or ()) for name, values in FIELDS["claim"].items()}
    names = ("kind", "quote", "modality", "polarity")
    kinds, quotes, modalities, polarities = (of_claim[name] for name in names)
    return Terms(
        kinds, quotes, modalities, polarities, tuple(load("acts")), tuple(load("involvement"))
    )


def place(at: int, order: str, who: str) -> str:
    """The address of a place of the list."""
    shown_order = "" if order == ORDERS[0] else order
    return link(_HERE, order=shown_order, who=who, at=at or "")


def _order(given: str) -> Order:
    if given not in ORDERS:
        raise NotAsked("there is no such order", why=given, todo=" or ".join(ORDERS))
    return given


def _name(case: Case, who: str) -> str:
    with case.browse() as state:
        members = state.members(who)
    return members[0].name if members else who


PAGE = Page(
    _HERE,
    "claims",
    "Open claims",
    "Claims that nobody has decided on, one at a time: words in context, on whose word.",
    claims,
    "claims.html.j2",
    (
        Parameter("at", "Place in the list of open claims, from 0.", "integer", 0, most=10**9),
        Parameter("order", " or ".join(ORDERS) + ".", default=ORDERS[0], most=20),
        Parameter("who", "A group: what is said by or against it.", default="", most=200),
        Parameter("claim", "One claim, by its key DOCUMENT|ID.", default="", most=2000),
    ),
)

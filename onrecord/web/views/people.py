"""People, bodies and places: who is taken for one, and what is on record about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from onrecord.case import Case
from onrecord.case.browsing import State
from onrecord.errors import NotFound
from onrecord.products import dossier
from onrecord.products.page import Page as Product
from onrecord.store import happenings, pages
from onrecord.store.listing import Named
from onrecord.store.pages import Spelling
from onrecord.web.keeping import COUNTS, KEPT, amount_of
from onrecord.web.page import Asked, Page, Parameter
from onrecord.web.views import reading
from onrecord.web.views.decided import DONE, JustDecided, done
from onrecord.web.views.listed import ListedEvent, listed
from onrecord.web.views.parts import PARTS, Part
from onrecord.web.views.reading import CHOSEN, MOST_DOCUMENTS

AT_ONCE = 60
SPELLINGS, EVENTS = 12, 6
EVERYBODY = ("Person", "Organization", "Group", "Place")
KINDS = {"people": ("Person",), "bodies": ("Organization", "Group"), "places": ("Place",)}


@dataclass(frozen=True, slots=True)
class Names:
    """A stretch of the list of those of a kind. `resolved`: it is up to date with the case."""

    kind: str
    q: str
    names: tuple[Named, ...]
    page: int
    pages: int
    total: int
    resolved: bool


@dataclass(frozen=True, slots=True)
class PartCount:
    """A part that somebody has, and how many claims, demands or visits there are in which."""

    part: str
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody: how they are spelled, what is said of them, by them, and asked of them.

    `product` is made of `read` of the `documents` that name them. `parts` say how much there is in
    all, `events` are the most reported of `happened`. `done`: what was just decided here.
    """

    canonical: str
    name: str
    type: str
    spellings: tuple[Spelling, ...]
    spelled: int
    documents: int
    read: int
    resolved: bool
    parts: tuple[PartCount, ...]
    events: tuple[ListedEvent, ...]
    happened: int
    product: Product
    done: JustDecided | None = None


def names(case: Case, asked: Asked) -> Names:
    """Those of a kind, in most documents first."""
    kind = asked["kind"] if asked["kind"] in KINDS else "people"
    text, page = asked["q"] or "", asked["page"]
    with case.browse() as state:
        found, total = state.named(KINDS[kind], text, (page - 1) * AT_ONCE, AT_ONCE)
        resolved = state.is_resolved
    return Names(kind, text, tuple(found), page, max(1, -(-total // AT_ONCE)), total, resolved)


def who(case: Case, asked: Asked) -> Who:
    """Somebody, by the id of their group or the key of one entity. Raises `NotFound`."""
    wanted = asked["who"]
    found = KEPT.get(case, f"who {wanted}", lambda: _who(case, wanted))
    return replace(found, done=done(case, asked["done"] or ""))


def _who(case: Case, wanted: str) -> Who:
    with case.browse() as state:
        canonical = pages.group_of(state.connection, wanted)
        known = somebody(state, canonical)
        documents = chosen(case, state, canonical, known)
        read = reading.read(state, documents)
        spelled, spellings = pages.spellings(state.connection, canonical, SPELLINGS)
        happened = happenings.Wanted(who=canonical)
        events = happenings.events(state.connection, happened, 0, EVENTS)
        found = Who(
            canonical=canonical,
            name=known.name,
            type=known.type,
            spellings=tuple(spelled) or (Spelling(known.name, known.documents),),
            spelled=max(1, spellings),
            documents=known.documents,
            read=len(read.records),
            resolved=state.is_resolved,
            parts=_counted(case, canonical),
            events=tuple(listed(event) for event in events),
            happened=happenings.amount_of_events(state.connection, happened),
            product=Product("dossier", known.name, "", (), (), ()),
        )
    inside = read.entities_of(canonical)
    if not inside:
        return found
    made = dossier(read.records, inside, judged=read.judged)
    made = (
        reading.counted(made, amount_of(case))
        if found.read >= found.documents
        else reading.narrowed(made, found.read)
    )
    return replace(found, product=made)


def somebody(state: State, canonical: str) -> Named:
    """A group, or an entity that is of none yet. Raises `NotFound`."""
    known = pages.group(state.connection, canonical)
    if known is not None:
        return Named(canonical, known["type"], known["name"], int(known["documents"]))
    members = [m for m in state.members(canonical) if m.type in EVERYBODY]
    if not members:
        raise NotFound(
            "nobody in this case has that address",
            why="who is who was worked out anew, or the address was cut",
            todo="look for the name in the search",
        )
    documents = {member.document for member in members}
    return Named(canonical, members[0].type, members[0].name, len(documents))


def chosen(case: Case, state: State, canonical: str, known: Named) -> list[str]:
    """The documents to read on somebody: all where they are few, else those of most weight."""
    if known.documents <= MOST_DOCUMENTS:
        found = pages.naming(state.connection, canonical, 0, MOST_DOCUMENTS)
        return found or [member.document for member in state.members(canonical)]
    found = reading.weightiest(case, canonical)[:CHOSEN]
    more = pages.naming(state.connection, canonical, 0, CHOSEN)
    return list(dict.fromkeys([*found, *more]))[:CHOSEN]


def _counted(case: Case, canonical: str) -> tuple[PartCount, ...]:
    """What there is on somebody, each part with how much of it."""
    claims = claims_of(case, canonical)
    with case.browse() as state:
        parties = pages.party_counts(state.connection, canonical)
    counted = (
        PartCount(part.name, part.title, _number(part, claims, parties)) for part in PARTS.values()
    )
    return tuple(one for one in counted if one.number)


def claims_of(case: Case, canonical: str) -> Mapping[tuple[str, str], int]:
    """How many claims there are by the part somebody has in them and by kind: `pages.counts`."""

    def counted() -> Mapping[tuple[str, str], int]:
        with case.browse() as state:
            return pages.counts(state.connection, canonical)

    return COUNTS.get(case, f"claims {canonical}", counted)


def _number(
    part: Part, claims: Mapping[tuple[str, str], int], parties: Mapping[tuple[str, str], int]
) -> int:
    if part.claims:
        return sum(n for (name, _), n in claims.items() if name == part.claims)
    if part.party:
        return parties.get(part.party, 0)
    return 0


LIST = Page(
    "/names",
    "names",
    "People, bodies, places",
    "Who is taken for one, those in most documents first.",
    names,
    "names.html.j2",
    (
        Parameter("kind", "people, bodies or places.", default="people", most=12),
        Parameter("q", "Part of a spelling.", default="", most=200),
        Parameter("page", "Which stretch, from 1.", "integer", 1, least=1, most=10**6),
    ),
)
ONE = Page(
    "/names/{who}",
    "who",
    "Name",
    "What is on record about one person, body or place, each line on whose word.",
    who,
    "who.html.j2",
    (Parameter("who", "The id of their group, or the key DOCUMENT|ENTITY.", most=300), DONE),
)

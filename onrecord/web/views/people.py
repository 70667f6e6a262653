"""People, bodies and places: who is taken for one, and everything on record about them."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.case import Case
from onrecord.errors import NotFound
from onrecord.products import dossier
from onrecord.products.page import Page as Product
from onrecord.store.listing import Member, Named
from onrecord.web.page import Asked, Page, Parameter
from onrecord.web.views.searching import EVERYBODY

AT_ONCE = 60
MOST_DOCUMENTS = 200
"""Documents that a person's page reads at most; it says when there are more."""
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
class Who:
    """Somebody, with the entities taken for one and everything on record about them.

    `read` of the `documents` that name them were read for this page.
    """

    canonical: str
    name: str
    type: str
    members: tuple[Member, ...]
    spellings: tuple[str, ...]
    documents: int
    read: int
    resolved: bool
    product: Product


def names(case: Case, asked: Asked) -> Names:
    """Those of a kind, in most documents first."""
    kind = asked["kind"] if asked["kind"] in KINDS else "people"
    with case.browse() as state:
        found, total = state.named(
            KINDS[kind], asked["q"] or "", (asked["page"] - 1) * AT_ONCE, AT_ONCE
        )
        resolved = state.is_resolved
    pages = max(1, -(-total // AT_ONCE))
    return Names(kind, asked["q"] or "", tuple(found), asked["page"], pages, total, resolved)


def who(case: Case, asked: Asked) -> Who:
    """Somebody, by the id of their group or the key of one entity. Raises `NotFound`."""
    with case.browse() as state:
        members = [m for m in state.members(asked["who"]) if m.type in EVERYBODY]
        if not members:
            raise NotFound(
                "nobody in this case has that address",
                why="who is who was worked out anew, or the address was cut",
                todo="look for the name in the search",
            )
        documents = list(dict.fromkeys(member.document for member in members))
        read = documents[:MOST_DOCUMENTS]
        records = list(state.records(read))
        resolved = state.is_resolved
    inside = [member.entity for member in members if member.document in set(read)]
    spellings = dict.fromkeys(sorted((m.name for m in members), key=lambda n: (-len(n), n)))
    counts = {name: sum(m.name == name for m in members) for name in spellings}
    return Who(
        canonical=asked["who"],
        name=max(spellings, key=lambda name: (counts[name], len(name), name)),
        type=members[0].type,
        members=tuple(members),
        spellings=tuple(spellings),
        documents=len(documents),
        read=len(read),
        resolved=resolved,
        product=dossier(records, inside),
    )


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
    "Everything on record about one person, body or place, each line on whose word.",
    who,
    "who.html.j2",
    (Parameter("who", "The id of their group, or the key DOCUMENT|ENTITY.", most=300),),
)

"""The register of demands: who was asked by whom to do what, by when, and any response."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from onrecord.case import Case
from onrecord.case.browsing import State
from onrecord.case.listed import Demanded, demanded
from onrecord.products import demands
from onrecord.products.page import Page as Product
from onrecord.store import pages, registers
from onrecord.web.keeping import KEPT
from onrecord.web.page import Asked, Page, Parameter
from onrecord.web.views import reading
from onrecord.web.views.events import PAGE_NUMBER

AT_ONCE, RESPONDING, MOST_NAMED = 15, 6, 40
KINDS = ("Person", "Organization", "Group", "Place")
WHEN = {
    "": "all",
    "open": "not past",
    "deadline": "with a deadline",
    "passed": "past their deadline",
    "none": "without a deadline",
}


@dataclass(frozen=True, slots=True)
class Register:
    """A stretch of the demands asked for. `asked_of` and `asked_by` are names it is narrowed to.

    `nobody` says that nobody answers to such a name. `looked` documents were read for responses
    beside those that hold the demands.
    """

    of: str
    by: str
    when: str
    asked_of: str
    asked_by: str
    nobody: bool
    looked: int
    product: Product
    page: int
    pages: int
    total: int
    resolved: bool


def today() -> str:
    """The day, by which a deadline is past or not."""
    return datetime.now(UTC).date().isoformat()


def register(case: Case, asked: Asked) -> Register:
    """A stretch of the demands asked for."""
    told = {name: asked[name].strip() for name in ("of", "by", "when")}
    day, page = today(), asked["page"]
    name = f"demands {sorted(told.items())} {day} {page}"
    return KEPT.get(case, name, lambda: _register(case, told, day, page))


def _register(case: Case, told: Mapping[str, str], day: str, page: int) -> Register:
    with case.browse() as state:
        who = {side: those_named(state, told[side]) for side in ("of", "by")}
        nobody = any(told[side] and not who[side] for side in who)
        when, offset = (day, told["when"]), (page - 1) * AT_ONCE
        rows, total = (
            ([], 0) if nobody else registers.demands(state.connection, who, when, offset, AT_ONCE)
        )
        listed = [demanded(registers.body(row)) for row in rows]
        product, looked = _product(state, listed)
        names = {side: called(state, groups) for side, groups in who.items()}
        resolved = state.is_resolved
    return Register(
        of=told["of"],
        by=told["by"],
        when=told["when"] if told["when"] in WHEN else "",
        asked_of=names["of"],
        asked_by=names["by"],
        nobody=nobody,
        looked=looked,
        product=product,
        page=page,
        pages=max(1, -(-total // AT_ONCE)),
        total=total,
        resolved=resolved,
    )


def those_named(state: State, text: str) -> list[str]:
    """The groups that answer to a name, those in most documents first; or the one of an id."""
    if not text:
        return []
    if pages.group(state.connection, text):
        return [text]
    return pages.groups_named(state.connection, text, KINDS, MOST_NAMED)


def called(state: State, groups: Sequence[str]) -> str:
    """How some groups are called: the first of them, and how many more there are."""
    if not groups:
        return ""
    name = pages.names_of(state.connection, groups[:1]).get(groups[0], "")
    return name if len(groups) == 1 else f"{name} and {len(groups) - 1} more of that name"


def _product(state: State, listed: Sequence[Demanded]) -> tuple[Product, int]:
    """The rows of some demands, and how many more documents were read for responses."""
    own = list(dict.fromkeys(one.document for one in listed))
    asked = list(dict.fromkeys(party.canonical for one in listed for party in one.addressees))
    asking = list(dict.fromkeys(one.speaker.canonical for one in listed if one.speaker))
    more = registers.responding(state.connection, asked, asking, RESPONDING)
    read = reading.read(state, [*own, *more])
    wanted = {one.id for one in listed}
    records = [
        replace(record, demands=tuple(d for d in record.demands if d.id in wanted))
        for record in read.records
    ]
    made = demands(records, judged=read.judged)
    # What is asked for of nobody who is recorded would be listed again with every stretch.
    register = replace(made, sections=made.sections[:1])
    return reading.narrowed(register, len(read.records)), len(set(more) - set(own))


DEMANDS = Page(
    "/demands",
    "demands",
    "Demands",
    "Who is asked by whom to do what, by when, and any response found.",
    register,
    "demands.html.j2",
    (
        Parameter("of", "Who is asked: a name, or the id of a group.", default="", most=300),
        Parameter("by", "Who asks: a name, or the id of a group.", default="", most=300),
        Parameter("when", f"One of {', '.join(filter(None, WHEN))}.", default="", most=20),
        PAGE_NUMBER,
    ),
)

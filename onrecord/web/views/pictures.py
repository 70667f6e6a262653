"""Pictures: timeline, map and network, each with the same in words and figures beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from onrecord.case import Case
from onrecord.products.pictures import Picture, map_of, network, timeline, to_svg
from onrecord.web.keeping import KEPT
from onrecord.web.page import Asked, Drawing, Page
from onrecord.web.views.happened import judged

DRAWN: dict[str, Callable[..., Picture]] = {
    "timeline": timeline,
    "map": map_of,
    "network": network,
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture in words. `drawn` of `of` are in it; `data` cites every mark; `file` is the SVG."""

    kind: str
    title: str
    description: str
    drawn: int
    of: int
    file: str
    data: Mapping[str, Any]


def _picture(kind: str, case: Case) -> Picture:
    def draw() -> Picture:
        with case.browse() as state:
            return DRAWN[kind](case.records(), names=(), judged=judged(case), who_is=state.who_is)

    return KEPT.get(case, f"picture {kind}", draw)


def _shown(kind: str, case: Case, asked: Asked) -> Drawn:
    del asked
    picture = _picture(kind, case)
    return Drawn(
        kind=kind,
        title=picture.title,
        description=picture.description,
        drawn=picture.data["drawn"],
        of=picture.data["of"],
        file=f"/pictures/{kind}.svg",
        data=picture.data,
    )


def _file(kind: str, case: Case) -> bytes:
    made = KEPT.get(case, f"file {kind}", lambda: to_svg(_picture(kind, case)))
    return made.encode("utf-8", "backslashreplace")


_ABOUT = {
    "timeline": "What is said to have happened or to be planned, in order of time.",
    "map": "Where things are said to have happened: areas, not pins.",
    "network": "People and bodies, and what ties them by the word of sources.",
}


def _page(kind: str) -> Page:
    def view(case: Case, asked: Asked) -> Drawn:
        return _shown(kind, case, asked)

    return Page(f"/{kind}", kind, kind.capitalize(), _ABOUT[kind], view, "picture.html.j2")


PAGES = tuple(_page(kind) for kind in DRAWN)
DRAWINGS = tuple(Drawing(f"/pictures/{kind}.svg", partial(_file, kind)) for kind in DRAWN)

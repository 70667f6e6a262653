"""What is asked of the bodies and places that somebody's posts are of."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model import Demand, Relation
from onrecord.products.index import Index, Sheet
from onrecord.products.parts import posts
from onrecord.products.people import fold
from onrecord.products.standing import Standing
from onrecord.vocabulary import load


def institutions_asked(index: Index, found: Standing) -> Iterator[tuple[Sheet, Demand]]:
    """The demands addressed to a body whose telling words all stand in a present post of theirs.

    "Ministry of the Interior" answers to "Interior Minister"; "the government" to no post.
    """
    held = [_telling(_words(index, post)) for _, post in posts(found) if not post.ended]
    for sheet in index.sheets:
        for demand in sheet.record.demands:
            named = [sheet.entities[e].name for e in demand.addressees if e in sheet.entities]
            bodies = [body for body in map(_telling, named) if body]
            if any(body <= post for body in bodies for post in held):
                yield sheet, demand


def _words(index: Index, post: Relation) -> str:
    known = post.object in index.sheet_of if post.object else False
    return f"{post.label} {index.entity(str(post.object)).name}" if known else post.label


def _telling(name: str) -> frozenset[str]:
    """The words of a body or post that tell it from others of its kind."""
    offices = {*load("products")["offices"], *load("products")["titles"]}
    return frozenset(word for word in fold(name).split() if word not in offices and len(word) > 2)

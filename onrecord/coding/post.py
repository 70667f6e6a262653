"""A person's post, as read off the text."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.coding.holders import Holder
from onrecord.coding.titles import Title
from onrecord.model import Span


@dataclass(frozen=True, slots=True)
class Post:
    """One person's post; `title` is None where only a rank is told.

    `way` names the construction that ties the person to the post.
    """

    holder: Holder
    title: Title | None
    ended: bool
    span: Span
    way: str

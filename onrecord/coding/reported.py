"""The acts of a document once the whole report has been weighed: who did them, how sure we are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.acts_confidence import with_confidence
from onrecord.coding.doers import with_doers
from onrecord.coding.events import by_sufferers
from onrecord.coding.principal import kept_to_kinds

if TYPE_CHECKING:
    from onrecord.coding.context import Context
    from onrecord.model import Act


def as_reported(context: Context, acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """The acts, with the doers that the report links to its event and the confidence of each."""
    if not acts:
        return acts
    groups, principal = by_sufferers(context, acts)
    weighed = frozenset(act.id for act in groups[principal])
    kept, number = kept_to_kinds(context, groups, principal)
    sure = with_confidence(context, acts, weighed)
    return with_doers(context, sure, frozenset(act.id for act in kept[number]))

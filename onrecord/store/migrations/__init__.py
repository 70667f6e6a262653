"""Named, ordered changes of the tables. A published migration is never edited; a new one is added.

A case holds the number of migrations it has had. Opening brings it up to date; a case that has had
more than this version knows was written by a later one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from onrecord.store.migrations import (
    m0001_the_case,
    m0002_who_is_who,
    m0003_the_door,
    m0004_carried_custody,
    m0005_what_is_found,
    m0006_reviews,
    m0007_word_forms,
)


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: its name, its statements for `sqlite` or `postgresql`, and what fills new columns.

    What fills them reads what the case has, by the tables as they are after the statements.
    """

    name: str
    statements: Callable[[str], tuple[str, ...]]
    fill: Callable[[Connection], None] | None = None


MIGRATIONS = (
    Migration("0001_the_case", m0001_the_case.statements),
    Migration("0002_who_is_who", m0002_who_is_who.statements),
    Migration("0003_the_door", m0003_the_door.statements),
    Migration("0004_carried_custody", m0004_carried_custody.statements),
    Migration("0005_what_is_found", m0005_what_is_found.statements),
    Migration("0006_reviews", m0006_reviews.statements, m0006_reviews.fill),
    Migration("0007_word_forms", m0007_word_forms.statements, m0007_word_forms.fill),
)

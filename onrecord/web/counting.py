"""The columns in which search counts facets: at hand, from the file beside a case, or made beside.

To read those of a large case takes seconds, in which a process does nothing else; so that is done
in a process of its own, which leaves them in a file for this one.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from onrecord.case import Case
from onrecord.case.browsing import State
from onrecord.case.copying import readable
from onrecord.store.columns import Columns, at_hand, columns, keep, place_of
from onrecord.web.ahead import AHEAD, PATIENCE

FEW = 2_000
"""Documents of a case whose claims are read while somebody waits."""


def columns_of(case: Case, state: State) -> Columns | None:
    """What facets are counted in; of an earlier state of a large case while it is read anew.

    None while a large case is read for the first time.
    """
    held, fresh = at_hand(state.connection)
    if fresh:
        return held
    if state.amount() <= FEW:
        return columns(state.connection)
    folder = _folder(case, state)
    held, fresh = at_hand(state.connection, folder)
    if fresh:
        return held
    copied = folder / "case.sqlite" if folder != Path(case.folder) else None
    patience = 0.0 if held else PATIENCE
    make = partial(_apart, str(case.folder), copied)
    kept = AHEAD.get(case, "columns", make, patience, apart=True)
    if kept is False:  # Nothing can be written there.
        AHEAD.get(case, "columns here", partial(_here, case), patience)
    return at_hand(state.connection, folder)[0]


def _folder(case: Case, state: State) -> Path:
    """Where the file lies: beside the tables that it is made of, or the case's where those are in
    PostgreSQL. A copy for those without sight of the protected has a folder of its own.
    """
    folder = Path(case.folder)
    if case.sight == "codes" and state.connection.dialect.name == "sqlite":
        beside = Path(place_of(state.connection)).parent
        return folder if beside.samefile(folder) else beside
    return folder


def _here(case: Case) -> bool:
    with case.browse() as state:
        columns(state.connection)
    return True


def _apart(folder: str, copied: Path | None) -> bool:
    """In the other process."""
    if copied is not None:
        with readable(copied).connect() as connection, connection.begin():
            return keep(connection, copied.parent)
    with Case.open(Path(folder)) as case, case.browse() as state:
        return keep(state.connection, Path(folder))

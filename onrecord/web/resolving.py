"""Who is who of a large case, worked out in a process of its own: pages asked for do not wait."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import active_children, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from signal import SIG_DFL, SIGINT, signal

from onrecord.case import Case, Resolved
from onrecord.errors import OnrecordError

NAME = "who is who"
"""What the process is called."""


def resolve(folder: Path, actor: str, tell: Callable[[str], None]) -> str:
    """Work out who is who of the case in a folder; says what was found.

    `actor` is who asked for it, empty for whoever runs the workbench; `tell` gets each step.
    Raises `OnrecordError`.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_apart, args=(folder, actor, theirs), name=NAME)
    with ours:
        child.start()
        theirs.close()
        try:
            told = ours.recv()
            while isinstance(told, str):
                tell(told)
                told = ours.recv()
        except EOFError as error:
            raise OnrecordError(
                "who is who was not worked out",
                why="the process that did so was ended, as one that needs too much memory is",
                todo="run `onrecord resolve` in a terminal; the case is as it was",
            ) from error
        finally:
            child.join()
            child.close()
    if isinstance(told, Resolved):
        return summary(told)
    what, why, todo = told
    raise OnrecordError(what, why=why, todo=todo)


def stop() -> None:
    """End what is being worked out: nothing of it is kept, and the case is as it was."""
    for child in active_children():
        if child.name == NAME:
            child.terminate()


def summary(found: Resolved) -> str:
    """What came out, in words."""
    return f"{found.groups} people, bodies and places; {found.proposals} pairs to look at"


def _apart(folder: Path, actor: str, theirs: Connection) -> None:
    """In the other process: each step as text, in the end what was found, or an error's words."""
    # The workbench tells of Ctrl-C; this process only ends.
    signal(SIGINT, SIG_DFL)
    with theirs:
        try:
            with Case.open(folder) as case:
                found = (case.acting_as(actor) if actor else case).resolve(progress=theirs.send)
        except OnrecordError as error:
            theirs.send((error.what, error.why, error.todo))
        else:
            theirs.send(found)

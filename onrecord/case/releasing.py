"""The one door out: what is made for a recipient leaves whole, searched and logged, or not at all.

Everything is written into a private folder beside its destination. When that is done without an
error, an entry of the log says what leaves, and only then is it moved into place.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from onrecord.case.release import Release
from onrecord.errors import CaseError, CaseLocked, NotReleased, OnrecordError, Unsearchable
from onrecord.products.door.policy import Recipient
from onrecord.products.door.sweep import Leak, sweep
from onrecord.store.decisions import decisions
from onrecord.store.session import Session
from onrecord.store.writer import Writer
from onrecord.vocabulary import load

PATIENCE = 15.0
"""Seconds to wait for another process that is writing the case."""
_AGAIN_AFTER = 0.2
_BLOCK = 1 << 20
Told = Callable[[str], None]


@contextmanager
def releasing(
    session: Session, what: str, form: str, out: Path | None, recipient: Recipient, tell: Told
) -> Iterator[Release]:
    """Let something leave the case; `Case.release` says how."""
    folder = _private_folder(out)
    try:
        with session.reading() as connection:
            release = Release(connection, session.vault, session.facts.name, folder, recipient)
            seen = _newest_decision(connection)
            yield release
            files = list(_files(folder))
            told = _told(release, what, form, out, files)
            refused = _refusal(release, out, files)
        if refused is not None:
            with _writing(session, tell) as writer:
                writer.tell("release_refused", told | {"why": refused.why})
            raise refused
        if out is None:
            release.sent = {name: (folder / name).read_bytes() for name in files}
        with _writing(session, tell) as writer:
            with writer.reading() as connection:
                if _newest_decision(connection) != seen:
                    raise _decided_meanwhile(session)
            entry = writer.tell("released", told)
            if out is not None:
                try:
                    _move(folder, out)
                except OnrecordError as error:
                    writer.tell("not_released", {"entry": entry.seq, "why": error.why})
                    raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _private_folder(out: Path | None) -> Path:
    """A folder only we may read, on the disk where what is made shall stand."""
    if out is None:
        return Path(tempfile.mkdtemp(prefix="onrecord-"))
    if out.is_dir() and any(out.iterdir()):
        raise _cannot(out, "there is a folder with something in it already")
    try:
        return Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.absolute().parent))
    except OSError as error:
        raise _cannot(out, error.strerror or str(error)) from error


def _cannot(out: Path, why: str) -> OnrecordError:
    return OnrecordError(f"{out}: cannot be written", why=why, todo="name another place")


def _files(folder: Path) -> Iterator[str]:
    """The files made, by their names within the folder, in order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix()


def _refusal(release: Release, out: Path | None, files: list[str]) -> OnrecordError | None:
    """Why what was made must not leave; None where it may."""
    names = release.guard.names
    if not names:
        return None
    rule = load("door")["rules"]["protected"]
    try:
        leaks = sweep(release.folder, files, names)
    except Unsearchable as error:
        return error
    if out is not None and names.find(out.name):
        leaks.insert(0, Leak("the file that was named", "its name"))
    if not leaks:
        return None
    where = "; ".join(f"{leak.file}: {leak.where}" for leak in leaks[:5])
    return NotReleased(
        f"nothing was given out: {len(leaks)} files would show what must stay",
        why=f"rule: {rule}; {where}",
        todo="name the protected by their codes (`onrecord protect` lists them); where you did, "
        "report this, and give out another format meanwhile",
    )


def _told(
    release: Release, what: str, form: str, out: Path | None, files: list[str]
) -> dict[str, Any]:
    """What the log says of what leaves."""
    return {
        "what": what,
        "form": form,
        "to": release.recipient.to,
        "purpose": release.recipient.purpose,
        "audience": release.recipient.audience,
        "out": os.path.abspath(out) if out else "standard output",  # noqa: PTH100 - as named
        "withheld": dict(Counter(one.rule for one in release.withheld)),
        "coded": len(release.guard.names.coded),
        "rules": _rules(release),
        "files": [_sealed(release.folder, name) for name in files],
    }


def _rules(release: Release) -> list[str]:
    """The rules that this audience was under, as they were."""
    rules = load("door")["audiences"][release.recipient.audience]
    return [f"{name}: {rules[name]}" for name in ("names", "levels", "consents", "custody")]


def _sealed(folder: Path, name: str) -> dict[str, Any]:
    """Name, SHA-256 and bytes of a file, which is on the disk for good from here on."""
    digest, size = hashlib.sha256(), 0
    with (folder / name).open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
        os.fsync(file.fileno())
    return {"name": name, "sha256": digest.hexdigest(), "size": size}


@contextmanager
def _writing(session: Session, tell: Told) -> Iterator[Writer]:
    """The case's one writer; waits for another that is at work. Raises `CaseLocked`."""
    until = time.monotonic() + PATIENCE
    writer, told = None, False
    with ExitStack() as stack:
        while writer is None:
            try:
                writer = stack.enter_context(session.writing())
            except CaseLocked as error:
                if time.monotonic() > until:
                    raise _still_locked(session) from error
                if not told:
                    tell("waiting for the process that is writing the case ...")
                told = True
                # A lock on a file cannot be waited for with a limit; so it is asked for again.
                time.sleep(_AGAIN_AFTER)
        yield writer


def _still_locked(session: Session) -> CaseLocked:
    return CaseLocked(
        str(session.folder),
        "nothing was given out: the case is being written by another process",
        why=f"what leaves must stand in the log first; waited {PATIENCE:.0f} seconds",
        todo="run the command again when the other process is done",
    )


def _decided_meanwhile(session: Session) -> CaseError:
    return CaseError(
        str(session.folder),
        "nothing was given out: something was decided about the case meanwhile",
        why="what was made may show what must now stay",
        todo="run the command again",
    )


def _newest_decision(connection: Connection) -> int:
    return max((entry.seq for entry in decisions(connection)), default=0)


def _move(folder: Path, out: Path) -> None:
    """Put what was made into its place in one step."""
    made = sorted(folder.iterdir())
    try:
        if len(made) == 1:
            made[0].replace(out)
        else:
            folder.chmod(0o755)
            folder.replace(out)
    except OSError as error:
        raise _cannot(out, error.strerror or str(error)) from error

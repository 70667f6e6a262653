"""A case as somebody sees it who has no sight of the protected: with their codes.

Everything is read from a copy in which no protected name stands (`copying`), so what a page does
with it cannot matter. What somebody does is done to the case itself, by keys led back to it. What
is in none of the lists below is refused: nothing is shown because nobody thought of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection

from onrecord.case import bundling, correcting, reviewing, who
from onrecord.case.adding import AddReport, Brought
from onrecord.case.case import Case, Status
from onrecord.case.coded_ids import Ids
from onrecord.case.copies import COPIES, Copy, CopySession
from onrecord.case.copying import AUDIENCE
from onrecord.case.correcting import BY_WORDS, Correction
from onrecord.case.deciding import State as ReviewState
from onrecord.case.importing import ImportReport
from onrecord.case.judging import Verdict
from onrecord.case.release import Release
from onrecord.case.retelling import Stays
from onrecord.case.who import Pair, Resolved
from onrecord.errors import (
    NotFound,
    NotReleased,
    NotShown,
    OnrecordError,
    SourceError,
    Unsearchable,
)
from onrecord.imports.item import Imported
from onrecord.products.door.finding import Names
from onrecord.products.door.policy import Recipient
from onrecord.products.door.sweep import leaks_in
from onrecord.sources import Limits
from onrecord.store import decisions, originals, reader
from onrecord.store.log import Entry
from onrecord.store.originals import Original
from onrecord.store.session import Session

READ = frozenset(
    {
        *("sight", "name", "folder", "browse", "log"),
        *("documents", "custody", "records", "record", "extracted", "mapping"),
        *("search", "find_entities", "people", "passages_of", "events", "why"),
        *("judgements", "grades", "reviews", "reviews_of", "open_claims", "number_open"),
        *("newest_review", "newest_judgement"),
        *("protections", "consents", "confidential"),
    }
)
"""What reads the copy and nothing else."""
OWN = frozenset({"original", "is_unchanged", "proposals", "status", "acting_as", "close"})
"""What needs a word more, below."""
DONE = frozenset(
    {
        *("add", "import_items", "remember_mapping", "resolve", "judge", "grade", "review"),
        *("correct", "correct_all", "mark", "undo", "release", "bundle", "tell"),
    }
)
"""What is done to the case itself, below."""
REFUSED = frozenset(
    {
        *("protect", "consent", "confide", "verify", "rebuild", "without_sight"),
        *("create", "open", "restore"),
    }
)
"""What somebody without sight cannot do: to decide on whom they cannot see, to check the names."""


def _silent(_: object) -> None:
    """Where nobody asked to be told."""


def seen(case: Case, session: Session) -> Case:
    """The case of a session as somebody without sight of the protected sees it now."""
    return Seen(case, session, COPIES.of(session))


def kept_from(case: Case) -> Names:
    """The names that must not appear in what is made of a case; none but of one without sight."""
    return case._copied.names if isinstance(case, Seen) else Names(())  # noqa: SLF001


class Seen(Case):
    """A case with the codes of the protected in place of their names. Not to be closed."""

    sight: Literal["names", "codes"] = "codes"

    def __init__(self, case: Case, session: Session, copied: Copy) -> None:
        super().__init__(CopySession(session, copied))
        self._case, self._real, self._copied = case, session, copied

    def __getattribute__(self, name: str) -> Any:
        """Raises `NotShown` for what nobody has decided about."""
        if not name.startswith("_") and name not in READ | OWN | DONE:
            raise NotShown.seen()
        return super().__getattribute__(name)

    def acting_as(self, actor: str) -> Case:
        """The same, with somebody's name in the log for what they do."""
        return Seen(self._case.acting_as(actor), self._real, self._copied)

    def close(self) -> None:
        """The case is not ours to close."""

    def status(self) -> Status:
        """The case in figures, without where its tables are."""
        return replace(super().status(), folder=self._words(str(self.folder)))

    def proposals(self) -> list[Pair]:
        """The pairs nobody has judged, without those of the protected."""
        return [
            pair
            for pair in super().proposals()
            if not any(self._is_protected(side.key) for side in (pair.left, pair.right))
        ]

    def original(self, document: str) -> Original:
        """The bytes of a document that names nobody protected, and in which nobody is found.

        Raises `NotFound`, and `NotReleased` for any other.
        """
        with self._session.reading() as connection:
            found = reader.resolve(connection, document)
            if self._ids.is_changed(found):
                raise _withheld()
            original = originals.original(connection, self._real.vault, found)
        if not _is_clean(self._copied, original):
            raise _withheld()
        return original

    def is_unchanged(self, document: str) -> bool:
        """Whether the original, read again from the disk now, has its hash. Raises `NotFound`."""
        with self._session.reading() as connection:
            found = reader.resolve(connection, document)
        return self._case.is_unchanged(self._ids.first(found))

    def add(
        self,
        paths: Iterable[Path | str],
        *,
        workers: int | None = 1,
        progress: Callable[[str], None] = _silent,
        refuse: Callable[[SourceError], None] = _silent,
        limits: Limits | None = None,
        brought: Brought | None = None,
    ) -> AddReport:
        """As `Case.add`: whoever brings a document knows what it says."""
        return self._case.add(
            paths,
            workers=workers,
            progress=progress,
            refuse=refuse,
            limits=limits,
            brought=brought,
        )

    def import_items(
        self,
        items: Sequence[Imported],
        *,
        origin: Path | str = "",
        told: Mapping[str, Any] | None = None,
        progress: Callable[[str], None] = _silent,
    ) -> ImportReport:
        """As `Case.import_items`."""
        return self._case.import_items(items, origin=origin, told=told, progress=progress)

    def remember_mapping(self, name: str, mapping: Mapping[str, Any]) -> Entry:
        """As `Case.remember_mapping`."""
        return self._entry(self._case.remember_mapping(name, mapping))

    def tell(self, kind: str, told: Mapping[str, Any]) -> Entry:
        """As `Case.tell`."""
        return self._entry(self._case.tell(kind, told))

    def resolve(self, *, progress: Callable[[str], None] = _silent) -> Resolved:
        """As `Case.resolve`, without the judgements that could not be kept."""
        with self._retold():
            return replace(self._case.resolve(progress=progress), refused=())

    def judge(
        self, left: str, right: str, verdict: Verdict, *, why: str = "", seen: int | None = None
    ) -> Entry:
        """As `Case.judge`; a protected entity is none that could be named."""
        keys = [self._entity(name) for name in (left, right)]
        with self._retold():
            return self._entry(self._case.judge(keys[0], keys[1], verdict, why=why, seen=seen))

    def grade(
        self,
        subject: str,
        *,
        source_reliability: str | None = None,
        information_credibility: str | None = None,
        why: str = "",
    ) -> Entry:
        """As `Case.grade`; a protected entity is none that could be graded."""
        with self._session.reading() as connection:
            named = self._named(connection, subject, reader.subject)
        with self._retold():
            graded = self._case.grade(
                named,
                source_reliability=source_reliability,
                information_credibility=information_credibility,
                why=why,
            )
        return self._entry(graded)

    def review(
        self, subject: str, state: ReviewState, *, why: str = "", seen: int | None = None
    ) -> Entry:
        """As `Case.review`."""
        with self._session.reading() as connection:
            named = reviewing.review(connection, subject, state)["subject"]
        with self._retold():
            first = self._ids.first(named)
            return self._entry(self._case.review(first, state, why=why, seen=seen))

    correct = Case.correct
    """Through `correct_all`, as below."""

    def correct_all(
        self,
        corrections: Sequence[Correction],
        *,
        accept: str = "",
        why: str = "",
        seen: tuple[str, int | None] = ("", None),
    ) -> list[Entry]:
        """As `Case.correct_all`; raises `NotShown` for words or a speaker that were redacted."""
        with self._session.reading() as connection:
            named = [self._correctable(connection, each) for each in corrections]
            if accept:
                accept = reviewing.review(connection, accept, "accepted")["subject"]
        with self._retold():
            firsts = [replace(each, subject=self._ids.first(each.subject)) for each in named]
            # What was seen is of the one claim or act that all of it is about.
            about = (firsts[0].subject if firsts else self._ids.first(accept), seen[1])
            accepted = self._ids.first(accept) if accept else ""
            made = self._case.correct_all(firsts, accept=accepted, why=why, seen=about)
        return [self._entry(each) for each in made]

    def _correctable(self, connection: Connection, made: Correction) -> Correction:
        told = correcting.correct(connection, made.subject, made.field, made.value, made.span)
        changed = self._ids.is_changed(told["subject"].partition("|")[0])
        if changed and (made.field in BY_WORDS or made.span is not None):
            raise NotShown.done()
        return replace(made, subject=told["subject"])

    def mark(
        self,
        document: str,
        what: str,
        spans: Sequence[Sequence[int]],
        *,
        why: str = "",
        **told: Any,
    ) -> Entry:
        """As `Case.mark`; raises `NotShown` in a redacted document, whose words are others."""
        with self._session.reading() as connection:
            found = reader.resolve(connection, document)
        if self._ids.is_changed(found):
            raise NotShown.done()
        with self._retold():
            return self._entry(self._case.mark(found, what, spans, why=why, **told))

    def undo(self, entry: int | None = None, *, why: str = "") -> Entry:
        """As `Case.undo`; what is not shown is no decision that could be taken back."""
        with self._session.reading() as connection:
            number = decisions.to_undo(connection, entry)
        with self._retold():
            return self._entry(self._case.undo(number, why=why))

    @contextmanager
    def release(
        self,
        what: str,
        *,
        form: str,
        out: Path | None,
        recipient: Recipient = AUDIENCE,
        tell: Callable[[str], None] = _silent,
    ) -> Iterator[Release]:
        """As `Case.release`, with codes, whatever audience is asked for."""
        bound = _bounded(recipient)
        with (
            self._retold(),
            self._case.release(what, form=form, out=out, recipient=bound, tell=tell) as release,
        ):
            yield release

    def bundle(
        self, out: Path | str, *, recipient: Recipient = AUDIENCE, **asked: Any
    ) -> bundling.Bundled:
        """As `Case.bundle`, with codes, whatever audience is asked for."""
        with self._retold():
            return self._case.bundle(out, recipient=_bounded(recipient), **asked)

    @property
    def _ids(self) -> Ids:
        return self._copied.ids

    def _words(self, text: str) -> str:
        return self._copied.retelling.words(text)

    def _is_protected(self, key: str) -> bool:
        return self._ids.is_protected(self._ids.first(key))

    def _entity(self, name: str) -> str:
        """The key in the case of an entity that is shown. Raises `NotFound`."""
        with self._session.reading() as connection:
            return self._named(connection, name, who.key_of)

    def _named(
        self, connection: Connection, name: str, find: Callable[[Connection, str], str]
    ) -> str:
        key = self._ids.first(find(connection, name))
        if self._ids.is_protected(key):
            try:
                reader.entity_key(connection, _NOBODY)
            except NotFound as error:
                error.what = error.what.replace(_NOBODY, name)
                raise
        return key

    def _entry(self, entry: Entry) -> Entry:
        """An entry as the copy would have it."""
        retelling = self._copied.retelling
        previous, own = map(retelling.sealed, (entry.previous, entry.hash))
        try:
            payload = retelling.told(entry.payload)
        except Stays:
            payload = {}
        actor = retelling.words(entry.actor)
        return replace(entry, actor=actor, command="", payload=payload, previous=previous, hash=own)

    @contextmanager
    def _retold(self) -> Iterator[None]:
        """Errors of the case itself in words and keys that may be seen."""
        try:
            yield
        except OnrecordError as error:
            told = copy(error)
            for part in ("what", "why", "todo"):
                setattr(told, part, self._plain(getattr(error, part)))
            told.args = (told.what,)
            raise told from None

    def _plain(self, text: str) -> str:
        keyed = _KEY.sub(lambda found: self._ids.new(found.group()) or "...", text)
        return self._words(keyed)


_NOBODY = "\N{REPLACEMENT CHARACTER}"
_KEY = re.compile(r"(?:sha256|cluster):[0-9a-f]+(?:\|[a-z]+:[0-9a-f]+)*")


def _bounded(recipient: Recipient) -> Recipient:
    """Who gets what somebody without sight gives out: nobody who may have more than they."""
    if recipient.audience in _NO_MORE:
        return recipient
    return replace(recipient, audience=AUDIENCE.audience)


_NO_MORE = ("public", AUDIENCE.audience)


def _is_clean(copied: Copy, original: Original) -> bool:
    if not copied.names:
        return True
    try:
        return not leaks_in(original.file.read_bytes(), copied.names, copied.folder)
    except Unsearchable:
        return False


def _withheld() -> NotReleased:
    return NotReleased(
        "the original is withheld from you",
        why="people in this case are protected, whom you see as codes; an original may name them",
        todo="ask somebody who sees names, if you need it",
    )

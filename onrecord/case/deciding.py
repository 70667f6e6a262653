"""The part of a case's API by which people decide on claims and acts, and add what was missed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Literal

from sqlalchemy import Connection

from onrecord.case import correcting, marking, reviewing
from onrecord.case.correcting import Correction
from onrecord.case.reviewing import Make, Payload, ReviewDecision
from onrecord.model import Record
from onrecord.store import reader, undecided
from onrecord.store import reviews as store
from onrecord.store.log import Entry
from onrecord.store.session import Session
from onrecord.store.tables import JUDGEMENTS, REVIEWED
from onrecord.store.undecided import Narrowed, OpenClaim, Order

State = Literal["accepted", "rejected", "undecided"]


def _correct(made: Correction, connection: Connection) -> Payload:
    return correcting.correct(connection, made.subject, made.field, made.value, made.span)


class Deciding:
    """What `Case` has of it; the machine proposes, these put down what people decide."""

    _session: Session

    def review(
        self, subject: str, state: State, *, why: str = "", seen: int | None = None
    ) -> Entry:
        """Accept or reject a claim or an act, or say that one cannot tell.

        `subject` is `DOCUMENT|ID`, or an id that one document has. What is rejected is in no
        product any more. `seen` is the newest decision on it that you know of, 0 for none; None is
        not to ask. Raises `NotFound`, and `DecidedMeanwhile` where there is a newer one.
        """
        return reviewing.put_down(
            self._session,
            "review",
            lambda connection: reviewing.review(connection, subject, state),
            why=why,
            seen=(subject, seen),
        )

    def correct(
        self,
        subject: str,
        field: str,
        value: Any,
        *,
        why: str = "",
        span: Sequence[int] | None = None,
        seen: int | None = None,
    ) -> Entry:
        """Correct a field of a claim (kind, quote, modality, polarity, speaker) or of an act (type,
        modality, polarity, count, perpetrator, victim, place, date).

        What `value` is for each, `correcting.correct` says; `span` are the words that say so, where
        they are others than before. Raises `NotFound`, `NotDecided`, `DecidedMeanwhile`.
        """
        made = Correction(subject, field, value, span)
        return self.correct_all([made], why=why, seen=(subject, seen))[0]

    def correct_all(
        self,
        corrections: Sequence[Correction],
        *,
        accept: str = "",
        why: str = "",
        seen: tuple[str, int | None] = ("", None),
    ) -> list[Entry]:
        """Correct several fields, and `accept` a claim with them: all of it, or nothing.

        Each is checked with those before it. `seen` is the claim or act that is decided on and the
        newest decision on it that you know of. Raises as `correct` and `review` do.
        """
        parts: list[tuple[str, Make]] = [
            ("correct", partial(_correct, correction)) for correction in corrections
        ]
        if accept:
            parts.append(("review", lambda found: reviewing.review(found, accept, "accepted")))
        return reviewing.put_down_all(self._session, parts, why=why, seen=seen)

    def mark(
        self,
        document: str,
        what: str,
        spans: Sequence[Sequence[int]],
        *,
        why: str = "",
        **told: Any,
    ) -> Entry:
        """Add a `name`, a `claim`, an `act` or a `count` at words of a document.

        What else is `told` of it `marking.mark` says. Raises `NotFound`, `NotDecided`.
        """
        return reviewing.put_down(
            self._session,
            "add",
            lambda connection: marking.mark(connection, document, what, spans, told),
            why=why,
        )

    def reviews(self, document: str | None = None) -> list[ReviewDecision]:
        """What people decided of claims and acts, and added, that holds; oldest first.

        Of one document where it is named. Raises `NotFound`.
        """
        with self._session.reading() as connection:
            named = None if document is None else reader.resolve(connection, document)
            return reviewing.decided(connection, named)

    def reviews_of(self, subject: str) -> list[ReviewDecision]:
        """What holds of a claim and the acts that rest on it, or of an act. Raises `NotFound`."""
        with self._session.reading() as connection:
            return reviewing.of_subject(connection, subject)

    def newest_review(self, actor: str = "") -> int | None:
        """The newest decision on a record that holds; of one person if named."""
        with self._session.reading() as connection:
            return store.newest(connection, REVIEWED, actor)

    def newest_judgement(self, actor: str = "") -> int | None:
        """The newest judgement of who is who that holds; of one person if named."""
        with self._session.reading() as connection:
            return store.newest(connection, [JUDGEMENTS], actor)

    def extracted(self, document: str, *, corrected: bool = False) -> Record:
        """The record of a document as the machine made it. Raises `NotFound`.

        With `corrected`, as people corrected and added to it, and with what they rejected.
        """
        with self._session.reading() as connection:
            named = reader.resolve(connection, document)
            return reader.extracted(connection, named, corrected=corrected)

    def open_claims(
        self, offset: int = 0, limit: int = 20, *, order: Order = "least sure", **narrowed: Any
    ) -> list[OpenClaim]:
        """Claims without a decision: allegations, denials, admissions and demands first.

        `narrowed`: `who` (a group: by or against it, as last resolved), `document`, `kinds`.
        """
        with self._session.reading() as connection:
            asked = Narrowed(**narrowed)
            return undecided.claims(connection, asked, order, offset, limit)

    def number_open(self, most: int = 10_000, **narrowed: Any) -> int:
        """How many claims are open, counted up to `most`; narrowed as in `open_claims`."""
        with self._session.reading() as connection:
            return undecided.number(connection, Narrowed(**narrowed), most)

"""The part of a case's API by which people judge who is who, grade, protect and take back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from onrecord.case import protecting, reviewing, who
from onrecord.case.protecting import Agreed, Confidential, Protection
from onrecord.case.who import Decision, Grade, Group, Pair, Passage
from onrecord.errors import CaseError
from onrecord.products.door.policy import Answer, Audience, Level
from onrecord.store import decisions, reader
from onrecord.store.log import Entry
from onrecord.store.session import Session

Verdict = Literal["same", "different", "unsure"]


class Judging:
    """What `Case` has of it; the judgements of people win over the machine."""

    folder: Path
    _session: Session

    def people(self, kind: str | None = "Person") -> list[Group]:
        """Who is taken for one: groups of entities of a type (None: of every type), with reasons.

        As last resolved; worked out for the occasion where documents or judgements came since.
        """
        with self._session.reading() as connection:
            return who.groups(connection, who.current(connection), kind)

    def proposals(self) -> list[Pair]:
        """The pairs nobody has judged, those first for which a decision is worth most."""
        with self._session.reading() as connection:
            return who.pairs(connection, who.current(connection))

    def passages_of(self, key: str) -> list[Passage]:
        """Where a document names the entity of that key."""
        with self._session.reading() as connection:
            return list(who.passages(connection, key))

    def judge(
        self, left: str, right: str, verdict: Verdict, *, why: str = "", seen: int | None = None
    ) -> Entry:
        """Put down that two entities are the same, different, or that one cannot tell.

        They are named by key, name, or a group's id (which stands for its first member). The
        judgement wins over the machine when who is who is next worked out. `seen` is as in
        `review`. Raises `NotFound`, `DecidedMeanwhile`, and `CaseError` where both are one entity.
        """
        with self._session.writing() as writer:
            with writer.reading() as connection:
                keys = sorted(who.key_of(connection, name) for name in (left, right))
                reviewing.check_pair(connection, keys, seen)
            if keys[0] == keys[1]:
                raise self._refused("one entity cannot be judged against itself", keys[0])
            told = {"left": keys[0], "right": keys[1], "verdict": verdict, "why": why}
            return writer.decide("judge", told)

    def grade(
        self,
        subject: str,
        *,
        source_reliability: str | None = None,
        information_credibility: str | None = None,
        why: str = "",
    ) -> Entry:
        """Grade a source A to F, or information 1 to 6 (Admiralty scales, judged apart).

        `subject` is a document, or the key of an entity or claim. Raises `NotFound`, and
        `CaseError` for a grade that the scale does not have.
        """
        given = {
            "source_reliability": source_reliability,
            "information_credibility": information_credibility,
        }
        for scale, allowed in (
            ("source_reliability", "ABCDEF"),
            ("information_credibility", "123456"),
        ):
            grade = given[scale]
            if grade is not None and (len(grade) != 1 or grade not in allowed):
                raise self._refused(f"there is no {scale.replace('_', ' ')} {grade!r}", allowed)
        if not any(given.values()):
            raise self._refused("no grade was given", "A to F, or 1 to 6")
        with self._session.writing() as writer:
            with writer.reading() as connection:
                named = reader.subject(connection, subject)
            return writer.decide("grade", {"subject": named, **given, "why": why})

    def protect(
        self, name: str, *, spellings: Sequence[str] = (), kind: str | None = None, why: str = ""
    ) -> Entry:
        """Let the names of somebody or something leave as a code only, whoever asks but us.

        `name` is a key, a name or a group's id; its group's spellings, as resolved now and later,
        and `spellings` are all replaced. With `kind` (Person, Place, ...) a name is protected that
        no entity has yet. Raises `NotFound`.
        """
        with self._session.writing() as writer:
            with writer.reading() as connection:
                told = protecting.protection(connection, name, spellings, kind)
            return writer.decide("protect", told | {"why": why})

    def consent(
        self,
        subject: str,
        state: Answer,
        *,
        audiences: Sequence[Audience] = (),
        purposes: Sequence[str] = (),
        given_by: str = "",
        why: str = "",
    ) -> Entry:
        """Put down what is known of consent to a document, a claim, or all that a person says.

        For the audiences named, or for all; for the purposes named, or for any. Raises `NotFound`.
        """
        with self._session.writing() as writer:
            with writer.reading() as connection:
                told = protecting.consent(connection, subject, state, audiences, purposes, given_by)
            return writer.decide("consent", told | {"why": why})

    def confide(self, subject: str, level: Level, *, why: str = "") -> Entry:
        """Put down how confidential a document, a claim or an entity is. Raises `NotFound`."""
        with self._session.writing() as writer:
            with writer.reading() as connection:
                told = protecting.confidentiality(connection, subject, level)
            return writer.decide("confidential", told | {"why": why})

    def protections(self) -> list[Protection]:
        """Who and what is protected, oldest decision first."""
        with self._session.reading() as connection:
            return protecting.protections(connection)

    def consents(self) -> list[Agreed]:
        """What holds of consent, oldest decision first."""
        with self._session.reading() as connection:
            return protecting.agreed(connection)

    def confidential(self) -> list[Confidential]:
        """What holds of confidentiality, oldest decision first."""
        with self._session.reading() as connection:
            return protecting.confidential(connection)

    def undo(self, entry: int | None = None, *, why: str = "") -> Entry:
        """Take back a decision: the log's entry of that number, or the newest that holds.

        The entry stays in the log; undoing the undo brings the decision back. Raises `NotFound`
        where there is none, and `CaseError` where it is taken back already.
        """
        with self._session.writing() as writer:
            with writer.reading() as connection:
                told: dict[str, Any] = {"entry": decisions.to_undo(connection, entry)}
                told |= {"aside": True} if decisions.aside(connection, "undo", told) else {}
            return writer.decide("undo", told | {"why": why})

    def judgements(self) -> list[Decision]:
        """The judgements that hold, oldest first."""
        with self._session.reading() as connection:
            return who.judged(connection)

    def grades(self) -> list[Grade]:
        """The grades that hold, oldest first."""
        with self._session.reading() as connection:
            return who.graded(connection)

    def _refused(self, what: str, why: str) -> CaseError:
        return CaseError(str(self.folder), what, why=why, todo="see --help")

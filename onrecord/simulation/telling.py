"""How an outlet tells an account of an event: sentences with the words of their source."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from onrecord.simulation.actors import Body, Nameless, Person
from onrecord.simulation.grammar import Word
from onrecord.simulation.happenings import Account
from onrecord.simulation.pieces import (
    CLOSE,
    COMMA,
    ClaimDraft,
    Mention,
    Open,
    Ref,
    Sentence,
)
from onrecord.simulation.wording import COMMANDERS, Wording


class Telling(Wording):
    """Sentences about accounts: `tell` with a claim of its source, `plain` without any.

    `via`: who brought the account, where another outlet did; `told_to`: whom the sources talked
    to, where it was not the outlet itself.
    """

    via: Body | None = None
    told_to: Body | None = None
    _last_source: Ref | None = None

    def skewed(self, rule: str, number: int) -> int:
        """As any writer; but what a source says to the press stands alike in several reports."""
        if rule in QUOTED:
            key = f"{rule} {self.account.key} {int(self.draw() * 2)}"
            return zlib.crc32(key.encode()) % number
        return super().skewed(rule, number)

    def tell(
        self, rule: str, account: Account, kind: str = "allegation", **manner: str
    ) -> Sentence:
        """A sentence of a rule about an account, as a claim of its source.

        `manner`: fields of the claim, and `measure`, what is counted.
        """
        self.begin()
        self._of(rule, account, {"kind": kind, **manner})
        self.measure = manner.get("measure", "main")
        self.claim = ClaimDraft(
            kind,
            account,
            account.source,
            quote=manner.get("quote", "indirect"),
            polarity=manner.get("polarity", "affirmed"),
        )
        self.sentence.claims.append(self.claim)
        self.grammar.expand(rule, self)
        return self.finish()

    def plain(self, rule: str, account: Account) -> Sentence:
        """A sentence that carries no claim."""
        self.begin()
        self._of(rule, account, {})
        self.grammar.expand(rule, self)
        return self.finish()

    def again(self, sentence: Sentence) -> Sentence:
        """The same said in other words."""
        account = sentence.account
        if account is None:
            return sentence
        if sentence.claims and isinstance(sentence.claims[0].via, Body):
            self.via = sentence.claims[0].via
        manner = dict(sentence.manner)
        if "kind" not in manner:
            return self.plain(sentence.rule, account)
        new = self.tell(sentence.rule, account, manner.pop("kind"), **manner)
        new.background = sentence.background
        return new

    def _of(self, rule: str, account: Account, manner: dict[str, str]) -> None:
        self.account, self.measure = account, "main"
        self.sentence.rule, self.sentence.account, self.sentence.manner = rule, account, manner
        self.features = self._have()

    def _have(self) -> int:
        bit, account = self.grammar.bit, self.account
        bits = bit("told_outlet") if self.outlet.own is None else 0
        if account.type not in ("remains_found", "mass_grave", "forced_displacement"):
            bits |= bit("during")
        if account.perpetrator is None:
            return bits | bit("by_unknown") | bit("by_unknown_subject")
        bits |= bit("perp_plain") | bit("perp_body")
        if not account.denies and account.type not in ("remains_found", "mass_grave"):
            bits |= bit("perp") | bit("by_perp")
        if self.sentence.rule == "context":
            if self.world.holder(account.perpetrator, self.day, COMMANDERS):
                bits |= bit("officer")
            if self.world.former(account.perpetrator, self.day):
                bits |= bit("former")
        return bits

    # Sources.

    def slot_source(self) -> None:
        """The source of the account: brought in the first time, short after that."""
        account, source = self.account, self.account.source
        if isinstance(source, Nameless):
            words = self.grammar.words["residents"]
            self.put(Mention(source, (), words[self.skewed("residents", len(words))]))
        elif isinstance(source, Body):
            (self._eye if account.kind == "correspondent" else self.mention)(source)
        elif source.key in self.introduced:
            self._source_again(source)
        elif account.body is not None:
            self.post(source, account.body, account.role)
        elif account.kind == "relative" and source.siblings:
            self.kin(source, source.siblings[0])
        elif self.draw() < 0.5:
            self.described(source)
        else:
            self.person(source)
            self.put(", a resident of ")
            self.put(Mention(account.event.place))
            self.put(COMMA)
        self._last_source = source

    def _source_again(self, source: Person) -> None:
        opening = not any(isinstance(p, str | Word | Mention) and p != "“" for p in self.pieces)
        if opening and self._last_source is source and self.draw() < 0.5:
            self.put(Mention(source, (), "she" if source.sex == "female" else "he"))
        else:
            self.person(source)

    def slot_eye(self) -> None:
        """An outlet's own correspondent."""
        self._eye(self.account.body or self.outlet.body)

    def _eye(self, body: Body) -> None:
        self.put(
            ("a correspondent for ", "a reporter of ", "a correspondent of ")[int(self.draw() * 3)]
        )
        self.mention(body)

    def slot_told_outlet(self) -> None:
        """The outlet itself, as what the source talked to."""
        body = self.told_to or self.outlet.body
        if self.claim is not None:
            self.claim.via = body
        self.put(Open("t", self.claim))
        self.put(Mention(body))
        self.put(CLOSE)

    def slot_via(self) -> None:
        """Another outlet that carried the account."""
        body = self.via or self.outlet.body
        if self.claim is not None:
            self.claim.via = body
        self.put(Open("w", self.claim))
        self.mention(body)
        self.put(CLOSE)

    def slot_recaller(self) -> None:
        """Who speaks now of what others told then."""
        region = self.account.event.region
        kind = "movement" if self.draw() < 0.6 else "rights"
        if kind == self.account.kind:
            kind = "clergy"
        body = self.world.bodies[(kind, region.key)][0]
        post = self.world.holder(body, self.day, ("chairman", "director", "secretary"))
        speaker: Person | Body = post.holder if post else body
        if self.claim is not None:
            self.claim.via = speaker
        self.put(Open("w", self.claim))
        if post is None or post.holder.key in self.introduced:
            (self.mention if isinstance(speaker, Body) else self.person)(speaker)  # type: ignore[arg-type]
        else:
            self.post(post.holder, body, post.role)
        self.put(CLOSE)

    def slot_addressee(self) -> None:
        """Who is asked to do something."""
        region = self.account.event.region
        body = self.world.bodies[("government", region.key)][0]
        if self.draw() < 0.3:
            body = self.world.bodies[("interior", "")][0]
        if self.claim is not None:
            self.claim.addressee = body
        self.mention(body)


QUOTED = frozenset(("quote_words", "quote_more", "official_words"))
"""Lexical rules of words between quotation marks, which nobody rewords."""
ASIDES = ("filler", "no_comment", "context")
"""Rules of sentences that tell nothing of the event."""


def without_repeats(sentences: Iterable[Sentence]) -> list[Sentence]:
    """The sentences without an aside that says what another aside says."""
    seen: set[str] = set()
    kept: list[Sentence] = []
    for sentence in sentences:
        if sentence.rule in ASIDES:
            longest = max((p for p in sentence.pieces if isinstance(p, str)), key=len, default="")
            if longest in seen:
                continue
            seen.add(longest)
        kept.append(sentence)
    return kept

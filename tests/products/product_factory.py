"""Records of an invented country, made by hand: two reports of one speaker, and a denial.

Every span is found by its words, so that the texts can be edited. Names, places and events are
invented.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from onrecord.model import (
    Act,
    Channel,
    Claim,
    Count,
    Dateline,
    Demand,
    Document,
    Engagement,
    Entity,
    Link,
    Perpetrator,
    Record,
    Relation,
    Span,
    Victim,
    content_id,
)


class Report:
    """A record under construction: words in, spans out."""

    def __init__(self, path: str, text: str, **document: object) -> None:
        self.text = text
        digest = hashlib.sha256(text.encode()).hexdigest()
        self.document = Document(f"sha256:{digest}", path, "text/plain", "en", **document)  # type: ignore[arg-type]
        self.entities: dict[str, Entity] = {}
        self.claims: list[Claim] = []
        self.acts: list[Act] = []
        self.relations: list[Relation] = []
        self.demands: list[Demand] = []
        self.engagements: list[Engagement] = []

    def at(self, words: str, nth: int = 0) -> Span:
        """The span of some words, the `nth` time they stand; of those before a `¦`, in context."""
        words, _, rest = words.partition("¦")
        pattern = r"\s+".join(re.escape(word) for word in words.split())
        after = r"\s+".join(re.escape(word) for word in rest.split(" "))
        return list(re.finditer(rf"{pattern}(?={after})", self.text))[nth].span()

    def id(self, kind: str, *parts: object) -> str:
        return content_id(kind, self.document.id, *parts)

    def entity(
        self, name: str, kind: str, mentions: Sequence[str], candidates: Sequence[str] = ()
    ) -> str:
        spans = tuple(sorted({self.at(words) for words in mentions}))
        identifier = self.id("entity", name, spans)
        self.entities[identifier] = Entity(
            identifier,
            kind,  # type: ignore[arg-type]
            name,
            spans,
            candidates=tuple(candidates),
        )
        return identifier

    def claim(
        self,
        kind: str,
        content: Sequence[str],
        chain: Sequence[tuple[str, str | None, str | None]],
        **more: object,
    ) -> str:
        """`chain` holds level, entity and words, innermost first."""
        spans = tuple(self.at(words) for words in content)
        links = tuple(Link(lv, e, self.at(w) if w else None) for lv, e, w in chain)  # type: ignore[arg-type]
        identifier = self.id("claim", kind, spans)
        values: dict[str, object] = {
            "quote": "indirect",
            "modality": "asserted",
            "polarity": "affirmed",
            **more,
        }
        if isinstance(values.get("cue"), str):
            values["cue"] = self.at(str(values["cue"]))
        values["hedges"] = tuple(self.at(str(w)) for w in values.get("hedges", ()))  # type: ignore[attr-defined]
        self.claims.append(
            Claim(identifier, kind, content=spans, attribution=links, **values)  # type: ignore[arg-type]
        )
        return identifier

    def act(
        self,
        kind: str,
        words: str,
        claims: Sequence[str] = (),
        *,
        by: Sequence[str] = (),
        to: Sequence[tuple[str, str, Count | None]] = (),
        **more: object,
    ) -> str:
        span = self.at(words)
        values: dict[str, object] = {"modality": "asserted", "polarity": "affirmed", **more}
        self.acts.append(
            Act(
                self.id("act", kind, span),
                kind,
                span,
                tuple(claims),
                perpetrators=tuple(Perpetrator(e, "carried_out", span) for e in by),
                victims=tuple(Victim(e, self.at(w), c) for e, w, c in to),
                **values,  # type: ignore[arg-type]
            )
        )
        return self.acts[-1].id

    def relation(
        self, kind: str, subject: str, other: str | None, label: str, words: str, **more: object
    ) -> None:
        role = self.at(label, int(str(more.pop("nth", 0))))
        self.relations.append(
            Relation(
                self.id("relation", kind, words, subject, other),
                kind,  # type: ignore[arg-type]
                subject,
                label,
                self.at(words),
                object=other,
                role=role,
                **more,  # type: ignore[arg-type]
            )
        )

    def demand(self, claim: str, of: Sequence[str], action: str, **more: object) -> None:
        self.demands.append(
            Demand(self.id("demand", action), claim, tuple(of), self.at(action), **more)  # type: ignore[arg-type]
        )

    def engagement(self, kind: str, who: Sequence[str], words: str, **more: object) -> None:
        self.engagements.append(
            Engagement(self.id("engagement", words), kind, tuple(who), span=self.at(words), **more)  # type: ignore[arg-type]
        )

    def record(self) -> Record:
        return Record(
            document=self.document,
            text=self.text,
            entities=tuple(sorted(self.entities.values(), key=lambda e: e.mentions)),
            claims=tuple(self.claims),
            acts=tuple(self.acts),
            relations=tuple(self.relations),
            demands=tuple(self.demands),
            engagements=tuple(self.engagements),
        )


WIRE = """\
Lisk [Ostravia], 8 March (Norden Wire): Harbour Rights League president Ilse Vandar has
criticised the planned visit of Maruvia's former defence minister Teodor Quill and Governor
Renzo Maldek to Lisk from 15 to 17 March.

In a radio address, Vandar said that Quill and Maldek ordered enforced disappearances in Red
Valley. She alleged that soldiers under Quill allegedly killed more than 40 farmers at Tanner's
Ford. Vandar highlighted what she called their ties to Osk Brannig, head of the River Guard, and
stated that Brannig's men have been named in connection with a mass grave near Old Mill, which
monitors have described as the largest in the province.

She urged the Lisk city council to question the visitors about access to Red Valley prisons.
"""

STATEMENT = """\
Ilse Vandar, president of the Harbour Rights League, called on Governor Renzo Maldek to open the
Red Valley prisons to independent doctors by 1 May 2031. Guards answering to Maldek tortured
prisoners there in 2029, she said. Renzo Maldeck, a namesake but for one letter, runs a bakery.
Brannig was seen in Lisk.
"""

DENIAL = """\
The Ministry of Order rejects the charge that soldiers killed farmers at Tanner's Ford. "No
civilian was killed," spokesman Lem Ardo said on 9 March 2031. Governor Renzo Maldek denied that
he ordered any disappearances. Maldek said independent doctors may visit the Red Valley prisons
in May.
"""


def wire() -> Record:
    """The wire report: a speaker inside a channel inside a publisher."""
    r = Report("wire.txt", WIRE, title="Visit criticised", publisher="Norden Wire")
    r.document = Document(
        r.document.id,
        "wire.txt",
        "text/plain",
        "en",
        "Visit criticised",
        "Norden Wire",
        dateline=Dateline(r.at("Lisk [Ostravia], 8 March"), date="XXXX-03-08"),
        channel=Channel("a radio address", r.at("a radio address")),
        cites={"publisher": (r.at("Norden Wire"),)},
    )
    vandar = r.entity("Ilse Vandar", "Person", ["Ilse Vandar", "Vandar¦ said", "She¦ alleged"])
    quill = r.entity(
        "Teodor Quill", "Person", ["Teodor Quill", "Quill¦ and Maldek", "Quill¦ allegedly"]
    )
    maldek = r.entity("Renzo Maldek", "Person", ["Renzo Maldek", "Maldek¦ ordered"])
    brannig = r.entity("Osk Brannig", "Person", ["Osk Brannig", "Brannig¦'s men"])
    league = r.entity("Harbour Rights League", "Organization", ["Harbour Rights League"])
    guard = r.entity("River Guard", "Organization", ["River Guard"])
    farmers = r.entity("farmers", "Group", ["more than 40 farmers"])
    council = r.entity("Lisk city council", "Organization", ["Lisk city council"])
    monitors = r.entity("monitors", "Group", ["monitors"])
    lisk = r.entity("Lisk", "Place", ["Lisk"])
    valley = r.entity("Red Valley", "Place", ["Red Valley"])
    ford = r.entity("Tanner's Ford", "Place", ["Tanner's Ford"])
    post = [("channel", None, "a radio address"), ("publisher", None, "Norden Wire")]
    by = [("speaker", vandar, "Vandar"), *post]
    r.relation("post", vandar, league, "president", "Harbour Rights League president Ilse Vandar")
    r.relation(
        "post", quill, None, "defence minister", "former defence minister Teodor Quill", ended=True
    )
    r.relation("post", maldek, None, "Governor", "Governor Renzo Maldek")
    first = r.claim(
        "allegation",
        ["that Quill and Maldek ordered enforced disappearances in Red Valley"],
        by,
        cue="said",
    )
    r.act(
        "enforced_disappearance",
        "enforced disappearances",
        [first],
        by=[quill, maldek],
        place=valley,
    )
    second = r.claim(
        "allegation",
        ["that soldiers under Quill allegedly killed more than 40 farmers at Tanner's Ford"],
        [("speaker", vandar, "She"), *post],
        cue="alleged",
        hedges=["allegedly"],
        modality="hedged",
    )
    count = Count("more than 40", r.at("more than 40"), 41)
    r.act(
        "killing",
        "killed more than 40 farmers",
        [second],
        by=[quill],
        to=[(farmers, "farmers", count)],
        place=ford,
    )
    ties = r.claim(
        "allegation",
        ["what she called their ties to Osk Brannig, head of the River Guard"],
        by,
        cue="highlighted",
    )
    for one in (quill, maldek):
        r.relation("link", one, brannig, "ties", "their ties to Osk Brannig", claims=(ties,))
    r.relation(
        "leads", brannig, guard, "head", "Osk Brannig, head of the River Guard", claims=(ties,)
    )
    grave = r.claim(
        "allegation",
        [
            "Brannig's men have been named in connection with a mass grave near Old Mill",
            "which monitors have described as the largest in the province",
        ],
        by,
        cue="stated",
    )
    r.claim(
        "allegation",
        ["as the largest in the province"],
        [("cited", monitors, "monitors"), *by],
        cue="described",
        parent=grave,
    )
    r.act("mass_grave", "a mass grave", [grave], by=[brannig])
    asked = r.claim(
        "demand",
        ["the Lisk city council to question the visitors about access to Red Valley prisons"],
        [("speaker", vandar, "She"), *post],
        cue="urged",
    )
    r.demand(asked, [council], "to question the visitors about access to Red Valley prisons")
    r.engagement(
        "visit",
        [quill, maldek],
        "the planned visit of",
        place=lisk,
        start="XXXX-03-15",
        end="XXXX-03-17",
        status="proposed",
    )
    return r.record()


def statement() -> Record:
    """A statement without a publisher; one undecided mention, one near spelling."""
    r = Report("statement.txt", STATEMENT)
    vandar = r.entity("Ilse Vandar", "Person", ["Ilse Vandar"])
    maldek = r.entity("Renzo Maldek", "Person", ["Renzo Maldek", "Maldek¦ tortured"])
    baker = r.entity("Renzo Maldeck", "Person", ["Renzo Maldeck"])
    r.entity("Brannig", "Person", ["Brannig"], candidates=[maldek, baker])
    by = [("speaker", vandar, "Ilse Vandar")]
    asked = r.claim(
        "demand",
        ["to open the Red Valley prisons to independent doctors by 1 May 2031"],
        by,
        cue="called on",
    )
    r.demand(
        asked,
        [maldek],
        "to open the Red Valley prisons to independent doctors",
        deadline="2031-05-01",
    )
    alleged = r.claim(
        "allegation",
        ["Guards answering to Maldek tortured prisoners there in 2029"],
        by,
        cue="said",
    )
    r.act("torture", "tortured prisoners there in 2029", [alleged], by=[maldek], date="2029")
    return r.record()


def denial() -> Record:
    """The other side: a ministry's denial, a governor's denial and his response."""
    r = Report("denial.txt", DENIAL, title="Ministry rejects charge", published="2031-03-10")
    ministry = r.entity("Ministry of Order", "Organization", ["Ministry of Order"])
    ardo = r.entity("Lem Ardo", "Person", ["Lem Ardo"])
    maldek = r.entity("Renzo Maldek", "Person", ["Renzo Maldek", "he¦ ordered", "Maldek¦ said"])
    denied = r.claim(
        "denial",
        ["the charge that soldiers killed farmers at Tanner's Ford"],
        [("speaker", ministry, "The Ministry of Order")],
        cue="rejects",
    )
    r.act("killing", "killed farmers", [denied], polarity="negated")
    r.claim(
        "denial", ["No civilian was killed,"], [("speaker", ardo, "spokesman Lem Ardo")], cue="said"
    )
    none = r.claim(
        "denial",
        ["that he ordered any disappearances"],
        [("speaker", maldek, "Governor Renzo Maldek")],
        cue="denied",
    )
    r.act("enforced_disappearance", "disappearances", [none], by=[maldek], polarity="negated")
    r.claim(
        "statement",
        ["independent doctors may visit the Red Valley prisons in May"],
        [("speaker", maldek, "Maldek")],
        cue="said",
    )
    return r.record()


def case() -> list[Record]:
    """All three reports."""
    return [wire(), statement(), denial()]

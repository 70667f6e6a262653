"""GraphML: people, bodies, groups and places as nodes; relations and parts in acts as edges.

An act is a node of its own, tied to those it is laid to, those it is said to have been done to,
its place and who says so: no edge leads from an accused to a victim without the word it stands on.
Every edge and every act says on whose word it stands and cites its words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from onrecord.model import Act, Claim, Engagement, Relation, Span
from onrecord.products.edtf import span_of
from onrecord.products.export.cited import Cited
from onrecord.products.export.gathered import Gathered, cited_of, everyone
from onrecord.products.export.source import Format, Progress, Source
from onrecord.products.index import claim_of_relation, voices
from onrecord.products.lent_dates import lent_dates
from onrecord.products.pictures.entries import claim_of_act
from onrecord.products.quoting import plain
from onrecord.products.writer import act_label, term

Attributes = Mapping[str, Any]

NODE = {
    "kind": "string",
    "label": "string",
    "names": "string",
    "country": "string",
    "actor_type": "string",
    "documents": "int",
    "undecided": "boolean",
}
SHARED = {
    "type": "string",
    "said": "string",
    "attribution": "string",
    "claim_kind": "string",
    "modality": "string",
    "polarity": "string",
    "date": "string",
    "status": "string",
    "document": "string",
    "publisher": "string",
    "claims": "string",
    "citations": "string",
}
EDGE = {
    "kind": "string",
    "label": "string",
    "involvement": "string",
    "count_text": "string",
    "count_min": "int",
    "count_max": "int",
    "ended": "boolean",
}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns'
    ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)


def write(source: Source, path: Path, progress: Progress) -> None:
    """The graph of a case: first who and what there is, then what is said, document by document."""
    with everyone(source) as known, path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_HEAD + "".join(_keys()))
        file.write(f'<graph id={_attribute(source.name)} edgedefault="directed">\n')
        for one in known:
            _node(file, one.canonical, _known(one))
        for record in source.records():
            _document(file, cited_of(source, record))
            progress(record.document.path)
        file.write("</graph>\n</graphml>\n")


def _keys() -> Iterator[str]:
    for domain, names in (("node", NODE | SHARED), ("edge", EDGE | SHARED)):
        for name, kind in names.items():
            told = f'attr.name="{name}" attr.type="{kind}"'
            yield f'<key id="{domain}-{name}" for="{domain}" {told}/>\n'


def _known(one: Gathered) -> Attributes:
    return {
        "kind": one.type,
        "label": one.names[0],
        "names": "; ".join(one.names),
        "country": "; ".join(one.countries),
        "actor_type": "; ".join(one.actor_types),
        "documents": one.documents,
        "undecided": one.undecided,
    }


def _document(file: IO[str], cited: Cited) -> None:
    for relation in cited.record.relations:
        _relation(file, cited, relation)
    lent = lent_dates(cited.record)
    for act in cited.record.acts:
        _act(file, cited, act, lent.get(act.id))
    for engagement in cited.record.engagements:
        _engagement(file, cited, engagement)


def _relation(file: IO[str], cited: Cited, relation: Relation) -> None:
    """An edge; a post or a tie whose other end nobody names leads back to its holder."""
    if cited.name(relation.subject) is None:
        return
    claim = claim_of_relation(cited.sheet, relation)
    other = relation.object if cited.name(relation.object) else None
    spans = [relation.span, relation.role, relation.rank]
    told = {
        "kind": "relation",
        "type": relation.type,
        "label": plain(relation.label) + ("" if other else " (of whom or what is not named)"),
        "ended": relation.ended,
        **_said(cited, claim, spans),
    }
    ends = (cited.canonical(relation.subject), cited.canonical(other or relation.subject))
    _edge(file, f"{cited.document}|{relation.id}", ends, told)


def _act(file: IO[str], cited: Cited, act: Act, lent: str | None) -> None:
    claim = claim_of_act(cited.sheet, act)
    spans = [act.span, *(s for found in act.cites.values() for s in found)]
    node = f"{cited.document}|{act.id}"
    _node(
        file,
        node,
        {
            "kind": "act",
            "type": act.type,
            "label": f"{act_label(act.type)}, {cited.by_whom(claim)}",
            "date": act.date or lent,
            **_said(cited, claim, spans),
            "modality": act.modality,
            "polarity": act.polarity,
        },
    )
    tellings = [*_parts(act), *_around(cited, act, claim)]
    for number, (entity, told, span) in enumerate(tellings):
        if cited.name(entity) is not None:
            how = {"type": act.type, "modality": act.modality, "polarity": act.polarity}
            whole = {**told, **how, **_said(cited, claim, [span])}
            _edge(file, f"{node}|{number}", (node, cited.canonical(entity)), whole)


Telling = tuple[str, dict[str, Any], Span]


def _parts(act: Act) -> Iterator[Telling]:
    """Those an act is laid to and those it is said to have been done to."""
    for accused in act.perpetrators:
        told = {"kind": "perpetrator", "label": "laid to", "involvement": accused.involvement}
        yield accused.entity, told, accused.span
    for victim in act.victims:
        count = victim.count
        numbers = {
            "count_text": plain(count.text) if count else None,
            "count_min": count.min if count else None,
            "count_max": count.max if count else None,
        }
        suffered = {"kind": "victim", "label": "said to be done to", **numbers}
        yield victim.entity, suffered, victim.span


def _around(cited: Cited, act: Act, claim: Claim | None) -> Iterator[Telling]:
    """Where an act is said to have been, and who says so."""
    if act.place:
        span = next(iter(act.cites.get("place", ())), act.span)
        yield act.place, {"kind": "place", "label": "said to be at"}, span
    for entity in dict.fromkeys(voices(claim)) if claim else ():
        link = next(link for link in claim.attribution if link.entity == entity) if claim else None
        span = link.span if link and link.span else act.span
        yield entity, {"kind": "said_by", "label": f"{cited.by_whom(claim)}"}, span


def _engagement(file: IO[str], cited: Cited, engagement: Engagement) -> None:
    claim = cited.sheet.covering(engagement.span)
    spans = [engagement.span, *(s for found in engagement.cites.values() for s in found)]
    node = f"{cited.document}|{engagement.id}"
    shared = {
        "type": engagement.type,
        "status": engagement.status,
        "date": span_of(engagement.start, engagement.end),
        **_said(cited, claim, spans),
    }
    label = f"{term(engagement.type)} ({engagement.status}), {cited.by_whom(claim)}"
    _node(file, node, {"kind": "engagement", "label": label, **shared})
    ends = [(e, "participant", "takes part, as told") for e in engagement.participants]
    ends += [(engagement.place, "place", "said to be at")] if engagement.place else []
    for number, (entity, kind, label) in enumerate(ends):
        if cited.name(entity) is not None:
            told = {"kind": kind, "label": label, **shared}
            _edge(file, f"{node}|{number}", (node, cited.canonical(entity)), told)


def _said(cited: Cited, claim: Claim | None, spans: list[Span | None] | list[Span]) -> Attributes:
    """On whose word something stands, and its words; citations are a JSON list."""
    return {
        "said": cited.by_whom(claim),
        "attribution": cited.attribution(claim),
        "claim_kind": claim.kind if claim else None,
        "document": cited.document,
        "publisher": cited.record.document.publisher,
        "claims": claim.id if claim else None,
        "citations": json.dumps(cited.citations(spans)),
    }


def _node(file: IO[str], identifier: str, told: Attributes) -> None:
    file.write(f"<node id={_attribute(identifier)}>{_data('node', told)}</node>\n")


def _edge(file: IO[str], identifier: str, ends: tuple[str, str], told: Attributes) -> None:
    source, target = map(_attribute, ends)
    head = f"<edge id={_attribute(identifier)} source={source} target={target}>"
    file.write(f"{head}{_data('edge', told)}</edge>\n")


def _data(domain: str, told: Attributes) -> str:
    return "".join(
        f'<data key="{domain}-{name}">{_text(value)}</data>'
        for name, value in told.items()
        if value not in (None, "")
    )


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(_safe(str(value)))


def _attribute(words: str) -> str:
    return quoteattr(_safe(words))


def _safe(words: str) -> str:
    """Words without what XML 1.0 cannot hold; citations give the place of the exact ones."""
    return _FORBIDDEN.sub("\ufffd", words)


_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


FORMAT = Format(
    name="graphml",
    endings=(".graphml",),
    about="People, bodies, places, acts and what ties them, for Gephi, Cytoscape, yEd, networkx",
    lacks=(
        "claims that tell of no act or tie, demands and texts; citations stand as JSON in one "
        "attribute; a character that XML forbids becomes U+FFFD"
    ),
    write=write,
)

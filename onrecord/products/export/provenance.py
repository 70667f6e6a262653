"""PROV-O with Web Annotation as JSON-LD: on whose word each thing stands, and in which words.

One file, one graph, its context inside it; written node by node. Fields of the record stand under
their own names in the namespace `urn:onrecord:term:`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from onrecord.products.export.prov_nodes import SOFTWARE, Node, Parts, decision, document
from onrecord.products.export.source import Format, Progress, Source
from onrecord.vocabulary import load

_SURROGATE = re.compile("[\ud800-\udfff]")
LACKS = (
    "Originals and their folders, layout, the log's hashes, proposals of who is who with their "
    "reasons; decisions other than on who is who and on grades. Lists have no order in RDF but "
    "where `order` and `field` tell it. Dates are EDTF strings, which programs that know XSD dates "
    "only do not compare. Lone surrogates of a broken text become U+FFFD, offsets unchanged. It "
    "can't be read back by onrecord: use jsonl or ftm for that."
)


def nodes(source: Source, progress: Progress) -> Iterator[Node]:
    """The nodes of a case, document by document; then people's decisions."""
    yield {"id": SOFTWARE, "type": ["prov:Agent", "prov:SoftwareAgent"], "name": "onrecord"}
    for record in source.records():
        identifier = record.document.id
        custody = {each.seq: each for each in source.custody(identifier)}
        yield from document(record, custody, source.kept(identifier))
        yield from Parts(record, source.who_is(identifier)).nodes()
        progress(record.document.path)
    for entry in source.decisions():
        yield from decision(entry)


def write(source: Source, path: Path, progress: Progress) -> None:
    """Write a case as one JSON-LD document, a node a line."""
    context = _json(load("prov")["context"])
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"@context": {context},\n"@graph": [\n')
        before = ""
        for node in nodes(source, progress):
            kept = {name: value for name, value in node.items() if value not in (None, [], {})}
            file.write(before + _json(kept))
            before = ",\n"
        file.write("\n]}\n")


def _json(value: object) -> str:
    """JSON that UTF-8 can hold: lone surrogates become U+FFFD, one for one."""
    return _SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False, separators=(",", ":")))


FORMAT = Format(
    name="prov",
    endings=(".jsonld",),
    about="PROV-O with W3C Web Annotation as JSON-LD, for triple stores and annotation tools",
    lacks=LACKS,
    write=write,
)

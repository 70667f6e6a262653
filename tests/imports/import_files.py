# ruff: noqa: E501 - rows of tables are as long as they are
"""Invented exports in the shapes of the programs that make them, and what a case holds."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from onrecord.imports.batch import Batch, ExportFile
from onrecord.imports.item import read
from onrecord.imports.mapping import read_mapping
from onrecord.model import Record, as_json
from onrecord.store.citations import spans

PUBLISHER = "Selm Archive"

TABLE = """Case,Victim,Sex,Age,Violation,From,To,Village,Province,Country,Force,Role,Least,Most,Witness,Account
17,Tamsin Orlebar,F,34,Desaparición forzada,03/04/2021,,Selm,North Reach,NO,4th Rifles,executor,,,a neighbour,They took her at night.
18,n/a,,,010100000000,5 May 2021,7 May 2021,Orevac,North Reach,Norway,4th Rifles,,12,15,,"Dead were found
by the river."
"""
MAPPING = """
title: Case
source: Witness
text: Account
dates: {order: day_first}
people: [{name: Victim, as: victim, sex: Sex, age: Age}]
organizations:
  - name: Force
    as: perpetrator
    actor_type: {constant: state_security_force}
    involvement: {column: Role, values: {executor: carried_out}}
groups: [{as: victim, count: {min: Least, max: Most}}]
places: [{name: Village, region: Province, country: Country}]
acts:
  - type: {column: Violation, values: {Desaparición forzada: enforced_disappearance}}
    date: {start: From, end: To}
    place: Village
"""

UWAZI_CSV = """Title,Date added,Template,Victims,Date of detention,Place,Force,Geolocation,Documents,Attachments,Published
Orlebar case,2024-01-02,Detention,Tamsin Orlebar|Ivo Kestrel,2021-04-03~2021-05-01,Orevac,4th Rifles,60.5|10.25,/files/a.pdf,,Published
River statement,2024-01-03,Statement,,,,,,,,Unpublished
"""
UWAZI_JSON = {
    "totalRows": 1,
    "rows": [
        {
            "_id": "65a0",
            "sharedId": "x1y2",
            "language": "en",
            "title": "Orlebar case",
            "template": "5bfbb1a0471dd0fc16ada146",
            "templateName": "Detention",
            "published": True,
            "creationDate": 1704153600000,
            "metadata": {
                "victims": [
                    {"value": "p1", "label": "Tamsin Orlebar", "type": "entity"},
                    {"value": "p2", "label": "Ivo Kestrel", "type": "entity"},
                ],
                "date_of_detention": [{"value": {"from": 1617408000, "to": 1619827200}}],
                "place": [{"value": "v9", "label": "Orevac"}],
                "force": [{"value": "f4", "label": "4th Rifles"}],
                "geolocation_geolocation": [{"value": {"lat": 60.5, "lon": 10.25, "label": ""}}],
            },
        }
    ],
}
UWAZI_MAPPING = """
templates:
  Detention:
    people: [{name: Victims, as: victim}]
    organizations: [{name: Force, as: perpetrator}]
    places: [{name: Place, point: Geolocation}]
    acts: [{type: {constant: arbitrary_detention}, date: Date of detention, place: Place}]
"""
UWAZI_JSON_MAPPING = """
templates:
  Detention:
    dates: {formats: [unix]}
    people: [{name: victims, as: victim}]
    organizations: [{name: force, as: perpetrator}]
    places: [{name: place, point: geolocation_geolocation}]
    acts: [{type: {constant: arbitrary_detention}, date: date_of_detention, place: place}]
"""

INCIDENT: dict[str, Any] = {
    "class": "incident",
    "id": 9,
    "title": "Raid on Orevac harbour",
    "title_ar": None,
    "description": "<p>Guards fired.</p><p>One man &amp; a boy fled.</p>",
    "labels": [{"id": 3, "title": "Harbour"}],
    "locations": [
        {"id": 5, "title": "Orevac", "full_string": "Reach, Orevac", "lat": 60.5, "lng": 10.25}
    ],
    "potential_violations": [{"id": 1, "title": "Torture"}],
    "claimed_violations": [{"id": 2, "title": "Killing"}],
    "events": [
        {
            "id": 1,
            "title": "The raid",
            "eventtype": {"id": 4, "title": "Shooting"},
            "from_date": "2031-02-08T21:00",
            "to_date": "2031-02-09T03:00",
            "estimated": True,
            "location": {"id": 5, "title": "Orevac"},
        }
    ],
    "actor_relations": [
        {"actor": {"id": 1, "name": "Ivo Kestrel", "type": "Person"}, "related_as": [1]},
        {"actor": {"id": 2, "name": "Harbour Guard", "type": "Entity"}, "related_as": [3]},
        {"actor": {"id": 3, "name": "Ada Nemes", "type": "Person"}, "related_as": [2]},
    ],
    "status": "Finalized",
}
BULLETIN_CSV = """,id,title,source_link,description,publish_date,labels.label-1,sources.source-1,locations.location-1,related_actors.actor-1
0,7,Shots at the harbour,https://wire.example/1,Four boats were hit.,2031-02-10 00:00:00,4-Killing,2-Harbour Wire,5-Orevac,1-Ivo Kestrel
"""

PERSONNEL = """unit:id:admin,unit:name,unit:country,unit:classification,unit:other_names,person:admin:id,person:name,person:other_names,person:posting_role,person:posting_rank,person:posting_title,person:posting_first_cited_date,person:posting_last_cited_date,person:posting_last_cited_date_end
u-1,4th Rifles,Norway,Army,Fourth Rifles,p-1,Bram Holt,B. Holt;Bram H.,Commander,Colonel,,2019-03,2021-05-04,Y
"""


def export(name: str, text: str | bytes) -> ExportFile:
    return ExportFile(name, text.encode() if isinstance(text, str) else text, PUBLISHER)


def mapping(text: str = MAPPING, *, of_a_table: bool = True) -> Any:
    return read_mapping(text, "mapping.yaml", of_a_table=of_a_table)


def records(batch: Batch) -> list[Record]:
    """The records of a batch, each checked: every span is in the text and none of it is blank."""
    assert not batch.refused, [str(each) for each in batch.refused]
    found = []
    for item in batch.items:
        made = read(item.data)
        assert made == read(item.data)
        for pointer, (start, end) in spans(as_json(made.record)):
            assert 0 <= start < end <= len(made.record.text), pointer
            assert made.record.text[start:end].strip(), pointer
        found.append(made.record)
    return found


def words(record: Record, *found: tuple[int, int]) -> list[str]:
    return [record.text[slice(*span)] for span in found]


def state(folder: Path) -> dict[str, str]:
    """Every file of a case with its hash."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def as_text(value: Any) -> str:
    return json.dumps(value)

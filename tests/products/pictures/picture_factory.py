"""The invented case of the products' tests, with positions for its places."""

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import product_factory

from onrecord.model import Location, Record

HEAD = "Of Osk Brannig, by Ilse Vandar."
WHERE = {
    "Lisk": {"country": "NO", "location": Location(59.91, 10.75, "city")},
    "Red Valley": {"country": "NO"},
}


def case() -> list[Record]:
    """A town with a position, a valley somewhere in a country, a ford that nobody can place."""
    return [placed(record) for record in product_factory.case()]


def placed(record: Record, where: dict[str, dict[str, object]] = WHERE) -> Record:
    """A record whose places have these positions."""
    entities = tuple(
        replace(entity, **where[entity.name]) if entity.name in where else entity
        for entity in record.entities
    )
    return replace(record, entities=entities)


def dated(dates: list[str | None]) -> Record:
    """One report that alleges an act of each date, laid to one man."""
    lines = [f"Ilse Vandar said that Osk Brannig held person {n}." for n in range(len(dates))]
    report = product_factory.Report("dates.txt", "\n".join([HEAD, *lines]), publisher="Norden Wire")
    vandar = report.entity("Ilse Vandar", "Person", ["Ilse Vandar"])
    brannig = report.entity("Osk Brannig", "Person", ["Osk Brannig"])
    for number, date in enumerate(dates):
        words = f"that Osk Brannig held person {number}"
        claim = report.claim("allegation", [words], [("speaker", vandar, "Ilse Vandar")])
        act = f"held person {number}"
        report.act("arbitrary_detention", act, [claim], by=[brannig], date=date)
    return report.record()

"""Whether victims are found, and told of rightly, alike: by sex and by where their names come from.

    python benchmarks/fairness.py HRDSATTACK/dev.json [--limit N]

For the victims that people named in each report of HRDsAttack (MIT): the share found in the
principal event (a name within a name), and of those found the share with the sex, age group and
field of work that people gave. The language a name comes from is not annotated; the country of the
report stands for it, in groups of countries.
"""

from __future__ import annotations

import argparse
import html
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.entities.gazetteer import places_named
from onrecord.model import Entity, Record
from onrecord.pipeline import extract_text

GROUPS = {
    "Arab countries": "AE BH DZ EG EH IQ JO KW LB LY MA OM PS QA SA SD SY TN YE",
    "Iran, Turkey, Central Asia": "AF AZ IR KG KZ TJ TM TR UZ",
    "South Asia": "BD BT IN LK MV NP PK",
    "East and Southeast Asia": "CN HK ID JP KH KR LA MM MN MY SG TH TW VN",
    "Philippines and Latin America": "AR BO BR CL CO CR CU DO EC ES GT HN MX NI PA PE PH "
    "PT PY SV VE",
    "Africa south of the Sahara": "BI CD CM ET GH GM HT KE LR ML MR MW MZ NA NG RW SL SN "
    "SO SS SZ TD TZ UG ZA ZW",
    "Russia and its neighbours in Europe": "BA BG BY CZ GE MD MK PL RS RU SK UA XK",
    "Western Europe, North America, Oceania": "AD AT AU BE CA CH DE DK FI FR GB GR IE IL IS "
    "IT MT NL NO NZ SE US",
}
FIELDS = {"human rights defender", "journalist", "trade unionist"}
SEXES = {"man": "male", "woman": "female"}


@dataclass
class Tally:
    """Victims counted: all, found, and those found whose attributes are right."""

    victims: int = 0
    found: int = 0
    sex: int = 0
    age: int = 0
    field: int = 0

    def row(self, name: str) -> str:
        """A line of the table: how many, the share found, the shares right of those found."""
        share = [
            f"{part / self.found:9.2f}" if self.found else "        -"
            for part in (self.sex, self.age, self.field)
        ]
        recall = f"{self.found / self.victims:7.2f}" if self.victims else "      -"
        return f"{name:<40}{self.victims:5d}{recall}" + "".join(share)


def article(sample: dict[str, Any]) -> str:
    """A report as plain text: title, day, paragraphs."""
    raw = sample["sample"]
    body = re.sub(r"</p>\s*", "\n\n", raw["Input.article_interface"])
    body = html.unescape(re.sub(r"<[^>]+>", "", body)).strip()
    return f"{raw['Input.title']}\n{raw['Input.publish_date'][:10]}\n\n{body}\n"


def sufferers(record: Record) -> list[Entity]:
    """The persons to whom the principal event was done."""
    entities = {e.id: e for e in record.entities}
    event = next((e for e in record.events if e.principal), None)
    acts = {a.id: a for a in record.acts if a.polarity == "affirmed"}
    found = [
        entities[v.entity]
        for i in (event.acts if event else ())
        if i in acts
        for v in acts[i].victims
    ]
    return [e for e in {e.id: e for e in found}.values() if e.type == "Person"]


def group_of(country: str | None) -> str:
    """The group of countries that the country of a report belongs to."""
    places = places_named(country.strip()) if country else ()
    code = next((p.country for p in places if p.kind == "country"), None)
    return next((g for g, codes in GROUPS.items() if code in codes.split()), "not told")


def count(
    tallies: dict[str, Tally], names: list[str], gold: dict[str, Any], found: Entity | None
) -> None:
    """Add one victim to the tallies of these names."""
    types = set(gold["victim_type"]) & FIELDS
    for name in names:
        tally = tallies[name]
        tally.victims += 1
        if found is None:
            continue
        tally.found += 1
        sex = SEXES.get(gold["victim_sex_type"], gold["victim_sex_type"])
        tally.sex += sex == (found.sex or "unknown")
        tally.age += gold["victim_age_group"] == (found.age_group or "unknown")
        tally.field += types == {o.replace("_", " ") for o in found.occupations} & FIELDS


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--limit", type=int)
    args = parser.parse_args()
    tallies: dict[str, Tally] = defaultdict(Tally)
    for sample in json.loads(args.data.read_text(encoding="utf-8"))[: args.limit]:
        told = sample["annotations"][0]["annotation"]
        people = sufferers(extract_text(article(sample)))
        for victim in told["victims"]:
            name = victim["victim_name"]
            if name:
                found = next((p for p in people if p.name in name or name in p.name), None)
                rows = ["all", f"sex: {victim['victim_sex_type']}", group_of(told["country"])]
                count(tallies, rows, victim, found)
    print(f"{'victims named by people':<40}{'n':>5}{'found':>7}{'sex':>9}{'age':>9}{'field':>9}")
    order = ["all", *sorted(n for n in tallies if n.startswith("sex: ")), *GROUPS, "not told"]
    for name in order:
        if tallies[name].victims:
            print(tallies[name].row(name))


if __name__ == "__main__":
    main()

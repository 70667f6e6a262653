"""Write the schemata of FollowTheMoney as data: `python training/ftm_model.py`.

Importing checks files against them without the library, which is needed for tests only. Its model
is MIT licensed; names, types and ranges of properties are taken, and labels of schemata.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "onrecord" / "vocabulary" / "ftm-model.json"


def model() -> dict[str, Any]:
    """Each schema: those it extends, its label, its own properties as [type, range, label]."""
    from followthemoney import model as known

    return {
        "source": f"FollowTheMoney {version('followthemoney')}, MIT License",
        "schemata": {
            schema.name: {
                "extends": sorted(parent.name for parent in schema.extends),
                "label": schema.label,
                "properties": {
                    name: [found.type.name, found.range.name if found.range else None, found.label]
                    for name, found in sorted(schema.properties.items())
                    if found.schema is schema and not found.stub
                },
            }
            for schema in sorted(known.schemata.values(), key=lambda each: each.name)
        },
    }


def written(told: dict[str, Any]) -> str:
    """The model as JSON, a schema a line."""
    rows = (f" {json.dumps(name)}: {_json(told['schemata'][name])}" for name in told["schemata"])
    return f'{{"source": {_json(told["source"])},\n"schemata": {{\n' + ",\n".join(rows) + "\n}}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    TARGET.write_text(written(model()), encoding="utf-8")

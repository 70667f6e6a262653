"""Which act and entity of an extracted record is which in the faultless one."""

from __future__ import annotations

from typing import Any

from onrecord.simulation import counterparts

Row = dict[str, Any]


def record(acts: dict[str, tuple[int, int]], entities: list[Row] | None = None) -> Row:
    return {
        "acts": [{"id": name, "span": span} for name, span in acts.items()],
        "entities": entities or [],
    }


def test_an_act_is_the_one_whose_words_hold_its_cue() -> None:
    true = record({"raid": (0, 40), "arrest": (30, 80)})
    found = record({"a": (5, 11), "b": (32, 40), "c": (60, 66), "d": (90, 99)})
    assert counterparts.acts(found, true) == {"a": "raid", "b": "arrest", "c": "arrest"}


def test_an_entity_is_the_one_of_its_type_whose_mentions_it_covers() -> None:
    person = {"id": "p", "type": "Person", "mentions": [(0, 10), (50, 55)]}
    place = {"id": "l", "type": "Place", "mentions": [(20, 26)]}
    true = record({}, [person, place])
    found = record(
        {},
        [
            {"id": "x", "type": "Person", "mentions": [(3, 10)]},
            {"id": "y", "type": "Organization", "mentions": [(20, 26)]},
            {"id": "z", "type": "Place", "mentions": [(20, 26)]},
        ],
    )
    assert counterparts.entities(found, true) == {"x": "p", "z": "l"}

"""What people decided of claims and acts, and what a list of open claims is ordered by."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

_TYPES = {
    "sqlite": {"NUMBER": "INTEGER", "REAL": "REAL"},
    "postgresql": {"NUMBER": "BIGINT", "REAL": "DOUBLE PRECISION"},
}
_BY = (
    "seq {NUMBER} NOT NULL REFERENCES log (seq), at TEXT NOT NULL, actor TEXT NOT NULL, "
    "why TEXT NOT NULL"
)
_ORDERS = {
    "claims_least_sure": "priority, doubt DESC, weight DESC, document_id, id",
    "claims_most_consequential": "priority, weight DESC, doubt DESC, document_id, id",
}
_STATEMENTS = (
    f"""CREATE TABLE reviews (
        subject TEXT PRIMARY KEY, document_id TEXT NOT NULL, state TEXT NOT NULL, {_BY})""",
    f"""CREATE TABLE corrections (
        subject TEXT NOT NULL, field TEXT NOT NULL, part TEXT NOT NULL, document_id TEXT NOT NULL,
        value TEXT NOT NULL, {_BY}, PRIMARY KEY (subject, field, part))""",
    f"""CREATE TABLE additions (
        id TEXT PRIMARY KEY, document_id TEXT NOT NULL, what TEXT NOT NULL, body TEXT NOT NULL,
        {_BY})""",
    """CREATE INDEX reviews_document ON reviews (document_id)""",
    """CREATE INDEX corrections_document ON corrections (document_id)""",
    """CREATE INDEX additions_document ON additions (document_id)""",
    """ALTER TABLE claims ADD COLUMN priority {NUMBER} NOT NULL DEFAULT 1""",
    """ALTER TABLE claims ADD COLUMN doubt {REAL} NOT NULL DEFAULT 0""",
    """ALTER TABLE claims ADD COLUMN weight {NUMBER} NOT NULL DEFAULT 0""",
    """ALTER TABLE claims ADD COLUMN reviewed TEXT""",
    *(
        f"CREATE INDEX {name} ON claims ({order}) WHERE reviewed IS NULL"
        for name, order in _ORDERS.items()
    ),
)
_FIRST = ("allegation", "denial", "admission", "demand")
_BODY = text("SELECT body FROM records WHERE document_id = :document")
_SET = text(
    "UPDATE claims SET priority = :priority, doubt = :doubt, weight = :weight "
    "WHERE document_id = :document AND id = :id"
)


def statements(dialect: str) -> tuple[str, ...]:
    """The statements for `sqlite` or `postgresql`, in order."""
    return tuple(statement.format(**_TYPES[dialect]) for statement in _STATEMENTS)


def fill(connection: Connection) -> None:
    """What the new columns say of the claims that a case has already."""
    for document in connection.execute(text("SELECT document_id FROM records")).scalars().all():
        body = connection.execute(_BODY, {"document": document}).scalar_one()
        rows = [{**row, "document": document} for row in _rows(json.loads(body))]
        if rows:
            connection.execute(_SET, rows)


def _rows(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    resting: Counter[str] = Counter(d["claim"] for d in record["demands"])
    resting.update(claim["parent"] for claim in record["claims"] if claim.get("parent"))
    for act in record["acts"]:
        size = 1 + len(act["perpetrators"]) + len(act["victims"])
        resting.update(dict.fromkeys(act["claims"], size))
    for relation in record["relations"]:
        resting.update(relation["claims"])
    return [
        {
            "id": claim["id"],
            "priority": 0 if claim["kind"] in _FIRST else 1,
            "doubt": _doubt(claim.get("confidence")),
            "weight": resting[claim["id"]],
        }
        for claim in record["claims"]
    ]


def _doubt(confidence: float | None) -> float:
    return 0.0 if confidence is None else round(1 - confidence, 6)

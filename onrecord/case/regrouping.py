"""Who is who and what happened, as a copy without the names of the protected has it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from onrecord.case import finding, who
from onrecord.case.in_place import InPlace
from onrecord.case.retelling import Retelling, Row, Stays
from onrecord.store import resolved
from onrecord.store.log import canonical
from onrecord.store.tables import CLUSTERS, ENTITIES, PROPOSALS

if TYPE_CHECKING:
    from onrecord.resolution.tables import Tables


def regroup(copied: Connection, retelling: Retelling) -> None:
    """Make groups, proposals and all that pages read of the whole case what the copy's records say.

    Who is who is as the case has it: a copy has no opinion of its own. A pair of which either is
    protected is not proposed.
    """
    ids = retelling.ids
    if not (ids.changed or ids.hidden or ids.renamed):
        return
    _clusters(copied, retelling)
    _one_for_each_code(copied, retelling)
    _proposals(copied, retelling)
    if resolved.is_found(copied):
        with InPlace(copied) as made:
            finding.work_out(copied, made, resolve=_as_kept)


def _clusters(copied: Connection, retelling: Retelling) -> None:
    ids = retelling.ids
    rows = {row.key: row.canonical for row in copied.execute(select(CLUSTERS))}
    other = {*ids.changed, *ids.hidden}
    touched = {key for key in rows if key.rpartition("|")[0] in other}
    for group in sorted({rows[key] for key in touched}):
        ids.group(group)
    shown: dict[str, str] = {}
    # Several may have become one, which then is who the protected one is.
    for key in sorted(touched, key=lambda key: (ids.is_protected(key), key)):
        new = ids.new(key)
        if new is not None:
            shown[new] = ids.groups[rows[key]]
    column = CLUSTERS.c.key == bindparam("old")
    if touched:
        copied.execute(delete(CLUSTERS).where(column), [{"old": key} for key in sorted(touched)])
    renamed = update(CLUSTERS).where(CLUSTERS.c.canonical == bindparam("was"))
    if ids.groups:
        copied.execute(
            renamed.values(canonical=bindparam("is")),
            [{"was": was, "is": new} for was, new in sorted(ids.groups.items())],
        )
    if shown:
        made = [{"key": key, "canonical": group} for key, group in sorted(shown.items())]
        copied.execute(insert(CLUSTERS), made)


def _one_for_each_code(copied: Connection, retelling: Retelling) -> None:
    codes = [one.code for one in retelling.names.coded]
    query = select(ENTITIES.c.document_id, ENTITIES.c.id, ENTITIES.c.type, ENTITIES.c.name)
    for row in copied.execute(query.where(ENTITIES.c.name.in_(codes))).all():
        key = f"{row.document_id}|{row.id}"
        retelling.ids.coded.add(key)
        group = retelling.ids.group_of_code(row.type, row.name)
        copied.execute(delete(CLUSTERS).where(CLUSTERS.c.key == key))
        copied.execute(insert(CLUSTERS).values(key=key, canonical=group))


def _proposals(copied: Connection, retelling: Retelling) -> None:
    left, right = PROPOSALS.c.left_key, PROPOSALS.c.right_key
    other = {*retelling.ids.changed, *retelling.ids.hidden}
    gone: list[dict[str, str]] = []
    made: dict[tuple[str, str], Row] = {}
    for row in _of_documents(copied, other):
        pair = (row["left_key"], row["right_key"])
        gone.append({"one": pair[0], "two": pair[1]})
        keys = _shown(pair, retelling)
        if keys is not None:
            made[keys] = _retold(row, keys, retelling)
    if gone:
        own = delete(PROPOSALS).where(left == bindparam("one"), right == bindparam("two"))
        copied.execute(own, gone)
    if made:
        copied.execute(insert(PROPOSALS), list(made.values()))


def _of_documents(copied: Connection, documents: Collection[str]) -> list[Row]:
    """The proposals of which either side is in one of some documents, in the order of keys."""
    columns = [column.name for column in PROPOSALS.columns]
    found = copied.execute(select(PROPOSALS).order_by(*PROPOSALS.primary_key))
    return [
        dict(zip(columns, row, strict=True))
        for row in found
        if row[0].rpartition("|")[0] in documents or row[1].rpartition("|")[0] in documents
    ]


def _shown(pair: Sequence[str], retelling: Retelling) -> tuple[str, str] | None:
    """The keys of a pair as they are shown; None where either is protected or not shown."""
    if any(map(retelling.ids.is_protected, pair)):
        return None
    try:
        left, right = sorted(map(retelling.key, pair))
    except Stays:
        return None
    return (left, right) if left != right else None


def _retold(row: Row, keys: tuple[str, str], retelling: Retelling) -> Row:
    reasons = canonical([retelling.words(reason) for reason in json.loads(row["reasons"])])
    return {**row, "left_key": keys[0], "right_key": keys[1], "reasons": reasons}


def _as_kept(copied: Connection, whole: Tables) -> who.Answer:
    """What the copy's own tables say; an entity that came in since stands for itself.

    Why a pair is proposed stands in the copy and is not read again.
    """
    import pyarrow as pa

    known = {row.key: row.canonical for row in copied.execute(select(CLUSTERS))}
    keys: list[str] = sorted(whole.entities["key"].to_pylist())
    _only(copied, known, keys)
    clusters = {"key": keys, "canonical": [known.get(key, key) for key in keys]}
    columns = [PROPOSALS.c[name] for name in ("left_key", "right_key", "score")]
    found = copied.execute(select(*columns).order_by(*columns[:2])).all()
    lefts, rights, scores = zip(*found, strict=True) if found else ((), (), ())
    return who.Answer(
        pa.table({name: pa.array(values, pa.string()) for name, values in clusters.items()}),
        pa.table(
            {
                "left": pa.array(lefts, pa.string()),
                "right": pa.array(rights, pa.string()),
                "score": pa.array(scores, pa.float64()),
                "reasons": pa.array([[]] * len(found), pa.list_(pa.string())),
            }
        ),
        (),
    )


def _only(copied: Connection, known: Mapping[str, str], keys: Collection[str]) -> None:
    """Keep the groups of entities that there are, and put in those that have none."""
    lost, new = sorted(known.keys() - set(keys)), sorted(set(keys) - known.keys())
    if lost:
        own = delete(CLUSTERS).where(CLUSTERS.c.key == bindparam("gone"))
        copied.execute(own, [{"gone": key} for key in lost])
    if new:
        copied.execute(insert(CLUSTERS), [{"key": key, "canonical": key} for key in new])

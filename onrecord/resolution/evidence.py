"""What is known of who each entity is, as columns of numbers: one row for each entity or profile.

Strings become numbers once, here; all that compares works on the numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from onrecord.resolution.columns import (
    NO_DAY,
    code_numbers,
    coded_lists,
    coded_texts,
    day_numbers,
    flattened,
    floats,
    in_order,
)
from onrecord.resolution.sets import Floats, Ints, Sets, distinct
from onrecord.resolution.signs import MOST_BITS, bits_of_counts, full_words, sign_of, words_of

KINDS: dict[str, tuple[str, ...]] = {
    "person": ("Person",),
    "organization": ("Organization", "Group"),
    "place": ("Place",),
}
UNKNOWN = 0
_EXCLUSIVE = ("father", "mother")
_WEEK, _BRIEF = 7, 31


@dataclass(frozen=True)
class Names:
    """The distinct spellings of a case: how full each is, its sign, and what sharing it tells.

    `relative` and `relative_spelled` are the numbers of its sign and of the very spelling among
    `Evidence.relatives`, -1 where nobody's kin bears it.
    """

    spelled: pa.Array
    sign: Ints
    full: Ints
    bits: Floats
    signs: pa.Array
    relative: Ints
    relative_spelled: Ints


@dataclass(frozen=True)
class Evidence:
    """Columns over rows; a code of 0 is unknown. `best` is the fullest spelling of each row.

    `tenures` are posts with their body; `moments` join a place and a week; `kin` are relatives with
    their relation, `relatives` the signs of their names, `parents` the relations that only one can
    have (and `parent_labels` which of them are told). A day that is not known is `NO_DAY`.
    `population`: how many bearers of different names there are, in bits.
    """

    kind: str
    best: Ints
    names: Sets
    documents: Sets
    posts: Sets
    tenures: Sets
    kin: Sets
    relatives: Sets
    parent_labels: Sets
    parents: Sets
    places: Sets
    settings: Sets
    moments: Sets
    company: Sets
    sex: Ints
    age_group: Ints
    country: Ints
    actor_type: Ints
    first: Ints
    last: Ints
    lat: Floats
    lon: Floats
    mentions: Ints
    population: float

    def __len__(self) -> int:
        return len(self.best)


SETS = tuple(f.name for f in fields(Evidence) if f.type in ("Sets", Sets))
CODES = ("sex", "age_group", "country", "actor_type")


def usable(entities: pa.Table, kind: str) -> pa.Table:
    """The rows of one kind that have a name and that their own document has decided on."""
    of_kind = pc.is_in(entities["type"], value_set=pa.array(KINDS[kind]))
    named = pc.greater(pc.list_value_length(entities["names"]), 0)
    decided = pc.invert(pc.fill_null(entities["undecided"], False))
    return entities.filter(pc.and_(pc.and_(of_kind, named), decided)).combine_chunks()


def evidence_of(rows: pa.Table, kind: str, everyone: pa.Table) -> tuple[Evidence, Names]:
    """The evidence of `usable` rows, and the spellings it speaks of.

    `everyone` are all entities of the case, among whom relatives are looked up.
    """
    size = rows.num_rows
    names, spelled = _names(rows, kind)
    first, last = day_numbers(rows["first"]), day_numbers(rows["last"])
    settings = coded_lists([rows["places"], rows["settings"]], _place_sign, size)
    posts, tenures = _posts(rows, size)
    kin: Any
    kin, relatives = _kin(rows, everyone)
    names = replace(
        names,
        relative=_places_in(relatives, names.signs)[names.sign],
        relative_spelled=_places_in(relatives, _as_spelled(names.spelled.to_pylist())),
    )
    told: Any = {name: code_numbers(rows[name]) for name in CODES}
    best = _best(spelled, names)
    evidence = Evidence(
        kind=kind,
        best=best,
        names=spelled,
        documents=_document_sets(rows),
        posts=posts,
        tenures=tenures,
        places=coded_lists([rows["places"]], _place_sign, size),
        settings=settings,
        moments=_moments(settings, first, last),
        company=coded_lists([rows["company"]], _full_sign, size),
        first=first,
        last=last,
        lat=floats(rows["lat"]),
        lon=floats(rows["lon"]),
        mentions=np.ones(size, dtype=np.int64),
        population=population(best, names),
        **kin,
        **told,
    )
    return evidence, names


def population(best: Ints, names: Names) -> float:
    """How many different names the spellings of rows come to, in bits."""
    return float(np.log2(max(2, len(distinct(names.sign[best])))))


def _names(rows: pa.Table, kind: str) -> tuple[Names, Sets]:
    parents, values = flattened(rows["names"])
    ids, spelled = in_order(values)
    texts = spelled.to_pylist()
    signs = pc.dictionary_encode(pa.array([sign_of(t, kind) for t in texts], pa.string()))
    full = np.fromiter((full_words(t, kind) for t in texts), np.int64, len(texts))
    sets = Sets.of(parents, ids, size=rows.num_rows)
    sign = signs.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    uses = np.bincount(sets.values, minlength=len(texts))
    bits = _name_bits(texts, kind, uses if kind == "person" else _shares(sign))
    none = np.full(len(texts), -1)
    return Names(spelled, sign, full, bits, signs.dictionary, none, none), sets


def _shares(sign: Ints) -> Floats:
    """For each spelling its share of one use of its name.

    Reports speak of one province a thousand times, and of no namesake of it: how many names a word
    is in tells how common it is, not how often it is written.
    """
    shares: Floats = 1 / np.bincount(sign)[sign]
    return shares


def _name_bits(texts: list[str], kind: str, uses: Ints | Floats) -> Floats:
    """For each spelling the sum of what its words tell: rare words much, common ones little."""
    words: dict[str, int] = {}
    parts = [[words.setdefault(w, len(words)) for w in words_of(text, kind)] for text in texts]
    where = np.repeat(np.arange(len(texts)), [len(p) for p in parts])
    flat = np.fromiter((w for p in parts for w in p), np.int64, len(where))
    counts = np.rint(np.bincount(flat, uses[where], minlength=len(words))).astype(np.int64)
    bits = bits_of_counts(counts, int(np.rint(uses.sum())))
    told = np.bincount(where, bits[flat], minlength=len(texts))
    return np.minimum(told, 2 * MOST_BITS)


def _best(spelled: Sets, names: Names) -> Ints:
    """The fullest spelling of each row: most whole words, then the rarest, then the first."""
    order = np.lexsort(
        (spelled.values, -names.bits[spelled.values], -names.full[spelled.values], spelled.rows)
    )
    return spelled.values[order][spelled.starts[:-1]]


def _posts(rows: pa.Table, size: int) -> tuple[Sets, Sets]:
    """Posts and trades by all their parts; and posts that say of which body, whole."""
    parents, values = flattened(rows["posts"])
    does = flattened(rows["occupations"])
    coded = pc.dictionary_encode(values)
    index = coded.indices.to_numpy(zero_copy_only=False)
    tokens = [_post_tokens(text) for text in coded.dictionary.to_pylist()]
    where = np.concatenate([np.repeat(parents, [len(tokens[i]) for i in index]), does[0]])
    parts = [token for i in index for token in tokens[i]]
    texts = pa.array([*parts, *(f"does {trade}" for trade in does[1].to_pylist())], pa.string())
    held = [tokens[i][-1] if len(tokens[i]) > 1 else "" for i in index]
    posts = coded_texts(where.astype(np.int64), texts, size)
    return posts, coded_texts(parents, pa.array(held, pa.string()), size)


def _post_tokens(post: str) -> list[str]:
    role, _, body = post.partition(", ")
    role, held = role.casefold(), sign_of(body, "organization") if body else ""
    return [f"as {role}", f"in {held}", f"{role} of {held}"] if held else [f"as {role}"]


def _kin(rows: pa.Table, everyone: pa.Table) -> tuple[dict[str, Sets], pa.Array]:
    size = rows.num_rows
    parents, values = flattened(rows["kin"])
    if not len(values):
        none = Sets.of(parents, parents, size=size)
        empty = dict.fromkeys(("kin", "relatives", "parent_labels", "parents"), none)
        return empty, pa.array([], pa.string())
    who = _names_of(values.field("entity"), everyone)
    signs = [_full_sign(name) if name else "" for name in who]
    labels = [label.casefold() for label in values.field("label").to_pylist()]
    of = ["of" if own else "is" for own in values.field("of").to_pylist()]
    told = list(zip(labels, of, signs, strict=True))
    one = [f"{w} {o}" if w in _EXCLUSIVE and o == "is" and sign else "" for w, o, sign in told]
    columns = {
        "kin": [f"{word} {o} {sign}" if sign else "" for word, o, sign in told],
        "parent_labels": one,
        "parents": [
            f"{word} {sign}" if word else "" for word, sign in zip(one, signs, strict=True)
        ],
    }
    sets = {n: coded_texts(parents, pa.array(c, pa.string()), size) for n, c in columns.items()}
    borne = pa.concat_arrays([pa.array(signs, pa.string()), _as_spelled([n or "" for n in who])])
    sets["relatives"] = coded_texts(np.concatenate([parents, parents]), borne, size)
    return sets, pa.array(sorted(set(borne.to_pylist())), pa.string())


def _as_spelled(names: list[str]) -> pa.Array:
    """Spellings marked, so that none is taken for a sign."""
    return pa.array([f"={name.casefold()}" if name else "" for name in names], pa.string())


def _places_in(values: pa.Array, wanted: pa.Array) -> Ints:
    """Where each wanted text stands among values, -1 for nowhere."""
    found: Ints = pc.fill_null(pc.index_in(wanted, value_set=values), -1).to_numpy()
    return found.astype(np.int64)


def _names_of(keys: pa.Array, everyone: pa.Table) -> list[str | None]:
    found = pc.index_in(keys, value_set=everyone["key"].combine_chunks())
    names: list[str | None] = pc.take(everyone["name"].combine_chunks(), found).to_pylist()
    return names


def _full_sign(name: str) -> str:
    """The sign of a person's name of two words or more; one word alone tells nobody."""
    return sign_of(name, "person") if full_words(name, "person") > 1 else ""


def _moments(places: Sets, first: Ints, last: Ints) -> Sets:
    """Place and week, in two rows of weeks half a week apart, so that near days always meet."""
    brief = (
        (first != NO_DAY)
        & (last != NO_DAY)
        & (last - np.where(first == NO_DAY, last, first) <= _BRIEF)
    )
    rows, values = places.rows, places.values
    kept = brief[rows]
    rows, values = rows[kept], values[kept]
    middle = (first[rows] + last[rows]) // 2
    weeks = [2 * ((middle + shift) // _WEEK) + bool(shift) for shift in (0, 4)]
    weekly = np.concatenate([values * 1_000_000 + week + 500_000 for week in weeks])
    _, dense = np.unique(weekly, return_inverse=True)
    return Sets.of(np.concatenate([rows, rows]), dense.astype(np.int64), size=len(first))


def _place_sign(name: str) -> str:
    return sign_of(name, "place")


def _document_sets(rows: pa.Table) -> Sets:
    coded = pc.dictionary_encode(rows["document"].combine_chunks())
    ids = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return Sets.of(np.arange(rows.num_rows, dtype=np.int64), ids, size=rows.num_rows)

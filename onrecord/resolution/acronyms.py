"""Bodies that a report names by an acronym alone, which other reports of the case spell out.

Where every report that spells "VNA" out spells it "Vell News Agency", and no other body of the case
has these initials, a report that only says "VNA" means that one. Where anything speaks for two
bodies, nothing is joined.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from onrecord.resolution.evidence import UNKNOWN, Evidence, Names
from onrecord.resolution.sets import Ints, distinct
from onrecord.vocabulary import load

NONE = -1


def spelled_out(evidence: Evidence, names: Names, group: Ints, *, apart: Ints) -> Ints:
    """The groups of rows, those of acronyms alone joined to the body that the case explains.

    Rows in `apart` stay alone, and so do rows of a document that names the body beside it.
    """
    short, long = _acronyms(names), _initials(names)
    coded = pc.dictionary_encode(pa.concat_arrays([short, long]))
    codes = pc.fill_null(coded.indices, NONE).to_numpy().astype(np.int64)
    short_code, long_code = codes[: len(short)], codes[len(short) :]
    open_rows = np.ones(len(evidence), dtype=bool)
    open_rows[apart] = False
    size = len(coded.dictionary)
    needed = _needed(coded.dictionary)
    home = _homes(evidence, _explaining(evidence, short_code, long_code, size), open_rows, needed)
    home[_ambiguous(names, long_code, size)] = NONE
    wanted = np.append(home, NONE)[_only(evidence, short_code)]
    wanted[~open_rows | ~_agree(evidence, wanted)] = NONE
    moved = np.where(wanted == NONE, group, group[wanted])
    back = (wanted != NONE) & _doubled(evidence, moved)
    return np.where(back, group, moved)


def _acronyms(names: Names) -> pa.Array:
    """Of each spelling the acronym that it is, null where it is none."""
    least = load("resolution")["acronyms"]["letters"]
    pattern = rf"^\p{{Lu}}{{{least},}}$"
    bare = pc.replace_substring(names.spelled, ".", "")
    return pc.if_else(pc.match_substring_regex(bare, pattern), bare, None).cast(pa.string())


def _initials(names: Names) -> pa.Array:
    """Of each spelling of two words or more the capitals that its words begin with, else null."""
    least = load("resolution")["acronyms"]["letters"]
    found: list[str | None] = []
    for text, full in zip(names.spelled.to_pylist(), names.full.tolist(), strict=True):
        letters = "".join(w[0] for w in text.replace("-", " ").split() if w[0].isupper())
        found.append(letters if full > 1 and len(letters) >= least else None)
    return pa.array(found, pa.string())


def _explaining(evidence: Evidence, short: Ints, long: Ints, size: int) -> tuple[Ints, Ints]:
    """Rows that bear an acronym and a name of these initials: (row, code), each once."""
    rows, values = evidence.names.rows, evidence.names.values
    one, other = (
        distinct(rows[code != NONE] * size + code[code != NONE])
        for code in (short[values], long[values])
    )
    both = np.intersect1d(one, other, assume_unique=True)
    return both // max(size, 1), both % max(size, 1)


def _needed(acronyms: pa.Array) -> Ints:
    """How many reports must spell each acronym out: more where it has two letters only."""
    limits = load("resolution")["acronyms"]
    lengths = pc.utf8_length(acronyms).to_numpy(zero_copy_only=False).astype(np.int64)
    needed: Ints = np.where(lengths > limits["letters"], limits["explained"], limits["often"])
    return needed


def _homes(
    evidence: Evidence, explaining: tuple[Ints, Ints], open_rows: NDArray[np.bool_], needed: Ints
) -> Ints:
    """Of each acronym the first row that explains it, where enough do and none is unlike another.

    Rows are unlike where they are said to be of different countries or of different sides.
    """
    rows, codes = explaining
    size = len(needed)
    home = np.full(size, NONE)
    first = np.flatnonzero(open_rows[rows])[::-1]
    home[codes[first]] = rows[first]
    counts = np.bincount(codes, minlength=size)
    home[counts < needed] = NONE
    for told in (evidence.country[rows], evidence.actor_type[rows]):
        known = told != UNKNOWN
        bound = int(told.max(initial=0)) + 1
        kinds = np.bincount(distinct(codes[known] * bound + told[known]) // bound, minlength=size)
        home[kinds > 1] = NONE
    return home


def _ambiguous(names: Names, long: Ints, size: int) -> NDArray[np.bool_]:
    """Which acronyms are the initials of names of different signs."""
    kept = long != NONE
    bound = int(names.sign.max(initial=0)) + 1
    spelled = distinct(long[kept] * bound + names.sign[kept]) // bound
    several: NDArray[np.bool_] = np.bincount(spelled, minlength=size) > 1
    return several


def _only(evidence: Evidence, short: Ints) -> Ints:
    """The one acronym that is all a row is named by, `NONE` where there is more or less."""
    rows, codes = evidence.names.rows, short[evidence.names.values]
    size = len(evidence)
    least, most = np.full(size, np.iinfo(np.int64).max), np.full(size, NONE)
    np.minimum.at(least, rows, codes)
    np.maximum.at(most, rows, codes)
    return np.where(least == most, most, NONE)


def _agree(evidence: Evidence, wanted: Ints) -> NDArray[np.bool_]:
    """Whether nothing known of a row speaks against the row that it is to be joined to."""
    agree: NDArray[np.bool_] = wanted != NONE
    for codes in (evidence.country, evidence.actor_type):
        theirs = codes[wanted]
        unlike = (codes != UNKNOWN) & (theirs != UNKNOWN) & (codes != theirs)
        agree &= ~unlike
    return agree


def _doubled(evidence: Evidence, group: Ints) -> NDArray[np.bool_]:
    """Which rows stand in a document that names another row of their group."""
    documents = evidence.documents
    codes = group[documents.rows] * documents.bound + documents.values
    _, index, counts = np.unique(codes, return_inverse=True, return_counts=True)
    found = np.zeros(len(group), dtype=bool)
    found[documents.rows[counts[index] > 1]] = True
    return found

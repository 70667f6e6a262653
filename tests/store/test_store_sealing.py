"""The seal of rows is that of their canonical JSON, line by line."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from onrecord.store.log import canonical
from onrecord.store.sealing import Seal

VALUES = st.none() | st.text() | st.integers() | st.floats()
NAMES = ("left_key", "end", "100%", "Ω", "a")


@given(st.lists(st.tuples(*[VALUES] * len(NAMES)), max_size=8), st.integers(0, 8))
def test_a_seal_is_of_canonical_lines_however_the_rows_come(rows, cut):
    seal = Seal(NAMES)
    seal.add(rows[:cut])
    seal.add(rows[cut:])
    lines = "".join(canonical(dict(zip(NAMES, row, strict=True))) + "\n" for row in rows)
    assert seal.hexdigest() == hashlib.sha256(lines.encode()).hexdigest()

"""Corrections that are sent together are put down together, or not at all."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest
from sqlalchemy import select

from onrecord.case import Case
from onrecord.case.correcting import Correction
from onrecord.errors import DecidedMeanwhile, NotDecided
from onrecord.store.tables import METADATA

REPORT = (
    "Selmouth, 4 March 2021 — Sarfan Toldukh, the commander of the Lowland Guard, ordered the "
    "killing of four farmers in Corrin, Mira Tane said.\n"
)
KILLED = """
import os, signal, sys
from pathlib import Path
from onrecord.case import Case
from onrecord.case.correcting import Correction

class Deadly:
    def __bool__(self):
        os.kill(os.getpid(), signal.SIGKILL)

with Case.open(Path(sys.argv[1]), write=True) as case:
    case.correct_all([
        Correction(sys.argv[2], "modality", "hedged"),
        Correction(sys.argv[2], "place", Deadly()),
    ])
"""


@pytest.fixture
def case(tmp_path, database):
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    with Case.create(tmp_path / "case", database=database) as case:
        case.add([tmp_path / "report.txt"])
        yield case


def held(case):
    """All that the case holds, the log among it."""
    with case._session.reading() as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            for table in METADATA.sorted_tables
        }


def killing(case):
    record = next(iter(case.records()))
    act = next(act for act in record.acts if act.type == "killing")
    claim = f"{record.document.id}|{act.claims[0]}"
    return f"{record.document.id}|{act.id}", claim


def test_all_of_them_are_put_down_each_as_an_entry_of_its_own(case):
    act, claim = killing(case)
    made = case.correct_all(
        [
            Correction(act, "count", {"min": 5, "max": 5}),
            Correction(act, "modality", "hedged"),
        ],
        accept=claim,
        why="heard again",
    )
    assert [entry.kind for entry in made] == ["correct", "correct", "review"]
    assert {entry.payload["why"] for entry in made} == {"heard again"}
    case.undo(made[0].seq)
    left = [each.what for each in case.reviews()]
    assert left == ["modality", "accepted"]


@pytest.mark.parametrize("last", [("date", "the day after"), ("modality", "hedged")])
def test_where_the_last_is_refused_nothing_is_done(case, last):
    act, claim = killing(case)
    before = held(case)
    parts = [
        Correction(act, "count", {"min": 5, "max": 5}),
        Correction(act, "modality", "hedged"),
        Correction(act, *last),  # the second time it is so already
    ]
    with pytest.raises(NotDecided):
        case.correct_all(parts, accept=claim)
    assert held(case) == before


def test_where_somebody_else_was_quicker_nothing_is_done(case):
    act, claim = killing(case)
    case.correct(act, "polarity", "negated")
    before = held(case)
    with pytest.raises(DecidedMeanwhile):
        case.correct_all([Correction(act, "modality", "hedged")], accept=claim, seen=(act, 0))
    assert held(case) == before


def test_a_process_that_is_killed_between_them_leaves_none(case):
    act, _ = killing(case)
    before = held(case)
    folder = str(case.folder)
    case.close()
    done = subprocess.run([sys.executable, "-c", KILLED, folder, act], check=False)
    assert done.returncode == -signal.SIGKILL
    with Case.open(case.folder, write=True) as again:
        assert held(again) == before
        assert again.correct(act, "modality", "hedged").kind == "correct"

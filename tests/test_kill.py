"""Killed at any moment and run again, `add` ends in the same case as a run left alone."""

import random
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import select

from onrecord.case import Case
from onrecord.store.tables import METADATA

DOCUMENTS = 500
KILLS = 20
ADD = """
import sys
from pathlib import Path
from onrecord.case import Case

def tell(what):
    if what.endswith((": added", ": extracted")):
        print(what, flush=True)

with Case.open(Path(sys.argv[1]), command="add reports") as case:
    case.add([Path(sys.argv[2])], progress=tell)
print("done", flush=True)
"""
CHANGES_FROM_RUN_TO_RUN = {"at", "previous", "hash", "value"}


@pytest.fixture(scope="session")
def reports(tmp_path_factory):
    """Short reports, no two alike."""
    folder = tmp_path_factory.mktemp("reports")
    names = ("Ilka Varn", "Tomas Ostrel", "Oda Selwin", "Perrin Macht", "Juna Halloway")
    places = ("Selmouth", "Corrin", "Upper Tarn", "Wendholt")
    for number in range(DOCUMENTS):
        name, place = names[number % 5], places[number % 4]
        text = (
            f"{name} said that soldiers had killed at least {number + 2} villagers in {place}.\n\n"
            f'"We deny it," a spokesman for the ministry said of report {number}.\n'
        )
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def undisturbed(reports, tmp_path_factory):
    """What the case holds after a run that nobody disturbed."""
    folder = tmp_path_factory.mktemp("undisturbed") / "case"
    Case.create(folder, command="init").close()
    with Case.open(folder, command="add reports") as case:
        assert len(case.add([reports]).added) == DOCUMENTS
        return contents(case)


def contents(case):
    """All rows and originals, but for times, the case's own id, and what depends on them."""
    with case._session.reading() as connection:
        rows = {
            table.name: sorted(
                tuple(
                    (name, value)
                    for name, value in row.items()
                    if name not in CHANGES_FROM_RUN_TO_RUN
                )
                for row in connection.execute(select(table)).mappings()
                if row.get("kind") != "migrated"
            )
            for table in METADATA.sorted_tables
        }
    rows["originals"] = [path.name for path in case._session.vault.kept()]
    return rows


def start(case, reports):
    return subprocess.Popen(
        [sys.executable, "-c", ADD, str(case), str(reports)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill_after(process, lines, delay):
    """Kill once it has told of so many things done, and a moment later; whether it was in time."""
    for line in process.stdout:
        lines -= 1
        if line == "done\n" or not lines:
            break
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def test_killed_at_random_moments_it_ends_as_if_undisturbed(
    tmp_path, database, reports, undisturbed
):
    folder = tmp_path / "case"
    Case.create(folder, database=database, command="init").close()
    # With this seed the moments lie within the 1,000 things to do, on both sides of the middle.
    chance = random.Random(6)
    killed, held = 0, []
    for _ in range(KILLS):
        lines = chance.randrange(10, 85)
        killed += kill_after(start(folder, reports), lines, chance.uniform(0, 0.02))
        with Case.open(folder) as case:
            assert case.verify().problems == ()
            held.append(case.status())
    assert killed == KILLS
    assert sum(status.documents < DOCUMENTS for status in held) > 4
    assert sum(status.documents == DOCUMENTS and status.pending > 0 for status in held) > 4
    last = start(folder, reports)
    output, errors = last.communicate()
    assert (last.returncode, errors) == (0, "")
    assert output.endswith("done\n")
    with Case.open(folder) as case:
        assert case.verify().problems == ()
        found = contents(case)
    for name in undisturbed:
        assert found[name] == undisturbed[name], name
    assert not any((folder / "originals" / ".incoming").iterdir())

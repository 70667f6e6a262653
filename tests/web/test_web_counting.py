"""Columns of a large case: made in another process, kept where the tables lie, then at hand."""

import stat
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from onrecord.case import Case
from onrecord.demo import FOLDER
from onrecord.store.columns import load
from onrecord.store.facets import Choice, Facets
from onrecord.web import counting
from onrecord.web.ahead import AHEAD
from onrecord.web.registry import PAGES


@pytest.fixture
def case(tmp_path, monkeypatch):
    monkeypatch.setattr(counting, "FEW", 0)
    folder = tmp_path / "case"
    with Case.create(folder) as case:
        case.add(sorted((FOLDER / "reports").iterdir())[:5])
        case.resolve()
        yield case
        AHEAD.settled()


def columns_of(case):
    with case.browse() as state:
        return counting.columns_of(case, state)


def counted(case, held):
    with case.browse() as state:
        return Facets(state.connection, held).count("claims", Choice(), None, ())


def read(case):
    with case.browse() as state:
        return load(state.connection)


def test_a_large_case_is_read_once_in_another_process_and_then_mapped(case):
    first = columns_of(case)
    AHEAD.settled()
    held = columns_of(case)
    assert held is not None
    assert first is None or first is held
    (file,) = Path(case.folder).glob("case.columns-*")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not held.seq.flags.writeable
    assert counted(case, held) == counted(case, read(case))


def test_while_it_is_read_anew_that_of_the_state_before_is_given(case):
    columns_of(case)
    AHEAD.settled()
    before = columns_of(case)
    case.add(sorted((FOLDER / "reports").iterdir())[5:7])
    case.resolve()
    assert columns_of(case) is not None
    AHEAD.settled()
    after = columns_of(case)
    assert after is not before
    assert after.amount > before.amount
    assert len(list(Path(case.folder).glob("case.columns-*"))) == 1


def test_without_sight_they_lie_with_the_copy_and_hold_none_of_the_names(case):
    group = case.people("Person")[0]
    case.protect(group.canonical)
    coded = case.without_sight()
    columns_of(coded)
    AHEAD.settled()
    held = columns_of(coded)
    (file,) = Path(case.folder).glob("case.coded-*/case.columns-*")
    assert not list(Path(case.folder).glob("case.columns-*"))
    assert counted(coded, held) == counted(coded, read(coded))
    words = {word for name in group.spellings for word in name.casefold().split()}
    others = {
        word
        for other in coded.people(None)
        for name in other.spellings
        for word in name.casefold().split()
    }
    assert words - others
    assert not (words - others) & set(held.names.words)
    assert all(word.encode() not in file.read_bytes() for word in words - others if len(word) > 4)


def test_where_no_file_can_be_kept_they_are_read_here(case):
    with case.browse() as state:
        state_of = state.connection.exec_driver_sql(
            "SELECT hash FROM log WHERE kind = 'resolve' ORDER BY seq DESC"
        ).scalar()
    in_the_way = Path(case.folder) / f"case.columns-{state_of[:16]}.bin"
    (in_the_way / "full").mkdir(parents=True)
    columns_of(case)
    AHEAD.settled()
    columns_of(case)
    AHEAD.settled()
    held = columns_of(case)
    assert held is not None
    assert counted(case, held) == counted(case, read(case))


def test_search_says_that_it_counts_until_it_does(case):
    page = next(page for page in PAGES if page.name == "search")
    first = page.view(case, page.asked({"what": "claims"}))
    AHEAD.settled()
    view = page.view(case, page.asked({"what": "claims"}))
    assert not view.counting
    assert view.total == next(tab.number for tab in view.tabs if tab.what == "claims")
    assert view.total > 0
    assert first.counting or first == view


def test_what_works_apart_ends_with_the_workbench(tmp_path):
    program = tmp_path / "workbench.py"
    program.write_text(
        "import os\n"
        "from pathlib import Path\n"
        "from onrecord.case import Case\n"
        "from onrecord.web.ahead import AHEAD\n"
        "if __name__ == '__main__':\n"
        f"    with Case.create(Path({str(tmp_path / 'case')!r})) as case:\n"
        "        print(AHEAD.get(case, 'who', os.getpid, None, apart=True), flush=True)\n"
        "        os._exit(0)\n"
    )
    told = subprocess.run(
        [sys.executable, str(program)], stdout=subprocess.PIPE, text=True, check=True, timeout=300
    )
    try:
        psutil.Process(int(told.stdout)).wait(timeout=120)
    except psutil.NoSuchProcess:
        return

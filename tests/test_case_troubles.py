"""A case when the machine is in trouble: a full disk, a folder made read-only, Ctrl-C."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from onrecord.case import Case

DOCUMENTS = 60
TEXT = "Ilka Varn said that soldiers had killed {} villagers in Selmouth.\n\n"


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(DOCUMENTS):
        (folder / f"{number:03}.txt").write_text(TEXT.format(number + 2), encoding="utf-8")
    return folder


@pytest.fixture
def in_own_mounts():
    """A function that runs a shell script where what it mounts is seen by nobody else."""
    unshare = shutil.which("unshare")
    allowed = unshare and subprocess.run([unshare, "-m", "true"], check=False, capture_output=True)
    if not allowed or allowed.returncode:
        pytest.skip("mounting privately needs `unshare -m` and the right to use it (root)")

    def run(script, *arguments):
        done = subprocess.run(
            [unshare, "-m", "sh", "-euc", script, "sh", sys.executable, *map(str, arguments)],
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.splitlines()

    return run


FULL = """
import subprocess, sys
from pathlib import Path
from onrecord.case import Case
from onrecord.errors import StorageFull

case, reports = Path(sys.argv[1]), Path(sys.argv[2])
added = 0
try:
    with Case.create(case) as opened:
        opened.add([reports])
except StorageFull as error:
    print("full:", error)
with Case.open(case) as opened:
    held = len(opened.documents())
    print("held", 0 < held < 60, *opened.verify().problems)
try:
    with Case.open(case) as opened:
        opened.add([reports])
except StorageFull:
    print("still full")
with Case.open(case) as opened:
    print("holds", *opened.verify().problems)
subprocess.run(["mount", "-o", "remount,size=100m", case.parent], check=True)
with Case.open(case) as opened:
    report = opened.add([reports])
    print("rest", len(opened.documents()), opened.status().pending, *opened.verify().problems)
print("left", *(case / "originals" / ".incoming").iterdir())
"""


@pytest.mark.parametrize("size", ["1200k", "2000k"])
def test_a_full_disk_leaves_the_case_whole(in_own_mounts, tmp_path, reports, size):
    # French is kept but not parsed yet, which is what makes this test quick.
    for number, path in enumerate(sorted(reports.iterdir())[1:]):
        lines = (f"La ligne {line} du rapport {number} ne dit rien." for line in range(400))
        path.write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "disk").mkdir()
    script = 'mount -t tmpfs -o size="$2" none "$3"; exec "$1" -c "$4" "$3/case" "$5"'
    told = in_own_mounts(script, size, tmp_path / "disk", FULL, reports)
    assert told[0].startswith("full: ")
    assert "the disk is full; nothing half-written was kept" in told[0]
    assert any("make room" in line for line in told)
    assert [line for line in told if not line.startswith(("full: ", "  "))] == [
        "held True",
        "still full",
        "holds",
        "rest 60 0",
        "left",
    ]


READ_ONLY = """
import sys
from pathlib import Path
from onrecord.case import Case
from onrecord.errors import CaseError

with Case.open(Path(sys.argv[1])) as case:
    print(len(case.documents()), len(list(case.records())), len(case.search("Selmuth")) > 0)
    print("holds", *case.verify().problems)
    try:
        case.add([Path(sys.argv[2])])
    except CaseError as error:
        print(error.what.split(": ")[-1])
"""


def test_a_case_in_a_read_only_folder_can_be_read(in_own_mounts, tmp_path, reports):
    with Case.create(tmp_path / "case") as case:
        case.add([reports / "000.txt", reports / "001.txt"])
    script = 'mount --bind "$2" "$2"; mount -o remount,ro,bind "$2"; exec "$1" -c "$3" "$2" "$4"'
    told = in_own_mounts(script, tmp_path / "case", READ_ONLY, reports)
    assert told == ["2 2 True", "holds", "the case cannot be written"]


@pytest.mark.parametrize("stage", ["acquiring", "extracting"])
def test_ctrl_c_stops_cleanly_and_the_rest_can_be_done(tmp_path, reports, stage, database):
    folder = tmp_path / "case"
    Case.create(folder, database=database).close()
    with ExitStack() as stack:
        case = stack.enter_context(Case.open(folder))

        def begun():
            held = case.documents()
            return any(d.extracted for d in held) if stage == "extracting" else len(held) > 3

        # As in a terminal: a test run in the background would hand down that SIGINT is ignored.
        command = ["env", "--default-signal=INT", sys.executable, "-m", "onrecord"]
        with subprocess.Popen(
            [*command, "add", "--case", folder, reports],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as process:
            deadline = time.monotonic() + 60
            while not begun() and process.poll() is None and time.monotonic() < deadline:
                pass
            os.killpg(process.pid, signal.SIGINT)
            _, errors = process.communicate()
        assert process.returncode == 130, errors
        assert "Traceback" not in errors
        assert "run the command again" in errors
        assert case.verify().problems == ()
        assert case.status().pending or len(case.documents()) < DOCUMENTS
        case.add([reports])
        assert (len(case.documents()), case.status().pending) == (DOCUMENTS, 0)
        assert case.verify().problems == ()


FULL_SERVER = """
import shutil, subprocess, sys
from pathlib import Path
import sqlalchemy

folder, reports, tests = map(Path, sys.argv[1:])
sys.path.insert(0, str(tests))
from conftest import running_server
from onrecord.case import Case
from onrecord.errors import StorageFull

def sql(url, *statements):
    engine = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)

with running_server() as server:
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=14m", "none", disk], check=True)
    shutil.chown(disk, "postgres", "postgres")
    folder.chmod(0o755)
    sql(
        server,
        f"CREATE TABLESPACE small LOCATION '{disk}'",
        "CREATE DATABASE small TABLESPACE small",
    )
    url = server.set(database="small").render_as_string()
    with Case.create(folder / "case", database=url) as case:
        try:
            case.add([reports])
        except StorageFull as error:
            print(error.what.split(": ")[-1])
        print("held", 0 < len(case.documents()) < 60, *case.verify().problems)
        subprocess.run(["mount", "-o", "remount,size=200m", disk], check=True)
        case.add([reports])
        print("rest", len(case.documents()), case.status().pending, *case.verify().problems)
"""


@pytest.mark.usefixtures("postgresql_installed")
def test_a_full_disk_under_postgresql(in_own_mounts, reports):
    for number, path in enumerate(sorted(reports.iterdir())[1:]):
        hashes = (hashlib.sha256(f"{number} {line}".encode()).hexdigest() for line in range(900))
        path.write_text("La ligne suivante ne dit rien.\n" * 200 + "\n".join(hashes))
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        here = Path(__file__).parent
        told = in_own_mounts('exec "$1" -c "$2" "$3" "$4" "$5"', FULL_SERVER, folder, reports, here)
    assert told == ["the disk is full; nothing half-written was kept", "held True", "rest 60 0"]

"""Fixtures that several rooms share: a throw-away PostgreSQL server, and a database in it."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path

import pytest
import sqlalchemy


def _binaries():
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = newest[-1:] or [Path(p) for p in [shutil.which("initdb")] if p]
    if not found:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    return found[0].parent


def _as_server_user(folder):
    """PostgreSQL refuses to run as root: then it runs as the user that Debian made for it."""
    if os.geteuid() != 0:
        return []
    try:
        shutil.chown(folder, "postgres", "postgres")
    except LookupError:
        pytest.skip("there is no user postgres: apt-get install postgresql")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


@pytest.fixture(scope="session")
def postgresql_server():
    """The URL of a server: `ONRECORD_TEST_DATABASE`, or one of our own on a socket, durable."""
    given = os.environ.get("ONRECORD_TEST_DATABASE")
    if given:
        yield sqlalchemy.make_url(given)
        return
    binaries = _binaries()
    # A socket's path may be 107 bytes long, which pytest's own folders can be over.
    with tempfile.TemporaryDirectory(prefix="onrecord-pg-") as name:
        folder = Path(name)
        as_user = _as_server_user(folder)
        data = folder / "data"

        def run(program, *arguments):
            subprocess.run(
                [*as_user, binaries / program, "-D", data, *arguments],
                check=True,
                cwd=folder,
                stdout=subprocess.DEVNULL,
            )

        run("initdb", "--username=onrecord", "--auth=trust", "--encoding=UTF8", "--locale=C")
        options = f"-k {folder} -c listen_addresses= -c unix_socket_permissions=0777"
        folder.chmod(0o755)
        run("pg_ctl", "-w", "-o", options, "-l", folder / "log", "start")
        try:
            yield sqlalchemy.URL.create(
                "postgresql+psycopg",
                username="onrecord",
                database="postgres",
                query={"host": str(folder)},
            )
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")


@contextlib.contextmanager
def _new_database(server):
    name = f"onrecord_{uuid.uuid4().hex}"
    engine = sqlalchemy.create_engine(server, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        yield server.set(database=name).render_as_string(hide_password=False)
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        engine.dispose()


@pytest.fixture
def postgresql_url(postgresql_server):
    """The URL of an empty database on PostgreSQL, gone after the test."""
    with _new_database(postgresql_server) as url:
        yield url


@pytest.fixture
def new_postgresql_url(postgresql_server):
    """A function that gives the URL of another empty database each time."""
    with contextlib.ExitStack() as stack:
        yield lambda: stack.enter_context(_new_database(postgresql_server))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request):
    """What `Case.create(database=...)` takes: None for SQLite, a URL for PostgreSQL."""
    if request.param == "sqlite":
        return None
    return request.getfixturevalue("postgresql_url")

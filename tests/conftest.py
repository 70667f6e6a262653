"""Fixtures that several rooms share: a throw-away PostgreSQL server, and a database in it."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path

import pytest
import sqlalchemy
from hypothesis import settings

# A deadline on a shared machine fails for what others do on it.
settings.register_profile("onrecord", deadline=None)
settings.load_profile("onrecord")


CHROMIUM = Path("/usr/bin/chromium")


def _binaries():
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = newest[-1:] or [Path(p) for p in [shutil.which("initdb")] if p]
    return found[0].parent if found else None


def _as_server_user():
    """PostgreSQL refuses to run as root: then it runs as the user that Debian made for it."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


@pytest.fixture(scope="session")
def postgresql_installed():
    """Skips where there is no server to start."""
    try:
        missing = _binaries() is None or (os.geteuid() == 0 and not pwd.getpwnam("postgres"))
    except KeyError:
        missing = True
    if missing:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")


@contextlib.contextmanager
def running_server():
    """The URL of a durable server of our own, on a socket, gone afterwards."""
    # A socket's path may be 107 bytes long, which pytest's own folders can be over.
    with tempfile.TemporaryDirectory(prefix="onrecord-pg-") as name:
        folder, as_user = Path(name), _as_server_user()
        folder.chmod(0o755)
        if as_user:
            shutil.chown(folder, "postgres", "postgres")

        def run(program, *arguments):
            subprocess.run(
                [*as_user, _binaries() / program, "-D", folder / "data", *arguments],
                check=True,
                cwd=folder,
                stdout=subprocess.DEVNULL,
            )

        run("initdb", "--username=onrecord", "--auth=trust", "--encoding=UTF8", "--locale=C")
        options = f"-k {folder} -c listen_addresses= -c unix_socket_permissions=0777"
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


@pytest.fixture(scope="session")
def postgresql_server(request):
    """The URL of a server: `ONRECORD_TEST_DATABASE`, or one of our own."""
    given = os.environ.get("ONRECORD_TEST_DATABASE")
    if given:
        yield sqlalchemy.make_url(given)
        return
    request.getfixturevalue("postgresql_installed")
    with running_server() as url:
        yield url


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


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request):
    """What `Case.create(database=...)` takes: None for SQLite, a URL for PostgreSQL."""
    if request.param == "sqlite":
        return None
    return request.getfixturevalue("postgresql_url")


@pytest.fixture(scope="module")
def browser():
    """Chromium, headless."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()

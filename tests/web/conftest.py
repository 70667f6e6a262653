"""A small case of the packaged reports, and the workbench on it."""

import datetime as dt
import ipaddress
import shutil
import threading

import httpx
import pytest
from argon2 import PasswordHasher
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import delete

from onrecord.case import Case
from onrecord.demo import FOLDER
from onrecord.web.access import COOKIE
from onrecord.web.binding import Where
from onrecord.web.desk import MEMBERS
from onrecord.web.rates import MOST
from onrecord.web.services import Services
from onrecord.web.serving import serve

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""argon2id as it is, at a cost that suits a test."""
PASSWORD = "seven green lamps over water"
REPORTS = ("01-", "02-", "04-", "05-", "06-", "08-", "12-", "13-", "23-", "26-", "28-")


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """The case as it is made, which no test changes."""
    folder = tmp_path_factory.mktemp("web") / "case"
    reports = sorted(p for p in (FOLDER / "reports").iterdir() if p.name.startswith(REPORTS))
    with Case.create(folder, name="The river case") as case:
        assert not case.add(reports).refused
        case.resolve()
    return folder


@pytest.fixture(scope="module")
def case_folder(made_once, tmp_path_factory):
    """A copy for each module: what people decide in one is not there in another."""
    return shutil.copytree(made_once, tmp_path_factory.mktemp("web") / "case")


@pytest.fixture(scope="module")
def opened(case_folder):
    with Case.open(case_folder) as case:
        yield case


@pytest.fixture(scope="module")
def served(opened):
    """The workbench on that case, running."""
    server = serve(opened, services=Services.for_case(opened, hasher=CHEAP))
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server
    server.stop()
    thread.join()


@pytest.fixture
def access(served):
    return served.services.access


@pytest.fixture
def stranger(served):
    """A client that holds no session."""
    with httpx.Client(base_url=served.base, timeout=60) as client:
        yield client


@pytest.fixture
def visitor(stranger, access):
    """A client that followed the one-time link."""
    assert stranger.get("/open", params={"key": access.invite()}).status_code == 303
    return stranger


@pytest.fixture
def member(served):
    """Makes a member of the case and a client that is signed in as them.

    `member(name, role, sight)`: role "viewer", "contributor", "reviewer" or "administrator", sight
    "names" or "codes" (by default as an invitation has it). The password is `PASSWORD`. All are
    removed afterwards.
    """
    services, clients = served.services, []
    members = services.accounts.members
    try:
        members.join(members.invite("The first", "administrator"), PASSWORD)

        def make(name, role="reviewer", sight=None):
            joined = members.join(members.invite(name, role, sight), PASSWORD)
            visit = services.access.admit(joined, address="127.0.0.1", agent="a test")
            client = httpx.Client(base_url=served.base, timeout=60)
            client.cookies.set(COOKIE, visit.id, domain="127.0.0.1")
            clients.append(client)
            return client

        yield make
    finally:
        for client in clients:
            client.close()
        with members.desk.writing() as connection:
            connection.execute(delete(MEMBERS))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of this machine's own address, with its key, as files."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files


@pytest.fixture(scope="module")
def team_case(case_folder, tmp_path_factory):
    copy = tmp_path_factory.mktemp("team") / "case"
    shutil.copytree(case_folder, copy)
    with Case.open(copy) as case:
        yield case


@pytest.fixture
def team(team_case, certificate):
    """A workbench over TLS with one administrator, Amina; those who joined go afterwards."""
    services = Services.for_case(team_case, hasher=CHEAP)
    services.accounts.members.join(
        services.accounts.members.invite("Amina", "administrator"), PASSWORD
    )
    services.rates.most = {**MOST, "sign-in, address": "1000/15 minutes"}
    where = Where(certificate=certificate[0], key=certificate[1])
    server = serve(team_case, where=where, services=services)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server
    server.stop()
    thread.join()
    for suffix in ("", "-wal", "-shm"):
        (team_case.folder / f"case.desk.sqlite{suffix}").unlink(missing_ok=True)


@pytest.fixture
def known(visitor, served):
    """Something that each part of an address may be which a page's path holds."""

    def first(path, part):
        return visitor.get(f"/api/{path}").raise_for_status().json()[part][0]

    job = served.services.work.begin("test", "Nothing to do", lambda _: "nothing")
    return {
        "document": first("documents", "documents")["id"],
        "who": first("names", "names")["canonical"],
        "event": first("events?all=1", "events")["id"],
        "engagement": first("engagements", "engagements")["id"],
        "job": str(job.id),
    }


@pytest.fixture(scope="module")
def window(browser, served):
    """Opens a page of one session, in a window of a width and a theme, with script or without."""
    first = browser.new_context()
    first.new_page().goto(served.link())
    state, contexts = first.storage_state(), [first]

    def opened(width=1280, scheme="light", script=True):
        contexts.append(
            browser.new_context(
                viewport={"width": width, "height": 800},
                color_scheme=scheme,
                java_script_enabled=script,
                storage_state=state,
                base_url=served.base,
            )
        )
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()

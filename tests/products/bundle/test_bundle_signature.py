"""Our Ed25519 verification against RFC 8032 and another implementation; keys; timestamps."""

from __future__ import annotations

import hashlib
import shutil
import stat
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import rfc3161_client
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.case import Case
from onrecord.errors import OnrecordError
from onrecord.products.bundle import signing
from onrecord.products.bundle.timestamping import timestamp
from onrecord.products.bundle.verify import ORDER, fingerprint, signature_holds, verify

# RFC 8032, section 7.1, tests 1 to 3 and "SHA(abc)": public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
            "f9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0"
            "f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f76098"
            "4dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        (
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3"
            "feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
        (
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c664"
            "31e0303dca179c138ac17ad9bef1177331a704"
        ),
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_the_vectors_of_the_standard(key: str, message: str, signature: str) -> None:
    parts = [bytes.fromhex(each) for each in (key, message, signature)]
    assert signature_holds(*parts)
    for number, part in enumerate(parts):
        for at in range(0, len(part), 7):
            wrong = list(parts)
            wrong[number] = part[:at] + bytes([part[at] ^ 4]) + part[at + 1 :]
            assert not signature_holds(*wrong)
    s = int.from_bytes(parts[2][32:], "little") + ORDER
    twin = parts[2][:32] + s.to_bytes(32, "little")
    assert not signature_holds(parts[0], parts[1], twin), "a second form of one signature"


@settings(max_examples=25, deadline=None)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=200))
def test_signatures_of_another_implementation_hold(seed: bytes, message: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public = key.public_key().public_bytes_raw()
    assert signature_holds(public, message, key.sign(message))
    assert not signature_holds(public, message + b"x", key.sign(message))


@settings(max_examples=25, deadline=None)
@given(key=st.binary(min_size=32, max_size=32), signature=st.binary(min_size=64, max_size=64))
def test_both_refuse_what_is_no_signature(key: bytes, signature: bytes) -> None:
    with pytest.raises((InvalidSignature, ValueError)):
        Ed25519PublicKey.from_public_bytes(key).verify(signature, b"words")
    assert not signature_holds(key, b"words", signature)


def test_lengths_that_no_key_or_signature_has() -> None:
    key, _, signature = (bytes.fromhex(each) for each in VECTORS[0])
    for length in (0, 31, 33, 63):
        assert not signature_holds((key * 3)[:length], b"", signature)
        assert not signature_holds(key, b"", signature[:length])
    assert not signature_holds(key, b"", signature + b"\0")


def test_the_own_key_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    first = signing.own_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert signing.fingerprint(signing.own_key(path)) == signing.fingerprint(first)
    assert [each.name for each in tmp_path.iterdir()] == ["key.pem"]
    raw = first.public_key().public_bytes_raw()
    assert fingerprint(raw) == signing.fingerprint(first)


def test_a_key_with_a_passphrase(tmp_path: Path) -> None:
    key, path = Ed25519PrivateKey.generate(), tmp_path / "key.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"open"),
        )
    )
    assert signing.fingerprint(signing.key_from(path, lambda: "open")) == signing.fingerprint(key)
    with pytest.raises(OnrecordError, match="no key to sign with"):
        signing.key_from(path, lambda: "shut")


def test_what_is_no_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("words")
    for name in ("no.pem", "absent.pem"):
        with pytest.raises(OnrecordError, match="no key to sign with"):
            signing.key_from(tmp_path / name, str)


CONFIG = """
[tsa]
default_tsa = t
[t]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A timestamp authority on this machine: its URL, and its root certificate."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("OpenSSL, which plays the authority, is not installed")
    folder = tmp_path_factory.mktemp("authority")
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))

    def run(*arguments: str) -> None:
        subprocess.run([openssl, *arguments], check=True, capture_output=True, cwd=folder)

    new = ("req", "-newkey", "rsa:2048", "-nodes", "-days", "3")
    run(*new, "-x509", "-subj", "/CN=Root of Orla", "-keyout", "root.key", "-out", "root.pem")
    run(*new, "-subj", "/CN=Time of Orla", "-keyout", "tsa.key", "-out", "tsa.csr")
    (folder / "ext").write_text(
        "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n"
        "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
    )
    sign = ("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-days", "3")
    run(*sign, "-set_serial", "2", "-extfile", "ext", "-out", "tsa.pem")

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (folder / "q.tsq").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            told = ("-queryfile", "q.tsq", "-inkey", "tsa.key", "-signer", "tsa.pem")
            if self.path == "/stamp":
                run("ts", "-reply", "-config", "tsa.cnf", *told, "-out", "r.tsr")
            answer = b"<html>" if self.path == "/page" else (folder / "r.tsr").read_bytes()
            self.send_response(404 if self.path == "/absent" else 200)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", folder / "root.pem"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_timestamp_is_of_the_signature_and_by_the_authority(
    bundled_case: Path, authority: tuple[str, Path], tmp_path: Path
) -> None:
    url, root = authority
    out = tmp_path / "stamped"
    with Case.open(bundled_case) as case:
        case.bundle(out, authority=f"{url}/stamp")
    assert verify(str(out))["holds"]
    response = rfc3161_client.decode_timestamp_response((out / "timestamp.tsr").read_bytes())
    trusted = x509.load_pem_x509_certificate(root.read_bytes())
    checker = rfc3161_client.VerifierBuilder().add_root_certificate(trusted).build()
    assert checker.verify_message(response, (out / "signature.txt").read_bytes())
    openssl = ("openssl", "ts", "-verify", "-in", "timestamp.tsr", "-data", "signature.txt")
    subprocess.run([*openssl, "-CAfile", str(root)], cwd=out, check=True, capture_output=True)
    for name in ("timestamp.tsr", "timestamp-signature.txt", "signature.txt"):
        whole = (out / name).read_bytes()
        (out / name).write_bytes(whole[:40] + bytes([whole[40] ^ 1]) + whole[41:])
        assert name in {one["file"] for one in verify(str(out))["problems"]}
        (out / name).write_bytes(whole)
    (out / "timestamp.tsr").unlink()
    assert "timestamp.tsr" in {one["file"] for one in verify(str(out))["problems"]}


def test_an_authority_that_answers_otherwise_leaves_nothing(
    bundled_case: Path, authority: tuple[str, Path], tmp_path: Path
) -> None:
    url, _ = authority
    timestamp(b"words", f"{url}/stamp")
    # "/old" repeats the last answer, which is about other bytes.
    for where in ("/page", "/absent", "/old"):
        with pytest.raises(OnrecordError, match="no timestamp was had"):
            timestamp(b"other words", f"{url}{where}")
    with pytest.raises(OnrecordError, match="no timestamp was had"):
        timestamp(b"words", "nonsense")
    out = tmp_path / "none"
    with Case.open(bundled_case) as case, pytest.raises(OnrecordError, match="no timestamp"):
        case.bundle(out, authority=f"{url}/absent")
    assert list(tmp_path.iterdir()) == []


def test_the_commands_of_the_readme(bundle: Path, tmp_path: Path) -> None:
    """An expert without Python checks the signature with OpenSSL."""
    if not all(map(shutil.which, ("openssl", "xxd", "sha256sum", "bash"))):
        pytest.skip("openssl, xxd or sha256sum is not installed")
    copy = Path(shutil.copytree(bundle, tmp_path / "copy"))
    told = (copy / "README.txt").read_text()
    lines = [line.strip() for line in told.splitlines() if line.startswith("  ")]
    wanted = ("sha256sum -c", "head -n", "tail -n", "openssl pkeyutl")
    commands = "\n".join(line for line in lines if line.startswith(wanted))
    assert len(commands.splitlines()) == len(wanted)
    commands = commands.replace("/tmp/", f"{tmp_path}/")
    done = subprocess.run(
        ["bash", "-ec", commands], cwd=copy, capture_output=True, text=True, check=True
    )
    assert "Signature Verified Successfully" in done.stdout
    shown = subprocess.run(
        ["bash", "-ec", "openssl pkey -pubin -in public-key.pem -outform DER"],
        cwd=copy, capture_output=True, check=True,
    )  # fmt: skip
    found = verify(str(copy))["fingerprint"]
    assert hashlib.sha256(shown.stdout).hexdigest() == found

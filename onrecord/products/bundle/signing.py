"""Ed25519 signatures of a bundle: the key, and the statement that is signed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

Ask = Callable[[], str]
"""Asks a person for the passphrase of a key."""


def key_from(path: Path, ask: Ask) -> Ed25519PrivateKey:
    """The private key in a PEM file (PKCS 8), which may have a passphrase. Raises OnrecordError."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        data = path.read_bytes()
        try:
            key = load_pem_private_key(data, None)
        except TypeError:  # so the library says that it has a passphrase
            key = load_pem_private_key(data, ask().encode())
    except (OSError, ValueError) as error:
        raise _no_key(path, str(error)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(path, "it holds a key of another kind")
    return key


def _no_key(path: Path, why: str) -> OnrecordError:
    return OnrecordError(
        f"{path}: is no key to sign with",
        why=why,
        todo="make one with `openssl genpkey -algorithm ed25519 -out key.pem`",
    )


def own_key(path: Path) -> Ed25519PrivateKey:
    """The case's own key, made at its first use; only its owner may read the file."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if not path.exists():
        made = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
        try:
            # Unlike a rename this leaves a key alone that another process made meanwhile.
            os.link(part, path)
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return key_from(path, str)


def public_pem(key: Ed25519PrivateKey) -> bytes:
    """The public part as PEM."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(key: Ed25519PrivateKey) -> str:
    """SHA-256 of the public part as DER, in hexadecimal: what people compare."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def statement(key: Ed25519PrivateKey, what: str, hashes: Mapping[str, str], at: str) -> bytes:
    """A signed statement: the hashes of files, when, by which key, and the signature of all that.

    `what` is "bundle" or "timestamp"; `at` UTC in ISO 8601. `verify.py` reads this form alone.
    """
    lines = [f"onrecord {what} signature 1", *(f"{h}  {name}" for name, h in hashes.items())]
    lines += [f"signed {at}", f"key {key.public_key().public_bytes_raw().hex()}", ""]
    message = "\n".join(lines).encode()
    return message + f"signature {key.sign(message).hex()}\n".encode()

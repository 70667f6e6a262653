"""Passwords, one-time codes and recovery codes: what is asked of them, and how they are kept.

A password has 12 to 128 characters of any kind, and is refused only where it is easily guessed
(zxcvbn: lists of common passwords, names, keyboard rows, repeats). It is kept as argon2id over its
HMAC with the desk's key. One-time codes are those of RFC 6238; their seed is kept encrypted.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from onrecord.errors import OnrecordError
from onrecord.store.log import plain
from onrecord.web.desk import Desk

if TYPE_CHECKING:
    from argon2 import PasswordHasher
    from cryptography.fernet import Fernet

LEAST, MOST = 12, 128
"""Characters of a password."""
SAFE = 3
"""What zxcvbn must give at least, of 0 to 4: over a hundred million guesses."""
RECOVERY_CODES = 8
STEP = 30
"""Seconds for which a one-time code stands; the one before and the one after are taken too."""
_AT_ONCE = BoundedSemaphore(2)
"""Each hash takes 64 MiB for a moment: many who sign in at once wait in line."""


class WeakPassword(OnrecordError):
    """A password that is too short, too long, or easily guessed."""


def folded(name: str) -> str:
    """What two spellings of one member's name have in common."""
    return plain(" ".join(unicodedata.normalize("NFKC", name).casefold().split()))


def as_kept(password: str) -> str:
    """A password as each keyboard gives it: one form of the same characters (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def check(password: str, about: Sequence[str] = ()) -> None:
    """Raise `WeakPassword` for a password that is easily guessed by who knows what it is `about`.

    A long sentence is welcome: blanks and every script count.
    """
    told = as_kept(password)
    if len(re.sub(" +", " ", told)) < LEAST or len(told) > MOST:
        raise WeakPassword(
            f"a password has {LEAST} to {MOST} characters",
            why=f"this one has {len(told)}",
            todo="take four or more words that have nothing to do with each other",
        )
    from zxcvbn import zxcvbn

    found = zxcvbn(told, user_inputs=[*about, "onrecord"], max_length=MOST)
    if found["score"] < SAFE:
        advice = found["feedback"]
        raise WeakPassword(
            "this password is easily guessed",
            why=advice["warning"] or f"about 10^{found['guesses_log10']:.0f} guesses find it",
            todo=" ".join(advice["suggestions"]) or "Add another word or two.",
        )


@dataclass
class Credentials:
    """How secrets are made, kept and compared.

    `hasher` hashes passwords (argon2id); `clock` gives seconds since 1970.
    """

    desk: Desk
    hasher: PasswordHasher | None = None
    clock: Callable[[], float] = time.time

    def seal_password(self, password: str) -> str:
        """A password as it is kept."""
        with _AT_ONCE:
            return self._argon2.hash(self._peppered(password))

    def matches(self, password: str, kept: str | None) -> bool:
        """Whether that is the password; in the same time where none is kept."""
        from argon2.exceptions import VerificationError

        with _AT_ONCE:
            nobody = self._nobody
            try:
                found = self._argon2.verify(kept or nobody, self._peppered(password))
            except VerificationError:
                return False
        return found and kept is not None

    def outdated(self, kept: str) -> bool:
        """Whether it was hashed at a lower cost than is asked for now."""
        return self._argon2.check_needs_rehash(kept)

    def new_seed(self) -> str:
        """A seed of one-time codes, 160 bits as base32."""
        import pyotp

        return pyotp.random_base32()

    def seal_seed(self, seed: str) -> bytes:
        """A seed as it is kept: encrypted with the desk's key."""
        return self._box.encrypt(seed.encode())

    def step(self, seed: bytes, code: str, after: int) -> int | None:
        """The time step whose code that is, later than `after`; None where it is wrong or used."""
        import pyotp

        told = "".join(code.split())
        codes, at = pyotp.TOTP(self._box.decrypt(seed).decode()), int(self.clock()) // STEP
        right = [
            step
            for step in (at - 1, at, at + 1)
            if hmac.compare_digest(
                codes.generate_otp(step).encode(), told.encode("utf-8", "replace")
            )
        ]
        return next((step for step in right if step > after), None)

    def recovery_codes(self) -> tuple[str, ...]:
        """New recovery codes, of 120 random bits each."""
        made = (base64.b32encode(secrets.token_bytes(15)).decode() for _ in range(RECOVERY_CODES))
        return tuple("-".join(code[at : at + 4] for at in range(0, 24, 4)) for code in made)

    def recovery(self, code: str) -> str:
        """A recovery code as it is kept, however it was typed."""
        return self.desk.digest("recovery", "".join(filter(str.isalnum, code)).upper())

    def _peppered(self, password: str) -> str:
        return self.desk.digest("password", as_kept(password))

    @cached_property
    def _argon2(self) -> PasswordHasher:
        if self.hasher is not None:
            return self.hasher
        from argon2 import PasswordHasher

        return PasswordHasher()

    @cached_property
    def _nobody(self) -> str:
        return self._argon2.hash(secrets.token_hex(32))

    @cached_property
    def _box(self) -> Fernet:
        from cryptography.fernet import Fernet

        key = bytes.fromhex(self.desk.digest("box", "seeds of one-time codes"))
        return Fernet(base64.urlsafe_b64encode(key))

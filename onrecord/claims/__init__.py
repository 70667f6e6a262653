"""Attribution: who says what, how sure, on whose word."""

from onrecord.claims.find import find_claims

__all__ = ["find_claims"]

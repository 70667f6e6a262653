"""The case: one folder with its originals, texts, record and log; the Python API behind every door.

    with Case.create(Path("river")) as case:
        case.add([Path("reports")])
        for record in case.records():
            ...

A case is written by one process at a time and read by any number. Everything that changes it is an
entry of its log, in the transaction that makes the change: a crash leaves it as it was or as it
should be, and the same command run again does what is missing.
"""

from __future__ import annotations

from onrecord.case.adding import AddReport, Brought
from onrecord.case.case import Case, Status
from onrecord.case.importing import ImportReport
from onrecord.case.protecting import Agreed, Confidential, Protection
from onrecord.case.release import Release, Withheld
from onrecord.case.restoring import Restored
from onrecord.case.reviewing import ReviewDecision
from onrecord.case.who import Decision, Grade, Group, Member, Pair, Passage, Resolved
from onrecord.products.door.policy import Recipient
from onrecord.store.chain import Problem
from onrecord.store.log import Entry
from onrecord.store.reader import CaseDocument, Custody, EntityHit
from onrecord.store.search import Hit
from onrecord.store.undecided import OpenClaim
from onrecord.store.verify import Report

__all__ = [
    "AddReport",
    "Agreed",
    "Brought",
    "Case",
    "CaseDocument",
    "Confidential",
    "Custody",
    "Decision",
    "EntityHit",
    "Entry",
    "Grade",
    "Group",
    "Hit",
    "ImportReport",
    "Member",
    "OpenClaim",
    "Pair",
    "Passage",
    "Problem",
    "Protection",
    "Recipient",
    "Release",
    "Report",
    "Resolved",
    "Restored",
    "ReviewDecision",
    "Status",
    "Withheld",
]

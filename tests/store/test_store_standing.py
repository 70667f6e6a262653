"""The numbers of a case, carried on from what was known, are those that counting gives."""

from onrecord.case import Case
from onrecord.demo import FOLDER
from onrecord.errors import NotFound
from onrecord.store import registers
from onrecord.store import standing as counting
from onrecord.store.standing import standing
from onrecord.vocabulary import load


def reports(first, last):
    return sorted((FOLDER / "reports").iterdir())[first:last]


def weighty(case):
    """Claims of the kinds that are counted, as documents and ids."""
    first = load("review")["first"]
    return [
        f"{record.document.id}|{claim.id}"
        for record in case.records()
        for claim in record.claims
        if claim.kind in first and not claim.reviewed
    ]


class Watched:
    """A case whose numbers are carried on, step by step, and compared with what counting gives."""

    def __init__(self, case):
        self.case, self.known = case, None

    def look(self):
        with self.case.browse() as state:
            self.known = standing(state.connection, self.known)
            anew = standing(state.connection)
            documents, waiting = registers.waiting(state.connection)
            assert self.known.open == registers.open_claims(state.connection)
        assert (self.known.documents, self.known.waiting) == (documents, waiting)
        assert (self.known.seq, self.known.hash) == (anew.seq, anew.hash)
        assert self.known.touched.items() >= anew.touched.items()
        return self.known


def test_decisions_and_documents_are_followed(tmp_path):
    with Case.create(tmp_path / "case") as case:
        watched = Watched(case)
        assert watched.look().documents == 0
        case.add(reports(0, 3))
        watched.look()
        subjects = weighty(case)
        assert len(subjects) > 4
        before = watched.look().open
        case.review(subjects[0], "accepted")
        assert watched.look().open == before - 1
        case.review(subjects[0], "undecided")
        case.review(subjects[1], "rejected")
        watched.look()
        case.review(subjects[1], "accepted")
        watched.look()
        case.undo()
        watched.look()
        case.undo()
        case.correct(subjects[2], "kind", "statement")
        watched.look()
        case.undo()
        case.resolve()
        case.add(reports(3, 5))
        case.review(weighty(case)[-1], "rejected")
        watched.look()
        case.add(reports(0, 1))
        document, _, _ = subjects[0].rpartition("|")
        case.mark(document, "claim", [(0, 12)], kind="allegation", source=[13, 20])
        watched.look()
        case.undo()
        watched.look()


def test_what_is_followed_is_not_counted_anew(tmp_path, monkeypatch):
    with Case.create(tmp_path / "case") as case:
        case.add(reports(0, 2))
        with case.browse() as state:
            known = standing(state.connection)
        case.review(weighty(case)[0], "accepted")
        case.add(reports(2, 3))

        def refuse(connection):
            raise NotFound("it was counted anew")

        monkeypatch.setattr(counting, "_counted", refuse)
        with case.browse() as state:
            told = standing(state.connection, known)
            assert told.documents == 3
            assert told.open == registers.open_claims(state.connection)


def test_what_belongs_to_another_case_is_not_carried_on(tmp_path):
    known = None
    for name, some in (("a", reports(0, 2)), ("b", reports(2, 5))):
        with Case.create(tmp_path / name) as case:
            case.add(some)
            with case.browse() as state:
                known = standing(state.connection, known)
                assert known == standing(state.connection)

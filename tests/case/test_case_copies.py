"""On any case a copy without sight holds no protected spelling, and what the door lets go."""

import json
import sqlite3
import unicodedata
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from onrecord.case import Case, finding, regrouping
from onrecord.case.copying import AUDIENCE
from onrecord.case.release import Release
from onrecord.store import found, reviews
from onrecord.store.citations import decode, derived
from onrecord.store.found import Made
from onrecord.store.tables import DERIVED, FOUND, PARAGRAPHS, PASSAGES, TEXTS, WORDS
from onrecord.store.words import words

PEOPLE = {
    "Sarela Vostrane": [
        "SARELA VOSTRANE",
        "Vostrane, Sarela",
        "Sàrela Vostrané",
        "Sarela\nVostrane",
    ],
    "Goran Besk": ["Besk, Goran", "goran.besk@gate.example", "GORAN BESK"],
    "Mirah Tanne": ["Mïrah Tanne", "Mirah  Tanne", "mirah_tanne.txt"],
    "Davit Orlan": ["Orlan, Davit", "DAVIT ORLAN"],
}
SENTENCES = [
    "{a} said on Tuesday that soldiers of the Marrow Brigade killed four farmers in Orla.",
    "“They came at night,” {a} told the Herald. {b} was not there.",
    "{a} and {b} demanded that the government open the prison in Larkin.",
    "{a}, a nurse, will meet the governor in Orla on 9 May 2024.",
    "The Marrow Brigade denied it, said {a}, its commander.",
    "Write to {a}. Her brother Tomas Vostrane burned nothing.",
    "The Marrow Brigade burned houses in Larkin on 3 May 2024, residents said.",
]
_NAMES = st.sampled_from([written for name in PEOPLE for written in (name, name, *PEOPLE[name])])
_SENTENCE = st.builds(
    lambda s, a, b: s.format(a=a, b=b), st.sampled_from(SENTENCES), _NAMES, _NAMES
)
_REPORT = st.tuples(
    st.sampled_from(["report", "sarela vostrane", "besk-goran", "notes/mirah-tanne"]),
    st.lists(_SENTENCE, min_size=1, max_size=4).map(" ".join),
)


@st.composite
def _cases(draw):
    """Reports, who is protected, and what else was decided."""
    return {
        "reports": draw(st.lists(_REPORT, min_size=2, max_size=5)),
        "protected": draw(
            st.lists(st.sampled_from(list(PEOPLE)), min_size=1, max_size=2, unique=True)
        ),
        "again": draw(st.booleans()),
        "confided": draw(st.booleans()),
        "silent": draw(st.booleans()),
        "rejected": draw(st.booleans()),
        "later": draw(st.booleans()),
    }


@contextmanager
def made(told):
    """A case of what was drawn, decided on as a documenter would."""
    with TemporaryDirectory() as folder:
        root, paths = Path(folder), []
        for number, (name, text) in enumerate(told["reports"]):
            path = root / "in" / f"{name} {number}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"The Orla Herald, {number + 1} May 2024\n\n{text}\n", encoding="utf-8")
            paths.append(path)
        with Case.create(root / "case", name=f"About {told['protected'][0]}") as case:
            assert not case.add(paths[: len(paths) - told["later"]]).refused
            case.resolve()
            decide(case, told)
            assert not case.add(paths).refused
            yield case


def decide(case, told):
    documents = [document.id for document in case.documents()]
    claims = [f"{d}|{claim.id}" for d in documents for claim in case.record(d).claims]
    protected = told["protected"]
    case.protect(protected[0], kind="Person", spellings=["Sari Vostrann"], why="asked for it")
    if told["rejected"] and claims:
        case.review(claims[0], "rejected", why=f"{protected[0]} never said so")
        case.review(claims[-1], "accepted")
        case.resolve()
    if told["silent"] and claims:
        case.consent(claims[len(claims) // 2], "refused")
    if told["confided"]:
        case.confide(documents[-1], "confidential")
    if told["again"]:
        case.resolve()
    case.without_sight()  # The next copy remembers which documents named nobody.
    for name in protected[1:]:
        case.protect(name, kind="Person", why="asked for it too")


def plain(text):
    """A text's letters, by none of the door's code."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if c.isalnum()).casefold()


@settings(
    max_examples=6,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # To make a case smaller takes minutes.
    suppress_health_check=list(HealthCheck),
)
@given(_cases())
def test_no_spelling_is_in_a_copy_and_all_else_is_as_the_door_gives_it(told):
    with made(told) as case:
        seen = case.without_sight()
        copied = seen._copied
        nowhere(copied, told["protected"])
        with case._session.reading() as source, copied.engine.connect() as connection:
            release = Release(source, case._session.vault, "", copied.folder, AUDIENCE)
            as_released(case, seen, release)
            as_derived(connection, seen)
            if copied.ids.changed or copied.ids.hidden or copied.ids.renamed:
                as_found(connection)


def nowhere(copied, protected):
    """In no column of any table, the index among them, and in no byte of the file."""
    needles = [plain(name) for name in (*protected, "Sari Vostrann")]
    needles += [plain(" ".join(reversed(name.split()))) for name in protected]
    given_names = [name.split()[0].lower() for name in protected]
    whole = copied.folder / "vacuumed"
    with sqlite3.connect(copied.file) as database:
        database.execute("VACUUM INTO ?", (str(whole),))
    with sqlite3.connect(whole) as database:
        query = "SELECT name FROM sqlite_master WHERE type = 'table'"
        for (table,) in database.execute(query).fetchall():
            for row in database.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
                    if isinstance(text, str):
                        assert not [n for n in needles if n in plain(text)], (table, text)
                        assert not copied.names.find(text), (table, text)
    data = whole.read_bytes().lower()
    whole.unlink()
    for name in (*protected, *given_names):
        for encoding in ("utf-8", "utf-16-le"):
            assert name.lower().encode(encoding) not in data


def as_released(case, seen, release):
    """The documents are those that may leave; each record is the one that the door gives."""
    unsigned = lambda record: replace(  # noqa: E731
        record,
        **{
            name: tuple(replace(item, reviewed=None) for item in getattr(record, name))
            for name in ("entities", "claims", "acts")
        },
    )
    given_out = {document.id: document for document in release.documents()}
    shown = {document.id: document for document in seen.documents()}
    assert list(shown) == list(given_out)
    for record in release.records():
        own = seen.record(record.document.id)
        path = own.document.path.rpartition("/")[2]
        own = replace(own, document=replace(own.document, path=path))
        assert unsigned(own) == unsigned(record)


def as_derived(connection, seen):
    """The look-up tables and the search are those of the records as they are shown."""
    held = {t: [dict(r) for r in connection.execute(select(t)).mappings()] for t in DERIVED}
    anew = {table: [] for table in DERIVED}
    for document in seen.documents():
        body, text = reviews.extracted(connection, document.id)
        body = reviews.corrected(connection, document.id, body, text)
        for table, rows in derived(document.id, body, text).items():
            anew[table] += rows
    told = lambda rows: sorted(json.dumps(row, sort_keys=True, default=str) for row in rows)  # noqa: E731
    for table in set(DERIVED) - {PASSAGES}:
        assert told(held[table]) == told(anew[table]), table.name
    assert held[PASSAGES] == []
    texts = {r.document_id: decode(r.body) for r in connection.execute(select(TEXTS))}
    counted = {}
    for row in connection.execute(select(PARAGRAPHS)).all():
        for word in {word for word, _ in words(texts[row.document_id][row.start : row.end])}:
            counted[word] = counted.get(word, 0) + 1
    assert {r.word: r.paragraphs for r in connection.execute(select(WORDS))} == counted


def as_found(connection):
    """What pages read of the whole copy is what working it out as a case does gives."""
    with Made() as anew:
        finding.work_out(connection, anew, resolve=regrouping._as_kept)
        for table, change in found.changes(connection, anew, FOUND).items():
            assert [change.anew, change.drop, list(change.put)] == [False, [], []], table.name

"""The catalogues of the languages that products speak: collected, brought up to date, compiled.

`python -m onrecord.products.catalogues` writes every `.po` anew with the messages of the code (what
is new there stands empty, what is gone leaves), and compiles each to its `.mo`. A folder
`locale/LANGUAGE/LC_MESSAGES` that is empty becomes a new language.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract

from onrecord.products import when
from onrecord.products.wording import DOMAIN, folder
from onrecord.vocabulary import load

KEYWORDS = {
    "say": (1,),
    "say_as": ((1, "c"), 2),
    "say_many": (1, 2),
    "unsaid": (1,),
}
"""The functions of `wording` whose words are messages, and which of their arguments."""
LEVELS = ("publisher", "channel", "speaker", "cited")
PRODUCTS = (
    "brief",
    "dossier",
    "chronology",
    "demands",
    "contradictions",
    "submission",
    "elements",
)


class Message(NamedTuple):
    """A message of the code or of a vocabulary; `many` where it depends on a number."""

    one: str
    many: str = ""
    context: str = ""


def messages() -> tuple[Message, ...]:
    """Every message once: of the code, of the templates, of the vocabularies."""
    found = [*_of_code(), *_of_templates(), *_of_vocabularies()]
    return tuple(sorted(set(found), key=lambda m: (m.context, m.one)))


def _of_code() -> Iterator[Message]:
    for path in sorted(_package().rglob("*.py")):
        with path.open("rb") as code:
            for _, said, _, context in extract("python", code, KEYWORDS):
                one, many = said if isinstance(said, tuple) else (said, "")
                yield Message(one, many, context or "")


def _of_templates() -> Iterator[Message]:
    for path in sorted((_package() / "templates").glob("*.j2")):
        text = path.read_text(encoding="utf-8")
        for said in re.findall(r'"([^"]+)"\s*\|\s*say\b', text):
            yield Message(said)
        for one, many in re.findall(r'\|\s*say_many\("([^"]+)",\s*"([^"]+)"\)', text):
            yield Message(one, many)


def _of_vocabularies() -> Iterator[Message]:
    for context, said in (*_of_products(), *_of_terms(), *_of_dates(), *_of_law()):
        yield Message(said, "", context)


def _of_products() -> Iterator[tuple[str, str]]:
    words, rules = load("products"), load("contradictions")
    questions = {k: v for k, v in words["questions"].items() if isinstance(v, str)}
    yield from _in("question", (*questions.values(), *words["questions"]["acts"].values()))
    forms = [form for relation in words["relations"].values() for form in relation.values()]
    yield from _in("relation", forms)
    yield from _in("relation", (f"{{subject}}: {f}" for f in forms if "{subject}" not in f))
    yield from _in("frame", words["frame"].values())
    yield from _in("act", (*words["acts"].values(), *(a["label"] for a in load("acts").values())))
    yield from _in("what differs", rules["titles"].values())
    yield from _in("rule", rules["choosing"].values())
    yield from _in("manner", words["verbs"].values())
    yield from _in("relation", load("relation_types"))
    yield from _in("precision", ("city", "region"))
    yield from _in("type", ("Person", "Organization", "Group"))
    yield from _in("level", LEVELS)
    yield from _in("product", PRODUCTS)


def _of_terms() -> Iterator[tuple[str, str]]:
    for name in ("acts", "involvement", "modality", "polarity", "engagement_types", "claim_kinds"):
        yield from _in("term", (key.replace("_", " ") for key in load(name)))
    yield from _in("term", (*load("engagements")["status"], "past"))


def _of_dates() -> Iterator[tuple[str, str]]:
    for kind in when.KINDS:
        yield from _in(kind, when.FORMS)
    yield from _in("part of a year", when.PARTS.values())


def _of_law() -> Iterator[tuple[str, str]]:
    held, crimes = load("submissions"), load("elements")["crimes"]
    yield from _in("state of a field", held["states"].values())
    yield from _in("consent", load("door")["states"])
    yield from _in("sex", ("male", "female", "other"))
    for field in held["fields"].values():
        yield from _in("submission", (field["label"], field["question"]))
    for form in held["forms"].values():
        yield from _in("submission", (form["short"], form["title"], form["consent"]))
        yield from _in("submission", (*form["accepts"], *form["refuses"]))
        yield from _in("submission", (field["rule"] for field in form["fields"].values()))
        yield from _in("submission", (part["title"] for part in form["order"]))
        limits = (form.get("window"), form.get("not_before"))
        yield from _in("submission", (limit["rule"] for limit in limits if limit))
    for crime in crimes.values():
        yield from _in("element", (crime["article"], crime["title"], crime["note"]))
        for element in crime["elements"]:
            yield from _in("element", (element["label"], element["question"]))
            rules = (*element["for"], *element["against"])
            yield from _in("element", (rule["why"] for rule in rules))


def _in(context: str, said: Iterable[object]) -> Iterator[tuple[str, str]]:
    return ((context, str(one)) for one in said)


def _package() -> Path:
    return Path(str(files("onrecord.products")))


def po_of(language: str) -> Path:
    """Where the messages of a language stand."""
    return folder() / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def catalogue(language: str) -> Catalog:
    """The messages of a language as its `.po` holds them."""
    with po_of(language).open("rb") as held:
        return pofile.read_po(held, locale=language, domain=DOMAIN)


def brought_up_to_date(held: Catalog) -> Catalog:
    """A catalogue of exactly the messages of the code, with the translations it has."""
    fresh = Catalog(
        locale=held.locale, domain=DOMAIN, project="onrecord", version="1", charset="utf-8"
    )
    for one, many, context in messages():
        known = held.get(one, context or None)
        said = known.string if known is not None and not known.fuzzy else None
        if many and not isinstance(said, tuple | list):
            said = ("",) * fresh.num_plurals
        fresh.add((one, many) if many else one, said or "", context=context or None)
    return fresh


def compiled(held: Catalog) -> bytes:
    """A catalogue as gettext reads it; equal catalogues give equal bytes."""
    made = io.BytesIO()
    mofile.write_mo(made, _dateless(held))
    return made.getvalue()


def written(held: Catalog) -> bytes:
    """A catalogue as text; equal catalogues give equal bytes."""
    made = io.BytesIO()
    pofile.write_po(made, _dateless(held), width=100)
    return made.getvalue()


def _dateless(held: Catalog) -> Catalog:
    """A catalogue whose head does not tell when it was written."""
    held.creation_date = held.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    held.header_comment = f"# The words of the products: {held.locale_identifier}."
    held.last_translator = held.language_team = held.msgid_bugs_address = "onrecord"
    held.fuzzy = False
    return held


def main() -> int:
    """Bring every catalogue up to date and compile it; 1 where one lacks a translation."""
    lacking = 0
    for place in sorted(folder().glob("*/LC_MESSAGES")):
        language = place.parent.name
        held = catalogue(language) if po_of(language).exists() else Catalog(locale=language)
        fresh = brought_up_to_date(held)
        po_of(language).write_bytes(written(fresh))
        po_of(language).with_suffix(".mo").write_bytes(compiled(fresh))
        empty = [m for m in fresh if m.id and not _whole(m.string)]
        print(f"{language}: {len(fresh)} messages, {len(empty)} to translate")
        lacking += len(empty)
    return int(lacking > 0)


def _whole(said: object) -> bool:
    return all(said) if isinstance(said, tuple | list) else bool(said)


if __name__ == "__main__":
    sys.exit(main())

"""What state each field of a form is in: held, held with doubt, missing, or for a person to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from onrecord import dates
from onrecord.dates.edtf import Point
from onrecord.products.edtf import in_words, year_known
from onrecord.products.submission import of_after, of_event, of_person
from onrecord.products.submission.forms import Field, Form
from onrecord.products.submission.found import Finder, Found
from onrecord.products.submission.passages import Spoken
from onrecord.products.wording import say, say_as, say_many, semicolon, unsaid

FINDERS: Mapping[str, Finder] = {
    "name": of_person.name,
    "age": of_person.age,
    "sex": of_person.sex,
    "nationality": of_person.nationality,
    "occupation": of_person.occupation,
    "identifiers": of_person.identifiers,
    "date": of_event.date,
    "place": of_event.place,
    "state": of_event.state,
    "circumstances": of_event.circumstances,
    "responsible": of_event.responsible,
    "nexus": of_event.nexus,
    "witnesses": of_event.witnesses,
    "crimes": of_event.crimes,
    "fate": of_after.fate,
    "steps": of_after.steps,
    "answers": of_after.answers,
    "danger": of_after.danger,
    "context": of_after.context,
    "proceedings": of_after.proceedings,
    "documents": of_after.documents,
}
"""Who looks for each field that the record can hold."""

TIME = "time"


@dataclass(frozen=True, slots=True)
class Assessed:
    """A field with what was found for it."""

    field: Field
    found: Found


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is known of one person's consent: of an entity, by its id; `told` says who put it down.

    `state` is `given`, `refused`, `withdrawn` or `unknown`.
    """

    entity: str
    state: str
    told: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """What whoever prepares a submission brings: words for fields, the day of it, known consents.

    `given` stands where the record is silent, by the field's id, and is marked as a person's word.
    """

    given: Mapping[str, str] = field(default_factory=dict)
    today: date | None = None
    agreed: tuple[Agreed, ...] = ()


def readiness(form: Form, spoken: Spoken, prepared: Prepared) -> dict[str, Assessed]:
    """The state of each field of a form, by its id, in order; limits of time as `time`."""
    found = {key: Assessed(f, _find(f, spoken, prepared)) for key, f in form.fields.items()}
    limit = _limit(form)
    if limit is not None:
        found[TIME] = Assessed(limit, _in_time(form, found["date"].found, prepared.today))
    return found


def _find(wanted: Field, spoken: Spoken, prepared: Prepared) -> Found:
    said = prepared.given.get(wanted.id, "").strip()
    if wanted.id == "consent":
        return _consent(spoken, prepared, said)
    if wanted.by == "person":
        return Found("given", said) if said else Found("person")
    found = FINDERS[wanted.id](spoken)
    if said and found.state == "missing":
        return Found("given", said)
    return found


def _consent(spoken: Spoken, prepared: Prepared, said: str) -> Found:
    """What is put down of the consent of the person or of kin; a refusal outweighs every yes."""
    ours = spoken.subject.entities | spoken.kin
    known = [one for one in prepared.agreed if one.entity in ours]
    against = [one for one in known if one.state in ("refused", "withdrawn")]
    if against:
        refused = semicolon().join(one.told for one in against)
        return Found("closed", refused, reasons=(say("not agreed to"),))
    told = [*([said] if said else []), *(one.told for one in known if one.state == "given")]
    hidden = any(_is_hidden(spoken, one) for one in prepared.agreed)
    reasons = (say(HIDDEN),) if hidden else ()
    return Found("given" if told else "person", semicolon().join(told), reasons=reasons)


HIDDEN = unsaid(
    "a refusal is put down for somebody who is not shown to this audience: make sure who"
)


def put_down(state: str, by: str, day: str, actor: str) -> str:
    """What is known of a consent: its state, who gave it, and who put that down on which day."""
    values = {"state": say_as("consent", state), "date": day, "actor": actor}
    if by:
        return say("{state} by {by}, put down {date} by {actor}", by=by, **values)
    return say("{state}, put down {date} by {actor}", **values)


def _is_hidden(spoken: Spoken, one: Agreed) -> bool:
    """Whether a refusal is of somebody whom these records do not show: it may be of kin."""
    return one.state in ("refused", "withdrawn") and one.entity not in spoken.desk.index.sheet_of


def _limit(form: Form) -> Field | None:
    rule = form.window or form.not_before
    if rule is None:
        return None
    held = "The day lies within the limit."
    source = str(rule["rule"])
    asked = say("On which day was it, and on which day will this be submitted (--today)?")
    told = say_as("submission", source)
    return Field(TIME, "required", told, "record", _label(form), held, asked)


def _label(form: Form) -> str:
    if form.window:
        months = int(form.window["months"])
        return say_many(
            "Within {count} month before the day of submission",
            "Within {count} months before the day of submission",
            months,
        )
    if form.not_before:
        return say("Not before {date}", date=in_words(form.not_before["date"]))
    return ""


def _in_time(form: Form, when: Found, today: date | None) -> Found:
    """Whether the day lies within the limit; what is not known is not told."""
    if when.state == "missing":
        return Found("missing", reasons=(say("no day is on record"),))
    if not year_known(when.value):
        why = say("cannot be told: the year is not stated")
        return Found("doubt", told=when.told, reasons=(why,))
    first, last = dates.bounds(when.value)
    if form.window and today is None:
        why = say("name the day of submission: --today")
        return Found("person", told=when.told, reasons=(why,))
    earliest = _earliest(form, today or last or date.max)
    if first is None or last is None:
        why = say("cannot be told from this date")
        return Found("doubt", told=when.told, reasons=(why,))
    if last < earliest:
        return Found("closed", _told(when, earliest), when.told, _otherwise(form))
    if today is not None and first > today:
        why = say("the date lies after the day of submission")
        return Found("doubt", told=when.told, reasons=(why,))
    if first < earliest:
        why = say("the day may lie outside the limit")
        return Found("doubt", told=when.told, reasons=(why,))
    return Found("held", _told(when, earliest), when.told)


def _earliest(form: Form, today: date) -> date:
    if form.not_before:
        return date.fromisoformat(form.not_before["date"])
    window = int(form.window["months"]) if form.window else 0
    months = today.year * 12 + today.month - 1 - window
    point = Point(f"{months // 12:04d}", months % 12 + 1, today.day)
    return point.edge(last=False) or today


def _told(when: Found, earliest: date) -> str:
    return say(
        "{date}; the limit is {limit}",
        date=in_words(when.value),
        limit=in_words(earliest.isoformat()),
    )


def _otherwise(form: Form) -> tuple[str, ...]:
    if form.window:
        return (say("the limit is past; {form} has none", form=form.window["otherwise"]),)
    return (say("it lies before the Court's time"),)

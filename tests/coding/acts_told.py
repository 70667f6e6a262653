"""The acts that are read in a text, with names in place of ids: what tests of the coding ask of."""

from dataclasses import dataclass

from onrecord.pipeline import extract_text


@dataclass(frozen=True)
class Told:
    """One act; `doers` are (name, involvement), in the order of the record."""

    type: str
    polarity: str
    modality: str
    words: str
    doers: list[tuple[str, str]]
    victims: set[str]


def acts_told(text, lead=""):
    """The acts of a text; `lead` is a sentence put before it, whose own acts are left out."""
    record = extract_text(lead + text)
    names = {e.id: e.name for e in record.entities}
    return [
        Told(
            act.type,
            act.polarity,
            act.modality,
            record.text[slice(*act.span)],
            [(names[p.entity], p.involvement) for p in act.perpetrators],
            {names[v.entity] for v in act.victims},
        )
        for act in record.acts
        if act.span[0] >= len(lead)
    ]

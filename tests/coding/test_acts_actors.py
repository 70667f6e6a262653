"""What kind of actor a perpetrator is. Names are invented."""

import pytest

from onrecord.pipeline import extract_text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Two farmers were killed by masked rebels near the river.", "armed_group"),
        ("Two farmers were killed by police officers near the river.", "state_security_force"),
        ("Two farmers were killed by a death squad near the river.", "state_backed_armed"),
    ],
)
def test_its_own_words_say_what_it_is(text, kind):
    record = extract_text(text)
    act = next(a for a in record.acts if a.type == "killing")
    (doer,) = [e for e in record.entities if e.id == act.perpetrators[0].entity]
    assert doer.actor_type == kind
    assert doer.cites["actor_type"]

# ruff: noqa: E501 - a row of a table stands on one line
"""Who says that an act was is no party to it, unless the words say so. All names are invented.

Each row: a text, the word that states the act, the last words of those it was done to and of those
who did it; nobody else may stand there.
"""

import pytest

from onrecord.pipeline import extract_text

AFTER = "\n\nThe report was published in the evening by a newspaper of the town."
"""A short text alone does not always show that it is English."""

SPEAKERS = [
    ("Two men were killed at the bridge on Monday, said Dr Ilan Moor, a physician of Sella hospital.", "killed", "men", ""),
    ("Three farmers were abducted near Orla by gunmen, according to Bishop Ansa Rell.", "abducted", "farmers", "gunmen"),
    ("Five students were tortured in Zamra prison, lawyer Tam Ruel told the Sella Herald.", "tortured", "students", ""),
    ("Police beat four nurses outside the clinic, said Edda Bellin, head of the nurses' union.", "beat", "nurses", "Police"),
    ("The activists were beaten in custody, said their lawyer, Tam Ruel.", "beaten", "activists", ""),
    ("Dr Ilan Moor, a physician of Sella hospital, said two men were killed at the bridge.", "killed", "men", ""),
    ("According to Bishop Ansa Rell, gunmen abducted three farmers near Orla.", "abducted", "farmers", "gunmen"),
    ("Odo Varr was quoted as saying that soldiers had shot a teacher.", "shot", "teacher", "soldiers"),
    ("Witness Pela Dorn told the court that guards raped two women in the camp.", "raped", "women", "guards"),
    ("The police, Bishop Ansa Rell said, beat four nurses.", "beat", "nurses", "police"),
    ('"Soldiers killed four monks," Edda Bellin told the agency.', "killed", "monks", "Soldiers"),
    ("Dozens were killed, said Karel Ost of the Sella Observatory.", "killed", "Dozens", ""),
    ("Gunmen killed a reporter, said his editor, Ela Vost.", "killed", "reporter", "Gunmen"),
    ("The students were arrested on Monday, an official said.", "arrested", "students", ""),
    ("Two nurses were detained in Orla, the ministry of justice said.", "detained", "nurses", ""),
    ("Police arrested two activists, said Edda Bellin and Tam Ruel of the teachers' union.", "arrested", "activists", "Police"),
]  # fmt: skip
ONLOOKERS = [
    ("Bishop Ansa Rell condemned the killing of two monks.", "killing", "monks", ""),
    ("Ansa Rell mourned the murder of her colleague Pela Dorn.", "murder", "Pela Dorn", ""),
    ("Prosecutor Jos Verde is investigating the killing of three farmers.", "killing", "farmers", ""),
    ("The autopsy of the body by Dr Ilan Moor showed the man was strangled.", "strangled", "man", ""),
    ("Journalist Ela Vost reported the killing of two monks by soldiers.", "killing", "monks", "soldiers"),
    ("A witness, Sten Orr, described the shooting of three boys by police.", "shooting", "boys", "police"),
    ("Minister Ode Karr met the father of a girl killed by soldiers.", "killed", "girl", "soldiers"),
    ("A court in Lerna was told that two men were jailed in Zamra.", "jailed", "men", ""),
    ("Edda Bellin blamed the militia for the abduction of two nurses.", "abduction", "nurses", "militia"),
]  # fmt: skip
ASKED = [
    ("Edda Bellin called on the government to stop the killing of farmers.", "killing", "farmers", ""),
    ("Bishop Ansa Rell asked the United Nations to investigate the massacre of the villagers.", "massacre", "villagers", ""),
    ("Odo Varr demanded that the army stop bombing villages.", "bombing", "", "army"),
    ("The editor Odo Varr was jailed in May. His union urged the government to release him.", "jailed", "Odo Varr", ""),
]  # fmt: skip
BY_THEIR_OWN_WORDS = [
    ("Odo Varr said he was tortured by police in Zamra.", "tortured", "Odo Varr", "police"),
    ('"I was beaten by the guards," Pela Dorn told the court.', "beaten", "Pela Dorn", "guards"),
    ("Tam Ruel, who was beaten by police, said he would go to court.", "beaten", "Tam Ruel", "police"),
    ('"The soldiers kidnapped me," said Edda Bellin.', "kidnapped", "Edda Bellin", "soldiers"),
    ("Ivo Talb admitted killing the shopkeeper.", "killing", "shopkeeper", "Ivo Talb"),
    ('"I killed the shopkeeper," said Ivo Talb.', "killed", "shopkeeper", "Ivo Talb"),
    ("The Dawn Front claimed responsibility for the killing of the mayor.", "killing", "mayor", "Dawn Front"),
    ("Ivo Talb denied killing the shopkeeper.", "killing", "shopkeeper", "Ivo Talb"),
]  # fmt: skip
MEMBERS = [
    ("Ten writers are held behind bars in Lerna, including the poet Ela Vost and the critic Tam Ruel.", "held", "writers|Ela Vost|Tam Ruel", ""),
    ("Odo Varr was arrested together with the nurse Ela Vost on Monday.", "arrested", "Odo Varr|Ela Vost", ""),
    ("Several lawyers were beaten, including, according to Tam Ruel, two women.", "beaten", "lawyers", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "word", "victims", "perpetrators"),
    [*SPEAKERS, *ONLOOKERS, *ASKED, *BY_THEIR_OWN_WORDS, *MEMBERS],
)
def test_an_act_has_the_parties_its_words_give_it_and_nobody_who_tells_of_it(
    text, word, victims, perpetrators
):
    record = extract_text(text + AFTER)
    names = {e.id: e.name for e in record.entities}
    act = next(a for a in record.acts if word in record.text[slice(*a.span)])
    for found, wanted in ((act.victims, victims), (act.perpetrators, perpetrators)):
        told = [names[p.entity] for p in found]
        expected = wanted.split("|") if wanted else []
        assert len(told) == len(expected), told
        assert all(name.endswith(end) for name, end in zip(told, expected, strict=True)), told


@pytest.mark.parametrize(
    ("text", "word", "modality", "polarity"),
    [
        ("Protesters called for the arrest of Colonel Dov Marn.", "arrest", "hypothetical", "affirmed"),
        ("The man tried to kidnap the editor Ela Vost in Orla.", "kidnap", "hypothetical", "affirmed"),
        ("A lawyer said the detainees never got any letters.", "detainees", "asserted", "affirmed"),
        ("Odo Varr said he was not subjected to any torture in Zamra.", "torture", "asserted", "negated"),
        ("General Oren Talb rejected claims that the army tortured men.", "tortured", "asserted", "negated"),
    ],
)  # fmt: skip
def test_what_is_asked_tried_or_denied_is_not_told_as_done(text, word, modality, polarity):
    record = extract_text(text + AFTER)
    act = next(a for a in record.acts if word in record.text[slice(*a.span)])
    assert (act.modality, act.polarity) == (modality, polarity)


@pytest.mark.parametrize(
    "text",
    [
        "Pela Dorn served six years as treasurer of a choir in Orla.",
        "Sten Orr began to collaborate with Ela Vost on a study of rivers in Orla.",
        "Police arrested 40 people who refused to disperse in the town.",
        "The film, Murder in Orla by Enra Sams, was shown on Monday in the town hall.",
        "The writer was tortured in police custody in Orla.",
    ],
)
def test_nobody_is_accused_or_jailed_by_a_word_that_says_something_else(text):
    record = extract_text(text + AFTER)
    names = {e.id: e.name for e in record.entities}
    accused = {names[p.entity] for a in record.acts for p in a.perpetrators}
    jailed = {names[v.entity] for a in record.acts for v in a.victims}
    assert not accused - {"Police", "police"}
    assert not jailed - {"40 people", "The writer"}
    assert not [a for a in record.acts if a.type == "torture" and a.perpetrators]

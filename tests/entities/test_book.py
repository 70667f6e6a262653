"""The book of entities: what stands at a character, and what a phrase stands for."""

from onrecord.entities import EntityBook

TEXT = "Marrow police chief Ilias Benlouch spoke."


def make():
    book = EntityBook("sha256:0", TEXT)
    person = book.add("Person", [(20, 34), (14, 34)], name="Ilias Benlouch")
    return book, person


def test_the_shortest_mention_at_a_character_wins():
    book, person = make()
    body = book.add("Organization", [(0, 13)])
    place = book.add("Place", [(0, 6)])
    assert book.at(0) == place
    assert book.at(7) == body
    assert book.at(14) == book.at(26) == person
    assert book.at(36) is None


def test_a_span_keeps_the_entity_it_was_given_first():
    book, person = make()
    other = book.add("Group", [(0, 6)])
    book.mention(other.id, (20, 34))
    assert book.exactly((20, 34)).id == person.id
    assert book[other.id].mentions == ((0, 6),)


def test_ensure_finds_who_stands_at_the_head_or_makes_somebody():
    book, person = make()
    assert book.ensure((0, 34), 20, "Person").id == person.id
    made = book.ensure((0, 13), 7, "Group")
    assert (made.type, made.name) == ("Group", "Marrow police")
    assert book.ensure((0, 13), 7, "Group") == made


def test_within_and_freeze_are_in_order():
    book, person = make()
    place = book.add("Place", [(0, 6)])
    assert [span for span, _ in book.within((0, len(TEXT)))] == [(0, 6), (14, 34), (20, 34)]
    assert [entity.id for entity in book.freeze()] == [place.id, person.id]


def test_ids_hang_on_the_document_and_the_first_mention_alone():
    one, two = make()[1], make()[1]
    assert one.id == two.id
    assert EntityBook("sha256:1", TEXT).add("Person", [(14, 34)]).id != one.id


def test_references_part_from_mentions_when_the_book_is_closed():
    book, person = make()
    book.mention(person.id, (35, 40))
    book.refer([(14, 34), (35, 40)])
    assert book[person.id].mentions == ((14, 34), (20, 34), (35, 40))
    (frozen,) = book.freeze()
    assert (frozen.mentions, frozen.references) == (((20, 34),), ((14, 34), (35, 40)))
    assert frozen.words == book[person.id].mentions


def test_what_is_only_referred_to_keeps_its_mentions():
    book = EntityBook("sha256:0", TEXT)
    book.add("Group", [(7, 13)])
    book.refer([(7, 13)])
    assert book.freeze()[0].mentions == ((7, 13),)

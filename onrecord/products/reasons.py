"""Why two voices are counted as one origin, for a reader of another language than English.

In English the page gives the sentence that the rule made, with the names in it. In another language
it says which rule joined them: the names stand in the line already.
"""

from __future__ import annotations

from onrecord.products.wording import ENGLISH, current, say, unsaid

RULES = {
    "copied": unsaid("the report is a copy, or nearly one, of another that tells it."),
    "same_source": unsaid("both are the word of one source."),
    "same_body": unsaid("both speak for one body."),
    "same_statement": unsaid("both give one statement in nearly the same words."),
    "credited": unsaid("both go back to one newsroom."),
    "alike_names": unsaid("the two names may be one, spelled in two ways."),
    "part_of_a_name": unsaid("the two names may be one, called in short and in full."),
    "passed_on": unsaid("one tells it on the word of the other."),
    "bare": unsaid("it is said only that it happened, and another source tells more."),
    "retold": unsaid("a newsroom tells it whose own people do not speak of it."),
    "relayed": unsaid("it is told on the word of people without a name."),
    "bodiless": unsaid("whom one speaks for is not said, and the other is a body of that sort."),
    "in_title": unsaid("it stands in a title only, which names no source."),
    "no_words": unsaid("the words do not say who the source is."),
    "unnamed": unsaid("nothing tells this unnamed source apart from the other."),
    "own_voice": unsaid("the report names no source, and another source tells of the same."),
}


def in_words(rule: str, sentence: str) -> str:
    """Why a voice is not independent: `sentence` in English, else the rule in words."""
    return sentence if current().language == ENGLISH or not rule else say(RULES[rule])

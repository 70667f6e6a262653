"""One person, one event: names, candidates, comparison, judgements, and what follows from them."""

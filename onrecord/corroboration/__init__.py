"""How many independent origins there really are, and where they contradict each other."""

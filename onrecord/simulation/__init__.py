"""A world with known truth: fictional reports of a simulated conflict, and what is true in it."""

"""Collecting from the web: only when asked, politely, from public addresses, kept as WACZ."""

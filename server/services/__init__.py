"""Verbs: load, ask, record. Time and people come in as arguments."""

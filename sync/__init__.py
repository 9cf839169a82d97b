"""What roll call decides: pure functions over frozen values.

No clock, no ids made, no input or output; imports nothing but the standard library. The rules are
numbered in SPEC.md.
"""

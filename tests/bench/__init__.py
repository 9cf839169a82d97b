"""How fast, measured beside others in one run: `make bench`. Nothing here asserts."""

"""How fast, measured beside others in one run. `make bench`; README, *Speed*. Nothing here asserts."""

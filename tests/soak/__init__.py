"""Hours of a school's life with faults: `make soak`, or `python -m tests.soak --minutes 60`."""

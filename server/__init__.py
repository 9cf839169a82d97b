"""The shell around `sync`: Flask, SQLAlchemy, the clock, push. Decides nothing that sync can."""

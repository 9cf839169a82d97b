"""The shell around `sync`: Flask, SQLAlchemy, the clock and push. Decides nothing that sync can decide."""
